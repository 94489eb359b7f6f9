"""Meetings: planning, agenda, answers, minutes as they are written, printing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import has_done, refusal_as_message
from cluster_portal.core.numbers import whole_of
from events.forms.meetings import OF_ITEM, ItemForm, MeetingForm
from events.models import Attendance, Body, BodyMember, Meeting, MeetingItem
from events.models.meetings import ItemState
from events.pages import meeting_ics
from events.pages import meetings as page
from events.pages.bodies import trail
from events.services import meetings as services
from events.views.bodies import form_page
from events.views.pages import calendar_response
from projects.services.entries import stamp_of_fields

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

ALL = ("body__home_cluster", "about_project", "about_programme", "about_challenge", "approver")


def seen(request: HttpRequest, public_id: UUID) -> Meeting:
    rows = Meeting.objects.visible_to(request.user).select_related(*ALL)
    return get_object_or_404(rows, public_id=public_id)


def edited(request: HttpRequest, public_id: UUID) -> Meeting:
    rows = Meeting.objects.editable_by(request.user).select_related("body")
    return get_object_or_404(rows, public_id=public_id)


@login_not_required
@require_safe
def meeting_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    meeting = seen(request, public_id)
    return render(request, "events/meeting_detail.html", page.values(meeting, request.user))


@login_not_required
@require_safe
def meeting_print(request: HttpRequest, public_id: UUID, form: str) -> HttpResponse:
    """As agendas, minutes and lists of decisions are printed in Finland."""
    meeting = seen(request, public_id)
    if form not in page.PRINTS:
        raise Http404
    shown = page.print_values(meeting, request.user, form)
    if form == "minutes" and not shown["reads"]:
        raise Http404
    return render(request, "events/meeting_print.html", shown)


@require_safe
def meeting_ics_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    meeting = get_object_or_404(page.inside(request.user), public_id=public_id)
    return calendar_response(request, meeting_ics.as_ics(meeting), "meeting.ics")


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_plan(request: HttpRequest, slug: str) -> HttpResponse:
    body = get_object_or_404(Body.objects.editable_by(request.user), slug=slug)
    user: Any = request.user
    form = MeetingForm(request.POST or None, user=user)
    made: list[Meeting] = []

    def plan() -> None:
        key = form.cleaned_data["form_key"]
        made.append(services.plan_meeting(body, form.values, form_key=key, by=user))

    if has_done(request, form, plan, _("The meeting is planned. Build the agenda and call it.")):
        return redirect(made[0])
    return form_page(
        request, form, _("Plan a meeting"), trail(body, _("Plan a meeting")), above=body
    )


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    meeting = edited(request, public_id)
    user: Any = request.user
    form = MeetingForm(request.POST or None, user=user, meeting=meeting)
    stamp = request.POST.get("seen", "")
    if has_done(
        request, form,
        lambda: services.edit_meeting(meeting, form.values, by=user, seen=stamp), _("Saved."),
    ):  # fmt: skip
        return redirect(meeting)
    crumbs = trail(meeting.body, meeting, _("Edit"))
    return form_page(request, form, _("Time and place"), crumbs, above=meeting, seen=meeting.stamp)


@require_POST
def meeting_move(request: HttpRequest, public_id: UUID, action: str) -> HttpResponse:
    """Also by the chair, who may be no more than a member who leads."""
    meeting = get_object_or_404(page.inside(request.user), public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        services.move_meeting(
            meeting, action, by=user, reason=request.POST.get("reason", ""),
            seen=request.POST.get("seen", "-"),
        )  # fmt: skip
        messages.success(request, page.DONE.get(action, _("Done.")))
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def item_add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    meeting = get_object_or_404(page.inside(request.user), public_id=public_id)
    user: Any = request.user
    form = ItemForm(request.POST or None)
    adds = meeting.body.is_editable_by(user)
    done = _("The matter is added.") if adds else _("Your proposal went to the secretary.")
    if has_done(
        request, form,
        lambda: services.add_item(meeting, form.values, form_key=form.key, by=user), done,
    ):  # fmt: skip
        return redirect(meeting)
    name = _("Add a matter") if adds else _("Propose a matter")
    return form_page(request, form, name, trail(meeting.body, meeting, name), above=meeting)


def item_of(request: HttpRequest, public_id: UUID) -> MeetingItem:
    rows = MeetingItem.objects.editable_by(request.user).select_related("meeting__body", "writer")
    return get_object_or_404(rows, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    item = item_of(request, public_id)
    user: Any = request.user
    form = ItemForm(request.POST or None, item=item)
    seen = request.POST.get("seen", "")
    if has_done(
        request, form, lambda: services.edit_item(item, form.values, by=user, seen=seen),
        _("Saved."),
    ):  # fmt: skip
        return redirect(item)
    crumbs = trail(item.meeting.body, item.meeting, item.title)
    return form_page(request, form, _("Edit the matter"), crumbs, above=item.meeting,
                     seen=stamp_of_fields(item, OF_ITEM))  # fmt: skip


@require_POST
def item_move(request: HttpRequest, public_id: UUID, way: str) -> HttpResponse:
    item = item_of(request, public_id)
    user: Any = request.user
    with refusal_as_message(request):
        services.move_item(item, up=way == "up", by=user)
    return redirect(f"{item.meeting.get_absolute_url()}#items")


@require_POST
def item_answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A member's proposal is taken to the agenda, or not, with a reason."""
    item = item_of(request, public_id)
    user: Any = request.user
    takes = request.POST.get("state") == ItemState.ON
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")
        services.answer_proposal(item, takes=takes, reason=reason, by=user)
    return redirect(item.meeting)


def _attendance(rows: QuerySet[Any], public_id: UUID) -> Attendance:
    return get_object_or_404(rows.select_related("meeting__body", "seat"), public_id=public_id)


@require_POST
def attendance_answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """By the member of that seat."""
    user: Any = request.user
    row = _attendance(Attendance.objects.visible_to(user).filter(seat__user=user), public_id)
    with refusal_as_message(request):
        services.answer(row, request.POST.get("answer", ""), by=user)
        messages.success(request, _("Your answer is noted."))
    return redirect(row.meeting)


@require_POST
def attendance_deputy(request: HttpRequest, public_id: UUID) -> HttpResponse:
    user: Any = request.user
    row = _attendance(Attendance.objects.editable_by(user), public_id)
    chosen = whole_of(request.POST.get("deputy", ""))
    seats = BodyMember.objects.editable_by(user).filter(body=row.meeting.body_id)
    deputy = seats.filter(pk=chosen).first() if chosen is not None else None
    with refusal_as_message(request):
        services.call_deputy(row, deputy, by=user)
        messages.success(request, _("Saved."))
    return redirect(row.meeting)


@require_POST
def meeting_presence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    meeting = edited(request, public_id)
    user: Any = request.user
    given = {
        row.pk: request.POST.get(f"presence-{row.pk}", row.presence)
        for row in meeting.attendances.all()
    }
    with refusal_as_message(request):
        services.note_presence(meeting, given, by=user)
        messages.success(request, _("Presence is noted."))
    return redirect(meeting)
