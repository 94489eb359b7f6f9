"""Papers of a meeting around its approval, for guests, and a meeting that goes on, on desks."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from events.models import Meeting, MeetingPaper
from events.pages import meetings as page
from events.services import body_links
from events.services import meetings as services
from tests.events import body_factories as made

PDF = b"%PDF-1.7\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def meeting(group, chair):
    return made.meeting(group, chair)


def moved(meeting, chair, *actions):
    for action in actions:
        meeting.refresh_from_db()
        services.move_meeting(meeting, action, by=chair, seen=meeting.stamp)
    return Meeting.objects.select_related("body").get(pk=meeting.pk)


def adds(client, meeting, title):
    sent = {"title": title, "read_by": "body", "form_key": uuid.uuid4(),
            "file": SimpleUploadedFile("liite.pdf", PDF)}  # fmt: skip
    return client.post(f"{meeting.get_absolute_url()}papers/add/", sent)


def test_paper_added_after_approval_says_so(client, meeting, chair):
    client.force_login(chair)
    adds(client, meeting, "Ennen")
    moved(meeting, chair, "call", "begin", "close", "approve")
    form = client.get(f"{meeting.get_absolute_url()}papers/add/").content.decode()
    assert "marked as added afterwards" in form

    adds(client, meeting, "Jälkeen")

    papers = page.values(Meeting.objects.select_related("body").get(), chair)["papers"]
    assert {each["title"]: bool(each["versions"][0]["later"]) for each in papers} == {
        "Ennen": False, "Jälkeen": True,
    }  # fmt: skip
    shown = client.get(meeting.get_absolute_url()).content.decode()
    assert shown.count("after the minutes were approved") == 1
    before = MeetingPaper.objects.get(title="Ennen")
    assert client.post(reverse("events:paper_remove", args=[before.public_id])).status_code == 302
    assert MeetingPaper.objects.count() == 2


def test_guest_is_told_how_papers_open(client, group, meeting, chair):
    made.seat(group, None, name="Kerttu", email="kerttu@example.org")
    moved(meeting, chair, "call")

    mail = letter(OutboxMail.objects.get(guest_address="kerttu@example.org"))
    row = meeting.attendances.get(seat__user=None)
    link = body_links.answer_link(row).partition("://")[2].partition("/")[2]
    shown = client.get(f"/{link}").content.decode()

    assert "Asiakirjat luetaan kirjautuneena" in mail.text
    assert "/accounts/signup/" in mail.text
    assert "Papers are read signed in" in shown
    assert reverse("account_signup") in shown
    own = letter(OutboxMail.objects.get(kind="meeting_called", recipient=chair))
    assert "/accounts/signup/" not in own.text


def test_meeting_that_goes_on_stands_on_the_desk_until_it_ends(meeting, chair):
    found = []

    for action in ("call", "begin", "close"):
        moved(meeting, chair, action)
        found.append([str(each["state_text"]) for each in page.coming(chair)])

    assert found == [["No answer yet"], ["Under way"], []]


def test_words_typed_after_the_approval_go_to_the_correction(client, meeting, chair):
    moved(meeting, chair, "call", "begin", "close", "approve")
    item = meeting.items.get(kind="opening")
    address = reverse("events:minutes_correct", args=[item.public_id])
    client.force_login(chair)
    refused = client.post(
        reverse("events:minutes_save", args=[item.public_id]), {"minutes": "Myöhässä."}
    )

    begun = client.post(address, {"minutes": "Myöhässä."})

    assert f'formaction="{address}"' in refused.content.decode()
    assert begun.status_code == 200
    assert begun.context["form"]["text"].value() == "Myöhässä."
    assert not item.corrections.exists()
