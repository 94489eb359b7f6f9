"""Two people have the same form open: whoever saves second is shown what the first has saved."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import AgendaItem, EventQuestion, Statement
from events.models.questions import OF_QUESTION
from projects.services.entries import stamp_of_fields
from tests import factories
from tests.events import body_factories as made
from tests.events import factories as events


def of_item(group, by):
    item = made.meeting(group, by).items.get(kind="opening")
    told = {"title": "Avaus ja läsnäolijat", "background": "Tausta."}
    return item, reverse("events:item_edit", args=[item.public_id]), told, "title"


def of_decision(group, by):
    meeting = made.meeting(group, by, stage="running")
    item = made.decision(meeting.items.get(kind="opening"), by, owner_name="Eeva",
                         owner_email="eeva@example.org")  # fmt: skip
    told = {"text": item.text, "owner_name": "Eeva", "owner_email": "eeva@example.org",
            "visibility": "group", "due_on": item.due_on}  # fmt: skip
    return item, reverse("events:decision_edit", args=[item.public_id]), told, "text"


def of_statement(group, _by):
    one = Statement.objects.create(body=group, title="Kannanotto", text="Teksti.")
    told = {"title": one.title, "text": one.text, "form_key": uuid.uuid4()}
    return one, reverse("events:statement_edit", args=[one.public_id]), told, "title"


def of_seat(group, _by):
    seat = made.seat(group, factories.user())
    told = {"role": "member", "since": seat.since}
    return seat, reverse("events:seat_edit", args=[seat.public_id]), told, "role"


def of_programme(group, _by):
    event = events.event(group.home_cluster)
    item = AgendaItem.objects.create(event=event, title="Avaus", starts_at=event.starts_at)
    at = timezone.localtime(event.starts_at + (event.ends_at - event.starts_at) / 2)
    told = {"title": "Avaus", "starts_at": f"{at:%Y-%m-%dT%H:%M}"}
    return item, reverse("events:programme_item", args=[event.slug, item.pk]), told, "title"


def of_question(group, _by):
    event = events.event(group.home_cluster)
    one = EventQuestion.objects.create(event=event, text_fi="Mitä odotat?")
    told = {"text_fi": one.text_fi, "kind": "text", "position": 1}
    return one, reverse("events:question", args=[event.slug, one.pk]), told, "text_fi"


VALUES = {"role": ("expert", "secretary")}


def seen_on(page):
    return re.search(r'name="seen" value="([^"]+)"', page.content.decode())[1]


@pytest.mark.parametrize(
    "case", [of_item, of_decision, of_statement, of_seat, of_programme, of_question]
)
def test_second_who_saves_is_shown_what_the_first_has_saved(client, office, group, case):
    row, address, told, field = case(group, office)
    first, second = VALUES.get(field, ("Ensimmäisen sanat", "Toisen sanat"))
    client.force_login(office)
    seen = seen_on(client.get(address))

    assert client.post(address, {**told, field: first, "seen": seen}).status_code == 302
    late = client.post(address, {**told, field: second, "seen": seen})

    row.refresh_from_db()
    assert late.status_code == 422
    assert getattr(row, field) == first
    again = client.post(address, {**told, field: second, "seen": seen_on(late)})
    row.refresh_from_db()
    assert (again.status_code, getattr(row, field)) == (302, second)


def test_minutes_written_meanwhile_do_not_refuse_the_form_of_the_matter(client, office, group):
    item, address, told, _field = of_item(group, office)
    client.force_login(office)
    seen = seen_on(client.get(address))
    type(item).objects.filter(pk=item.pk).update(minutes="Kirjattiin.", version=1, number=9)

    assert client.post(address, {**told, "seen": seen}).status_code == 302


def test_stamp_tells_every_field_of_a_question(group, office):
    row = of_question(group, office)[0]
    stamps = {stamp_of_fields(row, OF_QUESTION)}
    for name in OF_QUESTION:
        setattr(row, name, 7 if name in {"steps", "position"} else f"{name} toisin")
        stamps.add(stamp_of_fields(row, OF_QUESTION))

    assert len(stamps) == 1 + len(OF_QUESTION)
