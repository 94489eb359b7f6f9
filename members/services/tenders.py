"""Tender notices: proposed by members, decided by coordinators, told to whom they concern."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import unmarked
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox
from members.models import Cluster, TenderNotice
from members.models.tenders import MOVES, RESERVED_SLUGS, Stage
from members.services import tender_fits
from members.services.arrivals import came
from members.services.recipients import coordinators_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.vocabulary import Term
    from members.models import User

A_DAY, FROM_PERSON = datetime.timedelta(days=1), 10
ACTS = {
    "publish": "tender published",
    "reject": "tender rejected",
    "withdraw": "tender withdrawn",
}


@dataclass(frozen=True)
class Draft:
    values: dict[str, Any]
    terms: Iterable[Term]


def free_slug(title: str) -> str:
    rows = TenderNotice.objects.all()
    return cleaning.free_slug(rows, title, empty="kilpailutus", reserved=RESERVED_SLUGS)


@transaction.atomic
def propose(draft: Draft, cluster: Cluster, *, by: User) -> tuple[TenderNotice, bool]:
    """A member's proposal waits for the cluster's coordinator; the same link is not taken twice.

    Returns the notice, and whether it is new.
    """
    if cluster.pk not in audience(by).member_clusters:
        raise Refused(_("Only members of the cluster propose tender notices to it."))
    _take_turns(cluster)
    current = TenderNotice.objects.filter(stage__in=[Stage.PROPOSED, Stage.PUBLISHED])
    same = current.filter(home_cluster=cluster, link=draft.values["link"]).first()
    if same is not None:
        return same, False
    _refuse_flood(by)
    tender = TenderNotice(
        home_cluster=cluster, proposed_by=by, slug=free_slug(draft.values["title"]), **draft.values
    )
    tender.save()
    tender.terms.set(draft.terms)
    search.reindex(tender)
    entry = audit.record(tender, "tender proposed", by=by)
    outbox.post_to_all(
        "tender_proposed", to=coordinators_of([cluster.pk], but=by), key=str(entry.pk), about=tender
    )
    return tender, True


def _refuse_flood(by: User) -> None:
    lately = TenderNotice.objects.filter(proposed_by=by, created_at__gte=timezone.now() - A_DAY)
    if lately.count() >= FROM_PERSON:
        raise Refused(_("You have proposed many notices today. Go on tomorrow."))


def _take_turns(cluster: Cluster) -> None:
    """The cluster's row is the lock under which the same link comes but once."""
    Cluster.objects.select_for_update(no_key=True).get(pk=cluster.pk)


@transaction.atomic
def move(tender: TenderNotice, action: str, *, by: User, reason: str = "") -> TenderNotice:
    """Publishing matches the notice with capabilities; the proposer is told of every decision."""
    tender = TenderNotice.objects.select_for_update(of=("self",)).get(pk=tender.pk)
    step = MOVES.step(action, tender, by)
    reason = unmarked(reason.strip())
    if step.needs_reason and not reason:
        raise Refused(_("Give a reason."))
    tender.stage, tender.decision_reason = Stage(step.target), reason
    if tender.stage == Stage.PUBLISHED:
        tender.published_at = timezone.now()
    tender.save(update_fields=["stage", "decision_reason", "published_at", "updated_at"])
    entry = audit.record(tender, ACTS[action], by=by, reason=reason)
    if tender.proposed_by and tender.proposed_by != by:
        outbox.post("tender_decided", to=tender.proposed_by, key=str(entry.pk), about=tender)
    if tender.stage == Stage.PUBLISHED:
        has_come(tender)
    return tender


def has_come(tender: TenderNotice, *, before: str = "") -> None:
    """Something published is new or changed: saved searches hear of it, and what fits is found."""
    search.reindex(tender)
    if tender.stage == Stage.PUBLISHED:
        came("tenders", tender, since=tender.published_at, before=before)
        tender_fits.find(tender)
