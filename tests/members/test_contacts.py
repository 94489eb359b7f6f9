"""Everyone finds the way to an organisation, a supervisor, an organiser and a coordinator."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.outbox import Guest
from cluster_portal.notifications.sending import delivery
from cluster_portal.notifications.sending.postman import Postman
from members.models import ContactMessage, Coordinator, User
from members.services import contacts
from members.services.erasure import erase_account
from tests import factories
from tests.events.factories import event
from tests.theses.factories import supervisor_profile

MESSAGE = "Hei, tehdäänkö yhdessä?"
GUEST = {"name": "Ville Vieras", "email": "ville@example.com", "message": MESSAGE}


def readers(kind="contact_request"):
    rows = OutboxMail.objects.filter(kind=kind).select_related("recipient")
    return sorted(row.recipient.email if row.recipient else row.guest_address for row in rows)


def page_of(target, kind):
    return reverse("members:contact", args=[kind, target.slug])


def confirmation_url():
    row = ContactMessage.objects.get(stage="requested")
    return reverse("members:contact_confirm", args=[contacts.token_of(row)])


def ask(target, number=0, **values):
    guest = Guest(f"vieras{number}@example.com", "Ville Vieras", "fi")
    return contacts.ask_confirmation(
        target, MESSAGE, **{"guest": guest, "network": f"192.0.2.{number}", **values}
    )


@pytest.fixture
def receivers(company, lead, home_cluster, office):
    """By kind: what can be written to, and who must get the message."""
    supervisor = factories.user("supervisor@example.org")
    return {
        "organisation": (company, [lead]),
        "cluster": (home_cluster, [office]),
        "supervisor": (supervisor_profile(supervisor, company, visibility="public"), [supervisor]),
        "event": (event(home_cluster, organisation=company), [lead]),
    }


@pytest.mark.parametrize("kind", ["organisation", "cluster", "supervisor", "event"])
@pytest.mark.parametrize("reader", ["visitor", "outsider"])
def test_every_page_shows_the_way_and_it_opens(client, request, receivers, kind, reader):
    target, _people = receivers[kind]
    if reader != "visitor":
        client.force_login(request.getfixturevalue(reader))

    shown = client.get(target.get_absolute_url()).content.decode()

    way = "action" if (kind, reader) == ("organisation", "outsider") else "href"
    assert shown.count(f'{way}="{page_of(target, kind)}"') == 1
    assert client.get(page_of(target, kind)).status_code == 200


@pytest.mark.parametrize("kind", ["organisation", "cluster", "supervisor", "event"])
def test_message_of_an_account_holder_reaches_whom_it_is_for(client, receivers, outsider, kind):
    target, people = receivers[kind]
    client.force_login(outsider)

    client.post(page_of(target, kind), {"message": MESSAGE})

    assert readers() == [person.email for person in people]
    assert OutboxMail.objects.get().values == {
        "sender": str(outsider), "sender_email": outsider.email, "message": MESSAGE,
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["organisation", "cluster", "supervisor", "event"])
def test_message_of_a_guest_leaves_when_the_address_is_confirmed(client, receivers, kind):
    target, people = receivers[kind]

    answer = client.post(page_of(target, kind), GUEST)
    shown = client.get(confirmation_url())

    assert answer.url == reverse("members:contact_sent", args=[kind, target.slug])
    assert client.get(answer.url).status_code == 200
    assert MESSAGE in shown.content.decode()
    assert (readers("contact_confirm"), readers()) == (["ville@example.com"], [])
    assert client.post(confirmation_url()).status_code == 200
    assert readers() == [person.email for person in people]


def test_confirming_twice_sends_once(company, lead):
    token = contacts.token_of(ask(company))

    contacts.confirm(token)
    contacts.confirm(token)

    assert readers() == [lead.email]


def test_mail_that_asks_to_confirm_holds_no_word_of_the_message(company):
    ask(company)

    row = OutboxMail.objects.get()
    assert (row.kind, list(row.values)) == ("contact_confirm", ["message"])


def test_organisation_without_contact_is_reached_through_its_coordinators(company, office):
    contacts.confirm(contacts.token_of(ask(company)))

    assert readers() == [office.email]


def test_post_that_nobody_holds_is_read_by_the_administrators(home_cluster, admin_user):
    contacts.confirm(contacts.token_of(ask(home_cluster)))

    assert readers() == [admin_user.email]


def test_former_coordinator_and_closed_account_get_nothing(home_cluster, office, admin_user):
    Coordinator.objects.filter(user=office).update(until="2026-01-02")
    other = factories.coordinator(home_cluster)
    User.objects.filter(pk=other.pk).update(is_active=False)

    assert contacts.readers_of(home_cluster).people == [admin_user]


def test_event_of_a_hidden_organisation_is_answered_by_the_coordinators(
    company, lead, office, home_cluster
):
    company.visibility = "members"
    company.save()

    readers = contacts.readers_of(event(home_cluster, organisation=company))

    assert readers.people == [office]


def test_what_a_visitor_does_not_see_cannot_be_written_to(client, company):
    company.visibility = "members"
    company.save()

    assert client.get(page_of(company, "organisation")).status_code == 404
    assert client.post(page_of(company, "organisation"), GUEST).status_code == 404


def test_what_was_hidden_meanwhile_gets_no_message(client, company):
    ask(company)
    url = confirmation_url()
    company.visibility = "members"
    company.save()

    assert client.get(url).context["refusal"] == client.post(url).context["refusal"]
    assert readers() == []


@pytest.mark.parametrize("path", ["organisation/ei-ole", "nothing/esimerkki"])
def test_unknown_receivers_are_404(client, company, path):
    assert client.get(f"/contact/{path}/").status_code == 404


def test_nobody_writes_to_oneself(company, lead):
    with pytest.raises(Refused):
        contacts.write(company, MESSAGE, by=lead)


@pytest.mark.parametrize(
    "change",
    [{"email": "ei osoite"}, {"message": ""}, {"name": "www.huijaus.example"}],
)
def test_refused_form_keeps_what_was_typed(client, company, change):
    answer = client.post(page_of(company, "organisation"), {**GUEST, **change})

    assert answer.status_code == 422
    assert not ContactMessage.objects.exists()
    for name in GUEST.keys() - change.keys():
        assert GUEST[name] in answer.content.decode()


@pytest.mark.parametrize(
    "addresses",
    [
        ["a+1@example.com", "a+2@example.com", "A@example.com", "a+x@EXAMPLE.com", "a@example.com"],
        ["a.b@gmail.com", "ab@gmail.com", "ab+1@gmail.com", "a.b@googlemail.com", "ab@gmail.com"],
    ],
)
def test_mailbox_is_not_flooded_through_its_other_names(company, addresses):
    for number, address in enumerate(addresses):
        ask(company, number, guest=Guest(address, "V", "fi"))

    with pytest.raises(Refused):
        ask(company, 99, guest=Guest(addresses[0], "V", "fi"))
    ask(company, 98)


def test_network_sends_so_many_a_day(company, monkeypatch):
    monkeypatch.setattr(contacts, "FROM_NETWORK", 2)
    for number in range(2):
        ask(company, number, network="192.0.2.1")

    with pytest.raises(Refused):
        ask(company, 3, network="192.0.2.1")
    ask(company, 4)


def test_network_of_many_addresses_is_one(client, company):
    client.post(page_of(company, "organisation"), GUEST, REMOTE_ADDR="2001:db8:1:2:3::4")

    assert ContactMessage.objects.get().network == "2001:db8:1:2::/64"


def test_target_gets_so_many_a_day_and_the_rest_waits(company, lead, monkeypatch):
    monkeypatch.setattr(contacts, "TO_TARGET", 1)
    first, second = ask(company, 1), ask(company, 2)
    contacts.confirm(contacts.token_of(first))

    with pytest.raises(Refused):
        contacts.confirm(contacts.token_of(second))
    ContactMessage.objects.filter(pk=first.pk).update(
        created_at=timezone.now() - datetime.timedelta(days=1, minutes=1)
    )
    contacts.confirm(contacts.token_of(second))

    assert readers() == [lead.email] * 2


def test_account_sends_so_many_a_day(company, lead, outsider, monkeypatch):
    monkeypatch.setattr(contacts, "FROM_PERSON", 1)
    contacts.write(company, MESSAGE, by=outsider)

    with pytest.raises(Refused):
        contacts.write(company, MESSAGE, by=outsider)


def test_unconfirmed_messages_go_after_two_days_and_sent_ones_after_a_month(company, lead):
    sent, unconfirmed, new = ask(company, 1), ask(company, 2), ask(company, 3)
    contacts.confirm(contacts.token_of(sent))
    for row, days in ((sent, 29), (unconfirmed, 3)):
        moment = timezone.now() - datetime.timedelta(days=days)
        ContactMessage.objects.filter(pk=row.pk).update(created_at=moment)

    assert contacts.forget_messages() == 1
    assert set(ContactMessage.objects.all()) == {sent, new}


def test_erased_account_leaves_no_message(company, lead, outsider):
    contacts.write(company, MESSAGE, by=outsider)
    ask(company, guest=Guest(outsider.email.upper(), "V", "fi"))

    erase_account(outsider, by=outsider)

    assert not ContactMessage.objects.exists()


def test_about_page_names_the_coordinator_with_a_way_to_write(client, home_cluster, office):
    shown = client.get(reverse("home:about")).content.decode()

    assert str(office) in re.sub(r"\s+", " ", shown)
    assert page_of(home_cluster, "cluster") in shown


def test_cluster_page_names_the_coordinator(client, home_cluster, office):
    assert str(office) in client.get(home_cluster.get_absolute_url()).content.decode()


def test_letter_is_answered_with_one_press(company, lead, outsider, mailoutbox):
    contacts.write(company, "Hei <b>", by=outsider)
    with Postman() as postman:
        delivery.deliver_one(postman)

    (letter,) = mailoutbox
    (html,) = [str(content) for content, _type in letter.alternatives]
    assert (letter.to, letter.reply_to) == ([lead.email], [outsider.email])
    assert f"\n{outsider.email}\n" in letter.body
    assert f'href="mailto:{outsider.email}"' in html
    assert "Älä vastaa" not in letter.body
    assert letter.subject == "Sinulle on viesti palvelun kautta"
    assert "Hei &lt;b&gt;" in html
    assert not re.search("[\u200b-\u200f\u2060\ufeff]", letter.body + html)
