"""A region on one sheet: what its members can do and what is needed, by vital function of society.

Counted is what members of the network find in the lists, never what is open to one cluster, a
named group or its owner alone: the sheet is printed and handed on. No organisation is named, no
municipality, no single need.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.core import pictures, vocabulary
from cluster_portal.core.content import parts
from cluster_portal.core.visibility import Visibility, audience
from cluster_portal.core.vocabulary import Scheme
from members.models import (
    Capability,
    Cluster,
    ExpertFace,
    Need,
    RegionProfile,
    RelatedCluster,
)
from members.models.capabilities import Holds
from members.models.regions import address_of
from members.pages.pictures import members_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from cluster_portal.core.vocabulary import Term

SHARED = (Visibility.PUBLIC, Visibility.ACCOUNTS, Visibility.MEMBERS)
A_YEAR = datetime.timedelta(days=365)
MOST = 3  # strengths, gaps
THEMES = (Scheme.VITAL_FUNCTION, Scheme.SECURITY_TASK, Scheme.SMART_SPECIALISATION)
Carried = dict[int, set[int]]  # of each term, what carries it


def values(region: Term, user: Reader) -> dict[str, Any]:
    capabilities = _capabilities(region, user)
    needs = Need.objects.visible_to(user).open().filter(region=region, visibility__in=SHARED)
    experts = ExpertFace.objects.visible_to(user).filter(region=region)
    able = _carried(Capability.terms.through, "capability", capabilities)
    needed = _carried(Need.terms.through, "need", needs)
    known = _carried(ExpertFace.terms.through, "expertface", experts)
    return {
        "region": region,
        "current": "members",
        "trail": [
            {"name": _("Members"), "url": reverse("members:list")},
            {"name": _("The network in figures"), "url": reverse("members:figures")},
            {"name": region.label},
        ],
        "today": timezone.localdate(),
        "map": _map(region),
        **_totals(region, user, capabilities, needs.order_by().count()),
        "balance": _balance(able, needed, known),
        **_ends(able, needed),
        "grid": _grid(able),
        "text": RegionProfile.objects.visible_to(user).filter(region=region).first(),
        "edit_url": _edit_url(region, user),
        "clusters": _clusters(region, user),
        "others": _others(region),
        "is_member": audience(user).is_member,
        "sections": _sections(region, user),
    }


def _capabilities(region: Term, user: Reader) -> QuerySet[Capability]:
    rows = Capability.objects.visible_to(user).open()
    return rows.filter(organisation__region=region, visibility__in=SHARED)


def _map(region: Term) -> Any:
    title = _("%(region)s on the map of Finland") % {"region": region.label}
    words = _("A schematic map on which %(region)s stands out.") % {"region": region.label}
    drawn = pictures.Caption("region-on-map", title, words)
    return pictures.finland(drawn, {region.code: 5}, {region.code: ""})


def _totals(
    region: Term, user: Reader, capabilities: QuerySet[Capability], need_count: int
) -> dict[str, Any]:
    fresh = Q(confirmed_on__gte=timezone.localdate() - A_YEAR)
    counts = capabilities.order_by().aggregate(
        all=Count("pk"),
        holding=Count("pk", filter=Q(in_disruption=Holds.YES)),
        fresh=Count("pk", filter=fresh),
    )
    members = members_of(user).filter(region=region).order_by().count()
    return {
        "counts": counts,
        "stats": [
            {
                "label": ngettext("member", "members", members), "value": members,
                "url": f"{reverse('members:list')}?region={region.code}",
            },
            {"label": _("capabilities recorded"), "value": counts["all"]},
            {
                "label": ngettext("open need", "open needs", need_count), "value": need_count,
                "url": f"{reverse('members:needs')}?stage=open&region={region.code}",
            },
        ],
    }  # fmt: skip


def _carried(through: Any, path: str, rows: QuerySet[Any]) -> Carried:
    found: Carried = defaultdict(set)
    links = through.objects.filter(
        **{f"{path}__in": rows.order_by().values("pk"), "term__scheme__in": THEMES}
    )
    for term, thing in links.values_list("term", path):
        found[term].add(thing)
    return found


def _balance(able: Carried, needed: Carried, known: Carried) -> dict[str, Any] | None:
    """Capabilities beside needs, by vital function; the table tells of experts, too."""
    rows = [
        (label, len(able.get(pk, ())), len(needed.get(pk, ())), len(known.get(pk, ())))
        for pk, _code, label in vocabulary.named(Scheme.VITAL_FUNCTION)
    ]
    if not any(sum(counts) for _label, *counts in rows):
        return None
    title = _("Capabilities and needs by vital function of society")
    words = "; ".join(
        _("%(what)s: capabilities %(have)s, needs %(need)s")
        % {"what": label, "have": have, "need": need}
        for label, have, need, _experts in rows
    )
    drawn = [pictures.Pair(label, have, need) for label, have, need, _experts in rows]
    return {
        "heading": _("What there is and what is needed"),
        "level": "h2",
        "note": _("Recorded capabilities on the left, open needs on the right."),
        "svg": pictures.both_ways(pictures.Caption("both-ways", title, words), drawn),
        "label": title,
        "key": [
            {"name": _("Capability"), "kind": "running"},
            {"name": _("Need"), "kind": "warn"},
        ],
        "head": [
            {"name": Scheme.VITAL_FUNCTION.label},
            *({"name": name, "num": True} for name in _columns()),
        ],
        "rows": [
            [label, have, need, experts, number_format(have - need).replace("-", "\u2212")]
            for label, have, need, experts in rows
        ],
    }


def _columns() -> tuple[str, ...]:
    return _("Capabilities"), _("Needs"), _("Experts"), _("Difference")


def _ends(able: Carried, needed: Carried) -> dict[str, Any]:
    """The security tasks that most can be done for, and those where most is missing."""
    tasks = [
        (label, len(able.get(pk, ())), len(needed.get(pk, ())))
        for pk, _code, label in vocabulary.named(Scheme.SECURITY_TASK)
    ]
    strong = sorted((task for task in tasks if task[1]), key=lambda task: -task[1])
    missing = sorted((task for task in tasks if task[2] > task[1]), key=lambda t: t[1] - t[2])
    return {
        "strengths": [{"name": name, "text": _have(have)} for name, have, _need in strong[:MOST]],
        "gaps": [
            {"name": name, "text": f"{_needed(need)}, {_have(have)}"}
            for name, have, need in missing[:MOST]
        ],
    }


def _have(count: int) -> str:
    return ngettext("%(n)s capability", "%(n)s capabilities", count) % {"n": count}


def _needed(count: int) -> str:
    return ngettext("%(n)s need", "%(n)s needs", count) % {"n": count}


def _grid(able: Carried) -> dict[str, Any] | None:
    """Capabilities by vital function and smart specialisation; only what somebody carries."""
    columns = [row for row in vocabulary.named(Scheme.SMART_SPECIALISATION) if able.get(row[0])]
    if not columns:
        return None
    return {
        "caption": _("Capabilities by vital function of society and smart specialisation"),
        "corner": Scheme.VITAL_FUNCTION.label,
        "head": [label for _pk, _code, label in columns],
        "rows": [
            {
                "name": label,
                "cells": [_cell(len(able.get(pk, set()) & able[to])) for to, _c, _l in columns],
            }
            for pk, _code, label in vocabulary.named(Scheme.VITAL_FUNCTION)
        ],
    }


def _cell(count: int) -> dict[str, Any]:
    return {"text": count, "depth": pictures.depth(count)}


def _edit_url(region: Term, user: Reader) -> str:
    """The admin's page of the text, for the coordinators whose region it is."""
    if not audience(user).coordinates:
        return ""
    written = RegionProfile.objects.filter(region=region).first()
    if written:
        own = RegionProfile.objects.managed_by(user).filter(pk=written.pk).exists()
        return reverse("admin:members_regionprofile_change", args=[written.pk]) if own else ""
    own = Cluster.objects.managed_by(user).filter(region=region).exists()
    add = reverse("admin:members_regionprofile_add")
    return f"{add}?region={region.pk}" if own else ""


def _clusters(region: Term, user: Reader) -> list[dict[str, str]]:
    """Whose work this is part of: the region's own clusters, then related ones."""
    own = Cluster.objects.visible_to(user).filter(region=region)
    related = RelatedCluster.objects.visible_to(user).going_on().filter(regions=region)
    return [
        *(
            {"name": each.name, "url": each.get_absolute_url(), "meta": each.summary}
            for each in own
        ),
        *(
            {
                "name": each.name, "url": each.get_absolute_url(), "meta": each.owner,
                "leads": each.is_lead,
            }
            for each in related.defer("search").order_by("name_fi", "pk")
        ),
    ]  # fmt: skip


def _others(region: Term) -> list[dict[str, str]]:
    """The profiles of the other clusters' regions."""
    regions = {cluster.region for cluster in Cluster.objects.select_related("region")} - {region}
    return [
        {"name": each.label, "url": reverse("members:region", args=[address_of(each)])}
        for each in sorted(regions, key=lambda term: term.position)
    ]


def _sections(region: Term, user: Reader) -> Iterable[dict[str, Any]]:
    """What the content types of higher apps tell of a region."""
    found = ((section, section.values(region, user)) for section in parts(lambda one: one.regions))
    return [{"template": section.template, "values": told} for section, told in found if told]
