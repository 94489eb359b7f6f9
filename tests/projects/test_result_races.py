"""Two publish a result at once; it is edited while it is published. Each beside a twin."""

import pytest

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from projects.models import Result
from projects.services import result_telling, results
from tests import factories
from tests.projects import factories as make
from tests.races import at_once, slowly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def waiting_result(home_cluster):
    """A result in review, one of its own people, and two coordinators."""
    company = factories.organisation()
    factories.membership(company, home_cluster)
    member = factories.user()
    factories.affiliation(member, company, role="contact")
    coordinators = [factories.coordinator(home_cluster) for _ in range(2)]
    result = make.result(
        home_cluster, organisation=company, stage="in_review", published_at=None, year=None,
        number=None,
    )  # fmt: skip
    return result, member, coordinators


def unlock(monkeypatch):
    def unlocked(result):
        return Result.objects.get(pk=result.pk)

    monkeypatch.setattr(results, "locked", unlocked)
    monkeypatch.setattr(result_telling, "locked", unlocked)


def publish_twice(home_cluster, monkeypatch):
    result, _member, coordinators = waiting_result(home_cluster)
    step = slowly(monkeypatch, results, "checked_reason")
    refused = []

    def press(person):
        try:
            results.move_result(result, "publish", by=person)
        except Refused as refusal:
            refused.append(refusal)

    at_once(*(lambda person=person: press(person) for person in coordinators), step=step)
    return len(refused), AuditEntry.objects.filter(action="publish").count()


def test_result_is_published_once(home_cluster, monkeypatch):
    assert publish_twice(home_cluster, monkeypatch) == (1, 1)


def test_twin_that_does_not_lock_publishes_it_twice(home_cluster, monkeypatch):
    unlock(monkeypatch)

    assert publish_twice(home_cluster, monkeypatch) == (0, 2)


def edit_while_publishing(home_cluster, monkeypatch):
    """The stage in the end."""
    result, member, (coordinator, _other) = waiting_result(home_cluster)
    step = slowly(monkeypatch, result_telling, "may_edit")

    def edit():
        try:
            result_telling.edit_result(result, {"why": "Toinen syy."}, by=member)
        except Refused:
            return

    at_once(edit, lambda: results.move_result(result, "publish", by=coordinator), step=step)
    result.refresh_from_db()
    return result.stage


def test_result_that_was_edited_meanwhile_stays_published(home_cluster, monkeypatch):
    assert edit_while_publishing(home_cluster, monkeypatch) == "published"


def test_twin_that_does_not_lock_takes_it_back_to_review(home_cluster, monkeypatch):
    unlock(monkeypatch)

    assert edit_while_publishing(home_cluster, monkeypatch) == "in_review"
