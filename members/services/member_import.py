"""A network that exists already, from a file, by `import_members` and in the admin.

A row is a person. The organisation's cells may be empty below its first row; a row without an
organisation is a private member. Nobody is written to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, imports, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.imports import Outcome, Report, Taken, remembered
from cluster_portal.core.visibility import forget_audiences
from cluster_portal.notifications import outbox
from members.models import Membership, NamedPerson
from members.models.affiliations import Role
from members.models.memberships import Stage
from members.services import member_rows, memberships, row_people
from members.services.arrivals import organisations_came
from members.services.import_matches import SKIP
from members.services.member_groups import Group, Groups
from members.services.member_people import Found, People
from members.services.member_succession import settle
from members.services.organisation_import import Detail, identity_state, write_changed, write_new
from members.services.organisations import OWNED_SHOW, lock_identity, reindex_owned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cluster_portal.core.imports.cells import Cells
    from members.models import Cluster, User
    from members.services.member_rows import Row

CHUNK = 500
MEMBERSHIP_FIELDS = ["since", "until", "agreement_on", "stage", "updated_at"]
PERSON_FIELDS = [
    "name", "email", "role", "title", "language", "phone", "since", "until", "agreement_on",
    "stage", "invited_at", "reminded_at", "answered_at", "user", "name_key", "updated_at",
]  # fmt: skip


@dataclass(frozen=True)
class Line:
    """What a row is called in the report."""

    title: str
    pk: None = None

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True)
class RowDetail:
    """Whom a row means; `is_first` of its organisation. Without a group, a private member."""

    group: Group | None
    found: Found | None
    is_first: bool = False


@dataclass(frozen=True)
class Register:
    """The member list of a cluster; `source` is said of every membership and person."""

    cluster: Cluster
    source: str


def import_members(
    data: bytes,
    register: Register,
    *,
    by: User | None,
    dry_run: bool = False,
    decisions: dict[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Takes the file whole or not at all.

    Unknown organisations become profiles that they may claim. `decisions` answer the report's
    questions by their keys.
    """
    memberships.check_coordinator(register.cluster, by)
    intake = Intake(register, by, decisions or {}, is_dry=dry_run)
    report = imports.run(
        data, member_rows.COLUMNS, intake.take, dry_run=dry_run,
        whole=imports.Whole(intake.write, intake.settle), progress=progress,
    )  # fmt: skip
    report.questions = intake.groups.matcher.questions
    report.notes = intake.notes()
    if report.is_written:
        report.keys = [found.person.pk for found in intake.found if found.person]
    return report


class Intake:
    """One run over a file."""

    def __init__(
        self, register: Register, by: User | None, decisions: dict[str, str], *, is_dry: bool
    ) -> None:
        self.by, self.source, self.is_dry = by, register.source, is_dry
        self.state = identity_state()
        self.groups = Groups(register.cluster, by, register.source, decisions)
        self.people = People(register.cluster, by, register.source)
        self.begun: list[Group] = []
        self.found: list[Found] = []
        self._above: Group | str | None = None
        self._above_row = 0

    def take(self, cells: Cells) -> Taken | None:
        if member_rows.is_sum(cells):
            cells.remark("organisation", _("The row is a sum and is left out."))
            return None
        row = member_rows.read(cells)
        above = self._belongs_to(cells, row)
        if cells.faults or isinstance(above, str):
            return None
        return self._private(cells, row) if above is None else self._member(cells, row, above)

    def _belongs_to(self, cells: Cells, row: Row) -> Group | str | None:
        """The organisation of the row or of those above; None for a private member.

        `SKIP` where the organisation is left out, or has a fault that was told already.
        """
        if row.organisation:
            self._above = self.groups.of(cells, row) or SKIP
        elif row.is_private or not self._continues(cells):
            self._above = None
        self._above_row = cells.number
        return self._above

    def _continues(self, cells: Cells) -> bool:
        """Whether a row without an organisation belongs to the one above.

        Without a role it does only right below, and the report says so.
        """
        if self._above is None:
            if cells.raw("role") and row_people.role_of(cells.raw("role")) != Role.MEMBER:
                cells.fault("organisation", _("This role needs an organisation."))
            return False
        who = row_people.who(cells)
        if cells.raw("role") or who.is_contact:
            return True
        is_below = cells.number == self._above_row + 1
        if is_below and isinstance(self._above, Group) and who.name:
            cells.remark(
                "organisation",
                _("Without a role: recorded as a colleague in %(name)s, which stands above.")
                % {"name": self._above.organisation.name},
            )
        return is_below

    def _member(self, cells: Cells, row: Row, group: Group) -> Taken | None:
        is_first = not group.is_begun
        if is_first:
            self._begin(group)
        found = self.people.take(cells, row.person, group) if row.person else None
        if cells.faults:
            return None
        name = group.organisation.name
        title = f"{name} – {row.person.name}" if row.person else name
        return self._taken(title, RowDetail(group, found, is_first=is_first))

    def _begin(self, group: Group) -> None:
        group.is_begun = True
        self.begun.append(group)
        self.people.begin(group)
        if not self.is_dry and (group.is_new or group.facts):
            terms = [] if group.is_new else list(group.organisation.terms.all())
            group.vector = search.vector(group.organisation.search_parts(terms))

    def _private(self, cells: Cells, row: Row) -> Taken | None:
        if row.person is None:
            cells.fault("organisation", _("The row names neither an organisation nor a person."))
            return None
        found = self.people.take_private(cells, row, row.person)
        return None if cells.faults else self._taken(row.person.name, RowDetail(None, found))

    def _taken(self, title: str, detail: RowDetail) -> Taken:
        if detail.found is not None:
            self.found.append(detail.found)
        return _of_row(Line(title), detail)

    def settle(self, taken: list[Taken]) -> list[Taken]:
        """Who is whose contact, now that all rows have been read."""
        by_person = {id(found.person): found for found in self.found if found.person}
        settled: dict[int, Found] = {}
        for group in self.begun:
            if group.leaving:
                settled |= {id(each.person): each for each in settle(group, by_person)}
        if not settled:
            return taken
        self.found = [settled.get(id(found.person), found) for found in self.found]
        return [_settled(each, settled) for each in taken]

    def notes(self) -> list[str]:
        counts = (
            (_("New organisations: %(count)d."), sum(each.is_new for each in self.begun)),
            (
                _("New memberships: %(count)d."),
                sum(each.outcome == Outcome.CREATED for each in self.begun),
            ),
            (
                _("New people: %(count)d."),
                sum(each.outcome == Outcome.CREATED for each in self.found),
            ),
        )
        told = [sentence % {"count": count} for sentence, count in counts if count]
        return [*told, _("Nobody is written to: people are invited in a second step.")]

    # Writing

    def write(self, taken: list[Taken]) -> None:
        """All rows at once, behind the lock of whoever matches or makes organisations."""
        lock_identity()
        if identity_state() != self.state:
            raise Refused(
                _("Somebody else has changed organisations meanwhile. Start the import again.")
            )
        self._write_organisations()
        self._write_memberships()
        self._write_people(
            [(each.detail.group, each.detail.found) for each in taken if each.detail.found]
        )

    def _write_organisations(self) -> None:
        made = [each for each in self.begun if each.is_new]
        changed = [each for each in self.begun if each.facts and not each.is_new]
        write_new([_as_taken(each) for each in made])
        write_changed([_as_taken(each) for each in changed])
        written = [*made, *changed]
        for start in range(0, len(written), CHUNK):
            part = written[start : start + CHUNK]
            search.store([each.organisation for each in part], [each.vector for each in part])
        reindex_owned(
            each.organisation for each in changed if not OWNED_SHOW.isdisjoint(each.facts)
        )
        organisations_came([each.organisation for each in written])
        audit.record_many(
            self._acts({each.organisation: each.facts for each in written}),
            "organisation imported",
            by=self.by,
        )

    def _write_memberships(self) -> None:
        for each in self.begun:
            each.membership.organisation = each.organisation
            each.membership.updated_at = timezone.now()
        made = [each.membership for each in self.begun if each.membership.pk is None]
        changed = [each for each in self.begun if each.membership.pk and each.changes]
        Membership.objects.bulk_create(made, batch_size=CHUNK)
        Membership.objects.bulk_update(
            [each.membership for each in changed], MEMBERSHIP_FIELDS, batch_size=CHUNK
        )
        audit.record_many(self._acts(dict.fromkeys(made, ())), "membership recorded", by=self.by)
        audit.record_many(
            self._acts({each.membership: each.changes for each in changed}),
            "membership imported",
            by=self.by,
        )
        remembered.keep({each.membership: each.cells for each in self.begun})
        forget_audiences()
        with outbox.told_before():  # contacts see it on their desk; nobody is written to
            memberships.ask_contacts(each for each in made if each.stage == Stage.ACCEPTED)

    def _write_people(self, rows: list[tuple[Group | None, Found]]) -> None:
        people: list[tuple[NamedPerson, Found]] = []
        for group, found in rows:
            if found.person is not None:
                found.person.organisation = group.organisation if group else None
                found.person.updated_at = timezone.now()
                found.person.prepare()
                people.append((found.person, found))
        made = [person for person, found in people if found.outcome == Outcome.CREATED]
        changed = [pair for pair in people if pair[1].outcome == Outcome.CHANGED]
        NamedPerson.objects.bulk_create(made, batch_size=CHUNK)
        NamedPerson.objects.bulk_update(
            [person for person, _found in changed], PERSON_FIELDS, batch_size=CHUNK
        )
        audit.record_many(self._acts(dict.fromkeys(made, ())), "person named", by=self.by)
        acts = self._acts({person: found.changes for person, found in changed})
        audit.record_many(acts, "named person imported", by=self.by)
        remembered.keep({person: found.cells for person, found in people})

    def _acts(self, changes: dict[Any, Iterable[str]]) -> dict[Any, dict[str, object]]:
        return {
            obj: {"source": self.source, "fields": list(names)} for obj, names in changes.items()
        }


def _settled(taken: Taken, settled: dict[int, Found]) -> Taken:
    found = taken.detail.found
    if found is None or id(found.person) not in settled:
        return taken
    return _of_row(taken.obj, replace(taken.detail, found=settled[id(found.person)]))


def _of_row(line: Line, detail: RowDetail) -> Taken:
    group, found = detail.group, detail.found
    is_first = detail.is_first and group is not None
    outcomes = [group.outcome] if group and is_first else []
    words = _of_group(group) if group and is_first else []
    if found is not None:
        outcomes.append(found.outcome)
        words += _of_person(found, group)
    ranked = [each for each in Outcome if each in outcomes]
    return Taken(line, ranked[0] if ranked else Outcome.UNCHANGED, tuple(words), detail)


def _as_taken(group: Group) -> Taken:
    outcome = Outcome.CREATED if group.is_new else Outcome.CHANGED
    return Taken(group.organisation, outcome, group.facts, Detail(None, group.vector, {}))


def _of_group(group: Group) -> list[str]:
    """What the preview says of an organisation's first row."""
    if group.is_new:
        return [_("new organisation"), _("new membership")]
    words = [_("new membership")] if group.outcome == Outcome.CREATED else []
    return [*words, *group.facts, *group.changes]


def _of_person(found: Found, group: Group | None) -> list[str]:
    if found.person is None or found.outcome != Outcome.CREATED:
        return list(found.changes)
    if group is None:
        return [_("private member")]
    return [_("new person: %(role)s") % {"role": found.person.get_role_display().lower()}]
