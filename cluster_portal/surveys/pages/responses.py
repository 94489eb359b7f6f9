"""The page of one response: how far it is, what was answered, what is to be done by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core.visibility import audience
from cluster_portal.surveys.forms.beginning import own_organisations
from cluster_portal.surveys.models import Response
from cluster_portal.surveys.models.responses import MOVES, Stage, speaks_for
from cluster_portal.surveys.models.rounds import Mode
from cluster_portal.surveys.models.rounds import Stage as RoundStage
from cluster_portal.surveys.pages import facts
from cluster_portal.surveys.pages.answering import (
    Answering,
    can_be_handed,
    earlier,
    saved_words,
    to_round,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from cluster_portal.surveys.forms.beginning import BeginForm
    from cluster_portal.surveys.forms.handovers import HandOverForm
    from cluster_portal.surveys.models import Round
    from members.models import User

MOST_MISSING, MOST_EARLIER = 8, 6


@dataclass(frozen=True)
class Given:
    """One question with its answer in words; `was` of the round before, `written` of the talk."""

    number: str
    text: str
    answer: str
    was: str = ""
    written: str = ""
    is_changed: bool = False


@dataclass(frozen=True)
class Part:
    title: str
    url: str
    rows: list[Given]


def response_page(response: Response, user: User, *, can_write: bool) -> dict[str, Any]:
    answering = Answering(response, user)
    before = list(earlier(response, user)[:MOST_EARLIER])
    takes = response.round.takes_answers
    writes = can_write and takes and response.stage != Stage.DECLINED
    missing = answering.missing() if writes else []
    doors = answering.doors() if writes else []
    moves = dict(MOVES.open_to(response, user))
    is_interview = response.round.mode == Mode.INTERVIEWS
    return {
        "response": response,
        "round": response.round,
        "look": Stage(response.stage).look,
        "doors": doors,
        "continue_url": next((door.url for door in doors if door.state != "done"), ""),
        "progress": answering.progress(),
        "saved": saved_words(response),
        "can_write": writes,
        "not_taken": not_taken(response.round),
        "missing": missing[:MOST_MISSING],
        "missing_count": len(missing),
        "is_whole": answering.is_whole,
        "can_send": writes and bool({"answer", "send"} & moves.keys()) and not missing,
        "can_send_again": writes and _has_changed(response) and answering.is_whole and not missing,
        "can_check": "check" in moves,
        "can_agree": "agree" in moves and takes and is_interview and speaks_for(response, user),
        "today": timezone.localdate().isoformat(),
        "can_decline": "decline" in moves and takes,
        "can_rejoin": "rejoin" in moves and takes,
        "is_interview": is_interview,
        "is_own": speaks_for(response, user),
        "is_handed": writes and not answering.is_whole,
        "can_hand_over": writes and can_be_handed(response),
        "handovers": handed(response) if answering.is_whole else [],
        "parts": parts(answering, before[0] if before else None),
        "before": before,
        "facts": facts.values(response, user, answering.sections),
        "trail": [*to_round(response.round), {"name": _("Answers")}],
    }


def _has_changed(response: Response) -> bool:
    """Whether its own side has corrected what it had sent."""
    sent, saved = response.checked_at, response.saved_at
    return response.stage == Stage.CHECKED and bool(sent and saved and saved > sent)


def handed(response: Response) -> list[Any]:
    rows = response.handovers.select_related("section", "user").exclude(user=None)
    return [row for row in rows if row.user_id != row.by_id]


def parts(answering: Answering, before: Response | None) -> list[Part]:
    """What was answered, section by section, beside the last round and what was written down."""
    response = answering.response
    was = answering.told_in(before) if before else {}
    written = response.written if response.stage in {Stage.ANSWERED, Stage.CHECKED} else None
    found = []
    for section in answering.sections:
        rows = [
            Given(
                answering.numbers[question.key], question.text,
                question.words(response.answers.get(question.key)),
                was=question.words(was.get(question.key)),
                written=question.words((written or {}).get(question.key)),
                is_changed=written is not None
                and written.get(question.key) != response.answers.get(question.key),
            )
            for question in answering.asked(section)
            if question.key in response.answers or question.key in (written or {})
        ]  # fmt: skip
        url = reverse("surveys:section", args=[response.public_id, section.key])
        if rows:
            found.append(Part(section.title, url, rows))
    return found


def handing(response: Response, form: HandOverForm) -> dict[str, Any]:
    return {
        "response": response,
        "round": response.round,
        "form": form,
        "has_colleagues": form.colleagues.exists(),
        "trail": [
            *to_round(response.round),
            {"name": _("Answers"), "url": response.get_absolute_url()},
            {"name": _("Give a part to a colleague")},
        ],
    }


def begun(survey_round: Round, user: Reader) -> Response | None:
    """The reader's own answer in this round, where there is no other left for them to begin."""
    mine = Response.objects.mine(user).filter(round=survey_round).first()
    return None if mine and is_another_left(survey_round, user) else mine


def is_another_left(survey_round: Round, user: Reader) -> bool:
    """Whether one of the reader's organisations has no answer in a round that is open to all."""
    if survey_round.mode != Mode.OPEN or not survey_round.takes_answers:
        return False
    return own_organisations(user).exclude(pk__in=_answering(survey_round)).exists()


def _answering(survey_round: Round) -> QuerySet[Any, Any]:
    rows = survey_round.responses.exclude(organisation=None)
    return rows.values_list("organisation", flat=True)


def not_taken(survey_round: Round) -> str:
    """Why answers are not taken; nothing while they are."""
    if survey_round.takes_answers:
        return ""
    if survey_round.stage == RoundStage.DRAFT:
        return _("The round has not been opened yet.")
    return _("The round has closed. Answers are no longer taken.")


def beginning(survey_round: Round, form: BeginForm, user: Reader) -> dict[str, Any]:
    """The way into a round; why there is none, where one cannot answer."""
    words = ""
    if survey_round.mode != Mode.OPEN:
        words = _("This questionnaire is answered by invitation.")
    elif not survey_round.takes_answers:
        words = not_taken(survey_round)
    elif not audience(user).is_member:
        words = _("Only members of the network answer.")
    return {
        "round": survey_round,
        "form": form,
        "can_begin": not words,
        "closed_words": words,
        "trail": [*to_round(survey_round), {"name": _("Answer")}],
    }
