"""The people of a member list: which recorded person each row means, and what of it changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cluster_portal.core.imports import Outcome, remembered
from members.models import Affiliation, Membership, NamedPerson
from members.models.affiliations import Role
from members.models.named_people import REFUSED, Stage, name_key
from members.services import member_rows, row_people
from members.services.member_groups import DAY_FIELDS, Group, Turn, check_order, days_of
from members.services.named_people import FACTS, Named, new_person, set_facts

if TYPE_CHECKING:
    from cluster_portal.core.imports.cells import Cells
    from members.models import Cluster, User
    from members.services.member_rows import Row

REMEMBERED = (*member_rows.OF_MEMBERSHIP, *member_rows.OF_PERSON, *row_people.OF_CONTACT)
RANK = {role: rank for rank, role in enumerate(Role.values)}
COLUMNS_OF_DAYS = {new: (old,) for old, new in DAY_FIELDS.items()}


@dataclass(frozen=True)
class Found:
    """What a row makes of a person; nobody where the portal has the person already."""

    person: NamedPerson | None
    outcome: Outcome
    changes: tuple[str, ...]
    cells: dict[str, str]


class People:
    """The recorded people of one cluster, while a file is read."""

    def __init__(self, cluster: Cluster, by: User | None, source: str) -> None:
        self.cluster, self.by, self.source = cluster, by, source
        self.last = remembered.LastImport.of(NamedPerson)
        self.of_organisation: dict[int | None, list[NamedPerson]] = defaultdict(list)
        for person in NamedPerson.objects.filter(cluster=cluster).order_by("pk"):
            self.of_organisation[person.organisation_id].append(person)
        self._rows: dict[int, int] = {}  # the row of each person of the file, by identity
        self._accounts = _accounts(cluster)

    def begin(self, group: Group) -> None:
        """The people of an organisation that the file names for the first time."""
        if group.organisation.pk:
            group.people = self.of_organisation[group.organisation.pk]
        group.has_contact = group.has_contact or has_contact(group.people)

    def take(self, cells: Cells, named: Named, group: Group) -> Found:
        person = _match(named, group.people)
        if person is not None:
            return self._again(cells, person, _values(cells, named, person), group)
        if self._has_account(cells, named, group.organisation.pk):
            return Found(None, Outcome.UNCHANGED, (), {})
        made = new_person(named, self.cluster, by=self.by, source=self.source)
        made.role = self._role(cells, made, named.role, group)
        return self._new(cells, made, group.people)

    def take_private(self, cells: Cells, row: Row, named: Named) -> Found:
        """A private member stands with the days of the membership."""
        people = self.of_organisation[None]
        person = _match(named, people)
        if person is not None:
            told = {name: day for name, day in row.days.items() if day or name != "member_since"}
            values = {DAY_FIELDS[name]: day for name, day in told.items()}
            found = self._again(cells, person, {**_values(cells, named, person), **values}, None)
            check_order(cells, person.since, person.until)
            return found
        if self._has_account(cells, named, None):
            return Found(None, Outcome.UNCHANGED, (), {})
        days = days_of(cells, row)
        made = new_person(named, self.cluster, by=self.by, source=self.source, days=days)
        made.role = Role.MEMBER
        return self._new(cells, made, people)

    def _new(self, cells: Cells, made: NamedPerson, people: list[NamedPerson]) -> Found:
        if made.email and any(other.email == made.email for other in people):
            cells.remark("email", _("Another person has the same address: both are recorded."))
        people.append(made)
        self._rows[id(made)] = cells.number
        return Found(made, Outcome.CREATED, (), _remembered(cells))

    def _again(
        self, cells: Cells, person: NamedPerson, values: dict[str, Any], group: Group | None
    ) -> Found:
        """One who was recorded before, by an import or by hand, or on an earlier row."""
        if id(person) in self._rows:
            role = values.get("role", person.role)
            if group is not None and person.pk is None and RANK[role] < RANK[person.role]:
                person.role = self._role(cells, person, role, group)
            words = {"row": self._rows[id(person)], "role": person.get_role_display().lower()}
            cells.remark(
                row_people.name_column(cells),
                _("Already on row %(row)d: taken once, as %(role)s.") % words,
            )
            return Found(None, Outcome.UNCHANGED, (), {})
        self._rows[id(person)] = cells.number
        fresh = self._news(cells, person, values)
        if fresh and person.stage == Stage.ACCEPTED:
            cells.remark(
                row_people.name_column(cells),
                _("This person has an account and changes it themselves."),
            )
            return Found(person, Outcome.UNCHANGED, (), _remembered(cells))
        if group is not None and fresh.get("role", person.role) != person.role:
            fresh["role"] = self._role(cells, person, fresh["role"], group)
            if person.role == Role.CONTACT and person.stage not in REFUSED:
                group.leaving.append(Turn(person, cells))
        changes = set_facts(person, fresh)
        outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
        return Found(person, outcome, changes, _remembered(cells))

    def _news(self, cells: Cells, person: NamedPerson, values: dict[str, Any]) -> dict[str, Any]:
        """What differs; of a person recorded by hand, whatever cell is filled."""
        columns = {**COLUMNS_OF_DAYS, **row_people.columns_of(cells)}
        if self.last.knows(person.pk):
            values = self.last.news(cells, person.pk, values, columns)
        else:
            filled = {name for name in values if any(map(cells.raw, columns.get(name, (name,))))}
            values = {name: value for name, value in values.items() if name in filled}
        return {name: value for name, value in values.items() if getattr(person, name) != value}

    def _role(self, cells: Cells, person: NamedPerson, role: str, group: Group) -> str:
        """Where there is a contact already, another one is a colleague to be confirmed."""
        if role != Role.CONTACT or not group.has_contact:
            group.has_contact = group.has_contact or role == Role.CONTACT
            return role
        cells.remark(
            row_people.role_column(cells),
            _(
                "%(organisation)s has a contact person already: %(person)s is recorded as a "
                "colleague, whom that one confirms."
            )
            % {"organisation": group.organisation.name, "person": person.name},
        )
        group.waiting.append(Turn(person, cells, cells.remarks[-1]))
        return Role.MEMBER

    def _has_account(self, cells: Cells, named: Named, organisation_pk: int | None) -> bool:
        """Whether somebody of that name and address is there already, with an account."""
        if (organisation_pk, named.email, name_key(named.name)) not in self._accounts:
            return False
        cells.remark(
            "person", _("%(name)s is there already, with an account.") % {"name": named.name}
        )
        return True


def _match(named: Named, people: list[NamedPerson]) -> NamedPerson | None:
    """By name and address; else by a name that only one of them has."""
    key = name_key(named.name)
    same_name = [person for person in people if name_key(person.name) == key]
    same = [person for person in same_name if person.email == named.email]
    if same:
        return same[0]
    return same_name[0] if len(same_name) == 1 else None


def has_contact(people: list[NamedPerson]) -> bool:
    return any(each.role == Role.CONTACT and each.stage not in REFUSED for each in people)


def _values(cells: Cells, named: Named, person: NamedPerson) -> dict[str, Any]:
    """Only what the file has columns for; one of contact persons tells of no other role."""
    columns = row_people.columns_of(cells)
    told = [name for name in FACTS if any(one in cells for one in columns.get(name, (name,)))]
    values = {name: getattr(named, name) for name in told}
    if "role" not in cells and Role.CONTACT not in {named.role, person.role}:
        values.pop("role", None)
    return values


def _remembered(cells: Cells) -> dict[str, str]:
    """Nothing of a contact person who is somebody else."""
    kept = set(REMEMBERED)
    if row_people.who(cells).other:
        kept -= set(row_people.OF_CONTACT)
    return {name: text for name, text in cells.plain().items() if name in kept}


def _accounts(cluster: Cluster) -> set[tuple[int | None, str, str]]:
    """Who belongs to which organisation, and the private members, by address and name."""
    fields = ("user__email", "user__first_name", "user__last_name")
    colleagues = Affiliation.objects.confirmed().values_list("organisation", *fields)
    own = ("person__email", "person__first_name", "person__last_name")
    private = Membership.objects.active().filter(cluster=cluster).exclude(person=None)
    rows = [*colleagues, *((None, *row) for row in private.values_list(*own))]
    return {(pk, email, name_key(f"{first} {last}")) for pk, email, first, last in rows}
