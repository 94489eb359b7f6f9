"""Answering: a page of a questionnaire of 200 questions, beside Django's own form of as many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.template import Context, Engine
from django.test import Client, override_settings
from django.urls import path, reverse

from bench.bench_topic_list import BareHandler
from bench.report import milliseconds, ratio
from bench.web import get
from cluster_portal.surveys.models import Question
from cluster_portal.surveys.questionnaire import MOST_ON_A_PAGE
from tests import factories
from tests.surveys import factories as surveys

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from bench.report import Report

QUESTIONS, TIMES, GOAL = 200, 20, 4
KINDS = ("text", "number", "choice", "many", "scale", "matrix")


PAGE = Engine(libraries={}).from_string("<!doctype html><form method='post'>{{ form }}</form>")


def bare(request: HttpRequest) -> HttpResponse:
    """One statement, a form, a template: without sign-in, branching, sections, what was saved."""
    rows = Question.objects.order_by("position").only("key", "kind", "text_fi")[:MOST_ON_A_PAGE]
    form = forms.Form()
    for row in rows:
        form.fields[row.key] = _field(row)
    return HttpResponse(PAGE.render(Context({"form": form})))


def _field(row: Question) -> forms.Field:
    options = [(key, key) for key in "abc"]
    if row.kind in ("choice", "scale", "matrix"):
        return forms.ChoiceField(label=row.text_fi, choices=options, widget=forms.RadioSelect)
    if row.kind == "many":
        ticks = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=row.text_fi, choices=options, widget=ticks)
    return forms.CharField(label=row.text_fi)


urlpatterns = [path("bare/", bare)]


class Bare(BareHandler):
    """Knows this module's one address and nothing else."""

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        request.urlconf = __name__
        return super(BareHandler, self).get_response(request)


def run(report: Report) -> None:
    address, cookie = _asked()
    ours = WSGIHandler()
    with override_settings(MIDDLEWARE=[]):
        bare_handler = Bare()

    def page() -> None:
        get(ours, address, cookie=cookie)

    for signal in (request_started, request_finished):  # the rows stand in an open transaction
        signal.disconnect(close_old_connections)
    report.section(
        f"Answering: a page of {QUESTIONS} questions, times a bare form of {MOST_ON_A_PAGE}"
    )
    times = ratio(page, lambda: get(bare_handler, "/bare/"), times=TIMES)
    report.add("a page of questions of all kinds", times, "×", goal=GOAL)
    report.add("a page of questions of all kinds", milliseconds(page, times=TIMES), "ms")


def _asked() -> tuple[str, str]:
    """The address of the first page, and the cookie of the contact who answers."""
    cluster = factories.cluster("bench")
    company, contact = factories.organisation(), factories.user()
    factories.membership(company, cluster)
    factories.affiliation(contact, company, role="contact")
    long = [
        {"key": f"q{n}", "kind": KINDS[n % 6], "options": list("abc"), "rows": list("xy")}
        if KINDS[n % 6] in ("choice", "many", "matrix")
        else {"key": f"q{n}", "kind": KINDS[n % 6]}
        for n in range(QUESTIONS)
    ]
    in_round = surveys.survey_round(cluster, version=surveys.version({"long": long}))
    asked = surveys.response(in_round, organisation=company)
    client = Client()
    client.force_login(contact, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = "; ".join(f"{key}={morsel.value}" for key, morsel in client.cookies.items())
    return reverse("surveys:section", args=[asked.public_id, "long"]), cookie
