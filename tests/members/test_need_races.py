"""A need told twice at the same moment, beside a twin that does not take turns."""

import pytest

from cluster_portal.core.database import sent_forms
from members.models import Need
from members.services import needs
from tests import factories
from tests.members.test_needs import given
from tests.races import at_once, slowly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def tell_twice(home_cluster, monkeypatch):
    owner, person = factories.organisation("Kertoja Oy"), factories.user()
    factories.membership(owner, home_cluster)
    factories.affiliation(person, owner)
    step = slowly(monkeypatch, needs.search, "reindex")
    values = given(organisation=owner)
    return at_once(*[lambda: needs.tell_need(dict(values), by=person)] * 2, step=step)


def test_form_sent_twice_at_once_makes_one_need(home_cluster, monkeypatch):
    assert tell_twice(home_cluster, monkeypatch) == []
    assert Need.objects.count() == 1


def test_twin_that_does_not_take_turns_fails(home_cluster, monkeypatch):
    monkeypatch.setattr(sent_forms, "_take_turns", lambda form_key: None)

    assert len(tell_twice(home_cluster, monkeypatch)) == 1
