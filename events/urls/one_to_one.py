"""Addresses of meetings of two; they belong to the names of the events app."""

from django.urls import path

from events.views import one_to_one

MEETING = "one-to-one/<uuid:public_id>"

one_to_one_patterns = [
    path("one-to-one/", one_to_one.one_to_one_list, name="one_to_ones"),
    path("one-to-one/ask/", one_to_one.one_to_one_ask, name="one_to_one_ask"),
    path(f"{MEETING}/", one_to_one.one_to_one_detail, name="one_to_one"),
    path(f"{MEETING}/accept/", one_to_one.one_to_one_accept, name="one_to_one_accept"),
    path(f"{MEETING}/times/", one_to_one.one_to_one_times, name="one_to_one_times"),
    path(f"{MEETING}/outcome/", one_to_one.one_to_one_outcome, name="one_to_one_outcome"),
    path(f"{MEETING}/calendar.ics", one_to_one.one_to_one_ics, name="one_to_one_ics"),
    path(f"{MEETING}/<slug:action>/", one_to_one.one_to_one_move, name="one_to_one_move"),
]
