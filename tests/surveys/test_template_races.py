"""A question changed at the moment in which its version is published."""

import threading

import pytest
from django.db import IntegrityError, transaction

from cluster_portal.surveys.models import Question
from cluster_portal.surveys.services import templates
from tests import factories
from tests.races import at_once
from tests.surveys import factories as made

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft(home_cluster):
    return made.version(template=made.Template.objects.create(
        name_fi="Oma kysely", home_cluster=home_cluster
    ), published=False)  # fmt: skip


def test_change_and_publication_take_turns(draft, home_cluster):
    """Whoever changes first holds the version until the change is written."""
    office = factories.coordinator(home_cluster)
    question = Question.objects.filter(section__version=draft).first()
    changed, asked = threading.Event(), threading.Event()
    order = []

    def change():
        with transaction.atomic():
            Question.objects.filter(pk=question.pk).update(text_fi="Muutettu?")
            changed.set()
            asked.wait(1)
            order.append("changed")

    def publish():
        changed.wait(10)
        timer = threading.Timer(0.5, asked.set)
        timer.start()
        templates.publish_version(draft, by=office)
        order.append("published")

    assert at_once(change, publish) == []
    assert order == ["changed", "published"]


def test_two_who_begin_a_draft_get_the_same(draft, home_cluster):
    office = factories.coordinator(home_cluster)
    templates.publish_version(draft, by=office)

    assert at_once(*[lambda: templates.begin_draft(draft.template, by=office)] * 4) == []
    assert draft.template.versions.filter(published_at=None).count() == 1


def test_twin_without_the_lock_collides(draft, home_cluster, monkeypatch):
    office = factories.coordinator(home_cluster)
    templates.publish_version(draft, by=office)
    meet = threading.Barrier(2)

    class Unlocked:
        def get(self, **values):
            return draft.template

    monkeypatch.setattr(templates.Template.objects, "select_for_update", Unlocked, raising=False)
    newest = templates.Template.newest

    def together(self):
        found = newest(self)
        meet.wait(10)
        return found

    monkeypatch.setattr(templates.Template, "newest", together)

    found = at_once(*[lambda: templates.begin_draft(draft.template, by=office)] * 2)

    assert [isinstance(each, IntegrityError) for each in found] == [True]
