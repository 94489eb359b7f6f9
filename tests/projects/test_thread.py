"""The thread: what hangs on what, as far as its reader may see."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster_portal.core import thread
from projects.pages import thread_breaks
from tests import factories, statements
from tests.events import factories as events
from tests.members.need_factories import need as a_need
from tests.projects import factories as projects
from tests.theses import factories as theses
from theses.models import ThreadLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(home_cluster):
    made = factories.organisation()
    factories.membership(made, home_cluster)
    return made


@pytest.fixture
def need(home_cluster, owner):
    return a_need(home_cluster, owner, visibility="public")


@pytest.fixture
def challenge(home_cluster, owner, need):
    return projects.challenge(home_cluster, organisation=owner, from_need=need)


@pytest.fixture
def project(home_cluster, challenge):
    made = projects.project(home_cluster)
    made.challenges.add(challenge)
    return made


@pytest.fixture
def measure(home_cluster, owner, project):
    programme = projects.approved_programme(home_cluster, owner)
    made = projects.measure(programme, responsible=owner)
    project.measures.add(made)
    return made


def titles(found):
    return [step.title for step in found.steps]


def test_whole_thread_is_seen_from_each_of_its_steps(need, challenge, project, measure):
    whole = [need.what, challenge.title_fi, project.title_fi, str(measure)]

    for thing in (need, challenge, project, measure):
        assert titles(thread.of(thing, AnonymousUser())) == whole


def test_topics_and_events_are_on_it(need, challenge, owner, home_cluster):
    topic = theses.topic(owner, home_cluster)
    ThreadLink.objects.create(topic=topic, challenge=challenge)
    event = events.event(home_cluster, from_challenge=challenge)

    found = thread.of(need, AnonymousUser())

    assert {topic.heading, event.title} <= set(titles(found))
    assert titles(thread.of(topic, AnonymousUser()))[:2] == [need.what, challenge.title_fi]


def test_siblings_are_not_on_the_thread_of_a_project(challenge, project, home_cluster):
    other = projects.project(home_cluster, title_fi="Toinen hanke")
    other.challenges.add(challenge)

    assert "Toinen hanke" not in titles(thread.of(project, AnonymousUser()))
    assert "Toinen hanke" in titles(thread.of(challenge, AnonymousUser()))


def test_nothing_is_told_behind_a_step_that_the_reader_may_not_see(
    need, challenge, project, member, lead
):
    challenge.visibility = "members"
    challenge.save()

    assert titles(thread.of(need, AnonymousUser())) == [need.what]
    assert titles(thread.of(project, AnonymousUser())) == [project.title_fi]
    assert len(titles(thread.of(need, lead))) == 3


def test_a_hidden_step_is_not_on_the_pages_of_others(client, need, challenge, project, office):
    challenge.visibility = "private"
    challenge.save()

    page = client.get(need.get_absolute_url()).content.decode()
    assert challenge.title_fi not in page
    assert project.title_fi not in page
    assert "thread-strip" not in page
    client.force_login(office)
    assert challenge.title_fi in client.get(need.get_absolute_url()).content.decode()


def test_a_circle_ends(need, home_cluster, owner):
    """Two challenges cannot make one, but a project and a topic can."""
    project = projects.project(home_cluster)
    topic = theses.topic(owner, home_cluster)
    ThreadLink.objects.create(topic=topic, project=project)
    programme = projects.approved_programme(home_cluster, owner)
    measure = projects.measure(programme, responsible=owner)
    ThreadLink.objects.create(topic=topic, measure=measure)
    project.measures.add(measure)

    assert len(thread.of(project, AnonymousUser()).steps) == 3


def test_two_statements_find_it_however_long_it_is(need, challenge, project, measure):
    with CaptureQueriesContext(connection) as short:
        thread.of(need, AnonymousUser())
    for number in range(5):
        more = projects.project(project.home_cluster, title_fi=f"Lisää {number}")
        more.challenges.add(challenge)

    with CaptureQueriesContext(connection) as long:
        assert len(thread.of(need, AnonymousUser()).steps) == 9

    assert len(short) == len(long) == 2


def test_many_threads_are_told_apart(need, challenge, project, home_cluster, owner):
    other = a_need(home_cluster, owner, visibility="public")
    projects.challenge(home_cluster, from_need=other, title_fi="Muu haaste")
    places = [thread.Place("needs", need.pk), thread.Place("needs", other.pk)]

    found = thread.of_places(places, AnonymousUser())

    assert titles(found[places[0]]) == [need.what, challenge.title_fi, project.title_fi]
    assert titles(found[places[1]]) == [other.what, "Muu haaste"]


# A coordinator's second factor is one, the budget that coordinators see of any project another.
PAGES = {"need": 11, "challenge": 16, "project": 14}


@pytest.mark.parametrize("person", ["member", "office"])
@pytest.mark.parametrize("name", PAGES)
def test_pages_on_a_thread_keep_within_their_statements(client, request, measure, name, person):
    client.force_login(request.getfixturevalue(person))
    thing = request.getfixturevalue(name)

    assert len(statements.of_page(client, thing.get_absolute_url())) <= PAGES[name]


def test_list_and_page_cost_the_same_for_one_thread_and_ten(
    client, member, need, challenge, measure, home_cluster
):
    client.force_login(member)
    owner = need.organisation
    address = f"/projects/thread/needs/{need.slug}/"
    few = [len(statements.of_page(client, each)) for each in ("/projects/thread/", address)]
    for _number in range(9):
        more = a_need(home_cluster, owner, visibility="public")
        projects.challenge(home_cluster, from_need=more)
        projects.project(home_cluster).challenges.add(challenge)

    many = [len(statements.of_page(client, each)) for each in ("/projects/thread/", address)]

    assert many == few
    assert max(many) <= 8


def test_list_begins_each_thread_once(client, need, challenge, project, home_cluster):
    alone = projects.challenge(home_cluster, title_fi="Haaste ilman jatkoa")

    page = client.get("/projects/thread/").content.decode()

    assert need.what in page
    assert f'href="/projects/thread/challenges/{challenge.slug}/"' not in page
    assert alone.title_fi not in page


def test_poster_has_at_most_twelve_boxes_and_dashes_what_is_missing(
    client, need, challenge, project, home_cluster
):
    for number in range(20):
        projects.project(home_cluster, title_fi=f"Lisää {number}").challenges.add(challenge)
    page = client.get(f"/projects/thread/needs/{need.slug}/").content.decode()

    assert 5 <= page.count('class="knot') - page.count('class="knot__no') <= 12
    assert "knot--broken" in page
    assert page.count("thread__name") == 23


def test_page_of_a_thing_that_the_reader_may_not_see_is_not_there(client, challenge):
    challenge.visibility = "members"
    challenge.save()

    assert client.get(f"/projects/thread/challenges/{challenge.slug}/").status_code == 404
    for address in ("challenges/nobody", "nothing/at-all", "measures/not-a-number"):
        assert client.get(f"/projects/thread/{address}/").status_code == 404


def test_following_a_thread_follows_its_things(client, member, need, challenge, project):
    client.force_login(member)
    address = f"/projects/thread/needs/{need.slug}/"

    client.post(f"{address}follow/")
    client.post(f"{address}follow/")
    assert {follow.about for follow in member.follows.all()} == {need, challenge, project}

    client.post(f"{address}follow/", {"do": "unfollow"})
    assert not member.follows.exists()


def test_breaks_are_the_coordinators_own(client, office, other_office, member, need, home_cluster):
    long_ago = timezone.now() - datetime.timedelta(days=80)
    type(need).objects.filter(pk=need.pk).update(published_at=long_ago)
    solved = projects.challenge(
        home_cluster, stage="solved", decided_at=long_ago, title_fi="Ratkaistu haaste"
    )
    address = "/projects/thread/breaks/"

    client.force_login(office)
    page = client.get(address).content.decode()
    assert need.what in page
    assert solved.title_fi in page
    assert thread_breaks.queue(office).count == 2

    projects.project(home_cluster).challenges.add(solved)
    projects.challenge(home_cluster, from_need=need)
    assert thread_breaks.queue(office).count == 0

    client.force_login(other_office)
    assert need.what not in client.get(address).content.decode()
    client.force_login(member)
    assert client.get(address).status_code == 404


def test_hidden_steps_do_not_crowd_out_those_that_are_seen(monkeypatch, challenge, home_cluster):
    monkeypatch.setattr(thread, "MOST_TIES", 5)
    for number in range(60):
        hidden = projects.project(home_cluster, title_fi=f"Piilo {number}", visibility="private")
        hidden.challenges.add(challenge)
    shown = projects.project(home_cluster, title_fi="Näkyvä")
    shown.challenges.add(challenge)

    assert "Näkyvä" in titles(thread.of(challenge, AnonymousUser()))


def test_a_thread_shows_a_bounded_number_of_ties(monkeypatch, challenge, home_cluster):
    monkeypatch.setattr(thread, "MOST_TIES", 3)
    for _number in range(6):
        projects.project(home_cluster).challenges.add(challenge)

    assert len(thread.of(challenge, AnonymousUser()).links) == 1 + 3


def test_what_lies_behind_a_hidden_step_is_not_followed(need, challenge, project, measure):
    challenge.visibility = "members"
    challenge.save()

    found = thread._follow([thread.Place("needs", need.pk)], AnonymousUser())

    assert found == ({}, {})


def test_pilot_that_ended_before_its_planned_last_day_waits_since_today(
    client, office, home_cluster, company
):
    last = timezone.localdate() + datetime.timedelta(days=30)
    town = factories.organisation("Kokeilukunta", kind="municipality")
    projects.pilot(home_cluster, company, town, stage="closing", ends_on=last)
    client.force_login(office)

    rows = thread_breaks.values(office)["groups"][0]["rows"]

    assert [row["waits"] for row in rows] == ["0 päivää"]
    assert thread_breaks.queue(office).oldest <= timezone.now()
