"""Published figures of surveys that an indicator can take: means of scale questions by region.

Nothing but what was published is read, so that no answer can be worked out from a figure.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from cluster_portal.core import vocabulary
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.surveys.models import PublishedTable, Round
from cluster_portal.surveys.models.questions import Kind
from cluster_portal.surveys.models.tables import Dimension
from cluster_portal.surveys.pages import levels
from cluster_portal.surveys.pages.published import Published
from cluster_portal.surveys.questionnaire import Questionnaire

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.visibility import Reader

ROUNDS = 12
STEP = Decimal("0.01")


class SurveyFigure(NamedTuple):
    """`key` names the round and the question in a form."""

    key: str
    survey_round: Round
    question: str
    values: dict[Term, Decimal]


def offered(user: Reader, *, of: Iterable[Term]) -> list[SurveyFigure]:
    """Of the latest published rounds that the reader may read, what tells of these regions."""
    regions = set(of)
    rounds = list(
        Round.objects.visible_to(user)
        .with_results()
        .select_related("version", "home_cluster__region")
        .newest_first()[:ROUNDS]
    )
    tables: dict[int, list[PublishedTable]] = defaultdict(list)
    for row in PublishedTable.objects.visible_to(user).filter(round__in=rounds):
        tables[row.round_id].append(row)
    found = (one for each in rounds for one in _of_round(each, tables[each.pk]))
    return [one for one in found if regions & set(one.values)]


def _of_round(survey_round: Round, rows: list[PublishedTable]) -> list[SurveyFigure]:
    if not rows:
        return []
    questionnaire = Questionnaire.of(survey_round.version)
    published = Published.of(survey_round, questionnaire, rows)
    found = []
    for question in questionnaire:
        if question.kind == Kind.SCALE and published.parts(question):
            values = _values(published, question, survey_round)
            if values:
                key = f"{survey_round.slug}:{question.key}"
                found.append(SurveyFigure(key, survey_round, question.text, values))
    return found


def _values(published: Published, question: object, survey_round: Round) -> dict[Term, Decimal]:
    """By region where it was told so; else the whole round, for its own region."""
    regions = {term.code: term for term in vocabulary.terms(Scheme.REGION)}
    found: dict[Term, Decimal] = {}
    for grouped in published.grouped(question, Dimension.REGION):  # type: ignore[arg-type]
        for codes, mean in levels.group_means(grouped).items():
            if len(codes) == 1 and codes[0] in regions:
                found[regions[codes[0]]] = Decimal(str(mean)).quantize(STEP)
    if found:
        return found
    whole = levels.mean(published.parts(question)[0])  # type: ignore[arg-type]
    region = survey_round.home_cluster.region
    return {} if whole is None else {region: Decimal(str(whole)).quantize(STEP)}
