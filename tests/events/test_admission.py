"""Invited, accepted, restricted: who may register and who learns where."""

import pytest
from django.urls import reverse

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from events import desk
from events.models import Event, Registration
from events.pages import facts, words
from events.services import applications
from events.services import registrations as services
from events.services.events import cancel_event
from events.services.registrations import Details
from tests import factories
from tests.events import factories as made

GUEST = Details(name="Aino Vieras", email="aino@example.com")


@pytest.fixture
def choosy(home_cluster, company):
    return made.event(home_cluster, 1, organisation=company, admission="approval")


@pytest.fixture
def restricted(home_cluster, company):
    return made.event(
        home_cluster, organisation=company, is_restricted=True, venue="Bunkkeri 7",
        municipality="Kuopio",
    )  # fmt: skip


def mails(kind):
    return list(OutboxMail.objects.filter(kind=kind))


def test_registration_waits_for_the_organiser_and_holds_no_place(choosy, member, lead):
    row = services.register(choosy, "on_site", made.details(member), by=member)

    assert (row.stage, row.seats.taken) == ("applied", 0)
    assert len(mails("registration_applied")) == 1
    assert [each["state_text"] for each in desk.applications(lead)] == ["1 waits"]
    assert words.registration_words(row).title == "Waits for the organiser"


def test_guest_confirms_first_and_then_waits(choosy):
    row = services.register(choosy, "on_site", GUEST, by=None)
    services.confirm_request(row)

    row.refresh_from_db()
    assert row.stage == "applied"


def test_accepted_gets_a_place_and_the_next_the_queue(choosy, lead):
    rows = [
        services.register(choosy, "on_site", made.details(user), by=user)
        for user in (factories.user(), factories.user())
    ]

    for row in rows:
        applications.approve(row, by=lead)

    assert [Registration.objects.get(pk=row.pk).stage for row in rows] == ["confirmed", "waiting"]
    with pytest.raises(Refused):
        applications.approve(rows[0], by=lead)


def test_turned_down_is_told_why(client, choosy, lead):
    row = services.register(choosy, "on_site", GUEST, by=None)
    services.confirm_request(row)
    client.force_login(lead)
    page = reverse("events:organiser_step", args=[choosy.slug, row.public_id, "turn_down"])

    client.post(page, {"reason": ""})
    row.refresh_from_db()
    assert row.stage == "applied"
    client.post(page, {"reason": "Tilaisuus on <b>kunnille</b>."})

    row.refresh_from_db()
    assert row.stage == "refused"
    told = letter(mails("registration_refused")[0])
    assert "Tilaisuus on" in told.text
    assert "<b>kunnille" not in told.html


def test_participant_decides_nothing_on_the_own_registration(choosy, member):
    row = services.register(choosy, "on_site", made.details(member), by=member)

    with pytest.raises(Refused):
        applications.approve(row, by=member)


def test_one_who_waits_to_be_accepted_hears_that_the_event_is_cancelled(choosy, member, lead):
    services.register(choosy, "on_site", made.details(member), by=member)

    cancel_event(choosy, by=lead, reason="Sairastuminen")

    assert [mail.recipient_id for mail in mails("event_cancelled")] == [member.pk]


def test_only_the_invited_register(client, home_cluster, company, outsider):
    event = made.event(home_cluster, admission="invited")
    event.invited_organisations.add(company)
    invited = factories.user()
    factories.affiliation(invited, company)

    for by, details in ((outsider, made.details(outsider)), (None, GUEST)):
        with pytest.raises(Refused):
            services.register(event, "on_site", details, by=by)
    assert services.register(event, "on_site", made.details(invited), by=invited)
    assert 'name="mode"' not in client.get(event.get_absolute_url()).content.decode()


READERS = ("visitor", "outsider", "waiting", "confirmed", "lead", "office")
KNOWS = {"confirmed", "lead", "office"}


@pytest.mark.parametrize("who", READERS)
def test_venue_of_a_restricted_event_is_told_to_the_confirmed_alone(
    client, request, restricted, who
):
    restricted.agenda.create(starts_at=restricted.starts_at, title="Avaus", room="Bunkkeri A")
    if who in {"waiting", "confirmed"}:
        user = factories.user()
        made.registration(restricted, user, stage=who)
    else:
        user = None if who == "visitor" else request.getfixturevalue(who)
    if user is not None:
        client.force_login(user)

    page = client.get(restricted.get_absolute_url()).content.decode()
    entry = client.get(reverse("events:ics", args=[restricted.slug])).content.decode()
    open_to_all = [
        client.get(reverse("events:calendar")).content.decode(),
        client.get(reverse("events:list")).content.decode(),
        client.get(reverse("events:list"), {"q": "bunkkeri"}).content.decode(),
        client.get("/search/", {"q": "bunkkeri"}).content.decode(),
    ]

    assert ("Bunkkeri 7" in page, "Bunkkeri A" in page) == (who in KNOWS, who in KNOWS)
    assert ("Bunkkeri" in entry) is (who == "confirmed")
    assert ("Bunkkeri 7" in open_to_all[0]) is (who == "confirmed")
    assert not any("Bunkkeri 7" in text for text in open_to_all[1:])
    assert not any(restricted.title in text for text in open_to_all[2:])


def test_mails_of_a_restricted_event_tell_the_venue_with_the_place(restricted, home_cluster):
    for stage, is_told in (("registration_waiting", False), ("registration_confirmed", True)):
        user = factories.user()
        restricted.seats.update(capacity=5 if is_told else 0)
        Registration.objects.filter(stage="waiting").delete()
        services.register(restricted, "on_site", made.details(user), by=user)
        text = letter(OutboxMail.objects.get(kind=stage, recipient=user)).text
        assert ("Bunkkeri 7" in text) is is_told


def test_restricted_event_has_no_list_of_participants(restricted, member):
    made.registration(restricted, factories.user(), is_listed=True)
    mine = made.registration(restricted, member)

    assert facts.participants(mine) == []


def test_co_host_coordinators_manage_and_members_see(
    client, home_cluster, other_cluster, other_office, company
):
    event = made.event(home_cluster, organisation=company, visibility="cluster")
    other_member = factories.user()
    factories.membership(other_member, other_cluster)
    sees = Event.objects.visible_to
    assert not sees(other_member).contains(event)
    assert not Event.objects.editable_by(other_office).contains(event)

    event.co_hosts.add(other_cluster)

    assert sees(other_member).contains(event)
    for rows in (Event.objects.editable_by, Event.objects.managed_by):
        assert rows(other_office).contains(event)
    client.force_login(other_office)
    assert client.get(reverse("events:organiser", args=[event.slug])).status_code == 200
    assert cancel_event(event, by=other_office, reason="Siirtyy").stage == "cancelled"


def test_joint_calendar_is_narrowed_by_either_cluster(client, home_cluster, other_cluster):
    event = made.event(home_cluster)
    alone = made.event(home_cluster)
    event.co_hosts.add(other_cluster)
    made.settle(event)

    shown = client.get(reverse("events:list"), {"cluster": other_cluster.slug}).content.decode()
    both = client.get(reverse("events:list"), {"cluster": home_cluster.slug}).content.decode()
    feed = client.get(reverse("events:calendar"), {"cluster": other_cluster.slug}).content.decode()

    assert (event.title in shown, alone.title in shown) == (True, False)
    assert event.title in both
    assert alone.title in both
    assert (str(event.ics_uid) in feed, str(alone.ics_uid) in feed) == (True, False)
