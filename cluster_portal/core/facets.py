"""Facets of a list page: what it can be narrowed by, with counts.

    FACETS = FacetSet(
        Facet("level", _("Level"), "levels"),
        Facet("region", _("Region"), "region", choices=term_choices(Scheme.REGION)),
        Facet("paid", _("Pay"), "is_paid", choices=[(True, "yes", _("Paid"))]),
        Facet("cluster", _("Cluster"), "home_cluster"),
    )
    faceted = FACETS.apply(search(Topic.objects.visible_to(user), q), request.GET)

`field` is a path of the model: a field with choices, an array of them, a boolean, a foreign key, a
many-to-many field, or any of the first four across a foreign key (`organisation__kind`). The counts
of a facet heed the other facets' selections but not its own, so that several of its options can be
ticked. All counts come from one statement over rows the reader may see; of very many rows only the
newest are counted (`is_capped`). Without a search they may be kept until the data changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Exists, OuterRef, Q
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import dataversion, vocabulary
from cluster_portal.core.facet_counts import Counted, Known, counts_of
from cluster_portal.core.search import MAX_RANKED, is_searched, ranked

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable

    from django.db.models import Field, Model, QuerySet
    from django.http import QueryDict

MAX_COUNTED = 10_000
MAX_VALUES = 50
MAX_LENGTH = 100
Label = str | Promise
Choice = tuple[Any, str, Label]  # what the database holds, what the address says, what is shown


@dataclass(frozen=True)
class Facet:
    """One thing to narrow a list by; see the module's text.

    `choices` are (stored, in the address, shown) triples or a function that returns them; without
    them they come from the field: its choices, yes and no, or the related rows that occur (by
    `slug`, else `code`, else primary key), the most frequent `limit` of them. `hide_empty` leaves
    out options without rows.
    """

    key: str
    label: Label
    field: str
    choices: Iterable[Choice] | Callable[[], Iterable[Choice]] | None = None
    is_open: bool = False
    hide_empty: bool = False
    limit: int = 20


@dataclass(frozen=True)
class Option:
    value: str
    label: Label
    count: int
    chosen: bool
    is_least: bool = False  # there may be more than were counted

    @property
    def count_text(self) -> str:
        return f"{number_format(self.count, force_grouping=True)}{'+' if self.is_least else ''}"


@dataclass(frozen=True)
class Group:
    key: str
    label: Label
    is_open: bool
    options: list[Option]

    @property
    def shown(self) -> list[Option]:
        """What leads somewhere, or is chosen and can be taken back."""
        return [each for each in self.options if each.count or each.chosen or each.is_least]


@dataclass(frozen=True)
class Chip:
    """A selection in force, named with its facet, and the address without it."""

    key: str
    value: str
    label: str
    url: str


@dataclass(frozen=True)
class Faceted:
    """The narrowed rows, what to narrow by, and what is selected.

    `count` is that of `queryset`, at most the bound that `is_capped` tells of. `best` holds the
    primary keys in the order of fit when the counting has found them by the way.
    """

    queryset: QuerySet[Any]
    make_groups: Callable[[], list[Group]]
    chosen: list[Chip]
    count: int
    is_capped: bool
    params: QueryDict
    best: list[int] = field(default_factory=list)

    @cached_property
    def groups(self) -> list[Group]:
        """Made when they are shown: naming them may need the database."""
        return self.make_groups()

    @property
    def selection(self) -> str:
        """Names what is selected and searched, whatever the page and the order."""
        rest = self.params.copy()
        rest.pop("sort", None)
        return rest.urlencode()

    @property
    def ranked(self) -> QuerySet[Any]:
        """The rows in the order of fit when searched, else in their own order."""
        return ranked(self.queryset, self.count)


def term_choices(scheme: str) -> Callable[[], list[Choice]]:
    """The terms of a scheme by their code, for a facet on a relation to Term."""
    return lambda: list(vocabulary.named(scheme))


YES_NO: list[Choice] = [(True, "yes", _("Yes")), (False, "no", _("No"))]


class Column:
    """A facet bound to a model: how its values are counted, selected and named."""

    def __init__(self, facet: Facet, model: type[Model]) -> None:
        self.facet = facet
        self.target = _field_of(model, facet.field)
        self.is_many = bool(self.target.many_to_many)
        self.is_array = isinstance(self.target, ArrayField)
        self.related: type[Any] | None = self.target.related_model  # type: ignore[assignment]
        self.chosen: list[Choice] = []

    @cached_property
    def choices(self) -> list[Choice] | None:
        given = self.facet.choices
        if given is not None:
            return list(given() if callable(given) else given)
        if isinstance(self.target, BooleanField):
            return YES_NO
        plain: Field[Any, Any] = self.target.base_field if self.is_array else self.target
        return None if self.related else [(v, str(v), label) for v, label in plain.flatchoices]

    def choose(self, values: list[str]) -> None:
        """Keep those of the address's values that are choices; anything else is ignored."""
        wanted = {v for v in values[:MAX_VALUES] if 0 < len(v) <= MAX_LENGTH and "\0" not in v}
        if wanted and self.choices is None:
            self.chosen = self._related_choices(**{f"{self._address_field}__in": wanted})
        elif wanted:
            self.chosen = [choice for choice in self.choices or () if choice[1] in wanted]

    @cached_property
    def _address_field(self) -> str:
        names = {f.name for f in self.related._meta.concrete_fields} if self.related else set()
        return next((name for name in ("slug", "code") if name in names), "pk")

    def _related_choices(self, **condition: Any) -> list[Choice]:
        if self._address_field == "pk":
            condition = {
                key: [v for v in values if str(v).isascii() and str(v).isdigit()][:MAX_VALUES]
                for key, values in condition.items()
            }
        if self.related is None:
            return []
        rows = self.related._default_manager.filter(**condition)
        if hasattr(rows, "visible_to"):
            # Options are shared between readers, so only what everyone sees is named.
            rows = rows.visible_to(AnonymousUser())
        return [(row.pk, str(getattr(row, self._address_field)), str(row)) for row in rows]

    def selection(self) -> Q | Exists:
        values = [stored for stored, _value, _label in self.chosen]
        if self.is_many:
            through, own, other = self.link
            return Exists(through.objects.filter(**{own: OuterRef("pk"), f"{other}__in": values}))
        lookup = "overlap" if self.is_array else "in"
        return Q(**{f"{self.facet.field}__{lookup}": values})

    @property
    def link(self) -> tuple[Any, str, str]:
        """The table of a many-to-many field and its two columns, ours first."""
        through = self.target.remote_field.through
        return (
            through,
            f"{self.target.m2m_field_name()}_id",
            (f"{self.target.m2m_reverse_field_name()}_id"),
        )

    def branch(self, number: int, where: str) -> str:
        """This facet's part of the counting statement. Names are the model's own.

        Arrays are counted whole first: there are few different ones.
        """
        value, source = f"c{number}", "base"
        if self.is_many:
            through, own, other = self.link
            value, source = (
                f't."{other}"',
                f'base JOIN "{through._meta.db_table}" t ON "{own}" = pk',
            )
        groups = f"SELECT {value}, count(*) FROM {source}{where} GROUP BY 1"  # noqa: S608
        counted = f"SELECT {number}, value::text, n FROM ({groups}) AS g(value, n)"  # noqa: S608
        if not self.is_array:
            return counted
        each = f"({groups}) AS g(a, n) CROSS JOIN LATERAL unnest(a) AS v(value)"
        return f"SELECT {number}, value::text, sum(n) FROM {each} GROUP BY 2"  # noqa: S608

    def group(self, counts: Counter[str], *, is_least: bool = False) -> Group:
        chosen = {stored for stored, _value, _label in self.chosen}
        choices = self.choices
        if choices is None:
            frequent = [pk for pk, _n in counts.most_common(self.facet.limit) if pk]
            choices = self._related_choices(pk__in={*frequent, *map(str, chosen)})
            choices.sort(key=lambda c: (-counts[str(c[0])], str(c[2]).lower()))
        options = [
            Option(
                value,
                label,
                sum(counts[text] for text in texts(stored)),
                stored in chosen,
                is_least and any(text in counts for text in texts(stored)),
            )
            for stored, value, label in choices
        ]
        if self.facet.hide_empty:
            options = [o for o in options if o.count or o.chosen or o.is_least]
        is_open = self.facet.is_open or bool(chosen)
        return Group(self.facet.key, self.facet.label, is_open, options)


def texts(stored: Any) -> list[str]:
    """A stored value, or each of several, as the counting statement spells it."""
    values = stored if isinstance(stored, tuple) else (stored,)
    return [str(value).lower() if isinstance(value, bool) else str(value) for value in values]


def _field_of(model: type[Any], path: str) -> Any:
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    return model._meta.get_field(last)


@dataclass
class FacetSet:
    """The facets of one list page."""

    facets: tuple[Facet, ...] = field(default_factory=tuple)

    def __init__(self, *facets: Facet, shows: tuple[str, ...] = ()) -> None:
        """`shows` names the data whose version the counts are kept under (`core.dataversion`).

        Without it nothing is kept: for what changes all the time, or where the page says the
        version itself.
        """
        self.facets = facets
        self.shows = shows

    def narrow(self, queryset: QuerySet[Any], params: QueryDict) -> QuerySet[Any]:
        """The rows that `params` select, without counting anything."""
        return _narrowed(queryset, self._columns(queryset.model, params))

    def chosen(self, model: type[Model], params: QueryDict) -> list[Chip]:
        """What of `params` is in force, named."""
        return list(_chips(self._columns(model, params), params))

    def _columns(self, model: type[Model], params: QueryDict) -> list[Column]:
        columns = [self.column(facet, model) for facet in self.facets]
        for column in columns:
            column.choose(params.getlist(column.facet.key))
        return columns

    def column(self, facet: Facet, model: type[Model]) -> Column:
        return Column(facet, model)

    def apply(
        self, queryset: QuerySet[Any], params: QueryDict, known: Known | None = None
    ) -> Faceted:
        """Narrow `queryset` by what `params` select; unknown keys and values are ignored.

        A page says what it has `known` of its data already.
        """
        columns = self._columns(queryset.model, params)
        narrowed = _narrowed(queryset, columns)
        counted = self.count(queryset, narrowed, columns, known or Known())

        def groups() -> list[Group]:
            return [
                column.group(counted.values[number], is_least=number in counted.bounded)
                for number, column in enumerate(columns)
            ]

        return Faceted(
            narrowed,
            groups,
            list(_chips(columns, params)),
            counted.count,
            counted.is_capped,
            _without_page(params),
            counted.best,
        )

    def count(
        self,
        queryset: QuerySet[Any],
        narrowed: QuerySet[Any],
        columns: list[Column],
        known: Known,
    ) -> Counted:
        """All counts by one statement over the newest rows, whose values it takes with it."""
        bound = MAX_RANKED if is_searched(queryset) else MAX_COUNTED
        version = known.version
        if self.shows and version is None and not is_searched(queryset):
            version = dataversion.current(*self.shows, using=queryset.db)
        counts, rows = counts_of(queryset, columns, bound, version)
        is_capped = rows >= bound
        count, best = counts[-1][""], list(map(int, filter(None, ",".join(counts[-3]).split(","))))
        if is_capped and narrowed is not queryset:
            count, best = narrowed.order_by()[:bound].count(), []
        return Counted(counts, count, is_capped, best)


def _narrowed(queryset: QuerySet[Any], columns: list[Column]) -> QuerySet[Any]:
    for column in columns:
        if column.chosen:
            queryset = queryset.filter(column.selection())
    return queryset


def _chips(columns: list[Column], params: QueryDict) -> Iterable[Chip]:
    for column in columns:
        for _stored, value, label in column.chosen:
            rest = _without_page(params)
            kept = [v for v in rest.getlist(column.facet.key) if v != value]
            rest.setlist(column.facet.key, kept)
            name = f"{column.facet.label}: {label}"
            yield Chip(column.facet.key, value, name, f"?{rest.urlencode()}")


def _without_page(params: QueryDict) -> QueryDict:
    rest = params.copy()
    rest.pop("page", None)
    return rest
