"""Which funding calls fit which ideas, in both directions; whose idea a new call fits is told once.

A call or an idea waits until it has been matched after its last change; with an idea the members
for its open roles are found, too. A worker claims some at a
time; what a killed one held is found again.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from cluster_portal.core.matching import score, stored
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import Follow
from members import matching
from members.models import Affiliation, User
from projects.models import CallFit, FundingCall, Project, ProjectEditor
from projects.services.call_answers import CALLS
from projects.services.role_matching import found_for_roles, keep_for_roles

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from cluster_portal.core.matching.score import Corpus, Match
    from projects.services.role_matching import FoundForRoles

AGAIN = timedelta(days=1)  # members for the roles of an idea come and go
AT_ONCE = 20  # calls, or ideas, that are matched and told of together
KEPT = 8  # calls of one idea, and ideas of one call
SPARE = 3  # times as many are looked at, since those without a reason fall out
TOLD = 5  # calls in one notice


def match_next() -> bool:
    """Handle calls that came together, else ideas; False when nothing waits."""
    if _match_claimed_calls():
        return True
    changed = Q(calls_matched_at=None) | Q(calls_matched_at__lt=F("updated_at"))
    changed |= Q(calls_matched_at__lt=timezone.now() - AGAIN)
    ideas = _first(Project.objects.ideas().filter(changed))
    if ideas:
        _match_ideas(ideas)
    return bool(ideas)


@transaction.atomic
def _match_claimed_calls() -> bool:
    rows = FundingCall.objects.to_match()
    calls = _first(rows.select_for_update(of=("self",), skip_locked=True, no_key=True))
    if calls:
        _match_calls(calls)
    return bool(calls)


def _first(rows: QuerySet[Any]) -> list[Any]:
    return list(rows.order_by("pk").defer("search").prefetch_related("terms")[:AT_ONCE])


def _match_calls(calls: list[FundingCall]) -> None:
    now = timezone.now()
    corpus = stored.corpus(Project.objects.ideas().filter(published_at__isnull=False))
    news: list[tuple[FundingCall, list[int]]] = []
    for call in calls:
        best = _best(corpus, call)
        ideas = _with_texts(Project.objects.filter(pk__in=best))
        found = [idea for idea in ideas if explained(call, idea).has_reason]
        found.sort(key=lambda idea: -best[idea.pk])
        fits = [CallFit(call=call, project=idea, score=best[idea.pk]) for idea in found[:KEPT]]
        _keep(call.fits.filter(project__published_at__isnull=False), fits)
        if call.matched_at is None and fits:
            news.append((call, [fit.project_id for fit in fits]))
    FundingCall.objects.filter(pk__in=[call.pk for call in calls]).update(matched_at=now)
    _tell(news)


def _match_ideas(ideas: list[Project]) -> None:
    """Found without a lock, so that nobody who edits an idea waits; each is then written alone."""
    now, corpus = timezone.now(), stored.corpus(FundingCall.objects.not_closed())
    for idea in ideas:
        best = _best(corpus, idea)
        calls = with_terms(FundingCall.objects.filter(pk__in=best))
        found = [call for call in calls if explained(call, idea).has_reason]
        found.sort(key=lambda call: -best[call.pk])
        fits = [CallFit(call=call, project=idea, score=best[call.pk]) for call in found[:KEPT]]
        _write(idea, fits, found_for_roles(idea), now)


@transaction.atomic
def _write(
    idea: Project, fits: list[CallFit], roles: FoundForRoles, now: datetime.datetime
) -> None:
    """Nothing where the idea has changed since it was read: it still waits then."""
    rows = Project.objects.select_for_update(of=("self",), no_key=True)
    if rows.filter(pk=idea.pk, updated_at=idea.updated_at).first() is None:
        return
    _keep(idea.call_fits.all(), fits)
    keep_for_roles(roles)
    Project.objects.filter(pk=idea.pk).update(calls_matched_at=now)


def _best(corpus: Corpus, wish: Any) -> dict[int, float]:
    return dict(score.best(corpus.scores(wish.match_features()), SPARE * KEPT))


def _keep(before: QuerySet[CallFit], fits: list[CallFit]) -> None:
    before.exclude(
        call__in=[fit.call_id for fit in fits], project__in=[fit.project_id for fit in fits]
    ).delete()
    CallFit.objects.bulk_create(
        sorted(fits, key=lambda fit: (fit.call_id, fit.project_id)),
        update_conflicts=True, unique_fields=["call", "project"], update_fields=["score"],
    )  # fmt: skip


def _with_texts(rows: QuerySet[Project]) -> QuerySet[Project]:
    return rows.defer("search").select_related("organisation").prefetch_related("terms")


def with_terms(rows: QuerySet[FundingCall]) -> QuerySet[FundingCall]:
    """With what `explained` names of a call."""
    return matching.with_keys(CALLS, rows.defer("search"))


def wish_of(idea: Project) -> matching.Wish:
    """An idea as a call is held against it; the region is that of its owner."""
    owner = idea.named_owner
    return matching.Wish(
        idea.match_features(), idea.match_texts(),
        frozenset(term.pk for term in idea.terms.all()), owner.region_id if owner else None,
    )  # fmt: skip


def explained(call: FundingCall, idea: Project, *, wish: matching.Wish | None = None) -> Match:
    """Why they fit, in the reader's language, of what both pages show."""
    if not hasattr(call, "term_keys"):
        keys = [term.pk for term in call.terms.all()]
        call.term_keys = call.region_keys = keys  # type: ignore[attr-defined]
    return matching.explained(CALLS, call, wish or wish_of(idea))


def _tell(news: list[tuple[FundingCall, list[int]]]) -> None:
    """One notice a person for all new calls that came together, whichever ideas they fit."""
    people = _people_of({idea for _call, ideas in news for idea in ideas})
    calls: defaultdict[int, list[FundingCall]] = defaultdict(list)
    for call, ideas in news:
        for person in set().union(*(people[idea] for idea in ideas)):
            calls[person].append(call)
    for reader in User.objects.filter(pk__in=calls, is_active=True):
        first = calls[reader.pk][0]
        told = " ".join(str(call.pk) for call in calls[reader.pk])
        outbox.post(
            "calls_for_ideas", to=reader, key=str(first.pk), about=first, values={"calls": told}
        )


def _people_of(ideas: Iterable[int]) -> defaultdict[int, set[int]]:
    """Who edits an idea or follows it."""
    rows = list(Project.objects.filter(pk__in=ideas).only("organisation", "author"))
    keys = [idea.pk for idea in rows]
    found: defaultdict[int, set[int]] = defaultdict(set)
    owned: defaultdict[int, set[int]] = defaultdict(set)
    contacts = Affiliation.objects.contacts()
    contacts = contacts.filter(organisation__in=[idea.organisation_id for idea in rows])
    for organisation, person in contacts.values_list("organisation", "user"):
        owned[organisation].add(person)
    for idea in rows:
        found[idea.pk] |= owned[idea.organisation_id] if idea.organisation_id else set()
        found[idea.pk] |= {idea.author_id} if idea.author_id else set()
    editors = ProjectEditor.objects.accepted().filter(project__in=keys)
    followers = Follow.objects.on(Project).filter(about_id__in=keys, is_muted=False)
    for pairs in (
        editors.values_list("project", "user"),
        followers.values_list("about_id", "user"),
    ):
        for pk, person in pairs:
            found[pk].add(person)
    return found


def told_to(reader: User, calls: Iterable[int]) -> list[CallFit]:
    """Of these calls what fits the reader's own ideas and those followed, for a notice."""
    follows = Follow.objects.visible_to(reader).on(Project).filter(is_muted=False)
    editing = ProjectEditor.objects.accepted().filter(user=reader)
    mine = Q(project__organisation__in=audience(reader).edits) | Q(project__author=reader)
    mine |= Q(project__in=follows.values("about_id")) | Q(project__in=editing.values("project"))
    fits = CallFit.objects.visible_to(reader).filter(mine, call__in=list(calls))
    return list(
        fits.select_related("call", "project__organisation")
        .prefetch_related("call__terms", "project__terms")
        .order_by("call__closes_at", "call", "-score")
    )
