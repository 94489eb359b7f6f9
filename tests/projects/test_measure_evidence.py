"""What counts as evidence of a measure, and what a programme with much of it costs."""

import pytest
from django.contrib.auth.models import AnonymousUser

from cluster_portal.core.thread_evidence import evidence_of
from projects.models import Measure, Project
from projects.services.programmes import approve_programme, new_version
from tests import factories
from tests.events import factories as events
from tests.projects import factories as make
from tests.theses import factories as theses
from tests.theses import parties
from theses.models import ThreadLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(home_cluster, company):
    programme = make.approved_programme(home_cluster, company, visibility="public")
    return programme.goals.get().measures.get()


def titles(measure, user=None):
    rows = evidence_of(Measure, [measure.pk], user or AnonymousUser())[measure.pk]
    return {str(row["title"]) for row in rows}


def project(measure, title="Hanke", **values):
    made = make.project(measure.goal.programme.home_cluster, title_fi=title, **values)
    made.measures.add(measure)
    return made


def test_everything_linked_is_evidence(measure, home_cluster, company):
    of_project = project(measure)
    school = factories.organisation(kind="university")
    make.pilot(home_cluster, company, school, title_fi="Pilotti", stage="running").measures.add(
        measure
    )
    make.result(home_cluster, title_fi="Tulos").measures.add(measure)
    make.result(home_cluster, title_fi="Hankkeen tulos", project=of_project)
    events.event(home_cluster, title_fi="Tapahtuma").measures.add(measure)
    topic = theses.topic(company, home_cluster, title="Opinnäyte")
    ThreadLink.objects.create(topic=topic, measure=measure)

    assert titles(measure) == {
        "Hanke", "Pilotti", "Tulos", "Hankkeen tulos", "Tapahtuma", "Opinnäyte"
    }  # fmt: skip


def test_finished_thesis_stands_for_its_topic(measure, home_cluster, company):
    topic = theses.topic(company, home_cluster, title="Sama otsikko")
    ThreadLink.objects.create(topic=topic, measure=measure)
    supervisor = parties.supervisor(factories.organisation(kind="university"), room=3)
    parties.working(
        topic, factories.user(), supervisor, stage="finished", slug="sama", title="Sama otsikko",
        finished_on=measure.starts_on, finished_year=measure.starts_on.year, abstract="Lyhyesti.",
    )  # fmt: skip

    kinds = [
        str(row["kind"]) for row in evidence_of(Measure, [measure.pk], AnonymousUser())[measure.pk]
    ]

    assert kinds == ["Valmis opinnäytetyö"]


def test_what_is_hidden_or_not_out_is_no_evidence(measure, home_cluster, company, office):
    hidden = project(measure, "Salattu", visibility="private")
    make.result(home_cluster, title_fi="Salatun tulos", project=hidden)
    draft = make.result(home_cluster, title_fi="Luonnos", organisation=company, stage="draft",
                        published_at=None, year=None, number=None)  # fmt: skip
    draft.measures.add(measure)

    assert titles(measure) == set()
    assert titles(measure, office) == {"Salattu", "Salatun tulos"}


def test_evidence_goes_on_with_the_next_version(measure, home_cluster, office):
    events.event(home_cluster, title_fi="Tapahtuma").measures.add(measure)
    draft = new_version(measure.goal.programme, by=office)

    approved = approve_programme(draft, by=office)

    assert titles(approved.goals.get().measures.get()) == {"Tapahtuma"}
    assert titles(measure) == set()


def test_page_of_a_measure_shows_its_place_on_the_thread(client, measure):
    project(measure, "Hanke langalla")

    text = client.get(measure.get_absolute_url()).content.decode()

    assert "thread-strip" in text
    assert text.count("Hanke langalla") >= 2


@pytest.mark.parametrize("person", ["visitor", "lead", "office"])
def test_large_programme_asks_twelve_statements(
    client, person, cast, measure, company, django_assert_max_num_queries
):
    """500 measures with ten links each; a coordinator's second factor is one statement more."""
    first = measure.goal
    rows = [
        Measure(
            goal=first, number=number, title_fi=f"Toimenpide {number}", responsible=company,
            state="in_progress", starts_on=measure.starts_on, ends_on=measure.ends_on,
        )
        for number in range(20_000, 20_499)
    ]  # fmt: skip
    measures = [measure, *Measure.objects.bulk_create(rows)]
    projects = [make.project(first.programme.home_cluster) for _ in range(10)]
    links = Project.measures.through
    links.objects.bulk_create(
        [links(project=one, measure=each) for one in projects for each in measures]
    )
    if person != "visitor":
        client.force_login(cast[person])
    client.get(first.programme.get_absolute_url())

    with django_assert_max_num_queries(13 if person == "office" else 12):
        text = client.get(first.programme.get_absolute_url()).content.decode()

    assert text.count("ja 7 muuta") == 500
    detail = client.get(measure.get_absolute_url()).content.decode()
    assert all(one.get_absolute_url() in detail for one in projects)
