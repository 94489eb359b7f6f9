"""An event begun from another: a copy, a template of the organisation, the events of a series.

All go one way: an event is `described` without its days, and `_begin` makes a draft of that.
"""

from __future__ import annotations

import datetime
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from events.models import AgendaItem, Event, EventQuestion, EventSeries, EventTemplate, Quota, Seats
from events.models.events import RESERVED_SLUGS, Stage
from events.services.editing import OPEN_TO_CHANGES
from events.services.events import move_event, settle
from events.services.places import lock
from events.services.quotas import Wanted, put_quotas, seats_with_quotas, wanted_now
from events.services.recurrence import MOST
from events.services.wall_clock import wall
from members.models import Organisation
from members.services.needs import clusters_of, home_of
from projects.services import entries

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable

    from cluster_portal.core.visibility import Reader
    from members.models import User

MOST_TEMPLATES = 50
AHEAD = datetime.timedelta(weeks=4)
# What belongs to one event and its day, and is not carried to another.
OF_ONE_EVENT = frozenset({
    *("id", "form_key", "teller", "slug", "stage", "starts_at", "ends_at", "modes", "clusters"),
    *("registration_opens_at", "registration_closes_at", "registrations_kept_until"),
    *("from_challenge", "from_project", "series", "recording_link", "aftermath", "search"),
    *("ics_uid", "ics_sequence", "published_at", "created_at", "updated_at", "talks_until"),
})  # fmt: skip
LINKS = ("terms", "invited_organisations", "co_hosts")
QUESTION = (
    *("position", "kind", "text_fi", "text_sv", "text_en", "is_required", "options", "rows"),
    "steps",
)
AGENDA = ("title", "room", "stream", "speaker", "speaker_agreed")


def described(event: Event) -> dict[str, Any]:
    """Everything of an event but its days, as plain data; lengths are in seconds of wall clock."""
    starts = wall(event.starts_at)
    opens = event.registration_opens_at
    fields = [each for each in Event._meta.concrete_fields if each.name not in OF_ONE_EVENT]
    return {
        "fields": {each.attname: getattr(event, each.attname) for each in fields},
        "at": starts.strftime("%H:%M"),
        "lasts": _seconds(wall(event.ends_at) - starts),
        "closes": _seconds(starts - wall(event.registration_closes_at)),
        "opens": _seconds(starts - wall(opens)) if opens else None,
        "seats": [[seats.mode, seats.capacity] for seats in event.seats.all()],
        "quotas": [_described_quota(each, starts) for each in wanted_now(event)],
        "questions": list(event.questions.values(*QUESTION)),
        "links": {name: [row.pk for row in getattr(event, name).all()] for name in LINKS},
        "agenda": [
            {
                **{name: getattr(item, name) for name in AGENDA},
                "at": _seconds(wall(item.starts_at) - starts),
                "until": _seconds(wall(item.ends_at) - starts) if item.ends_at else None,
            }
            for item in event.agenda.all()
        ],
    }


def _described_quota(wanted: Wanted, starts: datetime.datetime) -> dict[str, Any]:
    told = asdict(wanted)
    return told | {"held_until": (starts.date() - wanted.held_until).days}


def _put_quotas(event: Event, told: list[dict[str, Any]], day: datetime.date, by: User) -> None:
    """Their days are told as so many before the event."""
    seats = seats_with_quotas(event)
    if seats is not None and told:
        wanted = [
            Wanted(**{**each, "held_until": day - datetime.timedelta(days=each["held_until"])})
            for each in told
        ]
        put_quotas(seats, wanted, by=by, is_strict=False)


def _begin(
    told: dict[str, Any], day: datetime.date, *, by: User, key: uuid.UUID | None = None,
    series: EventSeries | None = None,
) -> Event:  # fmt: skip
    starts = datetime.datetime.combine(day, datetime.time.fromisoformat(told["at"]))

    def at(seconds: int) -> datetime.datetime:
        return timezone.make_aware(starts + datetime.timedelta(seconds=seconds))

    event = Event(
        **told["fields"], teller=by, series=series, starts_at=at(0), ends_at=at(told["lasts"]),
        registration_closes_at=at(-told["closes"]),
        registration_opens_at=at(-told["opens"]) if told["opens"] is not None else None,
        **({"form_key": key} if key else {}),
    )  # fmt: skip
    entries.insert(event, event.title_fi, empty="tapahtuma", reserved=RESERVED_SLUGS)
    for name, keys in told["links"].items():
        manager = getattr(event, name)
        manager.set(manager.model._default_manager.filter(pk__in=keys))
    for mode, capacity in told["seats"]:
        Seats.objects.create(event=event, mode=mode, capacity=capacity)
    for question in told.get("questions", []):
        EventQuestion.objects.create(event=event, **question)
    _put_quotas(event, told.get("quotas", []), day, by)
    for item in told["agenda"]:
        values = {name: item[name] for name in AGENDA}
        until = item["until"]
        ends = at(until) if until is not None else None
        AgendaItem.objects.create(event=event, starts_at=at(item["at"]), ends_at=ends, **values)
    settle(event)
    search.reindex(event)
    return event


@transaction.atomic
def copy_event(event: Event, *, by: User, key: uuid.UUID) -> Event:
    """A draft like it, four weeks ahead on the same weekday."""
    known = entries.sent_before(Event, key, by)
    if known is not None:
        return known
    _refuse_stranger(event, by)
    made = _begin(described(event), _ahead(timezone.localdate(event.starts_at)), by=by, key=key)
    audit.record(made, "created", by=by, details={"copy_of": event.pk})
    return made


@transaction.atomic
def save_template(event: Event, name: str, *, by: User) -> EventTemplate:
    """The organisation's own; the same name again is the same template made anew."""
    organisation = _own_organisation(event, by)
    rows = EventTemplate.objects.filter(organisation=organisation)
    if rows.count() >= MOST_TEMPLATES and not rows.filter(name=name).exists():
        raise Refused(_("There are as many templates as can be kept. Remove one first."))
    values = {"values": described(event), "made_by": by}
    template, _is_new = rows.update_or_create(organisation=organisation, name=name, defaults=values)
    audit.record(event, "template saved", by=by)
    return template


def may_keep_template(event: Event, user: Reader) -> bool:
    """A template belongs to the event's organisation, for its own people."""
    known = audience(user)
    return bool(event.organisation_id) and (
        known.is_admin or event.organisation_id in known.organisations
    )


def _own_organisation(event: Event, by: User) -> Organisation:
    if event.organisation is None or not may_keep_template(event, by):
        raise Refused(_("Templates belong to an organisation of your own."))
    return event.organisation


@transaction.atomic
def begin_from_template(template: EventTemplate, *, by: User, key: uuid.UUID) -> Event:
    known = entries.sent_before(Event, key, by)
    if known is not None:
        return known
    entries.refuse_stranger(template.organisation, by)
    made = _begin(_as_of_today(template, by), _ahead(timezone.localdate()), by=by, key=key)
    audit.record(made, "created", by=by, details={"template": template.pk})
    return made


def _as_of_today(template: EventTemplate, by: User) -> dict[str, Any]:
    """The stored values, less what is gone since: organisations merge and leave clusters, rows are
    removed. The event is that of the template's organisation."""
    told = template.values
    known = {each.attname: each for each in Event._meta.concrete_fields}
    fields = {name: value for name, value in told["fields"].items() if name in known}
    homes = clusters_of(template.organisation, by)
    if not homes.filter(pk=fields.get("home_cluster_id")).exists():
        fields["home_cluster_id"] = home_of(template.organisation, by).pk
    fields["organisation_id"] = template.organisation_id
    for name in fields:
        fields[name] = _existing(known[name].related_model, fields[name])
    links = told["links"]
    invited = Organisation.objects.filter(pk__in=links["invited_organisations"])
    heirs = [row.successor_id if row.merged_at else row.pk for row in invited]
    held = [each for each in told.get("quotas", []) if _has_group(each)]
    links = {**links, "invited_organisations": heirs}
    return {**told, "fields": fields, "links": links, "quotas": held}


def _existing(model: Any, value: Any) -> Any:
    """The value of a plain field; of a foreign key only while its row is there."""
    is_gone = model is not None and not model._default_manager.filter(pk=value).exists()
    return None if is_gone else value


def _has_group(quota: dict[str, Any]) -> bool:
    """Whether the region or cluster for which places are held is still there."""
    fields = {name: Quota._meta.get_field(name).related_model for name in ("region", "cluster")}
    return all(_existing(fields[name], quota[name]) == quota[name] for name in fields)


@transaction.atomic
def remove_template(template: EventTemplate) -> None:
    template.delete()


@transaction.atomic
def repeat_event(event: Event, days: Iterable[datetime.date], *, by: User) -> list[Event]:
    """A draft for each day that the series does not have yet; the event becomes its first."""
    event = lock(event.pk)
    _refuse_stranger(event, by)
    if event.stage not in OPEN_TO_CHANGES:
        raise Refused(_("The event can no longer be changed."))
    if event.series is None:
        event.series = EventSeries.objects.create(title=event.title_fi)
        event.save(update_fields=["series", "updated_at"])
    series = event.series
    rows = Event.objects.filter(series=series).exclude(stage=Stage.WITHDRAWN)
    held = {timezone.localdate(starts) for starts in rows.values_list("starts_at", flat=True)}
    wanted = sorted({day for day in days if day not in held and day >= timezone.localdate()})
    if len(held) + len(wanted) > MOST:
        raise Refused(_("A series has at most %(count)s events.") % {"count": MOST})
    told = described(event)
    made = [_begin(told, day, by=by, series=series) for day in wanted]
    if made:
        audit.record(event, "series made", by=by, details={"events": len(made)})
    return made


@transaction.atomic
def move_series(event: Event, action: str, *, by: User, reason: str = "") -> int:
    """Takes the same step with every draft of the series; how many have taken it. Cancelling is of
    the published ones that have not begun, whose participants are told once each."""
    rows = Event.objects.filter(series=event.series_id) if event.series_id else None
    if rows is None:
        raise Refused(_("The event does not belong to a series."))
    if action == "cancel":
        waiting = rows.filter(stage=Stage.PUBLISHED, starts_at__gt=timezone.now())
    else:
        stages = [Stage.DRAFT] if action == "submit" else [Stage.DRAFT, Stage.PROPOSED]
        waiting = rows.filter(stage__in=stages)
    ordered = waiting.order_by("starts_at", "pk")
    moved = [move_event(each, action, by=by, reason=reason) for each in ordered]
    return len(moved)


def _refuse_stranger(event: Event, by: User) -> None:
    if not event.is_editable_by(by):
        raise Refused(_("You cannot do this."))


def _ahead(day: datetime.date) -> datetime.date:
    """The first such weekday that is four weeks away at least."""
    first = timezone.localdate() + AHEAD
    return first + datetime.timedelta((day.weekday() - first.weekday()) % 7)


def _seconds(span: datetime.timedelta) -> int:
    return int(span.total_seconds())
