"""Facets of related rows name only what everybody may see, whoever reads the list."""

import pytest
from django.utils import timezone

from tests import factories
from tests.theses import factories as made
from tests.theses import parties


def finished(organisation, cluster, slug):
    today = timezone.localdate()
    school = factories.organisation(kind="university")
    parties.thesis(
        made.topic(organisation, cluster), factories.user(), parties.supervisor(school),
        stage="finished", finished_on=today, finished_year=today.year, slug=slug,
        abstract="Tiivistelmä.",
    )  # fmt: skip


def institution(organisation, _cluster, slug):
    person = factories.user()
    made.supervisor_profile(person, organisation, slug=slug, visibility="public")


@pytest.mark.parametrize(
    "listing",
    [
        ("/theses/finished/", "organisation", finished),
        ("/theses/supervisors/", "institution", institution),
    ],
    ids=["finished", "supervisors"],
)
@pytest.mark.parametrize("reader", ["visitor", "member", "lead", "admin"])
@pytest.mark.parametrize("visibility", ["accounts", "members", "cluster", "private"])
def test_facet_does_not_name_a_hidden_organisation(
    listing, reader, visibility, client, cast, company
):
    path, key, make = listing
    home_cluster = company.memberships.get().cluster
    hidden = factories.organisation("Kanarialintu Oy", slug="kana", visibility=visibility)
    make(hidden, home_cluster, "kana-1")
    make(company, home_cluster, "nakyva-1")
    if reader != "visitor":
        client.force_login(cast[reader])

    faceted = client.get(path, {f"open-{key}": "yes"}).context["faceted"]
    narrowed = client.get(path, {key: "kana"}).context["faceted"]

    (group,) = [group for group in faceted.groups if group.key == key]
    assert [str(option.label) for option in group.options] == [company.title]
    assert faceted.count == 2
    assert narrowed.chosen == []
