"""Saving a form leaves alone what its editor cannot see among the choices."""

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from tests import factories
from tests.events import body_factories as made
from tests.events import factories as events
from tests.projects import factories as projects


@pytest.fixture
def hidden():
    return factories.organisation("Piilo Oy", visibility="private")


def posted(client, by, address, told):
    client.force_login(by)
    page = client.get(address).content.decode()
    answer = client.post(address, told)
    assert answer.status_code == 302, answer.context["form"].errors
    return page


def test_parent_of_a_body(client, group, chair, other_cluster):
    parent = made.body(other_cluster, title_fi="Salainen foorumi")
    group.parent = parent
    group.save()

    page = posted(client, chair, reverse("events:body_edit", args=[group.slug]), {
        "kind": group.kind, "title_fi": "Uusi nimi", "summary_fi": "Tehtävä.",
        "visibility": "group", "papers_by": "body",
    })  # fmt: skip

    group.refresh_from_db()
    assert (group.title_fi, group.parent) == ("Uusi nimi", parent)
    assert "Salainen" not in page


def test_what_a_meeting_is_about(client, planned, secretary, other_cluster):
    planned.about_project = projects.project(other_cluster, visibility="private")
    planned.save()
    starts, ends = (timezone.localtime(at) for at in (planned.starts_at, planned.ends_at))

    posted(client, secretary, reverse("events:meeting_edit", args=[planned.public_id]), {
        "starts_at": f"{starts:%Y-%m-%dT%H:%M}", "ends_at": f"{ends:%Y-%m-%dT%H:%M}",
        "place": "Kuopio",
    })  # fmt: skip

    had = planned.about_project
    planned.refresh_from_db()
    assert (planned.place, planned.about_project) == ("Kuopio", had)


def test_organisation_of_a_seat(client, group, chair, hidden):
    seat = made.seat(group, factories.user(), organisation=hidden)

    page = posted(client, chair, reverse("events:seat_edit", args=[seat.public_id]),
                  {"role": "expert", "since": seat.since})  # fmt: skip

    seat.refresh_from_db()
    assert (seat.role, seat.organisation) == ("expert", hidden)
    assert "Piilo" not in page


def test_organisation_and_results_of_a_decision(client, planned, secretary, hidden, home_cluster):
    planned.stage = "running"
    planned.save()
    seen = projects.result(home_cluster, visibility="public")
    unseen = projects.result(home_cluster, visibility="private")
    decision = made.decision(planned.items.get(kind="opening"), secretary, organisation=hidden,
                             results=[seen, unseen])  # fmt: skip

    posted(client, secretary, reverse("events:decision_edit", args=[decision.public_id]), {
        "text": "Toisin sanoin.", "organisation": hidden.pk, "visibility": "group",
        "due_on": decision.due_on, "results": [],
    })  # fmt: skip

    decision.refresh_from_db()
    assert (decision.text, decision.organisation) == ("Toisin sanoin.", hidden)
    assert list(decision.results.all()) == [unseen]


def test_people_of_an_event_for_the_invited(client, lead, company, home_cluster, hidden):
    event = events.event(home_cluster, organisation=company, visibility="group", stage="draft",
                         published_at=None)  # fmt: skip
    ended = factories.organisation("Entinen Oy")
    event.invited_organisations.set([hidden, ended])
    address = reverse("events:edit_step", args=[event.slug, "who"])

    page = posted(client, lead, address, {"visibility": "group", "admission": "open"})

    assert list(Event.objects.get().invited_organisations.all()) == [hidden]
    assert "Piilo" not in page
    assert "Entinen" in page
