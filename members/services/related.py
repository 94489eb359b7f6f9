"""The register of related clusters and initiatives: members propose, coordinators publish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from cluster_portal.core.text.classified import unmarked
from cluster_portal.core.visibility import audience
from cluster_portal.notifications.services import following
from members.models import Cluster, RelatedCluster, User
from members.models.related import MOVES, Stage
from members.services.arrivals import came

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

LONGEST_REASON = 500
KEY = "initiatives"


def clusters_of(user: Reader) -> Any:
    """To whose register the user may propose: of their own clusters."""
    known = audience(user)
    return Cluster.objects.filter(pk__in=known.member_clusters | known.coordinates)


@transaction.atomic
def propose(values: dict[str, Any], *, by: User) -> RelatedCluster:
    """The same form makes one; who proposes it hears what becomes of it."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    known = made_by(RelatedCluster, values["form_key"], proposer=by)
    if known is not None:
        return known
    if not clusters_of(by).contains(values["home_cluster"]):
        raise Refused(_("You can propose to a cluster that you belong to."))
    terms, regions = values.pop("terms"), values.pop("regions")
    made = RelatedCluster(
        **values, proposer=by, stage=Stage.PROPOSED, published_at=None,
        checked_on=timezone.localdate(),
    )  # fmt: skip
    _insert(made)
    made.terms.set(terms)
    made.regions.set(regions)
    search.reindex(made)
    following.follow(made, by=by)
    audit.record(made, "created", by=by)
    return made


def _insert(made: RelatedCluster) -> None:
    """An address taken meanwhile by another makes a second try."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        made.slug = ""
        made.save(force_insert=True)


@transaction.atomic
def move(initiative: RelatedCluster, action: str, *, by: User, reason: str = "") -> RelatedCluster:
    """Publishes it, does not take it in, or ends it; followers are told."""
    row = RelatedCluster.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    step = MOVES.step(action, row, by)
    reason = unmarked(reason.strip()[:LONGEST_REASON])
    if step.needs_reason and not reason:
        raise Refused(_("Tell why: who proposed it reads the reason."))
    row.stage = step.target
    if row.stage == Stage.PUBLISHED:
        row.published_at, row.checked_on = timezone.now(), timezone.localdate()
    row.save()
    search.reindex(row)
    entry = audit.record(row, action, by=by, reason=reason, details={"stage": row.stage})
    following.tell(row, action, key=str(entry.pk), by=by)
    if row.stage == Stage.PUBLISHED:
        came(KEY, row, since=row.published_at)
    return row


def proposed_by(user: Reader) -> list[dict[str, Any]]:
    rows = RelatedCluster.objects.filter(proposer=user.pk).order_by("pk")
    return [{"initiative": row.name_fi, "state": row.get_stage_display()} for row in rows]


def effects(user: User) -> list[str]:
    count = RelatedCluster.objects.filter(proposer=user).count()
    words = _("Initiatives that you have proposed stay without your name: %(count)s.")
    return [words % {"count": count}] if count else []


def erase(user: User) -> None:
    RelatedCluster.objects.filter(proposer=user).update(proposer=None)
