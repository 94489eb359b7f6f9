"""Letters to the people of an event: of which event, and how far they are."""

import pytest

from cluster_portal.notifications.forms.letters import LetterForm
from cluster_portal.notifications.services import letters
from tests import factories
from tests.events import body_factories as bodies
from tests.events.factories import event, registration
from tests.notifications.letter_writing import letter

pytestmark = pytest.mark.django_db


def reached(cluster, *entries):
    made = letter(cluster, audience=["event", *entries])
    people = {one.email for one in letters.people_of(made)}
    return people, set(letters.guests_of(made))


def guest(of, address, **values):
    return registration(of, None, name="Vieras", email=address, language="sv", **values)


def test_people_of_the_picked_event_get_it_guests_too(home_cluster, member, lead, outsider):
    mine, other = event(home_cluster), event(home_cluster)
    registration(mine, member)
    registration(mine, lead, stage="cancelled")
    registration(other, outsider)
    guest(mine, "guest@example.org")
    guest(mine, "unconfirmed@example.org", stage="requested")

    assert reached(home_cluster, f"event.event={mine.pk}") == (
        {member.email},
        {"guest@example.org"},
    )
    assert reached(home_cluster) == (set(), set())


def test_letter_goes_to_one_state_of_registrations(home_cluster, member, lead):
    mine = event(home_cluster)
    registration(mine, member, stage="attended")
    registration(mine, lead)

    found = reached(home_cluster, f"event.event={mine.pk}", "event.stage=attended")

    assert found == ({member.email}, set())


def test_event_of_another_cluster_is_nobody(home_cluster, other_cluster, member):
    theirs = event(other_cluster)
    registration(theirs, member)

    assert reached(home_cluster, f"event.event={theirs.pk}") == (set(), set())


def test_co_host_reaches_the_people_of_an_event_that_it_hosts_with_others(
    home_cluster, other_cluster, member
):
    theirs = event(other_cluster)
    theirs.co_hosts.add(home_cluster)
    registration(theirs, member)
    guest(theirs, "guest@example.org")

    found = reached(home_cluster, f"event.event={theirs.pk}")

    assert found == ({member.email}, {"guest@example.org"})


def form_of(user, cluster, *audience):
    form = type("Form", (LetterForm,), {"user": user})
    written = {
        "subject_fi": "Hei",
        "body_fi": "Teksti.",
        "sender_name": "Aino",
        "reply_to": "a@b.fi",
    }
    return form({"cluster": cluster.pk, "audience": audience, **written})


def test_writer_picks_one_of_their_own_events(home_cluster, other_cluster, office):
    mine, theirs = event(home_cluster), event(other_cluster)

    assert form_of(office, home_cluster, f"event.event={mine.pk}").errors == {}
    for audience in (["event"], ["event.stage=confirmed"], [f"event.event={theirs.pk}"]):
        assert set(form_of(office, home_cluster, *audience).errors) == {"audience"}


def test_page_of_the_event_leads_to_the_letter(client, home_cluster, office):
    mine = event(home_cluster, title_fi="<b>Foorumi</b>")
    client.force_login(office)
    page = client.get(f"/admin/events/event/{mine.pk}/change/").content.decode()
    [link] = [part for part in page.split('"') if "to=event.event" in part]

    letter_page = client.get(link.replace("&amp;", "&"))

    form = letter_page.context["adminform"].form
    assert form.initial["audience"] == ["event", f"event.event={mine.pk}"]
    assert form.initial["cluster"] == str(home_cluster.pk)
    assert "&lt;b&gt;Foorumi&lt;/b&gt;" in letter_page.content.decode()
    assert factories.user() not in letters.people_of(letter(home_cluster, audience=["event"]))


def test_people_of_the_picked_body_get_it_while_their_terms_last(home_cluster, member, lead):
    mine, other = bodies.body(home_cluster), bodies.body(home_cluster)
    bodies.seat(mine, member)
    bodies.seat(mine, None, name="Vieras", email="guest@example.org")
    bodies.seat(mine, factories.user(), since="2019-01-01", until="2020-01-01")
    bodies.seat(other, lead)

    made = letter(home_cluster, audience=["body", f"body.body={mine.pk}"])

    assert {one.email for one in letters.people_of(made)} == {member.email}
    assert set(letters.guests_of(made)) == {"guest@example.org"}


def test_body_of_another_cluster_and_no_body_are_nobody(home_cluster, other_cluster, member):
    theirs = bodies.body(other_cluster)
    bodies.seat(theirs, member)

    for audience in (["body", f"body.body={theirs.pk}"], ["body"]):
        assert not letters.people_of(letter(home_cluster, audience=audience)).exists()
