import pytest
from django.urls import reverse

from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import MailState, OutboxMail
from tests import factories

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


def test_coordinators_see_what_failed_of_their_clusters_only(
    client, office, other_office, failed, settings, home_cluster
):
    """Their own people's letters, and those about content of their clusters."""
    settings.DEMO = True
    shared = factories.membership(factories.organisation(), home_cluster)
    outbox.post("test_notice", to=factories.user("theirs@example.org"), key="2", about=shared)
    waiting = OutboxMail.objects.exclude(pk=failed.pk)
    seen = {}
    for state in (MailState.QUEUED, MailState.FAILED):
        waiting.update(state=state)
        for person in (office, other_office):
            client.force_login(person)
            page = client.get(reverse(LIST)).content.decode()
            seen[state, person] = ("theirs@" in page, "aino@" in page)

    assert seen == {
        (MailState.QUEUED, office): (False, False),
        (MailState.QUEUED, other_office): (False, False),
        (MailState.FAILED, office): (True, False),
        (MailState.FAILED, other_office): (False, False),
    }


def test_member_never_sees_the_queue(client, member, failed):
    client.force_login(member)

    assert client.get(reverse(LIST)).status_code in {302, 403}


def test_coordinator_tries_only_letters_in_scope_again(client, office, failed, settings):
    settings.DEMO = True
    client.force_login(office)

    client.post(reverse(LIST), {"action": "try_again", "_selected_action": [failed.pk]})

    failed.refresh_from_db()
    assert failed.state == MailState.FAILED
