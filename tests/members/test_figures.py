"""The network in figures: numbers agree, what is hidden is not counted."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import vocabulary
from cluster_portal.core.visibility import Visibility
from members.models import Organisation, RelatedCluster
from members.pages import cooperation, coverage, figures, growth
from tests import factories
from tests.events import factories as events
from tests.projects import factories as projects

pytestmark = pytest.mark.django_db
PAGES = ["members:figures", "members:cooperation", "members:coverage"]


def joined(name, cluster, **values):
    row = factories.organisation(name, **values)
    factories.membership(row, cluster)
    return row


def years(user, cluster=None):
    return dict(figures.values(user, cluster)["over_time"]["rows"])


@pytest.mark.parametrize("page", PAGES)
def test_page_of_an_empty_network_says_so(client, page):
    response = client.get(reverse(page))

    assert response.status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("asked", ["pirkanmaa", "nowhere", "x" * 500])
def test_page_takes_any_cluster_in_its_address(client, home_cluster, page, asked):
    joined("Yritys", home_cluster, region=factories.region())

    assert client.get(reverse(page), {"cluster": asked}).status_code == 200


@pytest.mark.parametrize("page", PAGES[:3])
def test_page_costs_the_same_for_1_and_30_members(
    client, home_cluster, django_assert_max_num_queries, page
):
    def make(first, last):
        made = [
            joined(f"Yritys {each}", home_cluster, slug=f"yritys-{each}")
            for each in range(first, last)
        ]
        for row in made:
            projects.partnership(projects.project(home_cluster), row)

    make(0, 1)
    client.get(reverse(page))
    with django_assert_max_num_queries(36) as few:  # one for each kind of thing counted by year
        client.get(reverse(page))
    make(1, 30)

    with django_assert_max_num_queries(len(few)):
        client.get(reverse(page))


def test_hidden_member_is_counted_for_nobody_outside(outsider, home_cluster):
    joined("Näkyvä Oy", home_cluster)
    joined("Piilossa Oy", home_cluster, visibility=Visibility.PRIVATE)

    shown = figures.values(outsider, None)

    assert shown["total"] == 1
    assert set(years(outsider).values()) == {1}


def test_years_count_members_at_their_end(outsider, home_cluster):
    this_year = timezone.localdate().year
    gone, whole = factories.organisation("Lähtenyt Oy"), factories.organisation("Vuoden Oy")
    factories.membership(
        gone, home_cluster, stage="ended",
        since=datetime.date(this_year - 3, 5, 1), until=datetime.date(this_year - 1, 6, 30),
    )  # fmt: skip
    factories.membership(
        whole, home_cluster, stage="ended",
        since=datetime.date(this_year - 2, 1, 1), until=datetime.date(this_year - 2, 12, 31),
    )  # fmt: skip

    found = years(outsider)

    assert list(found.values()) == [1, 2, 0, 0]
    assert list(found) == [str(this_year - 3 + each) for each in range(4)]


def test_partners_of_a_visible_project_work_together(outsider, home_cluster):
    first, second = (
        joined("Yksi Oy", home_cluster),
        joined("Kaksi ry", home_cluster, kind="association"),
    )
    shown, hidden = projects.project(home_cluster), projects.project(home_cluster)
    hidden.visibility = Visibility.PRIVATE
    hidden.save()
    for project in (shown, hidden):
        for each in (first, second):
            projects.partnership(project, each, stage="accepted")

    pairs = cooperation.values(outsider, None)["pairs"]

    assert [(pair["a"].pk, pair["b"].pk, pair["count"]) for pair in pairs] == [
        (first.pk, second.pk, 1)
    ]


def test_participants_of_events_count_for_sectors_but_are_not_named(outsider, home_cluster):
    person = factories.user()
    host = joined("Isäntä Oy", home_cluster)
    guest = joined("Vieras ry", home_cluster, kind="association")
    factories.affiliation(person, guest)
    event = events.event(home_cluster, organisation=host)
    events.registration(event, person, stage="attended", is_listed=True)
    past = timezone.now() - datetime.timedelta(days=2)
    type(event).objects.filter(pk=event.pk).update(starts_at=past, ends_at=past)

    shown = cooperation.values(outsider, None)

    assert shown["pairs"] == []
    assert shown["matrix"]["rows"][3]["cells"][4]["text"] == 1


def test_above_forty_organisations_the_picture_shows_sectors(outsider, home_cluster):
    rows = [joined(f"Yritys {n}", home_cluster, slug=f"y-{n}") for n in range(42)]
    project = projects.project(home_cluster)
    for row in rows:
        projects.partnership(project, row, stage="accepted")

    shown = cooperation.values(outsider, None)

    assert shown["is_by_sector"]
    assert len(shown["pairs"] + shown["other_pairs"]) == 100
    assert shown["more"] == 42 * 41 // 2 - 100


def test_related_cluster_is_shown_to_whom_it_is_open(client, home_cluster):
    values = {
        "home_cluster": home_cluster, "summary_fi": "Lyhyesti.", "relation": "partner",
        "source": "example.org", "checked_on": timezone.localdate(),
    }  # fmt: skip
    shown = RelatedCluster.objects.create(name_fi="Avoin <b>verkosto</b>", **values)
    shown.regions.add(vocabulary.find("region", "08"))
    RelatedCluster.objects.create(name_fi="Kätketty", visibility=Visibility.MEMBERS, **values)

    text = client.get(reverse("members:related"), follow=True).text

    assert "Avoin &lt;b&gt;" in text
    assert "Kätketty" not in text


def test_one_number_of_members_everywhere(client, home_cluster):
    for each in range(3):
        joined(f"Yritys {each}", home_cluster, slug=f"yritys-{each}")
    factories.organisation("Ei jäsen Oy")

    shown = client.get(reverse("members:figures"))

    now = {str(each["label"]): each["value"] for each in shown.context["now"]}
    assert shown.context["total"] == 3
    assert "3" in now.values()
    assert Organisation.objects.members().count() == 3


def declared(cluster, count, code="5", **values):
    for each in range(count):
        row = joined(f"Yritys {code} {each}", cluster, slug=f"dual-{code}-{each}")
        factories.capability(row, cluster, dual_use=term(code), **values)


def term(code):
    return vocabulary.terms("dual_use")[int(code)]


def test_dual_use_is_told_of_five_members_at_least_and_of_no_single_cluster(
    outsider, home_cluster, other_cluster
):
    declared(home_cluster, 5, "5")
    declared(other_cluster, 4, "6")

    whole = coverage.values(outsider, None)["dual_use"]

    assert whole == [{"label": term("5").label, "value": 5}]
    assert coverage.values(outsider, other_cluster)["dual_use"] == whole


def test_capability_of_a_hidden_level_is_not_on_the_technology_map(outsider, home_cluster):
    row = joined("Yritys", home_cluster)
    factories.capability(row, home_cluster, kind="product", trl=8)
    factories.capability(row, home_cluster, kind="service", trl=8, visibility=Visibility.MEMBERS)

    rows = coverage.values(outsider, None)["technology"]["rows"]

    assert [[cell["text"] for cell in each["cells"]] for each in rows[:2]] == [
        [0, 0, 1, 0],
        [0, 0, 0, 0],
    ]


@pytest.mark.parametrize("name", ["name_fi", "summary_sv", "owner", "source"])
def test_related_cluster_bears_no_marking(name, home_cluster):
    row = RelatedCluster(home_cluster=home_cluster, **{name: "Ks. TL IV"})

    with pytest.raises(ValidationError):
        row.clean()


def test_shared_values_bear_no_marking(home_cluster):
    home_cluster.values_sv = "Se TL III"

    with pytest.raises(ValidationError):
        home_cluster.clean()


def came(year):
    return datetime.datetime(year, 6, 1, tzinfo=datetime.UTC)


def test_research_and_education_grow_by_kind_and_by_unit(client, home_cluster):
    year = timezone.localdate().year
    school = joined("Harjun yliopisto", home_cluster)
    factories.capability(
        school,
        home_cluster,
        kind="research_group",
        visibility="public",
        published_at=came(year - 2),
    )
    factories.capability(school, home_cluster, kind="course", visibility="public")
    factories.capability(school, home_cluster, kind="product", visibility="public")
    lab = joined("Testitalo Oy", home_cluster)
    projects.testbed(home_cluster, lab, published_at=came(year - 1))

    shown = client.get(reverse("members:figures"))

    by_kind, by_unit = shown.context["growth"]
    assert by_unit["head"] == [str(year - 2), str(year - 1), str(year)]
    assert {row["name"]: [cell["text"] for cell in row["cells"]] for row in by_unit["rows"]} == {
        "Harjun yliopisto": [1, 1, 2], "Testitalo Oy": [0, 1, 1],
    }  # fmt: skip
    assert {row["name"]: [cell["text"] for cell in row["cells"]] for row in by_kind["rows"]} == {
        "Koeympäristö": [0, 1, 1], "Koulutus": [0, 0, 1], "Tutkimusryhmä": [1, 1, 1],
    }  # fmt: skip
    assert "Näin tutkimus ja koulutus kasvavat" in shown.content.decode()


def test_unit_that_the_reader_may_not_see_is_not_named(outsider, home_cluster):
    hidden = joined("Piilossa Oy", home_cluster, visibility=Visibility.PRIVATE)
    projects.testbed(home_cluster, hidden)

    by_unit = growth.tables(outsider)[1]

    assert [row["name"] for row in by_unit["rows"]] == ["Muut"]


def test_growth_counts_units_of_the_chosen_cluster_and_only_what_is_on_offer(
    outsider, home_cluster, other_cluster
):
    here, there = joined("Täällä Oy", home_cluster), joined("Tuolla Oy", other_cluster)
    projects.testbed(home_cluster, here)
    projects.testbed(home_cluster, here, stage="withdrawn")
    projects.testbed(other_cluster, there)

    by_unit = figures.values(outsider, home_cluster)["growth"][1]

    assert [(row["name"], row["cells"][-1]["text"]) for row in by_unit["rows"]] == [
        ("Täällä Oy", 1)
    ]
