import smtplib
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from cluster_portal.core.visibility import Visibility
from cluster_portal.notifications import inbox, kinds, outbox, preferences
from cluster_portal.notifications.kinds import KindGroup, NothingToSay
from cluster_portal.notifications.models import Channel, MailState, OutboxMail
from cluster_portal.notifications.models.mail import SPENT
from cluster_portal.notifications.outbox import Guest
from cluster_portal.notifications.sending.delivery import (
    MAX_FAULTS,
    MAX_REFUSALS,
    deliver_due,
    deliver_one,
)
from cluster_portal.notifications.sending.smtp import LostAnswer
from tests import factories
from tests.notifications.conftest import deliver_all

pytestmark = [pytest.mark.usefixtures("notice"), pytest.mark.server]


def post(to, key="1", **more):
    outbox.post("test_notice", to=to, key=key, **more)
    return OutboxMail.objects.latest("pk")


def failing(error):
    """A mail server that answers every letter with this error."""

    def send_messages(self, messages):
        raise error

    return send_messages


def test_delivery_sends_to_one_reader_with_the_rows_message_id(reader, postman):
    row = post(reader, values={"name": "Forum"})

    assert deliver_one(postman)

    sent = django_mail.outbox[0]
    row.refresh_from_db()
    assert (sent.to, sent.cc, sent.bcc) == (["aino@example.org"], [], [])
    assert sent.extra_headers["Message-ID"] == row.message_id
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert row.state == MailState.SENT
    assert not deliver_one(postman)


def test_delivery_speaks_the_readers_language(postman, reader):
    reader.language = "sv"
    reader.save()
    post(reader)
    post(Guest("guest@example.org", "Guest", "fi"))

    deliver_all(postman)

    assert "Med vänlig hälsning" in django_mail.outbox[0].body
    assert "Ystävällisin terveisin" in django_mail.outbox[1].body


def test_delivery_greets_guests_and_gives_them_no_unsubscribe_link(db, postman):
    post(Guest("guest@example.org", "Greta", "en"))

    deliver_all(postman)

    assert django_mail.outbox[0].body.startswith("Hello Greta,")
    assert "List-Unsubscribe" not in django_mail.outbox[0].extra_headers


def test_delivery_offers_one_click_unsubscribe(reader, postman):
    post(reader)

    deliver_all(postman)

    headers = django_mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe"].startswith(
        "<http://localhost:8000/en/me/notifications/unsub"
    )
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "aino" not in headers["List-Unsubscribe"]


def test_delivery_of_what_cannot_be_switched_off_has_no_unsubscribe_link(reader, postman, notice):
    notice(can_unsubscribe=False)
    post(reader)

    deliver_all(postman)

    assert "List-Unsubscribe" not in django_mail.outbox[0].extra_headers


def test_codes_are_sent_and_blanked(reader, postman):
    row = post(reader, secrets={"code": "123456"})

    deliver_all(postman)

    row.refresh_from_db()
    assert "Code: 123456" in django_mail.outbox[0].body
    assert row.secrets == SPENT


def test_urgent_mail_leaves_before_bulk(reader, postman, notice):
    for name, changes in (
        ("digest", {"group": KindGroup.DIGEST}),
        ("notice", {}),
        ("urgent", {"urgent": True}),
    ):
        notice(**changes)
        post(reader, key=name, values={"name": name})

    deliver_all(postman)

    subjects = [sent.subject for sent in django_mail.outbox]
    assert subjects == ["Notice: urgent", "Notice: notice", "Notice: digest"]


def test_urgent_worker_and_the_other_leave_each_others_letters(reader, notice):
    post(reader, key="notice", values={"name": "notice"})
    notice(urgent=True)
    post(reader, key="urgent", values={"name": "urgent"})

    deliver_due(urgent=True)
    first = [sent.subject for sent in django_mail.outbox]
    deliver_due(urgent=False)

    assert first == ["Notice: urgent"]
    assert [sent.subject for sent in django_mail.outbox] == ["Notice: urgent", "Notice: notice"]


def test_lost_answer_is_tried_again_once_after_an_hour(reader, postman, monkeypatch):
    """The server may have taken the letter: a copy at most, with the same Message-ID."""
    row = post(reader)
    asked = []

    def lose(self, messages):
        asked.append(messages[0].extra_headers["Message-ID"])
        raise LostAnswer("timed out")

    monkeypatch.setattr(EmailBackend, "send_messages", lose)
    deliver_all(postman)
    row.refresh_from_db()
    wait = row.due_at - timezone.now()
    first = (row.state, row.is_unanswered)
    for _ in range(3):
        OutboxMail.objects.update(due_at=timezone.now())
        deliver_all(postman)

    row.refresh_from_db()
    assert first == (MailState.QUEUED, True)
    assert timedelta(minutes=59) < wait <= timedelta(hours=1)
    assert asked == [row.message_id] * 2
    assert row.state == MailState.FAILED


def test_no_mail_to_a_closed_account(reader, postman):
    row = post(reader)
    reader.is_active = False
    reader.save()

    deliver_all(postman)

    row.refresh_from_db()
    assert (row.state, django_mail.outbox) == (MailState.DROPPED, [])


def test_no_mail_and_no_notice_about_what_was_hidden_meanwhile(reader, postman):
    organisation = factories.organisation("Salainen Oy")
    row = post(reader, about=organisation)
    organisation.visibility = Visibility.PRIVATE
    organisation.save()

    deliver_all(postman)

    row.refresh_from_db()
    assert (row.state, row.is_notice, django_mail.outbox) == (MailState.DROPPED, False, [])


def test_no_mail_about_what_is_gone(reader, postman):
    organisation = factories.organisation("Entinen Oy")
    row = post(reader, about=organisation)
    organisation.delete()

    deliver_all(postman)

    row.refresh_from_db()
    assert (row.state, django_mail.outbox) == (MailState.DROPPED, [])


def test_unsubscribed_between_queueing_and_sending(reader, postman):
    row = post(reader)
    preferences.unsubscribe(reader, KindGroup.EVENTS)

    deliver_all(postman)

    row.refresh_from_db()
    assert (row.state, django_mail.outbox) == (MailState.DROPPED, [])
    assert inbox.unread_count(reader) == 1


def test_switching_off_does_not_reach_what_must_be_told(reader, postman, notice):
    notice(can_unsubscribe=False)
    preferences.unsubscribe(reader, KindGroup.EVENTS)
    post(reader)

    deliver_all(postman)

    assert len(django_mail.outbox) == 1


def test_weekly_readers_row_is_left_for_the_digest(reader, postman):
    preferences.set_channels(reader, {KindGroup.EVENTS: Channel.WEEKLY})
    row = post(reader)

    deliver_all(postman)

    row.refresh_from_db()
    assert (row.state, django_mail.outbox) == (MailState.WEEKLY, [])


def test_message_older_than_its_use_is_dropped(reader, postman, notice):
    notice(lifetime=timedelta(minutes=15))
    row = post(reader)
    OutboxMail.objects.update(created_at=timezone.now() - timedelta(minutes=16))

    deliver_all(postman)

    row.refresh_from_db()
    assert (row.state, django_mail.outbox) == (MailState.DROPPED, [])


def test_message_that_lost_its_point_is_dropped(reader, postman, notice):
    def nothing(mail):
        raise NothingToSay

    notice(context=nothing)
    row = post(reader)

    deliver_all(postman)

    row.refresh_from_db()
    assert row.state == MailState.DROPPED


def test_poison_row_does_not_stop_the_others_and_is_quarantined(reader, postman, monkeypatch):
    poison = kinds.Kind("no_templates", label="x", group=KindGroup.EVENTS)
    monkeypatch.setitem(kinds._kinds, poison.name, poison)
    outbox.post("no_templates", to=reader, key="1")
    post(reader)

    for _ in range(MAX_FAULTS + 2):
        OutboxMail.objects.update(due_at=timezone.now())
        deliver_all(postman)

    bad = OutboxMail.objects.get(kind="no_templates")
    assert len(django_mail.outbox) == 1
    assert (bad.state, bad.attempts) == (MailState.FAILED, MAX_FAULTS)
    assert "TemplateDoesNotExist" in bad.last_error


def test_row_of_a_newer_release_waits(reader, postman):
    row = post(reader)
    OutboxMail.objects.update(version=2)

    deliver_all(postman)

    row.refresh_from_db()
    assert (row.state, django_mail.outbox) == (MailState.QUEUED, [])
    assert row.due_at > timezone.now()


def test_broken_statement_in_a_context_spoils_only_its_row(reader, postman, notice):
    def broken(mail):
        return {"rows": list(OutboxMail.objects.extra(where=["no_such_column"]))}

    notice(context=broken)
    row = post(reader)

    deliver_all(postman)

    row.refresh_from_db()
    assert (row.state, row.attempts) == (MailState.QUEUED, 1)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"aino@example.org": (451, b"later")}),
        smtplib.SMTPSenderRefused(550, b"who are you", "portal@example.org"),
        smtplib.SMTPDataError(421, b"busy"),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPNotSupportedError("STARTTLS"),
        TimeoutError("timed out"),
    ],
)
def test_temporary_refusal_backs_off_and_is_delivered_later(reader, postman, monkeypatch, error):
    row = post(reader)
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", failing(error))
        deliver_all(postman)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (MailState.QUEUED, 1)
    assert row.due_at > timezone.now()

    OutboxMail.objects.update(due_at=timezone.now())
    deliver_all(postman)

    assert len(django_mail.outbox) == 1


def test_refusals_are_not_repeated_for_ever(reader, postman, monkeypatch):
    row = post(reader)
    monkeypatch.setattr(EmailBackend, "send_messages", failing(smtplib.SMTPDataError(451, b"no")))

    for _ in range(MAX_REFUSALS + 1):
        OutboxMail.objects.update(due_at=timezone.now())
        deliver_all(postman)

    row.refresh_from_db()
    assert (row.state, row.attempts) == (MailState.FAILED, MAX_REFUSALS)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"aino@example.org": (550, b"unknown user")}),
        smtplib.SMTPDataError(554, b"not here"),
    ],
)
def test_permanent_refusal_fails_at_once(reader, postman, monkeypatch, error):
    row = post(reader, secrets={"code": "1"})
    monkeypatch.setattr(EmailBackend, "send_messages", failing(error))

    deliver_all(postman)

    row.refresh_from_db()
    assert (row.state, row.attempts, row.secrets) == (MailState.FAILED, 1, SPENT)


def test_unreachable_server_ends_the_round_and_blames_nobody(reader, monkeypatch):
    def refuse(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "open", refuse)
    for key in "123":
        post(reader, key=key)

    assert deliver_due() is False

    assert OutboxMail.objects.filter(last_error="").count() == 2
    assert not OutboxMail.objects.filter(attempts__gt=0).exists()


def test_failed_mail_is_tried_again_unless_its_code_was_blanked(reader, postman, monkeypatch):
    post(reader, key="1")
    post(reader, key="2", secrets={"code": "1"})
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", failing(smtplib.SMTPDataError(554, b"no")))
        deliver_all(postman)

    count = OutboxMail.objects.try_again(timezone.now())
    deliver_all(postman)

    assert (count, len(django_mail.outbox)) == (1, 1)


def test_deliver_due_says_that_work_is_left(reader):
    for key in "123":
        post(reader, key=key)

    assert deliver_due(seconds=0) is True
    assert deliver_due() is False
    assert len(django_mail.outbox) == 3
