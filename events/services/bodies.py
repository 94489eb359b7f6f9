"""Making a body, changing it, and who sits in it from when to when."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from cluster_portal.core.text.addresses import normal_address
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.notifications import outbox
from events.models import Body, BodyMember, Decision
from events.models.bodies import Role
from events.services.meeting_notices import invite_missing, leaders_of, lock_called, tell_seat
from projects.services import entries

if TYPE_CHECKING:
    from members.models import Cluster, User

MOST_SEATS = 200
RESERVED = frozenset({"propose"})


def may_make(user: Reader) -> bool:
    known = audience(user)
    return known.is_admin or bool(known.coordinates)


@transaction.atomic
def make_body(values: dict[str, Any], *, by: User) -> Body:
    """The same form makes one body."""
    cluster: Cluster = values["home_cluster"]
    known = entries.sent_before(Body, values["form_key"], by)
    if known is not None:
        return known
    if not audience(by).is_admin and cluster.pk not in audience(by).coordinates:
        raise Refused(_("You cannot do this."))
    regions = values.pop("regions")
    body = Body(**values, teller=by)
    entries.insert(body, body.title_fi, empty="toimielin", reserved=RESERVED)
    body.regions.set(regions)
    search.reindex(body)
    audit.record(body, "body made", by=by)
    return body


def lock(body: Body, by: User) -> Body:
    """Fresh and locked; refused for who does not look after the body."""
    body = Body.objects.select_for_update(of=("self",), no_key=True).get(pk=body.pk)
    if not body.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    return body


@transaction.atomic
def edit_body(body: Body, values: dict[str, Any], *, by: User, seen: str) -> Body:
    body = lock(body, by)
    entries.refuse_late(body, seen)
    regions = values.pop("regions")
    before = {name: getattr(body, name) for name in ("visibility", "papers_by")}
    changed = entries.assign(body, values)
    body.save()
    if entries.relink(body, "regions", regions):
        changed.append("regions")
    search.reindex(body)
    if {"visibility", "papers_by"} & set(changed):
        decisions = Decision.objects.filter(meeting__body=body)
        search.reindex(decisions.select_related("meeting__body", "item"))
    seen_by = audit.change(**{name: (was, getattr(body, name)) for name, was in before.items()})
    audit.record(body, "body edited", by=by, details={"changed": changed, **seen_by})
    return body


def account_of(address: str) -> User | None:
    """The account whose verified address it is."""
    rows = EmailAddress.objects.filter(email__iexact=normal_address(address), verified=True)
    found = rows.filter(user__is_active=True).select_related("user").first()
    return found.user if found else None


@transaction.atomic
def add_member(body: Body, values: dict[str, Any], *, by: User) -> BodyMember:
    """By the verified address of an account, else as a name with an address; they are told."""
    body = lock(body, by)
    known = made_by(BodyMember, values["form_key"], body=body)
    if known is not None:
        return known
    if body.seats.count() >= MOST_SEATS:
        raise Refused(_("A body has at most %(count)s seats.") % {"count": MOST_SEATS})
    user = account_of(values["email"])
    seat = BodyMember(**values, body=body, user=user)
    if user is not None:
        seat.name = seat.email = ""
    _refuse_double(seat)
    seat.save()
    entry = audit.record(seat, "body member added", by=by, details={"role": seat.role})
    if user is not None and user != by:
        outbox.post("body_member_added", to=user, key=str(entry.pk), about=body,
                    values={"role": seat.role})  # fmt: skip
    if user is None and seat.email:
        tell_seat("seat_invited", seat, entry.pk, seat)
    _invite(body, entry.pk)
    return seat


def _invite(body: Body, key: int) -> None:
    """To meetings that were called before somebody got their seat."""
    for meeting in lock_called(body):
        invite_missing(meeting, key)


def _refuse_double(seat: BodyMember) -> None:
    """One seat at a time for each person, one chair and one secretary at a time."""
    others = BodyMember.objects.filter(body=seat.body).exclude(pk=seat.pk)
    others = others.current(seat.since)
    if seat.user is not None:
        mine = others.filter(user=seat.user)
    else:
        mine = others.filter(user=None, email__iexact=seat.email, name__iexact=seat.name)
    if mine.exists():
        raise Refused(_("This person sits in the body already. End that term first."))
    if seat.role == Role.CHAIR and others.filter(role=Role.CHAIR).exists():
        raise Refused(_("The body has a chair already. End that term first."))


@transaction.atomic
def edit_member(
    seat: BodyMember, values: dict[str, Any], *, by: User, seen: str = ""
) -> BodyMember:
    """The person stays; another person is another seat."""
    body = lock(seat.body, by)
    seat = BodyMember.objects.select_for_update(of=("self",), no_key=True).get(pk=seat.pk)
    entries.refuse_changed(seat, values, seen)
    changed = entries.assign(seat, values)
    _refuse_double(seat)
    seat.save()
    entry = audit.record(seat, "body member edited", by=by, details={"changed": changed})
    _invite(body, entry.pk)
    return seat


@transaction.atomic
def end_term(seat: BodyMember, *, on: datetime.date | None, by: User) -> BodyMember:
    """Without a day the term has ended yesterday: rights end at the next request."""
    lock(seat.body, by)
    seat = BodyMember.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    seat.until = max(on or yesterday, seat.since)
    if seat.until >= timezone.localdate() and on is None:
        audit.record(seat, "body member removed", by=by)
        seat.delete()  # it began today: nothing was done in it
        return seat
    seat.save(update_fields=["until"])
    audit.record(seat, "body term ended", by=by, details={"until": seat.until.isoformat()})
    return seat


@transaction.atomic
def invite_again(seat: BodyMember, *, by: User) -> None:
    """The letter with the link once more, at most once a day."""
    lock(seat.body, by)
    seat = BodyMember.objects.select_related("user", "body").get(pk=seat.pk)
    if seat.user_id is not None or not seat.email or seat.has_ended:
        raise Refused(_("This seat needs no invitation."))
    audit.record(seat, "seat invited", by=by)
    tell_seat("seat_invited", seat, f"{seat.pk}:{timezone.localdate()}", seat)


@transaction.atomic
def claim_seat(seat: BodyMember, *, by: User, by_link: bool = False) -> BodyMember:
    """The seat becomes the account's: by the letter's link, or by an address that it confirmed.
    Chair and secretary are told, since a link may have gone on to another."""
    body = Body.objects.select_for_update(of=("self",), no_key=True).get(pk=seat.body_id)
    found = BodyMember.objects.select_for_update(of=("self",)).filter(pk=seat.pk, user=None)
    mine = found if by_link else found.claimable_by(by)
    row = mine.first()
    if row is None or row.has_ended:
        raise Refused(_("This seat can no longer be linked to your account."))
    row.user, row.name, row.email = by, "", ""
    _refuse_double(row)
    row.save(update_fields=["user", "name", "email"])
    row.body = body
    entry = audit.record(row, "seat linked", by=by, details={"by link": by_link})
    for leader in leaders_of(body, but=by):
        tell_seat("seat_linked", leader, entry.pk, row)
    return row
