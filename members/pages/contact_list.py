"""The contact list of a cluster: every member of today with its people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from members.forms.contact_list import PRIVATE
from members.models import Affiliation, Membership, NamedPerson
from members.models.affiliations import Role
from members.models.kinds import Kind, Sector
from members.models.named_people import REFUSED, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from members.models import Cluster, Organisation


@dataclass(frozen=True)
class Wanted:
    """What is listed; an empty choice narrows nothing."""

    roles: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()

    def takes(self, organisation: Organisation) -> bool:
        kind_fits = not self.kinds or organisation.kind in self.kinds
        return kind_fits and (not self.sectors or organisation.sector in self.sectors)

    def takes_role(self, role: str) -> bool:
        return not self.roles or role in self.roles

    @property
    def takes_private(self) -> bool:
        return self.takes_role(PRIVATE) and not (self.kinds or self.sectors)


def header() -> list[str]:
    return [
        _("Organisation"), _("Kind"), _("Sector"), _("Municipality"), _("Member since"), _("Name"),
        _("Role"), _("Job title"), _("E-mail address"), _("Telephone"), _("Language"), _("State"),
    ]  # fmt: skip


def rows(cluster: Cluster, wanted: Wanted) -> list[list[Any]]:
    """In a few statements, however many members there are."""
    memberships = Membership.objects.active().filter(cluster=cluster)
    listed = memberships.select_related("organisation", "person")
    people = _people(cluster)
    found: list[list[Any]] = []
    for membership in listed.order_by("organisation__sort_name", "person__sort_name", "pk"):
        if membership.organisation is not None and wanted.takes(membership.organisation):
            found += _of_organisation(membership, people, wanted)
        elif membership.person is not None and wanted.takes_private:
            user = membership.person
            found.append([
                "", "", "", "", membership.since, str(user), _("Private member"), user.title,
                user.email, people.phones.get((None, user.pk), ""), user.language, _("account"),
            ])  # fmt: skip
    return [*found, *(_of_named_member(each) for each in people.private if wanted.takes_private)]


@dataclass(frozen=True)
class _People:
    """Of one cluster: who has an account, who is only named, and the numbers that were told."""

    colleagues: dict[int, list[Affiliation]]
    named: dict[int, list[NamedPerson]]
    private: list[NamedPerson]
    phones: dict[tuple[int | None, int], str]


def _people(cluster: Cluster) -> _People:
    people = _People({}, {}, [], {})
    members = Membership.objects.active().filter(cluster=cluster).values("organisation")
    confirmed = Affiliation.objects.confirmed().filter(
        organisation__in=members, user__is_active=True
    )
    for row in confirmed.select_related("user").order_by("role", "user__sort_name"):
        people.colleagues.setdefault(row.organisation_id, []).append(row)
    named = NamedPerson.objects.in_force().filter(cluster=cluster).exclude(stage__in=REFUSED)
    for person in named.order_by("role", "sort_name"):
        if person.stage == Stage.ACCEPTED and person.user_id:
            people.phones[person.organisation_id, person.user_id] = person.phone
        elif person.organisation_id is None:
            people.private.append(person)
        else:
            people.named.setdefault(person.organisation_id, []).append(person)
    return people


def _of_organisation(
    membership: Membership, people: _People, wanted: Wanted
) -> Iterator[list[Any]]:
    """A member without anybody is listed too, unless a role is asked for."""
    organisation = membership.organisation
    if organisation is None:
        return
    facts = [
        organisation.title, Kind(organisation.kind).label, Sector(organisation.sector).label,
        organisation.municipality, membership.since,
    ]  # fmt: skip
    colleagues = people.colleagues.get(organisation.pk, [])
    named = people.named.get(organisation.pk, [])
    if not (colleagues or named or wanted.roles):
        yield [*facts, *[""] * 7]
    for row in colleagues:
        if wanted.takes_role(row.role):
            phone = people.phones.get((organisation.pk, row.user_id), "")
            yield [*facts, str(row.user), Role(row.role).label, row.user.title, row.user.email,
                   phone, row.user.language, _("account")]  # fmt: skip
    for person in named:
        if wanted.takes_role(person.role):
            yield [*facts, *_named(person, Role(person.role).label)]


def _of_named_member(person: NamedPerson) -> list[Any]:
    return ["", "", "", "", person.since, *_named(person, _("Private member"))]


def _named(person: NamedPerson, role: Any) -> list[Any]:
    return [
        person.name, role, person.title, person.email, person.phone, person.language,
        person.get_stage_display(),
    ]  # fmt: skip
