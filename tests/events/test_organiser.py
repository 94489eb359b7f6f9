"""The organiser's page: who comes, adding, moving, removing, letters and lists."""

import datetime
import io
import uuid

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.kinds import NothingToSay
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from events.desk import held_soon
from events.models import ParticipantLetter, Registration, Seats
from events.services import organising
from events.services import registrations as services
from events.services.registrations import Details
from tests import factories, statements
from tests.events import factories as made
from tests.projects import factories as project_factories

GUEST = Details(name="Olli Ovella", email="olli@example.com", organisation_name="Esimerkki Oy")


@pytest.fixture
def gathering(home_cluster, company):
    return made.event(home_cluster, 2, organisation=company, remote=True)


def page(event, name="organiser", *more):
    return reverse(f"events:{name}", args=[event.slug, *more])


def fresh(row):
    return Registration.objects.get(pk=row.pk)


def mails(kind):
    return list(OutboxMail.objects.filter(kind=kind).order_by("pk"))


def put(event, count, mode="on_site", **values):
    return [
        made.registration(
            event, None, mode=mode, name=f"Vieras {n:02}", email=f"v{n}@example.com", **values
        )
        for n in range(count)
    ]


PAGES = ("organiser", "organiser_add", "organiser_letters", "organiser_signing")


@pytest.mark.parametrize("name", PAGES)
def test_organiser_pages_open_to_contacts_and_coordinators_alone(client, cast, gathering, name):
    seen = set()
    for who, user in cast.items():
        client.logout()
        if user.is_authenticated:
            client.force_login(user)
        if client.get(page(gathering, name)).status_code == 200:
            seen.add(who)

    assert seen == {"lead", "office", "admin"}


def test_list_shows_who_comes_and_finds_by_name(client, lead, gathering):
    put(gathering, 2, organisation_name="Mallikunta", diet="Vegaani")
    put(gathering, 1, mode="remote", stage="cancelled")
    client.force_login(lead)

    text = client.get(page(gathering)).content.decode()
    found = client.get(page(gathering), {"q": "vieras 01"}).content.decode()

    assert text.count('class="guest"') == 2
    assert "Vegaani" in text
    assert found.count('class="guest"') == 1


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"mode": "remote"}, ["Etänä"]),
        ({"stage": "waiting"}, ["Jonossa"]),
        ({"stage": "x", "mode": "y", "page": "1"}, ["Etänä", "Jonossa", "Paikalla"]),
    ],
)
def test_list_is_narrowed_by_state_and_way(client, lead, gathering, given, names):
    made.registration(gathering, None, name="Paikalla", email="a@example.com")
    made.registration(gathering, None, name="Etänä", email="b@example.com", mode="remote")
    made.registration(gathering, None, name="Jonossa", email="c@example.com", stage="waiting")
    client.force_login(lead)

    answer = client.get(page(gathering), given)

    assert sorted(guest["name"] for guest in answer.context["guests"]) == names


def test_five_thousand_participants_cost_at_most_twelve_statements(client, lead, gathering):
    on_site = gathering.seats.get(mode="on_site")
    Registration.objects.bulk_create(
        Registration(
            event=gathering, seats=on_site, name=f"Vieras {n:04}", email=f"v{n}@example.com",
            stage="waiting",
        )
        for n in range(5000)
    )  # fmt: skip
    client.force_login(lead)

    assert len(statements.of_page(client, page(gathering))) <= 12


def test_added_by_hand_is_confirmed_and_told(client, lead, gathering):
    client.force_login(lead)
    form = {"mode": "on_site", "name": "Olli Ovella", "email": "olli@example.com", "language": "sv"}

    assert client.post(page(gathering, "organiser_add"), form).status_code == 302

    row = Registration.objects.get()
    assert (row.stage, row.language, row.seats.taken) == ("confirmed", "sv", 1)
    assert "olli@example.com" in [mail.guest_address for mail in mails("registration_added")]


def test_same_person_is_not_added_twice(lead, gathering):
    organising.add_participant(gathering, "on_site", GUEST, by=lead)

    with pytest.raises(Refused):
        organising.add_participant(gathering, "remote", GUEST, by=lead)


def test_beyond_the_limit_a_reason_makes_one_more_place(lead, gathering):
    put(gathering, 2)

    with pytest.raises(Refused):
        organising.add_participant(gathering, "on_site", GUEST, by=lead)
    row = organising.add_participant(gathering, "on_site", GUEST, by=lead, reason="Puhuja")

    seats = Seats.objects.get(pk=row.seats_id)
    assert (seats.taken, seats.extra) == (3, 1)
    assert audit.of(row).get().reason == "Puhuja"


def test_outsider_adds_nobody(member, gathering):
    with pytest.raises(Refused):
        organising.add_participant(gathering, "on_site", GUEST, by=factories.user())


def test_moved_frees_the_place_for_the_queue(lead, gathering):
    first, _second = put(gathering, 2)
    waiting = made.registration(
        gathering, None, name="Jonossa", email="c@example.com", stage="waiting"
    )

    organising.move_participant(first, "remote", by=lead, reason="Sovittu puhelimessa")

    first.refresh_from_db()
    waiting.refresh_from_db()
    assert (first.seats.mode, waiting.stage) == ("remote", "confirmed")
    assert "Sovittu puhelimessa" in letter(mails("registration_moved")[0]).text


def test_removed_is_told_why_and_the_queue_moves(client, lead, gathering):
    first, _second = put(gathering, 2)
    made.registration(gathering, None, name="Jonossa", email="c@example.com", stage="waiting")
    client.force_login(lead)
    step = page(gathering, "organiser_step", first.public_id, "remove")

    client.post(step, {"reason": ""})
    first.refresh_from_db()
    assert first.stage == "confirmed"
    client.post(step, {"reason": "Ilmoittautui kahdesti"})

    first.refresh_from_db()
    assert first.stage == "cancelled"
    assert "Ilmoittautui kahdesti" in letter(mails("registration_removed")[0]).text
    assert Registration.objects.get(name="Jonossa").stage == "confirmed"


def test_place_is_given_past_queue_and_limit_with_a_reason(lead, gathering):
    put(gathering, 2)
    row = made.registration(gathering, None, name="Puhuja", email="p@example.com", stage="waiting")

    with pytest.raises(Refused):
        organising.give_place(row, by=lead, reason=" ")
    organising.give_place(row, by=lead, reason="Pitää puheen")

    row.refresh_from_db()
    assert (row.stage, row.seats.taken, row.seats.extra) == ("confirmed", 3, 1)
    with pytest.raises(Refused):
        organising.give_place(row, by=lead, reason="Uudelleen")


def test_letter_goes_once_to_those_in_a_state_and_way(client, lead, gathering):
    made.registration(gathering, factories.user(), name="Tili")
    put(gathering, 1)
    made.registration(gathering, None, name="E", email="e@example.com", mode="remote")
    made.registration(gathering, None, name="J", email="c@example.com", stage="waiting")
    client.force_login(lead)
    form = {
        "stage": "confirmed", "mode": "on_site", "subject": "Reitti <b>luokkaan</b>",
        "text": "Tulkaa pääovesta.\n\nTerveisin", "form_key": uuid.uuid4(),
    }  # fmt: skip

    for _twice in range(2):
        client.post(page(gathering, "organiser_letters"), form)

    written = ParticipantLetter.objects.get()
    assert (written.receivers, len(mails("event_letter"))) == (2, 2)
    mail = letter(mails("event_letter")[0])
    assert mail.subject == "Reitti <b>luokkaan</b>"
    assert "Tulkaa pääovesta." in mail.text
    assert "<b>luokkaan" not in mail.html


def test_two_on_one_mailbox_get_a_letter_each(lead, gathering):
    for name in ("Aino", "Eero"):
        made.registration(gathering, None, name=name, email="yhteinen@example.com")

    organising.write_letter(
        gathering,
        {"form_key": uuid.uuid4(), "stage": "", "mode": "", "subject": "Hei", "text": "Hei"},
        by=lead,
    )

    assert len(mails("event_letter")) == 2


def test_one_who_has_cancelled_since_gets_no_letter(client, lead, gathering):
    (row,) = put(gathering, 1)
    values = {"form_key": uuid.uuid4(), "stage": "", "mode": "", "subject": "H", "text": "H"}
    organising.write_letter(gathering, values, by=lead)
    services.cancel_registration(row, by=None)

    with pytest.raises(NothingToSay):
        letter(mails("event_letter")[0])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_list_is_taken_out_and_that_is_recorded(client, lead, gathering, kind):
    put(gathering, 1, diet="=1+1")
    client.force_login(lead)

    answer = client.post(page(gathering, "organiser_file"), {"format": kind})

    if kind == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert "'=1+1" in [cell.value for cell in list(sheet.rows)[1]]
    else:
        assert "'=1+1" in answer.content.decode()
    assert audit.of(gathering).filter(action="participants exported").count() == 1


def test_list_to_sign_has_those_with_a_place(client, lead, gathering):
    put(gathering, 1)
    made.registration(gathering, None, name="Jonossa", email="c@example.com", stage="waiting")
    client.force_login(lead)

    answer = client.get(page(gathering, "organiser_signing"))

    assert [row.name for row in answer.context["people"]] == ["Vieras 00"]


def test_list_to_sign_names_the_project_its_code_and_its_funder(client, lead, gathering):
    funder = factories.organisation(name="Pohjois-Savon liitto")
    gathering.from_project = project_factories.project(
        gathering.home_cluster, visibility="public", funder=funder, code="A12345",
        instrument="erdf",
    )  # fmt: skip
    gathering.save()
    client.force_login(lead)

    named = client.get(page(gathering, "organiser_signing"))
    unnamed = client.get(page(gathering, "organiser_signing"), {"project": "-"})

    told = named.content.decode()
    assert named.context["project"] == gathering.from_project
    assert all(word in told for word in ("A12345", "Pohjois-Savon liitto", "European Regional"))
    assert unnamed.context["project"] is None
    assert "A12345" not in unnamed.content.decode()


def test_event_page_links_to_the_organiser_for_the_organiser(client, lead, member, gathering):
    for user, is_shown in ((lead, True), (member, False)):
        client.force_login(user)
        text = client.get(gathering.get_absolute_url()).content.decode()
        assert (page(gathering) in text) is is_shown


def test_organiser_is_led_to_the_door_on_the_day(client, lead, member, gathering):
    later = made.event(gathering.home_cluster, organisation=gathering.organisation)
    now = timezone.now()
    gathering.starts_at, gathering.ends_at = now, now + datetime.timedelta(hours=2)
    gathering.registration_closes_at = now
    gathering.save()
    client.force_login(lead)

    door = page(gathering, "door")
    desk = {user: [row["url"] for row in held_soon(user)] for user in (lead, member)}
    tabs = {
        event: [tab["url"] for tab in client.get(page(event)).context["tabs"]]
        for event in (gathering, later)
    }

    assert desk == {lead: [door], member: []}
    assert door in tabs[gathering]
    assert page(later, "door") not in tabs[later]


def test_missing_are_marked_absent_at_once_and_are_written_to(client, lead, gathering):
    ticked, missing = put(gathering, 2)
    remote = made.registration(gathering, None, mode="remote", name="Etä", email="e@example.com")
    client.force_login(lead)
    address = page(gathering, "door_missing")
    client.post(address)
    assert set(gathering.registrations.values_list("stage", flat=True)) == {"confirmed"}

    now = timezone.now()
    gathering.starts_at, gathering.registration_closes_at = now, now
    gathering.save()
    services.mark(ticked, "mark_attended", by=lead)
    shown = client.get(page(gathering, "door")).content.decode()
    for _twice in range(2):
        client.post(address)

    stages = [row.stage for row in map(fresh, (ticked, missing, remote))]
    assert address in shown
    assert address not in client.get(page(gathering, "door")).content.decode()
    assert stages == ["attended", "absent", "confirmed"]
    values = {"form_key": uuid.uuid4(), "stage": "absent", "mode": "", "subject": "H", "text": "H"}
    assert organising.write_letter(gathering, values, by=lead).receivers == 1
