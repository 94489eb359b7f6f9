"""The interviewer's own page: the next talk first, and one press for each step."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.surveys.models import Response
from cluster_portal.surveys.models.responses import Stage
from cluster_portal.surveys.services.invitations import agreeable_by, asked_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from members.models import User

MOST = 100
WITHIN = datetime.timedelta(days=30)


def mine(user: User) -> list[Response]:
    """What is held and not written yet, then by the agreed day, then what has no day."""
    rows = agreeable_by(user).select_related("round", "organisation", "person", "interviewer")
    rows = rows.order_by(
        (F("held_on")).asc(nulls_last=True), F("agreed_on").asc(nulls_last=True), "invited_at", "pk"
    )
    return list(rows[:MOST])


def being_checked(user: Reader) -> QuerySet[Response]:
    """What the interviewer has written down and those asked have not confirmed yet."""
    return Response.objects.filter(interviewer=user.pk, stage=Stage.ANSWERED)


def has_any(user: Reader) -> bool:
    return bool(agreeable_by(user).exists() or being_checked(user).exists())


def values(user: User) -> dict[str, Any]:
    rows = mine(user)
    written = being_checked(user).select_related("round", "organisation", "person", "interviewer")
    checked = list(written.order_by("answered_at", "pk")[:MOST])
    people = asked_of([*rows, *checked])
    lines = [_line(row, people[row.pk], user) for row in [*rows, *checked]]
    return {
        "groups": _groups(lines),
        "count": len(rows),
        "to_check": len(checked),
        "today": timezone.localdate().isoformat(),
        "trail": [
            {"name": _("Surveys"), "url": reverse("surveys:list")}, {"name": _("My interviews")},
        ],
    }  # fmt: skip


def _groups(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    headings = (
        (Stage.HELD, _("Held, to be written down")),
        (Stage.AGREED, _("Agreed on a day")),
        (Stage.INVITED, _("No day yet")),
        (Stage.ANSWERED, _("Being checked")),
    )
    groups = [
        {"key": stage.value, "title": title, "rows": [ln for ln in lines if ln["stage"] == stage]}
        for stage, title in headings
    ]
    return [group for group in groups if group["rows"]]


def _line(response: Response, people: list[User], user: User) -> dict[str, Any]:
    day = response.agreed_on
    return {
        "response": response,
        "stage": response.stage,
        "name": str(response.organisation or response.person or "–"),
        "round": response.round.title,
        "people": ", ".join(str(person) for person in people),
        "url": response.get_absolute_url(),
        "day": date_format(day, "DATE_FORMAT") if day else "",
        "is_today": day == timezone.localdate(),
        "is_past": bool(day and day < timezone.localdate()),
        "is_written": response.stage == Stage.ANSWERED,
        "is_held": response.stage == Stage.HELD,
        "is_mine": response.interviewer_id == user.pk,
    }
