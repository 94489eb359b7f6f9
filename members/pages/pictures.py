"""Pictures of who the network consists of, with the table that says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, F, Q, Value
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import pictures
from cluster_portal.core.database.columns import in_language
from members.models import Cluster, Membership, Organisation
from members.models.memberships import Stage
from members.models.organisations import Sector

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader


def count_by_sector(rows: QuerySet[Organisation]) -> dict[str, int]:
    found = rows.order_by().values_list("sector").annotate(n=Count("pk", distinct=True))
    return dict(found)


def count_members(rows: QuerySet[Any]) -> int:
    """How many of these are members of some cluster today: the number in every text and list."""
    return rows.members().order_by().count()  # type: ignore[attr-defined]


def sizes(visible: QuerySet[Organisation]) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """Of the members that the reader may see, how many each sector has and each cluster."""
    members, columns = visible.members().order_by(), ("group", "key", "label", "place")  # type: ignore[attr-defined]
    sectors = members.annotate(
        group=_word("sector"), key=F("sector"), label=_word(""), place=_word("")
    )
    clusters = Cluster.objects.order_by().annotate(
        group=_word("cluster"), key=F("slug"), label=in_language("name"), place=F("name_fi")
    )
    seen = Q(organisations__in=members.values("pk"))
    by_cluster = clusters.annotate(n=Count("organisations", filter=seen, distinct=True))
    by_sector = sectors.values_list(*columns).annotate(n=Count("pk", distinct=True))
    rows = list(by_sector.union(by_cluster.values_list(*columns, "n")).order_by("place"))
    counts = {key: n for group, key, _label, _place, n in rows if group == "sector"}
    return counts, [
        {"label": label, "url": reverse("members:cluster", args=[key]), "value": n}
        for group, key, label, _place, n in rows
        if group == "cluster"
    ]


def _word(text: str) -> Value:
    return Value(text, output_field=CharField())


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


def members(user: Reader) -> QuerySet[Organisation]:
    return Organisation.objects.visible_to(user).members()


def memberships_of(user: Reader) -> QuerySet[Membership]:
    """Memberships that have begun, of the organisations that the reader may see."""
    seen = Organisation.objects.visible_to(user).order_by().values("pk")
    return Membership.objects.filter(
        organisation__in=seen, stage__in=[Stage.ACTIVE, Stage.ENDED], since__isnull=False
    )


def front_section(user: Reader) -> dict[str, Any] | None:
    """The size and balance of the network, for the front page; nothing while it has no members."""
    counts, clusters = sizes(Organisation.objects.visible_to(user))
    if not counts:
        return None
    return {
        "total": sum(counts.values()),
        "picture": sector_balance(counts, key="front-balance"),
        "missing": missing_sectors(counts),
        "clusters": clusters,
    }
