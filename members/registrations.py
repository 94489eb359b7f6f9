"""What the members app gives to the registries of the lower floors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import registries
from cluster_portal.core.registries import (
    Chore,
    DemoLoader,
    DeskCard,
    Destination,
    Erasure,
    FrontSection,
    PersonalData,
    Queue,
    QueueState,
    SearchKind,
)
from cluster_portal.core.visibility import audience, once
from cluster_portal.notifications.saved_searches import ListKind, lists
from members import demo, pictures
from members.filters import ORGANISATIONS
from members.models import Affiliation, ContactMessage, Membership, Organisation
from members.models.affiliations import Stage as AffiliationStage
from members.models.memberships import BINDING, COORDINATORS_TURN, Stage, applies, waits_for
from members.services import (
    applications,
    contacts,
    coordinators,
    erasure,
    leaving,
    retention,
    sign_in_limits,
)

if TYPE_CHECKING:
    from members.models import User

ON_DESK = 10


def _memberships(user: User) -> list[Membership]:
    """Her applications that are not over and those she handles, read once for both cards."""
    stages = [Stage.DRAFT, *BINDING - {Stage.ACTIVE}]
    known = audience(user)
    waiting = Membership.objects.filter(cluster__in=known.coordinates, stage__in=COORDINATORS_TURN)
    first = Q(pk__in=waiting.values("pk")[:ON_DESK])
    own = Q(applicant=user) | Q(organisation__in=known.edits)
    rows = Membership.objects.filter(own & Q(stage__in=stages) | first)
    rows = rows.select_related("cluster", "organisation", "person")
    return once(user, "_memberships_on_desk", lambda: list(rows))


def my_applications(user: User) -> list[Membership]:
    """Those of her side that are not over and wait for somebody else."""
    return [row for row in _of_her_side(user) if not waits_for(row, user)]


def applications_to_finish(user: User) -> list[Membership]:
    """Those of her side in which it is her turn."""
    return [row for row in _of_her_side(user) if waits_for(row, user)]


def _of_her_side(user: User) -> list[Membership]:
    mine = [row for row in _memberships(user) if applies(row, user)]
    return sorted(mine, key=lambda row: row.updated_at, reverse=True)


def applications_to_handle(user: User) -> list[Membership]:
    rows = [row for row in _memberships(user) if row.stage in COORDINATORS_TURN]
    return [row for row in rows if waits_for(row, user)][:ON_DESK]


def _affiliations(user: User) -> list[Affiliation]:
    """Her own and those that wait for her, read once for both cards."""
    own = Q(user=user, stage=AffiliationStage.CONFIRMED)
    asked = Affiliation.objects.waiting_for(user)
    rows = Affiliation.objects.filter(own | Q(pk__in=asked.values("pk"))).select_related(
        "user", "organisation"
    )
    rows = rows.order_by("organisation__sort_name", "role", "pk")
    return once(user, "_affiliations_on_desk", lambda: list(rows))


def colleagues_to_confirm(user: User) -> list[Affiliation]:
    return [row for row in _affiliations(user) if row.stage == AffiliationStage.REQUESTED]


def my_organisations(user: User) -> list[Affiliation]:
    return [row for row in _affiliations(user) if row.stage == AffiliationStage.CONFIRMED]


def application_queue(user: Any) -> QueueState:
    rows = Membership.objects.in_scope_of(user)
    rows = rows.filter(stage__in=COORDINATORS_TURN)
    first = rows.order_by("submitted_at").first()
    return QueueState(
        label=_("Membership applications"),
        count=rows.count(),
        oldest=first.submitted_at if first else None,
        url=f"{reverse('admin:members_membership_changelist')}?waiting=yes",
    )


def my_data(user: User) -> list[dict[str, Any]]:
    memberships = Membership.objects.filter(applicant=user) | Membership.objects.filter(person=user)
    rows: list[dict[str, Any]] = [{
        "kind": "account", "email": user.email, "first_name": user.first_name,
        "last_name": user.last_name, "title": user.title, "language": user.language,
        "joined": user.date_joined.isoformat(),
    }]  # fmt: skip
    rows += [
        {
            "kind": "membership", "cluster": row.cluster.name_fi, "state": row.stage,
            "organisation": str(row.organisation or ""), "motive": row.motive,
            "expectations": row.expectations, "question": row.question, "answer": row.answer,
            "decision_reason": row.decision_reason,
            "submitted": row.submitted_at.isoformat() if row.submitted_at else None,
        }
        for row in memberships.distinct().select_related("cluster", "organisation")
    ]  # fmt: skip
    posts = user.coordinatorships.select_related("cluster")
    rows += [
        {
            "kind": "coordinator", "cluster": row.cluster.name_fi, "since": row.since,
            "until": row.until,
        }
        for row in posts
    ]  # fmt: skip
    brought = Organisation.objects.filter(brought_by=user).order_by("pk")
    rows += [{"kind": "organisation brought", "organisation": row.name} for row in brought]
    written = ContactMessage.objects.filter(sender=user).order_by("pk")
    rows += [{"kind": "message", "text": row.message, "at": row.created_at} for row in written]
    affiliations = user.affiliations.select_related("organisation")
    return rows + [
        {
            "kind": "affiliation", "organisation": row.organisation.name, "role": row.role,
            "state": row.stage, "since": row.since.isoformat(),
            "until": row.until.isoformat() if row.until else None,
        }
        for row in affiliations
    ]  # fmt: skip


def sign_in_data(user: User) -> list[dict[str, Any]]:
    """Her addresses, second factors and open sign-ins; never a secret of them."""
    addresses = EmailAddress.objects.filter(user=user).order_by("pk")
    factors = Authenticator.objects.filter(user=user).order_by("pk")
    sessions = UserSession.objects.filter(user=user).order_by("pk")
    rows: list[dict[str, Any]] = [
        {"kind": "address", "address": row.email, "verified": row.verified} for row in addresses
    ]
    rows += [
        {"kind": "second factor", "type": row.get_type_display(), "added": row.created_at}
        for row in factors
    ]
    return rows + [
        {
            "kind": "session", "ip": row.ip, "browser": row.user_agent,
            "since": row.created_at, "seen": row.last_seen_at,
        }
        for row in sessions
    ]  # fmt: skip


def register() -> None:
    registries.navigation.register(Destination("members", 30, _("Members"), "members:list"))
    _register_desk()
    _register_saved_searches()
    registries.queues.register(Queue("applications", 10, application_queue))
    registries.search_kinds.register(
        SearchKind("members", 50, _("Members"), Organisation.objects.visible_to)
    )
    registries.front_sections.register(
        FrontSection("members", 60, pictures.front_section, "members/_front_section.html")
    )
    registries.personal_data.register(
        PersonalData("members", 10, _("Account and memberships"), my_data)
    )
    registries.personal_data.register(
        PersonalData("sign-in", 11, _("Addresses and sign-ins"), sign_in_data)
    )
    label = _("Account and memberships")
    registries.erasures.register(
        Erasure("members", 90, label, leaving.blockers, leaving.effects, leaving.erase,
                leaving.forget)
    )  # fmt: skip
    registries.chores.register(Chore("erased-farewells", 12, erasure.drop_farewells))
    registries.chores.register(Chore("memberships", 10, applications.close_expired))
    registries.chores.register(Chore("coordinators", 11, coordinators.follow_terms))
    registries.chores.register(Chore("old-applications", 13, retention.forget_applications))
    registries.chores.register(Chore("unused-accounts-warned", 14, retention.warn_unused))
    registries.chores.register(Chore("unused-accounts", 15, retention.erase_unused))
    registries.chores.register(Chore("failed-sign-ins", 16, sign_in_limits.forget))
    registries.chores.register(Chore("contact-messages", 17, contacts.forget_messages))
    registries.demo_loaders.register(DemoLoader("members", 10, demo.load))


def _register_saved_searches() -> None:
    rows = Organisation.objects.visible_to
    lists.register(ListKind("members", 30, _("Members"), "members:list", rows, ORGANISATIONS))


def _register_desk() -> None:
    for card in (
        DeskCard(
            "applications-to-handle", 10, _("Membership applications to handle"),
            applications_to_handle, "members/_desk_queue.html", urgent=True,
        ),
        DeskCard(
            "colleagues-to-confirm", 20, _("Colleagues to confirm"), colleagues_to_confirm,
            "members/_desk_colleagues.html", urgent=True,
        ),
        DeskCard(
            "applications-to-finish", 25, _("Membership applications to finish"),
            applications_to_finish, "members/_desk_applications.html", urgent=True,
        ),
        DeskCard(
            "my-applications", 30, _("My membership applications"), my_applications,
            "members/_desk_applications.html",
        ),
        DeskCard(
            "my-organisation", 70, _("My organisation"), my_organisations,
            "members/_desk_organisations.html",
        ),
    ):  # fmt: skip
        registries.desk_cards.register(card)
