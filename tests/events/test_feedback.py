"""Feedback on an event: who is asked, by one link, and what is stored of it."""

import datetime

import pytest
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending import rendering
from cluster_portal.surveys.models import Round
from cluster_portal.surveys.services import rounds
from cluster_portal.surveys.services.feedback import token_of
from cluster_portal.surveys.services.ready_made import load_ready_made
from tests import factories
from tests.events import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(home_cluster):
    load_ready_made()
    yesterday = timezone.now() - datetime.timedelta(days=1)
    began = yesterday - datetime.timedelta(hours=2)
    return make.event(
        home_cluster, starts_at=began, ends_at=yesterday, registration_closes_at=began
    )  # fmt: skip


def test_participants_get_one_link_that_leads_to_nobody(held, office, outsider):
    came = make.registration(held, outsider, stage="attended")
    guest = make.registration(held, None, email="guest@example.org", name="Vieras")
    make.registration(held, factories.user(), stage="absent")
    make.registration(held, factories.user(), stage="cancelled")
    made = rounds.round_about(held, by=office)
    assert not OutboxMail.objects.filter(kind="survey_feedback").exists()

    rounds.open_round(made, by=office)

    mails = OutboxMail.objects.filter(kind="survey_feedback").order_by("pk")
    assert [(m.recipient, m.guest_address) for m in mails] == [
        (came.user, ""), (None, guest.email),
    ]  # fmt: skip
    token = token_of(made)
    assert all(token in rendering.letter(mail).text for mail in mails)
    assert not made.responses.exists()


def test_second_press_finds_the_first_round(held, office):
    first = rounds.round_about(held, by=office)

    assert rounds.round_about(held, by=office) == first
    assert (first.mode, first.about, first.stage) == ("anonymous", held, "draft")


@pytest.mark.parametrize(
    ("kind", "key"), [("training", "training_feedback"), ("seminar", "event_feedback")]
)
def test_training_has_questions_of_its_own(kind, key, held, office):
    held.kind = kind
    held.save()

    assert rounds.round_about(held, by=office).version.template.key == key


def test_feedback_is_asked_of_what_is_over_and_ones_own(held, home_cluster, office, other_office):
    coming = make.event(home_cluster)
    for event, who in ((coming, office), (held, other_office)):
        with pytest.raises(Refused):
            rounds.round_about(event, by=who)
    assert not Round.objects.exists()


def test_coordinator_asks_from_the_page_of_the_event(client, held, office, other_office):
    client.force_login(office)
    path = f"/admin/events/event/{held.pk}/feedback/"

    shown = client.get(path)
    answer = client.post(path)

    made = Round.objects.get()
    assert shown.status_code == 200
    assert answer.url == f"/admin/surveys/round/{made.pk}/change/"
    page = client.get(answer.url)
    assert held.title_fi in page.content.decode()
    client.force_login(other_office)
    assert client.post(path).status_code == 404


@pytest.mark.parametrize(
    ("visibility", "of_round", "is_named"),
    [
        ("public", "members", True), ("members", "members", True),
        ("cluster", "cluster", False), ("group", "private", False), ("private", "private", False),
    ],
)  # fmt: skip
def test_feedback_tells_no_more_people_of_the_event(
    held, company, office, visibility, of_round, is_named
):
    held.visibility, held.organisation = visibility, company
    held.save()
    make.registration(held, factories.user(), stage="attended")

    made = rounds.round_about(held, by=office)
    rounds.open_round(made, by=office)

    letter = rendering.letter(OutboxMail.objects.get(kind="survey_feedback"))
    assert (made.visibility, made.organisation) == (of_round, company)
    assert (held.title_fi in letter.subject) is is_named
    assert letter.subject
