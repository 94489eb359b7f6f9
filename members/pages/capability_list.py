"""The list of capabilities: by situation, by region from near to far, up to four to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core import vocabulary
from cluster_portal.core.lists import ListPage, Order
from cluster_portal.core.vocabulary import Scheme
from members.filters import CapabilityFilters, Distance, distance_from, near_of
from members.models import Capability
from members.models.capabilities import Holds, Kind
from members.models.situations import SCENE_OF, featured

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader

MOST_COMPARED = 4
MOST_PLACES = 3
PICK = "pick"  # the parameter that names what is to be compared, by slug
ICON_OF = {
    Kind.PRODUCT: "product",
    Kind.SERVICE: "service",
    Kind.TECHNOLOGY: "bolt",
    Kind.COMPETENCE: "skill",
    Kind.FACILITY: "facility",
    Kind.RESEARCH_GROUP: "people",
    Kind.COURSE: "course",
    Kind.LABORATORY: "research",
    Kind.VOLUNTEERING: "hand",
}


def for_rows(rows: QuerySet[Any]) -> Any:
    """With all that a line of a list shows."""
    links = Capability.regions.through.objects.filter(capability=OuterRef("pk"))
    places = ArraySubquery(links.values("term_id"))
    return rows.defer("search").select_related("organisation").annotate(region_ids=places)


def listed(user: Reader) -> Any:
    return for_rows(Capability.objects.visible_to(user).open())


def region_labels(keys: Any) -> list[str]:
    return [label for pk, _code, label in vocabulary.named(Scheme.REGION) if pk in set(keys)]


def places_of(capability: Capability, labels: list[str], most: int = MOST_PLACES) -> str:
    """Where it is delivered, in a few words."""
    words = labels[:most]
    if len(labels) > most:
        words.append(_("%(count)d more regions") % {"count": len(labels) - most})
    if capability.is_nationwide:
        words = [_("whole country")]
    if capability.is_remote:
        words.append(_("remotely"))
    return ", ".join(words)


def disruption_words(capability: Capability) -> str:
    return {
        Holds.YES: _("Works in a disruption"),
        Holds.PARTLY: _("Works in part in a disruption"),
        Holds.NO: _("Not in a disruption"),
        Holds.UNKNOWN: _("Disruptions not known"),
    }[Holds(capability.in_disruption)]


def row_of(capability: Any) -> dict[str, Any]:
    """A line of a list; the capability comes from `for_rows`."""
    owner, distance = capability.named_owner, getattr(capability, "distance", None)
    return {
        "url": capability.get_absolute_url(),
        "slug": capability.slug,
        "title": capability.title,
        "kind": capability.get_kind_display(),
        "icon": ICON_OF.get(Kind(capability.kind), "skill"),
        "owner": owner.title if owner else "",
        "organisation": owner,
        "text": capability.summary,
        "where": places_of(capability, region_labels(capability.region_ids)),
        "nearness": "" if distance is None else Distance(distance).label,
        "state": Holds(capability.in_disruption).look,
        "state_text": disruption_words(capability),
    }


def situations(found: Found) -> list[dict[str, Any]]:
    """The tasks that have a picture, each with its number and the address that chooses it."""
    group = next(group for group in found.filters.groups if group.key == "task")
    counts = {option.value: option for option in group.options}
    return [_situation(term, counts.get(term.code), found) for term in featured()]


def _situation(term: Any, option: Any, found: Found) -> dict[str, Any]:
    is_chosen = bool(option and option.chosen)
    query = found.params.copy()
    query.pop("page", None)
    query.setlist("task", [] if is_chosen else [term.code])
    return {
        "name": term.label,
        "scene": SCENE_OF[term.code],
        "count": option.count if option else 0,
        "words": _on_offer(option, is_chosen=is_chosen),
        "is_chosen": is_chosen,
        "url": f"{reverse('members:capabilities')}?{query.urlencode()}",
    }


def _on_offer(option: Any, *, is_chosen: bool) -> str:
    count = option.count_text if option else "0"
    if is_chosen:
        return _("%(count)s on offer, chosen") % {"count": count}
    return _("%(count)s on offer") % {"count": count}


def picked_slugs(params: Any) -> list[str]:
    """What is ticked for comparison, in the order of ticking, each once."""
    return list(dict.fromkeys(slug for slug in params.getlist(PICK) if slug))


def _nearest(found: Found) -> dict[str, Any]:
    near = near_of(found.params)
    return {"distance": distance_from(near)} if near else {}


def _values(found: Found) -> dict[str, Any]:
    chosen = [chip.label.partition(": ")[2] for chip in found.filters.chosen if chip.key == "task"]
    near = near_of(found.params)
    return {
        "situations": situations(found),
        "situation_words": ", ".join(chosen),
        "near": near,
        "near_choices": [
            {"code": code, "label": label, "chosen": code == near}
            for _pk, code, label in vocabulary.named(Scheme.REGION)
        ],
        "picks": (picks := _picks(found)),
        "picked": {pick.slug for pick in picks},
        "most_compared": MOST_COMPARED,
    }


def _picks(found: Found) -> list[Capability]:
    """What was ticked before, on another page or on a card, as far as the reader may see it."""
    slugs = picked_slugs(found.params)[:MOST_COMPARED]
    if not slugs:
        return []
    rows = Capability.objects.visible_to(found.user).open().filter(slug__in=slugs)
    return sorted(
        rows.defer("search").select_related("organisation"), key=lambda each: slugs.index(each.slug)
    )


CAPABILITIES = ListPage(
    "capabilities",
    gettext_lazy("Capabilities and solutions"),
    "members:capabilities",
    rows=listed,
    filters=CapabilityFilters,
    counted=ngettext_lazy("%(count)d option", "%(count)d options", "count"),
    page="members/capability_list.html",
    results="members/_capability_results.html",
    row=row_of,
    values=_values,
    first_by=_nearest,
    orders=(
        Order("newest", gettext_lazy("Newest first"), lambda: ("-published_at", "-pk")),
        Order("confirmed", gettext_lazy("Last confirmed first"), lambda: ("-confirmed_on", "-pk")),
    ),
)
