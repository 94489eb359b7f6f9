"""Needs, topics, theses, events and measures are followed like anything else."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.notifications.models import Follow, OutboxMail
from cluster_portal.notifications.services import following
from events.services import events as event_services
from members.services import needs as need_services
from members.services.needs import Answered
from projects.models import Measure
from projects.pages.measure_lines import MeasureLine
from projects.services import programmes, updates
from tests import factories
from tests.events import factories as events
from tests.members import need_factories as needs
from tests.projects import factories as projects
from tests.theses import factories as theses
from tests.theses import parties
from theses.services import topics, works


def told(person):
    rows = OutboxMail.objects.filter(kind="followed", recipient=person).order_by("pk")
    return [mail.values["news"] for mail in rows]


@pytest.fixture
def topic(company, home_cluster):
    return theses.topic(company, home_cluster)


@pytest.fixture
def finished(topic):
    today = timezone.localdate()
    return parties.thesis(
        topic, factories.user(), parties.supervisor(factories.organisation()),
        stage="finished", finished_on=today, finished_year=today.year, slug="valmis",
        abstract="Tiivistelmä.",
    )  # fmt: skip


@pytest.fixture
def need(company, home_cluster):
    return needs.need(home_cluster, company, visibility="public")


@pytest.fixture
def event(company, home_cluster):
    return events.event(home_cluster, organisation=company)


@pytest.mark.parametrize(
    ("kind", "name"),
    [("needs", "need"), ("topics", "topic"), ("theses", "finished"), ("events", "event")],
)
def test_page_has_the_button_and_my_list_the_thing(client, request, outsider, kind, name):
    thing = request.getfixturevalue(name)
    client.force_login(outsider)
    address = reverse("following:change", args=[kind, thing.slug])
    assert address in client.get(thing.get_absolute_url()).content.decode()

    client.post(address, {"do": "follow"})

    groups = client.get(reverse("following:list")).context["groups"]
    assert [(group["key"], [row["thing"] for row in group["rows"]]) for group in groups] == [
        (kind, [thing])
    ]


def test_follower_of_a_need_hears_what_became_of_it(need, outsider, lead):
    following.follow(need, by=outsider)
    following.follow(need, by=lead)

    need_services.answer_need(need, Answered(words="Löytyi."), by=lead)

    assert (told(outsider), told(lead)) == (["moved"], [])


def test_follower_of_a_topic_hears_that_it_was_withdrawn(topic, outsider, lead):
    following.follow(topic, by=outsider)

    topics.withdraw_topic(topic, by=lead, reason="Ei ole enää ajankohtainen.")

    assert told(outsider) == ["moved"]


def test_follower_of_a_thesis_hears_how_it_was_used(finished, outsider, lead):
    following.follow(finished, by=outsider)

    works.tell_usage(finished, "used", "Ohjeessa.", by=lead)

    assert told(outsider) == ["usage"]


def test_follower_of_an_event_hears_of_time_cancelling_and_recording(event, outsider, office):
    following.follow(event, by=outsider)

    event.summary_fi = "Muuttunut."
    event_services.save_event(event, by=office)
    assert told(outsider) == []
    event.starts_at -= datetime.timedelta(hours=1)
    event_services.save_event(event, by=office)
    event_services.cancel_event(event, by=office, reason="Sairastuminen.")

    assert told(outsider) == ["changed", "cancelled"]


def test_follower_hears_of_what_is_told_after_an_event(home_cluster, outsider, office):
    over = timezone.now() - datetime.timedelta(days=2)
    event = events.event(
        home_cluster, starts_at=over, ends_at=over + datetime.timedelta(hours=2),
        registration_closes_at=over,
    )  # fmt: skip
    following.follow(event, by=outsider)

    event.recording_link = "https://example.org/tallenne"
    event_services.save_event(event, by=office)

    assert told(outsider) == ["afterwards"]


def test_venue_of_an_invited_groups_event_is_no_news_to_followers(event, outsider, office):
    event.visibility = "group"
    event.save()
    following.follow(event, by=outsider)

    event.venue = "Kellari"
    event_services.save_event(event, by=office)

    assert told(outsider) == []


@pytest.fixture
def programme(home_cluster, company):
    return projects.approved_programme(home_cluster, company, visibility="public")


@pytest.fixture
def measure(programme, company):
    return projects.measure(programme, responsible=company, number=7)


def test_measure_is_followed_from_its_page(client, measure, outsider):
    client.force_login(outsider)
    address = reverse("following:change", args=["measures", measure.public_id])
    assert address in client.get(measure.get_absolute_url()).content.decode()

    client.post(address, {"do": "follow"})

    row = client.get(reverse("following:list")).context["groups"][0]["rows"][0]
    assert (row["thing"], row["state"]) == (measure, MeasureLine(measure).words)


def test_followers_of_a_measure_hear_of_reports_and_of_a_passed_deadline(measure, outsider, lead):
    following.follow(measure, by=outsider)
    following.follow(measure, by=lead)

    updates.report(measure, updates.Told("in_progress", text="Alkoi."), by=lead)
    Measure.objects.filter(pk=measure.pk).update(
        starts_on=datetime.date(2020, 1, 1), ends_on=datetime.date(2020, 2, 1)
    )
    programmes.delay_overdue()

    assert (told(outsider), told(lead)) == (["reported", "late"], ["late"])


def test_followers_go_on_with_the_next_version_or_hear_that_it_dropped_the_measure(
    programme, measure, outsider, office
):
    dropped = projects.measure(programme, responsible=measure.responsible, number=8)
    following.follow(measure, by=outsider)
    following.follow(dropped, by=outsider)
    draft = programmes.new_version(programme, by=office)
    Measure.objects.of(draft).filter(number=8).delete()

    programmes.approve_programme(draft, by=office)

    later = Measure.objects.of(draft).get(number=7)
    assert {follow.about for follow in Follow.objects.visible_to(outsider)} == {later, dropped}
    assert told(outsider) == ["dropped"]


def test_measure_of_a_draft_is_not_followed(client, measure, programme, office):
    draft = programmes.new_version(programme, by=office)
    new = Measure.objects.of(draft).get(number=7)
    client.force_login(office)

    address = reverse("following:change", args=["measures", new.public_id])

    assert address not in client.get(new.get_absolute_url()).content.decode()
    assert client.post(address, {"do": "follow"}).status_code == 404
    wrong = reverse("following:change", args=["measures", "none"])
    assert client.post(wrong, {"do": "follow"}).status_code == 404
