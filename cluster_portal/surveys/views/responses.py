"""A response: its page, sending, checking, declining, handing over, beginning in an open round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.errors import Refused
from cluster_portal.core.http import has_done, refusal_as_message
from cluster_portal.surveys.forms.answers import RevisionForm
from cluster_portal.surveys.forms.beginning import BeginForm
from cluster_portal.surveys.forms.handovers import HandOverForm
from cluster_portal.surveys.models import Response, Round
from cluster_portal.surveys.pages import responses as pages
from cluster_portal.surveys.pages.answering import Answering
from cluster_portal.surveys.services import responses as services

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


def _of(rows: QuerySet[Any], public_id: UUID) -> Response:
    found = rows.select_related("round__version", "organisation", "person", "interviewer")
    return get_object_or_404(found, public_id=public_id)


@require_safe
def response_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    response = _of(Response.objects.visible_to(request.user), public_id)
    can_write = Response.objects.editable_by(request.user).filter(pk=response.pk).exists()
    context = pages.response_page(response, request.user, can_write=can_write)
    return render(request, "surveys/response.html", context)


# What each button of the page does, and what is said when it is done.
STEPS: dict[str, tuple[Callable[..., object], Any]] = {
    "submit": (services.submit, _("Thank you. The answers have been sent.")),
    "check": (services.check, _("Thank you. The answers are confirmed.")),
    "finish": (
        services.finish_handed, _("Thank you. Your colleague is told that your part is ready."),
    ),
    "decline": (
        services.decline,
        _("You do not answer this time. You can change your mind until the round closes."),
    ),
    "rejoin": (services.rejoin, _("You can answer now.")),
}  # fmt: skip


@require_POST
def response_move(request: HttpRequest, public_id: UUID, action: str) -> HttpResponse:
    response = _of(Response.objects.visible_to(request.user), public_id)
    if action not in STEPS:
        raise Http404
    act, said = STEPS[action]
    with refusal_as_message(request):
        read = {"revision": _revision(request)} if action == "check" else {}
        act(response, by=request.user, **read)
        messages.success(request, said)
    return redirect(response)


def _revision(request: HttpRequest) -> int:
    """Of the answers that were read before they are confirmed."""
    form = RevisionForm(request.POST)
    if not form.is_valid():
        raise Refused(gettext("Open the page again."))
    return int(form.cleaned_data["revision"])


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, public_id: UUID) -> HttpResponse:
    response = _of(Response.objects.editable_by(request.user), public_id)
    answering = Answering(response, request.user)
    sections = [section for section in answering.sections if answering.asked(section)]
    initial = {"section": request.GET.get("section", "")}
    form = HandOverForm(
        request.POST or None, initial=initial, response=response, sections=sections,
        by=request.user, is_whole=answering.is_whole,
    )  # fmt: skip
    if has_done(
        request, form, lambda: _handed(request, response, form),
        gettext("Your colleague gets a message with a link."),
    ):  # fmt: skip
        return redirect(response)
    context = pages.handing(response, form)
    status = 422 if form.errors else 200
    return render(request, "surveys/hand_over.html", context, status=status)


def _handed(request: HttpRequest, response: Response, form: HandOverForm) -> None:
    key = form.cleaned_data["section"]
    section = response.round.version.sections.filter(key=key).first()
    services.hand_over(response, form.cleaned_data["colleague"], by=request.user, section=section)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    survey_round = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    begun = pages.begun(survey_round, request.user)
    if begun is not None:
        return redirect(begun)
    form = BeginForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(services.start(survey_round, by=request.user, organisation=form.chosen))
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = pages.beginning(survey_round, form, request.user)
    status = 422 if form.errors else 200
    return render(request, "surveys/begin.html", context, status=status)
