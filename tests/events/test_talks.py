"""The call for talks: proposed, reviewed, chosen; and the choice between parallel sessions."""

from __future__ import annotations

import datetime
import uuid
from threading import Barrier

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from events.erasure import erase
from events.models import AgendaItem, Event, Registration, SessionChoice, Talk
from events.services import materials
from events.services import registrations as registration_services
from events.services import talks as services
from tests import factories
from tests.events.factories import event, registration
from tests.events.test_places import in_parallel

pytestmark = pytest.mark.django_db


@pytest.fixture
def seminar(home_cluster):
    return event(home_cluster, talks_until=timezone.now() + datetime.timedelta(days=3))


def values(**other):
    return {"title": "Varautuminen kunnassa", "summary": "Mitä opittiin",
            "speaker": "Puhuja, Kunta",
            "track": "A", "form_key": uuid.uuid4(), **other}  # fmt: skip


def slot(made, **other):
    return {"starts_at": made.starts_at, "ends_at": None, "room": "", "stream": "A",
            "capacity": None, **other}  # fmt: skip


def test_call_proposal_review_and_programme(client, seminar, office, member):
    client.force_login(member)
    url = reverse("events:talks", args=[seminar.slug])
    assert url in client.get(seminar.get_absolute_url()).content.decode()
    client.post(url, {**values(), "is_agreed": "on"})
    talk = Talk.objects.get()
    assert OutboxMail.objects.filter(kind="talk_proposed", recipient=office).exists()
    assert client.get(reverse("events:organiser_talks", args=[seminar.slug])).status_code == 404

    client.force_login(office)
    page = reverse("events:organiser_talk", args=[seminar.slug, talk.public_id])
    step = reverse("events:organiser_talk_step", args=[seminar.slug, talk.public_id, "note"])
    client.post(step, {"note": "Hyvä"})
    begins = timezone.localtime(seminar.starts_at + datetime.timedelta(minutes=30))
    client.post(page, {"starts_at": begins.strftime("%Y-%m-%dT%H:%M"), "stream": "B"})

    talk.refresh_from_db()
    assert (talk.stage, talk.note, talk.item.stream) == ("accepted", "Hyvä", "B")
    shown = client.get(seminar.get_absolute_url()).content.decode()
    assert "Mitä opittiin" in shown
    assert "Puhuja, Kunta" in shown
    told = OutboxMail.objects.get(kind="talk_decided", recipient=member)
    found = letter(told)
    assert seminar.title in found.subject
    assert "Ohjelmassa" in found.subject
    assert f"{begins:%-H.%M}" in found.text
    assert "\nB\n" in found.text
    assert "Hyvä" not in letter(told).text


def test_declined_with_a_reason_that_the_author_reads(client, seminar, office, member):
    talk = services.propose_talk(seminar, values(), by=member)
    with pytest.raises(Refused):
        services.decline_talk(talk, " ", by=office)

    services.decline_talk(talk, "Ohjelma on täynnä", by=office)

    client.force_login(member)
    page = client.get(reverse("events:talks", args=[seminar.slug])).content.decode()
    assert "Ohjelma on täynnä" in page
    told = OutboxMail.objects.get(kind="talk_decided")
    assert "Ohjelma on täynnä" in letter(told).text


def test_closed_call_takes_no_talk(seminar, office, member):
    services.open_call(seminar, None, by=office)

    with pytest.raises(Refused, match="closed"):
        services.propose_talk(seminar, values(), by=member)


@pytest.mark.parametrize("action", ["accept_talk", "decline_talk", "note_talk"])
def test_stranger_and_author_decide_nothing(seminar, member, action):
    talk = services.propose_talk(seminar, values(), by=member)
    given = {"accept_talk": slot(seminar), "decline_talk": "x", "note_talk": "x"}[action]

    with pytest.raises(Refused):
        getattr(services, action)(talk, given, by=member)


def test_withdrawn_by_its_author_only(seminar, office, member):
    talk = services.propose_talk(seminar, values(), by=member)
    with pytest.raises(Refused):
        services.withdraw_talk(talk, by=office)

    assert services.withdraw_talk(talk, by=member).stage == "withdrawn"
    with pytest.raises(Refused):
        services.accept_talk(talk, slot(seminar), by=office)


def test_talk_whose_item_is_removed_is_in_review_again(seminar, office, member):
    talk = services.propose_talk(seminar, values(), by=member)
    services.accept_talk(talk, slot(seminar), by=office)

    materials.remove_item(AgendaItem.objects.get(), by=office)

    assert Talk.objects.get().stage == "submitted"


def test_erased_author_leaves_no_name(seminar, office, member):
    chosen = services.propose_talk(seminar, values(), by=member)
    services.accept_talk(chosen, slot(seminar), by=office)
    services.propose_talk(seminar, values(title="Toinen esitys"), by=member)

    erase(member)

    assert list(Talk.objects.values_list("author", "speaker")) == [(None, "")]
    assert AgendaItem.objects.get().speaker == ""


def parallel(made, *capacities):
    return [
        AgendaItem.objects.create(
            event=made,
            title=f"Rata {n}",
            stream=f"R{n}",
            capacity=capacity,
            starts_at=made.starts_at,
        )
        for n, capacity in enumerate(capacities)
    ]


def chosen(*items):
    return [AgendaItem.objects.get(pk=item.pk).chosen for item in items]


def test_participant_chooses_one_session_at_a_time(client, seminar, member):
    first, second = parallel(seminar, 1, 1)
    row = registration(seminar, member)
    client.force_login(member)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "slot_1" in page
    url = reverse("events:registration_sessions", args=[row.public_id])

    client.post(url, {"slot_1": str(first.pk)})
    client.post(url, {"slot_1": str(second.pk)})

    assert chosen(first, second) == [0, 1]
    registration_services.cancel_registration(row, by=member)
    assert (chosen(first, second), SessionChoice.objects.count()) == ([0, 0], 0)


def test_page_of_the_event_leads_who_has_a_place_to_the_choice(client, seminar, member, outsider):
    parallel(seminar, 1, 1)
    row = registration(seminar, member)
    link = f'href="{row.get_absolute_url()}#sessions-title"'
    client.force_login(member)
    assert link in client.get(seminar.get_absolute_url()).content.decode()

    AgendaItem.objects.filter(event=seminar).last().delete()
    assert link not in client.get(seminar.get_absolute_url()).content.decode()

    parallel(seminar, None)
    Registration.objects.update(stage="waiting")
    assert link not in client.get(seminar.get_absolute_url()).content.decode()


def test_full_session_and_one_of_another_event_are_refused(seminar, home_cluster, member):
    (full,) = parallel(seminar, 1)
    (foreign,) = parallel(event(home_cluster), None)
    rows = [registration(seminar, user) for user in (member, factories.user())]
    services.choose_session(rows[0], full.pk, by=rows[0].user)

    with pytest.raises(Refused, match="full"):
        services.choose_session(rows[1], full.pk, by=rows[1].user)
    with pytest.raises(Refused, match="programme"):
        services.choose_session(rows[1], foreign.pk, by=rows[1].user)
    with pytest.raises(Refused, match="cannot"):
        services.choose_session(rows[0], full.pk, by=rows[1].user)


@pytest.mark.parametrize("given", ["x", "-1", "9" * 30, "\u0661", ""])
def test_forged_choices_do_nothing(client, seminar, member, given):
    row = registration(seminar, member)
    client.force_login(member)

    url = reverse("events:registration_sessions", args=[row.public_id])

    assert client.post(url, {"slot_1": given}).status_code == 302
    assert not SessionChoice.objects.exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_last_place_of_a_session_at_once(home_cluster):
    made = event(home_cluster)
    (room,) = parallel(made, 2)
    rows = [registration(made, factories.user()) for _ in range(8)]

    results = in_parallel(
        [lambda row=row: services.choose_session(row, room.pk, by=row.user) for row in rows]
    )

    assert chosen(room) == [2]
    assert SessionChoice.objects.count() == 2
    assert sum(isinstance(result, Refused) for result in results) == 6


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_last_place_of_a_session_without_the_lock_meets_the_database(home_cluster, monkeypatch):
    made = event(home_cluster)
    (room,) = parallel(made, 2)
    rows = [registration(made, factories.user()) for _ in range(8)]
    gate = Barrier(8, timeout=20)

    def look(pk):
        found = Event.objects.get(pk=pk)
        gate.wait()
        return found

    monkeypatch.setattr(services, "lock", look)

    results = in_parallel(
        [lambda row=row: services.choose_session(row, room.pk, by=row.user) for row in rows]
    )

    assert chosen(room) == [2]
    assert any(isinstance(result, IntegrityError) for result in results)
