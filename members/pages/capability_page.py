"""What a capability's page shows: does it hold in a disruption, where from, who else near."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core import origin, vocabulary
from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.pictures import Caption, finland, ladder, neighbours
from cluster_portal.core.vocabulary import Scheme
from members.models import Capability
from members.models.capabilities import DISRUPTIONS, ForAssociations, Holds, ServiceLanguage, Stage
from members.models.capability_workflow import MOVES, edits, looks_after, speaks_for_owner
from members.models.situations import scene_of
from members.pages.capability_list import PICK, disruption_words, for_rows, places_of, row_of
from members.services.capabilities import has_member, renewed_until

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.visibility import Reader

NEAR_SHOWN = 4
ICONS = {"power_cut": "bolt", "comms_cut": "signal", "exceptional": "warn"}
ENQUIRY = "contact request"  # the act that `members.services.contacts` records


def complete(rows: QuerySet[Any]) -> Any:
    """With all that the page shows of it."""
    return rows.select_related("organisation", "home_cluster", "dual_use").prefetch_related(
        "terms", "regions"
    )


def values(capability: Capability, user: Reader) -> dict[str, Any]:
    owner, regions = capability.named_owner, list(capability.regions.all())
    terms = list(capability.terms.all())
    is_ours = edits(capability, user)
    return {
        "capability": capability,
        "owner": owner,
        "scene": scene_of(terms),
        "kind": capability.get_kind_display(),
        "state": Holds(capability.in_disruption).look,
        "state_text": disruption_words(capability),
        "places": places_of(capability, [term.label for term in regions], most=len(regions)),
        "terms": [term.label for term in terms],
        "holds": holds(capability),
        "references": [line for line in capability.references.splitlines() if line.strip()],
        "facts": facts(capability),
        "source": source_words(capability),
        "map": _map(capability, {term.code for term in regions}),
        "readiness": _readiness(capability),
        "near": near(capability, user, regions),
        "thread": origin.results_of(Capability, [capability.pk], user)[capability.pk],
        "similar_url": _similar_url(capability, terms),
        "pick_url": f"{reverse('members:capability_compare')}?{urlencode({PICK: capability.slug})}",
        "can_ask": capability.stage == Stage.PUBLISHED and not speaks_for_owner(capability, user),
        "is_ours": is_ours,
        "trail": _trail(capability),
        **(own_side(capability, user) if is_ours else {}),
    }


def record(capability: Capability, user: Reader) -> dict[str, Any]:
    """All that stands in the record, for the owner who confirms it by the link of a mail."""
    texts = [
        (_(str(name)), getattr(capability, f"title_{code}"), getattr(capability, f"summary_{code}"))
        for code, name in settings.LANGUAGES
    ]
    return {
        **values(capability, user),
        "texts": [each for each in texts if any(each[1:])],
        "shows_dual_use": capability.shows_dual_use_to(user),
        "can_ask": False,
    }


def _trail(capability: Capability) -> list[dict[str, Any]]:
    above = {"name": _("Capabilities and solutions"), "url": reverse("members:capabilities")}
    return [above, {"name": capability.title}]


def own_side(capability: Capability, user: Reader) -> dict[str, Any]:
    """What the owner's people and the coordinators see besides."""
    return {
        "stage": Stage(capability.stage),
        "moves": MOVES.open_to(capability, user),
        "move_url": reverse("members:capability", args=[capability.slug]),
        "enquiries": enquiries_of(capability),
        "has_left": not has_member(capability),
        "has_expired": capability.has_expired,
        "renewed_until": renewed_until(capability),
        "shows_dual_use": capability.shows_dual_use_to(user),
        "is_coordinator": looks_after(capability, user),
    }


def holds(capability: Capability) -> list[dict[str, Any]]:
    """Each disruption that something is told of."""
    told = []
    for name in DISRUPTIONS:
        status, note = Holds(getattr(capability, name)), getattr(capability, f"{name}_note")
        if status != Holds.UNKNOWN or note:
            told.append({
                "icon": ICONS[name], "name": disruption_name(name), "state": status.look,
                "text": status.label, "note": note,
            })  # fmt: skip
    return told


def disruption_name(name: str) -> str:
    return {
        "power_cut": _("Power cut"),
        "comms_cut": _("No mobile or data network"),
        "exceptional": _("Exceptional conditions"),
    }[name]


def facts(capability: Capability) -> list[dict[str, Any]]:
    """Source and date stand with every claim of the page."""
    until = capability.expires_on
    rows = [
        (_("For associations"), association_words(capability)),
        (_("For others"), capability.other_terms),
        (_("To be had"), capability.delivery),
        (_("Languages of service"), languages_of(capability)),
        (_("Humanitarian work"), _("supports it") if capability.is_humanitarian else ""),
        (_("Source"), source_words(capability)),
        (_("Confirmed by its owner"), date_of(capability.confirmed_on)),
        (_("Valid"), _("until %(day)s") % {"day": date_of(until)} if until else ""),
        (_("Who sees this"), capability.get_visibility_display()),
    ]
    found = [{"name": name, "value": value} for name, value in rows]
    link = {"name": _("Link"), "value": capability.link, "url": capability.link}
    return [*found, link] if capability.link else found


def association_words(capability: Capability) -> str:
    words = [capability.association_terms]
    if capability.for_associations and not capability.association_terms:
        words = [str(ForAssociations(capability.for_associations).label)]
    return "".join(words)


def languages_of(capability: Capability) -> str:
    return ", ".join(str(ServiceLanguage(code).label) for code in capability.languages)


def source_words(capability: Capability) -> str:
    parts = [capability.get_source_display(), capability.source_note]
    return ", ".join([part for part in parts if part] + [date_of(capability.sourced_on)])


def date_of(day: Any) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def _map(capability: Capability, codes: set[str]) -> str:
    if not codes and not capability.is_nationwide:
        return ""
    every = {code for _pk, code, _label in vocabulary.named(Scheme.REGION)}
    shown = every if capability.is_nationwide else codes
    caption = Caption(
        f"reach-{capability.pk}", _("Where it is delivered"), _("The regions are named beside it.")
    )
    return finland(caption, dict.fromkeys(shown, 4), {})


def _readiness(capability: Capability) -> dict[str, Any] | None:
    if capability.trl is None:
        return None
    code = str(capability.trl)
    label = next((label for _pk, each, label in vocabulary.named(Scheme.TRL) if each == code), "")
    caption = Caption(f"trl-{capability.pk}", _("Technology readiness level"), label)
    return {"picture": ladder(caption, capability.trl), "label": label}


def near(capability: Capability, user: Reader, regions: Iterable[Any]) -> list[dict[str, Any]]:
    """Others for the same tasks in the same regions, then in their neighbours."""
    own = {term.code for term in regions}
    around = {code for each in own for code in neighbours(each)} - own
    tasks = [term.pk for term in capability.terms.all() if term.scheme == Scheme.SECURITY_TASK]
    links = Capability.regions.through.objects.filter(capability=OuterRef("pk"))
    here = Exists(links.filter(term__code__in=own)) if own else Q(is_nationwide=True)
    beside = Exists(links.filter(term__code__in=around))
    same = Capability.terms.through.objects.filter(term__in=tasks).values("capability")
    rows = Capability.objects.visible_to(user).open().filter(pk__in=same).exclude(pk=capability.pk)
    rows = for_rows(rows.annotate(is_here=here, is_beside=beside))
    rows = rows.filter(Q(is_here=True) | Q(is_beside=True)).order_by("-is_here", "-published_at")
    return [
        {**row_of(row), "distance": _distance(row)} for row in rows[:NEAR_SHOWN]
    ]  # fmt: skip


def _distance(row: Any) -> str:
    return _("in the same region") if row.is_here else _("in a neighbouring region")


def _similar_url(capability: Capability, terms: list[Any]) -> str:
    """The list narrowed to the same tasks, where such a search can be saved."""
    tasks = [term.code for term in terms if term.scheme == Scheme.SECURITY_TASK]
    query = urlencode({"task": tasks, "kind": capability.kind}, doseq=True)
    return f"{reverse('members:capabilities')}?{query}"


def with_enquiries(rows: QuerySet[Capability]) -> QuerySet[Capability]:
    """Each row's `enquiries`, counted with it."""
    kind = ContentType.objects.get_for_model(Capability)
    acts = AuditEntry.objects.filter(content_type=kind, object_id=OuterRef("pk"), action=ENQUIRY)
    count = acts.order_by().values("object_id").annotate(count=Count("pk")).values("count")
    return rows.annotate(enquiries=Coalesce(Subquery(count), 0))


def enquiries_of(capability: Capability) -> int:
    """How many times it was asked about through the portal, as the ledger of acts remembers."""
    kind = ContentType.objects.get_for_model(Capability)
    acts = AuditEntry.objects.filter(content_type=kind, object_id=capability.pk, action=ENQUIRY)
    return acts.count()
