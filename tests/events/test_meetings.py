"""A meeting from proposals to approved minutes, and who reads what of it."""

import contextlib
import datetime
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter, letter_of
from events.models import Attendance, Decision, Meeting, MeetingItem, PaperVersion
from events.pages import meetings as page
from events.services import body_links, decisions, minutes
from events.services import meetings as services
from tests import factories
from tests.events import body_factories as made
from tests.races import at_once, slowly

PDF = b"%PDF-1.7\ntrailer<<>>\n%%EOF\n"


def reached(meeting, stage, secretary):
    for action in {"called": ["call"], "running": ["call", "begin"],
                   "review": ["call", "begin", "close"]}[stage]:  # fmt: skip
        meeting = services.move_meeting(meeting, action, by=secretary)
    return Meeting.objects.select_related("body").get(pk=meeting.pk)


def approved(meeting, chair, secretary):
    meeting = reached(meeting, "review", secretary)
    services.move_meeting(meeting, "approve", by=chair, seen=meeting.stamp)
    return Meeting.objects.select_related("body").get(pk=meeting.pk)


def matter(meeting):
    return meeting.items.get(kind="opening")


def kinds():
    return set(OutboxMail.objects.values_list("kind", flat=True))


def one_sitting(client, group, chair, secretary, mate):
    """By the pages that each of them uses; the address of the meeting."""
    client.force_login(secretary)
    day = timezone.localtime() + datetime.timedelta(days=9)
    planned = client.post(
        f"/events/bodies/{group.slug}/meetings/add/",
        {"starts_at": f"{day:%Y-%m-%dT12:00}", "ends_at": f"{day:%Y-%m-%dT14:00}",
         "place": "Kuopio", "form_key": uuid.uuid4()},
    )  # fmt: skip
    meeting = Meeting.objects.get()
    client.force_login(mate)
    client.post(f"{planned.url}matters/add/", {"title": "Toinen edustaja"})
    proposal = MeetingItem.objects.get(state="proposed")
    client.force_login(secretary)
    client.post(f"/events/meetings/matters/{proposal.public_id}/answer/", {"state": "on"})
    client.post(f"{planned.url}call/")
    client.force_login(mate)
    own = Attendance.objects.get(seat__user=mate)
    client.post(f"/events/meetings/answers/{own.public_id}/", {"answer": "remote"})
    client.force_login(secretary)
    client.post(f"{planned.url}begin/")
    client.post(
        f"/events/meetings/matters/{proposal.public_id}/minutes/",
        {"minutes": "Keskusteltiin.", "version": "0"},
    )
    client.post(
        f"/events/meetings/matters/{proposal.public_id}/decide/",
        {"text": "Nimetään toinen edustaja.", "owner": mate.pk, "due_on": "2030-01-01",
         "visibility": "group", "form_key": uuid.uuid4()},
    )  # fmt: skip
    client.post(f"{planned.url}close/")
    client.force_login(chair)
    meeting.refresh_from_db()
    client.post(f"{planned.url}approve/", {"seen": meeting.stamp})
    return planned.url


def test_secretary_takes_a_meeting_from_proposals_to_approved_minutes(
    client, group, chair, secretary, mate
):
    address = one_sitting(client, group, chair, secretary, mate)

    meeting = Meeting.objects.get()
    assert (meeting.stage, meeting.approver) == ("approved", chair)
    assert [item.number for item in meeting.items.on()] == [1, 2, 3, 4]
    assert meeting.items.on().last().kind == "closing"
    assert Attendance.objects.get(seat__user=mate).presence == "remote"
    assert Decision.objects.get().stage == "open"
    assert kinds() >= {"matter_proposed", "matter_answered", "meeting_called", "decision_given",
                       "minutes_to_approve", "minutes_approved"}  # fmt: skip
    printed = client.get(f"{address}print/minutes/").content.decode()
    assert "3 § Toinen edustaja" in printed
    assert "Keskusteltiin." in printed


@pytest.mark.parametrize("papers_by", ["body", "members", "public"])
@pytest.mark.parametrize("stage", ["planned", "approved"])
def test_meeting_is_read_by_the_level_of_the_bodys_papers(
    home_cluster, member, outsider, papers_by, stage
):
    group = made.body(home_cluster, visibility="public", papers_by=papers_by)
    seated = made.seat(group, factories.user()).user
    made.meeting(group, seated, stage=stage)
    readers = {"visitor": AnonymousUser(), "outsider": outsider, "member": member, "seat": seated}

    found = {name for name, one in readers.items() if Meeting.objects.visible_to(one).exists()}

    open_to = {"body": set(), "members": {"member"}, "public": {"visitor", "outsider", "member"}}
    assert found == {"seat"} | (open_to[papers_by] if stage == "approved" else set())


def test_ended_term_closes_the_papers_at_the_next_request(client, planned, secretary, mate):
    client.force_login(secretary)
    sent = {"title": "Liite", "read_by": "body", "form_key": uuid.uuid4(),
            "file": SimpleUploadedFile("liite.pdf", PDF)}  # fmt: skip
    client.post(f"{planned.get_absolute_url()}papers/add/", sent)
    address = PaperVersion.objects.get().get_absolute_url()
    client.force_login(mate)
    assert client.get(address).status_code == 200

    seat = planned.body.seats.get(user=mate)
    seat.until = timezone.localdate() - datetime.timedelta(days=1)
    seat.save()

    assert client.get(address).status_code == 404
    assert client.get(planned.get_absolute_url()).status_code == 404


def test_deputy_reads_the_one_meeting_that_they_are_called_to(planned, group, secretary, mate):
    deputy = made.seat(group, factories.user(), "deputy")
    other = made.meeting(group, secretary)
    meeting = reached(planned, "called", secretary)
    row = meeting.attendances.get(seat__user=mate)
    assert not Meeting.objects.visible_to(deputy.user).exists()

    services.call_deputy(row, deputy, by=secretary)
    assert list(Meeting.objects.visible_to(deputy.user)) == [meeting]
    mail = letter(OutboxMail.objects.get(kind="meeting_called", recipient=deputy.user))
    assert str(mate) in mail.text
    services.call_deputy(row, None, by=secretary)

    assert not Meeting.objects.visible_to(deputy.user).exists()
    assert other.number == 2


def test_invitation_bears_a_calendar_entry_that_asks_for_an_answer(planned, secretary, mate):
    reached(planned, "called", secretary)

    sent = letter_of(OutboxMail.objects.get(kind="meeting_called", recipient=mate))

    (entry,) = [
        part for part in sent.message().walk() if part.get_content_type() == "text/calendar"
    ]
    text = entry.get_payload(decode=True).decode().replace("\r\n", "\n").replace("\n ", "")
    assert entry.get_param("method") == "REQUEST"
    assert "METHOD:REQUEST" in text
    assert "mailto:jasen@example.org" in text
    assert "mailto:pj@example.org" not in text


def test_move_and_cancel_go_to_calendars_too(planned, secretary, mate):
    meeting = reached(planned, "called", secretary)
    values = {name: getattr(meeting, name) for name in ("ends_at", "place", "remote_link")}
    starts = meeting.starts_at - datetime.timedelta(hours=1)
    services.edit_meeting(
        meeting, {**values, "starts_at": starts}, by=secretary, seen=meeting.stamp
    )
    services.move_meeting(meeting, "cancel", by=secretary, reason="Myrsky.")

    assert {"meeting_moved", "meeting_cancelled"} <= kinds()
    sent = letter_of(OutboxMail.objects.get(kind="meeting_cancelled", recipient=mate))
    assert "method=CANCEL" in str(sent.message()).replace('"', "")
    meeting.refresh_from_db()
    assert meeting.ics_sequence == 2


def test_answer_by_link_needs_no_account_and_get_changes_nothing(client, group, secretary, chair):
    seat = made.seat(group, name="Väinö", email="vaino@example.org")
    meeting = reached(made.meeting(group, secretary), "called", secretary)
    row = meeting.attendances.get(seat=seat)
    link = body_links.answer_link(row).partition("://")[2].partition("/")[2]

    assert client.get(f"/{link}").status_code == 200
    row.refresh_from_db()
    assert row.answer == "none"
    assert client.post(f"/{link}", {"answer": "comes"}).status_code == 302
    row.refresh_from_db()
    assert row.answer == "comes"

    seat.email = "toinen@example.org"
    seat.save()
    assert client.get(f"/{link}").status_code == 404
    assert client.get("/events/meetings/link/vale/").status_code == 404


def test_two_writers_do_not_overwrite_each_other(client, planned, secretary, chair):
    meeting = reached(planned, "running", secretary)
    address = f"/events/meetings/matters/{matter(meeting).public_id}/minutes/"
    minutes.save_minutes(matter(meeting), "Puheenjohtajan teksti.", version=0, by=chair)
    client.force_login(secretary)

    told = client.post(
        address, {"minutes": "Sihteerin teksti.", "version": "0"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "Puheenjohtajan teksti." in told
    assert 'name="version" value="0"' in told
    assert matter(meeting).minutes == "Puheenjohtajan teksti."
    plain = client.post(address, {"minutes": "Sihteerin teksti.", "version": "0"})
    assert plain.status_code == 422
    assert "Sihteerin teksti." in plain.content.decode()
    client.post(address, {"minutes": "Molempien teksti.", "version": ["0", "1"]})

    assert (matter(meeting).minutes, matter(meeting).version) == ("Molempien teksti.", 2)


def test_minutes_approved_meanwhile_refuse_the_writer_kindly(client, planned, secretary, chair):
    meeting = approved(planned, chair, secretary)
    client.force_login(secretary)

    told = client.post(
        f"/events/meetings/matters/{matter(meeting).public_id}/minutes/",
        {"minutes": "Myöhässä.", "version": "0"},
        headers={"HX-Request": "true"},
    ).content.decode()

    assert "Pöytäkirja hyväksyttiin sillä välin" in told
    assert matter(meeting).minutes == ""
    client.post(
        f"/events/meetings/matters/{matter(meeting).public_id}/correct/",
        {"text": "Läsnä oli yksi enemmän.", "form_key": uuid.uuid4()},
    )
    shown = client.get(meeting.get_absolute_url()).content.decode()
    assert "Korjaus" in shown
    assert "Läsnä oli yksi enemmän." in shown


def test_chair_approves_only_what_was_read(planned, secretary, chair):
    meeting = reached(planned, "review", secretary)
    read = meeting.stamp
    minutes.save_minutes(matter(meeting), "Uutta.", version=0, by=secretary)

    with pytest.raises(Refused):
        services.move_meeting(meeting, "approve", by=chair, seen=read)
    with pytest.raises(Refused):
        services.move_meeting(meeting, "approve", by=secretary, seen=read)


def write_while_approving(planned, secretary, chair, monkeypatch):
    """The chair approves; the secretary's autosave meets it. What the approved minutes then say."""
    meeting = reached(planned, "review", secretary)
    step = slowly(monkeypatch, services, "confirm_decisions")
    item = matter(meeting)

    def write():
        with contextlib.suppress(Refused):
            minutes.save_minutes(item, "Jälkikäteen.", version=0, by=secretary)

    def approve():
        services.move_meeting(meeting, "approve", by=chair, seen=meeting.stamp)

    at_once(approve, write, step=step)
    meeting.refresh_from_db()
    return meeting.stage, matter(meeting).minutes


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_into_minutes_that_are_being_approved(
    planned, secretary, chair, monkeypatch
):
    assert write_while_approving(planned, secretary, chair, monkeypatch) == ("approved", "")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_it_would_be(planned, secretary, chair, monkeypatch):
    def unlocked(meeting, by):
        return Meeting.objects.select_related("body").get(pk=meeting.pk)

    monkeypatch.setattr(minutes, "lock_to_edit", unlocked)

    assert write_while_approving(planned, secretary, chair, monkeypatch)[1] == "Jälkikäteen."


def test_open_decisions_stand_in_the_next_agenda_by_themselves(
    client, planned, secretary, chair, mate
):
    meeting = reached(planned, "running", secretary)
    made.decision(matter(meeting), secretary, owner=mate, text="Kysely lähetetään.")
    services.move_meeting(meeting, "close", by=secretary)
    meeting.refresh_from_db()
    services.move_meeting(meeting, "approve", by=chair, seen=meeting.stamp)
    Meeting.objects.update(starts_at=timezone.now() - datetime.timedelta(days=1))

    later = made.meeting(planned.body, secretary)
    client.force_login(mate)

    assert [each["decision"].text for each in page.values(later, mate)["followed"]] == [
        "Kysely lähetetään."
    ]
    assert "Kysely lähetetään." in client.get(later.get_absolute_url()).content.decode()
    done = approved(later, chair, secretary)
    assert "Kysely lähetetään" in done.items.get(kind="follow_up").snapshot


@pytest.mark.parametrize(
    ("quorum", "there", "met"), [(None, 1, False), (None, 2, True), (1, 1, True), (3, 2, False)]
)
def test_quorum_is_said(planned, chair, quorum, there, met):
    group = planned.body
    secretary = group.seats.get(role="secretary").user
    made.seat(group, factories.user(), "member")
    group.quorum = quorum
    group.save()
    meeting = reached(planned, "called", secretary)
    voting = [row for row in meeting.attendances.all() if row.seat.is_voting]
    for row in voting[:there]:
        services.answer(row, "comes", by=None)

    assert len(voting) == 3
    assert page.values(Meeting.objects.get(pk=meeting.pk), chair)["quorum"]["is_met"] == met


def test_unapproved_minutes_and_proposals_are_not_read_from_outside(client, home_cluster, member):
    group = made.body(home_cluster, visibility="public", papers_by="public")
    secretary = made.seat(group, factories.user(), "secretary").user
    meeting = reached(made.meeting(group, secretary), "running", secretary)
    minutes.save_minutes(matter(meeting), "Keskeneräistä.", version=0, by=secretary)
    made.decision(matter(meeting), secretary, owner=secretary, visibility="public")

    shown = client.get(meeting.get_absolute_url()).content.decode()

    assert "Keskeneräistä." not in shown
    assert not Decision.objects.visible_to(member).exists()
    assert client.get(f"{meeting.get_absolute_url()}print/minutes/").status_code == 404


def test_follow_up_words_are_kept_whole(planned, secretary):
    assert decisions.follow_up_words(planned) == ""
