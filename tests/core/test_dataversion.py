"""Counts are kept exactly as long as the database stays as it is."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from cluster_portal.core import dataversion
from cluster_portal.core.facets import Facet, FacetSet
from cluster_portal.core.models import SearchState, Term

FACETS = FacetSet(Facet("scheme", "Scheme", "scheme"))

pytestmark = pytest.mark.django_db


def test_version_stays_while_nothing_is_written() -> None:
    assert dataversion.current() == dataversion.current()
    assert dataversion.current()


def test_there_is_no_version_inside_a_transaction_that_has_written() -> None:
    SearchState.objects.create(table="x", analyser="y")

    assert dataversion.current() is None


def test_counts_of_an_unchanged_database_are_kept() -> None:
    cache.clear()
    first = FACETS.apply(Term.objects.all(), QueryDict("")).groups

    with CaptureQueriesContext(connection) as queries:
        second = FACETS.apply(Term.objects.all(), QueryDict("")).groups

    assert second == first
    assert len(queries) == 1


def test_counts_are_not_kept_for_another_audience() -> None:
    FACETS.apply(Term.objects.all(), QueryDict(""))

    fewer = FACETS.apply(Term.objects.filter(scheme="trl"), QueryDict(""))

    assert fewer.count == Term.objects.filter(scheme="trl").count()
