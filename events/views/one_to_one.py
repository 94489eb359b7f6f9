"""Meetings of two: suggestions, asking, answering, the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import has_done, refusal_as_message
from events.forms.one_to_one import AcceptForm, AskForm, OutcomeForm, TimesForm
from events.models import OneToOne
from events.models.one_to_one import MOVES
from events.pages import one_to_one as page
from events.pages import one_to_one_mails
from events.services import one_to_one as services
from events.views.pages import calendar_response
from members.models import Organisation, User

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.visibility import Reader


@require_safe
def one_to_one_list(request: HttpRequest) -> HttpResponse:
    return render(request, "events/one_to_one_list.html", page.values(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def one_to_one_ask(request: HttpRequest) -> HttpResponse:
    """Of a suggestion, a need or an organisation, which the address names."""
    user: Any = request.user
    found = page.begun_from(request.GET, user) if services.may_ask(user) else None
    if found is None:
        raise Http404
    other = found["other"]
    form = AskForm(request.POST or None, people=[user, page.person_of(other)], topic=found["topic"])
    made: list[OneToOne] = []

    def ask() -> None:
        values = {**form.values, **_sides(other, user), "need": found["need"],
                  "reasons": "\n".join(found["reasons"])[:1500]}  # fmt: skip
        key = form.cleaned_data["form_key"]
        made.append(services.ask(values, form.offered, form_key=key, by=user))

    if has_done(request, form, ask, _("The request is sent. You are told when it is answered.")):
        return redirect(made[0])
    trail = page.trail(_("Propose a meeting of two"))
    return _drawn(request, "events/one_to_one_ask.html", {**found, "form": form, "trail": trail})


def _drawn(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, status=422 if context["form"].errors else 200)


def _sides(other: Any, user: Reader) -> dict[str, Any]:
    return {
        "asked": other if isinstance(other, User) else None,
        "asked_organisation": other if isinstance(other, Organisation) else None,
        "asker_organisation": services.organisation_of(user),
    }


def _found(request: HttpRequest, public_id: UUID) -> OneToOne:
    rows = OneToOne.objects.visible_to(request.user).select_related(
        "asker", "asked", "asker_organisation", "asked_organisation"
    )
    return get_object_or_404(rows, public_id=public_id)


@require_safe
def one_to_one_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    meeting = _found(request, public_id)
    return render(request, "events/one_to_one_detail.html", page.page(meeting, request.user))


@require_POST
def one_to_one_accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    meeting = _found(request, public_id)
    user: Any = request.user
    form = AcceptForm(request.POST)
    with refusal_as_message(request):
        if form.is_valid():
            told = form.cleaned_data
            services.accept(meeting, told["at"], told["place"], by=user)
            messages.success(request, _("Agreed. The calendar entry is in your e-mail."))
        else:
            messages.error(request, _("Choose one of the times."))
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def one_to_one_times(request: HttpRequest, public_id: UUID) -> HttpResponse:
    meeting = _found(request, public_id)
    user: Any = request.user
    if not MOVES.may("offer", meeting, user):
        return redirect(meeting)
    other = meeting.asked if meeting.asker_id == user.pk else meeting.asker
    form = TimesForm(request.POST or None, people=[user, other], minutes=meeting.minutes)
    if has_done(
        request, form, lambda: services.offer_other(meeting, form.offered, by=user),
        _("The times are sent to the other one."),
    ):  # fmt: skip
        return redirect(meeting)
    return _form(request, meeting, form, _("Offer other times"), _("Send the times"))


@require_http_methods(["GET", "HEAD", "POST"])
def one_to_one_outcome(request: HttpRequest, public_id: UUID) -> HttpResponse:
    meeting = _found(request, public_id)
    user: Any = request.user
    if not MOVES.may("tell", meeting, user):
        return redirect(meeting)
    form = OutcomeForm(request.POST or None, meeting=meeting)
    seen = request.POST.get("seen", "")

    def tell() -> None:
        told = form.cleaned_data
        services.tell_outcome(
            meeting, told["outcome"], told["outcome_words"], by=user, seen=seen
        )  # fmt: skip

    if has_done(request, form, tell, _("The outcome is recorded.")):
        return redirect(meeting)
    return _form(request, meeting, form, _("Record the outcome"), "", seen=meeting.stamp)


def _form(
    request: HttpRequest, meeting: OneToOne, form: BaseForm, heading: str, send: str, **more: Any
) -> HttpResponse:
    context = {
        "form": form, "heading": heading, "above": meeting, "send": send,
        "trail": page.trail(meeting, heading), **more,
    }  # fmt: skip
    return render(request, "events/body_form.html", context, status=422 if form.errors else 200)


@require_POST
def one_to_one_move(request: HttpRequest, public_id: UUID, action: str) -> HttpResponse:
    meeting = _found(request, public_id)
    user: Any = request.user
    with refusal_as_message(request):
        services.move(meeting, action, by=user, reason=request.POST.get("reason", ""))
        messages.success(request, _("Done. The other one is told."))
    return redirect("events:one_to_ones")


@require_safe
def one_to_one_ics(request: HttpRequest, public_id: UUID) -> HttpResponse:
    meeting = _found(request, public_id)
    if meeting.starts_at is None:
        raise Http404
    content = one_to_one_mails.as_ics(meeting, request.user)
    return calendar_response(request, content, "tapaaminen.ics")
