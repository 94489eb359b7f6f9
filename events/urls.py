from django.urls import path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from events.views import pages, proposals, registrations

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

urlpatterns = [
    path("", pages.event_list, name="list"),
    path("feed.ics", pages.calendar, name="calendar"),
    path("propose/", proposals.event_propose, name="propose"),
    *link_patterns,
    *registration_patterns,
    path("<slug:slug>/", pages.event_detail, name="detail"),
    path("<slug:slug>/register/", registrations.event_register, name="register"),
    path("<slug:slug>/registered/", registrations.registration_sent, name="sent"),
    path("<slug:slug>/edit/", proposals.event_edit, name="edit"),
    path("<slug:slug>/calendar.ics", pages.event_ics, name="ics"),
    path("<slug:slug>/<slug:action>/", registrations.event_move, name="move"),
]

# What one needs an account for, told on the pages of signing in and up.
because(
    _("Sign in to see your registration."),
    *("events:registration", "events:registration_cancel"),
    *("events:registration_mode", "events:registration_claim"),
)
because(_("Sign in to look after the event."), "events:move", "events:edit")
