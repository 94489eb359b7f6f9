"""Desk and event page ask about a guest's registration exactly while it can be taken over."""

import datetime

import pytest
from django.utils import timezone

from events.models.events import Stage as EventStage
from events.models.registrations import ACTIVE, Stage
from tests import factories
from tests.events import factories as made

DAY = datetime.timedelta(days=1)
ASKS = "Is this your registration?"
MOMENTS = {
    "open": {},
    "not yet open": {"registration_opens_at": DAY},
    "closed": {"registration_closes_at": -DAY},
    "over": {"starts_at": -2 * DAY, "ends_at": -DAY, "registration_closes_at": -3 * DAY},
    "cancelled": {"stage": EventStage.CANCELLED},
}


def at(moment):
    now = timezone.now()
    values = MOMENTS[moment].items()
    return {name: now + each if isinstance(each, datetime.timedelta) else each
            for name, each in values}  # fmt: skip


def is_asked(client, event):
    page = client.get(event.get_absolute_url()).content.decode()
    cards = {card["key"] for card in client.get("/me/").context["waiting"]}
    says = ASKS in page
    assert ("registration_claims" in cards) == says
    return says


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("stage", list(Stage))
def test_desk_and_page_ask_about_a_guests_registration_while_it_can_be_claimed(
    client, home_cluster, outsider, stage, moment
):
    event = made.event(home_cluster, **at(moment))
    made.registration(event, None, name="Outi", email=outsider.email, stage=stage)
    client.force_login(factories.verified(outsider))

    asked = is_asked(client, event)

    coming = moment in {"open", "not yet open", "closed"}
    assert asked == (stage in ACTIVE and coming and (stage != Stage.REQUESTED or moment == "open"))


@pytest.mark.parametrize("who", ["member", "lead", "office", "admin_user"])
def test_nobody_but_the_holder_of_the_address_is_asked(client, home_cluster, company, who, request):
    event = made.event(home_cluster, organisation=company)
    made.registration(event, None, name="Outi", email="outi@example.org")
    client.force_login(factories.verified(request.getfixturevalue(who)))

    assert not is_asked(client, event)


@pytest.mark.parametrize("stage", list(Stage))
def test_no_own_registration_is_anybodys_turn(client, home_cluster, outsider, stage):
    made.registration(made.event(home_cluster), outsider, stage=stage)
    client.force_login(outsider)

    assert client.get("/me/").context["waiting_count"] == 0
