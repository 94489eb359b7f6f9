"""Feedback on an event: who is asked, by one link, and what is stored of it."""

import datetime

import pytest
from django.urls import reverse
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


def saved(client, survey_round, **values):
    """The coordinator's form, sent with what stands in it but for what is given."""
    address = reverse("admin:surveys_round_change", args=[survey_round.pk])
    context = client.get(address).context
    form = context["adminform"].form
    data = {
        name: "" if (value := form[name].value()) is None else value for name in form.fields
    }  # fmt: skip
    closes = timezone.localtime(survey_round.closes_at)
    data |= {"closes_at_0": f"{closes:%Y-%m-%d}", "closes_at_1": f"{closes:%H:%M:%S}"}
    for inline in context["inline_admin_formsets"]:
        prefix = inline.formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return client.post(address, {**data, **values})


@pytest.mark.parametrize("wider", ["public", "members", "cluster"])
def test_draft_about_a_closed_event_is_not_made_wider_than_the_event(client, held, office, wider):
    held.visibility = "group"
    held.save()
    made = rounds.round_about(held, by=office)
    client.force_login(office)

    refused = saved(client, made, visibility=wider)

    made.refresh_from_db()
    assert made.visibility == "private"
    assert "visibility" in refused.context["adminform"].form.errors


def test_draft_about_a_public_event_may_be_seen_by_all(client, held, office):
    made = rounds.round_about(held, by=office)
    client.force_login(office)

    saved(client, made, visibility="public")

    made.refresh_from_db()
    assert made.visibility == "public"


def test_round_is_not_opened_once_the_event_has_been_closed_to_most(held, office):
    made = rounds.round_about(held, by=office)
    held.visibility = "private"
    held.save()

    with pytest.raises(Refused):
        rounds.open_round(made, by=office)

    made.refresh_from_db()
    assert made.stage == "draft"
