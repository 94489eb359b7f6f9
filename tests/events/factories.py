"""Events that are open now and start in three weeks."""

from __future__ import annotations

import datetime
import itertools
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone

from cluster_portal.core import files
from cluster_portal.core.files import Upload
from events.models import Event, Material, Registration, Seats
from events.services.events import settle
from events.services.materials import FOLDER
from events.services.registrations import Details

if TYPE_CHECKING:
    from members.models import Cluster, User

_numbers = itertools.count(1)


def event(
    cluster: Cluster, places: int | None = 10, *, remote: bool = False, **values: Any
) -> Event:
    """A published public event with `places` on site (None: without limit)."""
    number = next(_numbers)
    starts = timezone.now() + datetime.timedelta(days=21)
    defaults = {
        "slug": f"tapahtuma-{number}",
        "kind": "seminar",
        "title_fi": f"Tapahtuma {number}",
        "summary_fi": "Yhteinen seminaari",
        "stage": "published",
        "published_at": timezone.now(),
        "starts_at": starts,
        "ends_at": starts + datetime.timedelta(hours=3),
        "registration_closes_at": starts - datetime.timedelta(days=7),
    }
    made = Event.objects.create(home_cluster=cluster, **{**defaults, **values})
    Seats.objects.create(event=made, mode="on_site", capacity=places)
    if remote:
        Seats.objects.create(event=made, mode="remote", capacity=None)
    settle(made)
    return made


def material(event: Event, **values: Any) -> Material:
    """A file that everyone who sees the event reads at once."""
    upload = Upload("esitys.pdf", "pdf", b"%PDF-1.7\ntrailer<<>>\n%%EOF\n")
    given = {"kind": "material", "title": "Esitys", "read_by": "everyone", "shown": "at_once"}
    values = given | values
    if "link" not in values:
        values |= {"file": files.store(upload, FOLDER), "name": upload.name, "size": 10}
    return Material.objects.create(event=event, **values)


def details(user: User) -> Details:
    return Details(name=user.get_full_name())


def registration(event: Event, user: User | None, *, mode: str = "on_site", **values: Any) -> Any:
    """A row as it is, without the services: the counter is raised for one whose place is taken."""
    seats = event.seats.get(mode=mode)
    person = {"name": user.get_full_name()} if user else {}
    values = {"stage": "confirmed", **person, **values}
    if values["stage"] == "offered":
        values.setdefault("offer_expires_at", timezone.now() + datetime.timedelta(days=1))
    made = Registration.objects.create(event=event, seats=seats, user=user, **values)
    if made.occupies:
        Seats.objects.filter(pk=seats.pk).update(taken=F("taken") + 1)
    return made
