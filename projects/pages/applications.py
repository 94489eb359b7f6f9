"""Applications for funding on the page of their project: what was asked when, and what waits."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.core.database.columns import listed
from cluster_portal.core.templatetags.ui import euros
from projects.models import Application, CompletionRequest, Project
from projects.models.applications import Stage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

ON_DESK = 12
ASKED = ("what", "asked_on", "due_on", "answered_on")


def applications(project: Project, user: Reader) -> list[dict[str, Any]]:
    asked = CompletionRequest.objects.filter(application=OuterRef("pk")).order_by("asked_on", "pk")
    rows = Application.objects.visible_to(user).filter(project=project)
    rows = rows.annotate(asked=listed(asked, **{name: name for name in ASKED}))
    is_editor = project.is_editable_by(user)
    return [_shown(row, project, is_editor=is_editor) for row in rows]


def _shown(row: Application, project: Project, *, is_editor: bool) -> dict[str, Any]:
    waiting = open_request(row)
    url = reverse("projects:application", args=[project.slug, row.public_id])
    return {
        "title": row.title,
        "url": url,
        "text": " · ".join(filter(None, [row.funder, _money(row)])),
        "state": Stage(row.stage).look,
        "state_text": row.get_stage_display(),
        "events": events(row),
        "asked": waiting.what if waiting else "",
        "due": waiting.due_on if waiting else None,
        "due_words": due_words(waiting.due_on) if waiting else "",
        "is_late": bool(waiting and waiting.due_on < timezone.localdate()),
        "complete_url": f"{url}move/complete/" if waiting and is_editor else "",
    }


def _money(row: Application) -> str:
    if row.granted_cents:
        return _("granted %(sum)s") % {"sum": euros(row.granted_cents / 100)}
    return euros(row.amount_cents / 100) if row.amount_cents else ""


def completions(row: Application) -> list[CompletionRequest]:
    """As they came with the application's own statement, or asked for."""
    if "asked" not in vars(row):
        return list(row.completions.all())
    return [_completion(values) for values in vars(row)["asked"]]


def _completion(values: dict[str, Any]) -> CompletionRequest:
    days = {
        name: datetime.date.fromisoformat(values[name]) if values[name] else None
        for name in ASKED[1:]
    }
    return CompletionRequest(what=values["what"], **days)


def open_request(row: Application) -> CompletionRequest | None:
    if row.stage != Stage.COMPLETION:
        return None
    return next((each for each in completions(row) if each.answered_on is None), None)


def due_words(day: datetime.date) -> str:
    """By when, and how long that is."""
    left = (day - timezone.localdate()).days
    shown = {"day": date_format(day), "count": abs(left)}
    if left < 0:
        return ngettext(
            "Answer was due %(day)s, %(count)s day ago",
            "Answer was due %(day)s, %(count)s days ago",
            -left,
        ) % shown  # fmt: skip
    if left == 0:
        return _("Answer today, %(day)s") % shown
    return ngettext(
        "Answer by %(day)s, %(count)s day left", "Answer by %(day)s, %(count)s days left", left
    ) % shown  # fmt: skip


def events(row: Application) -> list[dict[str, Any]]:
    """What has happened to it, with days, for the timeline."""
    found = [(row.submitted_on, _("Submitted"), "")]
    for each in completions(row):
        found.append((each.asked_on, _("Completion asked, due %(day)s") % {
            "day": date_format(each.due_on)}, each.what))  # fmt: skip
        found.append((each.answered_on, _("Completion answered"), ""))
    found.append((row.decided_on, _decision(row), ""))
    dated = [(day, what, text) for day, what, text in found if day]
    return [
        {"when_text": date_format(day), "what": what, "text": text, "state": "done"}
        for day, what, text in sorted(dated, key=lambda each: each[0])
    ]


def _decision(row: Application) -> str:
    if row.granted_cents:
        return _("Granted, %(sum)s") % {"sum": euros(row.granted_cents / 100)}
    return str(row.get_stage_display())


def waiting_of(user: Reader) -> list[CompletionRequest]:
    """Open requests of the projects that the reader keeps, the nearest first."""
    if not user.is_authenticated:
        return []
    kept = Project.objects.kept_by(user).values("pk")
    rows = CompletionRequest.objects.waiting().filter(application__project__in=kept)
    return list(rows.select_related("application__project").order_by("due_on", "pk")[:ON_DESK])


def desk_rows(user: Reader) -> list[dict[str, Any]]:
    """A card of the desk: what funders wait for."""
    return [
        {
            "title": row.what,
            "kind": row.application.project.title,
            "url": row.get_absolute_url(),
            "text": row.application.funder,
            "state": "late" if row.due_on < timezone.localdate() else "waiting",
            "state_text": due_words(row.due_on),
        }
        for row in waiting_of(user)
    ]
