from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from theses.views import applications, approaches, profiles, proposals, topics, works

app_name = "theses"
urlpatterns: list[URLPattern] = [
    path("", topics.topic_list, name="list"),
    path("propose/", proposals.topic_propose, name="propose"),
    path("propose/organisation/", proposals.topic_offer, name="propose_organisation"),
    path("propose/supervisor/", proposals.topic_of_supervisor, name="propose_supervisor"),
    path("propose/idea/", proposals.topic_idea, name="propose_idea"),
    path("renew/<str:token>/", topics.renew_by_link, name="renew_by_link"),
    path("approaches/<uuid:public_id>/", approaches.approach_detail, name="approach"),
    path(
        "approaches/<uuid:public_id>/<slug:action>/",
        approaches.approach_move,
        name="approach_move",
    ),
    path("applications/<uuid:public_id>/", applications.application_detail, name="application"),
    path(
        "applications/<uuid:public_id>/decline/",
        applications.application_decline,
        name="application_decline",
    ),
    path(
        "applications/<uuid:public_id>/invite/",
        applications.interview_propose,
        name="interview_propose",
    ),
    path("applications/<uuid:public_id>/pick/", applications.interview_pick, name="interview_pick"),
    path(
        "applications/<uuid:public_id>/other-times/",
        applications.interview_other,
        name="interview_other",
    ),
    path(
        "applications/<uuid:public_id>/interview.ics",
        applications.interview_ics,
        name="interview_ics",
    ),
    path("files/<uuid:public_id>/", applications.application_file, name="application_file"),
    path(
        "files/<uuid:public_id>/remove/",
        applications.application_file_remove,
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
    path("students/", profiles.student_list, name="students"),
    path("students/<uuid:public_id>/", profiles.student_detail, name="student"),
    path("students/<uuid:public_id>/invite/", profiles.student_invite, name="student_invite"),
    path("supervisors/", profiles.supervisor_list, name="supervisors"),
    path("supervisors/<slug:slug>/", profiles.supervisor_detail, name="supervisor"),
    path("supervisors/<slug:slug>/invite/", profiles.supervisor_invite, name="supervisor_invite"),
    path("work/<uuid:public_id>/", works.work_detail, name="work"),
    path("work/<uuid:public_id>/move/<slug:action>/", works.work_move, name="work_move"),
    path("work/<uuid:public_id>/interrupt/", works.work_interrupt, name="work_interrupt"),
    path(
        "work/<uuid:public_id>/supervisors/",
        works.supervisors_choose,
        name="work_supervisors",
    ),
    path("work/<uuid:public_id>/agreement/", works.agreement_edit, name="agreement_edit"),
    path(
        "work/<uuid:public_id>/agreement/confirm/",
        works.agreement_confirm,
        name="agreement_confirm",
    ),
    path("work/<uuid:public_id>/light/", works.light_set, name="work_light"),
    path("work/<uuid:public_id>/schedule/", works.schedule_edit, name="work_schedule"),
    path("work/<uuid:public_id>/milestones/add/", works.milestone_edit, name="milestone_add"),
    path(
        "work/<uuid:public_id>/milestones/<uuid:key>/", works.milestone_edit, name="milestone_edit"
    ),
    path(
        "work/<uuid:public_id>/milestones/<uuid:key>/done/",
        works.milestone_tick,
        name="milestone_tick",
    ),
    path(
        "work/<uuid:public_id>/milestones/<uuid:key>/remove/",
        works.milestone_remove,
        name="milestone_remove",
    ),
    path("work/<uuid:public_id>/report/", works.work_report, name="work_report"),
    path("work/<uuid:public_id>/usage/", works.usage_edit, name="work_usage"),
    path("work/<uuid:public_id>/author/", works.author_show, name="work_author"),
    path("work/<uuid:public_id>/thread/", works.thread_add, name="thread_add"),
    path("work/<uuid:public_id>/thread/remove/", works.thread_remove, name="thread_remove"),
    path("supervision/<uuid:public_id>/", works.supervision_detail, name="supervision"),
    path(
        "supervision/<uuid:public_id>/<slug:action>/",
        works.supervision_move,
        name="supervision_move",
    ),
    path("finished/", topics.finished_theses, name="finished"),
    path("finished/<slug:slug>/", topics.finished_thesis, name="finished_thesis"),
    path("suggestions/", profiles.suggestion_list, name="suggestions"),
    path("suggestions/dismiss/", profiles.suggestion_dismiss, name="suggestion_dismiss"),
    path("suggestions/restore/", profiles.suggestion_restore, name="suggestion_restore"),
    path("suggestions/topic/<slug:slug>/", profiles.topic_suggestions, name="topic_suggestions"),
    path("<slug:slug>/", topics.topic_detail, name="topic"),
    path("<slug:slug>/edit/", proposals.topic_edit, name="topic_edit"),
    path("<slug:slug>/applicants/", applications.applicants_compare, name="applicants"),
    path("<slug:slug>/apply/", applications.topic_apply, name="topic_apply"),
    path("<slug:slug>/versions/", topics.topic_versions, name="topic_versions"),
    path("<slug:slug>/withdraw/", proposals.topic_withdraw, name="topic_withdraw"),
    path("<slug:slug>/split/", proposals.topic_split, name="topic_split"),
    path("<slug:slug>/commission/", approaches.topic_commission, name="topic_commission"),
    path("<slug:slug>/supervise/", approaches.topic_supervise, name="topic_supervise"),
    path("<slug:slug>/invite/", approaches.topic_invite, name="topic_invite"),
    path("<slug:slug>/move/<slug:action>/", proposals.topic_move, name="topic_move"),
]

# What one needs an account for, told on the pages of signing in and up.
because(
    _("You need an account to propose a thesis topic."),
    *("theses:propose", "theses:propose_organisation", "theses:propose_supervisor"),
    "theses:propose_idea",
)
because(_("You need an account to apply to this thesis topic."), "theses:topic_apply")
because(
    _("You need an account to apply to the topic or to join it as commissioner or supervisor."),
    "theses:topic",
)
because(
    _("Sign in to look after your thesis topic."),
    *("theses:topic_edit", "theses:topic_withdraw", "theses:topic_split", "theses:topic_move"),
    *("theses:topic_invite", "theses:applicants", "theses:topic_suggestions"),
)
because(_("You need an account to commission the topic."), "theses:topic_commission")
because(_("You need an account to offer to supervise the topic."), "theses:topic_supervise")
because(
    _("Sign in to answer what you were asked about a thesis topic."),
    *("theses:approach", "theses:approach_move"),
)
because(
    _("Sign in to see the application to a thesis topic."),
    *("theses:application", "theses:application_decline", "theses:application_move"),
    *("theses:application_file", "theses:application_file_remove"),
)
because(
    _("Sign in to agree on the interview."),
    *("theses:interview_propose", "theses:interview_pick", "theses:interview_other"),
    "theses:interview_ics",
)
because(
    _("You need an account to make a profile as a student or supervisor."),
    *("theses:profile", "theses:profile_student", "theses:profile_supervisor"),
    *("theses:profile_open", "theses:profile_let_in", "theses:profile_shut_out"),
    "theses:profile_delete",
)
because(
    _("Sign in to see students who seek a topic."),
    *("theses:students", "theses:student", "theses:student_invite"),
)
because(_("Sign in to ask the supervisor for your topic."), "theses:supervisor_invite")
because(
    _("You need an account to get suggestions of thesis topics."),
    *("theses:suggestions", "theses:suggestion_dismiss", "theses:suggestion_restore"),
)
because(
    _("Sign in to open the workspace of the thesis."),
    *("theses:work", "theses:work_move", "theses:work_interrupt", "theses:work_supervisors"),
    *("theses:agreement_edit", "theses:agreement_confirm", "theses:work_light"),
    *("theses:work_schedule", "theses:milestone_add", "theses:milestone_edit"),
    *("theses:milestone_tick", "theses:milestone_remove", "theses:work_report"),
    *("theses:work_usage", "theses:work_author", "theses:thread_add", "theses:thread_remove"),
)
because(
    _("Sign in to answer whether you supervise the thesis."),
    *("theses:supervision", "theses:supervision_move"),
)
