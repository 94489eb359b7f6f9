import pytest
from django.contrib.auth.models import AnonymousUser

from cluster_portal.core import request_cache
from cluster_portal.core.visibility import (
    StandIn,
    audience,
    audiences_of,
    groups_of,
)
from members.models import Affiliation, Coordinator, Organisation, User
from tests import factories


def test_audience_of_a_member_names_organisation_and_cluster(member, company, home_cluster):
    known = audience(member)

    assert known.member_clusters == {home_cluster.pk}
    assert known.organisations == {company.pk}
    assert known.edits == frozenset()


def test_audience_is_found_with_one_statement_in_a_scope(lead, django_assert_num_queries):
    with request_cache.scope(), django_assert_num_queries(1):
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


EVERYONE = ["outsider", "member", "lead", "office", "other_office", "admin_user"]


def test_audiences_of_many_are_what_each_is_told_alone(request, home_cluster):
    factories.membership(request.getfixturevalue("outsider"), home_cluster)
    people = [request.getfixturevalue(who) for who in EVERYONE]
    factories.affiliation(people[1], factories.organisation(), stage="requested")
    alone = [audience(User.objects.get(pk=person.pk)) for person in people]

    together = list(User.objects.filter(pk__in=[person.pk for person in people]))
    with request_cache.scope():
        audiences_of(together)
        found = {person.pk: audience(person) for person in together}

    assert [found[person.pk] for person in people] == alone


def test_audiences_of_many_take_three_statements(company, django_assert_num_queries):
    for _number in range(5):
        factories.affiliation(factories.user(), company)
    people = list(User.objects.all())

    with request_cache.scope(), django_assert_num_queries(3):
        audiences_of(people)
        audiences_of(people)
        found = [audience(person) for person in people]

    assert len({known.member_clusters for known in found}) == 1


def test_audiences_of_nobody_ask_nothing(member, django_assert_num_queries):
    member.is_active = False

    with django_assert_num_queries(0):
        audiences_of([member])


def test_a_stand_in_has_the_groups_and_nothing_of_her_own(member):
    shared = factories.organisation(visibility="members")
    own = factories.affiliation(member, shared, stage="requested")
    stand_in = StandIn(audience(member))

    assert audience(stand_in) == groups_of(audience(member))
    assert Organisation.objects.visible_to(stand_in).contains(shared)
    assert Affiliation.objects.visible_to(member).contains(own)
    assert not Affiliation.objects.visible_to(stand_in).contains(own)
