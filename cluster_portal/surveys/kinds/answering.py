"""What is told about answers: to a colleague who is to answer, to who checks an interview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay, register
from cluster_portal.surveys.models.responses import UNANSWERED, Stage

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def of_response(mail: OutboxMail) -> dict[str, Any]:
    survey_round = mail.about.round
    if not survey_round.takes_answers:
        raise NothingToSay
    return {
        "title": survey_round.title,
        "organisation": str(mail.about.organisation or ""),
        "closes": date_format(timezone.localtime(survey_round.closes_at)),
    }


def handed_over(mail: OutboxMail) -> dict[str, Any]:
    if mail.about.stage not in UNANSWERED:
        raise NothingToSay
    return of_response(mail)


def to_check(mail: OutboxMail) -> dict[str, Any]:
    if mail.about.stage != Stage.ANSWERED:
        raise NothingToSay
    return of_response(mail)


def part_done(mail: OutboxMail) -> dict[str, Any]:
    return of_response(mail)


def register_kinds() -> None:
    group = KindGroup.SURVEYS
    register(
        Kind(
            "survey_handed_over",
            label=_("Questions to answer"),
            group=group,
            context=handed_over,
            can_unsubscribe=False,
        )
    )
    register(
        Kind(
            "survey_to_check",
            label=_("An interview to check"),
            group=group,
            context=to_check,
            can_unsubscribe=False,
        )
    )
    register(
        Kind(
            "survey_part_done",
            label=_("A colleague has answered their part"),
            group=group,
            context=part_done,
        )
    )
