"""Finding what fits the needs, and telling both sides: each pair once.

A need waits in `matched_at`, a thing that may answer in `AnswerArrival`; both are written in the
transaction that publishes. A worker claims one need, or a handful of things, at a time; what a
killed one held is found again.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from cluster_portal.core.content import parts
from cluster_portal.core.visibility import audiences_of
from cluster_portal.notifications import outbox
from members import matching
from members.models import AnswerArrival, Need, NeedMatch, User
from members.services.needs import side_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cluster_portal.core.answers import Answers
    from cluster_portal.core.matching.score import Match

AT_ONCE = 50  # things that came, matched and told together
TOLD = 5  # owners of the best answers who hear of one need


@transaction.atomic
def match_next() -> bool:
    """Handle one need, else what came together; False when nothing is left to this worker."""
    waiting = Need.objects.open().filter(matched_at=None).order_by("pk")
    need = waiting.select_for_update(of=("self",), skip_locked=True, no_key=True).first()
    if need is not None:
        _match_need(need)
        Need.objects.filter(pk=need.pk).update(matched_at=timezone.now())
        return True
    waiting_answers = AnswerArrival.objects.select_for_update(skip_locked=True).order_by("pk")
    arrivals = list(waiting_answers[:AT_ONCE])
    if not arrivals:
        return False
    arrived = dict.fromkeys((arrival.answers, arrival.object_id) for arrival in arrivals)
    _match_answers(arrived)
    for asks in parts(lambda one: one.asks):
        for key, pk in arrived:
            asks.met(key, pk)
    AnswerArrival.objects.filter(pk__in=[arrival.pk for arrival in arrivals]).delete()
    return True


def _match_need(need: Need) -> None:
    reader = _reader_of(need)
    if reader is None:
        return
    found: list[tuple[Answers, Match]] = []
    for answers in matching.every():
        found += [(answers, match) for match in matching.fits(answers, need, reader)]
    _keep(need, found)


def _match_answers(arrived: Iterable[tuple[str, int]]) -> None:
    """Things that came together, as in an import, are told to a need's side in one message."""
    found: dict[int, tuple[Need, list[tuple[Answers, Match]]]] = {}
    for key, pk in arrived:
        answers = matching.declared(key)
        if answers is None:
            continue
        for need, match in _needs_met(answers, pk):
            found.setdefault(need.pk, (need, []))[1].append((answers, match))
    for _, (need, fits) in sorted(found.items(), key=itemgetter(0)):
        _keep(need, fits)


def _needs_met(answers: Answers, pk: int) -> Iterator[tuple[Need, Match]]:
    for key in matching.needs_for(answers, pk, Need.objects.open()):
        need = Need.objects.select_related("organisation", "person", "teller").get(pk=key)
        reader = _reader_of(need)
        match = matching.fit_of(answers, pk, need, reader) if reader else None
        if match is not None:
            yield need, match


def _reader_of(need: Need) -> User | None:
    """By whose eyes the answers are looked for: what they cannot see is not suggested."""
    return next(iter(side_of(need)), None)


def _keep(need: Need, found: list[tuple[Answers, Match]]) -> None:
    """Store the pairs; the new ones are told to both sides."""
    known = set(need.matches.values_list("content_type", "object_id"))
    rows, fresh = [], []
    for answers, match in found:
        kind = ContentType.objects.get_for_model(answers.model)
        rows.append(
            NeedMatch(
                need=need, answers=answers.key, content_type=kind, object_id=match.object.pk,
                score=match.score,
            )
        )  # fmt: skip
        if (kind.pk, match.object.pk) not in known:
            fresh.append((answers, match))
    NeedMatch.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["need", "content_type", "object_id"],
        update_fields=["score"],
    )
    if fresh:
        _tell(need, fresh)


def _tell(need: Need, fresh: list[tuple[Answers, Match]]) -> None:
    """The need's side once for all that is new; of those who own an answer each once a need."""
    last = need.matches.order_by("-pk").values_list("pk", flat=True).first()
    values: outbox.Values = {"count": len(fresh)}
    outbox.post_to_all(
        "need_fits", to=side_of(need), key=f"{need.pk}:{last}", about=need, values=values
    )
    best = sorted(fresh, key=lambda pair: (bool(pair[1].doubts), -pair[1].score))[:TOLD]
    owners: dict[int, Any] = {}
    for answers, match in best:
        for owner in answers.owners(match.object):
            owners.setdefault(owner.pk, owner)
    audiences_of(owners.values())
    ours = {person.pk for person in side_of(need)}
    seeing = [
        owner
        for pk, owner in owners.items()
        if pk not in ours and Need.objects.visible_to(owner).filter(pk=need.pk).exists()
    ]
    outbox.post_to_all("need_for_you", to=seeing, key=str(need.pk), about=need)
