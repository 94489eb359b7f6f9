"""No sequence of acts by others changes one byte of an organisation or of what belongs to it.

Others are people outside it, and coordinators of clusters where it is no member.
"""

import functools
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import Visibility
from members.models import Affiliation, Membership, Organisation, User
from members.services import affiliations, applications, invitations, organisations
from members.services.applications import Applied
from members.services.organisation_import import import_organisations
from tests import factories
from tests.members.isolation import belongings, try_admin
from tests.theses import factories as theses

PEOPLE, OFFICES = ("stranger", "neighbour"), ("office", "deputy_office")
people, offices = st.sampled_from(PEOPLE), st.sampled_from(OFFICES)
anyone = st.sampled_from(PEOPLE + OFFICES)
ROLES = st.sampled_from(["contact", "deputy", "representative", "member"])
NAME, ID = "Kohde Oy", "1234567-1"


def attempt(act: Any) -> Any:
    try:
        with transaction.atomic():
            return act()
    except Refused:
        return None


class Attack(RuleBasedStateMachine):
    """`A` is the target's cluster, `B` that of the offices; each example is rolled back."""

    @initialize()
    def begin(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.clusters = {"A": factories.cluster("a"), "B": factories.cluster("b")}
        self.target = factories.organisation(NAME, business_id=ID, email_domains=["kohde.example"])
        factories.membership(self.target, self.clusters["A"])
        contact = factories.user("contact@kohde.example")
        factories.affiliation(contact, self.target, role="contact")
        factories.affiliation(factories.user(), self.target)
        topic = theses.topic(self.target, self.clusters["A"], contact=contact)
        theses.application(topic)
        self.keys = {name: self._person(name) for name in PEOPLE + OFFICES}
        self.client = Client()
        self.before = belongings(self.target)

    def _person(self, name: str) -> int:
        address = f"{name}@example.org"
        if name in OFFICES:
            person = factories.coordinator(self.clusters["B"], address)
            factories.second_factor(person)
        else:
            person = factories.user(address)
            factories.membership(person, self.clusters["B"])
        return factories.verified(person).pk

    def who(self, name: str) -> User:
        """A fresh object, as in a request of its own."""
        return User.objects.get(pk=self.keys[name])

    def application(self, number: int) -> Membership | None:
        rows = list(Membership.objects.exclude(applicant=None).order_by("pk"))
        return rows[number % len(rows)] if rows else None

    def row(self, number: int) -> Affiliation:
        rows = Affiliation.objects.filter(organisation=self.target).order_by("pk")
        return rows[number % len(rows)]

    @rule(name=people, cluster=st.sampled_from("AB"), way=st.sampled_from(["it", "name", "id"]))
    def apply(self, name: str, cluster: str, way: str) -> None:
        by, stated = self.who(name), {"motive": "Me.", "deputy_email": "neighbour@example.org"}
        parts: dict[str, Any] = {
            "it": {"organisation": self.target},
            "name": {"details": {"name": NAME.upper(), "kind": "company"}},
            "id": {"details": {"name": "Muu Oy", "kind": "company", "business_id": ID}},
        }[way]
        applied = Applied(self.clusters[cluster], stated, **parts)
        attempt(lambda: applications.submit(applications.save_draft(applied, by=by), by=by))

    @rule(name=anyone, number=st.integers(0, 3), act=st.sampled_from(
        ["take_up", "ask", "reply", "approve", "approve", "activate", "reject", "withdraw", "end"]
    ))  # fmt: skip
    def handle(self, name: str, number: int, act: str) -> None:
        made = self.application(number)
        words = {"ask": "question", "reply": "answer", "reject": "reason", "end": "reason"}
        given = {words[act]: "Siksi."} if act in words else {}
        step = functools.partial(getattr(applications, act), made, by=self.who(name), **given)
        if made is not None:
            attempt(step)

    @rule(name=anyone)
    def ask_in(self, name: str) -> None:
        attempt(lambda: affiliations.request(self.target, by=self.who(name)))

    @rule(name=anyone, other=anyone, role=ROLES)
    def name_person(self, name: str, other: str, role: str) -> None:
        given: Any = {"by": self.who(name), "reason": "Siksi."}
        attempt(lambda: affiliations.name_person(self.target, self.who(other), role, **given))

    @rule(name=anyone, number=st.integers(0, 5), act=st.sampled_from(
        ["confirm", "decline", "end", "restore", "settle"]
    ))  # fmt: skip
    def move_person(self, name: str, number: int, act: str) -> None:
        attempt(lambda: getattr(affiliations, act)(self.row(number), by=self.who(name)))

    @rule(name=anyone, number=st.integers(0, 5), role=ROLES)
    def change_role(self, name: str, number: int, role: str) -> None:
        given: Any = {"by": self.who(name), "reason": "Siksi."}
        attempt(lambda: affiliations.change_role(self.row(number), role, **given))

    @rule(name=anyone, other=anyone, role=ROLES)
    def invite_and_accept(self, name: str, other: str, role: str) -> None:
        by, invited = self.who(name), self.who(other)
        attempt(lambda: invitations.invite(self.target, invited.email, role, by=by, reason="S."))
        token = invitations.token_for(self.target, invited.email, role, by=by)
        attempt(lambda: invitations.accept(token, by=invited))

    @rule(name=anyone)
    def edit(self, name: str) -> None:
        values = {"name": "Kaapattu Oy", "visibility": Visibility.PRIVATE}
        attempt(lambda: organisations.edit_organisation(self.target, values, by=self.who(name)))

    @rule(name=offices)
    def import_file(self, name: str) -> None:
        data = f"external_id,name,kind,business_id,website\n1,{NAME},company,{ID},https://evil.fi\n"
        by = self.who(name)
        attempt(lambda: import_organisations(data.encode(), by=by, cluster=self.clusters["B"]))

    @rule(name=offices, other=anyone)
    def use_the_admin(self, name: str, other: str) -> None:
        try_admin(self.client, self.who(name), self.target, self.who(other))

    @precondition(lambda self: hasattr(self, "before"))
    @invariant()
    def nothing_has_changed(self) -> None:
        assert belongings(self.target) == self.before
        for name in PEOPLE + OFFICES:
            assert not Organisation.objects.editable_by(self.who(name)).contains(self.target)

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)


@pytest.mark.django_db
def test_no_sequence_of_acts_by_others_changes_an_organisation():
    run_state_machine_as_test(
        Attack,
        settings=settings(
            max_examples=8, stateful_step_count=10, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
