"""One facet: how it is chosen from, how it narrows rows, and how its options are counted."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, CharField, Func, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import vocabulary
from cluster_portal.core.facets.groups import Label, Option

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Expression
TOTAL = ""  # among the counts of a facet: how many rows were counted
MAX_RELATED = 20
MAX_VALUES = 50
MAX_LENGTH = 100
Choice = tuple[Any, str, Label]  # what the database holds, what the address says, what is shown
Choices = Iterable[Choice] | Callable[[], Iterable[Choice]]
YES_NO: list[Choice] = [(True, "yes", _("Yes")), (False, "no", _("No"))]


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

    @property
    def labels(self) -> list[str]:
        """Of the options that are known without the database."""
        return [str(label) for _value, _address, label in self.options or ()]

    def options_of(
        self, counts: Counter[str], chosen: list[Choice], *, is_least: bool
    ) -> list[Option]:
        """What is chosen among them too, whether rows have it or not."""
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
        return options

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
