"""Who arrives: found by code or name, ticked with undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from cluster_portal.core.errors import Refused
from events.models import Registration
from events.models.events import Mode
from events.models.registrations import CODE_LETTERS, Stage
from events.services.places import lock
from events.services.registrations import mark

if TYPE_CHECKING:
    from events.models import Event
    from events.models.registrations import RegistrationQuerySet
    from members.models import User

SHOWN = ("all", "missing", "in", "remote")
CODE_LENGTH = 10


def code_of(typed: str) -> str:
    """The code in what was typed, ABCDE-12345 in any case; empty where it is none."""
    letters = "".join(letter for letter in typed.upper() if letter not in " -")
    is_code = len(letters) == CODE_LENGTH and set(letters) <= set(CODE_LETTERS)
    return letters if is_code else ""


def expected(event: Event) -> RegistrationQuerySet:
    """Who has a place, by name."""
    rows = Registration.objects.filter(event=event).holding().select_related("seats", "event")
    return rows.order_by(Lower("name"), "pk")


@transaction.atomic
def mark_missing(event: Event, *, by: User) -> int:
    """Who had a place on site and was not ticked was absent. Each of them can still be ticked."""
    event = lock(event.pk)
    if not event.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    if not event.has_started:
        raise Refused(_("The event has not begun."))
    rows = expected(event).filter(seats__mode=Mode.ON_SITE, stage=Stage.CONFIRMED)
    return len([mark(row, "mark_absent", by=by) for row in rows])


def narrowed(rows: RegistrationQuerySet, shown: str, words: str) -> RegistrationQuerySet:
    if shown == "remote":
        rows = rows.filter(seats__mode=Mode.REMOTE)
    elif shown == "missing":
        rows = rows.filter(seats__mode=Mode.ON_SITE).exclude(stage=Stage.ATTENDED)
    elif shown == "in":
        rows = rows.filter(stage=Stage.ATTENDED)
    for word in words.split()[:5]:
        rows = rows.filter(Q(name__icontains=word) | Q(organisation_name__icontains=word))
    return rows
