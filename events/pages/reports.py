"""Events and who took part, by sector, for the reports of projects and clusters."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.core.reporting import Sheet, SheetLine
from events.models import Event, Registration
from events.models.events import Stage
from events.models.registrations import Stage as RegistrationStage
from members.models import Affiliation
from members.models.kinds import Sector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.visibility import Reader
    from members.models import Cluster
    from projects.models import Project

UNKNOWN = ""
MOST_EVENTS = 500


def of_project(project: Project, user: Reader) -> Sheet | None:
    return _sheet(_held(user).filter(from_project=project))


def of_cluster(cluster: Cluster, year: int, user: Reader) -> Sheet | None:
    return _sheet(_held(user).filter(home_cluster=cluster, starts_at__year=year))


def _held(user: Reader) -> Any:
    return Event.objects.visible_to(user).filter(stage=Stage.PUBLISHED).past()


def _sheet(events: Any) -> Sheet | None:
    found = list(events.defer("search").order_by("starts_at", "pk")[:MOST_EVENTS])
    if not found:
        return None
    took_part = participants([event.pk for event in found])
    columns = [*Sector.values, UNKNOWN]
    total: Counter[str] = sum(took_part.values(), Counter())
    lines = [
        SheetLine(
            (event.title, date_format(localtime(event.starts_at)),
             *_cells(took_part[event.pk], columns)),
            event.get_absolute_url(),
        )
        for event in found
    ]  # fmt: skip
    lines.append(SheetLine((_("Total"), "", *_cells(total, columns)), css="total"))
    return Sheet(
        _("Events and participants"),
        (_("Event"), _("Date"), *(str(sector.label) for sector in Sector), _("Not known"),
         pgettext("in a table", "Total")),
        lines, reverse("events:list"),
        _("By the sector of the organisation that a participant belongs to. Where attendance was "
          "marked, those who came; else those who had a place."),
    )  # fmt: skip


def _cells(counted: Counter[str], columns: list[str]) -> list[int]:
    return [*(counted[key] for key in columns), sum(counted.values())]


def participants(events: Iterable[int], by: str = "sector") -> dict[int, Counter[str]]:
    """How many came to each event, by sector or `region`; each registration is one person."""
    own = Affiliation.objects.confirmed().filter(user=OuterRef("user")).order_by("pk")
    rows = Registration.objects.filter(event__in=list(events)).holding()
    rows = rows.annotate(of=Subquery(own.values(f"organisation__{by}")[:1]))
    came: dict[int, Counter[str]] = defaultdict(Counter)
    had_place: dict[int, Counter[str]] = defaultdict(Counter)
    for event, stage, found in rows.values_list("event", "stage", "of"):
        if stage == RegistrationStage.ATTENDED:
            came[event][str(found or UNKNOWN)] += 1
        elif stage == RegistrationStage.CONFIRMED:
            had_place[event][str(found or UNKNOWN)] += 1
    return defaultdict(Counter, {**had_place, **came})
