"""That a certificate is ready is told once to those who were there; its code is checked."""

import datetime

import pytest
from django.utils import timezone

from cluster_portal.notifications.kinds import NothingToSay
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter as letter_of
from events.models import Registration
from events.services import registrations as services
from events.services import rounds
from tests.events import factories as made

AN_HOUR = datetime.timedelta(hours=1)
LONG_AGO = timezone.now() - datetime.timedelta(days=61)


def over(home_cluster, hours=2, **values):
    """An event that ended so many hours ago."""
    ends = timezone.now() - AN_HOUR * hours
    values = {"gives_certificate": True, **values}
    return made.event(home_cluster, starts_at=ends - AN_HOUR * 3, ends_at=ends, **values)


def attended(event, user, **values):
    values = {"stage": "attended", "checked_in_at": event.ends_at, **values}
    return made.registration(event, user, **values)


def told():
    return OutboxMail.objects.filter(kind="event_certificate")


def test_who_was_there_is_told_once(home_cluster, outsider, member):
    event = over(home_cluster)
    attended(event, outsider)
    attended(event, None, email="vieras@example.org", name="Veikko Vieras")
    attended(event, member, stage="absent")

    for _round in range(3):
        rounds.tell_certificates()

    readers = {mail.recipient or mail.guest_address for mail in told()}
    assert (readers, told().count()) == ({outsider, "vieras@example.org"}, 2)


@pytest.mark.parametrize(
    ("event_values", "values"),
    [
        ({"hours": 0.5}, {}), ({"gives_certificate": False}, {}), ({"stage": "cancelled"}, {}),
        ({}, {"stage": "confirmed"}), ({}, {"checked_in_at": None}),
        ({}, {"checked_in_at": LONG_AGO}),
    ],
)  # fmt: skip
def test_nobody_is_told_of_what_is_not_given(home_cluster, outsider, event_values, values):
    attended(over(home_cluster, **event_values), outsider, **values)

    assert rounds.tell_certificates() == 0
    assert not told().exists()


def test_who_is_ticked_later_is_told_too(home_cluster, outsider, member, office):
    event = over(home_cluster, hours=24 * 100)
    attended(event, outsider)
    late = made.registration(event, member)
    rounds.tell_certificates()

    services.mark(late, "mark_attended", by=office)
    rounds.tell_certificates()

    assert told().get(recipient=member).about == late


def test_letter_leads_to_the_certificate_and_to_its_check(client, home_cluster, outsider):
    row = attended(over(home_cluster, title_fi="Varautumisen päivä"), outsider)
    rounds.tell_certificates()

    letter = letter_of(told().get())

    code = f"{row.certificate_code[:5]}-{row.certificate_code[5:]}"
    assert "Todistuksesi: Varautumisen päivä" in letter.subject
    assert code in letter.text
    link = next(word for word in letter.text.split() if "certificate.pdf" in word)
    path = "/" + link.strip("()<>").split("/", 3)[3]
    assert client.get(path)["Content-Type"] == "application/pdf"


def test_nothing_is_said_where_the_mark_was_taken_back(home_cluster, outsider):
    row = attended(over(home_cluster), outsider)
    rounds.tell_certificates()
    Registration.objects.filter(pk=row.pk).update(stage="confirmed")

    with pytest.raises(NothingToSay):
        letter_of(told().get())


@pytest.mark.parametrize("typed", ["", "  ", "???"])
def test_empty_code_is_answered_with_what_to_type(client, typed):
    answer = client.get("/certificates/", {"code": typed})

    assert answer.status_code == 422
    assert "Kirjoita todistuksessa oleva koodi." in answer.content.decode()


def test_page_asks_for_nothing_before_anything_is_typed(client):
    answer = client.get("/certificates/")

    assert answer.status_code == 200
    assert "Kirjoita todistuksessa oleva koodi." not in answer.content.decode()
