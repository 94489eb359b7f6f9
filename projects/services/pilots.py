"""Beginning a pilot, changing its card, and its way from plan to learnings."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from cluster_portal.notifications.services import following
from members.services import contacts
from members.services.arrivals import came
from members.services.contacts import Readers, ReceiverKind
from members.services.needs import home_of
from members.services.recipients import coordinators_of
from projects.models import Pilot
from projects.models.pilot_parts import Role
from projects.models.pilots import MOVES, OVER, RESERVED_SLUGS, Stage
from projects.services import entries
from projects.services.arrivals import content_came
from projects.services.pilot_makers import (
    add_maker,
    count_sectors,
    edited,
    few_sectors,
    locked,
    side_of,
)
from projects.services.projects import checked_reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import Organisation, User
    from projects.models import Challenge, Project, Proposal

AGAIN = datetime.timedelta(days=14)
MOST_REMINDERS = 3
KIND = "pilot"


@dataclass(frozen=True)
class Sources:
    """What a pilot begins from."""

    challenge: Challenge | None = None
    proposal: Proposal | None = None
    project: Project | None = None


@transaction.atomic
def begin_pilot(
    values: dict[str, Any],
    *,
    by: User,
    sources: Sources | None = None,
    ask: Iterable[Organisation] = (),
) -> Pilot:
    """Stores a draft and asks the makers; the same form makes one pilot."""
    known = entries.sent_before(Pilot, values["form_key"], by)
    if known is not None:
        return known
    plain = dict(values)
    terms = list(plain.pop("terms", []))
    organisation = plain["organisation"]
    entries.refuse_stranger(organisation, by)
    sources = sources or Sources()
    pilot = Pilot(
        **plain, home_cluster=home_of(organisation, by), teller=by, challenge=sources.challenge,
        proposal=sources.proposal, project=sources.project,
    )  # fmt: skip
    entries.insert(pilot, pilot.title_fi, empty="kokeilu", reserved=RESERVED_SLUGS)
    pilot.terms.set(terms or _found(pilot, sources))
    pilot.makers.create(organisation=organisation, role=Role.LEAD, answer="accepted", asked_by=by)
    for other in ask:
        if other != organisation:
            add_maker(pilot, other, by=by)
    count_sectors(pilot)
    audit.record(pilot, "created", by=by, details=_tie(sources))
    return pilot


def _found(pilot: Pilot, sources: Sources) -> Any:
    """The themes of what it begins from, else those that its text speaks of."""
    for source in (sources.challenge, sources.project):
        if source is not None and source.terms.exists():
            return source.terms.all()
    return entries.found_terms(pilot.title_fi, pilot.summary_fi, pilot.aim)


def _tie(sources: Sources) -> dict[str, Any]:
    tied = {"challenge": sources.challenge, "proposal": sources.proposal,
            "project": sources.project}  # fmt: skip
    return {name: source.pk for name, source in tied.items() if source is not None}


@transaction.atomic
def edit_pilot(pilot: Pilot, values: dict[str, Any], *, by: User, seen: str = "") -> Pilot:
    pilot = edited(pilot, by)
    entries.refuse_late(pilot, seen)
    plain = dict(values)
    links = {name: plain.pop(name) for name in ("terms", "measures") if name in plain}
    changed = entries.assign(pilot, plain)
    if pilot.stage not in {Stage.DRAFT, Stage.STOPPED} and pilot.missing:
        raise Refused(_("What is published keeps its aim, place and times."))
    pilot.save()
    changed += [name for name, rows in links.items() if entries.relink(pilot, name, rows)]
    search.reindex(pilot)
    search.reindex(pilot.learnings.all())
    content_came(pilot)
    if changed:
        audit.record(pilot, "edited", by=by, details={"changed": changed})
    return pilot


@dataclass(frozen=True)
class Facts:
    """Rows of the card: (name, state, day) of permits; (label, value, before) of what was measured.

    `number` is that of a row that stands there, None of a new one; without a name it goes.
    """

    permits: list[dict[str, Any]]
    values: list[dict[str, Any]]
    measured_words: str = ""
    measured_goal: Any = None


@transaction.atomic
def save_facts(pilot: Pilot, facts: Facts, *, by: User, seen: str = "") -> Pilot:
    """Permits and measured values. A row that the form does not have was added by somebody else."""
    pilot = edited(pilot, by)
    entries.refuse_late(pilot, seen)
    _save_rows(pilot.permits, facts.permits, key="name")
    _save_rows(pilot.measured, facts.values, key="label")
    pilot.measured_words, pilot.measured_goal = facts.measured_words, facts.measured_goal
    pilot.save(update_fields=["measured_words", "measured_goal", "updated_at"])
    audit.record(pilot, "facts edited", by=by)
    return pilot


def _save_rows(rows: Any, told: list[dict[str, Any]], *, key: str) -> None:
    known = {row.pk: row for row in rows.all()}
    for each in told:
        values = {name: value for name, value in each.items() if name != "number"}
        row = known.get(each["number"])
        if not values[key]:
            if row is not None:
                row.delete()
        elif row is None:
            rows.get_or_create(**values)  # the same new row sent twice is one
        elif entries.assign(row, values):
            row.save()


@transaction.atomic
def move_pilot(pilot: Pilot, action: str, *, by: User, reason: str = "") -> Pilot:
    """Takes one step and tells the makers; what must be there is looked at under the lock."""
    pilot = locked(pilot)
    move = MOVES.step(action, pilot, by)
    reason = checked_reason(move, reason)
    if action == "publish":
        _refuse_unready(pilot)
    if action in {"publish", "start", "close"}:
        count_sectors(pilot)
        if pilot.lacks_sectors:
            raise Refused(few_sectors(pilot))
    if action in {"finish", "close"} and pilot.starts_on and pilot.starts_on > timezone.localdate():
        raise Refused(_(
            "The first day of the pilot is still ahead. Change its days, or stop it with a reason."
        ))  # fmt: skip
    if action == "close" and not pilot.learnings.exists():
        raise Refused(_("Tell at least one thing that was learned before you close the pilot."))
    if action == "stop":
        pilot.stop_reason = reason
    enter(pilot, move.target)
    entry = audit.record(
        pilot, f"pilot {action}", by=by, reason=reason, details={"stage": move.target}
    )
    if pilot.published_at:
        following.tell(pilot, "moved", key=str(entry.pk), by=by)
    outbox.post_to_all(
        "pilot_moved", to=side_of(pilot, but=by), key=str(entry.pk), about=pilot,
        values={"stage": move.target, "reason": reason},
    )  # fmt: skip
    return pilot


def _refuse_unready(pilot: Pilot) -> None:
    if pilot.missing:
        names = {"names": pilot.missing_words}
        raise Refused(_("Still missing from the plan: %(names)s.") % names)


def enter(pilot: Pilot, stage: str) -> None:
    now = timezone.now()
    pilot.stage = stage
    if stage == Stage.PLANNED and pilot.published_at is None:
        pilot.published_at = now
    if stage in OVER:
        pilot.closed_at = now
    pilot.save(update_fields=["stage", "stop_reason", "published_at", "closed_at", "updated_at"])
    search.reindex(pilot)
    content_came(pilot)
    if stage in OVER and pilot.published_at:
        for learning in pilot.learnings.all():
            came("learnings", learning, since=pilot.closed_at)


@transaction.atomic
def end_overdue() -> int:
    """The chore: a pilot whose last day has passed waits for its learnings; its makers hear so,
    and again every two weeks, three times."""
    ended = list(Pilot.objects.overdue().select_for_update(of=("self",), skip_locked=True))
    for pilot in ended:
        enter(pilot, Stage.CLOSING)
        audit.record(pilot, "pilot finish", by=None, details={"stage": Stage.CLOSING})
    due = Q(reminded_on=None) | Q(reminded_on__lte=timezone.localdate() - AGAIN)
    waiting = Pilot.objects.without_learnings().filter(due, reminders__lt=MOST_REMINDERS)
    asked = list(waiting.select_for_update(of=("self",), skip_locked=True))
    for pilot in asked:
        pilot.reminders += 1
        pilot.reminded_on = timezone.localdate()
        pilot.save(update_fields=["reminders", "reminded_on"])
        readers = side_of(pilot) or list(coordinators_of([pilot.home_cluster_id]))
        key = f"{pilot.pk}:{pilot.reminders}"
        outbox.post_to_all("pilot_learnings_due", to=readers, key=key, about=pilot)
    return len(ended) + len(asked)


def of_pilot(pilot: Pilot) -> Readers:
    people = side_of(pilot) or list(coordinators_of([pilot.home_cluster_id]))
    return Readers(people, _("The makers of the pilot get your message and answer by e-mail."))


def register() -> None:
    contacts.register(ReceiverKind(KIND, Pilot, of_pilot))
