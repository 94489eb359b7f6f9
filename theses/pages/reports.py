"""Theses for the reports of projects and of a cluster's year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.core.reporting import Sheet, SheetLine
from theses.models import Thesis, ThreadLink
from theses.models.choices import Level

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import Cluster
    from projects.models import Project


def of_project(project: Project, user: Reader) -> Sheet | None:
    """Finished theses of topics that are tied to the project."""
    topics = ThreadLink.objects.filter(project=project).values("topic")
    rows = Thesis.objects.visible_to(user).finished().filter(application__topic__in=topics)
    found = list(rows.defer("search").order_by("finished_on", "pk"))
    if not found:
        return None
    return Sheet(
        _("Theses"), (_("Thesis"), _("Finished")),
        [
            SheetLine((str(each), date_format(each.finished_on)), each.get_absolute_url())
            for each in found if each.finished_on
        ],
        reverse("theses:finished"),
    )  # fmt: skip


def of_cluster(cluster: Cluster, year: int, user: Reader) -> Sheet | None:
    """Finished in the year, by level; those under way as they stand today."""
    rows = Thesis.objects.in_scope_of(user).filter(application__topic__home_cluster=cluster)
    done = rows.finished().filter(finished_year=year)
    counted = dict(done.order_by().values_list("level").annotate(n=Count("pk")))
    under_way = rows.active().count()
    if not counted and not under_way:
        return None
    address = f"{reverse('theses:finished')}?cluster={cluster.slug}"
    lines = [
        SheetLine((str(level.label), counted[level.value]), address)
        for level in Level if counted.get(level.value)
    ]  # fmt: skip
    lines += [SheetLine((_("Level not known"), counted[""]), address)] if counted.get("") else []
    lines.append(SheetLine((_("Under way today"), under_way), css="total"))
    return Sheet(
        _("Finished theses"), (_("Level"), pgettext("in a table", "Total")), lines, address
    )
