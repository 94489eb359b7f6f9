"""Addresses of registrations: of accounts, and by the links in guests’ letters."""

from django.urls import path

from events.views import certificates, own_registration, registrations, talks

link_patterns = [
    path("link/<str:token>/", registrations.registration_by_link, name="registration_by_link"),
    path("link/<str:token>/confirm/", registrations.confirm_by_link, name="confirm_by_link"),
    path("link/<str:token>/cancel/", registrations.cancel_by_link, name="cancel_by_link"),
    path("link/<str:token>/edit/", own_registration.edit_by_link, name="edit_by_link"),
    path("link/<str:token>/accept/", own_registration.accept_by_link, name="accept_by_link"),
    path("link/<str:token>/decline/", own_registration.decline_by_link, name="decline_by_link"),
    path(
        "link/<str:token>/certificate.pdf",
        certificates.certificate_by_link,
        name="certificate_by_link",
    ),
    path(
        "link/<str:token>/address/",
        own_registration.new_address_by_link,
        name="new_address_by_link",
    ),
    path("link/<str:token>/new-address/", own_registration.address_by_link, name="address_by_link"),
    path("link/<str:token>/sessions/", talks.sessions_by_link, name="sessions_by_link"),
    path("link/<str:token>/idea/", own_registration.idea_by_link, name="idea_by_link"),
    path("link/<str:token>/mode/", registrations.mode_by_link, name="mode_by_link"),
    path("link/<str:token>/calendar.ics", registrations.ics_by_link, name="ics_by_link"),
]

registration_patterns = [
    path(
        "registrations/<uuid:public_id>/sessions/",
        talks.sessions_choose,
        name="registration_sessions",
    ),
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
        "registrations/<uuid:public_id>/certificate.pdf",
        certificates.certificate,
        name="certificate",
    ),
    path(
        "registrations/<uuid:public_id>/edit/",
        own_registration.registration_edit,
        name="registration_edit",
    ),
    path(
        "registrations/<uuid:public_id>/accept/",
        own_registration.offer_answer,
        {"answer": "accept"},
        name="registration_accept",
    ),
    path(
        "registrations/<uuid:public_id>/decline/",
        own_registration.offer_answer,
        {"answer": "decline"},
        name="registration_decline",
    ),
    path(
        "registrations/<uuid:public_id>/claim/",
        registrations.registration_claim,
        name="registration_claim",
    ),
]
