"""Mail that comes back: read from a mailbox, stopped, told to the reader, lifted."""

import mailbox
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core import mail as django_mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.content import Person, parts
from cluster_portal.notifications import erasure, exports, outbox
from cluster_portal.notifications.models import MailState, MailTrouble, OutboxMail
from cluster_portal.notifications.outbox import Guest
from cluster_portal.notifications.sending import mailbox as imap
from cluster_portal.notifications.services import bounces
from tests import factories
from tests.notifications import letter_writing
from tests.notifications.conftest import deliver_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notice")]

GONE, FULL = "5.1.1", "5.2.2"


def sent(reader, key="1"):
    outbox.post("test_notice", to=reader, key=key)
    return OutboxMail.objects.latest("pk")


def report(message_id, status=GONE, action="failed", kind="message/rfc822", to="aino@example.org"):
    """As a mail server returns a letter (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@example.net\nTo: portaali@example.org\nSubject: Undelivered\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; "
        'boundary="x"\n\n'
        "--x\nContent-Type: text/plain\n\nSorry.\n"
        "--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; example.net\n\n"
        f"Final-Recipient: rfc822; other@example.net\nAction: {action}\nStatus: {status}\n"
        "Diagnostic-Code: smtp; No such user\n\n"
        f"--x\nContent-Type: {kind}\n\nMessage-ID: {message_id}\n"
        f"To: Lukija <{to}>\nSubject: Hei\n\n--x--\n"
    ).encode()


@pytest.fixture
def box(tmp_path, settings):
    settings.BOUNCES_URL = f"maildir://{tmp_path}/box"
    return mailbox.Maildir(str(tmp_path / "box"))


def read():
    found = bounces.read_mailbox()
    return found.read, found.known, found.stopped


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_mailbox_that_is_gone_is_stopped_at_once_and_the_report_taken_out(box, reader, kind):
    box.add(report(sent(reader).message_id, kind=kind))

    assert read() == (1, 1, 1)

    trouble = MailTrouble.objects.get()
    assert (trouble.address, trouble.status, trouble.words) == (reader.email, GONE, "No such user")
    assert read() == (0, 0, 0)


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_late_report_of_a_former_address_leaves_the_new_one_alone(box, reader, kind):
    returned = report(sent(reader).message_id, kind=kind, to=reader.email)
    type(reader).objects.filter(pk=reader.pk).update(email="new@example.org")
    box.add(returned)

    assert read() == (1, 0, 0)
    assert not MailTrouble.objects.exists()


def test_mbox_is_read_too_by_the_command(tmp_path, settings, reader, capsys):
    settings.BOUNCES_URL = f"mbox://{tmp_path}/box"
    made = mailbox.mbox(str(tmp_path / "box"))
    made.add(report(sent(reader).message_id))
    made.close()

    call_command("read_bounces")

    assert "read 1, known 1, stopped 1" in capsys.readouterr().out
    left = mailbox.mbox(str(tmp_path / "box"))
    assert len(left) == 0
    left.close()


def test_full_mailbox_is_stopped_at_the_third_report_of_thirty_days(box, reader):
    message_id = sent(reader).message_id
    for count, stopped in ((1, False), (2, False), (3, True)):
        box.add(report(message_id, status=FULL))
        read()
        trouble = MailTrouble.objects.get()
        assert (trouble.count, trouble.is_stopped) == (count, stopped)


def test_old_reports_of_a_full_mailbox_do_not_count(box, reader):
    long_ago = timezone.now() - timedelta(days=31)
    MailTrouble.objects.create(
        address=reader.email, status=FULL, count=2, first_at=long_ago, last_at=long_ago
    )
    box.add(report(sent(reader).message_id, status="4.2.2"))

    read()

    assert MailTrouble.objects.values_list("count", "is_stopped").get() == (1, False)


def holiday():
    message = EmailMessage()
    message["Subject"] = "Hei"
    message.set_content("Olen lomalla.")
    return message.as_bytes()


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00\xff", holiday(), report("<forged@example.org>"), report("<x@y>") * 3_000],
    ids=["empty", "bytes", "holiday", "not ours", "huge"],
)
def test_what_is_no_report_of_ours_stops_nobody_and_is_taken_out(box, reader, raw):
    sent(reader)
    box.add(raw)

    assert read() == (1, 0, 0)
    assert not MailTrouble.objects.exists()
    assert len(box) == 0


@pytest.mark.parametrize("values", [{"action": "delayed"}, {"status": "2.0.0"}, {"status": "<b>"}])
def test_report_of_a_delay_or_a_success_stops_nobody(box, reader, values):
    box.add(report(sent(reader).message_id, **values))

    assert read() == (1, 0, 0)


def stopped(address, **values):
    return MailTrouble.objects.create(address=address, status=GONE, is_stopped=True, **values)


def test_to_a_stopped_address_only_what_somebody_waits_for_leaves(reader, postman, notice):
    stopped(reader.email)
    stopped("guest@example.org")
    sent(reader)
    outbox.post("test_notice", to=Guest("Guest@example.org", "G", "fi"), key="1")

    deliver_all(postman)

    assert django_mail.outbox == []
    assert set(OutboxMail.objects.values_list("state", flat=True)) == {MailState.DROPPED}
    assert OutboxMail.objects.get(recipient=reader).is_notice
    notice(urgent=True)
    sent(reader, "2")
    deliver_all(postman)
    assert len(django_mail.outbox) == 1


def test_reader_sees_it_and_lifts_it(client, reader, other_lead):
    stopped(reader.email, words="<b>gone</b>")
    other = stopped(other_lead.email)
    client.force_login(reader)
    shown = client.get(reverse("notifications:preferences")).content.decode()
    assert reader.email in shown
    assert "&lt;b&gt;gone&lt;/b&gt;" in shown
    assert reader.email in client.get(reverse("home:desk")).content.decode()

    answer = client.post(reverse("notifications:address_works"))

    assert answer.url == reverse("notifications:preferences")
    assert list(MailTrouble.objects.all()) == [other]
    assert "&lt;b&gt;gone" not in client.get(answer.url).content.decode()


def test_reader_hears_of_it_when_signing_in(client, db):
    person = factories.verified(factories.user("maija@example.org"))
    stopped(person.email)
    values = {"login": person.email, "password": "testi-salasana"}

    page = client.post(reverse("account_login"), values, follow=True)

    assert [one.level_tag for one in page.context["messages"]].count("warning") == 1


def test_coordinator_sees_those_of_their_people_and_lifts_them(client, home_cluster, office):
    firm = letter_writing.member("Yritys Oy", home_cluster)
    mine = stopped(letter_writing.person(firm, "mine@example.org").email)
    other = stopped("other@example.org")
    client.force_login(office)
    page = reverse("admin:notifications_mailtrouble_changelist")

    shown = client.get(page).content.decode()

    assert mine.address in shown
    assert other.address not in shown
    client.post(page, {"action": "lift", "_selected_action": [mine.pk, other.pk]})
    assert list(MailTrouble.objects.all()) == [other]


def test_today_page_counts_them(home_cluster, office, other_office):
    firm = letter_writing.member("Yritys Oy", home_cluster)
    stopped(letter_writing.person(firm, "mine@example.org").email)
    queue = next(one for one in parts(lambda one: one.queues) if one.key == "returned-mail")

    assert [queue.state(one).count for one in (office, other_office)] == [1, 0]


def test_person_gets_it_in_their_data_and_erasing_forgets_it(reader):
    stopped(reader.email, words="No such user")

    assert exports.trouble(reader)[0]["words"] == "No such user"
    erasure.forget(Person(reader.pk, str(reader), (reader.email.upper(),)))
    assert not MailTrouble.objects.exists()


def test_old_trouble_that_stopped_nothing_is_forgotten():
    long_ago = timezone.now() - timedelta(days=70)
    old = {"status": FULL, "first_at": long_ago, "last_at": long_ago}
    MailTrouble.objects.create(address="a@example.org", **old)
    kept = MailTrouble.objects.create(address="b@example.org", is_stopped=True, **old)

    assert bounces.forget_old() == 1
    assert list(MailTrouble.objects.all()) == [kept]


class FakeServer:
    """An IMAP server's answers, in the form that Python's client gives them."""

    def __init__(self, messages):
        self.messages = dict(enumerate(messages, start=1))
        self.deleted = set()
        self.calls = []

    def __call__(self, host, port, timeout):
        self.calls.append((host, port, timeout > 0))
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        pass

    def login(self, user, password):
        self.calls.append((user, password))

    def select(self, folder):
        self.calls.append(folder)
        return ("NO", [b"no such folder"]) if folder == '"missing"' else ("OK", [b"1"])

    def search(self, _charset, _wanted):
        return "OK", [" ".join(map(str, self.messages)).encode()]

    def fetch(self, number, _what):
        return "OK", [(b"1 (BODY[] {9}", self.messages[int(number)]), b")"]

    def store(self, number, _how, _flag):
        self.deleted.add(int(number))

    def expunge(self):
        for number in self.deleted:
            del self.messages[number]


def test_folder_of_a_server_is_read_and_emptied(settings, reader, monkeypatch):
    server = FakeServer([holiday(), report(sent(reader).message_id)])
    monkeypatch.setattr(imap.imaplib, "IMAP4_SSL", server)
    settings.BOUNCES_URL = "imaps://b%40x:p%2Fw@mail.example.org:1993/Returned"

    assert read() == (2, 1, 1)
    assert server.calls == [("mail.example.org", 1993, True), ("b@x", "p/w"), '"Returned"']
    assert server.messages == {}


def test_folder_that_is_not_there_is_told(settings, monkeypatch):
    monkeypatch.setattr(imap.imaplib, "IMAP4_SSL", FakeServer([]))
    settings.BOUNCES_URL = "imaps://b:p@mail.example.org/missing"

    with pytest.raises(OSError, match="cannot be opened"):
        bounces.read_mailbox()
