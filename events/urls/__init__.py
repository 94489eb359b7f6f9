from django.urls import path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from events.urls.bodies import body_patterns, decision_patterns, meeting_patterns
from events.urls.courses import course_patterns
from events.urls.one_to_one import one_to_one_patterns
from events.urls.organisers import organiser_patterns
from events.urls.registrations import link_patterns, registration_patterns
from events.views import (
    door,
    ideas,
    materials,
    own_registration,
    pages,
    proposals,
    questions,
    registrations,
    talks,
)

app_name = "events"

idea_patterns = [
    path("ideas/", ideas.idea_board, name="ideas"),
    path("ideas/to-read/", ideas.ideas_to_read, name="ideas_to_read"),
    path("ideas/propose/", ideas.idea_propose, name="idea_propose"),
    path("ideas/<uuid:public_id>/", ideas.idea_detail, name="idea"),
    path("ideas/<uuid:public_id>/support/", ideas.idea_support, name="idea_support"),
    path("ideas/<uuid:public_id>/<slug:action>/", ideas.idea_move, name="idea_move"),
]

urlpatterns = [
    path("", pages.event_list, name="list"),
    path("feed.ics", pages.calendar, name="calendar"),
    path("propose/", proposals.event_propose, name="propose"),
    path("materials/<uuid:public_id>/", materials.material_file, name="material_file"),
    path("propose/templates/<uuid:public_id>/", proposals.template_begin, name="template_begin"),
    path(
        "propose/templates/<uuid:public_id>/remove/",
        proposals.template_remove,
        name="template_remove",
    ),
    *idea_patterns,
    path("door/<str:code>/", door.door_code, name="door_code"),
    *link_patterns,
    *registration_patterns,
    *body_patterns,
    *meeting_patterns,
    *decision_patterns,
    *course_patterns,
    *one_to_one_patterns,
    path("<slug:slug>/", pages.event_detail, name="detail"),
    path("<slug:slug>/register/", registrations.event_register, name="register"),
    path("<slug:slug>/registered/", registrations.registration_sent, name="sent"),
    path("<slug:slug>/ideas/", ideas.idea_board, name="event_ideas"),
    path("<slug:slug>/ideas/propose/", ideas.idea_propose, name="event_idea_propose"),
    path("<slug:slug>/door/", door.door, name="door"),
    path("<slug:slug>/door/missing/", door.door_missing, name="door_missing"),
    path("<slug:slug>/door/<uuid:public_id>/<slug:action>/", door.door_mark, name="door_mark"),
    path("<slug:slug>/colleague/", own_registration.colleague_register, name="colleague"),
    path("<slug:slug>/talks/", talks.talks, name="talks"),
    path("<slug:slug>/talks/<uuid:public_id>/withdraw/", talks.talk_withdraw, name="talk_withdraw"),
    path("<slug:slug>/questions/", questions.question_list, name="questions"),
    path("<slug:slug>/questions/<int:pk>/", questions.question_edit, name="question"),
    path(
        "<slug:slug>/questions/<int:pk>/delete/", questions.question_delete, name="question_delete"
    ),
    path("<slug:slug>/edit/", proposals.event_edit, name="edit"),
    path("<slug:slug>/edit/<slug:step>/", proposals.event_edit, name="edit_step"),
    path("<slug:slug>/copy/", proposals.event_copy, name="copy"),
    path("<slug:slug>/template/", proposals.event_template, name="template"),
    path("<slug:slug>/repeat/", proposals.event_repeat, name="repeat"),
    path("<slug:slug>/calendar.ics", pages.event_ics, name="ics"),
    *organiser_patterns,
    path("<slug:slug>/<slug:action>/", registrations.event_move, name="move"),
]

# What one needs an account for, told on the pages of signing in and up.
because(
    _("Sign in to see your registration."),
    *("events:registration", "events:registration_cancel"),
    *("events:registration_mode", "events:registration_claim"),
    *("events:certificate", "events:registration_sessions"),
    *("events:registration_edit", "events:registration_accept", "events:registration_decline"),
)
because(
    _("Sign in to look after the event."),
    *("events:move", "events:edit", "events:edit_step", "events:copy", "events:template"),
    *("events:door", "events:door_code", "events:door_mark", "events:door_missing"),
    *("events:questions", "events:question", "events:question_delete"),
    *("events:repeat", "events:template_begin", "events:template_remove"),
    *(f"events:{each.name}" for each in organiser_patterns),
)
because(
    _("Sign in to look after the body."),
    *("events:body_make", "events:body_edit", "events:seat_add", "events:seat_edit"),
    *("events:seat_end", "events:seat_invite", "events:seat_claim"),
)
because(
    _("Sign in to take part in the meeting."),
    *("events:meeting_plan", "events:meeting_edit", "events:meeting_move", "events:meeting_ics"),
    *("events:item_add", "events:item_edit", "events:item_move", "events:item_answer"),
    *("events:minutes_save", "events:minutes_correct", "events:paper_add", "events:paper_version"),
    *("events:paper_remove", "events:attendance_answer", "events:attendance_deputy"),
    *("events:meeting_presence", "events:decision_take", "events:decision_edit"),
    *("events:decision_remove", "events:statement_add", "events:statement_edit"),
    *("events:statement_move", "events:statement_sign"),
)
because(
    _("Sign in to take part in the course."),
    *(f"events:{each.name}" for each in course_patterns
      if each.name not in {"courses", "course", "course_certificate_by_link"}),
)  # fmt: skip
because(
    _("Sign in to meet members one to one."),
    *(f"events:{each.name}" for each in one_to_one_patterns),
)
because(_("Sign in to register a colleague."), "events:colleague")
because(_("Sign in to propose a talk."), "events:talks", "events:talk_withdraw")
because(
    _("Sign in to support an idea."),
    *("events:idea_support", "events:idea_move", "events:ideas_to_read"),
)
