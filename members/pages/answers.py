"""What of this app may answer a need: capabilities, experts and member organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.answers import Answers
from cluster_portal.core.text import richtext
from cluster_portal.core.visibility import audience
from members.models import Capability, ExpertFace, Organisation
from members.models.capabilities import Kind as CapabilityKind
from members.models.expert_fields import Field, OfferKind
from members.models.needs import Kind
from members.services.recipients import contacts_of

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

HELPS = Q(kind=CapabilityKind.VOLUNTEERING)
TEACHES = Q(kind__in=[
    CapabilityKind.COMPETENCE, CapabilityKind.COURSE, CapabilityKind.RESEARCH_GROUP,
    CapabilityKind.LABORATORY, CapabilityKind.SERVICE,
])  # fmt: skip


def _capabilities(user: Reader) -> Any:
    rows = Capability.objects.visible_to(user).open()
    return rows.select_related("organisation").defer("search")


def _capability_texts(row: Capability) -> list[str]:
    """What its page shows to everyone who sees it; never the category of dual use."""
    return [row.title, row.summary, richtext.plain(row.description)]


def _capability_shown(row: Capability) -> dict[str, Any]:
    owner = row.named_owner
    kind = [str(row.get_kind_display()), owner.title if owner else ""]
    return {
        "kind": " · ".join(filter(None, kind)),
        "title": row.title,
        "url": row.get_absolute_url(),
        "emblem": owner.name if owner else row.title_fi,
        "sector": owner.sector if owner else "business",
        "ask_url": reverse("members:contact", args=["capability", row.slug]),
    }


def _organisations(user: Reader) -> Any:
    return Organisation.objects.visible_to(user).standing().members().defer("search")


def _organisation_texts(row: Organisation) -> list[str]:
    return [richtext.plain(row.description)]


def _organisation_shown(row: Organisation) -> dict[str, Any]:
    return {
        "kind": row.get_kind_display(),
        "title": row.title,
        "url": row.get_absolute_url(),
        "emblem": row.name,
        "sector": row.sector,
        "ask_url": reverse("members:contact", args=["organisation", row.slug]),
    }


def _experts(user: Reader) -> Any:
    return ExpertFace.objects.visible_to(user).select_related("profile__user")


def _expert_texts(row: ExpertFace) -> list[str]:
    """Of what the expert shows to readers of this level alone."""
    shown = {Field.SUMMARY: row.profile.summary, Field.EXPERTISE: row.profile.keywords}
    return [text for field, text in shown.items() if field in row.fields]


def _expert_shown(row: ExpertFace) -> dict[str, Any]:
    return {
        "kind": _("Expert"),
        "title": str(row.profile.user),
        "url": row.get_absolute_url(),
        "portrait": str(row.profile.user),
        "sector": "",
        "ask_url": reverse("members:contact", args=["expert", row.profile.slug]),
    }


CAPABILITIES = Answers(
    "capabilities", _("Capabilities"), Capability, _capabilities,
    kinds={
        Kind.SOLUTION: ~HELPS,
        Kind.PARTNER: ~HELPS,
        Kind.KNOWLEDGE: TEACHES,
        Kind.VOLUNTEERS: HELPS,
    },
    texts=_capability_texts, show=_capability_shown,
    owners=lambda row: contacts_of([row.organisation_id]),
    mine=lambda user: Capability.objects.filter(organisation__in=audience(user).organisations),
    regions="regions", everywhere="is_nationwide",
)  # fmt: skip
EXPERTS = Answers(
    "experts", _("Experts"), ExpertFace, _experts,
    kinds={
        Kind.KNOWLEDGE: Q(),
        Kind.VOLUNTEERS: Q(offers__contains=[OfferKind.VOLUNTEERING]),
    },
    texts=_expert_texts, show=_expert_shown, owners=lambda row: [row.profile.user],
    mine=lambda user: ExpertFace.objects.for_members().filter(profile__user=user.pk),
    regions="region",
)  # fmt: skip
ORGANISATIONS = Answers(
    "members", _("Members"), Organisation, _organisations, kinds={Kind.PARTNER: Q()},
    texts=_organisation_texts, show=_organisation_shown,
    owners=lambda row: contacts_of([row.pk]),
    mine=lambda user: Organisation.objects.filter(pk__in=audience(user).organisations),
    owner="pk",
)  # fmt: skip
