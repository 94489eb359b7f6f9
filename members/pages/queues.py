"""What waits in memberships and organisations on the coordinators' today page."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, Min, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.content import Queue, QueueState, Waits
from members.models import (
    Affiliation,
    Coordinator,
    Membership,
    NamedPerson,
    Nomination,
    Organisation,
)
from members.models.affiliations import Role
from members.models.doubles import likely_pairs
from members.models.gaps import Gap, with_gap
from members.models.memberships import COORDINATORS_TURN, Stage
from members.pages.letters import REMINDED, lacking_key
from members.services.invitations import LIFETIME

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader
    from members.models.organisations import OrganisationQuerySet

ENDING_WITHIN = datetime.timedelta(days=60)
APPLICATION_DAYS, COLLEAGUE_DAYS, AGREEMENT_DAYS = 14, 7, 30


def applications(user: Reader) -> QueueState:
    rows = Membership.objects.decidable_by(user).filter(stage__in=COORDINATORS_TURN)
    return _waiting(rows, "submitted_at", _("Membership applications"), "waiting=yes")


def colleagues(user: Reader) -> QueueState:
    label = _("Colleagues to confirm where there is no contact person")
    rows = Affiliation.objects.unanswered_for(user)
    return _waiting(rows, "created_at", label, "waiting=yes")


def namings(user: Reader) -> QueueState:
    rows = Nomination.objects.confirmable_by(user)
    return _waiting(rows, "named_at", _("Coordinators to confirm"), "stage__exact=proposed")


def _waiting(
    rows: QuerySet[Any], moment: str, label: str | _StrPromise, narrowed: str
) -> QueueState:
    """Cases that are opened in the admin, the oldest by `moment` first."""
    first = rows.order_by(moment, "pk").values("pk", moment).first()
    page = f"admin:members_{rows.model._meta.model_name}"
    return QueueState(
        label=label,
        count=rows.count() if first else 0,
        oldest=first[moment] if first else None,
        url=f"{reverse(f'{page}_changelist')}?{narrowed}",
        first=reverse(f"{page}_change", args=[first["pk"]]) if first else "",
    )


def doubles(user: Reader) -> QueueState:
    pairs = likely_pairs(user)
    first = reverse("admin:members_double", args=pairs[0]) if pairs else ""
    url = reverse("admin:members_doubles")
    return QueueState(_("Organisations that may be there twice"), len(pairs), None, url, first)


def awaited_agreements(user: Reader) -> QueueState:
    rows = Membership.objects.in_scope_of(user).filter(stage=Stage.ACCEPTED).order_by()
    found = rows.aggregate(count=Count("pk"), oldest=Min("decided_at"))
    url = f"{reverse('admin:members_membership_changelist')}?stage__exact=accepted"
    return QueueState(_("Accepted members whose agreement is awaited"), url=url, **found)


def recorded_elsewhere(user: Reader) -> QueueState:
    rows = Membership.objects.to_agree_by(user).order_by("created_at", "pk")
    first = rows.first()
    label = _("Members of yours that another cluster has recorded")
    if first is None:
        return QueueState(label, 0, None, reverse("admin:members_membership_changelist"))
    url = first.get_absolute_url()
    return QueueState(label, rows.count(), first.created_at, url, url)


def ending_coordinations(user: Reader) -> QueueState:
    today = timezone.localdate()
    soon = Coordinator.objects.in_scope_of(user).current()
    count = soon.filter(until__lte=today + ENDING_WITHIN).count()
    url = reverse("admin:members_coordinator_changelist")
    return QueueState(_("Coordinators whose term ends within two months"), count, None, url)


def gap(user: Reader, *, of: Gap) -> QueueState:
    url = f"{reverse('admin:members_organisation_changelist')}?lacks={of.value}"
    letter = f"{reverse('admin:notifications_letter_add')}?reminder={lacking_key(of)}"
    remind = letter if of in REMINDED else ""
    first = _first_to_invite(user) if of == Gap.CONTACT else ""
    return QueueState(
        of.label, in_question(user, of).count(), None, url, first=first, remind=remind
    )


def in_question(user: Reader, of: Gap) -> OrganisationQuerySet:
    """The members that somebody should look at because of a gap, counted and listed alike."""
    return to_invite(user) if of == Gap.CONTACT else with_gap(user, of)


def to_invite(user: Reader) -> OrganisationQuerySet:
    """Members without a contact person, less those for which somebody has just been invited.

    Invited as one named with the membership, or by an address of a coordinator.
    """
    lately = AuditEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Organisation), object_id=OuterRef("pk"),
        action="colleague invited", at__gte=timezone.now() - LIFETIME,
    )  # fmt: skip
    named = NamedPerson.objects.awaited().filter(organisation=OuterRef("pk"), role=Role.CONTACT)
    rows = with_gap(user, Gap.CONTACT).filter(~Exists(lately), ~Exists(named))
    return rows.order_by("sort_name", "pk")


def _first_to_invite(user: Reader) -> str:
    first = to_invite(user).values_list("pk", flat=True).first()
    return reverse("admin:members_contact_invite", args=[first]) if first else ""


QUEUES = (
    Queue("applications", applications, days=APPLICATION_DAYS, order=10),
    Queue("colleagues", colleagues, days=COLLEAGUE_DAYS, order=11),
    Queue("namings", namings, days=COLLEAGUE_DAYS, order=12),
    Queue("doubles", doubles, order=13),
    Queue("agreements", awaited_agreements, days=AGREEMENT_DAYS, waits=Waits.OPEN, order=14),
    Queue("recorded-elsewhere", recorded_elsewhere, days=APPLICATION_DAYS, order=14),
    Queue("coordinations-ending", ending_coordinations, waits=Waits.OPEN, order=15),
    *(
        Queue(f"lacks-{each.value}", partial(gap, of=each), waits=Waits.QUALITY, order=16)
        for each in Gap
    ),
)
