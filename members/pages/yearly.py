"""The yearly report of a cluster: members and needs here, the rest from the apps above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.core import reporting
from cluster_portal.core.reporting import Sheet, SheetLine
from members.models import Cluster, Membership, Need
from members.models.kinds import Sector
from members.models.memberships import Stage
from members.models.needs import Stage as NeedStage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

BEEN = (Stage.ACTIVE, Stage.ENDED)  # what has been in force


def years(cluster: Cluster) -> list[int]:
    """The newest first, back to when the cluster began, at most ten."""
    now = timezone.localdate().year
    return list(range(now, max(min(cluster.founded, now), now - 9) - 1, -1))


def values(cluster: Cluster, year: int, user: Reader) -> dict[str, Any]:
    heading = _("Yearly report %(year)s") % {"year": year}
    return {
        "heading": heading,
        "shown": cluster,
        "year": year,
        "years": [
            {"year": each, "url": reverse("members:yearly_report", args=[cluster.slug, each])}
            for each in years(cluster)
        ],
        "sheets": reporting.of_cluster(cluster, year, user),
        "made_on": date_format(timezone.localdate()),
        "trail": [
            {"name": cluster.name, "url": cluster.get_absolute_url()}, {"name": heading},
        ],
    }  # fmt: skip


def members(cluster: Cluster, year: int, user: Reader) -> Sheet | None:
    """Who came and went in the year, and who was in at its end, by sector."""
    rows = Membership.objects.in_scope_of(user).filter(cluster=cluster, stage__in=BEEN)
    end = min(timezone.localdate(), timezone.localdate().replace(year=year, month=12, day=31))
    came = Count("pk", filter=Q(since__year=year))
    left = Count("pk", filter=Q(until__year=year, until__lte=end))
    inside = Q(since__lte=end) & (Q(until=None) | Q(until__gt=end))
    counted = {
        sector: figures
        for sector, *figures in rows.order_by()
        .values_list("organisation__sector")
        .annotate(came=came, left=left, inside=Count("pk", filter=inside))
    }
    if not counted:
        return None
    address = f"{reverse('members:list')}?cluster={cluster.slug}"
    lines = [
        SheetLine((str(sector.label), *counted[sector.value]), f"{address}&sector={sector.value}")
        for sector in Sector if sector.value in counted
    ]  # fmt: skip
    if None in counted:
        lines.append(SheetLine((_("Private persons"), *counted[None])))
    totals = [sum(column) for column in zip(*counted.values(), strict=True)]
    lines.append(SheetLine((pgettext("in a table", "Total"), *totals), address, "total"))
    head = (_("Sector"), _("Joined"), _("Left the cluster"), _("Members at the end"))
    return Sheet(_("Members"), head, lines, address)


def needs(cluster: Cluster, year: int, user: Reader) -> Sheet | None:
    """Those published in the year, by their state today."""
    rows = Need.objects.visible_to(user).filter(home_cluster=cluster, published_at__year=year)
    counted = dict(rows.order_by().values_list("stage").annotate(n=Count("pk")))
    if not counted:
        return None
    address = f"{reverse('members:needs')}?cluster={cluster.slug}"
    lines = [
        SheetLine((str(stage.label), counted[stage.value]), f"{address}&stage={stage.value}")
        for stage in NeedStage if counted.get(stage.value)
    ]  # fmt: skip
    return Sheet(_("Needs"), (_("State"), pgettext("in a table", "Total")), lines, address)
