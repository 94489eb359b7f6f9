"""Asking for a meeting of two, agreeing on a time at which both are free, telling what came."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox
from events.models import OfferedTime, OneToOne
from events.models.one_to_one import MOVES, Outcome, Side, Stage
from events.services import busy
from members.models import Cluster, Organisation, User
from members.services.recipients import contacts_of
from projects.services import entries
from projects.services.projects import checked_reason

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import Model

    from cluster_portal.core.visibility import Reader

MOST_OPEN, MOST_TIMES = 15, 5
ANSWERED_IN = datetime.timedelta(days=14)
SOONEST = datetime.timedelta(hours=2)
FARTHEST = datetime.timedelta(days=180)
REMINDED = datetime.timedelta(days=2)
AT_ONCE = 500
BECOMES = ("project", "challenge")


def may_ask(user: Reader) -> bool:
    return bool(user.is_authenticated and audience(user).is_member)


def organisation_of(user: User) -> Organisation | None:
    """For which organisation somebody asks: their own member organisation."""
    own = Organisation.objects.standing().members().filter(pk__in=audience(user).organisations)
    return own.order_by("sort_name", "pk").first()


@transaction.atomic
def ask(
    values: dict[str, Any], times: list[datetime.datetime], *, form_key: UUID, by: User
) -> OneToOne:
    """The same form asks once. Who asks has a limited number of open requests."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    known = made_by(OneToOne, form_key, asker=by)
    if known is not None:
        return known
    if not may_ask(by):
        raise Refused(_("You cannot do this."))
    if OneToOne.objects.filter(asker=by, stage=Stage.ASKED).count() >= MOST_OPEN:
        raise Refused(
            _("Many of your requests wait for an answer. Ask more when they are answered.")
        )
    _refuse_own_side(values, by)
    cluster = Cluster.objects.filter(pk__in=audience(by).member_clusters).order_by("pk").first()
    meeting = OneToOne(
        **values, asker=by, asker_cluster=cluster, form_key=form_key,
        answer_by=timezone.now() + ANSWERED_IN,
    )  # fmt: skip
    meeting.full_clean(exclude=["form_key"])
    meeting.save()
    _offer(meeting, times, by)
    entry = audit.record(meeting, "meeting of two asked", by=by)
    _tell("one_to_one_asked", meeting, _others(meeting, by), entry.pk)
    return meeting


def _refuse_own_side(values: dict[str, Any], by: User) -> None:
    asked: Organisation | None = values.get("asked_organisation")
    if values.get("asked") == by or (asked and asked.pk in audience(by).organisations):
        raise Refused(_("This is your own side."))
    if not values.get("asked") and not (asked and contacts_of([asked.pk]).exists()):
        raise Refused(_("The organisation has no contact person who could answer."))


def _offer(meeting: OneToOne, times: list[datetime.datetime], by: User) -> None:
    """The times of who offers: in the future, and at none of them is that person taken."""
    wanted = sorted(set(times))
    now = timezone.now()
    if not 1 <= len(wanted) <= MOST_TIMES:
        raise Refused(_("Offer from one to five times."))
    if wanted[0] < now + SOONEST or wanted[-1] > now + FARTHEST:
        raise Refused(_("Offer times that lie ahead, within half a year."))
    taken = busy.spans_of([by], now)
    if any(busy.clashes((at, at + meeting.length), taken) for at in wanted):
        raise Refused(_("At one of the times you are somewhere else already: see your calendar."))
    meeting.times.all().delete()
    OfferedTime.objects.bulk_create(OfferedTime(meeting=meeting, starts_at=at) for at in wanted)
    meeting.answer_by = min(now + ANSWERED_IN, wanted[-1])
    meeting.save(update_fields=["answer_by"])


def lock(meeting: OneToOne) -> OneToOne:
    return OneToOne.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def _lock_people(*people: User | int | None) -> None:
    """Two agreements about one person wait for each other: always in the same order."""
    keys = sorted({each if isinstance(each, int) else each.pk for each in people if each})
    list(User.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


@transaction.atomic
def accept(meeting: OneToOne, at: datetime.datetime, place: str = "", *, by: User) -> OneToOne:
    """At one of the times offered, when both are free at this moment; whoever answers first for
    an organisation is the one who meets."""
    _lock_people(meeting.asker_id, meeting.asked_id, by)
    meeting = lock(meeting)
    move = MOVES.step("accept", meeting, by)
    time = meeting.times.filter(starts_at=at).first()
    if time is None or at <= timezone.now():
        raise Refused(_("This time is not offered any more. Choose another."))
    _refuse_without_other(meeting)
    if meeting.side_of(by) == Side.ASKED:
        meeting.asked = by
    span = (at, at + meeting.length)
    if not busy.is_free([by], span):
        raise Refused(_("You are somewhere else at this time: see your calendar. Choose another."))
    if not busy.is_free([meeting.asker, meeting.asked], span):
        raise Refused(_("The other one is taken at this time by now. Choose another."))
    meeting.stage, (meeting.starts_at, meeting.ends_at) = Stage(move.target), span
    meeting.place = place or meeting.place
    meeting.save()
    entry = audit.record(meeting, "meeting of two agreed", by=by)
    _tell("one_to_one_agreed", meeting, _people(meeting), entry.pk)
    return meeting


def _refuse_without_other(meeting: OneToOne) -> None:
    """Of whom nobody is left, nobody can meet."""
    if meeting.asker is None or not meeting.asker.is_active:
        raise Refused(_("Who asked has left the portal. Decline, please."))
    if meeting.asked is not None and not meeting.asked.is_active:
        raise Refused(_("Who was asked has left the portal."))


@transaction.atomic
def offer_other(meeting: OneToOne, times: list[datetime.datetime], *, by: User) -> OneToOne:
    """None of the times fits: the turn goes to the other side, with new ones."""
    meeting = lock(meeting)
    MOVES.step("offer", meeting, by)
    _refuse_without_other(meeting)
    side = meeting.side_of(by)
    if side == Side.ASKED:
        meeting.asked = by
    meeting.waits_for = Side.ASKER if side == Side.ASKED else Side.ASKED
    meeting.save()
    _offer(meeting, times, by)
    entry = audit.record(meeting, "other times offered", by=by)
    _tell("one_to_one_times", meeting, _others(meeting, by), entry.pk)
    return meeting


@transaction.atomic
def move(meeting: OneToOne, action: str, *, by: User, reason: str = "") -> OneToOne:
    """Declined, taken back or called off; the others are told."""
    meeting = lock(meeting)
    if action not in {"decline", "withdraw", "cancel"}:
        raise Refused(_("You cannot do this."))
    step = MOVES.step(action, meeting, by)
    others = _others(meeting, by)
    meeting.reason = checked_reason(step, reason)[:300]
    if action == "decline" and meeting.asked is None and meeting.side_of(by) == Side.ASKED:
        meeting.asked = by
    meeting.stage = Stage(step.target)
    meeting.ics_sequence += action == "cancel"
    meeting.save()
    entry = audit.record(meeting, f"meeting of two {action}", by=by, reason=meeting.reason)
    _tell("one_to_one_off", meeting, others, entry.pk)
    return meeting


@transaction.atomic
def tell_outcome(
    meeting: OneToOne, outcome: str, words: str, *, by: User, seen: str = ""
) -> OneToOne:
    """By either; what the other has told meanwhile is not lost."""
    meeting = lock(meeting)
    entries.refuse_late(meeting, seen)
    step = MOVES.step("tell", meeting, by)
    if outcome not in Outcome.values:
        raise Refused(_("Choose what came of it."))
    meeting.stage, meeting.outcome = Stage(step.target), outcome
    meeting.outcome_words = words
    meeting.save()
    entry = audit.record(meeting, "meeting outcome told", by=by, details={"outcome": outcome})
    _tell("one_to_one_outcome", meeting, _others(meeting, by), entry.pk)
    return meeting


@transaction.atomic
def tie(public_id: str, made: Model, by: User) -> None:
    """What one of the two begins from the outcome continues the need behind the meeting."""
    found = OneToOne.objects.of_person(by).filter(public_id=public_id, stage=Stage.TOLD).first()
    if found is None:
        return
    meeting = lock(found)
    field = next((name for name in BECOMES if _holds(name, made)), "")
    if field and getattr(meeting, f"{field}_id") is None:
        setattr(meeting, field, made)
        meeting.save(update_fields=[field, "updated_at"])
        audit.record(meeting, "meeting outcome went on", by=by, details={field: made.pk})


def _holds(name: str, made: Model) -> bool:
    related: Any = OneToOne._meta.get_field(name).related_model
    return isinstance(made, related)


def _people(meeting: OneToOne) -> list[User]:
    both = [each for each in (meeting.asker, meeting.asked) if each is not None]
    return [each for each in both if each.is_active]


def _others(meeting: OneToOne, by: User) -> list[User]:
    """The other side; while nobody of an organisation has answered, its contacts."""
    if meeting.asked_id is None and meeting.asked_organisation_id is not None:
        contacts = list(contacts_of([meeting.asked_organisation_id], but=by))
        return contacts if meeting.asker_id == by.pk else [*_people(meeting)]
    return [each for each in _people(meeting) if each != by]


def _tell(kind: str, meeting: OneToOne, people: Iterable[User], key: object) -> None:
    outbox.post_to_all(kind, to=people, key=str(key), about=meeting)


@transaction.atomic
def expire() -> int:
    """The hourly round: what nobody answered in time is closed, both sides hear of it."""
    rows = OneToOne.objects.filter(stage=Stage.ASKED, answer_by__lt=timezone.now())
    rows = rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    found = list(rows[:AT_ONCE])
    for meeting in found:
        meeting.stage = Stage.EXPIRED
        meeting.save(update_fields=["stage", "updated_at"])
        entry = audit.record(meeting, "meeting of two expired", by=None)
        _tell("one_to_one_off", meeting, _people(meeting), entry.pk)
    return len(found)


@transaction.atomic
def remind() -> int:
    """Two days before the answer is due whoever's turn it is; once it is over both are asked what
    came of it. Each once."""
    now = timezone.now()
    near = OneToOne.objects.filter(stage=Stage.ASKED, answer_by__range=(now, now + REMINDED))
    over = OneToOne.objects.filter(stage=Stage.AGREED, ends_at__lt=now, asked_for_outcome=False)
    for meeting in near[:AT_ONCE]:
        key = f"{meeting.pk}:{meeting.answer_by.isoformat()}"
        _tell("one_to_one_waits", meeting, _whose_turn(meeting), key)
    held = list(over.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
    for meeting in held:
        meeting.asked_for_outcome = True
        meeting.save(update_fields=["asked_for_outcome"])
        _tell("one_to_one_held", meeting, _people(meeting), meeting.pk)
    return len(held)


def _whose_turn(meeting: OneToOne) -> list[User]:
    if meeting.waits_for == Side.ASKER:
        return [each for each in (meeting.asker,) if each is not None and each.is_active]
    if meeting.asked is not None:
        return [meeting.asked] if meeting.asked.is_active else []
    return list(contacts_of([meeting.asked_organisation_id]))


def take_off_person(user: User) -> None:
    """Of an account that is erased: what lies ahead is called off, what waits is taken back."""
    mine = OneToOne.objects.filter(Q(asker=user) | Q(asked=user))
    waiting = {Stage.ASKED: Stage.WITHDRAWN, Stage.AGREED: Stage.CANCELLED}
    for meeting in mine.filter(stage__in=list(waiting)).select_for_update(of=("self",)):
        if meeting.stage == Stage.AGREED and meeting.is_over:
            continue
        meeting.ics_sequence += meeting.stage == Stage.AGREED
        meeting.stage = waiting[Stage(meeting.stage)]
        meeting.save(update_fields=["stage", "ics_sequence", "updated_at"])
        entry = audit.record(meeting, "meeting of two cancel", by=None)
        others = [each for each in _people(meeting) if each != user]
        _tell("one_to_one_off", meeting, others, entry.pk)
