"""Two administrators confirm at once: one succeeds, beside the twin that does not lock."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from members.models import Coordinator, Nomination, User
from members.services import nominations
from tests import factories
from tests.races import Together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture
def nomination(home_cluster, office):
    second = factories.verified(factories.user("toinen@example.org"))
    given = nominations.Named(home_cluster, second.email, timezone.localdate(), None, "Syy.")
    return nominations.name_coordinator(given, by=office)


def decide_at_once(nomination, monkeypatch):
    """One confirms and one refuses; whoever has looked waits for the other before writing."""
    Together().before(monkeypatch, Nomination, "save")
    judges = [
        User.objects.create_superuser(f"yllapito{n}@example.org", "x", first_name="Y")
        for n in range(2)
    ]

    def decide(number):
        row = Nomination.objects.get(pk=nomination.pk)
        try:
            if number:
                nominations.refuse(row, by=judges[number], reason="Ei.")
            else:
                nominations.confirm(row, by=judges[number])
        except Refused:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(decide, range(2)))
    acts = AuditEntry.objects.filter(action__in=["coordinator confirmed", "coordinator refused"])
    return acts.count()


def test_one_of_two_decisions_counts(nomination, monkeypatch):
    assert decide_at_once(nomination, monkeypatch) == 1
    is_confirmed = Nomination.objects.get().stage == "confirmed"
    assert Coordinator.objects.filter(user=nomination.user).exists() == is_confirmed


def test_twin_that_does_not_lock_decides_twice(nomination, monkeypatch):
    monkeypatch.setattr(nominations, "_lock", lambda row: Nomination.objects.get(pk=row.pk))

    assert decide_at_once(nomination, monkeypatch) == 2
    assert audit.of(nomination).exists()
