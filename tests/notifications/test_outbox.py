import pytest
from django.db import IntegrityError, transaction

from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import MailState, OutboxMail
from cluster_portal.notifications.outbox import Guest
from tests import factories

pytestmark = [pytest.mark.usefixtures("notice"), pytest.mark.server]


def test_post_queues_one_row_with_a_message_id(reader):
    outbox.post("test_notice", to=reader, key="1", values={"name": "Forum", "places": 3})

    mail = OutboxMail.objects.get()
    assert mail.state == MailState.QUEUED
    assert mail.values == {"name": "Forum", "places": 3}
    assert mail.message_id.endswith("@localhost>")


def test_post_of_the_same_key_changes_nothing(reader):
    outbox.post("test_notice", to=reader, key="1", values={"name": "first"})
    outbox.post("test_notice", to=reader, key="1", values={"name": "second"})

    assert OutboxMail.objects.get().values == {"name": "first"}


def test_post_of_the_same_key_reaches_each_reader(reader, outsider):
    outbox.post_to_all("test_notice", to=[reader, outsider, reader], key="1")

    assert OutboxMail.objects.count() == 2


def test_post_to_a_guest_is_unique_by_address_whatever_its_case(db):
    outbox.post("test_notice", to=Guest("Guest@example.org", "Guest", "sv"), key="1")
    outbox.post("test_notice", to=Guest("guest@example.org", "Guest", "sv"), key="1")

    mail = OutboxMail.objects.get()
    assert (mail.address, mail.language, mail.is_notice) == ("Guest@example.org", "sv", False)


def test_post_that_is_rolled_back_leaves_nothing(reader):
    with transaction.atomic():
        outbox.post("test_notice", to=reader, key="1")
        transaction.set_rollback(True)

    assert not OutboxMail.objects.exists()


def test_post_of_an_unknown_kind_is_a_programming_error(reader):
    with pytest.raises(KeyError):
        outbox.post("no_such_kind", to=reader, key="1")


def test_post_about_something_without_visibility_is_a_programming_error(reader):
    with pytest.raises(TypeError):
        outbox.post("test_notice", to=reader, key="1", about=reader.logentry_set.model(pk=1))


def test_post_drops_what_json_cannot_hold(reader):
    outbox.post("test_notice", to=reader, key="1", values={"name": "a\x00b\ud800c"})

    assert OutboxMail.objects.get().values == {"name": "abc"}


def test_secrets_are_not_readable_in_the_row(reader):
    outbox.post("test_notice", to=reader, key="1", secrets={"code": "123456"})

    mail = OutboxMail.objects.get()
    assert mail.secrets
    assert "123456" not in mail.secrets


@pytest.mark.parametrize(
    "broken",
    [
        {"guest_address": ""},
        {"guest_language": "de"},
        {"is_notice": True},
        {"state": "lost"},
        {"state": "sent"},
        {"state": "failed", "secrets": "code"},
        {"about_id": 1},
    ],
)
def test_database_refuses_impossible_rows(db, broken):
    sound = {"guest_address": "a@example.org", "guest_language": "fi", "is_notice": False}

    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMail.objects.create(kind="test_notice", key="1", **{**sound, **broken})


def test_wake_comes_once_per_commit(reader, monkeypatch, django_capture_on_commit_callbacks):
    calls = []
    monkeypatch.setattr(outbox, "wake_hooks", [lambda: calls.append(1)])

    with django_capture_on_commit_callbacks(execute=True):
        for number in range(3):
            outbox.post("test_notice", to=reader, key=str(number))

    assert calls == [1]


def test_post_to_all_uses_the_same_statements_for_any_number(reader, django_assert_num_queries):
    crowd = [factories.user() for _ in range(30)]
    outbox.post("test_notice", to=reader, key="warm")

    with django_assert_num_queries(1):
        outbox.post_to_all("test_notice", to=crowd[:1], key="1")
    with django_assert_num_queries(1):
        outbox.post_to_all("test_notice", to=crowd, key="2")


@pytest.mark.parametrize("count", [1, 4])
def test_who_is_told_is_named_without_a_statement_for_each(
    count, reader, django_assert_num_queries
):
    readers = [reader, *(factories.user() for _each in range(count - 1))]
    outbox.post_to_all("test_notice", to=readers, key="before")

    with outbox.listening() as names, django_assert_num_queries(2):
        outbox.post_to_all("test_notice", to=readers, key="1")

    assert names == [str(each) for each in readers]
