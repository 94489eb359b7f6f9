"""Reminders of a round: by the hour or by a press, each person once in so many days, never more
often than the round allows, and nobody who has answered."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.surveys.models import Response, Round
from cluster_portal.surveys.models.responses import UNANSWERED, Stage
from cluster_portal.surveys.models.rounds import Mode
from cluster_portal.surveys.services.invitations import asked_of, turn_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import User

KIND = "survey_reminder"
WORKING_HOURS = range(8, 17)
SUNDAY = 6


def waiting(survey_round: Round) -> Any:
    """What somebody should answer themselves: a talk is the interviewer's to arrange."""
    rows = survey_round.responses.filter(is_anonymous=False)
    if survey_round.mode == Mode.INTERVIEWS:
        return rows.filter(stage=Stage.ANSWERED)
    return rows.filter(stage__in=UNANSWERED)


def due(survey_round: Round, now: datetime.datetime) -> Any:
    """Those that nobody has been reminded of for so many days, and not too often already."""
    since = now - datetime.timedelta(days=survey_round.reminder_days)
    rows = waiting(survey_round).filter(reminders__lt=survey_round.reminder_limit)
    invited = Q(invited_at__lte=since) | Q(answered_at__lte=since)
    return rows.filter(invited, Q(reminded_at=None) | Q(reminded_at__lte=since))


@transaction.atomic
def remind(survey_round: Round, *, by: User | None = None) -> int:
    """How many people are told. The round's row is the lock under which nobody is told twice; who
    answers at this very moment is left out when the letter leaves (`kinds.rounds.reminded`).
    """
    survey_round = turn_of(survey_round)
    if by is not None and not Round.objects.editable_by(by).contains(survey_round):
        raise Refused(_("You cannot do this."))
    if not survey_round.takes_answers:
        raise Refused(_("The round is not open."))
    now = timezone.now()
    found = list(due(survey_round, now).select_related("organisation").order_by("pk"))
    told = _tell(survey_round, found, now)
    if told:
        audit.record(survey_round, "reminded", by=by, details={"count": told})
    return told


def _tell(survey_round: Round, found: list[Response], now: datetime.datetime) -> int:
    """One letter to a person, whatever number of answers of theirs is awaited."""
    by_person: dict[int, list[Response]] = defaultdict(list)
    people: dict[int, User] = {}
    responses = {row.pk: row for row in found}
    for pk, asked in asked_of(found).items():
        for person in asked:
            people[person.pk] = person
            by_person[person.pk].append(responses[pk])
    history = _told_before(survey_round, people)
    reminded: set[int] = set()
    told = 0
    for pk, rows in by_person.items():
        count, last = history.get(pk, (0, None))
        is_soon = last and last > now - datetime.timedelta(days=survey_round.reminder_days)
        if count >= survey_round.reminder_limit or is_soon:
            continue
        _post(survey_round, people[pk], count + 1)
        reminded |= {row.pk for row in rows}
        told += 1
    _count(found, reminded, now)
    return told


def _told_before(
    survey_round: Round, people: Iterable[int]
) -> dict[int, tuple[int, datetime.datetime]]:
    kind = ContentType.objects.get_for_model(Round)
    mails = OutboxMail.objects.filter(
        kind=KIND, about_type=kind, about_id=survey_round.pk, recipient__in=list(people)
    )
    rows = mails.order_by().values("recipient").annotate(n=Count("pk"), last=Max("created_at"))
    return {row["recipient"]: (row["n"], row["last"]) for row in rows}


def _post(survey_round: Round, person: User, number: int) -> None:
    is_last = number >= survey_round.reminder_limit
    outbox.post(
        KIND, to=person, key=f"{survey_round.pk}:{number}", about=survey_round,
        values={"number": number, "is_last": int(is_last)},
    )  # fmt: skip


def _count(found: list[Response], reminded: set[int], now: datetime.datetime) -> None:
    for row in found:
        if row.pk in reminded:
            row.reminders, row.reminded_at = row.reminders + 1, now
            row.save(update_fields=["reminders", "reminded_at"])


def remind_due() -> int:
    """The chore: in working hours, of every round that takes answers."""
    now = timezone.localtime()
    if now.hour not in WORKING_HOURS or now.weekday() >= SUNDAY - 1:
        return 0
    rows = Round.objects.open().filter(closes_at__gt=now, reminder_limit__gt=0)
    return sum(_remind_quietly(survey_round) for survey_round in rows.order_by("pk"))


def _remind_quietly(survey_round: Round) -> int:
    try:
        return remind(survey_round)
    except Refused:  # closed since the rounds were read
        return 0
