"""What concerns a person as a member: what they said at joining, and what their organisation is,
can do and needs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import content
from cluster_portal.core.interests import (
    CLUSTER,
    FOR_ORGANISATION,
    OTHER_SECTOR,
    REGION,
    SECTOR,
    Interest,
    Interests,
    Mine,
    Reason,
    object_tag,
    tag,
    type_tag,
)
from cluster_portal.core.visibility import audience
from cluster_portal.core.vocabulary import Term
from members.models import Capability, Cluster, Membership, Need, Organisation
from members.models.kinds import Sector
from members.models.memberships import BINDING, Expectation
from members.pages.tagging import UNTOLD, term_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from django.db.models import QuerySet

    from cluster_portal.core.interests import Tag
    from cluster_portal.core.visibility import Reader

    Found = dict[int, Mine]
    Teams = defaultdict[int, list[int]]


def of(people: list[Any]) -> Mapping[int, Mapping[Tag, Interest]]:
    """What weighs less comes first, so that what weighs more takes its place; five statements."""
    found: Found = {one.pk: {} for one in people}
    teams: Teams = defaultdict(list)
    answering: set[tuple[int, int]] = set()
    for one in people:
        known = audience(one)
        for cluster in known.member_clusters | known.coordinates:
            found[one.pk][tag(CLUSTER, cluster)] = Interest("own-cluster", str(cluster))
        for organisation in known.organisations:
            teams[organisation].append(one.pk)
        answering |= {(one.pk, organisation) for organisation in known.edits}
    _add_organisations(teams, found)
    _add_joining(answering, found)
    for reason, rows in (("need", Need.objects.open()), ("capability", Capability.objects.open())):
        _add_own(reason, rows, teams, answering, found)
    return found


def _add_organisations(teams: Teams, found: Found) -> None:
    rows = Organisation.objects.filter(pk__in=teams)
    for pk, sector, region in rows.values_list("pk", "sector", "region"):
        for person in teams[pk]:
            mine = found[person]
            mine[tag(SECTOR, sector)] = Interest("own-sector", sector)
            mine[object_tag(Organisation, pk)] = Interest("own-organisation", str(pk))
            if region:
                mine[tag(REGION, region)] = Interest("own-region", str(region))


def _add_joining(answering: set[tuple[int, int]], found: Found) -> None:
    """What a person said, and what was said for an organisation: for whoever may read that."""
    expected = _types_expected()
    contacts: Teams = defaultdict(list)
    for person, organisation in answering:
        contacts[organisation].append(person)
    own = Q(person__in=found) | Q(applicant__in=found) | Q(organisation__in=contacts)
    said = Membership.objects.filter(own, stage__in=BINDING).order_by()
    columns = ("person", "applicant", "organisation")
    for *side, expectations in said.values_list(*columns, "expectations"):
        for pk in _concerned(side, contacts, found):
            found[pk] |= {
                mark: Interest("expectation", one)
                for one in expectations
                for mark in expected.get(one, ())
            }
    themes = said.filter(interests__isnull=False).exclude(interests__scheme__in=UNTOLD)
    for *side, term, scheme in themes.values_list(*columns, "interests", "interests__scheme"):
        for pk in _concerned(side, contacts, found):
            found[pk][term_tag(term, scheme)] = Interest("interest", str(term))


def _concerned(side: list[int | None], contacts: Teams, found: Found) -> set[int]:
    person, applicant, organisation = side
    named = {pk for pk in (person, applicant) if pk in found and pk is not None}
    return named | set(contacts.get(organisation or 0, ()))


def _types_expected() -> dict[str, list[Tag]]:
    """Which types answer what is expected of a cluster; the types declare it."""
    found: defaultdict[str, list[Tag]] = defaultdict(list)
    for one in content.types():
        if one.expected and one.model:
            found[one.expected].append(type_tag(one.model))
    return found


def _add_own(
    reason: str, rows: QuerySet[Any], teams: Teams, answering: set[tuple[int, int]], found: Found
) -> None:
    """Themes of what the organisation needs or can do; named for whoever answers for it."""
    own = rows.filter(organisation__in=teams, terms__isnull=False)
    own = own.exclude(terms__scheme__in=UNTOLD).order_by("-pk")
    for pk, organisation, term, scheme in own.values_list(
        "pk", "organisation", "terms", "terms__scheme"
    ):
        for person in teams[organisation]:
            for_whom = organisation if (person, organisation) in answering else None
            found[person][term_tag(term, scheme)] = Interest(reason, str(pk), for_whom)


def _keys(values: Iterable[str]) -> list[int]:
    return [int(value) for value in values if value.isdecimal()]


def _names_of(
    rows: Callable[[Any], Any], title: str = "title"
) -> Callable[[Reader, Collection[str]], dict[str, str]]:
    def names(reader: Reader, values: Collection[str]) -> dict[str, str]:
        return {str(one.pk): str(getattr(one, title)) for one in rows(reader).filter(
            pk__in=_keys(values))}  # fmt: skip

    return names


def _choice_names(choices: Any) -> Callable[[Reader, Collection[str]], dict[str, str]]:
    labels = dict(choices.choices)
    return lambda _reader, values: {one: str(labels[one]) for one in values if one in labels}


def terms(reader: Reader) -> Any:
    return Term.objects.all()


organisation_names = _names_of(Organisation.objects.visible_to)
term_names = _names_of(terms, "label")

INTERESTS = Interests(
    "members", of,
    {
        "capability": Reason(
            55, _("Because your capability “%(name)s” has the same theme"),
            _names_of(Capability.objects.visible_to),
        ),
        "need": Reason(
            50, _("Because your need “%(name)s” has the same theme"),
            _names_of(Need.objects.visible_to),
        ),
        "interest": Reason(
            45, _("Because you said when joining that you are interested in: %(name)s"), term_names
        ),
        "expectation": Reason(
            30, _("Because you look for this in the cluster: %(name)s"), _choice_names(Expectation)
        ),
        "own-organisation": Reason(
            20, _("Because it is of your organisation, %(name)s"), organisation_names, owns=True
        ),
        "own-region": Reason(6, _("Because your region is %(name)s"), term_names, weak=True),
        "own-cluster": Reason(
            5, _("Because you belong to: %(name)s"),
            _names_of(lambda _reader: Cluster.objects.all(), "name"), weak=True,
        ),
        "own-sector": Reason(
            4, _("Because it is of your sector: %(name)s"), _choice_names(Sector), weak=True
        ),
        FOR_ORGANISATION: Reason(1, _("Fits your organisation: %(name)s"), organisation_names),
        OTHER_SECTOR: Reason(
            1, _("Because it comes from another sector: %(name)s"), _choice_names(Sector), weak=True
        ),
    },
)  # fmt: skip
