"""A form that is sent twice makes one thing: its key comes with the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection
from django.utils.translation import gettext as _

from cluster_portal.core.errors import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import Model

Row = TypeVar("Row", bound="Model")


def made_by(model: type[Row], form_key: UUID, **same: Any) -> Row | None:
    """What the same form has made already; `same` are the fields that tell it is the same form.

    Refused where the key has made something else, somebody else's for example. Until the end of
    the transaction two with one key take turns, whoever sends them and to which project.
    """
    _take_turns(form_key)
    rows: Any = model._default_manager
    found: Row | None = rows.filter(form_key=form_key).first()
    if found is None:
        return None
    if any(getattr(found, name) != value for name, value in same.items()):
        raise Refused(_("This form has been used already. Open the page again."))
    return found


def _take_turns(form_key: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"form {form_key}"])
