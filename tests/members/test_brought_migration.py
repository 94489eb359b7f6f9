"""What the release that stores who brought an organisation makes of the rows that there are."""

import importlib
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cluster_portal.core import audit
from members.models import Membership, Organisation
from tests import factories
from tests.members.factories import submitted

TELL = importlib.import_module("members.migrations.0007_who_brought_organisations").TELL


@pytest.fixture
def brought(home_cluster, outsider):
    """As it was stored before."""
    organisation = submitted(outsider, home_cluster).organisation
    Organisation.objects.update(is_brought=False, brought_by=None)
    return organisation


def told(organisation):
    with connection.cursor() as cursor:
        cursor.execute(TELL)
    organisation.refresh_from_db()
    return organisation.is_brought, organisation.brought_by


def test_row_of_an_application_is_its_applicants(brought, outsider):
    assert told(brought) == (True, outsider)


def test_row_of_a_draft_that_had_another_before_is_its_applicants(brought, outsider):
    Membership.objects.update(created_at=timezone.now() - timedelta(days=3))

    assert told(brought) == (True, outsider)


def test_row_that_was_there_before_the_application_is_nobodys(brought):
    Organisation.objects.update(created_at=timezone.now() - timedelta(days=1))

    assert told(brought) == (False, None)


@pytest.mark.parametrize("action", ["added in admin", "organisation made", "organisation imported"])
def test_row_made_by_hand_is_nobodys(brought, admin_user, action):
    audit.record(brought, action, by=admin_user)

    assert told(brought) == (False, None)


def test_row_brought_in_by_a_cluster_is_nobodys(brought, home_cluster):
    Organisation.objects.update(introduced_by=home_cluster)

    assert told(brought) == (False, None)


def test_repeater_of_a_brought_row_is_not_its_maker(brought, outsider, other_cluster):
    name = brought.name
    repeated = submitted(factories.user(), other_cluster, name=name)

    assert repeated.organisation == brought
    assert told(brought) == (True, outsider)
