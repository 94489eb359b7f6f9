"""The lists of coming and of past events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cluster_portal.core.lists import ListPage
from events.filters import EventFilters
from events.models import Event
from events.models.events import Stage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from events.models.events import EventQuerySet


def _visible(user: Reader) -> EventQuerySet:
    events = Event.objects.visible_to(user).select_related("home_cluster", "organisation")
    return events.prefetch_related("seats")


EVENTS = ListPage(
    "events",
    _("Events"),
    "events:list",
    rows=lambda user: _visible(user).upcoming(),
    filters=EventFilters,
    counted=ngettext_lazy("%(count)d event", "%(count)d events", "count"),
    page="events/event_list.html",
    results="events/_event_results.html",
    told=Q(stage=Stage.PUBLISHED),
)
PAST_EVENTS = replace(
    EVENTS,
    key="past-events",
    rows=lambda user: _visible(user).past(),
    values=lambda _found: {"is_past": True},
)
