"""Publishing the results of a round: once, as fixed tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.surveys.disclosure import Population, Respondent, are_comparable, shown_count
from cluster_portal.surveys.models import PublishedTable, Response, Round
from cluster_portal.surveys.models.rounds import MOVES, Stage
from cluster_portal.surveys.models.tables import Dimension
from cluster_portal.surveys.questionnaire import Questionnaire
from cluster_portal.surveys.services.aggregates import tables_of

if TYPE_CHECKING:
    from collections.abc import Hashable

    from members.models import User


class Counted(NamedTuple):
    """Who has answered a round, and what."""

    people: list[Respondent]
    answers: list[dict[str, Any]]

    @property
    def units(self) -> set[Hashable]:
        return {person.unit for person in self.people}


def counted(survey_round: Round) -> Counted:
    rows = (
        Response.objects.filter(round=survey_round)
        .countable()
        .order_by("pk")
        .values_list("sector", "region", "organisation", "person", "pk", "answers")
    )
    people, answers = [], []
    for sector, region, organisation, person, pk, given in rows.iterator():
        people.append(Respondent(sector, region, _unit(organisation, person, pk)))
        answers.append(given)
    return Counted(people, answers)


def _unit(organisation: int | None, person: int | None, pk: int) -> tuple[str, int]:
    """Whose answer it is: the organisation's, a private person's, or nobody's that is known."""
    if organisation is not None:
        return "organisation", organisation
    return ("person", person) if person is not None else ("answer", pk)


def tables(survey_round: Round) -> list[PublishedTable]:
    """What publishing the round would store; nothing is written."""
    found = counted(survey_round)
    known = {"answered": shown_count(len(found.people)), **_comparison(survey_round, found)}
    rows = tables_of(
        Questionnaire.of(survey_round.version), found.answers, Population.of(found.people)
    )
    return [
        PublishedTable(
            round=survey_round,
            question_key=key,
            dimension=dimension,
            table={**known, **table} if dimension == Dimension.ALL else table,
        )
        for key, dimension, table in rows
    ]


def _comparison(survey_round: Round, found: Counted) -> dict[str, int]:
    """The round that this one may be compared with, and how many answered both."""
    previous = survey_round.previous
    if previous is None or previous.stage != Stage.PUBLISHED or survey_round.is_anonymous:
        return {}
    now, before = found.units, counted(previous).units
    if not are_comparable(now, before):
        return {}
    return {"previous": previous.pk, "again": len(now & before)}


@transaction.atomic
def publish(survey_round: Round, *, by: User) -> Round:
    """Once for all: what was published does not change, whatever is answered or erased later."""
    rows = Round.objects.select_for_update(of=("self",), no_key=True)
    survey_round = rows.select_related("version", "previous").get(pk=survey_round.pk)
    survey_round.stage = MOVES.step("publish", survey_round, by).target
    PublishedTable.objects.bulk_create(tables(survey_round))
    survey_round.tables_published_at = timezone.now()
    survey_round.save(update_fields=["stage", "tables_published_at", "updated_at"])
    audit.record(survey_round, "publish", by=by)
    return survey_round
