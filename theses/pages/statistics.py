"""How the matching goes in one coordinator's clusters: counts by group, and days to a match.

A topic of several levels or fields counts in each of them. No personal data is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Aggregate, Count, DurationField, F, Func, IntegerField, TextField
from django.db.models.functions import Cast, ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.vocabulary import Scheme, terms
from members.models import Organisation
from members.models.organisations import Kind as OrganisationKind
from theses.models import Application, Thesis, Topic
from theses.models.applications import HOLDS_A_PLACE
from theses.models.applications import Stage as ApplicationStage
from theses.models.choices import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader

NOT_KNOWN = gettext_lazy("Not known")
NUMBERS = ("topics", "applications", "matches", "finished", "days")


class Median(Aggregate):
    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def _unnest(column: str) -> Func:
    return Func(F(column), function="unnest", output_field=TextField())


def _year(column: str) -> Cast:
    return Cast(ExtractYear(column), IntegerField())


@dataclass(frozen=True)
class Dimension:
    """`topic`, `application`, `match` and `thesis` say what each kind of row is grouped by.

    `none` names what belongs to no group, `shown` the number that the chart draws.
    """

    key: str
    label: str | _StrPromise
    topic: Any
    application: Any
    match: Any
    thesis: Any
    names: Callable[[Iterable[Any], Any], dict[Any, str]]
    none: str | _StrPromise = NOT_KNOWN
    shown: str = "topics"


def _of_topic(
    key: str, label: str | _StrPromise, column: str, names: Any, **options: Any
) -> Dimension:
    """Grouped by something of the topic itself."""
    wrap = options.pop("wrap", F)
    return Dimension(
        key, label, wrap(column), wrap(f"topic__{column}"), wrap(f"topic__{column}"),
        wrap(f"application__topic__{column}"), names, **options,
    )  # fmt: skip


def _schools(keys: Iterable[Any], user: Reader) -> dict[Any, str]:
    """One that the reader may not see is counted without its name."""
    known = [key for key in keys if key is not None]
    rows = Organisation.objects.visible_to(user).filter(pk__in=known)
    return {**dict.fromkeys(known, _("Not shown to you")), **{row.pk: row.title for row in rows}}


def _levels(keys: Iterable[Any], user: Reader) -> dict[Any, str]:
    return {value: str(label) for value, label in Level.choices}


def _fields(keys: Iterable[Any], user: Reader) -> dict[Any, str]:
    return {term.pk: term.label for term in terms(Scheme.EDUCATION_FIELD)}


def _kinds(keys: Iterable[Any], user: Reader) -> dict[Any, str]:
    return {value: str(label) for value, label in OrganisationKind.choices}


def _years(keys: Iterable[Any], user: Reader) -> dict[Any, str]:
    return {key: str(key) for key in keys if key is not None}


STUDENTS_SCHOOL = "student__student_profile__school"
DIMENSIONS = (
    Dimension(
        "school", gettext_lazy("Educational institution"), F("school"), F(STUDENTS_SCHOOL),
        F(STUDENTS_SCHOOL), F(f"application__{STUDENTS_SCHOOL}"), _schools,
        gettext_lazy("No certain school"), "applications",
    ),
    _of_topic("level", gettext_lazy("Level"), "levels", _levels, wrap=_unnest),
    _of_topic("field", gettext_lazy("Field of education"), "education_fields", _fields),
    _of_topic(
        "kind", gettext_lazy("Kind of commissioner"), "organisation__kind", _kinds,
        none=gettext_lazy("No commissioner yet"),
    ),
    Dimension(
        "year", gettext_lazy("Year"), _year("published_at"), _year("submitted_at"),
        _year("decided_at"), _year("finished_on"), _years,
    ),
)  # fmt: skip


@dataclass
class Group:
    name: str
    topics: int = 0
    applications: int = 0
    matches: int = 0
    finished: int = 0
    days: int | None = None

    @property
    def numbers(self) -> list[int | None]:
        return [getattr(self, name) for name in NUMBERS]


def heads() -> list[str]:
    return [
        _("Topics offered"), _("Applications"), _("Matches"), _("Finished theses"),
        _("Median days to a match"),
    ]  # fmt: skip


def groups(dimension: Dimension, user: Reader) -> list[Group]:
    """Largest first, years newest first; what belongs to no group comes last."""
    topics = Topic.objects.in_scope_of(user).filter(published_at__isnull=False)
    sent = Application.objects.in_scope_of(user)
    matched = sent.filter(stage__in=[*HOLDS_A_PLACE, ApplicationStage.ENDED])
    done = Thesis.objects.in_scope_of(user).finished()
    found: dict[Any, dict[str, Any]] = {}
    for name, rows, key in (
        ("topics", topics, dimension.topic),
        ("applications", sent, dimension.application),
        ("finished", done, dimension.thesis),
    ):
        _count(found, name, rows, key)
    _match(found, matched, dimension.match)
    names = dimension.names(found, user)
    made = [(key, Group(names.get(key, str(dimension.none)), **row)) for key, row in found.items()]
    if dimension.key == "year":
        made.sort(key=lambda pair: (pair[0] is None, -(pair[0] or 0)))
    else:
        made.sort(
            key=lambda pair: (pair[0] is None, -getattr(pair[1], dimension.shown), pair[1].name)
        )
    return [group for _key, group in made]


def _count(found: dict[Any, dict[str, Any]], name: str, rows: QuerySet[Any], key: Hashable) -> None:
    counted = rows.order_by().annotate(group=key).values("group").annotate(n=Count("pk"))
    for group, number in counted.values_list("group", "n"):
        found.setdefault(group, {})[name] = number


def _match(found: dict[Any, dict[str, Any]], rows: QuerySet[Any], key: Hashable) -> None:
    """How many, and the median of the days from the topic's opening to the acceptance."""
    took = F("decided_at") - F("topic__published_at")
    counted = rows.order_by().annotate(group=key).values("group")
    counted = counted.annotate(n=Count("pk"), took=Median(took))
    for group, number, median in counted.values_list("group", "n", "took"):
        row = found.setdefault(group, {})
        row["matches"] = number
        row["days"] = max(median.days, 0) if median is not None else None
