"""One party turns to another about a topic. The topic's row is the lock."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from members.models import Organisation
from members.services.recipients import contacts_of
from theses.models import Approach, StudentProfile, SupervisorProfile, Thesis, Topic
from theses.models.approaches import MOVES, TO_PERSON, TO_TOPIC, Kind, Stage
from theses.models.choices import Origin
from theses.models.choices import Stage as TopicStage
from theses.models.topic_workflow import is_offered_by
from theses.models.works import Stage as WorkStage
from theses.models.works import writes_elsewhere
from theses.services import applications, supervision
from theses.services.closing import OTHER_COMMISSIONER, OTHER_SUPERVISOR, close_approaches
from theses.services.parties import (
    locked,
    locked_thesis,
    offerers,
    owners,
    tell,
    tell_without_page,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User


ANSWER_WITHIN, LONGEST_WAIT = 14, 60  # days
MOST_PENDING = 30
AT_ONCE = 500
# A student is sought while the topic is open, the other parties until the work is agreed on.
SEEKING = frozenset({TopicStage.OPEN, TopicStage.RESERVED})


@transaction.atomic
def send(  # noqa: PLR0913 – one message of five kinds
    topic: Topic,
    kind: str,
    *,
    by: User,
    to: User | None = None,
    organisation: Organisation | None = None,
    message: str = "",
    answer_by: datetime.date | None = None,
) -> Approach:
    """Turns to the other side; `Refused` when it has no point or `by` may not."""
    topic = locked(topic)
    kind = Kind(kind)
    approach = Approach(
        topic=topic,
        kind=kind,
        by=by,
        to=by if kind == Kind.SUPERVISE else to,
        organisation=organisation,
        message=message.strip(),
        answer_by=_answer_day(answer_by),
    )
    _refuse_pointless(approach)
    _CHECKS[kind](approach, by)
    _store(approach)
    entry = audit.record(approach, "send", by=by)
    tell("approach_received", addressees(approach), entry, approach, but=by)
    return approach


def _answer_day(wanted: datetime.date | None) -> datetime.date:
    today = timezone.localdate()
    day = wanted or today + datetime.timedelta(days=ANSWER_WITHIN)
    if not today < day <= today + datetime.timedelta(days=LONGEST_WAIT):
        raise Refused(
            _("Choose a day for the answer between tomorrow and %(days)s days from now.")
            % {"days": LONGEST_WAIT}
        )
    return day


def _refuse_pointless(approach: Approach) -> None:
    topic, kind = approach.topic, Kind(approach.kind)
    if not approach.message:
        raise Refused(_("Write a message."))
    if not Topic.objects.visible_to(approach.by).contains(topic):
        raise Refused(_("You cannot do this."))
    _refuse_settled(topic, kind)
    if writes_elsewhere(topic):
        raise Refused(_("The student whose idea this is has another thesis under way now."))
    same = Approach.objects.filter(topic=topic, kind=kind, to=approach.to_id)
    same = same.filter(organisation=approach.organisation_id)
    if kind not in TO_TOPIC and same.filter(stage=Stage.DECLINED).exists():
        raise Refused(_("This was already declined. A second invitation is not sent."))
    if Approach.objects.pending().filter(topic=topic).count() >= MOST_PENDING:
        raise Refused(_("Too many messages about this topic wait for an answer."))


def _refuse_settled(topic: Topic, kind: Kind) -> None:
    """The state of the topic, and what it still seeks."""
    wanted = {TopicStage.OPEN} if kind == Kind.INVITE_STUDENT else SEEKING
    is_closed = topic.stage == TopicStage.OPEN and topic.has_closed
    if topic.stage not in wanted or is_closed:
        stage = topic.get_stage_display()
        raise Refused(
            _("The topic is no longer open: its state is “%(stage)s”.") % {"stage": stage}
        )
    if kind in {Kind.COMMISSION, Kind.INVITE_COMMISSIONER} and topic.organisation_id is not None:
        raise Refused(_("This topic already has a commissioner."))
    if kind in {Kind.SUPERVISE, Kind.INVITE_SUPERVISOR} and topic.supervisor_id is not None:
        raise Refused(_("This topic already has a supervisor."))


def _check_commission(approach: Approach, by: User) -> None:
    organisation = approach.organisation
    known = audience(by)
    if organisation is None or not (known.is_admin or organisation.pk in known.edits):
        raise Refused(_("Only an organisation’s contact person can commission a topic."))
    if approach.topic.student_id == by.pk:
        raise Refused(_("You cannot commission your own idea."))


def _check_supervise(approach: Approach, by: User) -> None:
    if not SupervisorProfile.objects.acting(audience(by)).exists():
        raise Refused(_("Tell first what you supervise: make a supervisor’s profile."))
    if approach.topic.student_id == by.pk:
        raise Refused(_("You cannot supervise your own idea."))


def _check_invited_student(approach: Approach, by: User) -> None:
    _refuse_stranger(approach, by)
    profiles = StudentProfile.objects.visible_to(by)
    if approach.topic.student_id is not None:
        raise Refused(_("This topic has its student: it is her own idea."))
    if approach.to_id == by.pk or not profiles.filter(user=approach.to_id).exists():
        raise Refused(_("This student’s profile is not open to you."))
    if approach.topic.applications.pending().filter(student=approach.to_id).exists():
        raise Refused(_("This student has already applied to the topic."))


def _check_invited_supervisor(approach: Approach, by: User) -> None:
    _refuse_stranger(approach, by)
    profiles = SupervisorProfile.objects.visible_to(by)
    if approach.to_id == by.pk or not profiles.filter(user=approach.to_id).exists():
        raise Refused(_("This supervisor’s profile is not open to you."))


def _check_invited_commissioner(approach: Approach, by: User) -> None:
    _refuse_stranger(approach, by)
    organisation = approach.organisation
    if organisation is None or not Organisation.objects.visible_to(by).contains(organisation):
        raise Refused(_("Choose an organisation."))
    if not contacts_of([organisation.pk]).exists():
        raise Refused(_("This organisation has no contact person in the portal yet."))


def _refuse_stranger(approach: Approach, by: User) -> None:
    if not is_offered_by(approach.topic, by):
        raise Refused(_("You cannot do this."))


_CHECKS = {
    Kind.COMMISSION: _check_commission,
    Kind.SUPERVISE: _check_supervise,
    Kind.INVITE_STUDENT: _check_invited_student,
    Kind.INVITE_SUPERVISOR: _check_invited_supervisor,
    Kind.INVITE_COMMISSIONER: _check_invited_commissioner,
}


def _store(approach: Approach) -> None:
    try:
        with transaction.atomic():
            approach.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("This has been asked already and waits for an answer.")) from None


def addressees(approach: Approach) -> list[User]:
    """Who can answer."""
    if approach.kind in TO_TOPIC:
        return offerers(approach.topic)
    if approach.kind in TO_PERSON:
        return [approach.to] if approach.to is not None else []
    return list(contacts_of([approach.organisation_id])) if approach.organisation_id else []


@transaction.atomic
def answer(approach: Approach, action: str, *, by: User, reason: str = "") -> Approach:
    """Accepts, declines or takes back, with all that follows from it."""
    topic = locked(approach.topic)
    approach = _fresh(approach)
    approach.topic = topic
    move = MOVES.step(action, approach, by)
    reason = reason.strip()
    if move.needs_reason and not reason:
        raise Refused(_("Give a reason."))
    if action == "accept":
        if approach.answer_by < timezone.localdate():
            raise Refused(_("The time to answer is over."))
        _refuse_settled(topic, Kind(approach.kind))
    approach.stage, approach.reason = Stage(move.target), reason
    approach.answered_at, approach.answered_by = timezone.now(), by
    approach.save()
    entry = audit.record(approach, action, by=by, reason=reason)
    _tell_of_answer(approach, action, entry, by, reason)
    if action == "accept":
        waiting = _who_waits(approach, by)
        take_effect(approach, by=by)
        _tell_who_joined(approach, waiting, entry, by)
    return approach


def _who_waits(approach: Approach, by: User) -> list[User]:
    """Those of the topic's own side who neither asked nor answered: others did it for them."""
    topic = approach.topic
    own = [*owners(topic), topic.student, topic.supervisor]
    others = {person.pk: person for person in own if person is not None and person.is_active}
    return [person for pk, person in others.items() if pk not in {by.pk, approach.by_id}]


def _tell_who_joined(
    approach: Approach, waiting: list[User], entry: audit.AuditEntry, by: User
) -> None:
    """A student whose idea is commissioned hears with it of having the place."""
    kind, topic = Kind(approach.kind), approach.topic
    if kind == Kind.INVITE_STUDENT:
        return
    supervises = kind in {Kind.SUPERVISE, Kind.INVITE_SUPERVISOR}
    who = approach.by if kind == Kind.SUPERVISE else by
    owner = topic.organisation.title if topic.organisation else ""
    name = who.get_full_name() if supervises else owner
    people = waiting if supervises else [p for p in waiting if p.pk != topic.student_id]
    tell("topic_joined", people, entry, topic, name=name, supervises=int(supervises))


def _fresh(approach: Approach) -> Approach:
    """Locked after its topic, always in this order."""
    rows = Approach.objects.select_for_update(of=("self",))
    return rows.select_related("by", "to", "organisation").get(pk=approach.pk)


def _tell_of_answer(
    approach: Approach, action: str, entry: audit.AuditEntry, by: User, reason: str
) -> None:
    if action == "withdraw":
        others = [person for person in addressees(approach) if person.pk != by.pk]
        if approach.kind in TO_TOPIC:
            tell("approach_withdrawn", others, entry, approach, title=approach.topic.heading)
        else:
            tell_without_page("approach_withdrawn", others, entry, title=approach.topic.heading)
        return
    kind = "approach_accepted" if action == "accept" else "approach_declined"
    tell(kind, [approach.by], entry, approach, but=by, reason=reason)


@transaction.atomic
def expire_unanswered() -> int:
    """The chore: what nobody answered in time is closed, and its sender told."""
    late = Approach.objects.pending().filter(answer_by__lt=timezone.localdate())
    late = late.select_for_update(skip_locked=True, of=("self",)).select_related("by", "topic")
    found = list(late.order_by("answer_by", "pk")[:AT_ONCE])
    for approach in found:
        approach.stage, approach.answered_at = Stage.EXPIRED, timezone.now()
        approach.save(update_fields=["stage", "answered_at"])
        entry = audit.record(approach, "expired", by=None)
        tell("approach_expired", [approach.by], entry, approach)
    return len(found)


def take_effect(approach: Approach, *, by: User) -> None:
    """Under the topic's lock. An invited student is led to the form instead: nothing changes."""
    if approach.kind in {Kind.COMMISSION, Kind.INVITE_COMMISSIONER}:
        _commission(approach, by=by)
    elif approach.kind == Kind.SUPERVISE:
        _supervise(approach, approach.by, by=by)
    elif approach.kind == Kind.INVITE_SUPERVISOR:
        _supervise(approach, by, by=by)


def _commission(approach: Approach, *, by: User) -> None:
    """The organisation and its contact person stand behind the topic from now on."""
    topic = approach.topic
    is_offer = approach.kind == Kind.COMMISSION
    topic.organisation = approach.organisation
    topic.contact = approach.by if is_offer else by
    topic.save()
    topic.forget_answers()
    search.reindex(topic)
    audit.record(topic, "commissioned", by=by, details={"organisation": topic.organisation_id})
    kinds = [Kind.COMMISSION, Kind.INVITE_COMMISSIONER]
    close_approaches(topic, by=by, why=OTHER_COMMISSIONER, kinds=kinds)
    if topic.origin == Origin.STUDENT and topic.student is not None:
        applications.accept_own_idea(topic, by=topic.contact)
    for thesis in _seeking(topic):
        supervision.settle(locked_thesis(thesis), by=by)


def _supervise(approach: Approach, supervisor: User, *, by: User) -> None:
    """The supervisor stands by the topic, and takes on its theses that lack one."""
    topic = approach.topic
    if not supervisor.is_active:
        raise Refused(_("You cannot do this."))
    topic.supervisor = supervisor
    topic.save(update_fields=["supervisor", "updated_at"])
    audit.record(topic, "supervised", by=by, details={"supervisor": supervisor.pk})
    kinds = [Kind.SUPERVISE, Kind.INVITE_SUPERVISOR]
    close_approaches(topic, by=by, why=OTHER_SUPERVISOR, kinds=kinds)
    for thesis in _seeking(topic).filter(supervisor=None):
        supervision.take_on(thesis, supervisor, by=by)


def _seeking(topic: Topic) -> QuerySet[Thesis]:
    rows = Thesis.objects.filter(application__topic=topic, stage=WorkStage.SEEKING)
    return rows.select_related("application__topic").order_by("pk")
