"""Decisions: the list, one of them, taking and changing one, reports; links of letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.errors import Refused
from cluster_portal.core.http import has_done, refusal_as_message
from events.forms.meetings import AnswerForm, DecisionForm, ReportForm
from events.models import Decision
from events.pages import decisions as page
from events.pages.bodies import trail
from events.pages.words import span
from events.services import body_links, meetings
from events.services import decisions as services
from events.views.bodies import form_page
from events.views.meetings import item_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

ALL = ("meeting__body", "item", "owner", "organisation")


@login_not_required
@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    return page.DECISIONS.response(request)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def decision_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """With the form of a report for who is responsible, and who leads the body."""
    rows = Decision.objects.visible_to(request.user).naming_owners(request.user)
    rows = rows.select_related(*ALL)
    decision = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    actions = page.actions(decision, user)
    form = ReportForm(request.POST or None, decision=decision, actions=actions)
    if actions and has_done(
        request, form, lambda: services.report(decision, form.told, by=user), _("Thank you. Noted.")
    ):
        return redirect(decision)
    context = page.values(decision, user) | {"form": form if actions else None}
    status = 422 if actions and form.errors else 200
    return render(request, "events/decision_detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_take(request: HttpRequest, public_id: UUID) -> HttpResponse:
    item = item_of(request, public_id)
    user: Any = request.user
    form = DecisionForm(request.POST or None, meeting=item.meeting, user=user, item=item)
    if has_done(
        request, form,
        lambda: services.take_decision(item, form.values, form_key=form.key, by=user),
        _("The decision is in the minutes."),
    ):  # fmt: skip
        return redirect(item)
    crumbs = trail(item.meeting.body, item.meeting, _("Write down a decision"))
    return form_page(
        request, form, _("Write down a decision"), crumbs, above=item.meeting, told=item.title
    )


def _led(request: HttpRequest, public_id: UUID) -> Decision:
    """Of the reader's own body: who is responsible alone does not change it."""
    rows = Decision.objects.editable_by(request.user).select_related(*ALL)
    decision = get_object_or_404(rows, public_id=public_id)
    get_object_or_404(type(decision.meeting).objects.editable_by(request.user),
                      pk=decision.meeting_id)  # fmt: skip
    return decision


@require_http_methods(["GET", "HEAD", "POST"])
def decision_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    decision = _led(request, public_id)
    user: Any = request.user
    form = DecisionForm(
        request.POST or None, meeting=decision.meeting, user=user, decision=decision
    )
    seen = request.POST.get("seen", "")
    if has_done(
        request, form,
        lambda: services.edit_decision(decision, form.values, by=user, seen=seen), _("Saved."),
    ):  # fmt: skip
        return redirect(decision)
    crumbs = trail(decision.meeting.body, decision.meeting, _("Edit the decision"))
    return form_page(request, form, _("Edit the decision"), crumbs, above=decision,
                     told=decision.text, seen=decision.stamp)  # fmt: skip


@require_POST
def decision_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    decision = _led(request, public_id)
    user: Any = request.user
    with refusal_as_message(request):
        services.remove_decision(decision, by=user)
        messages.success(request, _("The decision is taken out of the minutes."))
    return redirect(decision.meeting)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The one whom the letter went to, or to whom they passed it on: GET shows, POST acts."""
    decision = body_links.decision_of(token)
    if decision is None:
        return render(request, "events/body_link_void.html", status=404)
    actions = page.link_actions(decision)
    form = ReportForm(request.POST or None, decision=decision, actions=actions)
    reader: Any = request.user if request.user.is_authenticated else None
    done = bool(actions) and has_done(
        request, form,
        lambda: services.report(decision, form.told, by=reader, by_link=True),
        _("Thank you. Noted."),
    )  # fmt: skip
    if done:
        return redirect("events:report_by_link", token)
    context = page.row(decision) | {"form": form if actions else None}
    status = 422 if actions and form.errors else 200
    return render(request, "events/decision_by_link.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request: HttpRequest, token: str) -> HttpResponse:
    row = body_links.attendance_of(token)
    if row is None:
        return render(request, "events/body_link_void.html", status=404)
    form = AnswerForm(request.POST or None, initial={"answer": row.answer})
    if request.method == "POST" and form.is_valid():
        try:
            meetings.answer(row, form.cleaned_data["answer"], by=None)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Your answer is noted."))
            return redirect("events:answer_by_link", token)
    meeting = row.meeting
    context = {"row": row, "meeting": meeting, "form": form,
               "when": span(meeting.starts_at, meeting.ends_at),
               "is_open": meeting.stage == "called",
               "sign_up_url": "" if row.seat.user_id else reverse("account_signup")}  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "events/answer_by_link.html", context, status=status)
