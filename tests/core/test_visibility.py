import pytest
from django.contrib.auth.models import AnonymousUser

from cluster_portal.core.visibility import audience
from members.models import Coordinator
from tests import factories


def test_audience_of_a_member_names_organisation_and_cluster(member, company, home_cluster):
    known = audience(member)

    assert known.member_clusters == {home_cluster.pk}
    assert known.organisations == {company.pk}
    assert known.edits == frozenset()


def test_audience_is_found_with_one_statement_and_kept(lead, django_assert_num_queries):
    with django_assert_num_queries(1):
        audience(lead)
        audience(lead)


def test_audience_of_visitor_is_empty(db):
    assert audience(AnonymousUser()).user_id is None


def test_audience_of_deactivated_user_is_a_visitors(member):
    member.is_active = False

    assert audience(member).member_clusters == frozenset()


@pytest.mark.parametrize(
    ("who", "is_member", "coordinates"),
    [("outsider", False, 0), ("member", True, 0), ("lead", True, 0), ("office", True, 1)],
)
def test_audience_tells_member_and_coordinator(request, who, is_member, coordinates):
    known = audience(request.getfixturevalue(who))

    assert (known.is_member, len(known.coordinates)) == (is_member, coordinates)


def test_requested_affiliation_gives_nothing(company, outsider):
    factories.affiliation(outsider, company, stage="requested")

    assert audience(outsider).organisations == frozenset()


def test_past_coordination_gives_nothing(home_cluster, outsider):
    Coordinator.objects.create(
        user=outsider, cluster=home_cluster, since="2020-01-01", until="2020-12-31"
    )

    assert audience(outsider).coordinates == frozenset()


def test_readers_that_see_the_same_share_a_key_only_by_equal_rights(member, outsider):
    assert audience(member).key != audience(outsider).key
