"""Who sees what: state × person × seen, for events and registrations."""

import pytest
from django.contrib.auth.models import AnonymousUser

from events.models import Event, Registration
from tests import factories
from tests.events import factories as made

PEOPLE = ("visitor", "outsider", "member", "lead", "office", "other_office", "admin_user")
EVERYONE = set(PEOPLE)
OWN_SIDE = {"member", "lead", "office", "admin_user"}
SEEN_BY_STAGE = {
    **dict.fromkeys(("draft", "proposed", "withdrawn"), OWN_SIDE),
    **dict.fromkeys(("published", "cancelled"), EVERYONE),
}
SEEN_BY_VISIBILITY = {
    "public": EVERYONE,
    "accounts": EVERYONE - {"visitor"},
    "members": OWN_SIDE | {"other_office"},
    "cluster": OWN_SIDE,
    "group": OWN_SIDE,
    "private": OWN_SIDE,
}
EDITED_BY = {"lead", "office", "admin_user"}


@pytest.fixture(params=PEOPLE)
def name(request):
    return request.param


@pytest.fixture
def person(request, name, db):
    return AnonymousUser() if name == "visitor" else request.getfixturevalue(name)


@pytest.mark.parametrize("stage", SEEN_BY_STAGE)
def test_event_is_seen_by_its_stage(person, name, stage, company, home_cluster):
    event = made.event(home_cluster, organisation=company, stage=stage)

    seen = Event.objects.visible_to(person).contains(event)

    assert seen == (name in SEEN_BY_STAGE[stage])


@pytest.mark.parametrize("visibility", SEEN_BY_VISIBILITY)
def test_event_is_seen_by_its_visibility(person, name, visibility, company, home_cluster):
    event = made.event(home_cluster, organisation=company, visibility=visibility)

    seen = Event.objects.visible_to(person).contains(event)

    assert seen == (name in SEEN_BY_VISIBILITY[visibility])


def test_event_is_edited_by_its_organisers(person, name, company, home_cluster):
    event = made.event(home_cluster, organisation=company)

    assert Event.objects.editable_by(person).contains(event) == (name in EDITED_BY)


def test_who_proposed_an_event_edits_it_while_of_the_organisation(member, company, home_cluster):
    event = made.event(home_cluster, organisation=company, teller=member)
    assert Event.objects.editable_by(member).contains(event)

    member.affiliations.all().delete()

    assert not Event.objects.editable_by(member).contains(event)


def test_registration_is_seen_by_those_who_organise(person, name, company, home_cluster):
    event = made.event(home_cluster, organisation=company)
    registration = made.registration(event, factories.user())

    seen = Registration.objects.visible_to(person).contains(registration)

    assert seen == (name in EDITED_BY)


def test_registration_of_a_guest_is_nobodys_own(person, name, company, home_cluster):
    event = made.event(home_cluster, organisation=company)
    registration = made.registration(event, None, name="Vieras", email="vieras@example.org")

    assert not Registration.objects.editable_by(person).contains(registration)


def test_registrant_sees_her_own(outsider, event):
    registration = made.registration(event, outsider)

    assert Registration.objects.visible_to(outsider).contains(registration)
    assert Registration.objects.editable_by(outsider).contains(registration)


def test_invited_organisations_people_see_a_groups_event(outsider, home_cluster):
    event = made.event(home_cluster, visibility="group")
    invited = factories.organisation()
    factories.affiliation(outsider, invited)

    event.invited_organisations.add(invited)

    assert Event.objects.visible_to(outsider).contains(event)


@pytest.mark.parametrize(
    ("stage", "seen"), [("confirmed", True), ("waiting", True), ("cancelled", False)]
)
def test_participants_see_a_groups_event_while_they_take_part(outsider, home_cluster, stage, seen):
    event = made.event(home_cluster, visibility="group")
    made.registration(event, outsider, stage=stage)

    assert Event.objects.visible_to(outsider).contains(event) == seen
