"""A review that is held twice at once; beside a twin that does not lock."""

import pytest
from django.utils import timezone

from cluster_portal.core.errors import Refused
from projects.models import Review
from projects.services import rounds
from tests import factories
from tests.projects import factories as make
from tests.races import at_once, slowly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def held_at_once(home_cluster, monkeypatch):
    """How many were refused, and whether the words are of the first."""
    office = factories.coordinator(home_cluster)
    programme = make.approved_programme(home_cluster, factories.organisation("Vastuutaho Oy"))
    review = Review.objects.create(programme=programme, due_on=timezone.localdate())
    slowly(monkeypatch, rounds, "_plan_next")
    refused = []

    def hold(words):
        try:
            rounds.hold_review(review, words, by=office)
        except Refused as refusal:
            refused.append(refusal)

    at_once(lambda: hold("Ensimmäinen."), lambda: hold("Toinen."))
    review.refresh_from_db()
    return len(refused), review.words


def test_review_pressed_twice_is_held_once(home_cluster, monkeypatch):
    assert held_at_once(home_cluster, monkeypatch) == (1, "Ensimmäinen.")


def test_twin_that_does_not_lock_holds_it_twice(home_cluster, monkeypatch):
    monkeypatch.setattr(rounds, "locked", lambda review: Review.objects.get(pk=review.pk))

    assert held_at_once(home_cluster, monkeypatch) == (0, "Toinen.")
