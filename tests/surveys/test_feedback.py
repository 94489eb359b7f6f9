"""Anonymous feedback: who has the link answers, and nothing leads back to them."""

import uuid

import pghistory.models
import pytest
from django.core.cache import cache
from django.urls import reverse

from cluster_portal.core.audit import AuditEntry
from cluster_portal.surveys.models import Response
from cluster_portal.surveys.services import feedback
from tests.surveys import factories as make

QUESTIONS = {
    "event": [
        {"key": "useful", "kind": "scale", "is_required": True},
        {"key": "again", "kind": "choice", "options": ["yes", "no"]},
        {"key": "why", "kind": "text", "shown_if": ("again", ["no"])},
    ]
}


@pytest.fixture
def in_round(home_cluster):
    return make.survey_round(home_cluster, mode="anonymous", version=make.version(QUESTIONS))


def give(client, in_round, **data):
    key = data.pop("form_key", str(uuid.uuid4()))
    return client.post(feedback.link_of(in_round), {"form_key": key, **data})


def test_visitor_answers_on_one_page_by_the_link(client, in_round):
    page = client.get(feedback.link_of(in_round))
    answer = give(client, in_round, **{"q-useful": "4", "q-again": "no", "q-why": "Ahdasta"})

    assert page.status_code == 200
    assert 'name="q-why"' in page.content.decode()
    assert client.get(answer.url).status_code == 200
    made = Response.objects.get()
    assert made.answers == {"useful": 4, "again": "no", "why": "Ahdasta"}
    assert made.stage == "checked"


def test_nothing_leads_to_who_answered(client, in_round, lead):
    client.force_login(lead)
    before = (pghistory.models.Context.objects.count(), AuditEntry.objects.count())

    give(client, in_round, **{"q-useful": "4"})

    made = Response.objects.get()
    named = (made.person, made.organisation, made.interviewer, made.saved_at, made.answered_at)
    assert named == (None,) * 5
    assert not Response.pgh_event_model.objects.exists()
    assert (pghistory.models.Context.objects.count(), AuditEntry.objects.count()) == before


def test_named_answer_does_keep_its_first_version(home_cluster, company):
    """The twin of the test above: versions are kept where somebody answers by name."""
    make.response(make.survey_round(home_cluster), organisation=company)

    assert Response.pgh_event_model.objects.count() == 1


def test_form_sent_twice_makes_one_answer(client, in_round):
    key = str(uuid.uuid4())

    for _time in range(2):
        give(client, in_round, form_key=key, **{"q-useful": "4"})

    assert Response.objects.count() == 1


def test_answer_that_must_be_given_is_asked_for_at_its_question(client, in_round):
    answer = give(client, in_round, **{"q-again": "no", "q-why": "Koska <b>niin</b>"})

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Vastaa tähän." in text
    assert "Koska &lt;b&gt;niin" in text
    assert not Response.objects.exists()


def test_text_that_bears_a_marking_is_refused(client, in_round):
    answer = give(client, in_round, **{"q-useful": "4", "q-again": "no", "q-why": "TL III"})

    assert answer.status_code == 422
    assert not Response.objects.exists()


@pytest.mark.parametrize("token", ["x", "0" * 24, "another"])
def test_without_the_link_there_is_nothing(client, in_round, home_cluster, token):
    other = make.survey_round(home_cluster, mode="anonymous")
    tokens = {"another": feedback.token_of(other)}
    page = reverse("surveys:feedback", args=[in_round.slug, tokens.get(token, token)])

    assert client.get(page).status_code == 404
    assert client.post(page, {"q-useful": "4"}).status_code == 404


@pytest.mark.parametrize("mode", ["open", "organisations"])
def test_round_with_names_has_no_anonymous_page(client, home_cluster, mode):
    in_round = make.survey_round(home_cluster, mode=mode)

    assert client.get(feedback.link_of(in_round)).status_code == 404


def test_closed_round_takes_nothing_and_gives_the_words_back(client, home_cluster):
    in_round = make.survey_round(
        home_cluster, mode="anonymous", version=make.version(QUESTIONS), stage="closed"
    )

    assert client.get(feedback.link_of(in_round)).status_code == 410
    answer = give(client, in_round, **{"q-useful": "4", "q-again": "no", "q-why": "Ahdasta"})

    assert answer.status_code == 422
    assert "Ahdasta" in answer.content.decode()
    assert not Response.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "\u0661" * 32])
def test_broken_key_of_the_form_still_makes_an_answer(client, in_round, key):
    give(client, in_round, form_key=key, **{"q-useful": "4"})

    assert Response.objects.count() == 1


def test_key_of_a_named_answer_stores_nothing(client, in_round, home_cluster, company):
    named = make.response(make.survey_round(home_cluster), organisation=company)

    answer = give(client, in_round, form_key=str(named.public_id), **{"q-useful": "4"})

    assert answer.status_code == 422
    assert list(Response.objects.values_list("pk", "answers")) == [(named.pk, {})]


def test_flood_from_one_network_is_stopped_and_names_nobody(client, in_round, monkeypatch):
    cache.clear()
    monkeypatch.setattr("cluster_portal.surveys.views.feedback.FORMS_AN_HOUR", 2)

    codes = [give(client, in_round, **{"q-useful": "4"}).status_code for _time in range(3)]
    elsewhere = client.post(
        feedback.link_of(in_round), {"form_key": str(uuid.uuid4()), "q-useful": "4"},
        REMOTE_ADDR="198.51.100.7",
    )  # fmt: skip

    assert codes == [302, 302, 429]
    assert elsewhere.status_code == 302
    assert Response.objects.count() == 3
    assert not [key for key in cache._cache if "127.0.0.1" in key or "198.51" in key]


@pytest.mark.parametrize(("expected", "is_told"), [(1, True), (2, False), (None, False)])
def test_coordinator_reads_of_more_answers_than_people(client, in_round, office, expected, is_told):
    in_round.expected = expected
    in_round.save()
    for _time in range(2):
        give(client, in_round, **{"q-useful": "4"})
    client.force_login(office)

    page = client.get(reverse("admin:surveys_round_change", args=[in_round.pk])).content.decode()

    assert ("Vastauksia on enemmän" in page) is is_told
