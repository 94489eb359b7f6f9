"""Statistics of the matching: counts by group, medians, charts, and a safe CSV."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests import factories, statements
from tests.theses import factories as made
from theses.models import Application, Topic
from theses.pages import statistics

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Cluster, Organisation, User

PAGE = "/admin/theses/statistics/"


def numbers(key: str, user: User) -> dict[str, list[int | None]]:
    dimension = next(each for each in statistics.DIMENSIONS if each.key == key)
    return {group.name: group.numbers for group in statistics.groups(dimension, user)}


def matched(topic: Topic, days: int, student: User | None = None) -> Application:
    """Accepted so many days after the topic opened."""
    decided = topic.published_at + datetime.timedelta(days=days)
    return made.application(
        topic, student, stage="accepted", decided_at=decided, place=topic.places.first()
    )


@pytest.fixture
def topics(company: Organisation, home_cluster: Cluster) -> list[Topic]:
    published = timezone.now() - datetime.timedelta(days=60)
    values = {"published_at": published, "levels": ["bachelor_uas", "master"], "fields": ("06",)}
    return [made.topic(company, home_cluster, **values) for _number in range(3)]


def test_topic_counts_in_each_of_its_levels(office: User, topics: list[Topic]) -> None:
    made.application(topics[0])

    found = numbers("level", office)

    assert list(found.values()) == [[3, 1, 0, 0, None]] * 2


def test_days_to_a_match_are_the_median(office: User, topics: list[Topic]) -> None:
    for topic, days in zip(topics, (3, 10, 50), strict=True):
        matched(topic, days)

    assert list(numbers("kind", office).values()) == [[3, 3, 3, 0, 10]]


def test_school_is_that_of_the_student(office: User, topics: list[Topic], student: User) -> None:
    school = factories.organisation("Esimerkkiopisto", kind="university")
    made.student_profile(student, school=school)
    matched(topics[0], 5, student)
    made.application(topics[1])

    found = numbers("school", office)

    assert found["Esimerkkiopisto"] == [0, 1, 1, 0, 5]
    assert [row[:2] for name, row in found.items() if name != "Esimerkkiopisto"] == [[3, 1]]


def test_field_has_its_name(office: User, topics: list[Topic]) -> None:
    assert [row[0] for row in numbers("field", office).values()] == [3]


def test_years_are_those_of_the_event(office: User, topics: list[Topic]) -> None:
    this_year = str(timezone.localdate().year)
    matched(topics[0], 0)
    long_ago = timezone.now() - datetime.timedelta(days=800)
    Topic.objects.filter(pk=topics[1].pk).update(published_at=long_ago)

    found = numbers("year", office)

    assert found[str(long_ago.year)][0] == 1
    assert sum(row[0] or 0 for row in found.values()) == 3
    assert found[this_year][1] == 1


def test_other_clusters_and_drafts_do_not_count(
    office: User, other_office: User, topics: list[Topic], company: Organisation,
    home_cluster: Cluster,
) -> None:  # fmt: skip
    made.topic(company, home_cluster, stage="draft", published_at=None)

    assert [row[0] for row in numbers("kind", office).values()] == [3]
    assert numbers("kind", other_office) == {}


def test_page_has_each_chart_beside_its_table(
    client: Client, office: User, topics: list[Topic]
) -> None:
    client.force_login(office)

    text = client.get(PAGE).content.decode()

    assert text.count('<svg viewBox="0 0 360') == len(statistics.DIMENSIONS)
    assert text.count("<desc id=") == len(statistics.DIMENSIONS)
    assert text.count('class="statistics__table"') == len(statistics.DIMENSIONS)


def test_empty_statistics_stand(client: Client, office: User) -> None:
    client.force_login(office)

    assert client.get(PAGE).status_code == 200


def test_csv_is_no_program(client: Client, office: User, topics: list[Topic]) -> None:
    student = factories.user()
    evil = factories.organisation("=cmd|'/c calc'!A0", kind="university")
    made.student_profile(student, school=evil)
    made.application(topics[0], student)
    client.force_login(office)

    lines = client.get(f"{PAGE}csv/").content.decode("utf-8-sig").splitlines()

    assert len(lines) > len(statistics.DIMENSIONS)
    assert [line for line in lines if ";=cmd" in line] == []
    assert [line for line in lines if ";'=cmd" in line] != []


def test_page_costs_the_same_for_one_and_many(
    client: Client, office: User, topics: list[Topic]
) -> None:
    client.force_login(office)
    few = len(statements.of_page(client, PAGE))
    for topic in topics:
        matched(topic, 4)

    assert len(statements.of_page(client, PAGE)) == few


def test_others_do_not_see_it(client: Client, member: User) -> None:
    client.force_login(member)

    assert client.get(PAGE).status_code in {302, 403}
    assert client.get(f"{PAGE}csv/").status_code in {302, 403}


def test_school_that_the_coordinator_may_not_see_is_counted_without_its_name(
    office: User, topics: list[Topic], student: User
) -> None:
    """Its profile is for its own cluster alone; the topic is for its students."""
    school = factories.organisation("Salattu opisto", visibility="private")
    Topic.objects.filter(pk=topics[0].pk).update(school=school)

    found = numbers("school", office)

    assert found["Sinulle näkymätön"][0] == 1
    assert "Salattu opisto" not in found
