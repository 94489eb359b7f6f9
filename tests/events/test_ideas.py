"""Ideas: read before they are seen, supported once, and tied to what comes of them."""

import uuid

import pytest

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from events.models import Idea, Support
from events.models.ideas import BECOMES
from events.pages.ideas import BECAME
from events.services import ideas as services
from projects.models import Challenge
from tests.events import factories as made
from tests.members import need_factories
from tests.projects import factories as projects
from tests.theses import factories as theses


@pytest.fixture
def event(home_cluster):
    return made.event(home_cluster)


def propose(by, event, title="Yhteinen varasto"):
    return services.propose_idea(title, "Lisää.", by=by, form_key=uuid.uuid4(), event=event)


@pytest.fixture
def idea(event, member, office):
    return services.move_idea(propose(member, event), "publish", by=office)


def test_idea_is_seen_only_once_it_is_read(client, event, member, outsider, office):
    row = propose(member, event)
    client.force_login(outsider)
    assert client.get(row.get_absolute_url()).status_code == 404
    assert OutboxMail.objects.filter(kind="idea_proposed", recipient=office).exists()

    services.move_idea(row, "publish", by=office)

    assert client.get(row.get_absolute_url()).status_code == 200
    assert row.title in client.get(f"/en/events/{event.slug}/ideas/").content.decode()
    assert OutboxMail.objects.get(kind="idea_moved").recipient == member


def test_same_form_is_one_idea(event, member):
    key = uuid.uuid4()
    for _ in range(2):
        services.propose_idea("Sama idea", "", by=member, form_key=key, event=event)

    assert Idea.objects.count() == 1


def test_support_is_given_once_and_taken_back(client, idea, outsider, member):
    client.force_login(outsider)
    address = f"{idea.get_absolute_url()}support/"

    client.post(address, {"support": "yes"})
    client.post(address, {"support": "yes"})
    assert Support.objects.count() == 1
    client.post(address, {"support": "no"})
    assert Support.objects.count() == 0
    with pytest.raises(Refused):
        services.support_idea(idea, by=member, is_given=True)


def test_idea_becomes_a_challenge_and_keeps_its_origin(client, idea, lead, company):
    type(idea).objects.update(author=lead)
    client.force_login(lead)
    address = f"/en/projects/challenges/propose/?idea={idea.public_id}"
    page = client.get(address).content.decode()

    client.post(
        address,
        {"organisation": company.pk, "title_fi": "Yhteinen varasto", "background": "Lisää.",
         "form_key": str(uuid.uuid4()), "then": "later"},
    )  # fmt: skip

    idea.refresh_from_db()
    made_of_it = Challenge.objects.get()
    assert idea.title in page
    assert (idea.challenge, idea.stage) == (made_of_it, "moved")
    shown = client.get(f"/en{made_of_it.get_absolute_url().removeprefix('/en')}").content.decode()
    assert idea.title in shown


@pytest.mark.parametrize("kind", BECOMES)
def test_idea_becomes_each_kind_of_thing_and_says_so(
    client, idea, home_cluster, company, member, kind
):
    make = {
        "project": projects.project, "challenge": projects.challenge,
        "need": need_factories.need,
        "topic": lambda cluster, organisation: theses.topic(organisation, cluster),
    }  # fmt: skip
    thing = make[kind](home_cluster, organisation=company)

    services.tie(str(idea.public_id), thing, member)

    idea.refresh_from_db()
    assert (getattr(idea, kind), idea.stage) == (thing, "moved")
    client.force_login(member)
    assert str(BECAME[kind]) in client.get(idea.get_absolute_url()).content.decode()


def test_idea_is_not_taken_on_by_any_reader(idea, home_cluster, company, lead):
    services.tie(str(idea.public_id), projects.challenge(home_cluster, organisation=company), lead)

    idea.refresh_from_db()
    assert (idea.challenge, idea.stage) == (None, "published")


def test_idea_becomes_one_thing_only(idea, home_cluster, company, office):
    first, second = (projects.challenge(home_cluster, organisation=company) for _ in range(2))

    services.tie(str(idea.public_id), first, office)
    services.tie(str(idea.public_id), second, office)

    idea.refresh_from_db()
    assert idea.challenge == first


@pytest.mark.parametrize("given", ["", "x", "<b>", "0" * 36])
def test_unknown_idea_in_an_address_changes_nothing(client, lead, company, given):
    client.force_login(lead)

    assert client.get("/en/projects/propose/", {"idea": given}).status_code == 200


def test_hidden_idea_is_seen_by_its_author_and_coordinators(client, idea, member, office, outsider):
    for person in (member, outsider):
        client.force_login(person)
        assert client.get(idea.get_absolute_url()).status_code == 200
    client.force_login(office)

    client.post(f"{idea.get_absolute_url()}hide/", {"reason": "Mainitsee asiakkaan"})

    shown = client.get(idea.get_absolute_url()).content.decode()
    assert "Mainitsee asiakkaan" in shown
    assert OutboxMail.objects.filter(kind="idea_moved", recipient=member).count() == 2
    client.force_login(outsider)
    assert client.get(idea.get_absolute_url()).status_code == 404
    client.force_login(member)
    assert "Mainitsee asiakkaan" in client.get(idea.get_absolute_url()).content.decode()


def test_hiding_needs_a_reason_and_a_coordinator(client, idea, member, office, outsider):
    with pytest.raises(Refused):
        services.move_idea(idea, "hide", by=office)
    for person in (member, outsider):
        with pytest.raises(Refused):
            services.move_idea(idea, "hide", by=person, reason="Syy")

    assert Idea.objects.visible_to(outsider).contains(idea)


def test_idea_closed_on_the_board_is_read_with_its_reason(client, idea, office, outsider):
    services.move_idea(idea, "close", by=office, reason="Tehdään jo toisaalla")
    client.force_login(outsider)

    assert "Tehdään jo toisaalla" in client.get(idea.get_absolute_url()).content.decode()

    services.move_idea(idea, "hide", by=office, reason="Mainitsee asiakkaan")
    assert client.get(idea.get_absolute_url()).status_code == 404
    services.move_idea(idea, "publish", by=office)
    assert client.get(idea.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("action", ["close", "take_back"])
def test_idea_that_was_never_published_is_not_shown_once_closed(
    event, member, office, outsider, action
):
    row = propose(member, event)
    by = member if action == "take_back" else office

    services.move_idea(row, action, by=by, reason="Ei sovi")

    assert not Idea.objects.visible_to(outsider).exists()
    assert Idea.objects.visible_to(member).contains(row)


def test_visitor_reads_the_board_and_cannot_write(client, idea):
    page = client.get("/en/events/ideas/")

    assert idea.title in page.content.decode()
    client.post("/en/events/ideas/propose/", {"title": "Vieraan idea"})
    assert Idea.objects.count() == 1
    assert client.post(f"{idea.get_absolute_url()}support/").status_code == 302


def test_idea_of_an_invited_event_is_the_groups(client, home_cluster, member, office, outsider):
    event = made.event(home_cluster, visibility="group")
    made.registration(event, member)
    row = services.move_idea(propose(member, event), "publish", by=office)

    assert Idea.objects.visible_to(member).filter(pk=row.pk).exists()
    assert not Idea.objects.visible_to(outsider).filter(pk=row.pk).exists()


def test_idea_that_went_on_is_hidden_and_stands_where_it_was_when_published_again(
    client, idea, office, home_cluster
):
    idea.challenge, idea.stage = projects.challenge(home_cluster), "moved"
    idea.save()

    services.move_idea(idea, "hide", by=office, reason="Siinä on salaista.")

    assert client.get(idea.get_absolute_url()).status_code == 404
    assert services.move_idea(idea, "publish", by=office).stage == "moved"
    assert client.get(idea.get_absolute_url()).status_code == 200
