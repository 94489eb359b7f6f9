"""What the form of a capability shows, and what becomes of what is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from members.forms.capabilities import THEMES, CapabilityForm, pictured
from members.models import Capability, Cluster, Organisation
from members.models.capabilities import DISRUPTIONS, Holds, Kind, Stage
from members.models.capability_workflow import MOVES
from members.models.situations import scene_of
from members.pages.capability_list import ICON_OF, disruption_words
from members.services import capabilities

if TYPE_CHECKING:
    from members.models import User

MORE = (
    ("for_associations", "association_terms", "other_terms", "delivery", "is_humanitarian"),
    ("references", "trl", "languages", "link", "description"),
    ("themes",),
    ("title_sv", "summary_sv", "title_en", "summary_en"),
    ("visibility", "dual_use", "source", "source_note"),
)


def store(form: CapabilityForm, *, by: User, seen: str = "") -> Capability:
    """Stores what was filled in, and takes the step that the pressed button names."""
    capability = form.capability
    if capability is None:
        capability = capabilities.create_capability(form.values, by=by, **form.links)
    else:
        capabilities.edit_capability(capability, form.values, by=by, seen=seen, **form.links)
        capability.refresh_from_db()
    if form.data.get("then") == "publish":
        for action in ("publish", "propose", "confirm"):
            if MOVES.may(action, capability, by):
                return capabilities.move_capability(capability, action, by=by)
    return capability


def said(form: CapabilityForm, capability: Capability) -> str:
    if form.is_draft:
        return _("The draft is stored. You can go on whenever you like.")
    if capability.stage == Stage.DRAFT:
        return _("This is how it will look. Publish it below, or go on editing.")
    return moved_words(capability, "publish")


def moved_words(capability: Capability, action: str) -> str:
    if capability.stage == Stage.UNCONFIRMED:
        return _("Stored. The organisation’s contact person is asked to confirm it.")
    if action == "renew":
        return _("Renewed. Thank you for keeping this true.")
    if capability.stage == Stage.PUBLISHED:
        return _("Published. Members find it from now on.")
    return _("Done. It is no longer shown to others.")


def values(form: CapabilityForm, capability: Capability | None) -> dict[str, Any]:
    is_new = capability is None or capability.stage == Stage.DRAFT
    return {
        "form": form,
        "capability": capability,
        "owner": _owner(form, capability),
        "is_new": is_new,
        "publishes": not form.is_on_behalf,
        "kinds": [
            {"option": option, "icon": ICON_OF[Kind(str(option.data["value"]))]}
            for option in form["kind"]
        ],
        **pictured(form),
        **_regions(form),
        "details": [_detail(form, name) for name in DISRUPTIONS],
        "more": [[form[name] for name in names if name in form.fields] for names in MORE],
        "has_more": bool({*form.errors} & {name for names in MORE for name in names}),
        "theme_fields": THEMES,
        "preview": preview(capability) if capability else None,
    }


def _owner(form: CapabilityForm, capability: Capability | None) -> Organisation | None:
    if capability is not None:
        return capability.organisation
    field: Any = form.fields["organisation"]
    return field.queryset.first() if field.disabled else None


def _regions(form: CapabilityForm) -> dict[str, Any]:
    """The regions of the clusters and what is ticked first, the others folded."""
    options, own = list(form["regions"]), _cluster_codes()
    first = [o for o in options if str(o.data["value"]) in own or o.data["selected"]]
    return {"regions": first, "other_regions": [o for o in options if o not in first]}


def _cluster_codes() -> set[str]:
    rows = Cluster.objects.select_related("region")
    return {cluster.region.code for cluster in rows}


def _detail(form: CapabilityForm, name: str) -> dict[str, Any]:
    return {"holds": form[name], "note": form[f"{name}_note"]}


def preview(capability: Capability) -> dict[str, Any]:
    """The card as others see it, of what is stored."""
    terms = list(capability.terms.all())
    owner = capability.named_owner
    return {
        "scene": scene_of(terms),
        "kind": capability.get_kind_display() if capability.kind else "",
        "owner": owner.title if owner else "",
        "title": capability.title,
        "text": capability.summary,
        "state": Holds(capability.in_disruption).look,
        "state_text": disruption_words(capability),
        "tags": [term.label for term in [*terms, *capability.regions.all()]],
    }
