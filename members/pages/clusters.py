"""What the pages of clusters show."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.content import parts
from cluster_portal.core.visibility import audience
from members.models import Cluster, ClusterMilestone, Coordinator, Organisation
from members.models.regions import address_of
from members.pages import pictures
from members.services.recipients import coordinators_of

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def cluster(shown: Cluster, user: Reader) -> dict[str, Any]:
    visible = Organisation.objects.visible_to(user)
    members = pictures.members_of(user, shown)
    coordinators = shown.terms.filter(organisation__in=visible.order_by().values("pk"))
    counts = pictures.count_by_sector(members)
    milestones = list(shown.milestones.all())
    return {
        "shown": shown,
        "region_url": reverse("members:region", args=[address_of(shown.region)]),
        "trail": [{"name": shown.name}],
        "history": [row for row in milestones if row.kind == "event"],
        "recognitions": [row for row in milestones if row.kind == "recognition"],
        "terms": list(coordinators.select_related("organisation")),
        "balance": pictures.sector_balance(counts, key="balance") if counts else None,
        "missing": pictures.missing_sectors(counts),
        "total": sum(counts.values()),
        "coordinators": coordinators_of([shown.pk]),
        "can_contact": shown.pk not in audience(user).coordinates,
        "reports_here": audience(user).is_admin or shown.pk in audience(user).coordinates,
        "newest": list(members.order_by("-created_at", "sort_name")[:6]),
        "today": timezone.localdate(),
        "sections": sections(shown, user),
    }


def sections(shown: Cluster, user: Reader) -> list[dict[str, Any]]:
    """What higher apps have of the cluster; what has no rows is left out."""
    found = (
        {"section": part, "rows": part.rows(shown, user)}
        for part in parts(lambda one: one.clusters)
    )
    return [each for each in found if each["rows"]]


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


def milestones(user: Reader) -> dict[str, list[ClusterMilestone]]:
    """What has happened in all clusters, and the recognitions that they were given."""
    rows = ClusterMilestone.objects.filter(cluster__in=Cluster.objects.visible_to(user))
    found: dict[str, list[ClusterMilestone]] = {"event": [], "recognition": []}
    for row in rows.select_related("cluster").order_by("year", "pk"):
        found[row.kind].append(row)
    return found
