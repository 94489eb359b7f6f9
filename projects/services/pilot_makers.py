"""Who makes a pilot: organisations are asked, answer, and leave; their sectors are counted."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox
from members.models import Organisation
from members.models.kinds import Sector
from members.services.recipients import contacts_of, coordinators_of
from projects.models import Pilot, PilotMaker
from projects.models.pilot_parts import Answer, Role
from projects.models.pilots import OVER, Stage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import User

# Organisations that one person asks in a day, and that one pilot waits for at a time.
A_DAY, FROM_PERSON, MOST_WAITING = datetime.timedelta(days=1), 20, 12
USUAL = {Sector.BUSINESS: Role.SOLUTION, Sector.RESEARCH: Role.RESEARCH,
         Sector.EDUCATION: Role.RESEARCH}  # fmt: skip


def locked(pilot: Pilot) -> Pilot:
    """All that changes a pilot or its parts takes its row first."""
    return Pilot.objects.select_for_update(of=("self",), no_key=True).get(pk=pilot.pk)


def edited(pilot: Pilot, by: User) -> Pilot:
    """The locked pilot, of one of its editors."""
    found = locked(pilot)
    if not found.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    return found


@transaction.atomic
def ask_maker(pilot: Pilot, organisation: Organisation, *, by: User, role: str = "") -> PilotMaker:
    """Asks an organisation to be a maker: its contacts answer, else a coordinator who knows."""
    pilot = edited(pilot, by)
    refuse_over(pilot)
    if not Organisation.objects.visible_to(by).standing().contains(organisation):
        raise Refused(_("Choose an organisation that the portal knows."))
    known = pilot.makers.filter(organisation=organisation).first()
    if known is not None:
        raise Refused(
            _("The organisation has declined.") if known.answer == Answer.DECLINED
            else _("The organisation is a maker already, or has been asked.")
        )  # fmt: skip
    maker = add_maker(pilot, organisation, by=by, role=role)
    pilot.save(update_fields=["updated_at"])
    return maker


def add_maker(pilot: Pilot, organisation: Organisation, *, by: User, role: str = "") -> PilotMaker:
    """One's own organisation is with it at once; another is asked."""
    _refuse_flood(pilot, by)
    is_own = may_answer_for(organisation, by)
    maker = PilotMaker.objects.create(
        pilot=pilot, organisation=organisation, asked_by=by,
        role=role or usual_role(organisation),
        answer=Answer.ACCEPTED if is_own else Answer.ASKED,
    )  # fmt: skip
    entry = audit.record(pilot, "maker asked", by=by, details={"organisation": organisation.pk})
    if is_own:
        count_sectors(pilot)
        return maker
    readers = list(contacts_of([organisation.pk])) or list(coordinators_of([pilot.home_cluster_id]))
    outbox.post_to_all(
        "pilot_asked", to=[reader for reader in readers if reader != by], key=str(entry.pk),
        about=pilot, values={"organisation": organisation.pk},
    )  # fmt: skip
    return maker


def _refuse_flood(pilot: Pilot, by: User) -> None:
    """Acts are counted, so that asking, removing and asking again counts each time."""
    since = timezone.now() - A_DAY
    lately = audit.AuditEntry.objects.filter(actor=by, action="maker asked", at__gt=since)
    if lately.count() >= FROM_PERSON:
        raise Refused(_("You have asked many organisations today. Go on tomorrow."))
    if pilot.makers.asked().count() >= MOST_WAITING:
        raise Refused(_("Many organisations have not answered yet. Wait for their answers."))


def usual_role(organisation: Organisation) -> str:
    return USUAL.get(Sector(organisation.sector), Role.TESTER)


def may_answer_for(organisation: Organisation, user: Reader) -> bool:
    """Its contacts; where it has none, a coordinator who looks after it."""
    if organisation.pk in audience(user).edits:
        return True
    has_contact = contacts_of([organisation.pk]).exists()
    return not has_contact and Organisation.objects.managed_by(user).contains(organisation)


@transaction.atomic
def answer_maker(maker: PilotMaker, *, accept: bool, by: User) -> PilotMaker:
    """A second press changes nothing."""
    pilot = locked(maker.pilot)
    maker = PilotMaker.objects.select_for_update(of=("self",)).get(pk=maker.pk)
    if not may_answer_for(maker.organisation, by):
        raise Refused(_("Only the organisation’s contact person answers for it."))
    answer = Answer.ACCEPTED if accept else Answer.DECLINED
    if maker.answer == answer:
        return maker
    if maker.answer != Answer.ASKED:
        raise Refused(_("The organisation has answered already."))
    refuse_over(pilot)
    maker.answer = answer
    maker.save(update_fields=["answer"])
    entry = audit.record(
        pilot, "maker accepted" if accept else "maker declined", by=by,
        details={"organisation": maker.organisation_id},
    )  # fmt: skip
    count_sectors(pilot)
    outbox.post_to_all(
        "pilot_answered", to=side_of(pilot, but=by), key=str(entry.pk), about=pilot,
        values={"organisation": maker.organisation.pk, "accepted": int(accept)},
    )  # fmt: skip
    return maker


@transaction.atomic
def remove_maker(maker: PilotMaker, *, by: User) -> None:
    """By the pilot's editors, or by the organisation itself, which then leaves.

    What the last one of a sector leaves is a draft again. A second press changes nothing.
    """
    pilot = locked(maker.pilot)
    leaves = may_answer_for(maker.organisation, by)
    if not (pilot.is_editable_by(by) or leaves):
        raise Refused(_("You cannot do this."))
    row = PilotMaker.objects.filter(pk=maker.pk).first()
    if row is None:
        return
    if row.answer == Answer.DECLINED:
        raise Refused(_("The organisation has declined."))
    if maker.organisation_id == pilot.organisation_id:
        raise Refused(_("The organisation that runs the pilot stays its maker."))
    refuse_over(pilot)
    details: dict[str, object] = {"organisation": maker.organisation_id}
    row.delete()
    pilot.forget_answers()
    count_sectors(pilot, goes_on=not leaves)
    entry = audit.record(pilot, "maker removed", by=by, details=details)
    outbox.post_to_all(
        "pilot_left", to=side_of(pilot, but=by), key=str(entry.pk), about=pilot,
        values={"organisation": maker.organisation.pk},
    )  # fmt: skip
    outbox.post_to_all(
        "pilot_removed", to=contacts_of([maker.organisation_id], but=by), key=str(entry.pk),
        about=maker.organisation,
    )  # fmt: skip


def refuse_over(pilot: Pilot) -> None:
    if pilot.stage in OVER:
        raise Refused(_("The pilot is over. Its makers stay as they are."))


def count_sectors(pilot: Pilot, *, goes_on: bool = True) -> None:
    """Of a locked pilot: sectors of the makers who are with it; what is published keeps two,
    unless it need not go on: then it waits as a draft."""
    makers = pilot.makers.accepted()
    pilot.sectors = sorted(set(makers.order_by().values_list("organisation__sector", flat=True)))
    if pilot.stage not in {Stage.DRAFT, Stage.STOPPED} and pilot.lacks_sectors:
        if goes_on:
            raise Refused(few_sectors(pilot))
        pilot.stage = Stage.DRAFT
        search.reindex(pilot.learnings.all())
    pilot.save(update_fields=["sectors", "stage", "updated_at"])
    search.reindex(pilot)


def few_sectors(pilot: Pilot) -> str:
    """Which sectors are with it, and which could be asked."""
    have = [str(Sector(code).label) for code in pilot.sectors]
    others = [str(label) for code, label in Sector.choices if code not in pilot.sectors]
    return _(
        "A pilot has makers of at least two sectors. Now there are: %(have)s. "
        "Ask somebody of another sector: %(others)s."
    ) % {"have": ", ".join(have) or _("nobody"), "others": ", ".join(others)}


def side_of(pilot: Pilot, *, but: User | None = None) -> list[User]:
    """The contacts of its makers, and who entered it, as long as they belong to its side."""
    makers = pilot.makers.accepted().values("organisation")
    people = {person.pk: person for person in contacts_of(makers)}
    teller = pilot.teller
    if teller and teller.is_active and Pilot.objects.editable_by(teller).contains(pilot):
        people[teller.pk] = teller
    return [person for person in people.values() if person != but]
