"""Two organisations commission one idea at the same moment; beside it the twin without the lock."""

import threading

import pytest
from django.db import transaction
from django.utils import timezone

from tests import factories
from tests.theses import factories as made
from tests.theses.test_races import at_once
from theses.models import Application, Approach, Thesis, Topic
from theses.services import approaches

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def offers(student, home_cluster):
    """Of two organisations about one student's idea, both waiting for their answer."""
    idea, found = made.idea(student, home_cluster), []
    for _number in range(2):
        contact, organisation = factories.user(), factories.organisation()
        factories.affiliation(contact, organisation, role="contact")
        found.append(
            approaches.send(
                idea, "commission", by=contact, organisation=organisation, message="Tilaamme."
            )
        )
    return found


def accept_unguarded(approach: Approach, meet: threading.Barrier) -> None:
    """What accepting would be without the topic's lock: look, then write."""
    with transaction.atomic():
        has_none = Topic.objects.get(pk=approach.topic_id).organisation_id is None
        meet.wait(10)
        if has_none:
            Approach.objects.filter(pk=approach.pk).update(
                stage="accepted", answered_at=timezone.now()
            )
            Topic.objects.filter(pk=approach.topic_id).update(organisation=approach.organisation)


def accepted() -> int:
    return Approach.objects.filter(stage="accepted").count()


def test_two_offers_accepted_at_once_give_one_commissioner(offers, student):
    at_once(*(lambda o=o: approaches.answer(o, "accept", by=student) for o in offers))

    won = Approach.objects.get(stage="accepted")
    assert accepted() == 1
    assert Topic.objects.get().organisation == won.organisation
    assert Thesis.objects.count() == Application.objects.count() == 1
    assert not Approach.objects.pending().exists()


def test_two_offers_accepted_at_once_without_the_lock_are_both_accepted(offers):
    meet = threading.Barrier(2)

    at_once(*(lambda o=o: accept_unguarded(o, meet) for o in offers))

    assert accepted() == 2


def test_same_offer_sent_twice_at_once_waits_once(student, home_cluster):
    idea, organisation = made.idea(student, home_cluster), factories.organisation()
    contact = factories.user()
    factories.affiliation(contact, organisation, role="contact")

    at_once(
        *(
            lambda: approaches.send(
                idea, "commission", by=contact, organisation=organisation, message="Tilaamme."
            )
            for _number in range(4)
        )
    )

    assert Approach.objects.count() == 1
