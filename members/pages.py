"""What the public pages of members show, gathered for their templates."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, OuterRef, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.core.search import is_searched, suggest
from cluster_portal.core.visibility import audience
from members import pictures
from members.columns import texts
from members.models import Cluster, Coordinator, CurrentMember, Organisation
from members.receivers import coordinators_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.facets import Faceted
    from cluster_portal.core.visibility import Reader

NEWEST = "newest"


def count_text(count: int, members: int) -> str:
    """How many are listed, and how many of these are members, where not all are."""
    words = ngettext("%(count)d organisation", "%(count)d organisations", count)
    text = words % {"count": count}
    if members in {0, count}:
        return text
    both = ngettext(
        "%(organisations)s, %(members)d of them a member",
        "%(organisations)s, %(members)d of them members",
        members,
    )
    return both % {"organisations": text, "members": members}


def sorts(chosen: str, *, is_searched: bool) -> list[dict[str, Any]]:
    first = _("Best match") if is_searched else _("Alphabetically")
    return [
        {"value": "", "label": first, "chosen": chosen != NEWEST},
        {"value": NEWEST, "label": _("Newest first"), "chosen": chosen == NEWEST},
    ]


def sorted_by(faceted: Faceted, chosen: str) -> QuerySet[Any]:
    if chosen == NEWEST:
        return faceted.queryset.order_by("-created_at", "-pk")
    if is_searched(faceted.queryset):
        return faceted.ranked
    return faceted.queryset.order_by(_standing(), "sort_name", "pk")


def _standing() -> Case:
    """Members first, then the others, last those that have ended."""
    member = CurrentMember.objects.filter(organisation=OuterRef("pk"))
    has_ended = When(valid_until__lt=timezone.localdate(), then=Value(2))
    return Case(has_ended, When(Exists(member), then=Value(0)), default=Value(1))


def results(faceted: Faceted, visible: QuerySet[Organisation], q: str) -> dict[str, Any]:
    """What the list and its fragment show around the page of rows."""
    sort = faceted.params.get("sort", "")
    return {
        "count_text": count_text(faceted.count, pictures.count_members(faceted.queryset)),
        "faceted": faceted,
        "q": q,
        "suggestion": suggest(visible, q) if q and not faceted.count else None,
        "sorts": sorts(sort, is_searched=bool(q.strip())),
        "list_url": reverse("members:list"),
        "trail": [{"name": _("Members")}],
        "results_template": "members/_organisation_results.html",
        "current": "members",
    }


def network(visible: Any) -> dict[str, Any]:
    """Who the network consists of: the members by sector and by cluster."""
    counts, clusters = pictures.sizes(visible)
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
    }


def with_clusters(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each organisation with `cluster_names`, the clusters that it is a member of today."""
    memberships = CurrentMember.objects.filter(organisation=OuterRef("pk"))
    names = texts(memberships.order_by("cluster__name_fi"), "cluster__name")
    return rows.annotate(cluster_names=names)


def cluster(shown: Cluster, user: Reader) -> dict[str, Any]:
    visible = Organisation.objects.visible_to(user)
    members = visible.members_of([shown.pk])
    coordinators = shown.terms.filter(organisation__in=visible.order_by().values("pk"))
    counts = pictures.count_by_sector(members)
    milestones = list(shown.milestones.all())
    return {
        "shown": shown,
        "trail": [{"name": shown.name}],
        "history": [row for row in milestones if row.kind == "event"],
        "recognitions": [row for row in milestones if row.kind == "recognition"],
        "terms": list(coordinators.select_related("organisation")),
        "balance": pictures.sector_balance(counts, key="balance") if counts else None,
        "missing": pictures.missing_sectors(counts),
        "total": sum(counts.values()),
        "coordinators": coordinators_of([shown.pk]),
        "can_contact": shown.pk not in audience(user).coordinates,
        "newest": list(members.order_by("-created_at", "sort_name")[:6]),
        "today": timezone.localdate(),
    }


def clusters(user: Reader) -> list[dict[str, Any]]:
    """Each cluster with the names of its coordinators."""
    posts = Coordinator.objects.current().filter(user__is_active=True).select_related("user")
    names: dict[int, list[str]] = defaultdict(list)
    for post in posts.order_by("user__sort_name", "pk"):
        names[post.cluster_id].append(str(post.user))
    return [
        {"cluster": row, "coordinators": ", ".join(names[row.pk])}
        for row in Cluster.objects.visible_to(user)
    ]
