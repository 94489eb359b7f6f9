"""The cards, deadlines and queues of the desk about applications, offers and invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.content import Deadline
from cluster_portal.core.request_cache import Part
from theses.models import Application, Approach
from theses.models.applications import Stage
from theses.models.approaches import TO_TOPIC
from theses.pages import turns
from theses.pages.approach_page import opening_of, title_of

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader


ON_DESK = 12
KIND = gettext_lazy("Interview for a thesis")
ON_CARDS: Part[list[tuple[Application, turns.Turn | None]]] = Part("applications on a desk")


def _applications(user: Reader) -> list[tuple[Application, turns.Turn | None]]:
    """The own ones and those that wait on the own side, for all cards; with whose turn it is."""
    rows = Application.objects.visible_to(user).mine(user)
    rows = rows.select_related("student", "topic__organisation", "topic__contact")
    return ON_CARDS.get(user.pk, lambda: _turns(rows.order_by("-pk")[: 4 * ON_DESK]))


def _turns(rows: QuerySet[Any]) -> list[tuple[Application, turns.Turn | None]]:
    """Times are asked for only where an interview is under way."""
    found = list(rows)
    invited = [row for row in found if row.stage == Stage.INTERVIEW]
    prefetch_related_objects(invited, "interview_times")
    return [(row, _turn(row)) for row in found]


def _turn(application: Application) -> turns.Turn | None:
    """Without a reader: whose turn it is is known here without asking."""
    return turns.of_application(application, AnonymousUser()) if application.is_pending else None


def waiting_for_me(user: Reader) -> list[dict[str, Any]]:
    """Those that the reader answers; a coordinator hears of these from the queue instead."""
    rows = [
        (row, turn)
        for row, turn in reversed(_applications(user))
        if row.student_id != user.pk and turn and turn.side == "commissioner"
    ]
    return [
        {
            "url": row.get_absolute_url(),
            "title": str(row.student),
            "kind": row.topic.heading,
            "text": row.school,
            "state": "late" if turn.is_late else "waiting",
            "state_text": _by(turn.until),
            "action": _("Answer"),
        }
        for row, turn in rows[:ON_DESK]
    ]


def _by(day: date | None) -> str:
    return _("by %(day)s") % {"day": date_format(day, "SHORT_DATE_FORMAT")} if day else ""


def to_pick(user: Reader) -> list[dict[str, Any]]:
    """Interviews for which the student has a time to pick."""
    return [
        {
            **_mine(row),
            "state_text": _by(turn.until),
            "action": _("Pick a time"),
        }
        for row, turn in _applications(user)
        if row.student_id == user.pk and turn and turn.side == "student"
    ]


def my_applications(user: Reader) -> list[dict[str, Any]]:
    mine = [(row, turn) for row, turn in _applications(user) if row.student_id == user.pk]
    return [
        {**_mine(row), "text": f"{turn.who}: {turn.what}" if turn else ""}
        for row, turn in mine[:ON_DESK]
    ]


def _mine(row: Application) -> dict[str, Any]:
    return {
        "url": row.get_absolute_url(),
        "title": row.topic.heading,
        "kind": row.topic.named_owner.title if row.topic.named_owner else "",
        "text": "",
        "state": Stage(row.stage).look,
        "state_text": row.get_stage_display(),
        "action": "",
    }


def interviews(user: Reader) -> list[Deadline]:
    """Agreed interviews to come, on either side."""
    if not user.is_authenticated:
        return []
    now = timezone.now()
    return [
        Deadline(time.starts_at, KIND, row.topic.heading, row.get_absolute_url(), row.meeting)
        for row, _turn in _applications(user)
        if row.stage == Stage.INTERVIEW
        for time in row.interview_times.all()
        if time.is_chosen and time.starts_at > now
    ]


def approaches_waiting(user: Reader) -> Any:
    return Approach.objects.visible_to(user).waiting_for(user)


def approaches_to_answer(user: Reader) -> list[dict[str, Any]]:
    """Offers and invitations that the reader answers; the soonest to end first."""
    rows = approaches_waiting(user).select_related("topic", "by", "to", "organisation")
    return [
        {
            "url": row.get_absolute_url(),
            "title": row.topic.heading,
            "kind": opening_of(row).removesuffix("."),
            "text": title_of(row) if row.kind in TO_TOPIC else str(row.by),
            "state": "waiting",
            "state_text": _("Answer by %(day)s")
            % {"day": date_format(row.answer_by, "SHORT_DATE_FORMAT")},
            "action": _("Answer"),
        }
        for row in rows.order_by("answer_by", "pk")[:ON_DESK]
    ]
