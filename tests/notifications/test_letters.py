"""Letters of a cluster: who gets one, once, in which words; stopped, tested, killed mid-way."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as django_mail
from django.utils import timezone

from cluster_portal.core import content, vocabulary
from cluster_portal.core.errors import Refused
from cluster_portal.core.letter_audiences import LetterAudience
from cluster_portal.notifications import preferences
from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import (
    Letter,
    LetterReceiver,
    MailState,
    OutboxMail,
    Preference,
)
from cluster_portal.notifications.models.letters import Stage
from cluster_portal.notifications.models.preference import fingerprint_of
from cluster_portal.notifications.outbox import Guest
from cluster_portal.notifications.pages import letters as pages
from cluster_portal.notifications.services import letters
from members.models import Organisation, User
from members.models.affiliations import Role
from tests import factories
from tests.notifications import letter_writing
from tests.notifications.conftest import deliver_all, verified
from tests.notifications.letter_writing import letter, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(home_cluster):
    return letter_writing.member("Yritys Oy", home_cluster)


@pytest.fixture
def contact(firm):
    return letter_writing.person(firm, "contact@example.org", role=Role.CONTACT, first_name="Kaisa")


def got(letter):
    return {receiver.user.email for receiver in letter.receivers.filter(user__isnull=False)}


def test_each_reader_gets_it_once_although_in_several_organisations_and_audiences(
    home_cluster, office, firm, contact
):
    other = letter_writing.member("Toinen Oy", home_cluster)
    factories.affiliation(contact, other, role=Role.REPRESENTATIVE)
    factories.membership(contact, home_cluster)

    made = send(letter(home_cluster, audience=["members", "private"]), by=office)

    assert [row.user for row in made.receivers.all()] == [contact]
    assert letters.mails_of(made).count() == 1


AUDIENCES = {
    "everybody": (["members", "private"], {"firm", "town", "town-contact", "alone"}),
    "organisations": (["members"], {"firm", "town", "town-contact"}),
    "private": (["private"], {"alone"}),
    "sector": (["members", "members.sector=business"], {"firm"}),
    "two sectors": (
        ["members", "members.sector=business", "members.sector=public"],
        {"firm", "town", "town-contact"},
    ),
    "kind": (["members", "members.kind=municipality"], {"town", "town-contact"}),
    "role": (["members", "members.role=contact"], {"town-contact"}),
    "sector and role": (["members", "members.sector=business", "members.role=contact"], set()),
    "role and private": (["members", "members.role=contact", "private"], {"town-contact", "alone"}),
    "unknown value": (["members", "members.sector=x"], set()),
    "unknown audience": (["nobody-declares-this"], set()),
}


@pytest.mark.parametrize("name", AUDIENCES)
def test_audience_is_who_is_meant(name, home_cluster, other_cluster, firm):
    letter_writing.person(firm, "firm@example.org")
    town = letter_writing.member("Kunta", home_cluster, kind="municipality")
    letter_writing.person(town, "town@example.org")
    letter_writing.person(town, "town-contact@example.org", role=Role.CONTACT)
    factories.membership(verified("alone@example.org"), home_cluster)
    _not_in_the_cluster(home_cluster, other_cluster, firm)
    audience, wanted = AUDIENCES[name]

    found = letters.people_of(letter(home_cluster, audience=audience))

    assert {one.email for one in found} == {f"{who}@example.org" for who in wanted}


def _not_in_the_cluster(home_cluster, other_cluster, firm):
    """Of another cluster, of a former member, a former member, and who only asked."""
    letter_writing.person(letter_writing.member("Muu", other_cluster), "other@example.org")
    factories.membership(verified("other-alone@example.org"), other_cluster)
    ended = factories.organisation("Entinen Oy")
    ended_on = timezone.localdate() - timedelta(days=1)
    factories.membership(ended, home_cluster, stage="ended", until=ended_on)
    letter_writing.person(ended, "ended@example.org")
    gone = verified("gone@example.org")
    factories.membership(gone, home_cluster, stage="ended", until=ended_on)
    letter_writing.person(firm, "asked@example.org", stage="requested")
    letter_writing.person(firm, "left@example.org", stage="ended")


def terms_of(*codes):
    return [vocabulary.find("security_task", code) for code in codes]


def test_letter_to_a_region_and_a_theme_goes_to_no_other(home_cluster):
    here, there = (vocabulary.find("region", code) for code in ("06", "11"))
    both = letter_writing.member("Molemmat Oy", home_cluster, region=here)
    both.terms.set(terms_of("search", "evacuation"))
    elsewhere = letter_writing.member("Muualla Oy", home_cluster, region=there)
    elsewhere.terms.set(terms_of("search"))
    letter_writing.person(both, "both@example.org")
    letter_writing.person(elsewhere, "elsewhere@example.org")
    letter_writing.person(letter_writing.member("Kolmas Oy", home_cluster), "none@example.org")

    def reached(*entries):
        return {one.email for one in letters.people_of(letter(home_cluster, audience=entries))}

    assert reached("members", "members.region=06") == {"both@example.org"}
    theme = "members.theme=security_task:search"
    assert reached("members", theme) == {"both@example.org", "elsewhere@example.org"}
    assert reached("members", theme, "members.region=11") == {"elsewhere@example.org"}
    assert reached("members", "members.theme=search") == set()


def test_private_members_are_written_to_by_what_interests_them(home_cluster):
    keen, other = verified("keen@example.org"), verified("other@example.org")
    factories.membership(keen, home_cluster).interests.set(terms_of("search"))
    factories.membership(other, home_cluster)
    made = letter(home_cluster, audience=["private", "private.theme=security_task:search"])

    assert list(letters.people_of(made)) == [keen]
    assert letters.guests_of(made) == {}


def test_reminders_go_to_contacts_of_those_concerned(home_cluster, firm, contact):
    today = timezone.localdate()
    Organisation.objects.filter(pk=firm.pk).update(confirmed_on=today - timedelta(days=366))
    fresh = letter_writing.member("Tuore Oy", home_cluster, confirmed_on=today)
    letter_writing.person(fresh, "fresh@example.org", role=Role.CONTACT)
    fresh.terms.add(factories.region())
    fresh.memberships.update(until=today + timedelta(days=60))
    later = letter_writing.member("Myöhä Oy", home_cluster, confirmed_on=today)
    letter_writing.person(later, "later@example.org", role=Role.CONTACT)
    later.memberships.update(until=today + timedelta(days=61))

    found = {
        key: sorted(one.email for one in letters.audiences()[key].people(home_cluster.pk, {}))
        for key in ("lacks-confirmation", "lacks-themes", "ending")
    }

    assert found == {
        "lacks-confirmation": ["contact@example.org"],
        "lacks-themes": ["contact@example.org", "later@example.org"],
        "ending": ["fresh@example.org"],
    }


def test_reach_says_who_gets_it_how_and_who_does_not(home_cluster, firm, contact):
    svenska = letter_writing.person(firm, language="sv")
    off, weekly = letter_writing.person(firm), letter_writing.person(firm)
    Preference.objects.create(user=off, group=KindGroup.LETTERS, channel="off")
    Preference.objects.create(user=weekly, group=KindGroup.LETTERS, channel="weekly")
    factories.affiliation(factories.user(first_name="Ilman", last_name="Osoitetta"), firm)
    letter_writing.person(firm, first_name="Suljettu", last_name="Tili", is_active=False)

    reach = pages.reach_of(letter(home_cluster))

    assert (reach.count, reach.languages) == (4, [("suomi", 3), ("ruotsi", 1)])
    assert reach.untranslated == [("ruotsi", 1)]
    assert (reach.portal_only, reach.weekly) == (1, 1)
    assert str(svenska) in reach.names
    assert dict(reach.left_out) == {
        "Ilman Osoitetta": "osoitetta ei ole vahvistettu",
        "Suljettu Tili": "tunnus on suljettu",
    }


def test_letter_is_in_the_readers_language_where_it_is_given(
    home_cluster, office, firm, contact, postman
):
    letter_writing.person(firm, "sv@example.org", language="sv", first_name="Saga")
    letter_writing.person(firm, "en@example.org", language="en", first_name="Emma")
    made = letter(home_cluster, subject_sv="Hej alla", body_sv="Text **på svenska**.")

    send(made, by=office)
    deliver_all(postman)

    by_reader = {sent.to[0]: sent for sent in django_mail.outbox}
    subjects = {reader: sent.subject for reader, sent in by_reader.items()}
    assert subjects == {
        "contact@example.org": "Hei kaikki",
        "sv@example.org": "Hej alla",
        "en@example.org": "Hei kaikki",
    }
    assert by_reader["en@example.org"].body.startswith("Hei Emma,")
    assert by_reader["sv@example.org"].body.startswith("Hej Saga,")


def test_mail_names_the_writer_the_reason_and_the_way_to_stop(
    home_cluster, office, firm, contact, postman
):
    send(letter(home_cluster, sender_name="Aino Esimerkki", reply_to="aino@tau.example"), by=office)
    deliver_all(postman)

    (sent,) = django_mail.outbox
    assert sent.reply_to == ["aino@tau.example"]
    assert sent.from_email.startswith('"Aino Esimerkki, Klusteri pirkanmaa" <')
    assert (
        "Saat tämän kirjeen, koska organisaatiosi on klusterin Klusteri pirkanmaa jäsen."
        in sent.body
    )
    assert "List-Unsubscribe" in sent.extra_headers
    assert "\nAino Esimerkki\nKlusteri pirkanmaa\n" in sent.body
    assert "<img" not in sent.alternatives[0][0]


def test_words_of_a_letter_stay_words(home_cluster, office, firm, contact, postman):
    evil = (
        "{{ 7*7 }} {user.password} %s <script>x</script> [a](javascript:alert(1)) [b](https://b.fi)"
    )
    made = letter(home_cluster, subject_fi="{{ 7*7 }} {% now %}", body_fi=evil)

    send(made, by=office)
    deliver_all(postman)

    (sent,) = django_mail.outbox
    page = sent.alternatives[0][0]
    assert sent.subject == "{{ 7*7 }} {% now %}"
    assert "{{ 7*7 }} {user.password} %s" in sent.body
    assert "b: https://b.fi" in sent.body
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert 'href="https://b.fi"' in page


def test_who_switched_letters_off_reads_it_in_the_portal(
    home_cluster, office, firm, contact, postman
):
    Preference.objects.create(user=contact, group=KindGroup.LETTERS, channel="off")

    made = send(letter(home_cluster), by=office)
    deliver_all(postman)

    assert django_mail.outbox == []
    assert Letter.objects.visible_to(contact).contains(made)
    assert pages.progress_of(made).rows == [("Vain palvelussa", 1)]


def test_second_press_sends_nothing_more(home_cluster, office, firm, contact):
    made = letter(home_cluster)
    seen = letters.version_of(made)
    letters.send(made, by=office, seen=seen)

    with pytest.raises(Refused):
        letters.send(made, by=office, seen=seen)
    letters.send_due(timezone.now())
    letters.send_due(timezone.now())

    assert LetterReceiver.objects.count() == 1


def test_what_was_changed_after_the_look_is_not_sent(home_cluster, office, firm, contact):
    made = letter(home_cluster)
    seen = letters.version_of(made)
    made.body_fi = "Toinen teksti"
    made.save()

    with pytest.raises(Refused, match="muutettu"):
        letters.send(made, by=office, seen=seen)


def test_nobody_to_send_to_is_said(home_cluster, office):
    with pytest.raises(Refused, match="Kukaan"):
        send(letter(home_cluster), by=office)


def test_scheduled_letter_waits_and_goes_to_members_of_that_moment(
    home_cluster, office, firm, contact
):
    at = timezone.now() + timedelta(hours=1)
    made = letter(home_cluster)
    letters.send(made, by=office, seen=letters.version_of(made), at=at)
    letters.send_due(timezone.now())
    assert not LetterReceiver.objects.exists()
    late = letter_writing.person(firm, "late@example.org")

    letters.send_due(at)

    assert got(made) == {contact.email, late.email}


@pytest.mark.parametrize("hours", [-1, 0, 366 * 24])
def test_moment_is_ahead_and_within_a_year(hours, home_cluster, office, firm, contact):
    made = letter(home_cluster)
    at = timezone.now() + timedelta(hours=hours)

    with pytest.raises(Refused):
        letters.send(made, by=office, seen=letters.version_of(made), at=at)


def test_scheduled_letter_is_taken_back_to_the_drafts(home_cluster, office, firm, contact):
    at = timezone.now() + timedelta(hours=1)
    made = letter(home_cluster)
    letters.send(made, by=office, seen=letters.version_of(made), at=at)

    letters.take_back(made, by=office)
    letters.send_due(at)

    made.refresh_from_db()
    assert (made.stage, made.send_at) == (Stage.DRAFT, None)
    assert not LetterReceiver.objects.exists()


def test_stopped_letter_stays_with_those_who_have_it(home_cluster, office, firm, postman):
    for number in range(3):
        letter_writing.person(firm, f"reader{number}@example.org")
    made = send(letter(home_cluster), by=office)
    letters.mails_of(made).filter(recipient__email="reader0@example.org").update(
        state=MailState.SENT, sent_at=timezone.now()
    )

    letters.stop(made, by=office)
    deliver_all(postman)
    letters.send_due(timezone.now())

    made.refresh_from_db()
    assert made.stage == Stage.CANCELLED
    assert got(made) == {"reader0@example.org"}
    assert django_mail.outbox == []
    assert OutboxMail.objects.filter(is_notice=True).count() == 1


def test_composing_that_is_killed_goes_on_where_it_was(home_cluster, office, firm, monkeypatch):
    for number in range(7):
        letter_writing.person(firm, f"reader{number}@example.org")
    monkeypatch.setattr(letters, "CHUNK", 3)
    made = letter(home_cluster)
    letters.send(made, by=office, seen=letters.version_of(made))
    letters.compose_some(timezone.now())
    _killed_in_the_next_chunk(monkeypatch)

    letters.send_due(timezone.now())

    made.refresh_from_db()
    assert got(made) == {f"reader{number}@example.org" for number in range(7)}
    assert letters.mails_of(made).count() == 7
    assert made.composed_at is not None


def _killed_in_the_next_chunk(monkeypatch):
    real = letters._post

    def killed(*args):
        real(*args)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(letters, "_post", killed)
        with pytest.raises(KeyboardInterrupt):
            letters.compose_some(timezone.now())
    assert LetterReceiver.objects.count() == 3


def test_letter_is_sent_when_nothing_of_it_waits(home_cluster, office, firm, contact, postman):
    made = send(letter(home_cluster), by=office)
    made.refresh_from_db()
    assert made.stage == Stage.SENDING

    deliver_all(postman)
    letters.send_due(timezone.now())

    made.refresh_from_db()
    assert made.stage == Stage.SENT
    assert pages.progress_of(made).rows == [("Lähetetty sähköpostilla", 1)]


def test_test_letter_goes_to_oneself_in_each_language(home_cluster, office, postman):
    made = letter(home_cluster, subject_en="Hello all", body_en="In English.")
    Preference.objects.create(user=office, group=KindGroup.LETTERS, channel="off")

    letters.send_test(made, by=office)
    deliver_all(postman)

    assert [sent.to for sent in django_mail.outbox] == [[office.email]] * 2
    assert [sent.subject for sent in django_mail.outbox] == ["Koe: Hei kaikki", "Test: Hello all"]
    assert not LetterReceiver.objects.exists()


@pytest.fixture
def guests(monkeypatch):
    """An audience of two addresses; the holder of one has an account meanwhile."""
    found = [
        Guest("guest@example.org", "Vieno Vieras", "sv"),
        Guest("Contact@Example.org", "Kaisa", "fi"),
    ]
    audience = LetterAudience(
        "guests", "Guests", lambda _cluster, _narrowed: User.objects.none(),
        "Because of %(cluster)s.", guests=lambda _cluster, _narrowed: found,
    )  # fmt: skip
    invited = content.Content("invited", 1, "Invited", letters=(audience,))
    monkeypatch.setitem(content._types, invited.key, invited)


@pytest.mark.usefixtures("guests")
def test_who_has_no_account_gets_it_by_mail_alone(home_cluster, office, firm, contact, postman):
    made = letter(home_cluster, audience=["guests", "members"], subject_sv="Hej", body_sv="Text.")
    reach = pages.reach_of(made)
    assert (reach.count, reach.guests, reach.languages) == (2, 1, [("suomi", 1), ("ruotsi", 1)])

    send(made, by=office)
    deliver_all(postman)

    sent = {mail.to[0]: mail for mail in django_mail.outbox}
    assert sorted(sent) == ["contact@example.org", "guest@example.org"]
    to_guest = sent["guest@example.org"]
    assert to_guest.subject == "Hej"
    assert "Because of Klusteri pirkanmaa." in to_guest.body
    assert "/unsubscribe/" in to_guest.extra_headers["List-Unsubscribe"]
    assert "/preferences/" not in to_guest.body
    assert "/me/letters/" not in to_guest.body


@pytest.mark.usefixtures("guests")
def test_account_of_the_same_address_keeps_the_letter_away_only_where_it_gets_it(
    home_cluster, outsider, contact
):
    """A named person who has an account and has not answered gets it once, at the address."""
    made = letter(home_cluster, audience=["guests"])
    both = letter(home_cluster, audience=["guests", "members"])
    for user in (outsider, contact):
        for is_verified in (False, True):
            EmailAddress.objects.update_or_create(
                user=user, email="guest@example.org", defaults={"verified": is_verified}
            )
            assert "guest@example.org" in letters.guests_of(made)
        gets_it = user == contact
        assert ("guest@example.org" in letters.guests_of(both)) is not gets_it
        EmailAddress.objects.filter(email="guest@example.org").delete()


@pytest.mark.usefixtures("guests")
def test_account_that_wants_no_letters_gets_none_as_a_guest(home_cluster, outsider):
    made = letter(home_cluster, audience=["guests"])
    EmailAddress.objects.create(user=outsider, email="guest@example.org", verified=True)

    preferences.set_channels(outsider, {"letters": "off"})

    assert "guest@example.org" not in letters.guests_of(made)


@pytest.mark.usefixtures("guests")
def test_guest_stops_letters_by_the_link_and_takes_it_back(client, home_cluster, office, postman):
    send(letter(home_cluster, audience=["guests"]), by=office)
    waiting = letter(home_cluster, audience=["guests"])
    deliver_all(postman)
    sent = {mail.to[0]: mail for mail in django_mail.outbox}
    link = sent["guest@example.org"].extra_headers["List-Unsubscribe"].strip("<>")
    path = urlsplit(link).path

    shown = client.get(path)
    assert "guest@example.org" in letters.guests_of(waiting)
    client.post(path)
    assert "guest@example.org" not in letters.guests_of(waiting)
    client.post(path, {"undo": "on"})

    assert shown.status_code == 200
    assert "guest@example.org" in letters.guests_of(waiting)


@pytest.mark.usefixtures("guests")
def test_guest_who_stops_letters_gets_none_that_waits(home_cluster, office, postman):
    made = send(letter(home_cluster, audience=["guests"]), by=office)
    letters.send_due(timezone.now())

    preferences.refuse_letters(fingerprint_of("GUEST@example.org"))
    deliver_all(postman)

    assert [mail.to[0] for mail in django_mail.outbox] == ["Contact@Example.org"]
    assert made.receivers.filter(address="guest@example.org").exists()


@pytest.mark.usefixtures("guests")
def test_stopped_letter_forgets_the_guests_whom_it_did_not_reach(home_cluster, office):
    made = send(letter(home_cluster, audience=["guests"]), by=office)
    assert made.receivers.count() == 2

    letters.stop(made, by=office)

    assert made.receivers.count() == 0


def test_people_recorded_and_not_yet_here_are_written_to(home_cluster, firm):
    town, now = letter_writing.member("Kunta", home_cluster, kind="municipality"), timezone.now()
    for organisation, name, values in (
        (firm, "recorded", {"role": Role.CONTACT}),
        (firm, "invited", {"stage": "invited", "invited_at": now}),
        (firm, "declined", {"stage": "declined", "answered_at": now}),
        (town, "town", {}),
        (None, "alone", {"since": timezone.localdate()}),
    ):
        letter_writing.named(home_cluster, organisation, f"{name}@example.org", **values)
    letter_writing.named(home_cluster, firm, "")

    found = {
        audience: sorted(letters.guests_of(letter(home_cluster, audience=audience.split())))
        for audience in (
            "members private",
            "members members.sector=business",
            "members members.role=contact",
            "invited",
        )
    }

    assert {key: [one.partition("@")[0] for one in got] for key, got in found.items()} == {
        "members private": ["alone", "invited", "recorded", "town"],
        "members members.sector=business": ["invited", "recorded"],
        "members members.role=contact": ["recorded"],
        "invited": ["invited"],
    }


@pytest.mark.parametrize(("days", "left"), [(364, 1), (366, 0)])
@pytest.mark.usefixtures("guests")
def test_addresses_without_account_are_forgotten_after_a_year(days, left, home_cluster, office):
    made = send(letter(home_cluster, audience=["guests"]), by=office)
    made.receivers.first().delete()
    created = timezone.now() - timedelta(days=days)
    made.receivers.update(created_at=created)

    letters.forget_guests()

    assert made.receivers.count() == left


READERS = {"receiver", "office", "admin"}


@pytest.mark.parametrize("stage", Stage)
def test_letter_is_seen_by_those_it_went_to_and_its_coordinators(stage, cast, home_cluster):
    made = letter(home_cluster)
    receiver = factories.user()
    moments = {"send_at": timezone.now(), "composed_at": timezone.now()}
    sent_at = timezone.now() if stage == Stage.SENT else None
    Letter.objects.filter(pk=made.pk).update(stage=stage, sent_at=sent_at, **moments)
    if stage in {Stage.SENDING, Stage.SENT, Stage.CANCELLED}:
        LetterReceiver.objects.create(letter=made, user=receiver, audience="members")
    people = {**cast, "receiver": receiver}

    seen = {name for name, one in people.items() if Letter.objects.visible_to(one).contains(made)}
    managed = {
        name for name, one in people.items() if Letter.objects.managed_by(one).contains(made)
    }

    is_out = stage not in {Stage.DRAFT, Stage.SCHEDULED}
    assert seen == (READERS if is_out else {"office", "admin"})
    assert managed == {"office", "admin"}
