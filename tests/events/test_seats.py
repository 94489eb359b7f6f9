"""Seats that are named by an address: linked to an account by its link or its confirmed address."""

import datetime
import uuid
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from events.models import Meeting, Statement
from events.services import bodies as services
from events.services.body_links import seat_link
from events.services.decisions import confirm_decisions
from events.services.statements import sign
from projects.models import ResultUse
from tests import factories
from tests.events import body_factories as bodies
from tests.projects import factories as projects

ADDRESS = "jasen@example.org"


@pytest.fixture
def body(home_cluster, lead):
    made = bodies.body(home_cluster)
    bodies.seat(made, lead, "chair")
    return made


@pytest.fixture
def seat(body):
    return bodies.seat(body, name="Jaana Jäsen", email=ADDRESS)


def path(seat):
    return urlsplit(seat_link(seat)).path


def test_who_has_no_account_is_invited_to_link_the_seat(body, lead):
    values = {"name": "Jaana", "email": ADDRESS, "role": "member", "form_key": uuid.uuid4(),
              "since": timezone.localdate()}  # fmt: skip

    services.add_member(body, values, by=lead)

    assert OutboxMail.objects.get(kind="seat_invited").guest_address == ADDRESS


def test_link_shows_by_get_and_links_by_post(client, seat, outsider, lead):
    assert client.get(path(seat)).status_code == 200
    client.force_login(outsider)
    client.get(path(seat))
    seat.refresh_from_db()
    assert seat.user is None

    address = path(seat)
    client.post(address)

    seat.refresh_from_db()
    assert (seat.user, seat.email, seat.name) == (outsider, "", "")
    assert OutboxMail.objects.get(kind="seat_linked").recipient == lead
    assert client.get(address).status_code == 404


def test_link_of_an_ended_term_opens_nothing(client, seat):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    type(seat).objects.filter(pk=seat.pk).update(until=yesterday)

    assert client.get(path(seat)).status_code == 404


def test_seat_is_claimed_by_a_confirmed_address_alone(client, seat):
    person = factories.user(ADDRESS)
    client.force_login(person)
    address = reverse("events:seat_claim", args=[seat.public_id])
    assert client.post(address).status_code == 404

    factories.verified(person)
    client.post(address)

    seat.refresh_from_db()
    assert seat.user == person
    assert Meeting.objects.inside(person).count() == 0


def test_who_sits_there_already_takes_no_second_seat(body, seat, outsider):
    bodies.seat(body, outsider)

    with pytest.raises(Refused):
        services.claim_seat(seat, by=outsider, by_link=True)


def test_secretary_hears_of_a_signature(body, lead, company, office):
    bodies.seat(body, office, "secretary")
    statement = Statement.objects.create(body=body, title="Kanta", text="Teksti", stage="open")

    sign(statement, company, by=lead)

    assert OutboxMail.objects.get(kind="statement_signed").recipient == office


def test_decision_of_a_hidden_body_does_not_name_it(client, body, lead):
    item = bodies.meeting(body, lead, stage="running").items.get(kind="follow_up")
    decision = bodies.decision(item, lead, visibility="public")
    type(decision).objects.update(stage="open")

    page = client.get(reverse("events:decision", args=[decision.public_id])).content.decode()
    found = client.get(reverse("events:decisions")).content.decode()

    assert body.title not in page + found
    assert decision.text in page


@pytest.mark.parametrize(("visibility", "count"), [("public", 1), ("group", 0)])
def test_confirmed_decision_is_told_at_the_result_that_it_used(
    body, lead, company, home_cluster, visibility, count
):
    result = projects.result(home_cluster, organisation=company, visibility="public")
    item = bodies.meeting(body, lead, stage="running").items.get(kind="follow_up")
    bodies.decision(item, lead, visibility=visibility, results=[result])

    confirm_decisions(item.meeting, by=lead)

    assert ResultUse.objects.filter(result=result).count() == count
