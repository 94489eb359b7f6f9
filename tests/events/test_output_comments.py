"""A trainer comments on what a group has handed in; the group is told."""

import uuid

import pytest
from django.urls import reverse

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from events.services import course_groups, courses
from tests.events import factories as made
from tests.events.test_courses import course, part


@pytest.fixture
def handed(lead, company, office, home_cluster, member):
    """By a group of one participant."""
    held = course(lead, company)
    made.registration(part(held, office, home_cluster), member, stage="confirmed")
    courses.move_course(held, "submit", by=office)
    held = courses.move_course(held, "publish", by=office)
    group = course_groups.make_group(held, "Ryhmä Sähkö", form_key=uuid.uuid4(), by=member)
    told = {"title": "Merkit", "text": "Ensimmäiset merkit."}
    return course_groups.hand_in(group, told, None, form_key=uuid.uuid4(), by=member)


def address(output):
    return reverse("events:output_comment", args=[output.public_id])


def test_trainer_comments_and_the_group_reads_it(client, handed, lead, member):
    client.force_login(lead)
    seen = client.get(address(handed)).context["form"]["seen"].value()
    client.post(address(handed), {"text": "Lisätkää, kuka <b>seuraa</b>.", "seen": seen})

    client.force_login(member)
    page = client.get(handed.get_absolute_url()).content.decode()
    assert "Lisätkää, kuka &lt;b&gt;seuraa&lt;/b&gt;." in page
    assert address(handed) not in page
    mail = OutboxMail.objects.get(kind="output_commented")
    assert mail.recipient == member
    assert "Merkit" in letter(mail).text


def test_nobody_else_comments(client, handed, member, outsider):
    for person, status in ((member, 404), (outsider, 404)):
        client.force_login(person)
        assert client.post(address(handed), {"text": "Oma", "seen": "-"}).status_code == status
        with pytest.raises(Refused):
            course_groups.comment_output(handed, "Oma", seen="-", by=person)


def test_two_trainers_do_not_overwrite_each_other(handed, lead, office):
    course_groups.comment_output(handed, "Ensimmäinen.", seen="-", by=lead)

    with pytest.raises(Refused):
        course_groups.comment_output(handed, "Toinen.", seen="-", by=office)

    handed.refresh_from_db()
    assert handed.comment == "Ensimmäinen."
    course_groups.comment_output(handed, "Ensimmäinen.", seen="-", by=lead)  # sent twice
    assert OutboxMail.objects.filter(kind="output_commented").count() == 1
