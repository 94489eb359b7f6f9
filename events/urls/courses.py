"""Addresses of courses; they belong to the names of the events app."""

from django.urls import path

from events.views import course_groups, courses

COURSE = "courses/<slug:slug>"

course_patterns = [
    path("courses/", courses.course_list, name="courses"),
    path("courses/to-publish/", courses.courses_to_publish, name="courses_to_publish"),
    path("courses/add/", courses.course_make, name="course_make"),
    path(
        "courses/link/<str:token>/", courses.certificate_by_link,
        name="course_certificate_by_link",
    ),
    path(
        "courses/certificates/<uuid:public_id>.pdf", courses.course_certificate,
        name="course_certificate",
    ),
    path("courses/groups/<uuid:public_id>/join/", course_groups.group_join, name="group_join"),
    path("courses/groups/<uuid:public_id>/output/", course_groups.output_add, name="output_add"),
    path("courses/outputs/<uuid:public_id>/", course_groups.output_detail, name="course_output"),
    path("courses/outputs/<uuid:public_id>/file/", course_groups.output_file, name="output_file"),
    path(
        "courses/outputs/<uuid:public_id>/comment/", course_groups.output_comment,
        name="output_comment",
    ),
    path(
        "courses/outputs/<uuid:public_id>/remove/", course_groups.output_remove,
        name="output_remove",
    ),
    path("courses/risks/<uuid:public_id>/", course_groups.risk_edit, name="risk_edit"),
    path("courses/risks/<uuid:public_id>/remove/", course_groups.risk_remove, name="risk_remove"),
    path(f"{COURSE}/", courses.course_detail, name="course"),
    path(f"{COURSE}/edit/", courses.course_edit, name="course_edit"),
    path(f"{COURSE}/parts/add/", courses.part_add, name="part_add"),
    path(f"{COURSE}/parts/<int:pk>/remove/", courses.part_remove, name="part_remove"),
    path(f"{COURSE}/reading/add/", courses.reading_add, name="reading_add"),
    path(f"{COURSE}/reading/<int:pk>/remove/", courses.reading_remove, name="reading_remove"),
    path(f"{COURSE}/enrol/", courses.course_enrol, name="course_enrol"),
    path(f"{COURSE}/certify/", courses.course_certify, name="course_certify"),
    path(f"{COURSE}/groups/add/", course_groups.group_add, name="group_add"),
    path(f"{COURSE}/register/", course_groups.course_register, name="course_register"),
    path(f"{COURSE}/register/add/", course_groups.risk_add, name="risk_add"),
    path(f"{COURSE}/<slug:action>/", courses.course_move, name="course_move"),
]  # fmt: skip
