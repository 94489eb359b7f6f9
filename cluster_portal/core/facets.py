"""Facets: what a list can be narrowed by, with how many rows each option has.

    class TopicFilters(Filters):
        level = Facet("levels", _("Level"), is_open=True)
        region = Facet("region", _("Region"), term_choices(Scheme.REGION), hide_empty=True)

A facet's first argument is a path of the model (a field with choices, an array of them, a boolean,
a relation, or any of these across a foreign key) or a function that returns an expression. Several
options of one facet may be ticked; its own selection does not narrow its own counts.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, CharField, Func, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import vocabulary
from cluster_portal.core.search import bounded, is_searched, newest

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Expression
    from django.http import QueryDict

    from cluster_portal.core.visibility import Reader

MAX_COUNTED = 1_000  # newest rows: options are counted in these, and a search finds no more
MAX_ROWS = 10_000
TOTAL = ""  # among the counts of a facet: how many rows were counted
MAX_RELATED = 20
MAX_VALUES = 50
MAX_LENGTH = 100
Label = str | Promise
Choice = tuple[Any, str, Label]  # what the database holds, what the address says, what is shown
Choices = Iterable[Choice] | Callable[[], Iterable[Choice]]
YES_NO: list[Choice] = [(True, "yes", _("Yes")), (False, "no", _("No"))]


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


def term_choices(scheme: str) -> Callable[[], list[Choice]]:
    """The terms of a scheme by their code, for a facet on a relation to Term."""
    return lambda: list(vocabulary.named(scheme))


class ArrayToText(Func):
    function = "array_to_string"
    template = "%(function)s(%(expressions)s, ',')"
    output_field = TextField()


class FacetField(forms.Field):
    """The values of an address that are options of the facet; anything else is ignored."""

    widget = forms.SelectMultiple

    def __init__(self, facet: Facet) -> None:
        super().__init__(required=False)
        self.facet = facet

    def clean(self, value: list[str] | None) -> list[Choice]:
        wanted = {v for v in (value or [])[:MAX_VALUES] if 0 < len(v) <= MAX_LENGTH}
        return self.facet.choose({v for v in wanted if "\0" not in v}) if wanted else []


class Facet(django_filters.Filter):
    """One thing to narrow a list by; see the module's text.

    `choices` are (stored, in the address, shown) triples or a function that returns them; without
    them they come from the field: its choices, yes and no, or what occurs, the most frequent of it:
    words, or related rows (by `slug`, else `code`, else primary key). `hide_empty` leaves
    out options without rows; a facet that is not `is_offered` is only chosen by a link.
    """

    def __init__(
        self,
        by: str | Callable[[], Expression],
        label: Label,
        choices: Choices | None = None,
        *,
        is_open: bool = False,
        hide_empty: bool = False,
        is_offered: bool = True,
    ) -> None:
        super().__init__(label=label)
        self.by, self.choices = by, choices
        self.is_open, self.hide_empty, self.is_offered = is_open, hide_empty, is_offered

    def __deepcopy__(self, memo: dict[int, Any]) -> Facet:
        """Each FilterSet copies its filters; what a facet was declared with is never changed."""
        return copy.copy(self)

    @cached_property
    def field(self) -> FacetField:
        return FacetField(self)

    @cached_property
    def target(self) -> Any:
        if not isinstance(self.by, str):
            return None
        model = self.model
        *steps, last = self.by.split("__")
        for step in steps:
            model = model._meta.get_field(step).related_model
        return model._meta.get_field(last)

    @cached_property
    def options(self) -> list[Choice] | None:
        """None where they are related rows, which only the database knows."""
        if self.choices is not None:
            return list(self.choices() if callable(self.choices) else self.choices)
        if isinstance(self.target, BooleanField):
            return YES_NO
        if self.target.related_model or self.is_text:
            return None
        plain = self.target.base_field if isinstance(self.target, ArrayField) else self.target
        return [(value, str(value), label) for value, label in plain.flatchoices]

    @property
    def is_text(self) -> bool:  # its options are the values that occur
        return isinstance(self.target, CharField) and not self.target.choices

    def choose(self, wanted: set[str]) -> list[Choice]:
        if self.is_text and self.choices is None:
            known = self.model._default_manager.visible_to(self.parent.reader)
            known = known.filter(**{f"{self.by}__in": wanted}).order_by().distinct()
            return [(text, text, text) for text in known.values_list(self.by, flat=True)]
        if self.options is None:
            return self._related(**{f"{self._address_field}__in": wanted})
        return [choice for choice in self.options if choice[1] in wanted]

    def filter(self, rows: QuerySet[Any], chosen: list[Choice]) -> QuerySet[Any]:
        """The rows that have one of what is chosen at least; all when nothing is."""
        stored = [value for value, _address, _label in chosen]
        if not stored:
            return rows
        if not isinstance(self.by, str):
            name = f"{self.field_name}_facet"
            return rows.alias(**{name: self.by()}).filter(**{f"{name}__in": stored})
        if self.target.many_to_many:
            having: QuerySet[Any] = QuerySet(self.model).filter(**{f"{self.by}__in": stored})
            return rows.filter(pk__in=having.values("pk"))
        lookup = "overlap" if isinstance(self.target, ArrayField) else "in"
        return rows.filter(**{f"{self.by}__{lookup}": stored})

    @property
    def value(self) -> Any:
        """An expression of the values that a row has, as text, several of them with commas."""
        if not isinstance(self.by, str):
            return Cast(self.by(), TextField())
        if self.target.many_to_many:
            link = self.target.remote_field.through
            rows = link.objects.filter(**{self.target.m2m_field_name(): OuterRef("pk")})
            terms = ArraySubquery(rows.values(self.target.m2m_reverse_field_name()))
            return ArrayToText(terms)
        if isinstance(self.target, ArrayField):
            return ArrayToText(self.by)
        return Cast(self.by, TextField())

    def count(self, texts: Collection[str | None]) -> Counter[str]:
        """How many rows have each value; of each row what `value` has put into one text."""
        counts = Counter({TOTAL: len(texts)})
        for text, rows in Counter(texts).items():
            if text:
                values = [text] if self.is_text else text.split(",")
                counts.update(dict.fromkeys(values, rows))
        return counts

    def group(self, name: str, counts: Counter[str], chosen: list[Choice]) -> Group:
        is_least = counts[TOTAL] >= MAX_COUNTED
        values = {value for value, _address, _label in chosen}
        choices = self.options
        if choices is None:
            frequent = [pk for pk, _n in counts.most_common(MAX_RELATED + 1) if pk != TOTAL]
            occurring = {*frequent, *map(str, values)}
            choices = (
                [(text, text, text) for text in occurring]
                if self.is_text
                else self._related(pk__in=occurring)
            )
            choices.sort(key=lambda choice: (-counts[str(choice[0])], str(choice[2]).lower()))
        options = [
            Option(address, label, counts[_text(value)], value in values, is_least)
            for value, address, label in choices
        ]
        if self.hide_empty:
            options = [option for option in options if option.count or option.chosen]
        return Group(name, self.label, self.is_open or bool(chosen), options)

    @cached_property
    def _address_field(self) -> str:
        names = {field.name for field in self.target.related_model._meta.concrete_fields}
        return next((name for name in ("slug", "code") if name in names), "pk")

    def _related(self, **condition: Iterable[str]) -> list[Choice]:
        """Options are named as everyone sees them, what only a link chooses as the reader does."""
        if self._address_field == "pk":
            condition = {
                key: [v for v in values if v.isascii() and v.isdigit() and len(v) < 19]
                for key, values in condition.items()
            }
        rows = self.target.related_model._default_manager.filter(**condition)
        if hasattr(rows, "visible_to"):
            rows = rows.visible_to(AnonymousUser() if self.is_offered else self.parent.reader)
        return [(row.pk, str(getattr(row, self._address_field)), str(row)) for row in rows]


def _text(stored: object) -> str:
    """A stored value as PostgreSQL casts it."""
    return str(stored).lower() if isinstance(stored, bool) else str(stored)


class Filters(django_filters.FilterSet):
    """What a list is narrowed by; subclasses declare a `Facet` each line. Unknown keys and values
    are ignored.
    """

    def __init__(
        self, data: QueryDict, queryset: QuerySet[Any], *, reader: Reader | None = None
    ) -> None:
        super().__init__(data, queryset)
        self.reader = reader or AnonymousUser()

    @cached_property
    def selection(self) -> dict[str, list[Choice]]:
        """By facet, in force."""
        if not self.is_valid():
            return {}
        return {name: chosen for name, chosen in self.form.cleaned_data.items() if chosen}

    @property
    def has_unknown(self) -> bool:
        """Whether the address names a facet with values that are none of its options."""
        named = (name for name in self.filters if any(self.data.getlist(name)))
        return any(name not in self.selection for name in named)

    @cached_property
    def groups(self) -> list[Group]:
        """What to choose from; naming it may need the database."""
        return [
            facet.group(name, self._counts[name], self.selection.get(name, []))
            for name, facet in self._offered.items()
        ]

    @cached_property
    def _offered(self) -> dict[str, Facet]:
        return {name: facet for name, facet in self.filters.items() if facet.is_offered}

    @cached_property
    def _counts(self) -> dict[str, Counter[str]]:
        """How many of the newest rows have each value of a facet.

        A facet's own choice narrows only the counts of the others.
        """
        texts = self._columns | self._chosen_values()
        facets = self._offered.items()
        return {name: facet.count(texts[name][:MAX_COUNTED]) for name, facet in facets}

    @cached_property
    def _columns(self) -> dict[str, Sequence[Any]]:
        """The newest rows and one more: keys, ranks, the values of what is not chosen from."""
        if is_searched(self.queryset):
            own, rows = ["pk", "rank"], bounded(self.qs, MAX_COUNTED + 1)
        else:
            own, rows = ["pk"], newest(self.qs)
        names = [name for name in self._offered if name not in self.selection]
        values = (self.filters[name].value for name in names)
        found = rows.values_list(*own, *values)[: MAX_COUNTED + 1]
        columns = list(zip(*found, strict=True)) or [()] * (len(own) + len(names))
        return dict(zip([*own, *names], columns, strict=True))

    @property
    def best(self) -> list[int]:
        """Keys of what a search finds, best first; of more than MAX_COUNTED only the newest."""
        hits = zip(self._columns["pk"], self._columns["rank"], strict=True)
        ranks = [(rank, pk) for pk, rank in sorted(hits, reverse=True)[:MAX_COUNTED]]
        return [pk for _rank, pk in sorted(ranks, reverse=True)]

    def _chosen_values(self) -> dict[str, list[str | None]]:
        """The values of each facet chosen from, in the rows that the other facets leave."""
        chosen = [name for name in self._offered if name in self.selection]
        rows = (newest(self.without(name)) for name in chosen)
        parts = [
            each.values_list(Value(name), self.filters[name].value)[:MAX_COUNTED]
            for name, each in zip(chosen, rows, strict=True)
        ]
        texts: dict[str, list[str | None]] = {name: [] for name in chosen}
        for name, text in parts[0].union(*parts[1:], all=True) if parts else ():
            texts[name].append(text)
        return texts

    @cached_property
    def _total(self) -> int:
        counted = len(self._columns["pk"])
        if counted <= MAX_COUNTED or is_searched(self.queryset):
            return counted
        return self.qs.order_by().values("pk")[: MAX_ROWS + 1].count()

    @property
    def count(self) -> int:
        """How many rows are found, at most the bound that `is_capped` tells of."""
        return min(self._total, self._bound)

    @property
    def is_capped(self) -> bool:
        return self._total > self._bound

    @cached_property
    def _bound(self) -> int:
        return MAX_COUNTED if is_searched(self.queryset) else MAX_ROWS

    def without(self, *names: str) -> QuerySet[Any]:
        """Narrowed by all other facets."""
        rows = self.queryset
        for other, facet in self.filters.items():
            if other not in names:
                rows = facet.filter(rows, self.selection.get(other, []))
        return rows

    @cached_property
    def chosen(self) -> list[Chip]:
        """What is in force, named."""
        found = []
        for name, chosen in self.selection.items():
            for _stored, value, label in chosen:
                words = f"{self.filters[name].label}: {label}"
                found.append(Chip(name, value, words, self._url_without(name, value)))
        return found

    @property
    def unoffered(self) -> list[Chip]:
        """What a link has chosen, which the form must carry along."""
        return [chip for chip in self.chosen if chip.key not in self._offered]

    @property
    def query(self) -> str:
        """What is searched and chosen, whatever the page and the order, for an address."""
        rest = self._without_page()
        rest.pop("sort", None)
        return rest.urlencode()

    def _url_without(self, name: str, value: str) -> str:
        rest = self._without_page()
        rest.setlist(name, [v for v in rest.getlist(name) if v != value])
        return f"?{rest.urlencode()}"

    def _without_page(self) -> QueryDict:
        rest = self.data.copy()
        rest.pop("page", None)
        return rest
