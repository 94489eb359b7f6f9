from django.urls import path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from events.body_urls import body_patterns, decision_patterns, meeting_patterns
from events.views import materials, organiser, pages, proposals, registrations

app_name = "events"

link_patterns = [
    path("link/<str:token>/", registrations.registration_by_link, name="registration_by_link"),
    path("link/<str:token>/confirm/", registrations.confirm_by_link, name="confirm_by_link"),
    path("link/<str:token>/cancel/", registrations.cancel_by_link, name="cancel_by_link"),
    path("link/<str:token>/mode/", registrations.mode_by_link, name="mode_by_link"),
    path("link/<str:token>/calendar.ics", registrations.ics_by_link, name="ics_by_link"),
]

registration_patterns = [
    path("registrations/<uuid:public_id>/", registrations.registration_detail, name="registration"),
    path(
        "registrations/<uuid:public_id>/cancel/",
        registrations.registration_cancel,
        name="registration_cancel",
    ),
    path(
        "registrations/<uuid:public_id>/mode/",
        registrations.registration_mode,
        name="registration_mode",
    ),
    path(
        "registrations/<uuid:public_id>/claim/",
        registrations.registration_claim,
        name="registration_claim",
    ),
]

organiser_patterns = [
    path("<slug:slug>/organiser/", organiser.organiser, name="organiser"),
    path("<slug:slug>/organiser/add/", organiser.organiser_add, name="organiser_add"),
    path("<slug:slug>/organiser/letters/", organiser.organiser_letters, name="organiser_letters"),
    path("<slug:slug>/organiser/file/", organiser.organiser_file, name="organiser_file"),
    path("<slug:slug>/organiser/signing/", organiser.organiser_signing, name="organiser_signing"),
    path(
        "<slug:slug>/organiser/programme/",
        materials.organiser_programme,
        name="organiser_programme",
    ),
    path(
        "<slug:slug>/organiser/programme/<int:pk>/",
        materials.programme_item,
        name="programme_item",
    ),
    path(
        "<slug:slug>/organiser/programme/<int:pk>/remove/",
        materials.programme_remove,
        name="programme_remove",
    ),
    path(
        "<slug:slug>/organiser/materials/",
        materials.organiser_materials,
        name="organiser_materials",
    ),
    path(
        "<slug:slug>/organiser/materials/<uuid:public_id>/remove/",
        materials.material_remove,
        name="material_remove",
    ),
    path(
        "<slug:slug>/organiser/<uuid:public_id>/",
        organiser.organiser_participant,
        name="organiser_participant",
    ),
    path(
        "<slug:slug>/organiser/<uuid:public_id>/<slug:action>/",
        organiser.organiser_step,
        name="organiser_step",
    ),
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
    *link_patterns,
    *registration_patterns,
    *body_patterns,
    *meeting_patterns,
    *decision_patterns,
    path("<slug:slug>/", pages.event_detail, name="detail"),
    path("<slug:slug>/register/", registrations.event_register, name="register"),
    path("<slug:slug>/registered/", registrations.registration_sent, name="sent"),
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
)
because(
    _("Sign in to look after the event."),
    *("events:move", "events:edit", "events:edit_step", "events:copy", "events:template"),
    *("events:repeat", "events:template_begin", "events:template_remove"),
    *(f"events:{each.name}" for each in organiser_patterns),
)
because(
    _("Sign in to look after the body."),
    *("events:body_make", "events:body_edit", "events:seat_add", "events:seat_edit"),
    "events:seat_end",
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
