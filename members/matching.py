"""What fits a need, and why: reading only.

Types declare in their content (`core.answers.Answers`) that their rows may answer needs. The pairs
are found by `members.services.need_matching`; the reasons are made anew for each reader, of what
that reader may see of the need and of the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.translation import gettext as _

from cluster_portal.core.content import parts
from cluster_portal.core.matching import reasons
from cluster_portal.core.matching.score import Match, best
from cluster_portal.core.matching.stored import corpus
from cluster_portal.core.vocabulary import Scheme
from members.models.needs import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import QuerySet

    from cluster_portal.core.answers import Answers
    from cluster_portal.core.matching.features import Features
    from cluster_portal.core.matching.score import Corpus
    from cluster_portal.core.visibility import Reader
    from members.models import Need, NeedMatch

KEPT = 8  # of one type for one need
RARE = 0.6  # of a theme: from nearly 0, everybody has it, to 1, one has it
SPARE = 3  # times as many are looked at, since those without a reason fall out
# What a reason may name. Categories of dual use are not told to everyone who sees a capability.
NAMED = (
    Scheme.SECURITY_TASK, Scheme.VITAL_FUNCTION, Scheme.CRITICAL_SECTOR,
    Scheme.SMART_SPECIALISATION,
)  # fmt: skip


class Wanted(Protocol):
    """A need, or what else asks for something of a kind of need: a challenge."""

    @property
    def kind(self) -> Any: ...

    @property
    def region_id(self) -> Any: ...

    @property
    def organisation_id(self) -> Any: ...

    @property
    def terms(self) -> Any: ...

    def match_features(self) -> Features: ...

    def match_texts(self) -> list[str]: ...


@dataclass(frozen=True)
class Wish:
    """A need as it is compared: its features, what a reason may quote, and its terms."""

    weights: Features
    texts: list[str]
    terms: frozenset[int]
    region: int | None

    @classmethod
    def of(cls, need: Wanted) -> Wish:
        terms = getattr(need, "term_keys", None)
        if terms is None:
            terms = [term.pk for term in need.terms.all()]
        return cls(need.match_features(), need.match_texts(), frozenset(terms), need.region_id)


def every() -> list[Answers]:
    return parts(lambda one: one.answers)


def declared(key: str) -> Answers | None:
    return next((one for one in every() if one.key == key), None)


def possible(answers: Answers, need: Wanted, user: Reader) -> QuerySet[Any]:
    """What could answer the need at all, of what this reader sees; nobody is offered their own."""
    kind = answers.kinds.get(need.kind)
    rows = answers.rows(user)
    if kind is None:
        return rows.none()
    if answers.owner and need.organisation_id:
        rows = rows.exclude(**{answers.owner: need.organisation_id})
    return rows.filter(kind)


def fits(answers: Answers, need: Wanted, user: Reader) -> list[Match]:
    """The best of one type for a need, each with a good reason; those in its region come first."""
    wish = Wish.of(need)
    among = corpus(possible(answers, need, user), wish.weights)
    scores = dict(best(among.scores(wish.weights), SPARE * KEPT))
    found = [
        explained(answers, row, wish, scores[row.pk])
        for row in with_keys(answers, answers.rows(user).filter(pk__in=scores))
    ]
    good = (m for m in found if m.has_reason and not (_is_of_partners(need) and is_weak(m, among)))
    return sorted(good, key=lambda m: (bool(m.doubts), -m.score))[:KEPT]


def _is_of_partners(need: Wanted) -> bool:
    return need.kind == Kind.PARTNER


def is_weak(match: Match, among: Corpus) -> bool:
    """One theme in common and nothing else says little of a partner, unless few have the theme."""
    return match.only_theme is not None and among.rarity(f"t:{match.only_theme}") < RARE


def fit_of(answers: Answers, pk: int, need: Wanted, user: Reader) -> Match | None:
    """How one thing fits, where it may answer at all and there is a good reason."""
    rows = possible(answers, need, user).filter(pk=pk)
    row = with_keys(answers, rows).first()
    match = None if row is None else explained(answers, row, Wish.of(need))
    if match is None or not match.has_reason:
        return None
    if match.only_theme is not None and _is_of_partners(need):
        among = corpus(possible(answers, need, user), {f"t:{match.only_theme}": 1.0})
        return None if is_weak(match, among) else match
    return match


def with_keys(answers: Answers, rows: QuerySet[Any]) -> QuerySet[Any]:
    """With the keys of the terms and regions that a reason may name, in the same statement."""
    keys = {"term_keys": answers.terms, "region_keys": answers.regions}
    same = answers.model._default_manager.filter(pk=OuterRef("pk")).order_by()
    wanted = {
        name: ArraySubquery(same.exclude(**{path: None}).values(path))
        for name, path in keys.items()
        if path
    }
    return rows.annotate(**wanted)


def explained(answers: Answers, row: Any, wish: Wish, score: float = 0.0) -> Match:
    """Why it fits; `row` comes from `with_keys`."""
    found = reasons.why(
        wish.texts, answers.texts(row), wish.weights, dict.fromkeys(wish.weights, 1.0)
    )
    common = wish.terms & frozenset(getattr(row, "term_keys", ()))
    found.themes = _labels(common)
    where, elsewhere = _place(answers, row, wish.region)
    told = [*reasons.shared(found), *where]
    alone = len(found.themes) == len(told) == 1
    only = next((key for key in common if _labels([key])), None) if alone else None
    return Match(row, score, told, elsewhere, found.is_reason, only)


def _place(answers: Answers, row: Any, region: int | None) -> tuple[list[str], list[str]]:
    """Where it is offered: what speaks for it, and what against."""
    if answers.everywhere and getattr(row, answers.everywhere):
        return [_("Offered in the whole country")], []
    keys = frozenset(getattr(row, "region_keys", ()))
    regions = _region(keys) if region and keys else ""
    if not region or not regions:
        return [], []
    if region in keys:
        return [_("Offered in: %(region)s") % {"region": _region([region])}], []
    return [], [_("Offered elsewhere: %(region)s") % {"region": regions}]


def _labels(keys: Collection[int]) -> list[str]:
    return [label for scheme in NAMED for label in reasons.labels(scheme, keys)] if keys else []


def _region(keys: Collection[int]) -> str:
    return ", ".join(reasons.labels(Scheme.REGION, keys))


def shown(need: Need, matches: Iterable[NeedMatch], user: Reader) -> list[tuple[NeedMatch, Match]]:
    """The stored pairs of one need as this reader may see them, one statement per type."""
    wish = Wish.of(need)
    by_type: dict[str, dict[int, NeedMatch]] = {}
    for match in matches:
        by_type.setdefault(match.answers, {})[match.object_id] = match
    told = []
    for key, stored in by_type.items():
        answers = declared(key)
        if answers is None:
            continue
        rows = with_keys(answers, possible(answers, need, user).filter(pk__in=stored))
        found = (explained(answers, row, wish, stored[row.pk].score) for row in rows)
        told += [(stored[match.object.pk], match) for match in found if match.has_reason]
    return sorted(told, key=lambda pair: (bool(pair[1].doubts), -pair[1].score))


def needs_for(answers: Answers, pk: int, needs: QuerySet[Need]) -> list[int]:
    """Open needs that the thing may answer, the best first, without asking yet who sees what."""
    kinds = [
        kind for kind, limits in answers.kinds.items()
        if answers.model._default_manager.filter(limits, pk=pk).exists()
    ]  # fmt: skip
    return asked_for(answers, pk, needs.filter(kind__in=kinds))


def asked_for(answers: Answers, pk: int, wishes: QuerySet[Any]) -> list[int]:
    """Keys of the wishes that share the most with the thing, the best first."""
    row: Any = answers.model._default_manager.filter(pk=pk).first()
    if row is None:
        return []
    weights = row.match_features()
    scores = corpus(wishes, weights).scores(weights)
    return [key for key, _score in best(scores, SPARE * KEPT)]
