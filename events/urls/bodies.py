"""Addresses of bodies, meetings and decisions; they belong to the names of the events app."""

from django.urls import path

from events.views import bodies, decisions, meetings, minutes, statements

MEETING, ITEM = "meetings/<uuid:public_id>", "meetings/matters/<uuid:public_id>"

body_patterns = [
    path("bodies/", bodies.body_list, name="bodies"),
    path("bodies/propose/", bodies.body_make, name="body_make"),
    path("bodies/seats/<uuid:public_id>/", bodies.seat_edit, name="seat_edit"),
    path("bodies/seats/<uuid:public_id>/end/", bodies.seat_end, name="seat_end"),
    path("bodies/seats/<uuid:public_id>/invite/", bodies.seat_invite, name="seat_invite"),
    path("bodies/seats/<uuid:public_id>/claim/", bodies.seat_claim, name="seat_claim"),
    path("bodies/link/<str:token>/", bodies.seat_by_link, name="seat_by_link"),
    path("bodies/<slug:slug>/", bodies.body_detail, name="body"),
    path("bodies/<slug:slug>/edit/", bodies.body_edit, name="body_edit"),
    path("bodies/<slug:slug>/members/add/", bodies.seat_add, name="seat_add"),
    path("bodies/<slug:slug>/statements/add/", statements.statement_add, name="statement_add"),
    path("bodies/<slug:slug>/meetings/add/", meetings.meeting_plan, name="meeting_plan"),
]

meeting_patterns = [
    path("meetings/link/<str:token>/", decisions.answer_by_link, name="answer_by_link"),
    path("meetings/papers/<uuid:public_id>/", minutes.paper_file, name="paper_file"),
    path("meetings/papers/<uuid:public_id>/version/", minutes.paper_version, name="paper_version"),
    path("meetings/papers/<uuid:public_id>/remove/", minutes.paper_remove, name="paper_remove"),
    path(f"{ITEM}/edit/", meetings.item_edit, name="item_edit"),
    path(f"{ITEM}/move/<slug:way>/", meetings.item_move, name="item_move"),
    path(f"{ITEM}/answer/", meetings.item_answer, name="item_answer"),
    path(f"{ITEM}/minutes/", minutes.minutes_save, name="minutes_save"),
    path(f"{ITEM}/correct/", minutes.minutes_correct, name="minutes_correct"),
    path(f"{ITEM}/decide/", decisions.decision_take, name="decision_take"),
    path(
        "meetings/answers/<uuid:public_id>/", meetings.attendance_answer, name="attendance_answer"
    ),
    path(
        "meetings/answers/<uuid:public_id>/deputy/", meetings.attendance_deputy,
        name="attendance_deputy",
    ),
    path(f"{MEETING}/", meetings.meeting_detail, name="meeting"),
    path(f"{MEETING}/edit/", meetings.meeting_edit, name="meeting_edit"),
    path(f"{MEETING}/matters/add/", meetings.item_add, name="item_add"),
    path(f"{MEETING}/papers/add/", minutes.paper_add, name="paper_add"),
    path(f"{MEETING}/presence/", meetings.meeting_presence, name="meeting_presence"),
    path(f"{MEETING}/calendar.ics", meetings.meeting_ics_file, name="meeting_ics"),
    path(f"{MEETING}/print/<slug:form>/", meetings.meeting_print, name="meeting_print"),
    path(f"{MEETING}/<slug:action>/", meetings.meeting_move, name="meeting_move"),
]  # fmt: skip

decision_patterns = [
    path("statements/<uuid:public_id>/", statements.statement_detail, name="statement"),
    path("statements/<uuid:public_id>/edit/", statements.statement_edit, name="statement_edit"),
    path("statements/<uuid:public_id>/sign/", statements.statement_sign, name="statement_sign"),
    path(
        "statements/<uuid:public_id>/<slug:action>/", statements.statement_move,
        name="statement_move",
    ),
    path("decisions/", decisions.decision_list, name="decisions"),
    path("decisions/link/<str:token>/", decisions.report_by_link, name="report_by_link"),
    path("decisions/<uuid:public_id>/", decisions.decision_detail, name="decision"),
    path("decisions/<uuid:public_id>/edit/", decisions.decision_edit, name="decision_edit"),
    path("decisions/<uuid:public_id>/remove/", decisions.decision_remove, name="decision_remove"),
]  # fmt: skip
