"""A course that is called off, and registering for all parts when one of them asks or refuses."""

import pytest
from django.urls import reverse

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from events.models import Registration
from events.services import courses
from events.services.events import cancel_event
from tests import factories
from tests.events import factories as made
from tests.events.test_courses import course, over, part

WHY = "Kouluttaja sairastui."


@pytest.fixture
def held(lead, company, office, home_cluster):
    """Two parts of the company's, which its contact may cancel, and one of the coordinators'."""
    plan = course(lead, company)
    for number in range(2):
        event = made.event(home_cluster, organisation=company, title_fi=f"Osa {number + 1}")
        courses.add_part(plan, event, is_required=True, by=lead)
    part(plan, office, home_cluster)
    return courses.move_course(plan, "publish", by=office)


def events(of):
    return [each.event for each in of.parts.order_by("pk").select_related("event")]


def test_calling_off_cancels_the_parts_and_tells_everybody_once(
    held, lead, office, member, outsider
):
    first, second, third = events(held)
    for event in (first, second, third):
        made.registration(event, member)
    made.registration(third, outsider)
    made.registration(first, None, name="Aino", email="a@example.com")
    made.registration(first, None, name="Eino", email="a@example.com")
    made.registration(third, None, name="Poissa", email="p@example.com", stage="cancelled")

    courses.move_course(held, "cancel", by=lead, reason=WHY)

    assert [event.stage for event in events(held)] == ["cancelled", "cancelled", "published"]
    rows = OutboxMail.objects.filter(kind="event_cancelled")
    assert sorted(row.about.name for row in rows) == sorted(
        ["Aino", "Eino", member.get_full_name(), member.get_full_name()]
    )
    off = OutboxMail.objects.get(kind="course_cancelled")
    assert off.recipient == outsider
    assert WHY in letter(off).text


def test_who_took_part_before_and_the_trainer_are_told(held, lead, office, member):
    first, second, _third = events(held)
    made.registration(first, member, stage="attended")
    for event in (first, second):
        over(event)

    courses.move_course(held, "cancel", by=office, reason=WHY)

    assert OutboxMail.objects.get(kind="course_cancelled").recipient == member
    moved = OutboxMail.objects.filter(kind="course_moved", recipient=lead).latest("pk")
    assert WHY in letter(moved).text
    assert [event.stage for event in events(held)] == ["published", "published", "cancelled"]


def test_page_says_before_what_it_cancels_and_after_why_and_what_goes_on(client, held, lead):
    client.force_login(lead)
    page = held.get_absolute_url()
    assert "cancels its parts" in client.get(page).content.decode()

    client.post(reverse("events:course_move", args=[held.slug, "cancel"]), {"reason": WHY})
    shown = client.get(page).content.decode()

    assert WHY in shown
    goes_on = shown.split("still held")[1].split("</ul>")[0]
    assert events(held)[2].title in goes_on
    assert "Osa 1" not in goes_on


def test_two_guests_of_one_mailbox_each_get_the_letter_of_their_calendar(event, office):
    for name in ("Aino", "Eino"):
        made.registration(event, None, name=name, email="a@example.com")

    cancel_event(event, by=office, reason=WHY)

    rows = OutboxMail.objects.filter(kind="event_cancelled")
    assert sorted(row.about.name for row in rows) == ["Aino", "Eino"]


def test_part_that_refuses_or_asks_leaves_the_others(client, held, outsider, home_cluster):
    first, second, third = events(held)
    first.questions.create(kind="text", text_fi="Kokemus?", is_required=True)
    second.admission = "invited"
    second.save()
    client.force_login(outsider)

    answer = client.post(reverse("events:course_enrol", args=[held.slug]), follow=True)

    assert list(Registration.objects.values_list("event", flat=True)) == [third.pk]
    assert answer.redirect_chain[-1][0] == reverse("events:register", args=[first.slug])
    shown = answer.content.decode()
    assert "“Osa 1”" in shown or "”Osa 1”" in shown
    assert "Osa 2" in shown


def test_nothing_is_told_as_done_when_every_part_refuses(client, held, outsider):
    for event in events(held):
        event.admission = "invited"
        event.save()
    client.force_login(outsider)

    answer = client.post(reverse("events:course_enrol", args=[held.slug]), follow=True)

    assert not Registration.objects.exists()
    assert answer.content.decode().count("notice--warning") == 3
    assert "notice--success" not in answer.content.decode()


def test_course_without_an_open_part_is_refused(held, office):
    for event in events(held):
        over(event)
    with pytest.raises(Refused):
        courses.enrol(held, by=factories.user())
