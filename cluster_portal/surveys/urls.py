from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from cluster_portal.surveys.views import (
    answering,
    facts,
    feedback,
    registers,
    responses,
    results,
    rounds,
)

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "surveys"

OF_RESPONSE = "answers/<uuid:public_id>/"

# Before the addresses of rounds: `RESERVED_SLUGS` keeps rounds from these.
registers_pages: list[URLPattern] = [
    path("skills/", registers.skills, name="skills"),
    path("skills/propose/", registers.supply_propose, name="supply_propose"),
    path("infrastructure/", registers.infrastructure, name="infrastructure"),
    path("circular/", registers.circular, name="circular"),
    path("circular/<slug:slug>/", registers.circular_case, name="circular_case"),
    path("readiness/", registers.readiness, name="readiness"),
    path("funding/", registers.funding, name="funding"),
    path("funding/export/", registers.funding_export, name="funding_export"),
]
urlpatterns: list[URLPattern] = [
    path("", rounds.round_list, name="list"),
    path("interviews/", rounds.interview_list, name="interviews"),
    path("interviews/<uuid:public_id>/agree/", rounds.interview_agree, name="interview_agree"),
    path("interviews/<uuid:public_id>/hold/", rounds.interview_hold, name="interview_hold"),
    *registers_pages,
    path("report/", results.report, name="report"),
    path("report/report.csv", results.report_csv, name="report_csv"),
    path(OF_RESPONSE, responses.response_detail, name="response"),
    path(f"{OF_RESPONSE}part/hand-over/", responses.hand_over, name="hand_over"),
    path(f"{OF_RESPONSE}part/records/", facts.records, name="records"),
    path(f"{OF_RESPONSE}<slug:part>/", answering.section_page, name="section"),
    path(f"{OF_RESPONSE}<slug:part>/save/", answering.section_save, name="section_save"),
    path(f"{OF_RESPONSE}move/<slug:action>/", responses.response_move, name="response_move"),
    path("<slug:slug>/", rounds.round_detail, name="round"),
    path("<slug:slug>/coverage/", rounds.round_coverage, name="coverage"),
    path("<slug:slug>/room/", rounds.round_room, name="room"),
    path("<slug:slug>/results/", results.results, name="results"),
    path("<slug:slug>/results.csv", results.results_csv, name="results_csv"),
    path("<slug:slug>/answer/", responses.begin, name="begin"),
    path("<slug:slug>/feedback/<slug:token>/", feedback.feedback, name="feedback"),
    path("<slug:slug>/feedback/<slug:token>/sent/", feedback.feedback_given, name="feedback_given"),
]

because(
    _("Sign in to answer the questionnaire."),
    *("surveys:response", "surveys:section", "surveys:section_save", "surveys:hand_over"),
    *("surveys:response_move", "surveys:begin", "surveys:records"),
)
because(
    _("Sign in to see the interviews that you hold."),
    *("surveys:interviews", "surveys:interview_agree", "surveys:interview_hold"),
    *("surveys:coverage", "surveys:room"),
)

because(_("Sign in to see how ready you are for tenders."), "surveys:readiness")
because(
    _("Sign in to see the funding needs of your organisation."),
    *("surveys:funding", "surveys:funding_export"),
)
because(_("Sign in to tell what training your school offers."), "surveys:supply_propose")
