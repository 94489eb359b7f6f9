"""The example's rounds: how far they are, what figures show, and that nobody is written to."""

import functools
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from cluster_portal.notifications.models import OutboxMail
from cluster_portal.surveys.demo import results
from cluster_portal.surveys.demo import rounds as demo
from cluster_portal.surveys.models import PublishedTable, Response, Round
from cluster_portal.surveys.questionnaire import Questionnaire
from members.demo import network

FOLDER = Path(settings.BASE_DIR) / "cluster_portal" / "home" / "demo_data"


@pytest.fixture
def loaded(db):
    network.load(FOLDER, timezone.localdate())
    demo.load(FOLDER, timezone.localdate())


@functools.cache
def _read(version):
    return Questionnaire.of(version)


def counts(slug):
    rows = Response.objects.filter(round__slug=slug)
    return {
        stage: rows.filter(stage=stage).count()
        for stage in sorted(set(rows.values_list("stage", flat=True)))
    }


def test_rounds_of_the_example(loaded):
    interviews = counts("yrityshaastattelut")
    assert sum(interviews.values()) == 45
    assert set(interviews) == {"invited", "agreed", "held", "answered", "checked", "declined"}
    assert sum(counts("tavoitekeskustelut").values()) == 20
    assert sum(counts("varautuminen-2").values()) >= 35

    own = Response.objects.get(
        round__slug="varautuminen-2", organisation__external_id="esimerkki-sensoritekniikka"
    )
    assert own.stage == "invited"
    assert own.answers
    questionnaire = Questionnaire.of(own.round.version)
    assert questionnaire.missing(own.answers)
    assert not questionnaire.missing(own.answers, questionnaire.sections[1])
    assert Response.objects.filter(round__slug="varautuminen-1", organisation=own.organisation)
    talk = Response.objects.get(
        round__slug="tavoitekeskustelut",
        organisation__external_id="pohjois-savon-hyvinvointialue",
    )
    assert talk.stage == "invited"

    results.load(FOLDER, timezone.localdate())
    published = Round.objects.filter(stage="published")
    assert published.count() == 5
    with_tables = PublishedTable.objects.values_list("round__slug", flat=True)
    assert set(with_tables) == {each.slug for each in published}

    assert OutboxMail.objects.count() == 0
    assert not Response.objects.filter(round__slug="tapahtumapalaute").exclude(organisation=None)


def test_answers_are_right_and_the_second_load_changes_nothing(loaded):
    for response in Response.objects.filter(stage="checked").select_related("round__version"):
        questionnaire = _read(response.round.version)
        assert questionnaire.missing(response.answers) == []
        assert questionnaire.trimmed(response.answers) == response.answers
        for question in questionnaire:
            value = response.answers.get(question.key)
            raw = str(value / 100) if question.kind == "money" and value else value
            if value is not None:
                assert question.clean(raw) == value, question.key
    before = list(Response.objects.order_by("pk").values_list("pk", "answers"))

    demo.load(FOLDER, timezone.localdate())

    assert list(Response.objects.order_by("pk").values_list("pk", "answers")) == before
