"""Pictures of who the network consists of, with the table that says the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import CharField, Count, F, Q, Value
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import pictures, vocabulary
from cluster_portal.core.database.columns import in_language
from cluster_portal.core.vocabulary import Scheme
from members.models import Cluster, Membership, Organisation
from members.models.memberships import Stage
from members.models.organisations import Sector

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader


def count_by_sector(rows: QuerySet[Organisation]) -> dict[str, int]:
    found = rows.order_by().values_list("sector").annotate(n=Count("pk", distinct=True))
    return dict(found)


def members_of(user: Reader, cluster: Cluster | None = None) -> QuerySet[Organisation]:
    """The members that the reader may see, of one cluster or of them all.

    Every number of members in the portal counts these.
    """
    visible = Organisation.objects.visible_to(user)
    return visible.members_of([cluster.pk]) if cluster else visible.members()


class Sizes(NamedTuple):
    """How many members each sector has, each region by its code, and each cluster."""

    sectors: Counter[str]
    regions: Counter[str]
    clusters: list[dict[str, Any]]

    @property
    def total(self) -> int:
        return self.sectors.total()


def sizes(user: Reader) -> Sizes:
    """Of the members that the reader may see, in one statement."""
    members, columns = members_of(user).order_by(), ("group", "key", "label", "place")
    groups = [
        members.annotate(group=_word(name), key=key, label=_word(""), place=_word(""))
        .values_list(*columns)
        .annotate(n=Count("pk", distinct=True))
        for name, key in (("sector", F("sector")), ("region", F("region__code")))
    ]
    clusters = Cluster.objects.order_by().annotate(
        group=_word("cluster"), key=F("slug"), label=in_language("name"), place=F("name_fi")
    )
    seen = Q(organisations__in=members.values("pk"))
    by_cluster = clusters.annotate(n=Count("organisations", filter=seen, distinct=True))
    rows = groups[0].union(groups[1], by_cluster.values_list(*columns, "n")).order_by("place")
    found: dict[str, Counter[str]] = {"sector": Counter(), "region": Counter()}
    listed = []
    for group, key, label, _place, count in rows:
        if group == "cluster":
            url = reverse("members:cluster", args=[key])
            listed.append({"label": label, "url": url, "value": count})
        else:
            found[group][key or ""] += count
    return Sizes(found["sector"], found["region"], listed)


def _word(text: str) -> Value:
    return Value(text, output_field=CharField())


def _directory(code: str) -> str:
    return f"{reverse('members:list')}?region={code}"


def regions(
    counts: Mapping[str, int], lead_to: Callable[[str], str] = _directory
) -> dict[str, Any]:
    """The map of members by region, and the list beside it; each leads where its code does.

    `counts` are by code; those whose region is not told stand last under the empty one.
    """
    title = _("Members by region")
    known = [(code, label) for _pk, code, label in vocabulary.named(Scheme.REGION)]
    told = sorted(
        ((counts[code], code, label) for code, label in known if counts.get(code)), key=_most
    )
    words = ", ".join(f"{label} {count}" for count, _code, label in told) or _("Nothing yet.")
    where: list[dict[str, Any]] = [
        {
            "name": label, "count": count, "focus": place < 2,
            "url": lead_to(code),
        }
        for place, (count, code, label) in enumerate(told)
    ]  # fmt: skip
    if counts.get(""):
        where.append({"name": _("Region not told"), "count": counts[""], "url": ""})
    return {
        "map_title": title,
        "map": pictures.finland(
            pictures.Caption("region-map", title, words),
            {code: pictures.depth(count) for count, code, _label in told},
            {code: str(count) for count, code, _label in told[:5]},
        ),
        "where": where,
    }


def _most(row: tuple[int, str, str]) -> tuple[int, str]:
    count, _code, label = row
    return -count, label


def sector_balance(counts: dict[str, int], *, key: str) -> dict[str, Any]:
    """Values for components/picture.html; the dashed ring is the even share."""
    parts = [
        pictures.Part(str(sector.label), sector.value, counts.get(sector, 0)) for sector in Sector
    ]
    total = sum(counts.values()) or 1
    title = _("Balance of the sectors")
    words = ", ".join(f"{part.label} {part.size}" for part in parts)
    return {
        "heading": title,
        "level": "h2",
        "note": _("The dashed line is an even share of a fifth."),
        "svg": pictures.balance(pictures.Caption(key, title, words), parts),
        "key": [{"sector": part.sector, "name": f"{part.label} {part.size}"} for part in parts],
        "label": title,
        "caption": _("Member organisations by sector"),
        "head": [
            {"name": _("Sector")},
            {"name": _("Members"), "num": True},
            {"name": _("Share"), "num": True},
        ],
        "rows": [
            [part.label, part.size, f"{round(100 * part.size / total)}\u00a0%"] for part in parts
        ],
    }


# As the end of "More members are wanted from …", which Finnish inflects.
WANTED_FROM = {
    Sector.EDUCATION: pgettext_lazy("wanted from", "education"),
    Sector.RESEARCH: pgettext_lazy("wanted from", "research"),
    Sector.PUBLIC: pgettext_lazy("wanted from", "public authorities"),
    Sector.BUSINESS: pgettext_lazy("wanted from", "business"),
    Sector.THIRD: pgettext_lazy("wanted from", "associations"),
}


def missing_sectors(counts: dict[str, int]) -> str:
    """The sectors with less than half of an even share: who is needed more."""
    total = sum(counts.values())
    found = [s for s in Sector if total and counts.get(s, 0) < total / len(Sector) / 2]
    return str(get_text_list([WANTED_FROM[sector] for sector in found], last_word=_("and")))


def memberships_of(user: Reader) -> QuerySet[Membership]:
    """Memberships that have begun, of the organisations that the reader may see."""
    seen = Organisation.objects.visible_to(user).order_by().values("pk")
    return Membership.objects.filter(
        organisation__in=seen, stage__in=[Stage.ACTIVE, Stage.ENDED], since__isnull=False
    )


def front_section(user: Reader) -> dict[str, Any] | None:
    """The size and balance of the network, for the front page; nothing while it has no members."""
    found = sizes(user)
    if not found.total:
        return None
    return {
        "total": found.total,
        "picture": sector_balance(found.sectors, key="front-balance"),
        "missing": missing_sectors(found.sectors),
        "clusters": found.clusters,
    }
