"""A test environment's page and line, as plain values for the templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cluster_portal.core import origin
from cluster_portal.core.visibility import audience
from members.models import Capability, Organisation
from members.models.capabilities import ServiceLanguage
from projects.models.testbeds import MOVES, PART_OF, PUBLISHED, Stage

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from projects.models import TestEnvironment


def complete(rows: QuerySet[TestEnvironment], user: Reader) -> QuerySet[Any]:
    """With its owner, and what of it the reader may see."""
    owner = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
    part = Capability.objects.visible_to(user).filter(pk=OuterRef("capability"))
    return rows.select_related("organisation", "region", "capability", "home_cluster").annotate(
        owner_seen=Exists(owner), part_seen=Exists(part)
    )


def look(testbed: TestEnvironment) -> str:
    return Stage(testbed.stage).look


def card(testbed: Any) -> dict[str, Any]:
    owner = testbed.organisation.title if testbed.owner_seen else _("Test environment")
    return {
        "kind": ", ".join(filter(None, [owner, testbed.place])),
        "title": testbed.title,
        "url": testbed.get_absolute_url(),
        "text": testbed.summary,
        "state": look(testbed),
        "state_text": testbed.get_stage_display(),
        "meta": testbed.availability,
    }


def row(testbed: TestEnvironment) -> dict[str, Any]:
    """A test environment as a line on other pages."""
    return {
        "url": testbed.get_absolute_url(),
        "title": testbed.title,
        "kind": _("Test environment"),
        "text": testbed.summary,
        "state": look(testbed),
        "state_text": testbed.get_stage_display(),
    }


def trail(*names: Any) -> list[dict[str, str]]:
    above = [{"name": _("Test environments"), "url": reverse("projects:testbeds")}]
    *links, last = names
    return [*above, *({"name": str(n), "url": n.get_absolute_url()} for n in links),
            {"name": str(last)}]  # fmt: skip


def values(testbed: Any, *, user: Reader) -> dict[str, Any]:
    known = audience(user)
    is_editor = testbed.is_editable_by(user)
    speaks = testbed.organisation_id in known.edits
    return {
        "testbed": testbed,
        "look": look(testbed),
        "owner": testbed.organisation if testbed.owner_seen else None,
        "part": testbed.capability if testbed.part_seen else None,
        "parts": [part for part in _parts(testbed) if part["text"]],
        "facts": facts(testbed),
        "terms": [term.label for term in testbed.terms.all()],
        "thread": origin.thread_of(testbed, user),
        "starts": origin.starts_of(testbed, user) if testbed.is_open else [],
        "can_ask": testbed.stage in PUBLISHED and not speaks,
        "is_editor": is_editor,
        "moves": MOVES.open_to(testbed, user) if is_editor else [],
        "trail": trail(testbed.title),
    }


def _parts(testbed: TestEnvironment) -> list[dict[str, str]]:
    return [
        {"heading": _("What can be tried"), "text": testbed.offers},
        {"heading": _("Who may use it"), "text": testbed.users},
        {"heading": _("Permits needed"), "text": testbed.permits},
    ]


def facts(testbed: Any) -> list[dict[str, Any]]:
    owner = testbed.organisation if testbed.owner_seen else None
    part = testbed.capability if testbed.part_seen else None
    cluster, languages = testbed.home_cluster, testbed.languages
    return [
        {"name": _("Organisation"), "value": owner.title if owner else "",
         "url": owner.get_absolute_url() if owner else ""},
        {"name": _("Part of"), "value": part.title if part else "",
         "url": part.get_absolute_url() if part else ""},
        {"name": _("Place"), "value": testbed.place},
        {"name": _("Region"), "value": testbed.region.label if testbed.region else ""},
        {"name": _("Available"), "value": testbed.availability},
        {"name": _("Price"), "value": testbed.price},
        {"name": _("Languages of service"),
         "value": ", ".join(str(ServiceLanguage(code).label) for code in languages)},
        {"name": _("Website"), "value": testbed.link, "url": testbed.link},
        {"name": _("Cluster"), "value": cluster.name, "url": cluster.get_absolute_url()},
        {"name": _("Updated"), "value": date_format(localtime(testbed.updated_at))},
    ]  # fmt: skip


def related_lists() -> list[dict[str, str]]:
    """Where laboratories, groups and courses of the members stand already."""
    address = reverse("members:capabilities")
    return [
        {"title": str(kind.label), "url": f"{address}?{urlencode({'kind': kind.value})}"}
        for kind in PART_OF
    ]
