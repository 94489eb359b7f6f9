"""Partners of a project: asked or offering, answering, leaving, and invitations that expire.

The project's row is the lock of all of it: two editors cannot give one role twice, and an
invitation is answered either before or after it expires or is taken back.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.text.classified import unmarked
from cluster_portal.core.visibility import Visibility, audience
from cluster_portal.notifications import outbox
from cluster_portal.notifications.services import following
from members.models import Organisation, User
from members.services.recipients import contacts_of
from projects.models import Partnership, Project, WantedRole
from projects.models.partnerships import GONE, MOVES, Role, Stage
from projects.services import co_editors, ideas

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader

A_DAY = datetime.timedelta(days=1)
USUAL_TIME, LONGEST_TIME = datetime.timedelta(days=14), datetime.timedelta(days=90)
MOST_OFFERS = 5  # of one organisation that wait for an answer at once
MOST_INVITED, FROM_PERSON = 20, 20  # open ones of an idea, and sent by one person in a day
MOST_AGAIN, LATELY = 2, datetime.timedelta(days=30)  # taken back or taken out, and asked again


@dataclass(frozen=True)
class Ask:
    """What an invitation says beside the role."""

    note: str = ""
    answer_by: datetime.date | None = None


def usual_answer_by() -> datetime.date:
    return timezone.localdate() + USUAL_TIME


def invite(
    role: WantedRole, organisation: Organisation, *, by: User, ask: Ask | None = None
) -> Partnership:
    """To one of the wanted roles of an idea."""
    return invite_to(role.project, organisation, by=by, role=role, ask=ask)


@transaction.atomic
def invite_to(
    project: Project,
    organisation: Organisation,
    *,
    by: User,
    role: WantedRole | None = None,
    ask: Ask | None = None,
) -> Partnership:
    """Its contacts are told and answer on its behalf, until the last day."""
    project = _edited(project, by)
    if project.visibility == Visibility.PRIVATE:
        raise Refused(_("Only its owner reads this. Choose its readers before you invite anybody."))
    if not Organisation.objects.visible_to(by).standing().contains(organisation):
        raise Refused(_("Choose an organisation that is on the portal."))
    if not contacts_of([organisation.pk]).exists():
        raise Refused(_("Nobody answers for this organisation on the portal yet."))
    _check_free(project, role)
    ask = ask or Ask()
    partnership = _place(project, organisation)
    _refuse_pressing(partnership, by)
    partnership.stage, partnership.wanted_role = Stage.INVITED, role
    partnership.note, partnership.invited_by = unmarked(ask.note), by
    partnership.offered_by, partnership.asked_at = None, timezone.now()
    partnership.answer_by = _last_day(ask.answer_by)
    partnership.save()
    tell_invited(partnership, by=by)
    return partnership


def _refuse_pressing(partnership: Partnership, by: User) -> None:
    """Nobody is asked again who has said no, nor over and over; nobody asks everybody."""
    if partnership.stage == Stage.DECLINED and partnership.offered_by_id is None:
        raise Refused(_("This organisation has declined. It can still offer itself."))
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # the count of a day holds
    project, now = partnership.project, timezone.now()
    acts = audit.AuditEntry.objects.filter(at__gt=now - LATELY)
    sent = acts.filter(action="partner invited", actor=by, at__gt=now - A_DAY)
    waiting = project.partnerships.filter(stage=Stage.INVITED)
    if waiting.count() >= MOST_INVITED or sent.count() >= FROM_PERSON:
        raise Refused(_("Many invitations have been sent. Send more when they are answered."))
    kind = ContentType.objects.get_for_model(Project)
    removed = acts.filter(content_type=kind, object_id=project.pk, action="partner removed")
    if removed.filter(details__key=partnership.organisation_id).count() >= MOST_AGAIN:
        raise Refused(
            _("The organisation has been invited and removed before. Write to it instead.")
        )


def tell_invited(partnership: Partnership, *, by: User) -> None:
    """By whichever way an organisation was invited."""
    entry = audit.record(partnership, "partner invited", by=by)
    outbox.post_to_all(
        "partner_invited", to=contacts_of([partnership.organisation_id], but=by),
        key=str(entry.pk), about=partnership,
    )  # fmt: skip


def _last_day(day: datetime.date | None) -> datetime.date:
    today = timezone.localdate()
    day = day or usual_answer_by()
    if not today < day <= today + LONGEST_TIME:
        raise Refused(_("Choose a last day from tomorrow on, within 90 days."))
    return day


def _edited(project: Project, by: User) -> Project:
    project = ideas.locked(project)
    if not project.is_editable_by(by):
        raise Refused(_("You do not edit this idea any more."))
    if project.is_draft:
        raise Refused(_("Publish the idea before you look for partners."))
    return project


def _check_free(project: Project, role: WantedRole | None) -> None:
    """On the locked project: that the role is its own, and nobody has it."""
    if role is None:
        return
    if not WantedRole.objects.filter(pk=role.pk, project=project).missing().exists():
        raise Refused(_("The role has been filled or is no longer looked for."))


def _place(project: Project, organisation: Organisation) -> Partnership:
    """The organisation's row in the project: a new one, or one that came to nothing."""
    if project.organisation_id == organisation.pk:
        raise Refused(_("The organisation owns this idea."))
    rows = Partnership.objects.filter(project=project, organisation=organisation)
    if rows.filter(stage=Stage.ACCEPTED).exists():
        raise Refused(_("The organisation is in already."))
    if rows.filter(stage=Stage.INVITED).exists():
        raise Refused(_("The organisation has been invited already and has not answered yet."))
    if rows.filter(stage=Stage.INTERESTED).exists():
        raise Refused(
            _("The organisation has offered to take part. Its offer waits for an answer.")
        )
    gone = rows.filter(stage__in=sorted(GONE), role=Role.PARTNER).first()
    return gone or Partnership(project=project, organisation=organisation)


@transaction.atomic
def offer(
    project: Project,
    organisation: Organisation,
    *,
    by: User,
    role: WantedRole | None = None,
    note: str = "",
) -> Partnership:
    """“We are in”: a member organisation offers itself, and the editors answer."""
    project = ideas.locked(project)
    if not offerers(project, by).contains(organisation):
        raise Refused(_("You cannot offer this organisation to the idea."))
    _check_free(project, role)
    waiting = Partnership.objects.filter(organisation=organisation, stage=Stage.INTERESTED)
    if waiting.count() >= MOST_OFFERS:
        raise Refused(_("Many offers of yours wait for an answer. Offer more when they have it."))
    partnership = _place(project, organisation)
    partnership.stage, partnership.wanted_role = Stage.INTERESTED, role
    partnership.note, partnership.offered_by = unmarked(note), by
    partnership.invited_by, partnership.answer_by = None, None
    partnership.asked_at = timezone.now()
    partnership.save()
    entry = audit.record(partnership, "partner offered", by=by)
    outbox.post_to_all(
        "partner_offered", to=ideas.side_of(project, but=by), key=str(entry.pk), about=partnership
    )
    return partnership


def offerers(project: Project, user: Reader) -> QuerySet[Organisation]:
    """The reader's member organisations that are not its owner, while partners are looked for."""
    seen = Project.objects.visible_to(user).filter(pk=project.pk)
    if not project.is_open_to_partners or not seen.exists():
        return Organisation.objects.none()
    mine = Organisation.objects.standing().members().filter(pk__in=audience(user).organisations)
    return mine.exclude(pk=project.organisation_id).order_by("sort_name", "pk")


@transaction.atomic
def answer(partnership: Partnership, action: str, *, by: User, reason: str = "") -> Partnership:
    """Accepts or declines: an invitation by the invited, an offer by the editors."""
    project, row = _again(partnership)
    move = MOVES.step(action, row, by)
    if row.is_overdue:
        raise Refused(_("The last day to answer has passed. Ask to be invited again."))
    if move.target == Stage.ACCEPTED:
        _check_free(project, row.wanted_role)
    row.stage = move.target
    row.save(update_fields=["stage"])
    project.forget_answers()
    entry = audit.record(row, f"partner {action}", by=by, reason=unmarked(reason.strip()[:1000]))
    by_invited = action in {"accept", "decline"}
    readers = ideas.side_of(project, but=by) if by_invited else _of(row, but=by)
    outbox.post_to_all(
        "partner_answered" if by_invited else "offer_answered", to=readers, key=str(entry.pk),
        about=row, values={"stage": move.target, "reason": entry.reason},
    )  # fmt: skip
    if move.target == Stage.ACCEPTED:
        following.tell(project, "partner", key=str(entry.pk), by=by)
    return row


def _again(partnership: Partnership) -> tuple[Project, Partnership]:
    """The project locked, and the row as it is under the lock: it may be gone meanwhile."""
    project = ideas.locked(partnership.project)
    row = Partnership.objects.filter(pk=partnership.pk).select_related("wanted_role").first()
    if row is None:
        raise Refused(_("This has been taken back meanwhile."))
    row.project = project
    return project, row


def _of(partnership: Partnership, *, but: User | None = None) -> list[User]:
    """The partner's contacts, and who offered as long as they belong to it; each once."""
    people = {person.pk: person for person in contacts_of([partnership.organisation_id])}
    person = partnership.offered_by
    if (
        person
        and person.is_active
        and partnership.organisation_id in audience(person).organisations
    ):
        people[person.pk] = person
    return [each for each in people.values() if each != but]


@transaction.atomic
def remove(partnership: Partnership, *, by: User, reason: str = "") -> None:
    """An editor takes an invitation back or a partner out; a partner leaves; an offer is undone.

    Who was in hears why they are taken out.
    """
    project, row = _again(partnership)
    is_theirs = may_leave(row, by)
    if not is_theirs and not may_remove(row, by):
        raise Refused(_("You cannot do this."))
    reason = unmarked(reason.strip()[:1000])
    if row.stage == Stage.ACCEPTED and not is_theirs and not reason:
        raise Refused(_("Give a reason for this step."))
    title, part, stage = row.organisation.title, row.part, row.stage
    readers = ideas.side_of(project, but=by) if is_theirs else _of(row, but=by)
    told: dict[str, object] = {"organisation": title, "key": row.organisation_id}
    entry = audit.record(project, "partner removed", by=by, reason=reason, details=told)
    row.delete()
    if stage == Stage.ACCEPTED:
        co_editors.end_with(project, row.organisation_id, by=by)
    kind = "partner_left" if is_theirs else "partner_removed"
    values: outbox.Values = {
        "organisation": title, "part": part, "stage": stage, "reason": reason,
    }  # fmt: skip
    for reader in readers:
        seen = Project.objects.visible_to(reader).filter(pk=project.pk).exists()
        about = project if seen else row.organisation
        outbox.post_to_all(kind, to=[reader], key=str(entry.pk), about=about, values=values)


def may_remove(partnership: Partnership, user: Reader) -> bool:
    """An editor: what was asked or accepted, but the lead; an offer is answered instead."""
    if partnership.role == Role.LEAD or partnership.stage == Stage.INTERESTED:
        return False
    return partnership.project.is_editable_by(user)


def may_leave(partnership: Partnership, user: Reader) -> bool:
    """The partner's contacts, and who made its offer as long as that waits."""
    known = audience(user)
    if partnership.role == Role.LEAD or known.user_id is None:
        return False
    is_offer = partnership.stage == Stage.INTERESTED
    if is_offer and partnership.offered_by_id == known.user_id:
        return True
    speaks = partnership.organisation_id in known.edits
    return speaks and (is_offer or partnership.stage == Stage.ACCEPTED)


def was_partner(project: Project, user: Reader) -> bool:
    """Whether an organisation of theirs was in, or asked to be: also one that is out again."""
    own = list(audience(user).organisations)
    if project.partnerships.filter(organisation__in=own).exists():
        return True
    gone = audit.of(project).filter(action="partner removed", details__key__in=own)
    return gone.exists()


def expire_overdue() -> int:
    """The chore: invitations that nobody answered in time; both sides are told."""
    late = Partnership.objects.overdue().select_related("project").order_by("pk")
    return sum(_expire(each) for each in late)


@transaction.atomic
def _expire(partnership: Partnership) -> int:
    project = ideas.locked(partnership.project)
    row = Partnership.objects.overdue().filter(pk=partnership.pk).first()
    if row is None:  # answered while the chore waited
        return 0
    row.stage = Stage.EXPIRED
    row.save(update_fields=["stage"])
    entry = audit.record(row, "partner expire", by=None)
    values: outbox.Values = {"stage": Stage.EXPIRED, "reason": ""}
    _post("partner_answered", ideas.side_of(project), entry.pk, row, values)
    _post("offer_answered", _of(row), entry.pk, row, values)
    return 1


def _post(
    kind: str, people: Iterable[User], key: int, row: Partnership, values: outbox.Values
) -> None:
    outbox.post_to_all(kind, to=people, key=str(key), about=row, values=values)
