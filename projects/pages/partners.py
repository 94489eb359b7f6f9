"""Partner search: ideas with open roles, members that look for a partner, and what fits whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core.database.columns import texts
from cluster_portal.core.lists import ListPage, Order
from cluster_portal.core.visibility import audience
from members.models import Need, Organisation
from members.models.needs import Kind
from projects.filters import PartnerFilters
from projects.models import Project, WantedRole
from projects.pages import role_suggestions

if TYPE_CHECKING:
    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader

NEEDS = 5


def listed(user: Reader) -> Any:
    """Ideas with an open role, each with the names of these."""
    roles = WantedRole.objects.open().filter(project=OuterRef("pk"))
    owner = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
    return (
        Project.objects.visible_to(user)
        .filter(Exists(roles))
        .annotate(
            role_names=texts(roles.order_by("position", "pk"), "name"), owner_seen=Exists(owner)
        )
        .select_related("organisation", "call", "home_cluster")
        .defer("search")
    )


def row(idea: Any) -> dict[str, Any]:
    owner = idea.organisation.title if idea.organisation and idea.owner_seen else ""
    return {
        "url": idea.get_absolute_url(),
        "title": idea.title,
        "kind": " · ".join(filter(None, [_("Idea"), owner or idea.home_cluster.name])),
        "text": idea.summary,
        "roles": idea.role_names,
        "until": date_format(idea.roles_by) if idea.roles_by else "",
    }


def _around(found: Found) -> dict[str, Any]:
    if found.is_searched:
        return {}
    user = found.user
    return {
        "fitting_roles": role_suggestions.fitting_roles(user),
        "needs": _needs(user),
        "needs_url": f"{reverse('members:needs')}?kind={Kind.PARTNER.value}",
        "is_member": audience(user).is_member,
    }


def _needs(user: Reader) -> list[dict[str, Any]]:
    """Members that have told that they need a partner, the newest first."""
    rows = Need.objects.visible_to(user).open().filter(kind=Kind.PARTNER)
    found = rows.select_related("organisation").order_by("-published_at", "-pk")[:NEEDS]
    return [
        {
            "url": need.get_absolute_url(), "title": need.title, "text": need.purpose,
            "kind": need.named_owner.title if need.named_owner else "",
        }
        for need in found
    ]  # fmt: skip


def _soonest() -> tuple[Any, ...]:
    return (F("roles_by").asc(nulls_last=True), "-pk")


PARTNERS = ListPage(
    "partners",
    gettext_lazy("Partner search"),
    "projects:partners",
    rows=listed,
    filters=PartnerFilters,
    orders=(
        Order("soonest", gettext_lazy("Roles filled soonest"), _soonest),
        Order("newest", gettext_lazy("Newest first"), lambda: ("-published_at", "-pk")),
    ),
    counted=ngettext_lazy(
        "%(count)s idea looks for partners", "%(count)s ideas look for partners", "count"
    ),
    page="projects/partner_list.html",
    results="projects/_partner_results.html",
    row=row,
    around=_around,
    above=((gettext_lazy("Projects"), "projects:list"),),
)
