"""A coordinator writes, looks, tries and sends; others get what does not exist."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.notifications import exports
from cluster_portal.notifications.models import Letter, LetterReceiver, OutboxMail
from cluster_portal.notifications.models.letters import Stage
from members.models.affiliations import Role
from tests import factories
from tests.events.factories import event
from tests.notifications import letter_writing
from tests.notifications.letter_writing import letter

ADD = "/admin/notifications/letter/add/"
SLASH = "/admin/notifications/letter/"


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True  # the second factor is another test's matter


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    return client


@pytest.fixture
def firm(home_cluster):
    return letter_writing.member("Yritys Oy", home_cluster)


@pytest.fixture
def contact(firm):
    return letter_writing.person(firm, "contact@example.org", role=Role.CONTACT)


def filled(cluster, **values):
    return {
        "cluster": cluster.pk, "audience": ["members", "members.sector=business"],
        "subject_fi": "Hei yritykset", "body_fi": "Teksti.", "subject_sv": "", "body_sv": "",
        "subject_en": "", "body_en": "", "sender_name": "Aino Esimerkki",
        "reply_to": "aino@example.org", "_preview": "1", **values,
    }  # fmt: skip


def page_of(made, name):
    return reverse(f"admin:notifications_letter_{name}", args=[made.pk])


def seen_in(response):
    return re.search(r'name="seen" value="([^"]+)"', response.text)[1]


@pytest.mark.usefixtures("contact")
def test_letter_to_one_sector_from_the_desk_to_the_next(desk, home_cluster):
    """Desk, form, preview, question, sent, and back where the next waits."""
    assert 'href="/admin/notifications/letter/write/"' in desk.get("/admin/").text
    form = desk.get(f"{ADD}?to=members.sector=business")
    assert 'value="members.sector=business" checked' in " ".join(form.text.split())
    preview = desk.post(ADD, filled(home_cluster), follow=True)
    assert "Yksi ihminen saa kirjeen" in preview.text
    made = Letter.objects.get()
    question = desk.get(page_of(made, "send"))
    assert "Lähetä yhdelle" in question.text

    done = desk.post(page_of(made, "send"), {"seen": seen_in(question)}, follow=True)

    made.refresh_from_db()
    assert made.stage == Stage.SENDING
    assert 'href="/admin/"' in done.text
    assert made.sender.email == "office@example.org"


@pytest.mark.usefixtures("contact")
def test_pressing_send_twice_sends_once(desk, home_cluster):
    made = letter(home_cluster)
    seen = seen_in(desk.get(page_of(made, "send")))

    answers = [desk.post(page_of(made, "send"), {"seen": seen}) for _press in range(2)]

    assert [answer.url for answer in answers] == [page_of(made, "change")] * 2
    made.refresh_from_db()
    assert made.stage == Stage.SENDING


@pytest.mark.usefixtures("contact")
def test_what_was_changed_since_the_question_is_looked_at_again(desk, home_cluster):
    made = letter(home_cluster)
    seen = seen_in(desk.get(page_of(made, "send")))
    made.save()

    answer = desk.post(page_of(made, "send"), {"seen": seen})

    assert answer.url == page_of(made, "preview")
    made.refresh_from_db()
    assert made.stage == Stage.DRAFT


@pytest.mark.usefixtures("contact")
def test_letter_is_given_its_moment_and_taken_back(desk, home_cluster):
    made = letter(home_cluster)
    seen = seen_in(desk.get(page_of(made, "send")))
    at = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    desk.post(page_of(made, "send"), {"seen": seen, "at": at})
    made.refresh_from_db()
    assert made.stage == Stage.SCHEDULED

    desk.post(f"{SLASH}{made.pk}/move/take_back/")

    made.refresh_from_db()
    assert made.stage == Stage.DRAFT


def test_moment_in_the_past_is_told_at_the_field(desk, home_cluster):
    made = letter(home_cluster)
    seen = seen_in(desk.get(page_of(made, "send")))

    answer = desk.post(page_of(made, "send"), {"seen": seen, "at": "2020-01-01T00:00"})

    assert "Lähetysaika on jo mennyt." in answer.text


def test_sending_is_stopped_after_a_question(desk, home_cluster, office, contact):
    made = letter_writing.send(letter(home_cluster), by=office)
    stop = f"{SLASH}{made.pk}/move/stop/"
    assert "confirmed" in desk.post(stop).text

    desk.post(stop, {"confirmed": "yes"})

    made.refresh_from_db()
    assert made.stage == Stage.CANCELLED
    assert not LetterReceiver.objects.exists()


def test_sent_letter_is_read_only(desk, home_cluster, office, contact):
    made = letter_writing.send(letter(home_cluster), by=office)

    desk.post(page_of(made, "change"), filled(home_cluster, subject_fi="Muuttunut"))

    made.refresh_from_db()
    assert made.subject_fi == "Hei kaikki"
    assert desk.post(f"{SLASH}{made.pk}/delete/", {"post": "yes"}).status_code == 403


BAD = {
    "marking": ({"body_fi": "TL IV Käyttö rajoitettu"}, "TL IV"),
    "nothing": ({"audience": []}, "Valitse, kenelle kirje lähtee."),
    "unknown audience": ({"audience": ["x"]}, "x"),
    "half a translation": ({"subject_sv": "Hej"}, "Kirjoita sekä aihe että teksti"),
    "too long": ({"body_fi": "a" * 10_001}, "10000"),
    "no address": ({"reply_to": "ei osoite"}, "sähköpostiosoite"),
    "invisible only": ({"body_fi": "\u200b\u202e"}, "Kirjoita tähän luettavaa tekstiä."),
    "web address as name": ({"sender_name": "www.evil.fi"}, "verkko-osoitetta"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_at_its_field(name, desk, home_cluster):
    values, words = BAD[name]

    answer = desk.post(ADD, filled(home_cluster, **values))

    assert answer.status_code == 200
    assert words in answer.text.replace("\xa0", "")
    assert not Letter.objects.exists()


def test_invisible_characters_and_line_ends_are_cleaned(desk, home_cluster):
    values = {"subject_fi": "Hei\u202e\r\nBcc: x", "body_fi": "Rivi\u200b\x07\r\nToinen"}

    desk.post(ADD, filled(home_cluster, **values))

    made = Letter.objects.get()
    assert (made.subject_fi, made.body_fi) == ("Hei Bcc: x", "Rivi\nToinen")


def test_two_who_edit_one_draft_lose_nothing(desk, home_cluster):
    made = letter(home_cluster, audience=["members"])
    page = desk.get(page_of(made, "change"))
    seen = dict(re.findall(r'name="(initial-[a-z_]+)" value="([^"]*)"', page.text))
    Letter.objects.filter(pk=made.pk).update(subject_fi="Toisen aihe")

    values = filled(home_cluster, audience=["members"], body_fi="Omani", subject_fi="Hei kaikki")
    desk.post(page_of(made, "change"), {**values, **seen, "initial-body_fi": "Teksti."})

    made.refresh_from_db()
    assert (made.subject_fi, made.body_fi) == ("Toisen aihe", "Omani")


def test_preview_shows_each_language_and_leads_nowhere_bad(desk, home_cluster, contact):
    evil = "<b>x</b> [a](javascript:alert(1)) {{ 7*7 }}"
    made = letter(home_cluster, body_fi=evil, subject_en="Hello", body_en="English text.")

    page = desk.get(page_of(made, "preview")).text

    assert "English text." in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert 'href="javascript' not in page
    assert "{{ 7*7 }}" in page
    assert "Hei Testi," in page


def test_test_letter_is_sent_from_the_preview(desk, home_cluster, office):
    made = letter(home_cluster)

    desk.post(page_of(made, "test"))

    assert [mail.recipient for mail in OutboxMail.objects.filter(kind="letter_test")] == [office]


def test_reminder_opens_a_letter_with_its_audience_and_text(desk, home_cluster, contact):
    page = desk.get("/admin/notifications/letter/reminders/").text
    (address,) = re.findall(r'href="([^"]*reminder=lacks-themes[^"]*)"', page)

    form = " ".join(desk.get(address.replace("&amp;", "&")).text.split())

    assert 'value="lacks-themes" checked' in form
    assert "Valitse organisaatiosi teemat" in form
    assert "Välj teman för din organisation" in form


PAGES = ("change", "preview", "send", "delete", "history")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("contact")
def test_other_clusters_and_members_find_no_letter(
    name, client, home_cluster, other_office, member
):
    made = letter(home_cluster)
    found = {}
    for person in (other_office, member):
        client.force_login(person)
        found[person.email] = client.get(page_of(made, name), follow=True)
        client.post(page_of(made, "test"))
        client.post(page_of(made, "send"), {"seen": made.updated_at.isoformat()})

    assert [made.subject_fi in page.text for page in found.values()] == [False, False]
    made.refresh_from_db()
    assert made.stage == Stage.DRAFT
    assert not OutboxMail.objects.exists()


def test_letter_to_another_cluster_is_refused(desk, other_cluster):
    answer = desk.post(ADD, filled(other_cluster))

    assert answer.status_code == 200
    assert not Letter.objects.exists()


def test_draft_waits_on_the_today_page(desk, home_cluster, other_cluster):
    letter(home_cluster)
    letter(other_cluster)

    page = " ".join(desk.get("/admin/").text.split())

    assert "Lähettämättä olevat kirjeet" in page.replace("\xad", "")


def test_pages_ask_no_more_for_more_people(desk, home_cluster, firm, django_assert_max_num_queries):
    made = letter(home_cluster, audience=["members", "private"])
    for _number in range(5):
        letter_writing.person(firm)

    with django_assert_max_num_queries(30):
        desk.get(page_of(made, "preview"))


@pytest.mark.parametrize("change", [{"is_active": False}, None], ids=["closed", "erased"])
def test_list_and_page_name_the_event_when_the_sender_is_gone(change, desk, home_cluster):
    sender = factories.coordinator(home_cluster)
    of = event(home_cluster, title_fi="Foorumi")
    made = letter(
        home_cluster, sender=sender, audience=["event", f"event.event={of.pk}"], stage="sent",
        sent_at=timezone.now(), composed_at=timezone.now(),
    )  # fmt: skip
    if change:
        type(sender).objects.filter(pk=sender.pk).update(**change)
    else:
        Letter.objects.filter(pk=made.pk).update(sender=None)

    for page in (SLASH, f"{SLASH}{made.pk}/change/"):
        assert "Tapahtuman ilmoittautuneet: Foorumi (" in desk.get(page).text


def test_archive_shows_each_what_went_to_them(client, home_cluster, office, contact, outsider):
    made = letter_writing.send(letter(home_cluster, body_fi="<b>Sisältö</b>"), by=office)
    draft = letter(home_cluster, subject_fi="Luonnos")
    pages = {}
    for person in (contact, outsider, office):
        client.force_login(person)
        pages[person.email] = [
            client.get("/me/letters/").text.count("Hei kaikki"),
            client.get(made.get_absolute_url()).status_code,
            client.get(draft.get_absolute_url()).status_code,
        ]

    assert pages == {
        "contact@example.org": [1, 200, 404],
        "outsider@example.org": [0, 404, 404],
        "office@example.org": [0, 200, 200],
    }
    client.force_login(contact)
    assert "&lt;b&gt;Sisältö&lt;/b&gt;" in client.get(made.get_absolute_url()).text


@pytest.mark.parametrize("count", [1, 3])
def test_archive_asks_the_same_for_any_number(
    count, client, home_cluster, office, contact, django_assert_max_num_queries
):
    for _number in range(count):
        letter_writing.send(letter(home_cluster), by=office)
    client.force_login(contact)

    with django_assert_max_num_queries(8):
        client.get("/me/letters/")


def test_data_on_oneself_names_the_letters(home_cluster, office, contact):
    letter_writing.send(letter(home_cluster, sender=office), by=office)

    assert [row["subject"] for row in exports.letters(contact)] == ["Hei kaikki"]
    assert [row["kind"] for row in exports.letters(office)] == ["written"]
    assert exports.letters(factories.user()) == []
