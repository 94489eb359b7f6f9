from django.urls import URLPattern, path

from theses.views import applications, files, interviews, offers, people, profiles, topics

app_name = "theses"
urlpatterns: list[URLPattern] = [
    path("", topics.topic_list, name="list"),
    path("propose/", offers.topic_propose, name="propose"),
    path("applications/<uuid:public_id>/", applications.application_detail, name="application"),
    path(
        "applications/<uuid:public_id>/decline/",
        applications.application_decline,
        name="application_decline",
    ),
    path(
        "applications/<uuid:public_id>/invite/",
        interviews.interview_propose,
        name="interview_propose",
    ),
    path("applications/<uuid:public_id>/pick/", interviews.interview_pick, name="interview_pick"),
    path(
        "applications/<uuid:public_id>/other-times/",
        interviews.interview_other,
        name="interview_other",
    ),
    path(
        "applications/<uuid:public_id>/interview.ics",
        interviews.interview_ics,
        name="interview_ics",
    ),
    path("files/<uuid:public_id>/", files.application_file, name="application_file"),
    path(
        "files/<uuid:public_id>/remove/",
        files.application_file_remove,
        name="application_file_remove",
    ),
    path(
        "applications/<uuid:public_id>/<slug:action>/",
        applications.application_move,
        name="application_move",
    ),
    path("profile/", profiles.my_profiles, name="profile"),
    path("profile/student/", profiles.student_edit, name="profile_student"),
    path("profile/supervisor/", profiles.supervisor_edit, name="profile_supervisor"),
    path("profile/open/", profiles.profile_open, name="profile_open"),
    path("profile/open/add/", profiles.profile_let_in, name="profile_let_in"),
    path("profile/open/remove/", profiles.profile_shut_out, name="profile_shut_out"),
    path("profile/<slug:role>/delete/", profiles.profile_delete, name="profile_delete"),
    path("students/", people.student_list, name="students"),
    path("students/<uuid:public_id>/", people.student_detail, name="student"),
    path("students/<uuid:public_id>/invite/", people.student_invite, name="student_invite"),
    path("supervisors/", people.supervisor_list, name="supervisors"),
    path("supervisors/<slug:slug>/", people.supervisor_detail, name="supervisor"),
    path("supervisors/<slug:slug>/invite/", people.supervisor_invite, name="supervisor_invite"),
    path("<slug:slug>/", topics.topic_detail, name="topic"),
    path("<slug:slug>/edit/", offers.topic_edit, name="topic_edit"),
    path("<slug:slug>/applicants/", applications.applicants_compare, name="applicants"),
    path("<slug:slug>/apply/", applications.topic_apply, name="topic_apply"),
    path("<slug:slug>/move/<slug:action>/", offers.topic_move, name="topic_move"),
]
