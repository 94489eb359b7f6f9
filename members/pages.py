"""What the public pages of members show, gathered for their templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.core.registries import organisation_sections
from cluster_portal.core.search import suggest
from cluster_portal.core.visibility import audience
from members import pictures
from members.models import Affiliation, Cluster, Organisation
from members.models.affiliations import Role
from members.models.affiliations import Stage as AffiliationStage
from members.models.memberships import Stage
from members.services import affiliations

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.facets import Faceted
    from cluster_portal.core.visibility import Reader

NEWEST = "newest"


def count_text(count: int) -> str:
    words = ngettext("%(count)d organisation", "%(count)d organisations", count)
    return words % {"count": count}


def sorts(chosen: str, *, is_searched: bool) -> list[dict[str, Any]]:
    first = _("Best match") if is_searched else _("Alphabetically")
    return [
        {"value": "", "label": first, "chosen": chosen != NEWEST},
        {"value": NEWEST, "label": _("Newest first"), "chosen": chosen == NEWEST},
    ]


def sorted_by(faceted: Faceted, chosen: str) -> QuerySet[Any]:
    if chosen == NEWEST:
        return faceted.queryset.order_by("-created_at", "-pk")
    return faceted.ranked


def results(faceted: Faceted, visible: QuerySet[Organisation], q: str) -> dict[str, Any]:
    """What the list and its fragment show around the page of rows."""
    sort = faceted.params.get("sort", "")
    return {
        "count_text": count_text(faceted.count),
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
    counts = pictures.count_by_sector(visible.members())
    clusters = pictures.clusters_by_size(visible)
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
        "stats": [{"label": cluster.name, "value": cluster.n} for cluster in clusters],
    }


def organisation(shown: Organisation, user: Reader) -> dict[str, Any]:
    known = audience(user)
    is_colleague = shown.pk in known.organisations
    people = _people(shown, user)
    return {
        "organisation": shown,
        "trail": [{"name": _("Members"), "url": reverse("members:list")}, {"name": shown.title}],
        "memberships": _memberships(shown),
        "facts": _facts(shown),
        "terms": list(shown.coordinator_terms.select_related("cluster")),
        **_relatives(shown, user),
        "sections": _sections(shown, user),
        "people": _by_role(people) if known.is_member or is_colleague else [],
        "can_edit": Organisation.objects.editable_by(user).contains(shown),
        "can_contact": known.is_member and not is_colleague and _has_contact(people),
        "can_ask": not is_colleague and affiliations.may_ask(shown, user),
        "asked": next((row for row in people if row.stage == AffiliationStage.REQUESTED), None),
        "current": "members",
    }


def _relatives(shown: Organisation, user: Reader) -> dict[str, Any]:
    """Those of its relatives that the reader may see, found with one statement."""
    near = Q(parent=shown) | Q(successor=shown)
    near |= Q(pk__in=[pk for pk in (shown.parent_id, shown.successor_id) if pk])
    rows = list(Organisation.objects.visible_to(user).filter(near))
    return {
        "units": [row for row in rows if row.parent_id == shown.pk],
        "predecessors": [row for row in rows if row.successor_id == shown.pk],
        "successor": next((row for row in rows if row.pk == shown.successor_id), None),
        "parent": next((row for row in rows if row.pk == shown.parent_id), None),
    }


def _memberships(shown: Organisation) -> list[Any]:
    rows = shown.memberships.filter(stage__in=[Stage.ACTIVE, Stage.ENDED], since__isnull=False)
    return list(rows.select_related("cluster").order_by("stage", "since"))


def _facts(shown: Organisation) -> list[dict[str, Any]]:
    names = {"fi": shown.name, "sv": shown.name_sv, "en": shown.name_en}
    others = ", ".join(
        name for name in dict.fromkeys(names.values()) if name and name != shown.title
    )
    return [
        {"name": _("Other names"), "value": others},
        {"name": _("Kind"), "value": shown.get_kind_display()},
        {"name": _("Business ID"), "value": shown.business_id},
        {"name": _("Region"), "value": shown.region.label if shown.region else ""},
        {"name": _("Municipality"), "value": shown.municipality},
        {"name": _("Size class"), "value": shown.get_size_class_display()},
        {"name": _("In existence from"), "value": _day(shown.valid_from)},
        {"name": _("In existence until"), "value": _day(shown.valid_until)},
        {"name": _("Facts confirmed"), "value": _day(shown.confirmed_on)},
    ]


def _day(day: Any) -> str:
    return date_format(day) if day else ""


def _sections(shown: Organisation, user: Reader) -> list[dict[str, Any]]:
    """What the other apps have of it that the reader may see; empty ones draw nothing."""
    found = [
        {"label": section.label, "key": section.key, "template": section.template,
         "rows": section.rows(shown, user)}
        for section in organisation_sections
    ]  # fmt: skip
    return [section for section in found if section["rows"]]


def _people(shown: Organisation, user: Reader) -> list[Affiliation]:
    """Its confirmed people, and the reader's own request to become one of them."""
    if not user.is_authenticated:
        return []
    confirmed = Q(stage=AffiliationStage.CONFIRMED, user__is_active=True)
    own = Q(stage=AffiliationStage.REQUESTED, user_id=user.pk)
    return list(shown.affiliations.filter(confirmed | own).select_related("user"))


def _by_role(people: list[Affiliation]) -> list[Affiliation]:
    order = list(Role.values)
    confirmed = [row for row in people if row.stage == AffiliationStage.CONFIRMED]
    return sorted(confirmed, key=lambda row: (order.index(row.role), row.user.last_name))


def _has_contact(people: list[Affiliation]) -> bool:
    return any(row.role == Role.CONTACT for row in _by_role(people))


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
        "newest": list(members.order_by("-created_at", "sort_name")[:6]),
        "today": timezone.localdate(),
    }
