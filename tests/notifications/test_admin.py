import pytest
from django.urls import reverse

from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import MailState, OutboxMail

pytestmark = pytest.mark.usefixtures("notice")
LIST = "admin:notifications_outboxmail_changelist"


@pytest.fixture
def failed(reader):
    outbox.post("test_notice", to=reader, key="1")
    OutboxMail.objects.update(state=MailState.FAILED, last_error="550 unknown user", attempts=3)
    return OutboxMail.objects.get()


@pytest.fixture
def administrator(client, admin_user, settings):
    settings.DEMO = True  # the second factor is another test's matter
    client.force_login(admin_user)
    return client


def test_administrator_sees_the_queue_and_its_errors(administrator, failed):
    page = administrator.get(reverse(LIST)).content.decode()

    assert "aino@example.org" in page
    assert "550 unknown user" in page


def test_administrator_tries_failed_mail_again(administrator, failed):
    administrator.post(reverse(LIST), {"action": "try_again", "_selected_action": [failed.pk]})

    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == (MailState.QUEUED, 0)


def test_nobody_edits_adds_or_deletes_mail(administrator, failed):
    one = reverse("admin:notifications_outboxmail_change", args=[failed.pk])

    assert administrator.post(one, {"state": "sent"}).status_code == 403
    assert administrator.get(reverse("admin:notifications_outboxmail_add")).status_code == 403
    delete = reverse("admin:notifications_outboxmail_delete", args=[failed.pk])
    assert administrator.post(delete, {"post": "yes"}).status_code == 403


def test_mail_is_not_for_coordinators(client, office, failed, settings):
    settings.DEMO = True
    client.force_login(office)

    assert client.get(reverse(LIST)).status_code in {302, 403, 404}
