"""The pages of events: browsing, registering with an account and without, hostile input."""

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from cluster_portal.core import search
from cluster_portal.notifications.models import OutboxMail
from events.models import Event, Registration
from events.services import links
from events.services import registrations as services
from events.views import registrations
from tests import factories, statements
from tests.events import factories as made

A_DAY = datetime.timedelta(days=1)
LIST = "/en/events/"


def page(event, rest=""):
    return f"/en/events/{event.slug}/{rest}"


def titles(response):
    return [event.title_fi for event in response.context["page"]]


def test_list_shows_what_comes_soonest_first(client, home_cluster):
    late = made.event(home_cluster)
    soon = made.event(home_cluster, starts_at=timezone.now() + A_DAY)

    assert titles(client.get(LIST)) == [soon.title_fi, late.title_fi]


def test_past_events_have_a_list_of_their_own(client, event, home_cluster):
    over = made.event(
        home_cluster, starts_at=timezone.now() - A_DAY * 2, ends_at=timezone.now() - A_DAY
    )

    assert titles(client.get(f"{LIST}?past")) == [over.title_fi]
    assert titles(client.get(LIST)) == [event.title_fi]


def test_search_finds_inflected_words(client, event, home_cluster):
    found = made.event(home_cluster, title_fi="Varautumisen koulutuspäivä")
    search.reindex([event, found])

    assert titles(client.get(f"{LIST}?q=koulutuksen")) == [found.title_fi]


def test_way_of_taking_part_narrows_the_list_without_doubling_it(client, event, home_cluster):
    both = made.event(home_cluster, remote=True)

    response = client.get(f"{LIST}?mode=remote&mode=on-site")

    assert sorted(titles(response)) == sorted([event.title_fi, both.title_fi])
    assert titles(client.get(f"{LIST}?mode=remote")) == [both.title_fi]
    assert response.context["faceted"].count == 2


def test_htmx_gets_the_results_alone(client, event):
    response = client.get(LIST, headers={"HX-Request": "true"})

    assert b"<html" not in response.content
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("page_number", ["0", "-1", "2", "abc", "999999999", "9223372036854775808"])
def test_page_that_is_none_is_not_found(client, event, page_number):
    assert client.get(f"{LIST}?page={page_number}").status_code == 404


@pytest.mark.parametrize("q", ["%_%", "a:*&!(", '"""', "x" * 10_000, "\u202eabc", "yö " * 1000])
def test_odd_searches_are_answered(client, event, q):
    assert client.get(LIST, {"q": q}).status_code == 200


def test_nul_in_the_search_is_a_bad_request(client, event):
    assert client.get(f"{LIST}?q=%00").status_code == 400


@pytest.mark.parametrize("path", [LIST, f"{LIST}?q=seminaari", f"{LIST}?kind=seminar"])
def test_list_costs_the_same_for_one_row_and_thirty(client, member, home_cluster, path):
    client.force_login(member)
    search.reindex(made.event(home_cluster))
    one = statements.of_page(client, path)
    for _number in range(29):
        search.reindex(made.event(home_cluster, organisation=factories.organisation()))

    many = statements.of_page(client, path)

    if "q=" in path:  # few hits are followed by what is related to them, many are not
        assert len(many) <= len(one) <= 10
    else:
        assert len(many) == len(one) <= 8


def test_detail_costs_at_most_fourteen_statements(client, member, home_cluster):
    event = made.event(home_cluster, places=1, remote=True)
    for _number in range(3):
        person = factories.user()
        services.register(event, "on_site", made.details(person), by=person)
    client.force_login(member)

    assert len(statements.of_page(client, page(event))) <= 14


def test_group_event_is_not_there_for_others(client, home_cluster, outsider):
    hidden = made.event(home_cluster, visibility="group")
    client.force_login(outsider)

    assert client.get(page(hidden)).status_code == 404
    assert client.get(page(hidden, "calendar.ics")).status_code == 404
    assert client.post(page(hidden, "register/"), {"mode": "on_site"}).status_code == 404


def test_venue_of_a_group_event_is_told_to_those_with_a_place_only(client, home_cluster, outsider):
    event = made.event(home_cluster, visibility="group", venue="Bunkkeri", municipality="Kuopio")
    invited = factories.organisation()
    factories.affiliation(outsider, invited)
    event.invited_organisations.add(invited)
    client.force_login(outsider)

    before = client.get(page(event)).content.decode()
    made.registration(event, outsider)
    after = client.get(page(event)).content.decode()

    assert "Bunkkeri" not in before
    assert "Kuopio" in before
    assert "Bunkkeri" in after


@pytest.mark.parametrize(("stage", "seen"), [("confirmed", True), ("waiting", False)])
def test_remote_link_is_shown_to_the_confirmed_only(client, home_cluster, outsider, stage, seen):
    link = "https://example.org/etahuone"
    event = made.event(home_cluster, remote=True, remote_link=link)
    registration = made.registration(event, outsider, mode="remote", stage=stage)
    client.force_login(outsider)

    own = client.get(registration.get_absolute_url()).content.decode()

    assert (link in own) == seen
    assert link not in client.get(page(event)).content.decode()


def test_account_registers_and_sees_her_registration(client, event, outsider):
    client.force_login(outsider)

    response = client.post(page(event, "register/"), {"mode": "on_site"}, follow=True)

    registration = Registration.objects.get()
    assert response.redirect_chain[-1][0].endswith(f"/registrations/{registration.public_id}/")
    assert b"Your place is confirmed" in response.content


def test_guest_registers_confirms_by_the_link_and_cancels(client, event):
    guest = {"mode": "on_site", "name": "Vieras Vierailija", "email": "vieras@example.org"}
    answer = client.post(page(event, "register/"), guest)
    registration = Registration.objects.get()
    link = links.link_of(registration).removeprefix("http://localhost:8000")
    shown = [client.get(link).status_code for _ in range(5)]
    registration.refresh_from_db()

    assert answer["Location"] == page(event, "registered/?mode=on_site")
    assert shown == [200] * 5
    assert registration.stage == "requested"

    client.post(f"{link}confirm/")
    registration.refresh_from_db()
    assert registration.stage == "confirmed"
    assert "Add to calendar" in client.get(link).content.decode()

    client.post(f"{link}cancel/")
    registration.refresh_from_db()
    assert registration.stage == "cancelled"
    assert "Add to calendar" not in client.get(link).content.decode()


def test_answer_to_a_guest_does_not_tell_who_has_registered(client, event, outsider):
    made.registration(event, outsider)
    guest = {"mode": "on_site", "name": "Uusi", "email": "uusi@example.org"}

    known = client.post(page(event, "register/"), {**guest, "email": outsider.email})
    new = client.post(page(event, "register/"), guest)

    assert known.content == new.content


@pytest.mark.parametrize("token", ["x", "a:b:c", "." * 300])
def test_broken_link_is_not_found(client, db, token):
    assert client.get(f"/en/events/link/{token}/").status_code == 404
    assert client.post(f"/en/events/link/{token}/confirm/").status_code == 404


def test_link_pages_are_not_kept(client, event):
    registration = made.registration(event, None, name="V", email="v@example.org")

    response = client.get(links.link_of(registration).removeprefix("http://localhost:8000"))

    assert "no-store" in response["Cache-Control"]


def test_waiting_registrant_sees_her_place_in_the_queue(client, home_cluster, outsider):
    event = made.event(home_cluster, places=0)
    client.force_login(outsider)

    response = client.post(page(event, "register/"), {"mode": "on_site"}, follow=True)

    assert b"You are first in the queue" in response.content


def test_registration_of_another_is_not_there(client, event, outsider, member):
    registration = made.registration(event, member)
    client.force_login(outsider)
    own = registration.get_absolute_url()

    assert client.get(own).status_code == 404
    assert client.post(f"{own}cancel/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "teleport"},
        {"mode": ""},
        {"name": "\u202e\u200b"},
        {"name": "x" * 10_000},
        {"email": "ei osoite"},
        {"organisation_name": "x" * 201},
        {"accessibility": "SALASSA PIDETTÄVÄ tieto"},
    ],
)
def test_wrong_input_is_answered_with_field_errors(client, event, wrong):
    right = {"mode": "on_site", "name": "Vieras", "email": "vieras@example.org"}

    response = client.post(page(event, "register/"), right | wrong)

    assert response.status_code == 422
    assert response.context["form"].errors
    assert not Registration.objects.exists()


def test_direction_marks_do_not_reach_the_list_of_participants(client, event):
    guest = {"mode": "on_site", "name": "Vie\u202eras", "email": "vieras@example.org"}

    client.post(page(event, "register/"), guest)

    assert Registration.objects.get().name == "Vieras"


def test_diet_of_a_remote_participant_is_not_stored(client, home_cluster, outsider):
    event = made.event(home_cluster, remote=True, asks_diet=True)
    client.force_login(outsider)

    client.post(page(event, "register/"), {"mode": "remote", "diet": "Kasvis"})

    assert Registration.objects.get().diet == ""


def test_closed_registration_refuses_the_post_as_the_page_does(client, home_cluster, outsider):
    event = made.event(
        home_cluster, registration_closes_at=timezone.now() - datetime.timedelta(seconds=1)
    )
    client.force_login(outsider)

    shown = client.get(page(event))
    posted = client.post(page(event, "register/"), {"mode": "on_site"}, follow=True)

    assert shown.context["form"] is None
    assert b"Registration is not open" in posted.content
    assert not OutboxMail.objects.exists()


def test_organiser_publishes_and_cancels_from_the_page(client, home_cluster, office):
    event = made.event(home_cluster, stage="draft", published_at=None)
    client.force_login(office)

    client.post(page(event, "publish/"))
    assert Event.objects.get().stage == "published"

    client.post(page(event, "cancel/"), {"reason": "Puhuja on sairas."})
    assert Event.objects.get().stage == "cancelled"


def test_steps_of_another_clusters_event_are_not_there(client, event, other_office):
    client.force_login(other_office)

    assert client.post(page(event, "cancel/"), {"reason": "x"}).status_code == 404


def test_participants_see_the_names_of_those_who_let_them(client, event, outsider):
    own = made.registration(event, outsider)
    made.registration(event, factories.user(), name="Näkyvä Nimi", is_listed=True)
    made.registration(event, factories.user(), name="Piilossa Pysyvä")
    client.force_login(outsider)

    shown = client.get(own.get_absolute_url()).content.decode()

    assert "Näkyvä Nimi" in shown
    assert "Piilossa Pysyvä" not in shown
    assert "Näkyvä Nimi" not in client.get(page(event)).content.decode()


def test_one_address_cannot_send_mail_to_everybody(client, event, monkeypatch):
    monkeypatch.setattr(registrations, "GUESTS_AN_HOUR", 2)
    answers = []

    for number in range(3):
        cache.clear()  # which holds nothing that may not be lost
        answers.append(client.post(f"/events/{event.slug}/register/", {
            "mode": "on_site", "name": "Vieras", "email": f"vieras{number}@example.org",
        }, headers={"x-forwarded-for": f"10.0.0.{number}"}))  # fmt: skip

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert Registration.objects.count() == 2


@pytest.fixture
def hybrid(home_cluster):
    """On site full, with room remotely."""
    return made.event(home_cluster, places=0, remote=True, remote_link="https://example.org/h")


def notes(client, event):
    state = client.get(page(event)).context["state"]
    return state.words, [note for _seats, note in state.modes]


def test_words_of_a_full_event_name_what_is_free(client, hybrid):
    person = factories.user()
    assert notes(client, hybrid) == (
        "Full on site, remote places left",
        ["Full. You can join the waiting list.", "No limit of places"],
    )

    services.register(hybrid, "on_site", made.details(person), by=person)

    assert notes(client, hybrid)[1][0] == "Full, 1 person waiting."


def test_closed_registration_offers_no_waiting_list(client, hybrid):
    Event.objects.update(registration_closes_at=timezone.now() - A_DAY)

    assert notes(client, hybrid) == ("Registration closed", ["Full.", "No limit of places"])


def test_one_who_waits_is_offered_the_free_remote_place(client, hybrid, outsider):
    client.force_login(outsider)
    client.post(page(hybrid, "register/"), {"mode": "on_site"})
    own = Registration.objects.get().get_absolute_url()

    shown = client.get(own).content.decode()
    client.post(f"{own}mode/", {"mode": "remote"})

    assert "The places on site are full. You are first in the queue." in shown
    assert "There are still remote places." in shown
    assert (Registration.objects.get().mode, Registration.objects.get().stage) == (
        "remote", "confirmed",
    )  # fmt: skip


def test_guest_who_will_wait_is_told_so(client, hybrid):
    waits = client.get(page(hybrid, "registered/?mode=on_site")).content
    comes = client.get(page(hybrid, "registered/?mode=remote")).content

    assert b"only then do you get on the waiting list" in waits
    assert b"holds a place only after" in comes


def path_of(link):
    return link.removeprefix("http://localhost:8000")


def test_calendar_link_of_a_members_event_opens_without_signing_in(client, home_cluster, member):
    event = made.event(
        home_cluster, visibility="members", remote=True, remote_link="https://x.fi/r"
    )
    registration = made.registration(event, member, mode="remote")

    answer = client.get(path_of(links.link_of(registration, "ics_by_link")))

    assert client.get(page(event, "calendar.ics")).status_code == 404
    assert answer.status_code == 200
    assert b"LOCATION:https://x.fi/r" in answer.content


def test_link_for_an_earlier_address_leads_to_signing_in(client, event, outsider):
    registration = made.registration(event, outsider)
    link = path_of(links.link_of(registration))
    outsider.email = "uusi.osoite@example.org"
    outsider.save()

    answer = client.get(link, follow=True)

    assert answer.redirect_chain[-1][0].startswith("/en/accounts/login/")
    client.force_login(outsider)
    assert client.get(link, follow=True).context["registration"] == registration


def test_account_is_asked_whether_a_guests_registration_is_its_own(client, event, outsider):
    factories.verified(outsider)
    request = made.registration(
        event, None, name="Lempinimi", email=outsider.email, stage="confirmed"
    )
    client.force_login(outsider)
    claim = f"/en/events/registrations/{request.public_id}/claim/"

    desk, shown = client.get("/en/me/"), client.get(page(event))
    client.post(claim, {"mine": ""})

    assert b"Is this your registration?" in desk.content
    assert shown.context["claims"] == [request]
    assert Registration.objects.get().user == outsider
    assert client.post(claim, {"mine": ""}).status_code == 404


def test_claim_that_is_declined_is_not_asked_again(client, event, outsider):
    factories.verified(outsider)
    request = made.registration(event, None, name="Muu", email=outsider.email, stage="confirmed")
    client.force_login(outsider)

    client.post(f"/en/events/registrations/{request.public_id}/claim/", {"other": ""})

    assert client.get(page(event)).context["claims"] == []
    assert Registration.objects.get().user is None
