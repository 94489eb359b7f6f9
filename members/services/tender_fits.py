"""Which capabilities fit a tender notice: found when it is published and by the hourly round, told
to each owner once, and shown to those who could bid together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from cluster_portal.core.matching import reasons, score, stored
from cluster_portal.core.vocabulary import Scheme
from cluster_portal.notifications import outbox
from members.models import Capability, TenderFit, TenderNotice
from members.models.capabilities import Kind
from members.services.recipients import contacts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader

MOST = 40
BIDS = [kind for kind in Kind if kind not in {Kind.COURSE, Kind.VOLUNTEERING}]


@dataclass(frozen=True)
class Fit:
    capability: Capability
    reasons: list[str]


@transaction.atomic
def find(tender: TenderNotice) -> int:
    """Stores what fits now and tells the owners who have not been told of this notice."""
    wish = tender.match_features()
    corpus = stored.corpus(_possible(tender), wish)
    best = dict(score.best(corpus.scores(wish), MOST))
    fitting = {
        each.pk: each for each in _with_words(Capability.objects.filter(pk__in=best))
        if _is_told(why(tender, each))
    }  # fmt: skip
    TenderFit.objects.filter(tender=tender).exclude(capability__in=fitting).delete()
    TenderFit.objects.bulk_create(
        [TenderFit(tender=tender, capability=fitting[pk], score=best[pk]) for pk in fitting],
        update_conflicts=True, unique_fields=["tender", "capability"], update_fields=["score"],
    )  # fmt: skip
    _tell(tender, fitting.values())
    return len(fitting)


def find_for_open() -> int:
    """The hourly round: capabilities that came after the notice fit it, too."""
    open_ones = TenderNotice.objects.not_closed().prefetch_related("terms")
    return sum(find(tender) for tender in open_ones)


def seen_by(tender: TenderNotice, user: Reader) -> list[Fit]:
    """The fits that this reader may see, best first, each with what it stands on."""
    visible = Capability.objects.visible_to(user).open()
    rows = _with_words(visible.filter(pk__in=tender.fits.values("capability")))
    order = {pk: place for place, pk in enumerate(tender.fits.values_list("capability", flat=True))}
    return [
        Fit(each, reasons.shared(why(tender, each)))
        for each in sorted(rows, key=lambda each: order[each.pk])
    ]


def why(tender: TenderNotice, capability: Capability) -> reasons.Why:
    """Of what both pages show; wants the terms of both loaded."""
    wish = tender.match_features()
    mine = [tender.title, tender.summary]
    theirs = [capability.title, capability.summary, capability.description]
    found = reasons.why(mine, theirs, wish, dict.fromkeys(wish, 1.0))
    found.themes = reasons.theme_labels(_themes(tender) & _themes(capability))
    return found


def _is_told(found: reasons.Why) -> bool:
    """What is only close to the subject is too little to write to somebody about."""
    return bool(found.shared or found.themes)


def _themes(obj: Any) -> set[int]:
    return {term.pk for term in obj.terms.all() if term.scheme != Scheme.REGION}


def _with_words(rows: QuerySet[Capability]) -> QuerySet[Capability]:
    return rows.select_related("organisation").prefetch_related("terms")


def _possible(tender: TenderNotice) -> QuerySet[Capability]:
    """Open ones of a kind that is sold, delivered where the notice asks for it."""
    rows = Capability.objects.open().filter(kind__in=BIDS, organisation__isnull=False)
    regions = [term.pk for term in tender.terms.all() if term.scheme == Scheme.REGION]
    if not regions:
        return rows
    in_region = Capability.objects.filter(regions__in=regions).values("pk")
    anywhere = Q(is_nationwide=True) | Q(is_remote=True) | Q(regions=None)
    return rows.filter(Q(pk__in=in_region) | anywhere)


def _tell(tender: TenderNotice, fitting: Iterable[Capability]) -> None:
    """One notice for each organisation and notice, however often they are matched."""
    by_owner: dict[int, list[int]] = defaultdict(list)
    for each in fitting:
        if each.organisation_id:
            by_owner[each.organisation_id].append(each.pk)
    for organisation, capabilities in by_owner.items():
        outbox.post_to_all(
            "tender_fits", to=contacts_of([organisation]), key=f"{tender.pk}:{organisation}",
            about=tender, values={"capability": capabilities[0], "count": len(capabilities)},
        )  # fmt: skip
