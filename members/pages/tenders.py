"""Tender notices: their list, what a notice's page shows, and who could bid together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core.content import QueueState
from cluster_portal.core.lists import ListPage
from cluster_portal.core.visibility import audience
from members.filters import TenderFilters
from members.models import TenderNotice
from members.models.tenders import Stage, State
from members.services import tender_fits

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

MEMBERS = (gettext_lazy("Members"), "members:list")


def listed(user: Reader) -> Any:
    return TenderNotice.objects.visible_to(user).listed().soonest_first()


def coming(user: Reader) -> Any:
    return TenderNotice.objects.visible_to(user).not_closed()


def _moment(tender: TenderNotice) -> str:
    return date_format(timezone.localtime(tender.closes_at), "DATETIME_FORMAT")


def state_words(tender: TenderNotice) -> str:
    is_open = tender.state == State.OPEN
    words = _("Tenders by %(moment)s") if is_open else _("Closed %(moment)s")
    return words % {"moment": _moment(tender)}


def look(tender: TenderNotice) -> str:
    return "open" if tender.state == State.OPEN else "stopped"


def row(tender: TenderNotice) -> dict[str, Any]:
    return {
        "url": tender.get_absolute_url(),
        "title": tender.title,
        "kind": tender.buyer,
        "text": tender.summary,
        "state": look(tender),
        "state_text": state_words(tender),
    }


def trail(name: str) -> list[dict[str, Any]]:
    return [
        {"name": _("Members"), "url": reverse("members:list")},
        {"name": _("Tender notices"), "url": reverse("members:tenders")},
        {"name": name},
    ]


def page(tender: TenderNotice, user: Reader) -> dict[str, Any]:
    cluster, is_public = tender.home_cluster, tender.stage == Stage.PUBLISHED
    return {
        "tender": tender,
        "state": look(tender) if is_public else Stage(tender.stage).look,
        "state_text": state_words(tender) if is_public else Stage(tender.stage).label,
        "terms": tender.terms.all(),
        "facts": [
            {"name": _("Buyer"), "value": tender.buyer},
            {"name": _("Deadline"), "value": _moment(tender)},
            {"name": _("Cluster"), "value": cluster.name, "url": cluster.get_absolute_url()},
            {"name": _("Who sees this"), "value": tender.get_visibility_display()},
            {"name": _("Source"), "value": tender.source},
            {"name": _("Checked"), "value": date_format(tender.checked_on)},
        ],
        "trail": trail(tender.title),
        "current": "members",
        **_bidders(tender, user),
    }


def _bidders(tender: TenderNotice, user: Reader) -> dict[str, Any]:
    """For the people of an organisation that fits: why, and who else does."""
    mine = audience(user).organisations
    if not mine or tender.state == State.CLOSED:
        return {}
    fits = tender_fits.seen_by(tender, user)
    own = [fit for fit in fits if fit.capability.organisation_id in mine]
    if not own:
        return {}
    others = [fit for fit in fits if fit.capability.organisation_id not in mine]
    return {"own_fits": own, "partners": list(map(_partner, others))}


def _partner(fit: tender_fits.Fit) -> dict[str, Any]:
    owner = fit.capability.named_owner
    slug = owner.slug if owner else ""
    return {
        "capability": fit.capability,
        "reasons": fit.reasons,
        "owner": owner,
        "contact_url": reverse("members:contact", args=["organisation", slug]) if slug else "",
    }


def queue(user: Reader) -> QueueState:
    rows = TenderNotice.objects.in_scope_of(user).filter(stage=Stage.PROPOSED)
    first = rows.order_by("created_at", "pk").values("pk", "created_at").first()
    page = "admin:members_tendernotice_change"
    return QueueState(
        label=_("Proposed tender notices"),
        count=rows.count() if first else 0,
        oldest=first["created_at"] if first else None,
        url=f"{reverse('admin:members_tendernotice_changelist')}?stage__exact=proposed",
        first=reverse(page, args=[first["pk"]]) if first else "",
    )


TENDERS = ListPage(
    "tenders",
    gettext_lazy("Tender notices"),
    "members:tenders",
    rows=listed,
    filters=TenderFilters,
    counted=ngettext_lazy("%(count)s tender notice", "%(count)s tender notices", "count"),
    page="members/tender_list.html",
    results="members/_tender_results.html",
    row=row,
    around=lambda found: {"current": "members"},
    above=(MEMBERS,),
)
