"""The organisations of a member list: which stored one each means, and what of it changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import imports
from cluster_portal.core.imports import Outcome, remembered
from members.models import Affiliation, CurrentMember, Membership, Organisation
from members.models.kinds import Kind, proposed_kind
from members.models.memberships import BINDING, PENDING, Stage
from members.models.names import normal_name
from members.services import import_matches, member_rows
from members.services.import_matches import OTHER, SKIP, Known
from members.services.memberships import Days, new_membership
from members.services.organisation_import import check_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.imports import Question
    from cluster_portal.core.imports.cells import Cells
    from cluster_portal.core.imports.spreadsheets import Fault
    from members.models import Cluster, NamedPerson, User
    from members.services.member_rows import Row

ALL = "*"  # the key of a decision on all that have none of their own
DAY_FIELDS = {"member_since": "since", "member_until": "until", "agreement_on": "agreement_on"}
REMEMBERED = (*member_rows.OF_ORGANISATION, *member_rows.OF_MEMBERSHIP)


@dataclass
class Group:
    """An organisation of the file with its membership, over all of its rows."""

    organisation: Organisation
    membership: Membership
    is_new: bool
    outcome: Outcome
    changes: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    cells: dict[str, str] = field(default_factory=dict)
    vector: Any = None
    has_contact: bool = False
    has_account: bool = False  # a contact person with an account, whom no file changes
    is_begun: bool = False  # a row of it has been taken
    people: list[NamedPerson] = field(default_factory=list)
    leaving: list[Turn] = field(default_factory=list)  # contacts whom the file calls otherwise
    waiting: list[Turn] = field(default_factory=list)  # whom it calls contacts beside another


@dataclass(frozen=True)
class Turn:
    """A person whose role as contact is settled when all rows have been read."""

    person: NamedPerson
    cells: Cells
    remarked: Fault | None = None


class Matcher:
    """Finds the organisation that a row means among those stored and on earlier rows."""

    def __init__(self, by: User | None, decisions: dict[str, str]) -> None:
        self.decisions = decisions
        self.questions: list[Question] = []
        self.managed: set[int] = set()
        self._by_business_id: dict[str, list[Known]] = defaultdict(list)
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        for known, keys in import_matches.stored(by):
            if known.is_managed:
                self.managed.add(known.pk or 0)
            # A membership may be recorded for whatever the importer sees; ids are another file's.
            self.note(replace(known, external_id="", is_managed=known.is_visible), keys)

    def note(self, known: Known, keys: Iterable[str]) -> Known:
        if known.business_id:
            self._by_business_id[known.business_id].append(known)
        for key in keys:
            self._by_name[key].append(known)
        return known

    def find(self, cells: Cells, name: str, business_id: str) -> Known | str | None:
        """The organisation; None for a new one; `SKIP` for one to leave out.

        Asks, and adds a fault, where it is not sure.
        """
        same_name = self._by_name.get(normal_name(name), [])
        same_id = self._by_business_id.get(business_id, []) if business_id else []
        candidates = list({id(each): each for each in [*same_id, *same_name]}.values())
        sure = [
            each for each in candidates
            if _is_surely(each, name, business_id, in_name=each in same_name)
        ]  # fmt: skip
        exact = [each for each in sure if each.title.casefold() == name.casefold()]
        if not candidates:
            return None
        if len(exact) == 1 or (len(candidates) == 1 and sure):
            return (exact or sure)[0]
        return self._decided(cells, normal_name(name), candidates)

    def _decided(self, cells: Cells, key: str, candidates: list[Known]) -> Known | str | None:
        decision = self.decisions.get(key) or self.decisions.get(ALL, "")
        if decision == SKIP:
            return SKIP
        if decision == OTHER:
            return None
        choosable = import_matches.choosable(candidates, with_rows=True)
        if decision in choosable:
            return choosable[decision]
        question = import_matches.question(cells.number, key, candidates, with_rows=True)
        if all(asked.key != key for asked in self.questions):
            self.questions.append(question)
        cells.fault("organisation", question.text)
        return None


def _is_surely(known: Known, name: str, business_id: str, *, in_name: bool) -> bool:
    """Whether nothing speaks against it: another Business ID, another form in law."""
    if not known.is_visible:
        return False
    if business_id and known.business_id:
        return known.business_id == business_id and (known.pk is not None or in_name)
    kind, other = proposed_kind(name), proposed_kind(known.title)
    return in_name and (kind is None or other is None or kind == other)


class Groups:
    """The organisations of one file."""

    def __init__(
        self, cluster: Cluster, by: User | None, source: str, decisions: dict[str, str]
    ) -> None:
        self.cluster, self.source = cluster, source
        self.matcher = Matcher(by, decisions)
        self.last = remembered.LastImport.of(Membership)
        self._by_known: dict[int, Group] = {}
        contacts = Affiliation.objects.contacts().values_list("organisation", flat=True)
        self.contacts = set(contacts)
        others = CurrentMember.objects.exclude(cluster=cluster)
        self.elsewhere = set(others.values_list("organisation", flat=True))
        self.memberships: dict[int, list[Membership]] = defaultdict(list)
        rows = Membership.objects.filter(cluster=cluster, stage__in=[*BINDING, Stage.ENDED])
        for row in rows.exclude(organisation=None).order_by("-since", "pk"):
            self.memberships[row.organisation_id or 0].append(row)

    def of(self, cells: Cells, row: Row) -> Group | str | None:
        """The group that a row with an organisation belongs to; None where it has a fault."""
        business_id = row.facts.get("business_id", "")
        known = self.matcher.find(cells, row.organisation, business_id)
        if cells.faults or isinstance(known, str):
            return known if isinstance(known, str) and not cells.faults else None
        if known and id(known) in self._by_known:
            return self._by_known[id(known)]
        group = self._stored(cells, row, known) if known and known.pk else self._new(cells, row)
        if group is None or cells.faults:
            return None
        group.cells = {name: text for name, text in cells.plain().items() if name in REMEMBERED}
        if known is None:
            made = Known(None, row.organisation, "", business_id, cells.number)
            known = self.matcher.note(made, group.organisation.normal_names())
        self._by_known[id(known)] = group
        return group

    def _new(self, cells: Cells, row: Row) -> Group:
        facts = {name: value for name, value in row.facts.items() if value}
        kind = facts.pop("kind", "") or proposed_kind(row.organisation)
        if kind is None:
            cells.remark(
                "kind", _("The name does not tell the kind of organisation. Set it by hand.")
            )
        made = Organisation(
            name=row.organisation, kind=kind or Kind.OTHER, is_shadow=True,
            kind_is_proposed=not row.facts.get("kind"), introduced_by=self.cluster, **facts,
        )  # fmt: skip
        check_facts(made)
        membership = self._new_membership(cells, row, made)
        return Group(made, membership, is_new=True, outcome=Outcome.CREATED)

    def _new_membership(self, cells: Cells, row: Row, organisation: Organisation) -> Membership:
        days = days_of(cells, row)
        has_contact = organisation.pk in self.contacts
        is_elsewhere = organisation.pk in self.elsewhere
        if has_contact and not days.is_over:
            cells.remark(
                "organisation",
                _("%(name)s has a contact person, who is asked to confirm the membership.")
                % {"name": organisation.name},
            )
        elif is_elsewhere and not days.is_over:
            cells.remark(
                "organisation",
                _("%(name)s is a member of another cluster, whose coordinators are asked to agree.")
                % {"name": organisation.name},
            )
        return new_membership(
            organisation, self.cluster, days, source=self.source,
            must_agree=has_contact or is_elsewhere,
        )  # fmt: skip

    def _stored(self, cells: Cells, row: Row, known: Known) -> Group | None:
        organisation = Organisation.objects.select_related("region").get(pk=known.pk or 0)
        membership = self._membership_of(row, organisation.pk)
        if membership is not None and membership.stage in PENDING:
            cells.fault(
                "organisation",
                _("An application of this organisation is being handled: decide on it first."),
            )
            return None
        facts = self._change_facts(cells, row, organisation, membership)
        has_contact = organisation.pk in self.contacts
        if membership is None:
            made = self._new_membership(cells, row, organisation)
            return Group(
                organisation, made, is_new=False, outcome=Outcome.CREATED, facts=facts,
                has_contact=has_contact, has_account=has_contact,
            )  # fmt: skip
        changes = self._change_days(cells, row, membership)
        outcome = Outcome.CHANGED if changes or facts else Outcome.UNCHANGED
        return Group(
            organisation, membership, is_new=False, outcome=outcome, changes=changes, facts=facts,
            has_contact=has_contact, has_account=has_contact,
        )  # fmt: skip

    def _membership_of(self, row: Row, organisation_pk: int) -> Membership | None:
        """The one in force or handled; else the one that has ended and began on the same day."""
        rows = self.memberships[organisation_pk]
        current = next((each for each in rows if each.stage in BINDING), None)
        since = row.days.get("member_since")
        ended = next((each for each in rows if since in {None, each.since}), None)
        return current or ended

    def _change_facts(
        self, cells: Cells, row: Row, organisation: Organisation, membership: Membership | None
    ) -> tuple[str, ...]:
        """Empty facts are filled; others change where the file says something new."""
        if organisation.pk not in self.matcher.managed:
            return ()
        told = {name: value for name, value in row.facts.items() if value}
        if membership is not None and self.last.knows(membership.pk):
            fresh = self.last.news(cells, membership.pk, told, {"region": ("municipality",)})
        else:
            empty = {name for name in told if not getattr(organisation, name)}
            empty |= {"kind"} if organisation.kind_is_proposed else set()
            fresh = {name: value for name, value in told.items() if name in empty}
        changes = imports.assign(organisation, fresh)
        if changes:
            check_facts(organisation)
        return changes

    def _change_days(self, cells: Cells, row: Row, membership: Membership) -> tuple[str, ...]:
        """Of a membership that has begun; an emptied last day means until further notice."""
        if membership.stage not in {Stage.ACTIVE, Stage.ENDED} and not membership.is_recorded:
            return ()
        is_known = self.last.knows(membership.pk)
        told = {
            name: day for name, day in row.days.items()
            if day or (is_known and name != "member_since")
        }  # fmt: skip
        fresh = self.last.news(cells, membership.pk, told, {})
        values = {DAY_FIELDS[name]: day for name, day in fresh.items()}
        changes = imports.assign(membership, values)
        check_order(cells, membership.since, membership.until)
        if "until" in changes and membership.stage != Stage.ACCEPTED:
            is_over = membership.until and membership.until < timezone.localdate()
            membership.stage = Stage.ENDED if is_over else Stage.ACTIVE
        return changes


def days_of(cells: Cells, row: Row) -> Days:
    since, until = member_rows.since_of(cells, row), row.days.get("member_until")
    check_order(cells, since, until)
    return Days(since, until, row.days.get("agreement_on"))


def check_order(cells: Cells, since: Any, until: Any) -> None:
    if since and until and until < since:
        cells.fault("member_until", _("The membership ends before it begins."))
