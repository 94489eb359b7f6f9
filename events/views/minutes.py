"""Minutes while they are written, corrections, papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import files
from cluster_portal.core.errors import Refused
from cluster_portal.core.http import has_done, refusal_as_message
from cluster_portal.core.numbers import whole_of
from cluster_portal.core.text import cleaning
from events.forms.meetings import CorrectionForm, PaperForm, PaperVersionForm
from events.models import Meeting, MeetingPaper, PaperVersion
from events.pages.bodies import trail
from events.services import meeting_papers as papers
from events.services import minutes as services
from events.views.bodies import form_page
from events.views.meetings import edited, item_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import FileResponse, HttpRequest, HttpResponse

LONGEST = 20_000


@require_POST
def minutes_save(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """As one types (the state alone comes back), or by the button of the form."""
    item = item_of(request, public_id)
    text = cleaning.prose(request.POST.get("minutes", ""))[:LONGEST]
    sent = whole_of((request.POST.getlist("version") or ["0"])[-1])
    number = -1 if sent is None else sent
    user: Any = request.user
    shown: dict[str, Any] = {"item": item, "text": text}
    try:
        seen = request.POST.get("seen", "")
        saved = services.save_minutes(item, text, version=number, by=user, seen=seen)
        shown |= {**vars(saved), "seen": number}
    except Refused as refusal:
        shown |= {"not_saved": refusal.message}
    if getattr(request, "htmx", False):
        return render(request, "events/_minutes_state.html", shown)
    if not (shown.get("overtaken") or shown.get("not_saved")):
        return redirect(item)
    shown["trail"] = trail(item.meeting.body, item.meeting, item.title)
    return render(request, "events/minutes_met.html", shown, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begun with what was typed into minutes that were approved meanwhile, if that was sent."""
    item = item_of(request, public_id)
    user: Any = request.user
    typed = cleaning.prose(request.POST.get("minutes", ""))[:LONGEST]
    sent = None if "minutes" in request.POST else request.POST or None
    form = CorrectionForm(sent, initial={"text": typed})

    def correct() -> None:
        values = form.cleaned_data
        services.correct(item, values["text"], form_key=values["form_key"], by=user)

    if has_done(request, form, correct, _("The correction stands beside the approved text.")):
        return redirect(item)
    crumbs = trail(item.meeting.body, item.meeting, _("Correct the minutes"))
    return form_page(request, form, _("Correct the minutes"), crumbs, above=item.meeting,
                     told=item.title)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def paper_add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    meeting = edited(request, public_id)
    user: Any = request.user
    form = PaperForm(request.POST or None, request.FILES or None, meeting=meeting)

    def add() -> None:
        sent = form.cleaned_data
        papers.add_paper(meeting, form.values, sent["file"][0], form_key=sent["form_key"], by=user)

    if has_done(request, form, add, _("The document is added.")):
        return redirect(meeting)
    crumbs = trail(meeting.body, meeting, _("Add a document"))
    return form_page(
        request, form, _("Add a document"), crumbs, above=meeting, told=_added_late(meeting)
    )


def _added_late(meeting: Meeting) -> str:
    return meeting.is_approved * _(
        "The minutes are approved. A document that comes now is marked as added afterwards."
    )


def _paper(request: HttpRequest, public_id: UUID) -> MeetingPaper:
    rows = MeetingPaper.objects.editable_by(request.user).select_related("meeting__body")
    return get_object_or_404(rows, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def paper_version(request: HttpRequest, public_id: UUID) -> HttpResponse:
    paper = _paper(request, public_id)
    user: Any = request.user
    form = PaperVersionForm(request.POST or None, request.FILES or None)

    def add() -> None:
        sent = form.cleaned_data
        papers.add_version(paper, sent["file"][0], form_key=sent["form_key"], by=user)

    if has_done(request, form, add, _("The new version is added. The earlier ones stay.")):
        return redirect(paper.meeting)
    crumbs = trail(paper.meeting.body, paper.meeting, paper.title)
    return form_page(request, form, _("Add a new version"), crumbs, above=paper.meeting,
                     told=_added_late(paper.meeting))  # fmt: skip


@require_POST
def paper_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    paper = _paper(request, public_id)
    user: Any = request.user
    with refusal_as_message(request):
        papers.remove_paper(paper, by=user)
        messages.success(request, _("The document is removed."))
    return redirect(paper.meeting)


@login_not_required
@require_safe
def paper_file(request: HttpRequest, public_id: UUID) -> HttpResponse | FileResponse:
    rows = PaperVersion.objects.visible_to(request.user).select_related("paper__meeting")
    version = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    try:
        given = files.answer(str(version.file), version.name)
    except files.FileMissing:
        messages.error(request, _("The file is missing. Ask its owner to send it anew."))
        return redirect(version.paper.meeting)
    if user.is_authenticated:
        papers.record_reading(version, by=user)
    return given
