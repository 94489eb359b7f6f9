"""The members app's kinds of mail, and what each needs at the moment it is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay, register
from cluster_portal.notifications.sending.rendering import absolute
from members.kinds import accounts, capabilities, coordination, named_people, profiles, welcome
from members.models import ContactMessage
from members.models.affiliations import Role, Stage
from members.models.contact_messages import Stage as ContactStage
from members.models.memberships import PENDING
from members.models.memberships import Stage as MembershipStage
from members.services import contacts

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cluster_portal.notifications.models import OutboxMail
    from members.models import Affiliation

DECIDED = frozenset(MembershipStage) - PENDING


def of_application(mail: OutboxMail) -> dict[str, Any]:
    membership = mail.about
    return {"name": str(membership.member), "cluster": membership.cluster.name}


def for_coordinators(mail: OutboxMail) -> dict[str, Any]:
    page = reverse("admin:members_membership_change", args=[mail.about_id])
    return {**of_application(mail), "url": absolute(page)}


def taken_back(mail: OutboxMail) -> dict[str, Any]:
    return {**for_coordinators(mail), "denied": bool(mail.values.get("denied"))}


def still_waiting(mail: OutboxMail) -> dict[str, Any]:
    """A queue notice has lost its point once somebody has decided."""
    if mail.about.stage in DECIDED:
        raise NothingToSay
    return for_coordinators(mail)


def of_affiliation(mail: OutboxMail) -> dict[str, Any]:
    affiliation: Affiliation = mail.about
    return {"name": affiliation.organisation.title, "person": str(affiliation.user)}


def merged(mail: OutboxMail) -> dict[str, Any]:
    return {"kept": mail.about.title, "gone": mail.values["gone"]}


def affiliation_to_confirm(mail: OutboxMail) -> dict[str, Any]:
    if mail.about.stage != Stage.REQUESTED:
        raise NothingToSay
    return {**of_people(mail), "role": mail.about.get_role_display().lower()}


def invitation(mail: OutboxMail) -> dict[str, Any]:
    values = mail.values
    token = accounts.secret(mail, "token")
    return {
        "name": values["organisation"],
        "inviter": values["inviter"],
        "role": Role(values["role"]).label,
        "url": absolute(reverse("members:invitation", args=[token])),
    }


def of_cluster(mail: OutboxMail) -> dict[str, Any]:
    return {"cluster": mail.about.name, "url": absolute(reverse("admin:index"))}


def of_contact(mail: OutboxMail) -> dict[str, Any]:
    return {"name": getattr(mail.about, "title", "") or str(mail.about), **mail.values}


def sender_of(mail: OutboxMail) -> str:
    return str(mail.values["sender_email"])


def of_own_message(mail: OutboxMail) -> dict[str, Any]:
    row = ContactMessage.objects.filter(pk=mail.values["message"], stage=ContactStage.REQUESTED)
    message = row.first()
    if message is None:
        raise NothingToSay
    token = contacts.token_of(message)
    return {"url": absolute(reverse("members:contact_confirm", args=[token]))}


def application_in_name(mail: OutboxMail) -> dict[str, Any]:
    """Contacts can open the application itself; coordinators, where there is none, cannot."""
    path = mail.values["path"] or mail.about.get_absolute_url()
    return {"name": mail.about.title, **mail.values, "url": absolute(str(path))}


def contact_removed(mail: OutboxMail) -> dict[str, Any]:
    page = reverse("members:removal", args=[mail.about.public_id])
    return {**_removal(mail), "url": absolute(page)}


def contact_contested(mail: OutboxMail) -> dict[str, Any]:
    people = reverse("members:people", args=[mail.about.organisation.slug])
    return {**_removal(mail), "url": absolute(people)}


def _removal(mail: OutboxMail) -> dict[str, Any]:
    """Nothing to say any more once it is undone, agreed to or older than seven days."""
    if not mail.about.is_contested:
        raise NothingToSay
    return {**of_affiliation(mail), "by": mail.values["by"], "until": mail.about.rests_until}


def of_people(mail: OutboxMail) -> dict[str, Any]:
    people = reverse("members:people", args=[mail.about.organisation.slug])
    return {**of_affiliation(mail), "url": absolute(people)}


def _membership(name: str, label: str | _StrPromise, **values: Any) -> Kind:
    values = {"context": of_application, "can_unsubscribe": False, **values}
    return Kind(name, label=label, group=KindGroup.MEMBERSHIP, **values)


def _role_kinds() -> list[Kind]:
    """Who speaks for an organisation."""
    return [
        _membership(
            "application_in_name",
            _("Somebody applies in your organisation’s name"),
            context=application_in_name,
        ),
        _membership(
            "contact_removed",
            _("Your role as contact person was removed"),
            context=contact_removed,
        ),
        _membership(
            "contact_contested", _("A contact person was removed"), context=contact_contested
        ),
        _membership("contact_restored", _("A contact person has the role back"), context=of_people),
    ]


def register_kinds() -> None:
    for kind in (
        _membership("application_submitted", _("Your application has arrived")),
        _membership(
            "application_received", _("A new application"), context=still_waiting,
            can_unsubscribe=True,
        ),
        _membership("more_information_asked", _("More information is asked")),
        _membership(
            "information_given", _("An applicant has answered"), context=still_waiting,
            can_unsubscribe=True,
        ),
        _membership("application_approved", _("Your application is approved")),
        _membership("application_rejected", _("Your application is rejected")),
        _membership("application_withdrawn", _("You withdrew your application")),
        _membership(
            "application_taken_back", _("An applicant withdrew"), context=taken_back,
            can_unsubscribe=True,
        ),
        _membership("membership_started", _("Your membership starts")),
        _membership("membership_ended", _("Your membership has ended")),
        _membership(
            "affiliation_requested", _("A colleague asks to be confirmed"),
            context=affiliation_to_confirm, can_unsubscribe=True,
        ),
        _membership("organisations_merged", _("Two organisations became one"), context=merged),
        *_role_kinds(),
        _membership("affiliation_confirmed", _("You are confirmed"), context=of_affiliation),
        _membership("affiliation_declined", _("You were not confirmed"), context=of_affiliation),
        _membership(
            "organisation_invitation", _("Invitation to an organisation"), context=invitation,
            in_inbox=False, lifetime=timedelta(days=10),
        ),
        _membership("coordinator_granted", _("You coordinate a cluster"), context=of_cluster),
        *_contact_kinds(),
        *accounts.KINDS, *capabilities.KINDS, *coordination.KINDS, *named_people.KINDS,
        *profiles.KINDS,
        *welcome.KINDS,
    ):  # fmt: skip
        register(kind)


def _contact_kinds() -> tuple[Kind, Kind]:
    return (
        _membership(
            "contact_request", _("Somebody wants to be in touch"), context=of_contact,
            reply_to=sender_of,
        ),
        _membership(
            "contact_confirm", _("Confirm your message"), context=of_own_message, in_inbox=False,
            lifetime=contacts.CONFIRMED_WITHIN,
        ),
    )  # fmt: skip
