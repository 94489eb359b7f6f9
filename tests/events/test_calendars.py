"""iCalendar: valid, in UTC, one UID for good, a SEQUENCE that rises with every move."""

import datetime

from icalendar import Calendar

from events.services import events as services
from tests.events import factories as made


def entries(response):
    assert response["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_event_is_an_entry_in_utc(client, event):
    (entry,) = entries(client.get(f"/events/{event.slug}/calendar.ics"))

    assert str(entry["uid"]) == str(event.ics_uid)
    assert entry["dtstart"].dt == event.starts_at.replace(microsecond=0)
    assert entry["dtstart"].to_ical().endswith(b"Z")
    assert entry["status"] == "CONFIRMED"


def test_moved_event_keeps_its_uid_and_raises_its_sequence(client, event, office):
    (before,) = entries(client.get("/events/feed.ics"))
    event.starts_at += datetime.timedelta(hours=1)

    services.save_event(event, by=office)
    (after,) = entries(client.get("/events/feed.ics"))

    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)


def test_cancelled_event_is_cancelled_in_the_calendar(client, event, office):
    services.cancel_event(event, by=office, reason="Puhuja on sairas.")

    (entry,) = entries(client.get("/events/feed.ics"))

    assert (entry["status"], entry["sequence"]) == ("CANCELLED", 1)


def test_feed_of_a_visitor_holds_what_is_public_only(client, event, home_cluster):
    made.event(home_cluster, visibility="cluster")

    assert len(entries(client.get("/events/feed.ics"))) == 1


def test_feed_of_a_member_holds_her_clusters_events(client, event, home_cluster, member):
    made.event(home_cluster, visibility="cluster")
    client.force_login(member)

    assert len(entries(client.get("/events/feed.ics"))) == 2


def test_venue_of_a_group_event_stands_in_the_calendar_of_those_with_a_place(
    client, home_cluster, member, office
):
    event = made.event(home_cluster, visibility="group", venue="Bunkkeri", municipality="Kuopio")
    made.registration(event, member)

    client.force_login(member)
    (own,) = entries(client.get(f"/events/{event.slug}/calendar.ics"))

    assert own["location"] == "Bunkkeri, Kuopio"


def test_title_cannot_break_out_of_its_line(client, home_cluster):
    event = made.event(home_cluster, title_fi="A\r\nATTENDEE:mailto:x@example.org")

    (entry,) = entries(client.get(f"/events/{event.slug}/calendar.ics"))

    assert "attendee" not in entry


def test_feed_names_the_organiser_and_when_to_ask_again(client, event):
    answer = client.get("/events/feed.ics")

    (entry,) = entries(answer)
    calendar = Calendar.from_ical(answer.content)
    assert entry["organizer"].params["CN"] == str(event.home_cluster)
    assert str(entry["organizer"]).startswith("mailto:")
    assert calendar["refresh-interval"].to_ical() == b"PT6H"
    assert calendar["x-published-ttl"].to_ical() == b"PT6H"


def test_feed_that_has_not_changed_is_not_sent_again(client, event, office):
    etag = client.get("/events/feed.ics")["ETag"]

    same = client.get("/events/feed.ics", headers={"if-none-match": etag})
    event.venue = "Uusi sali"
    services.save_event(event, by=office)
    changed = client.get("/events/feed.ics", headers={"if-none-match": etag})

    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200


def test_place_follows_the_way_of_taking_part(client, home_cluster, member, outsider):
    link = "https://example.org/huone"
    event = made.event(home_cluster, venue="Sali", remote=True, remote_link=link)
    made.registration(event, member, mode="remote")
    made.registration(event, outsider)

    places = []
    for person in (member, outsider):
        client.force_login(person)
        (entry,) = entries(client.get(f"/en/events/{event.slug}/calendar.ics"))
        places.append(str(entry["location"]))
    client.logout()
    (entry,) = entries(client.get(f"/en/events/{event.slug}/calendar.ics"))

    assert places == [link, "Sali"]
    assert str(entry["location"]) == "Sali and remotely"
