"""Addresses of bodies; they belong to the names of the events app."""

from django.urls import path

from events.views import bodies

body_patterns = [
    path("bodies/", bodies.body_list, name="bodies"),
    path("bodies/propose/", bodies.body_make, name="body_make"),
    path("bodies/seats/<uuid:public_id>/", bodies.seat_edit, name="seat_edit"),
    path("bodies/seats/<uuid:public_id>/end/", bodies.seat_end, name="seat_end"),
    path("bodies/<slug:slug>/", bodies.body_detail, name="body"),
    path("bodies/<slug:slug>/edit/", bodies.body_edit, name="body_edit"),
    path("bodies/<slug:slug>/members/add/", bodies.seat_add, name="seat_add"),
]
