"""The example's calls for talks, from `talks.toml`: proposed, reviewed, chosen and given at one
time as another, between which participants have chosen.

Everything goes through the services that people use. An event that has talks is left as it is.
"""

from __future__ import annotations

import datetime
import tomllib
import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from events.models import AgendaItem, Event, Registration
from events.services import talks
from members.models import Coordinator, User

if TYPE_CHECKING:
    from pathlib import Path

    from events.demo.days import Row
    from events.models import Talk

CLOSES_AT = datetime.time(16)


@transaction.atomic
def load(folder: Path, today: datetime.date) -> None:
    content = tomllib.loads((folder / "talks.toml").read_text(encoding="utf-8"))
    for row in content["call"]:
        event = Event.objects.get(slug=row["event"])
        if not event.talks.exists():
            _load_call(event, row)


def _load_call(event: Event, row: Row) -> None:
    readers = Coordinator.objects.filter(cluster=event.home_cluster).order_by("pk")
    by = User.objects.get(pk=readers.values("user")[:1])
    day = timezone.localdate(event.starts_at)
    until = day - datetime.timedelta(days=row["closes_days_before"])
    event = talks.open_call(event, _moment(until, CLOSES_AT), by=by)
    for told in row["talk"]:
        _load_talk(event, told, day, by)
    if row.get("is_closed"):
        talks.open_call(event, None, by=by)
    for choice in row.get("choice", []):
        rows = Registration.objects.filter(event=event, user__email=choice["user"])
        item = AgendaItem.objects.get(event=event, title=choice["talk"])
        for registration in rows.holding():
            talks.choose_session(registration, item.pk, by=registration.user)


def _load_talk(event: Event, row: Row, day: datetime.date, by: User) -> None:
    author = User.objects.get(email=row["by"])
    values = {name: row.get(name, "") for name in ("title", "summary", "speaker", "track")}
    talk = talks.propose_talk(event, {**values, "form_key": uuid.uuid4()}, by=author)
    if "note" in row:
        talk = talks.note_talk(talk, row["note"], by=by)
    _decide(talk, row, day, by)


def _decide(talk: Talk, row: Row, day: datetime.date, by: User) -> None:
    if "at" in row:
        slot = {
            "starts_at": _moment(day, row["at"]), "ends_at": _moment(day, row["ends"]),
            "room": row["room"], "stream": row["stream"], "capacity": row.get("capacity"),
        }  # fmt: skip
        talks.accept_talk(talk, slot, by=by)
    elif "declined" in row:
        talks.decline_talk(talk, row["declined"], by=by)
    elif row.get("is_withdrawn") and talk.author:
        talks.withdraw_talk(talk, by=talk.author)


def _moment(day: datetime.date, at: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, at))
