"""What is told of rounds: to who is asked, to interviewers and coordinators, of the results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.visibility import Visibility
from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay, register
from cluster_portal.notifications.sending.rendering import absolute, page_link
from cluster_portal.surveys.models import Response, Round
from cluster_portal.surveys.models.responses import COUNTED, UNANSWERED, Stage
from cluster_portal.surveys.models.rounds import Mode
from cluster_portal.surveys.models.rounds import Stage as RoundStage
from cluster_portal.surveys.services.feedback import link_of

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def of_round(survey_round: Round) -> dict[str, Any]:
    return {
        "title": survey_round.title,
        "intro": survey_round.intro,
        "cluster": survey_round.home_cluster.name,
        "closes": date_format(timezone.localtime(survey_round.closes_at)),
    }


def invited(mail: OutboxMail) -> dict[str, Any]:
    response: Response = mail.about
    if response.stage not in UNANSWERED or not response.round.takes_answers:
        raise NothingToSay
    return {**of_round(response.round), "organisation": str(response.organisation or ""),
            "interviewer": str(response.interviewer or "")}  # fmt: skip


def reminded(mail: OutboxMail) -> dict[str, Any]:
    """Nobody who has answered meanwhile."""
    survey_round: Round = mail.about
    stages = [Stage.ANSWERED] if survey_round.mode == Mode.INTERVIEWS else UNANSWERED
    reader: Any = mail.recipient
    mine = Response.objects.mine(reader).filter(round=survey_round, stage__in=stages)
    if not survey_round.takes_answers or not mine.exists():
        raise NothingToSay
    names = [str(row.organisation) for row in mine.select_related("organisation")
             if row.organisation]  # fmt: skip
    return {**of_round(survey_round), "organisations": ", ".join(names),
            "is_interview": survey_round.mode == Mode.INTERVIEWS}  # fmt: skip


def day_agreed(mail: OutboxMail) -> dict[str, Any]:
    response: Response = mail.about
    if response.stage != Stage.AGREED or response.agreed_on is None:
        raise NothingToSay
    return {**invited(mail), "day": date_format(response.agreed_on)}


def interviewer(mail: OutboxMail) -> dict[str, Any]:
    survey_round: Round = mail.about
    mine = survey_round.responses.filter(interviewer=mail.recipient, stage__in=UNANSWERED)
    count = mine.count()
    if not count:
        raise NothingToSay
    page = page_link(reverse("surveys:interviews"))
    return {**of_round(survey_round), "count": count, "url": page}


def closed(mail: OutboxMail) -> dict[str, Any]:
    survey_round: Round = mail.about
    if survey_round.stage != RoundStage.CLOSED:
        raise NothingToSay
    asked = survey_round.responses.count()
    page = reverse("admin:surveys_round_change", args=[survey_round.pk])
    return {**of_round(survey_round), "asked": asked, "url": absolute(page),
            "answered": survey_round.responses.countable().count()}  # fmt: skip


def results(mail: OutboxMail) -> dict[str, Any]:
    survey_round: Round = mail.about
    if survey_round.stage != RoundStage.PUBLISHED:
        raise NothingToSay
    reader: Any = mail.recipient
    mine = Response.objects.mine(reader).filter(round=survey_round, stage__in=COUNTED)
    return {**of_round(survey_round), "has_own": mine.exists()}


def feedback(mail: OutboxMail) -> dict[str, Any]:
    """A subject is read in passing: it names only what all members may see."""
    survey_round = Round.objects.filter(pk=mail.values["round"]).first()
    if survey_round is None or not survey_round.takes_answers:
        raise NothingToSay
    url = absolute(link_of(survey_round))
    event: Any = mail.about
    is_named = event.visibility in {Visibility.PUBLIC, Visibility.ACCOUNTS, Visibility.MEMBERS}
    return {**of_round(survey_round), "name": str(event), "is_named": is_named, "url": url}


def register_kinds() -> None:
    rows: tuple[tuple[str, Any, Any, dict[str, Any]], ...] = (
        ("survey_invitation", _("Invitation to answer a questionnaire"), invited, {}),
        ("survey_interview", _("Invitation to an interview"), invited, {}),
        ("survey_reminder", _("Reminder of a questionnaire"), reminded, {}),
        ("survey_day_agreed", _("A day for an interview"), day_agreed, {}),
        ("survey_interviewer", _("Interviews that you hold"), interviewer, {}),
        ("survey_closed", _("A round has closed"), closed, {}),
        ("survey_results", _("Results of a questionnaire"), results, {}),
        ("survey_feedback", _("Feedback on an event"), feedback, {"in_inbox": False}),
        ("survey_follow_up", _("Some months after a training"), feedback, {"in_inbox": False}),
    )
    for name, label, context, values in rows:
        register(Kind(name, label=label, group=KindGroup.SURVEYS, context=context, **values))
