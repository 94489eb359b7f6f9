"""All broken threads of a coordinator: the queue, and the page that it leads to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import DateTimeField
from django.db.models.functions import Cast, Least, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.core.content import parts
from cluster_portal.core.states import QueueState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.knots import Break
    from cluster_portal.core.visibility import Reader

SHOWN = 50  # of each kind


def declared() -> list[Break]:
    return parts(lambda one: one.breaks)


def _waiting(one: Break, user: Reader) -> QuerySet[Any, Any]:
    """Since when each of them waits; a planned last day may still be ahead."""
    since = Least(Cast(one.since, DateTimeField()), Now())
    rows = one.rows(user).order_by().annotate(broken_at=since)
    return rows.values_list("broken_at")


def queue(user: Reader) -> QueueState:
    arms = [_waiting(one, user) for one in declared()]
    every = arms[0].union(*arms[1:], all=True)
    count = every.count()
    oldest = every.order_by("broken_at").first() or (None,)
    return QueueState(_("Broken threads"), count, oldest[0], reverse("projects:thread_breaks"))


def values(user: Reader) -> dict[str, Any]:
    groups = [_group(one, user) for one in declared()]
    return {
        "groups": [group for group in groups if group["rows"]],
        "trail": [
            {"name": _("Action programme"), "url": reverse("projects:programme")},
            {"name": _("Threads"), "url": reverse("projects:threads")},
            {"name": _("Where threads are broken")},
        ],
        "current": "programme",
    }


def _group(one: Break, user: Reader) -> dict[str, Any]:
    rows = list(one.rows(user).order_by(one.since, "pk")[: SHOWN + 1])
    return {
        "label": one.label,
        "rows": [_row(one, thing) for thing in rows[:SHOWN]],
        "has_more": len(rows) > SHOWN,
    }


def _row(one: Break, thing: Any) -> dict[str, Any]:
    since = getattr(thing, one.since)
    day = timezone.localdate(since) if isinstance(since, datetime) else since
    days = max((timezone.localdate() - day).days, 0)
    return {
        "title": str(thing),
        "url": thing.get_absolute_url(),
        "waits": ngettext("%(days)s day", "%(days)s days", days) % {"days": days},
        "action": one.action,
        "action_url": one.url(thing),
    }
