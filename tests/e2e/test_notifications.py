"""Notices, choices and the way out, as a reader meets them."""

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from cluster_portal.notifications import outbox, preferences
from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import Channel, OutboxMail
from cluster_portal.notifications.sending.delivery import deliver_due
from tests import factories


@pytest.fixture
def reader(db, home_cluster):
    person = factories.user("aino@example.org", first_name="Aino")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    for key in "123":
        outbox.post("coordinator_granted", to=person, key=key, about=home_cluster)
    deliver_due()
    return person


def signed_in(person, reader):
    """By a cookie: how one signs in is another journey."""
    client = Client()
    client.force_login(reader)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": person.base}
    person.page.context.add_cookies([cookie])
    return person


@pytest.mark.parametrize(("width", "dark"), [(320, False), (1280, True)])
def test_reader_opens_a_notice_and_marks_the_rest_as_read(visitor, reader, width, dark):
    person = signed_in(visitor(width=width, dark=dark), reader)
    person.opens("/me/notifications/")

    person.page.locator(".row__title a").first.click()
    person.page.wait_for_url("**/clusters/**")
    assert OutboxMail.objects.unread().count() == 2

    person.opens("/me/notifications/").presses("Merkitse kaikki luetuiksi")
    assert person.sees("Olet lukenut kaiken.")


def test_reader_chooses_what_she_gets(visitor, reader):
    person = signed_in(visitor(width=375), reader)
    person.opens("/me/notifications/preferences/")

    group = person.page.get_by_role("group", name="Tapahtumat")
    group.get_by_label("Koosteessa").check()
    person.presses("Tallenna")

    assert person.sees("Valintasi tallennettiin.")
    assert preferences.channels_of(reader)[KindGroup.EVENTS] == Channel.WEEKLY


def test_visitor_stops_messages_by_the_link_of_a_mail(visitor, reader):
    token = preferences.unsubscribe_token(reader, KindGroup.EVENTS)
    person = visitor(width=320).opens(f"/me/notifications/unsubscribe/{token}/")

    person.presses("Lopeta nämä viestit")

    assert person.sees("Viestit on lopetettu")
    person.opens("/me/notifications/unsubscribe/nothing/").sees("Linkki ei toimi")
