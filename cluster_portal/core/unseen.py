"""What the editor of a form cannot see or choose stays as it is when they save the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Manager, Model, QuerySet
    from django.forms import BaseForm


def leave_unseen(form: BaseForm, name: str, present: object) -> None:
    """Without the field of a single choice, where the value that is there is not among its choices:
    its name is not told. `present` is a primary key or None."""
    field: Any = form.fields[name]
    if present is not None and not field.queryset.filter(pk=present).exists():
        del form.fields[name]


def with_unseen(form: BaseForm, name: str, present: Manager[Any]) -> list[Model]:
    """Of a valid form: what is chosen, and what is there and is not among the choices."""
    field: Any = form.fields[name]
    unseen = present.exclude(pk__in=field.queryset.order_by().values("pk"))
    return [*form.cleaned_data[name], *unseen]


def with_present(rows: QuerySet[Any], present: Iterable[Any]) -> QuerySet[Any]:
    """What is chosen already stays a choice, where its name may be told to the editor."""
    chosen = [key for key in present if key]
    return rows.model._default_manager.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=chosen))
