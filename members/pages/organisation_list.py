"""The member directory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from cluster_portal.core.database.columns import texts
from cluster_portal.core.lists import ListPage, Order
from members.filters import OrganisationFilters
from members.models import CurrentMember, Organisation
from members.pages import pictures

if TYPE_CHECKING:
    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader


def _rows(user: Reader) -> QuerySet[Any]:
    """Each with `cluster_names`, the clusters that it is a member of today."""
    memberships = CurrentMember.objects.filter(organisation=OuterRef("pk"))
    names = texts(memberships.order_by("cluster__name_fi"), "cluster__name")
    visible = Organisation.objects.visible_to(user).select_related("region")
    return visible.annotate(cluster_names=names)


def _alphabetically() -> tuple[Any, ...]:
    """Members first, then the others, last those that have ended."""
    member = CurrentMember.objects.filter(organisation=OuterRef("pk"))
    has_ended = When(valid_until__lt=timezone.localdate(), then=Value(2))
    standing = Case(has_ended, When(Exists(member), then=Value(0)), default=Value(1))
    return standing, "sort_name", "pk"


def _count_text(found: Found) -> dict[str, Any]:
    """How many are listed, and how many of these are members, where not all are."""
    members = pictures.count_members(found.filters.qs)
    if members in {0, found.filters.count}:
        return {}
    both = ngettext(
        "%(organisations)s, %(members)d of them a member",
        "%(organisations)s, %(members)d of them members",
        members,
    )
    return {"count_text": both % {"organisations": found.count_text, "members": members}}


def _network(found: Found) -> dict[str, Any]:
    """Who the network consists of: the members by sector and by cluster."""
    counts, clusters = pictures.sizes(found.visible)
    total = sum(counts.values())
    words = ngettext(
        "%(count)d member organisation from five sectors. See who is good at what.",
        "%(count)d member organisations from five sectors. See who is good at what.",
        total,
    )
    return {
        "lead": words % {"count": total},
        "balance": pictures.sector_balance(counts, key="balance"),
        "missing": pictures.missing_sectors(counts),
        "stats": clusters,
        "current": "members",
    }


ORGANISATIONS = ListPage(
    "members",
    _("Members"),
    "members:list",
    rows=_rows,
    filters=OrganisationFilters,
    counted=ngettext_lazy("%(count)d organisation", "%(count)d organisations", "count"),
    page="members/organisation_list.html",
    results="members/_organisation_results.html",
    orders=(
        Order("name", _("Alphabetically"), _alphabetically),
        Order("newest", _("Newest first"), lambda: ("-created_at", "-pk")),
    ),
    values=_count_text,
    around=_network,
    per_page=24,
)
