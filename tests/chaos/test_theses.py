"""One place of a topic, asked for, given and taken back over two web servers (58–60)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import factories
from tests.chaos.rig import at_once, in_transaction
from tests.theses import factories as made
from theses.models import Application, Thesis
from theses.models.applications import Stage
from theses.models.works import ACTIVE
from theses.services import topics

FOUND, REFUSED = 302, 422
ROUNDS = 5


@pytest.fixture
def cluster(portal):
    return factories.cluster("pirkanmaa")


@pytest.fixture
def company(cluster):
    firm = factories.organisation("Esimerkki Oy", slug="esimerkki")
    factories.membership(firm, cluster)
    return firm


@pytest.fixture
def lead(company):
    person = factories.verified(factories.user("lead@example.org"))
    factories.affiliation(person, company, role="contact")
    return person


def press(portal, person, number, application, action):
    browser = portal.browser(person, number)
    address = reverse("theses:application_move", args=[application.public_id, action])
    return lambda: browser.post(address)


def accepted(**where):
    return Application.objects.filter(stage=Stage.ACCEPTED, **where).count()


def test_ten_accepts_of_one_topic(portal, company, cluster, lead, faults):
    topic = made.topic(company, cluster, contact=lead)
    waiting = [made.application(topic) for _ in range(10)]

    answers = at_once([press(portal, lead, n, one, "accept") for n, one in enumerate(waiting)])

    faults(
        "58",
        "10 applicants of one topic accepted at once",
        lost=1 - min(accepted(), 1),
        doubled=max(0, accepted() - 1),
        refused=9,
        recovered="one thesis; nine are told that the place is taken",
    )
    assert accepted() == Thesis.objects.count() == 1
    assert {status for status, _ in answers} == {FOUND}
    assert not Application.objects.filter(stage=Stage.SUBMITTED).exists()


def test_topic_withdrawn_while_one_applies(portal, company, cluster, lead, faults):
    left = applied = 0
    for number in range(ROUNDS):
        topic = made.topic(company, cluster, contact=lead)
        student = factories.verified(factories.user())
        browser = portal.browser(student, number)
        address = reverse("theses:topic_apply", args=[topic.slug])
        form = {"motivation": "Kiinnostaa.", "school": "Opisto", "is_public": "on"}
        answers = at_once(
            [
                lambda b=browser, a=address, f=form: b.post(a, **f),
                in_transaction(topics.withdraw_topic, topic, by=lead, reason="Peruttu"),
            ]
        )
        assert answers[0][0] in {FOUND, REFUSED}, answers[0]
        applied += answers[0][0] == FOUND
        left += Application.objects.filter(topic=topic, stage=Stage.SUBMITTED).count()
    faults(
        "59",
        f"topic withdrawn while one applies, {ROUNDS} times",
        lost=left,
        refused=ROUNDS - applied,
        recovered=f"{applied} applied first and were told; nobody waits for nothing",
    )
    assert left == 0


def test_accepted_while_stepping_back(portal, company, cluster, lead, faults):
    both = 0
    for number in range(ROUNDS):
        student = factories.verified(factories.user())
        application = made.application(made.topic(company, cluster, contact=lead), student)
        at_once(
            [
                press(portal, lead, number, application, "accept"),
                press(portal, student, number + 1, application, "withdraw"),
            ]
        )
        application.refresh_from_db()
        thesis = Thesis.objects.filter(application=application, stage__in=ACTIVE).exists()
        both += thesis != (application.stage == Stage.ACCEPTED)
    faults(
        "60",
        f"accepted while the student steps back, {ROUNDS} times",
        lost=both,
        recovered="a thesis exactly where the acceptance stands",
    )
    assert both == 0


def test_student_accepted_on_two_topics(portal, company, cluster, lead, faults):
    student = factories.verified(factories.user())
    mine = [made.application(made.topic(company, cluster, contact=lead), student) for _ in "ab"]

    at_once([press(portal, lead, n, one, "accept") for n, one in enumerate(mine)])

    faults(
        "60",
        "one student accepted on two topics at once",
        lost=1 - min(1, accepted(student=student)),
        doubled=max(0, accepted(student=student) - 1),
        refused=1,
        recovered="one thesis under way",
    )
    assert accepted(student=student) == 1
