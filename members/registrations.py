"""What the members app gives to the registries of the lower floors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import registries
from cluster_portal.core.registries import (
    Chore,
    DemoLoader,
    DeskCard,
    Destination,
    FrontSection,
    PersonalData,
    Queue,
    QueueState,
    SearchKind,
)
from cluster_portal.core.visibility import audience
from members import demo, pictures
from members.models import Affiliation, Membership, Organisation
from members.models.affiliations import Stage as AffiliationStage
from members.models.memberships import BINDING, Stage
from members.services import applications, coordinators

if TYPE_CHECKING:
    from members.models import User


def my_applications(user: User) -> list[Membership]:
    """Her applications that are not over; what waits for her comes first."""
    stages = [Stage.DRAFT, *BINDING - {Stage.ACTIVE}]
    rows = Membership.objects.filter(applicant=user, stage__in=stages)
    rows = rows.select_related("cluster", "organisation", "person").order_by("-updated_at")
    return sorted(rows, key=lambda row: row.stage != Stage.MORE_INFORMATION)


def applications_to_handle(user: User) -> list[Membership]:
    coordinated = audience(user).coordinates
    if not coordinated:
        return []
    waiting = [Stage.SUBMITTED, Stage.IN_REVIEW]
    rows = Membership.objects.filter(cluster__in=coordinated, stage__in=waiting)
    return list(rows.select_related("cluster", "organisation", "person")[:10])


def colleagues_to_confirm(user: User) -> list[Affiliation]:
    edited = audience(user).edits
    if not edited:
        return []
    rows = Affiliation.objects.filter(organisation__in=edited, stage=AffiliationStage.REQUESTED)
    return list(rows.select_related("user", "organisation"))


def my_organisations(user: User) -> list[Affiliation]:
    rows = Affiliation.objects.confirmed().filter(user=user).select_related("organisation")
    return list(rows.order_by("organisation__sort_name"))


def application_queue(user: Any) -> QueueState:
    rows = Membership.objects.in_scope_of(user)
    rows = rows.filter(stage__in=[Stage.SUBMITTED, Stage.IN_REVIEW])
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
    affiliations = user.affiliations.select_related("organisation")
    return rows + [
        {
            "kind": "affiliation", "organisation": row.organisation.name, "role": row.role,
            "state": row.stage, "since": row.since.isoformat(),
            "until": row.until.isoformat() if row.until else None,
        }
        for row in affiliations
    ]  # fmt: skip


def register() -> None:
    registries.navigation.register(Destination("members", 30, _("Members"), "members:list"))
    _register_desk()
    registries.queues.register(Queue("applications", 10, application_queue))
    registries.search_kinds.register(
        SearchKind("members", 50, _("Members"), Organisation.objects.visible_to, "members:list")
    )
    registries.front_sections.register(
        FrontSection("members", 60, pictures.front_section, "members/_front_section.html")
    )
    registries.personal_data.register(
        PersonalData("members", 10, _("Account and memberships"), my_data)
    )
    registries.chores.register(Chore("memberships", 10, applications.close_expired))
    registries.chores.register(Chore("coordinators", 11, coordinators.follow_terms))
    registries.demo_loaders.register(DemoLoader("members", 10, demo.load))


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
            "my-applications", 30, _("My membership applications"), my_applications,
            "members/_desk_applications.html", urgent=True,
        ),
        DeskCard(
            "my-organisation", 70, _("My organisation"), my_organisations,
            "members/_desk_organisations.html",
        ),
    ):  # fmt: skip
        registries.desk_cards.register(card)
