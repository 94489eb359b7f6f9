"""Templates that were kept before organisations merged, moved or rows were removed."""

import datetime
import uuid

import pytest

from events.models import Event
from events.services import copies, quotas
from members.services.merging import merge_organisations
from tests import factories
from tests.events import factories as made


@pytest.fixture
def evening(home_cluster, company, lead):
    return made.event(home_cluster, organisation=company, teller=lead, title_fi="Ilta")


def begin(template, by):
    template.refresh_from_db()
    return copies.begin_from_template(template, by=by, key=uuid.uuid4())


def test_template_of_a_merged_organisation_begins_an_event_of_the_one_that_goes_on(
    evening, home_cluster, company, lead
):
    kept = factories.organisation("Yhdistynyt Oy", slug="yhdistynyt")
    factories.membership(kept, home_cluster)
    guest = factories.organisation("Kutsuttu Oy", slug="kutsuttu")
    evening.invited_organisations.add(company, guest)
    template = copies.save_template(evening, "Pohja", by=lead)
    admin = factories.user("admin@example.org", is_superuser=True, is_staff=True)
    merge_organisations(kept, company, by=admin, reason="Sama yritys")

    begun = begin(template, lead)

    assert begun.organisation == kept
    assert begun.is_editable_by(lead)
    assert set(begun.invited_organisations.all()) == {kept, guest}


def test_template_follows_its_organisation_to_another_cluster(
    evening, home_cluster, other_cluster, company, lead
):
    template = copies.save_template(evening, "Pohja", by=lead)
    assert begin(template, lead).home_cluster == home_cluster
    company.memberships.update(cluster=other_cluster)
    type(company).objects.filter(pk=company.pk).update(introduced_by=None)

    assert begin(template, lead).home_cluster == other_cluster


def test_what_is_gone_since_is_left_out(evening, home_cluster, lead):
    before = made.event(home_cluster)
    region = factories.region("19")
    evening.requires = before
    evening.save()
    held = quotas.Wanted("region", 2, datetime.date(2099, 1, 1), region=region.pk)
    told = copies.described(evening)
    template = copies.save_template(evening, "Pohja", by=lead)
    told["quotas"] = [copies._described_quota(held, evening.starts_at)]
    told["fields"]["a_column_of_last_year"] = 1
    template.values = told
    template.save()
    before.delete()
    region.delete()

    begun = begin(template, lead)

    assert (begun.requires, begun.title_fi) == (None, "Ilta")
    assert not begun.seats.get().quotas.exists()
    assert Event.objects.filter(pk=begun.pk, stage="draft").exists()
