"""What members enter by a form of their own: sent twice it makes one thing, at a free address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.core.matching import themes
from cluster_portal.core.text import cleaning
from members.matching import NAMED
from members.models import User
from members.services.needs import organisations_of
from projects.models.shared import stamp_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import Model

    from cluster_portal.core.vocabulary import Term
    from members.models import Organisation


def sent_before(model: type[Any], form_key: Any, by: User) -> Any | None:
    """What the same form has made already. Within a transaction: the user's own row is the lock."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    return made_by(model, form_key, teller=by)


def refuse_stranger(organisation: Organisation, by: User) -> None:
    if not organisations_of(by).contains(organisation):
        raise Refused(_("You cannot enter this for the organisation."))


def insert(obj: Any, title: str, *, empty: str, reserved: Collection[str]) -> None:
    """An address taken meanwhile by another makes a second try."""
    rows = type(obj).objects.all()
    obj.slug = cleaning.free_slug(rows, title, empty=empty, reserved=reserved)
    try:
        with transaction.atomic():
            obj.save(force_insert=True)
    except IntegrityError:
        obj.slug = cleaning.free_slug(rows, title, empty=empty, reserved=reserved)
        obj.save(force_insert=True)


def refuse_late(obj: Any, seen: str) -> None:
    """`seen` is the `stamp` of what the editor saw; another's change since is not lost."""
    if seen and seen != obj.stamp:
        raise Overtaken


def stamp_of_fields(obj: Model, names: Iterable[str]) -> str:
    """Of what bears no moment of its saving: changes with the values of these fields."""
    values = [(name, obj.serializable_value(name)) for name in sorted(names)]
    return stamp_of(*values)


def refuse_changed(obj: Model, names: Iterable[str], seen: str) -> None:
    """As `refuse_late`; `seen` is the stamp of the fields that the form offers."""
    if seen and seen != stamp_of_fields(obj, names):
        raise Overtaken


def found_terms(*texts: str) -> Iterable[Term]:
    return themes.found_in("\n".join(texts), NAMED)


def assign(obj: Model, values: dict[str, Any]) -> list[str]:
    """Sets plain fields; the names of those that have changed."""
    changed = [name for name, value in values.items() if getattr(obj, name) != value]
    for name in changed:
        setattr(obj, name, values[name])
    return changed


def relink(obj: Model, name: str, rows: Iterable[Any]) -> bool:
    """Sets a many-to-many field; whether it has changed."""
    had = {row.pk for row in getattr(obj, name).all()}
    wanted = {row.pk for row in rows}
    getattr(obj, name).set(wanted)
    return had != wanted
