"""Asked together, everyone sees exactly what she sees when she is asked alone."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cluster_portal.core.visibility import Visibility
from cluster_portal.notifications import sight
from members.models import User
from tests import factories
from tests.events import factories as made_events
from tests.projects import factories as made_projects
from tests.theses import factories as made_theses

CAST = (
    *("outsider", "member", "lead", "office", "other_office", "admin_user"),
    *("student", "supervisor"),
)


@pytest.fixture
def student(db):
    return factories.user("student@example.org")


@pytest.fixture
def supervisor(db):
    return factories.user("supervisor@example.org")


@pytest.fixture
def things(company, home_cluster, student, supervisor):
    """Of every rung, and what belongs to one person alone."""
    found = [home_cluster, company, student, supervisor]
    for rung in Visibility.values:
        found += [
            factories.organisation(visibility=rung),
            made_theses.topic(company, home_cluster, visibility=rung),
            made_theses.topic(None, home_cluster, visibility=rung, stage="draft"),
            made_events.event(home_cluster, slug=f"e-{rung}", visibility=rung),
            made_projects.project(home_cluster, slug=f"p-{rung}", visibility=rung),
            made_projects.challenge(home_cluster, slug=f"c-{rung}", visibility=rung),
        ]
    found.append(made_theses.application(found[5], student))
    found.append(made_events.registration(found[7], student))
    found.append(factories.membership(supervisor, home_cluster))
    found.append(factories.affiliation(student, factories.organisation()))
    return found


@pytest.fixture
def readers(request, things):
    people = [request.getfixturevalue(name) for name in CAST]
    closed = factories.user(is_active=False)
    # As in the next request: nothing kept of what they were.
    return list(User.objects.filter(pk__in=[one.pk for one in [*people, closed]]).order_by("pk"))


def key(thing):
    return ContentType.objects.get_for_model(thing).pk, thing.pk


def test_together_each_sees_what_she_sees_alone(things, readers):
    alone = {
        (reader.pk, *key(thing))
        for reader in readers
        for thing in things
        if type(thing).objects.visible_to(reader).filter(pk=thing.pk).exists()
    }

    together = sight.seen((reader, key(thing)) for reader in readers for thing in things)

    assert together == alone
    assert 0 < len(alone) < len(things) * len(readers)


def test_any_two_together_see_what_each_sees_alone(things, readers):
    alone = {reader.pk: sight.seen((reader, key(thing)) for thing in things) for reader in readers}

    for first in readers:
        for second in readers:
            pair = (first, second)
            together = sight.seen((one, key(thing)) for one in pair for thing in things)
            assert together == alone[first.pk] | alone[second.pk]


def test_thirty_readers_cost_two_statements(db, home_cluster, company):
    people = [factories.user() for _number in range(30)]
    for person in people[::2]:
        factories.affiliation(person, company)
    hidden = factories.organisation(visibility="private")
    wanted = [(person, key(thing)) for person in people for thing in (company, hidden)]
    sight.audiences_of(people)

    with CaptureQueriesContext(connection) as captured:
        assert len(sight.seen(wanted)) == 30

    assert len(captured) <= 2


def asked_about_own(number, home_cluster):
    """What is asked for so many people of as many organisations, each about her application."""
    wanted = []
    for _number in range(number):
        person, company = factories.user(), factories.organisation()
        factories.affiliation(person, company)
        topic = made_theses.topic(company, home_cluster, visibility="private")
        wanted.append((person, key(made_theses.application(topic, person))))
    sight.audiences_of(person for person, _thing in wanted)
    with CaptureQueriesContext(connection) as captured:
        assert len(sight.seen(wanted)) == number
    return [one["sql"] for one in captured]


def test_each_reader_asked_about_her_own_makes_the_one_statement_no_longer(db, home_cluster):
    (few,), (many,) = (asked_about_own(number, home_cluster) for number in (2, 20))

    assert many.count("SELECT") == few.count("SELECT")


def test_rule_that_cannot_be_asked_together_is_asked_by_person(db, company):
    """An open supervisor reads the profiles that are open to those who offer topics."""
    profile = made_theses.student_profile(factories.user(), openness="commissioners")
    supervisor, stranger = factories.user(), factories.user()
    made_theses.supervisor_profile(supervisor, company)

    found = sight.seen((one, key(profile)) for one in (profile.user, supervisor, stranger))

    assert found == {(one.pk, *key(profile)) for one in (profile.user, supervisor)}


def test_nobody_sees_nothing(db):
    assert sight.seen([]) == set()
