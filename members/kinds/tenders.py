"""What is told of tender notices: to coordinators, to who proposed one, to whom one fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.matching import reasons
from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay, register
from cluster_portal.notifications.sending.rendering import absolute
from members.models import Capability
from members.models.tenders import Stage, State
from members.services import tender_fits

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def to_decide(mail: OutboxMail) -> dict[str, Any]:
    if mail.about.stage != Stage.PROPOSED:
        raise NothingToSay
    page = reverse("admin:members_tendernotice_change", args=[mail.about_id])
    return {"title": mail.about.title, "buyer": mail.about.buyer, "url": absolute(page)}


def decided(mail: OutboxMail) -> dict[str, Any]:
    tender = mail.about
    return {
        "title": tender.title,
        "is_published": tender.stage == Stage.PUBLISHED,
        "reason": tender.decision_reason,
    }


def fits(mail: OutboxMail) -> dict[str, Any]:
    """Nothing to say any more once the notice is closed or what fitted is gone."""
    tender = mail.about
    rows = Capability.objects.open().filter(pk=mail.values["capability"])
    capability = rows.select_related("organisation").prefetch_related("terms").first()
    if capability is None or tender.stage != Stage.PUBLISHED or tender.state == State.CLOSED:
        raise NothingToSay
    return {
        "title": tender.title,
        "buyer": tender.buyer,
        "closes_at": tender.closes_at,
        "capability": capability.title,
        "reasons": reasons.shared(tender_fits.why(tender, capability)),
    }


def register_kinds() -> None:
    group = KindGroup.MEMBERSHIP
    register(Kind("tender_proposed", _("A tender notice waits for you"), group, to_decide))
    register(Kind("tender_decided", _("What became of a notice I proposed"), group, decided))
    register(Kind("tender_fits", _("A tender notice fits what we offer"), group, fits))
