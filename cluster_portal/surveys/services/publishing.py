"""Publishing the results of a round: once, as fixed tables."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.surveys.disclosure import (
    Population,
    Respondent,
    are_comparable,
    are_few,
    shown_count,
)
from cluster_portal.surveys.models import PublishedTable, Response, Round
from cluster_portal.surveys.models.rounds import MOVES, Stage
from cluster_portal.surveys.models.tables import Dimension
from cluster_portal.surveys.questionnaire import Questionnaire
from cluster_portal.surveys.services.aggregates import tables_of

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping

    from members.models import User


class Counted(NamedTuple):
    """Who has answered a round, and what."""

    people: list[Respondent]
    answers: list[dict[str, Any]]

    @property
    def units(self) -> set[Hashable]:
        return {person.unit for person in self.people}

    def without(self, units: Collection[Hashable]) -> Counted:
        rows = zip(self.people, self.answers, strict=True)
        kept = [(person, given) for person, given in rows if person.unit not in units]
        return Counted([person for person, _given in kept], [given for _person, given in kept])


class Beside(NamedTuple):
    """A round beside the published one before it: who is counted, and what may not be told.

    `left_out` are newcomers, too few to be told apart from the round before. Where so few have
    gone (`few_gone`), what both rounds ask is not told by groups.
    """

    found: Counted
    left_out: Collection[Hashable] = ()
    few_gone: bool = False
    known: Mapping[str, int | bool] = MappingProxyType({})


def counted(survey_round: Round) -> Counted:
    rows = (
        Response.objects.filter(round=survey_round)
        .for_figures()
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
    beside = beside_before(survey_round)
    found = beside.found
    known = {"answered": shown_count(len(found.people)), **beside.known}
    rows = tables_of(
        Questionnaire.of(survey_round.version), found.answers, Population.of(found.people)
    )
    only_whole = _asked_before(survey_round) if beside.few_gone else frozenset()
    return [
        PublishedTable(
            round=survey_round,
            question_key=key,
            dimension=dimension,
            table={**known, **table} if dimension == Dimension.ALL else table,
        )
        for key, dimension, table in rows
        if dimension == Dimension.ALL or key not in only_whole
    ]


def beside_before(survey_round: Round) -> Beside:
    """Figures of two rounds of nearly the same organisations would tell of the few others."""
    found, previous = counted(survey_round), survey_round.previous
    if previous is None or previous.stage != Stage.PUBLISHED or survey_round.is_anonymous:
        return Beside(found)
    before = beside_before(previous).found.units
    new = found.units - before
    left_out = new if are_few(new) else set()
    found = found.without(left_out)
    few_gone = are_few(before - found.units)
    known: dict[str, int | bool] = {}
    if are_comparable(found.units, before):
        known |= {"previous": previous.pk, "again": len(found.units & before)}
    if left_out:
        known["left_out"] = True
    if few_gone:
        known["few_gone"] = True
    return Beside(found, left_out, few_gone, known)


def _asked_before(survey_round: Round) -> frozenset[str]:
    """Keys of the questions that the round before asks, too."""
    previous = survey_round.previous
    return frozenset(Questionnaire.of(previous.version).by_key) if previous else frozenset()


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
