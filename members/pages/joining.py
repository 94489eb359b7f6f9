"""The first steps of joining: an organisation is found in the directory, or described."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cluster_portal.core.search import search
from cluster_portal.core.text.cleaning import one_line
from members.models import Cluster, Membership, Organisation
from members.models.names import normal_name
from members.services.organisations import with_business_id

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User

MOST = 20


def steps(current: int) -> list[dict[str, str]]:
    names = (_("Organisation"), _("Application"), _("Sent"))
    return [
        {"name": name, "note": "", "state": "current" if at == current else "done" * (at < current)}
        for at, name in enumerate(names)
    ]


def trail(name: str) -> list[dict[str, str]]:
    return [{"name": _("Join"), "url": reverse("members:join")}, {"name": name}]


def finding(user: User, q: str) -> dict[str, Any]:
    """What the search for one's organisation shows; nothing is listed before it is asked for."""
    wanted = one_line(q)[:200]
    rows = (
        list(_named(Organisation.objects.visible_to(user).applicable(), wanted)) if wanted else []
    )
    title = _("Membership application of an organisation")
    return {
        "q": wanted,
        "rows": [_row(row, Cluster.objects.count()) for row in rows[:MOST]],
        "is_cut": len(rows) > MOST,
        "title": title,
        "trail": trail(title),
        "steps": steps(0),
    }


def _named(rows: QuerySet[Organisation], wanted: str) -> list[Any]:
    """By a part of any of its names or its Business ID; else by what the directory finds."""
    named = Q(name_keys__contains=[normal_name(wanted)])
    for field in ("name", "name_sv", "name_en", "short_name"):
        named |= Q(**{f"{field}__icontains": wanted})
    with_id = with_business_id(wanted, Organisation.objects.all())
    bound = Prefetch("memberships", Membership.objects.binding().select_related("cluster"), "bound")
    related = rows.select_related("region").prefetch_related(bound)
    found = list(
        related.filter(named | Q(pk__in=with_id.values("pk"))).order_by("sort_name")[: MOST + 1]
    )
    return found or list(search(related, wanted)[: MOST + 1])


def _row(row: Any, clusters: int) -> dict[str, Any]:
    members = [each.cluster.name for each in row.bound if each.stage == "active"]
    where = [row.municipality or (row.region.label if row.region else "")]
    return {
        "organisation": row,
        "text": " · ".join(filter(None, [str(row.get_kind_display()), *where])),
        "member_of": ", ".join(members),
        "is_open": len(row.bound) < clusters,
    }


def clusters_for(application: Membership | None, user: Any) -> QuerySet[Cluster]:
    """Those that the application can be sent to."""
    clusters = Cluster.objects.visible_to(user)
    if application is not None and application.organisation_id:
        return clusters.open_to(application.organisation_id)
    mine = Membership.objects.binding().filter(person=user)
    return clusters.exclude(pk__in=mine.values("cluster"))


def likely_cluster(clusters: QuerySet[Cluster], region_id: int | None) -> Cluster | None:
    """That of the organisation's region, else the first; the applicant can change it."""
    found = list(clusters)
    return next(
        (each for each in found if each.region_id == region_id), found[0] if found else None
    )
