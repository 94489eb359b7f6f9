"""The member directory: members by default, all organisations when the address asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from cluster_portal.core import pictures as drawn
from cluster_portal.core.database.columns import counted
from cluster_portal.core.lists import ListPage, Order
from cluster_portal.core.visibility import audience
from members.filters import ALPHABET, SORTED_AS, OrganisationFilters
from members.models import Capability, CurrentMember, Organisation
from members.models.organisations import Sector
from members.pages import pictures

if TYPE_CHECKING:
    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader

SEPARATE = ("everyone", "letter")  # ways in of their own, beside the facets


def _rows(user: Reader) -> QuerySet[Any]:
    """Each with whether it `is_member` today and how many `capabilities` the reader may see."""
    offered = Capability.objects.visible_to(user).open().filter(organisation=OuterRef("pk"))
    visible = Organisation.objects.visible_to(user).standing().select_related("region")
    return visible.annotate(is_member=Exists(_memberships()), capabilities=counted(offered))


def _memberships() -> QuerySet[CurrentMember]:
    return CurrentMember.objects.filter(organisation=OuterRef("pk"))


def row(organisation: Organisation) -> Organisation:
    """With what its line tells: the letter that it stands under, where it is, what it offers."""
    region = organisation.region.label if organisation.region else ""
    places = [organisation.get_kind_display(), organisation.municipality or region]
    line: Any = organisation
    line.letter = _letter(organisation.sort_name[:1])
    line.meta = " · ".join(str(place) for place in places if place)
    line.is_marked = bool(organisation.confirmed_on) and organisation.is_stale
    return organisation


def _letter(first: str) -> str:
    """As people write the beginning of a sort key; empty for a number or a sign."""
    letter = {stored: letter for letter, stored in SORTED_AS.items()}.get(first, first)
    return letter.upper() if letter in ALPHABET else ""


def _values(found: Found) -> dict[str, Any]:
    """The ways in above the lines, and how many there are of what is shown."""
    everyone = "everyone" in found.filters.selection
    counts = found.filters.without(*SEPARATE).order_by().aggregate(
        everyone=Count("pk"),
        members=Count("pk", filter=Q(is_member=True)),
        letters=ArrayAgg(Left("sort_name", 1), distinct=True, filter=_shown(everyone=everyone)),
    )  # fmt: skip
    is_alphabetical = found.order is ORGANISATIONS.orders[0]
    values = {
        "ways": [
            _way(found, _("Members"), counts["members"], chosen=not everyone),
            _way(found, _("All organisations"), counts["everyone"], "yes", chosen=everyone),
        ],
        "letters": _letters(found, set(counts["letters"] or [])) if is_alphabetical else [],
        "is_alphabetical": is_alphabetical,
        "can_export": coordinates(found.user),
    }  # fmt: skip
    return values if everyone else {**values, "count_text": _members_text(found)}


def coordinates(user: Reader) -> bool:
    """Whether they may take out a list of the members that they look after."""
    known = audience(user)
    return known.is_admin or bool(known.coordinates)


def _shown(*, everyone: bool) -> Q:
    return Q() if everyone else Q(is_member=True)


def _members_text(found: Found) -> str:
    count = found.filters.count
    words = ngettext("%(count)d member", "%(count)d members", count) % {"count": count}
    return _("Over %(rows)s") % {"rows": words} if found.filters.is_capped else words


def _way(found: Found, name: str, count: int, value: str = "", *, chosen: bool) -> dict[str, Any]:
    url = _query(found, everyone=value, letter="")
    return {"name": name, "count": count, "url": url, "is_current": chosen}


def _letters(found: Found, present: set[str]) -> list[dict[str, Any]]:
    """Every letter of the alphabet; one under which nothing stands leads nowhere."""
    chosen = {value for _stored, value, _label in found.filters.selection.get("letter", [])}
    return [
        {
            "name": letter.upper(),
            "url": _query(found, letter=letter)
            if SORTED_AS.get(letter, letter) in present else "",
            "is_current": letter in chosen,
        }
        for letter in ALPHABET
    ]  # fmt: skip


def _query(found: Found, **changed: str) -> str:
    """The address of the list with some of its parameters changed, from its first page."""
    params = found.params.copy()
    params.pop("page", None)
    for name, value in changed.items():
        params.pop(name, None)
        if value:
            params[name] = value
    return f"{found.page.url()}?{params.urlencode()}" if params else found.page.url()


def _network(found: Found) -> dict[str, Any]:
    """Who the network consists of, until the reader looks for somebody in particular."""
    if found.q or found.filters.selection:
        lead = _("Search by name, by place or by what you need help with.")
        return {"lead": lead, "current": "members"}
    sizes = pictures.sizes(found.user)
    words = ngettext(
        "%(count)d organisation from %(sectors)d sectors. Search by name, by place or by what you "
        "need help with.",
        "%(count)d organisations from %(sectors)d sectors. Search by name, by place or by what you "
        "need help with.",
        sizes.total,
    )
    return {
        "lead": words % {"count": sizes.total, "sectors": len(sizes.sectors)},
        "sectors": _sectors(sizes.sectors),
        "strip": _strip(sizes.sectors),
        "balance": pictures.sector_balance(sizes.sectors, key="balance"),
        "missing": pictures.missing_sectors(sizes.sectors),
        "stats": sizes.clusters,
        "current": "members",
        **pictures.regions(sizes.regions),
    }


def _sectors(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"key": s.value, "name": s.label, "count": counts[s], "url": f"?sector={s.value}"}
        for s in sorted(Sector, key=lambda each: -counts.get(each, 0))
        if counts.get(s)
    ]


def _strip(counts: dict[str, int]) -> Any:
    parts = [drawn.Part(str(s.label), s.value, counts.get(s, 0)) for s in Sector if counts.get(s)]
    parts.sort(key=lambda part: -part.size)
    words = ", ".join(f"{part.label} {part.size}" for part in parts)
    return drawn.strip(drawn.Caption("sector-strip", _("Members by sector"), words), parts)


ORGANISATIONS = ListPage(
    "members",
    gettext_lazy("Members"),
    "members:list",
    rows=_rows,
    filters=OrganisationFilters,
    counted=ngettext_lazy("%(count)d organisation", "%(count)d organisations", "count"),
    page="members/organisation_list.html",
    results="members/_organisation_results.html",
    orders=(
        Order("name", gettext_lazy("Alphabetically"), lambda: ("place", "sort_name", "pk")),
        Order("newest", gettext_lazy("Newest first"), lambda: ("-created_at", "-pk")),
    ),
    row=row,
    values=_values,
    around=_network,
    per_page=30,
)
