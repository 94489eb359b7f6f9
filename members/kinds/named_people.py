"""Mail to people recorded with a membership, and about memberships that a coordinator handles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay
from cluster_portal.notifications.sending.rendering import absolute
from members.kinds.accounts import secret
from members.models import NamedPerson
from members.models.affiliations import Role
from members.models.named_people import VALID_FOR, Stage

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cluster_portal.notifications.models import OutboxMail


def _person(mail: OutboxMail) -> NamedPerson | None:
    """As long as the invitation waits, and at the same address."""
    rows = NamedPerson.objects.filter(pk=mail.values["person"], email=mail.guest_address)
    rows = rows.filter(stage=Stage.INVITED)
    return rows.select_related("organisation", "cluster", "invited_by").first()


def named(mail: OutboxMail) -> dict[str, Any]:
    person = _person(mail)
    if person is None:
        raise NothingToSay
    return {
        **facts_of(person),
        "url": absolute(reverse("members:named_link", args=[secret(mail, "token")])),
    }


def facts_of(person: NamedPerson) -> dict[str, Any]:
    """What the letter says, and the admin's preview of it."""
    return {
        "organisation": person.organisation.title if person.organisation else "",
        "cluster": person.cluster.name,
        "role": Role(person.role).label,
        "until": "",
    }


def inviter_of(mail: OutboxMail) -> str:
    """The coordinator who invited; else the cluster's own address."""
    person = _person(mail)
    if person is None:
        return ""
    by = person.invited_by
    return by.email if by and by.is_active else person.cluster.contact_email


def of_membership(mail: OutboxMail) -> dict[str, Any]:
    membership = mail.about
    return {
        "name": str(membership.member), "cluster": membership.cluster.name,
        "since": membership.since, "until": membership.until,
    }  # fmt: skip


def for_coordinators(mail: OutboxMail) -> dict[str, Any]:
    page = reverse("admin:members_membership_change", args=[mail.about_id])
    return {**of_membership(mail), "url": absolute(page)}


def still_recorded(mail: OutboxMail) -> dict[str, Any]:
    if not mail.about.waits_for_agreement:
        raise NothingToSay
    return of_membership(mail)


def _kind(name: str, label: str | _StrPromise, **values: Any) -> Kind:
    values = {"context": of_membership, "can_unsubscribe": False, **values}
    return Kind(name, label=label, group=KindGroup.MEMBERSHIP, **values)


def _letter(name: str, label: str | _StrPromise) -> Kind:
    return _kind(
        name, label, context=named, reply_to=inviter_of, in_inbox=False, lifetime=VALID_FOR
    )


KINDS = (
    _letter("named_invitation", _("Invitation to those named with a membership")),
    _letter("named_reminder", _("Reminder of an invitation")),
    _kind(
        "membership_recorded",
        _("Your organisation is recorded as a member"),
        context=still_recorded,
    ),
    _kind(
        "membership_recorded_elsewhere",
        _("Another cluster has recorded a member of yours"),
        context=still_recorded,
    ),
    _kind(
        "membership_denied",
        _("An organisation says that it is no member"),
        context=for_coordinators,
    ),
    _kind("membership_renewed", _("Your membership goes on")),
    _kind("membership_ends", _("Your membership is about to end")),
    _kind("decision_taken_back", _("The decision on your application was taken back")),
)
