from django.contrib.auth.models import AnonymousUser

from cluster_portal.core.visibility import audience


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
