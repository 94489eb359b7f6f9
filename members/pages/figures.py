"""The network in figures: how many, since when, where, who is missing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cluster_portal.core import pictures, vocabulary
from cluster_portal.core.content import Figure, Yearly, parts
from cluster_portal.core.vocabulary import Scheme
from members.models import Cluster, Organisation
from members.models.kinds import Sector
from members.models.regions import address_of, region_at
from members.pages import growth
from members.pages.pictures import (
    count_by_sector,
    members_of,
    memberships_of,
    missing_sectors,
    regions,
    sector_balance,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader

YEARS = 12  # as many as a picture for a phone can name
YEARS_IN_TABLE = 8
PAGES = (
    ("members:figures", gettext_lazy("Members")),
    ("members:cooperation", gettext_lazy("Cooperation")),
    ("members:coverage", gettext_lazy("Coverage of themes")),
)


def around(shown: str, cluster: Cluster | None) -> dict[str, Any]:
    """What the three pages share: the way between them and the choice of a cluster."""
    query = f"?cluster={cluster.slug}" if cluster else ""
    clusters = [(None, _("The whole network")), *((c, c.name) for c in Cluster.objects.all())]
    return {
        "cluster": cluster,
        "current": "members",
        "trail": [
            {"name": _("Members"), "url": reverse("members:list")},
            {"name": _("The network in figures")},
        ],
        "pages": [
            {"name": name, "url": f"{reverse(to)}{query}", "current": to == shown}
            for to, name in PAGES
        ],
        "clusters": [
            {
                "name": name,
                "url": reverse(shown) + (f"?cluster={each.slug}" if each else ""),
                "current": each == cluster,
            }
            for each, name in clusters
        ],
    }


def values(user: Reader, cluster: Cluster | None) -> dict[str, Any]:
    members = members_of(user, cluster)
    counts = count_by_sector(members)
    by_region = {code or "": n for code, n in _counted(members, "region__code")}
    return {
        **around("members:figures", cluster),
        "total": sum(counts.values()),
        "now": [_now(figure, user) for figure in parts(lambda one: one.figures)],
        "balance": sector_balance(counts, key="sectors") if counts else None,
        "missing": missing_sectors(counts),
        **regions(by_region, _profile),
        "gaps": _sector_by_region(members),
        "over_time": _over_time(user, cluster),
        "sizes": _sizes(members),
        "growth": growth.tables(user, members if cluster else None),
        "yearly": _yearly(user),
    }


def _profile(code: str) -> str:
    """The page on the region of this code."""
    region = region_at(code)
    return reverse("members:region", args=[address_of(region)]) if region else ""


def _counted(rows: QuerySet[Any], *fields: str) -> Iterable[tuple[Any, ...]]:
    return rows.order_by().values_list(*fields).annotate(n=Count("pk", distinct=True))


def _now(figure: Figure, user: Reader) -> dict[str, Any]:
    url = reverse(figure.url_name) + figure.query if figure.url_name else ""
    count = figure.rows(user).order_by().count()
    return {"label": figure.label, "value": number_format(count, force_grouping=True), "url": url}


def _sector_by_region(members: QuerySet[Organisation]) -> dict[str, Any] | None:
    """Which sectors a region with members lacks: a table whose empty cells are the answer."""
    counts = {(code, sector): n for code, sector, n in _counted(members, "region__code", "sector")}
    codes = {code for code, _sector in counts if code}
    rows = [(code, label) for _pk, code, label in vocabulary.named(Scheme.REGION) if code in codes]
    if not rows:
        return None
    return {
        "caption": _("Member organisations by region and sector"),
        "corner": _("Region"),
        "head": [sector.label for sector in Sector],
        "rows": [
            {"name": label, "cells": [_cell(counts.get((code, s), 0)) for s in Sector]}
            for code, label in rows
        ],
    }


def _cell(count: int) -> dict[str, int]:
    return {"text": count, "depth": pictures.depth(count)}


def _over_time(user: Reader, cluster: Cluster | None) -> dict[str, Any] | None:
    """How many were members at the end of each year; this year's number is today's."""
    rows = memberships_of(user)
    rows = rows.filter(cluster=cluster) if cluster else rows
    spans: list[Any] = list(rows.order_by().values_list("organisation", "since", "until"))
    if not spans:
        return None
    today = timezone.localdate()
    first = max(min(since.year for _pk, since, _until in spans), today.year - YEARS + 1)
    found: dict[int, set[int]] = defaultdict(set)
    for organisation, since, until in spans:
        for year in range(max(first, since.year), _last_year(until, today) + 1):
            found[year].add(organisation)
    years = [(year, len(found[year])) for year in range(first, today.year + 1)]
    return _years_picture("over-time", _("Members over time"), years)


def _last_year(until: date | None, today: date) -> int:
    """The last year at whose end somebody is a member until that day."""
    if until is None or until >= today:
        return today.year
    return until.year if (until.month, until.day) == (12, 31) else until.year - 1


def _years_picture(key: str, title: str, years: list[tuple[int, int]]) -> dict[str, Any]:
    words = ", ".join(f"{year}: {count}" for year, count in years)
    drawn = [pictures.Bar(str(year), count, str(count)) for year, count in years]
    return {
        "heading": title,
        "svg": pictures.columns(pictures.Caption(key, title, words), drawn),
        "label": title,
        "note": _("At the end of each year; this year today."),
        "head": [{"name": _("Year")}, {"name": _("Members"), "num": True}],
        "rows": [[str(year), count] for year, count in years],
    }


def _sizes(members: QuerySet[Organisation]) -> dict[str, Any] | None:
    """Members by size class."""
    counts = dict(_counted(members, "size_class"))
    labels = dict(Organisation._meta.get_field("size_class").flatchoices)
    rows = [(label, counts.get(value, 0)) for value, label in labels.items() if value]
    unknown = counts.get("", 0)
    if not any(count for _label, count in rows):
        return None
    rows.append((_("Not told"), unknown))
    title = _("Members by size")
    drawn = [
        pictures.Bar(
            str(label), count, ngettext("%(n)s member", "%(n)s members", count) % {"n": count}
        )
        for label, count in rows
    ]
    words = ", ".join(f"{label} {count}" for label, count in rows)
    return {
        "heading": title,
        "svg": pictures.bars(pictures.Caption("sizes", title, words), drawn),
        "label": title,
        "head": [{"name": _("Size class")}, {"name": _("Members"), "num": True}],
        "rows": [[str(label), count] for label, count in rows],
    }


def _yearly(user: Reader) -> dict[str, Any] | None:
    """What the network has done each year, by what the content types count."""
    told = parts(lambda one: one.yearly)
    found = [(each.label, _by_year(each, user)) for each in told]
    years = sorted({year for _label, counts in found for year in counts})[-YEARS_IN_TABLE:]
    return (
        {
            "head": [str(year) for year in years],
            "rows": [
                {"name": label, "cells": [counts.get(year, 0) for year in years]}
                for label, counts in found
            ],
        }
        if years
        else None
    )


def _by_year(each: Yearly, user: Reader) -> dict[int, int]:
    """Until now: what is planned counts when it has come."""
    rows = each.rows(user).order_by().filter(**{f"{each.moment}__lte": timezone.now()})
    years = rows.annotate(counted_year=ExtractYear(each.moment)).values_list("counted_year")
    return dict(years.annotate(n=Count("pk")))
