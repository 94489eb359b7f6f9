"""Which members fit the open roles of an idea: found anew when the idea or its roles change, and
each day, since members and what they can do come and go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.matching import score, stored
from cluster_portal.core.matching.features import Bag
from cluster_portal.core.text.languages import every_language
from members import matching
from members.models.needs import Kind
from members.services.recipients import contacts_of, coordinators_of
from projects.models import RoleSuggestion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.answers import Answers
    from cluster_portal.core.matching.features import Features
    from cluster_portal.core.matching.score import Match
    from cluster_portal.core.vocabulary import Term
    from members.models import User
    from projects.models import Project, WantedRole

FoundForRoles = dict[int, dict[int, RoleSuggestion]]
KEPT = 8  # organisations of one role
ANSWERS = ("capabilities", "members")


@dataclass(frozen=True)
class Sought:
    """A role as capabilities and members are held against it."""

    role: WantedRole
    project: Project
    kind: str = Kind.PARTNER

    @property
    def terms(self) -> Any:
        return self.role.terms

    @property
    def organisation_id(self) -> int | None:
        return self.project.organisation_id

    @property
    def region_id(self) -> int | None:
        owner = self.project.named_owner
        return owner.region_id if owner else None

    def match_features(self) -> Features:
        return self._bag(self.role.terms.all()).as_wish()

    def words(self) -> Features:
        """Without the terms, where their keys are known already."""
        return self._bag().as_wish()

    def _bag(self, terms: Iterable[Term] = ()) -> Bag:
        bag = Bag()
        bag.add(every_language(self.role, "name"), stored.WEIGHTS["A"])
        bag.add(self.role.note, stored.WEIGHTS["C"])
        bag.add_terms(terms)
        return bag

    def match_texts(self) -> list[str]:
        """What a reason may quote, in the reader's language."""
        return [self.role.name, self.role.note]


def found_for_roles(idea: Project) -> FoundForRoles:
    """By role and organisation; reads much and locks nothing."""
    reader = _reader_of(idea)
    roles = idea.wanted_roles.missing().prefetch_related("terms")
    sought = [Sought(role, idea) for role in roles]
    if reader is None or not sought:
        return {}
    found: FoundForRoles = {each.role.pk: {} for each in sought}
    for key in ANSWERS:
        answers = matching.declared(key)
        if answers is not None:
            for suggestion in _found(answers, sought, reader):
                known = found[suggestion.role_id].get(suggestion.organisation_id)
                if known is None or known.score < suggestion.score:
                    found[suggestion.role_id][suggestion.organisation_id] = suggestion
    return found


def keep_for_roles(found: FoundForRoles) -> None:
    """Under the idea's lock; what editors have turned down stays turned down."""
    for role_id, rows in found.items():
        _keep(role_id, sorted(rows.values(), key=lambda row: -row.score)[:KEPT])


def _found(answers: Answers, sought: list[Sought], reader: User) -> Iterable[RoleSuggestion]:
    """The features of all that could answer are read once for all roles."""
    wishes = [(each, matching.Wish.of(each)) for each in sought]
    names: Features = {name: 1.0 for _each, wish in wishes for name in wish.weights}
    corpus = stored.corpus(matching.possible(answers, sought[0], reader), names)
    for each, wish in wishes:
        best = dict(score.best(corpus.scores(wish.weights), matching.SPARE * KEPT))
        rows = answers.rows(reader).filter(pk__in=best)
        for row in matching.with_keys(answers, rows):
            match = matching.explained(answers, row, wish, best[row.pk])
            if match.has_reason and not matching.is_weak(match, corpus):
                yield _suggestion(answers, each, match)


def _suggestion(answers: Answers, sought: Sought, match: Match) -> RoleSuggestion:
    is_capability = answers.key == "capabilities"
    return RoleSuggestion(
        role=sought.role,
        organisation_id=match.object.organisation_id if is_capability else match.object.pk,
        capability=match.object if is_capability else None,
        score=match.score,
    )


def _keep(role_id: int, rows: list[RoleSuggestion]) -> None:
    before = RoleSuggestion.objects.filter(role=role_id, is_dismissed=False)
    before.exclude(organisation__in=[row.organisation_id for row in rows]).delete()
    RoleSuggestion.objects.bulk_create(
        sorted(rows, key=lambda row: row.organisation_id),
        update_conflicts=True, unique_fields=["role", "organisation"],
        update_fields=["capability", "score"],
    )  # fmt: skip


def _reader_of(idea: Project) -> User | None:
    """By whose eyes members are looked for: what they cannot see is not suggested."""
    if idea.author and idea.author.is_active:
        return idea.author
    contact = contacts_of([idea.organisation_id]).order_by("pk").first()
    return contact or coordinators_of([idea.home_cluster_id]).first()


@transaction.atomic
def dismiss(suggestion: RoleSuggestion, *, by: User) -> None:
    """It stays away, whatever is matched later."""
    rows = RoleSuggestion.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("role__project").get(pk=suggestion.pk)
    idea = locked.role.project
    if not idea.is_editable_by(by):
        raise Refused(_("You do not edit this idea any more."))
    if locked.is_dismissed:
        return
    locked.is_dismissed = True
    locked.save(update_fields=["is_dismissed"])
    audit.record(
        idea, "suggestion dismissed", by=by, details={"organisation": locked.organisation_id}
    )
