"""A database restored from a copy: nothing leaves before it is released, the erased stay erased."""

import fcntl
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail as django_mail
from django.core.management import CommandError, call_command
from django.db import connection

from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import MailState, OutboxMail
from cluster_portal.notifications.outbox import Guest
from cluster_portal.notifications.sending import restored
from cluster_portal.notifications.sending.delivery import deliver_due
from members.models import User
from members.services import tombstones
from members.services.erasure import FAREWELL, erase_account
from tests import factories
from tests.notifications.conftest import verified
from tests.theses import factories as theses_factories

pytestmark = pytest.mark.server


@pytest.fixture(autouse=True)
def state(settings, tmp_path):
    settings.STATE_ROOT = str(tmp_path / "state")
    return tmp_path / "state"


@pytest.fixture
def reader(db):
    return verified("aino@example.org")


@pytest.fixture
def topic(company, home_cluster, lead):
    return theses_factories.topic(company, home_cluster, contact=lead)


def post(reader, key):
    outbox.post("coordinator_granted", to=reader, key=key, about=factories.cluster())


def go_back_to(number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('notifications_letters', %s)", [number])


def test_new_portal_sends_and_remembers(reader, state):
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE notifications_letters RESTART")
    post(reader, "1")

    deliver_due()
    post(reader, "2")
    deliver_due()

    assert len(django_mail.outbox) == 2
    assert (state / restored.FILE).read_text() == "2"


@pytest.mark.parametrize("folder", ["of this machine", "of none"])
def test_restored_database_sends_nothing_until_released(reader, state, folder, client, capsys):
    post(reader, "1")
    go_back_to(7)
    if folder == "of this machine":
        state.mkdir()
        (state / restored.FILE).write_text("8")

    deliver_due()
    held = (len(django_mail.outbox), client.get("/readyz").json()["mail_is_held"])
    call_command("after_restore")
    deliver_due()
    told = capsys.readouterr().out

    assert held == (0, True)
    assert told == "1 letters wait.\nMail is held; --release lets it leave.\n"
    assert OutboxMail.objects.get().state == MailState.QUEUED

    call_command("after_restore", "--release")
    deliver_due()
    assert len(django_mail.outbox) == 1


def test_whoever_was_erased_since_the_copy_is_erased_again(
    reader, django_capture_on_commit_callbacks
):
    other = verified("other@example.org")
    kept = {"pk": reader.pk, "email": reader.email, "date_joined": reader.date_joined}
    with django_capture_on_commit_callbacks(execute=True):
        erase_account(reader, by=None)
    OutboxMail.objects.all().delete()
    User.objects.create(**kept)  # as the copy has it

    call_command("after_restore")

    assert list(User.objects.filter(is_active=True)) == [other]
    assert not OutboxMail.objects.exists()


def test_sessions_of_the_copy_are_over(client, member):
    client.force_login(member)

    call_command("after_restore")

    assert client.get("/me/").status_code == 302


def test_others_are_not_told_twice_of_an_erasure(topic, lead):
    """`topic`'s applicant was erased after the copy was made; its commissioner knows since."""
    student = verified("student@example.org")
    theses_factories.application(topic, student)
    tombstones.remember(student.pk, student.date_joined)

    call_command("after_restore", "--release")
    deliver_due()

    told = OutboxMail.objects.get(recipient=lead)
    assert not User.objects.filter(email=student.email).exists()
    assert (told.state, told.is_notice) == (MailState.DROPPED, True)
    assert django_mail.outbox == []


def test_farewell_of_another_erasure_still_leaves(reader):
    farewell = Guest("gone@example.org", "Gone", "fi")
    outbox.post(FAREWELL, to=farewell, key="1")

    call_command("after_restore")

    assert OutboxMail.objects.get().guest_address == farewell.email


def test_copy_from_before_the_first_letter_is_held_too(reader, state):
    """As `portal-backup restore` leaves the folder; the copy's letter may have left since."""
    state.mkdir()
    (state / restored.MARK).touch()
    post(reader, "1")
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE notifications_letters RESTART")

    deliver_due()
    restored.remember()
    held = (len(django_mail.outbox), restored.is_held())
    call_command("after_restore", "--release")
    deliver_due()

    assert held == (0, True)
    assert len(django_mail.outbox) == 1


def test_only_a_release_makes_the_folder_remember_less(db, state):
    go_back_to(7)
    state.mkdir()
    (state / restored.FILE).write_text("8")

    restored.remember()
    kept = (state / restored.FILE).read_text()
    restored.remember(release=True)

    assert (kept, (state / restored.FILE).read_text()) == ("8", "7")


def remember_and_close():
    restored.remember()
    connection.close()


def test_workers_remember_one_after_another(db, state):
    go_back_to(7)
    state.mkdir()
    with (state / "last-letter.lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        with ThreadPoolExecutor(1) as pool:
            other = pool.submit(remember_and_close)
            with pytest.raises(TimeoutError):
                other.result(timeout=0.3)
            fcntl.flock(turn, fcntl.LOCK_UN)
            other.result(timeout=10)

    assert (state / restored.FILE).read_text() == "7"


def test_later_account_with_the_number_of_an_erased_one_stays(reader, state):
    state.mkdir()
    (state / "erased-accounts").write_text(f"{reader.pk} 2020-01-01T00:00:00+00:00\n")

    call_command("after_restore")

    assert User.objects.get() == reader


def test_mail_stays_held_while_somebody_cannot_be_erased_again(db, state):
    only = factories.coordinator(factories.cluster())
    post(only, "1")
    go_back_to(7)
    state.mkdir()
    (state / "erased-accounts").write_text(f"{only.pk} {only.date_joined.isoformat()}\n")

    with pytest.raises(CommandError, match="Not erased again"):
        call_command("after_restore", "--release")

    assert restored.is_held()
