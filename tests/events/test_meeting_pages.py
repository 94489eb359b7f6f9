"""Who was there, what the page of a meeting offers when, what its minutes say of it."""

import datetime
import uuid

from django.urls import reverse
from django.utils import timezone

from events.models import Decision, Meeting, MeetingItem, Statement
from events.pages import meetings as page
from events.services import meetings as services
from tests import factories
from tests.events import body_factories as made
from tests.events.test_meetings import matter, reached


def test_chair_who_corrects_may_approve_without_reading_anew(client, planned, secretary, chair):
    """The answer to the saving bears the stamp; not where another changed something else."""
    meeting = reached(planned, "review", secretary)
    address = f"/events/meetings/matters/{matter(meeting).public_id}/minutes/"
    client.force_login(chair)
    told = {"minutes": "Täydennetty.", "version": "0", "seen": meeting.stamp}

    answer = client.post(address, told, headers={"HX-Request": "true"}).content.decode()

    fresh = Meeting.objects.get()
    assert f'value="{fresh.stamp}" hx-swap-oob' in answer
    services.note_presence(fresh, {}, by=secretary)
    again = client.post(
        address, told | {"minutes": "Lisää.", "version": "1", "seen": fresh.stamp},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert "hx-swap-oob" not in again.content.decode()
    assert matter(meeting).minutes == "Lisää."


def test_called_deputy_is_noted_as_present_when_the_meeting_begins(planned, group, secretary, mate):
    deputy = made.seat(group, factories.user("vara@example.org"), "deputy")
    meeting = reached(planned, "called", secretary)
    row = meeting.attendances.get(seat__user=mate)
    services.answer(row, "away", by=mate)
    services.call_deputy(row, deputy, by=secretary)

    services.move_meeting(meeting, "begin", by=secretary)

    row.refresh_from_db()
    assert row.presence == "there"


def test_deputy_of_one_meeting_counts_in_it_and_not_in_the_next(
    client, planned, group, secretary, mate
):
    deputy = made.seat(group, factories.user("vara@example.org"), "deputy")
    meeting = reached(planned, "called", secretary)
    row = meeting.attendances.get(seat__user=mate)
    services.call_deputy(row, deputy, by=secretary)
    later = made.meeting(group, secretary, starts_at=timezone.now() + datetime.timedelta(days=30),
                         ends_at=timezone.now() + datetime.timedelta(days=31))  # fmt: skip
    services.move_meeting(later, "call", by=secretary)

    assert page.values(meeting, secretary)["quorum"]["there"] == 1
    assert page.values(Meeting.objects.get(pk=later.pk), secretary)["quorum"]["there"] == 0
    client.force_login(deputy.user)
    assert client.get(meeting.get_absolute_url()).status_code == 200
    assert client.get(later.get_absolute_url()).status_code == 404


def test_print_names_who_was_there_who_not_and_for_whom(client, planned, group, secretary, mate):
    deputy = made.seat(group, factories.user("vara@example.org", last_name="Varanen"), "deputy")
    meeting = reached(planned, "called", secretary)
    services.call_deputy(meeting.attendances.get(seat__user=mate), deputy, by=secretary)
    services.answer(meeting.attendances.get(seat__user=secretary), "remote", by=secretary)
    services.move_meeting(meeting, "begin", by=secretary)
    client.force_login(secretary)

    shown = client.get(f"{meeting.get_absolute_url()}print/minutes/")

    assert [each["name"] for each in shown.context["away"]] == [str(group.seats.get(role="chair"))]
    words = " ".join(shown.content.decode().split())
    assert f"{deputy}, deputy of {group.seats.get(user=mate)}" in words
    assert "secretary (remotely)" in words


def test_quorum_and_joining_are_told_once_a_meeting_is_called(client, planned, secretary):
    Meeting.objects.update(remote_link="https://example.org/etana")
    client.force_login(secretary)
    before = client.get(planned.get_absolute_url())
    services.move_meeting(planned, "call", by=secretary)
    after = client.get(planned.get_absolute_url())

    assert before.context["quorum"] is None
    assert "example.org/etana" not in before.content.decode()
    assert after.context["quorum"]["needed"] == 2
    assert "example.org/etana" in after.content.decode()


def test_day_that_has_passed_is_refused_for_a_new_decision(client, planned, secretary, mate):
    meeting = reached(planned, "running", secretary)
    item = matter(meeting)
    MeetingItem.objects.filter(pk=item.pk).update(proposal="Hyväksytään\nsuunnitelma.")
    client.force_login(secretary)
    address = f"/events/meetings/matters/{item.public_id}/decide/"
    form = client.get(address).context["form"]
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    told = {
        "text": "Näin tehdään.", "owner": mate.pk, "visibility": "group", "due_on": yesterday,
        "form_key": uuid.uuid4(),
    }  # fmt: skip

    refused = client.post(address, told)

    assert form["text"].value() == "Hyväksytään suunnitelma."
    assert list(refused.context["form"].errors) == ["due_on"]
    assert not Decision.objects.exists()
    client.post(address, told | {"due_on": timezone.localdate()})
    assert Decision.objects.exists()


def test_late_decision_is_told_as_late_in_the_agenda_and_by_its_readers_words(
    planned, group, chair, secretary, mate
):
    meeting = reached(planned, "running", secretary)
    decision = made.decision(matter(meeting), secretary, owner=mate)
    opening = page.values(meeting, secretary)["items"][0]
    assert opening["decisions"][0]["read_by"] == "Only the body and who is responsible"
    services.move_meeting(meeting, "close", by=secretary)
    services.move_meeting(meeting, "approve", by=chair, seen=Meeting.objects.get().stamp)
    late = timezone.localdate() - datetime.timedelta(days=3)
    Decision.objects.filter(pk=decision.pk).update(due_on=late)
    later = made.meeting(group, secretary, starts_at=timezone.now() + datetime.timedelta(days=30),
                         ends_at=timezone.now() + datetime.timedelta(days=31))  # fmt: skip

    assert page.values(later, secretary)["followed"][0]["state_text"] == "Late by 3 days"


def test_number_of_thousands_of_digits_is_no_number(client, planned, secretary, mate):
    meeting, endless = reached(planned, "running", secretary), "9" * 5000
    row = meeting.attendances.get(seat__user=mate)
    one = Statement.objects.create(body=planned.body, title="Kannanotto", text="Teksti.")
    client.force_login(secretary)

    answers = [
        client.post(f"/events/meetings/matters/{matter(meeting).public_id}/minutes/",
                    {"minutes": "Teksti.", "version": endless}),
        client.post(reverse("events:attendance_deputy", args=[row.public_id]),
                    {"deputy": endless}),
        client.post(reverse("events:statement_sign", args=[one.public_id]),
                    {"organisation": endless}),
    ]  # fmt: skip

    assert [each.status_code for each in answers] == [422, 302, 302]
    assert matter(meeting).minutes == ""
