"""Indicators that are bound to a count."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import counting
from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from events.models import Event
from projects import demo
from projects.models import Measure
from projects.pages.figures import counted_of, with_seen_source
from projects.services.figures import bind_figure, count_figure, count_figures
from projects.services.programmes import approve_programme, new_version
from tests import factories
from tests.events.factories import event
from tests.projects import factories as make
from tests.surveys import factories as surveys

pytestmark = pytest.mark.django_db
ANSWERS = "survey-answers"
PAGE = "/projects/programme/"


@pytest.fixture
def measure(home_cluster, company):
    programme = make.approved_programme(home_cluster, company, visibility="public")
    found = programme.goals.get().measures.get()
    Measure.objects.filter(pk=found.pk).update(indicator_fi="haastatteluja", target=45, achieved=38)
    return Measure.objects.with_programme().get(pk=found.pk)


@pytest.fixture
def talks(home_cluster):
    """Two checked, one answered, one held, one invited; and a round of another cluster."""
    found = surveys.survey_round(home_cluster, slug="haastattelut", title_fi="Haastattelut")
    for stage in ("checked", "checked", "answered", "held", "invited"):
        surveys.response(found, stage=stage, organisation=factories.organisation())
    return found


def counted(measure):
    measure.refresh_from_db()
    return measure.achieved


@pytest.mark.parametrize(
    ("chosen", "figure"),
    [
        ({"round": "haastattelut"}, 4),
        ({"round": "haastattelut", "stage": "held"}, 4),
        ({"round": "haastattelut", "stage": "answered"}, 3),
        ({"round": "haastattelut", "stage": "checked"}, 2),
        ({"purpose": "other"}, 4),
        ({"purpose": "interview"}, 0),
        ({}, 4),
        ({"round": "poistettu"}, None),
        ({"stage": "invited"}, None),
    ],
)
def test_answers_are_counted_by_round_and_stage(talks, other_cluster, chosen, figure):
    elsewhere = surveys.survey_round(other_cluster, version=talks.version)
    surveys.response(elsewhere, stage="checked", organisation=factories.organisation())

    assert counting.figure(ANSWERS, chosen, talks.home_cluster) == figure


def test_answers_have_no_choice_that_tells_of_few():
    keys = {by.key for by in counting.sources()[ANSWERS].choices()}

    assert keys == {"round", "purpose", "stage"}


def test_content_is_counted_by_cluster_year_and_kind(home_cluster, other_cluster):
    now = timezone.now()
    for cluster, days, kind, visibility in (
        (home_cluster, 3, "seminar", "private"),
        (home_cluster, 800, "training", "public"),
        (other_cluster, 3, "seminar", "public"),
        (other_cluster, 3, "seminar", "private"),
        (home_cluster, -3, "seminar", "public"),
    ):
        starts = now - datetime.timedelta(days=days)
        values = {"starts_at": starts, "ends_at": starts + datetime.timedelta(hours=1)}
        event(cluster, kind=kind, visibility=visibility, **values)
    year = str((now - datetime.timedelta(days=3)).astimezone().year)

    def figure(**chosen):
        return counting.figure("events", chosen, home_cluster)

    assert Event.objects.count() == 5
    assert (figure(), figure(kind="training"), figure(year=year)) == (2, 1, 1)
    assert figure(network="all") == 2, "of others only what anybody may see"
    assert figure(year="1999") is None


@pytest.mark.parametrize("key", sorted(counting.sources()))
def test_every_source_can_be_counted_named_and_reached(key, home_cluster):
    source = counting.sources()[key]
    every = {by.key: next(iter(by.choices(home_cluster)))[0] for by in source.choices()
             if list(by.choices(home_cluster))}  # fmt: skip

    assert counting.figure(key, {}, home_cluster) == 0
    assert counting.figure(key, every, home_cluster) == 0
    assert counting.in_words(key, every, home_cluster).startswith(str(source.label))
    assert isinstance(counting.address(key, every), str)


def test_bound_figure_follows_the_answers(measure, talks, office):
    bind_figure(measure, ANSWERS, {"round": talks.slug, "stage": "checked"}, by=office)
    assert counted(measure) == 2

    surveys.response(talks, stage="checked", organisation=factories.organisation())
    assert count_figures() == 1
    assert counted(measure) == 3
    assert count_figures() == 0
    assert measure.count_words["fi"].endswith("Haastattelut, Tarkistettu")
    assert AuditEntry.objects.filter(action="figure bound").exists()


def test_lost_source_keeps_the_last_figure_and_says_so(measure, talks, office, client):
    bind_figure(measure, ANSWERS, {"round": talks.slug}, by=office)
    talks.responses.all().delete()
    talks.delete()

    assert count_figures() == 1
    assert counted(measure) == 4
    assert measure.count_lost_on == timezone.localdate()
    assert count_figures() == 0, "told of once"
    words = client.get(PAGE).content.decode()
    assert "Lähdettä ei ole löytynyt" in words
    assert "alle 5 (tavoite 45)" in words
    client.force_login(office)
    assert "4 (tavoite 45)" in client.get(PAGE).content.decode().replace("alle 5", "")


def test_unbound_figure_keeps_its_day_until_another_is_typed(measure, talks, office, client):
    surveys.response(talks, stage="held", organisation=factories.organisation())
    bind_figure(measure, ANSWERS, {"round": talks.slug}, by=office)
    bind_figure(measure, "", {}, by=office)

    assert counted(measure) == 5
    assert "Palvelu laski luvun viimeksi" in client.get(PAGE).content.decode()
    assert count_figures() == 0
    with pytest.raises(Refused):
        count_figure(measure, by=office)


def test_figure_of_few_is_not_left_behind_when_it_is_unbound(measure, talks, office):
    bind_figure(measure, ANSWERS, {"round": talks.slug}, by=office)
    assert counted(measure) == 4

    bind_figure(measure, "", {}, by=office)

    assert counted(measure) == 0


def test_link_is_shown_to_those_who_see_the_round(measure, talks, office, client):
    bind_figure(measure, ANSWERS, {"round": talks.slug}, by=office)

    assert talks.get_absolute_url() not in client.get(PAGE).content.decode()
    client.force_login(office)
    assert talks.get_absolute_url() in client.get(PAGE).content.decode()
    row = with_seen_source(Measure.objects.all(), office).with_programme().get(pk=measure.pk)
    assert counted_of(row).url == talks.get_absolute_url()


def test_others_read_neither_a_hidden_rounds_title_nor_a_figure_of_few(
    measure, talks, office, client
):
    bind_figure(measure, ANSWERS, {"round": talks.slug}, by=office)

    words = client.get(PAGE).content.decode()
    assert talks.title_fi not in words
    assert str(counting.sources()[ANSWERS].label) in words
    assert "alle 5 (tavoite 45)" in words
    assert 'value="8"' not in words, "nor a share that tells it"
    surveys.response(talks, stage="held", organisation=factories.organisation())
    count_figures()
    assert "5 (tavoite 45)" in client.get(PAGE).content.decode().replace("alle 5", "")
    assert "alle 5" not in client.get(PAGE).content.decode()

    client.force_login(office)
    assert talks.title_fi in client.get(PAGE).content.decode()


def test_answers_of_interviews_count_once_they_are_confirmed(home_cluster):
    found = surveys.survey_round(home_cluster, slug="puheet", mode="interviews")
    for stage in ("checked", "answered", "held"):
        surveys.response(found, stage=stage, organisation=factories.organisation())

    counts = [
        counting.figure(ANSWERS, {"round": "puheet", "stage": stage}, home_cluster)
        for stage in ("held", "answered", "checked")
    ]

    assert counts == [3, 1, 1]


def test_programme_page_asks_as_many_statements_with_bound_figures(
    measure, talks, office, client, home_cluster
):
    programme = measure.goal.programme
    for _number in range(3):
        make.measure(programme, responsible=measure.responsible, target=5)

    def statements():
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        return len(queries)

    before = statements()
    for each in Measure.objects.of(programme):
        bind_figure(each, ANSWERS, {"round": talks.slug}, by=office)

    assert statements() == before


def test_binding_passes_to_the_next_version(measure, talks, office):
    draft = new_version(measure.goal.programme, by=office)
    copy = Measure.objects.get(continues=measure)
    with pytest.raises(Refused):
        bind_figure(copy, ANSWERS, {}, by=office)
    bind_figure(measure, ANSWERS, {"round": talks.slug}, by=office)

    approve_programme(draft, by=office)
    surveys.response(talks, stage="held", organisation=factories.organisation())

    assert count_figures() == 1
    assert (counted(measure), counted(copy)) == (4, 5)


def test_coordinator_chooses_with_a_preview(measure, talks, office, client):
    client.force_login(office)
    address = reverse("admin:projects_measure_figure", args=[measure.pk])
    form = reverse("admin:projects_measure_change", args=[measure.pk])
    assert address in client.get(form).content.decode()

    asked = {"counts": ANSWERS, "by-round": talks.slug, "by-stage": "answered"}
    seen = client.get(address, asked)
    assert seen.context["preview"] == 3
    assert counted(measure) == 38

    assert client.post(address, asked).status_code == 302
    assert counted(measure) == 3
    assert client.get(address).context["preview"] == 3

    surveys.response(talks, stage="answered", organisation=factories.organisation())
    client.post(reverse("admin:projects_measure_count", args=[measure.pk]))
    assert counted(measure) == 4
    assert 'name="achieved"' not in client.get(form).content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"counts": "users"},
        {"counts": ANSWERS, "by-round": "elsewhere"},
        {"counts": ANSWERS, "by-round": "\0' OR 1=1"},
        {"counts": "events", "by-year": "20x6"},
        {"counts": "A" * 1_000_000},
    ],
)
def test_unknown_choice_is_refused(measure, other_cluster, office, client, asked):
    surveys.survey_round(other_cluster, slug="elsewhere")
    client.force_login(office)
    address = reverse("admin:projects_measure_figure", args=[measure.pk])

    answer = client.post(address, asked)

    assert answer.status_code in {200, 400}
    assert counted(measure) == 38


def test_outsiders_and_other_clusters_cannot_bind(measure, other_cluster, client):
    addresses = [
        reverse(f"admin:projects_measure_{name}", args=[measure.pk]) for name in ("figure", "count")
    ]
    stranger = factories.coordinator(other_cluster)
    factories.second_factor(stranger)
    for user in (factories.user(), stranger):
        client.force_login(user)
        for address in addresses:
            assert client.post(address, {"counts": "events"}).status_code in {302, 403, 404}
    assert counted(measure) == 38


def test_database_refuses_a_source_without_a_day(measure):
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(counts=ANSWERS)


def test_example_binds_what_is_there_and_leaves_the_rest_typed(
    measure, talks, office, tmp_path, home_cluster
):
    programme = measure.goal.programme
    type(programme).objects.filter(pk=programme.pk).update(approved_by=office)
    other = make.measure(programme, responsible=measure.responsible, achieved=7)
    rows = "".join(
        f'[[programme.goal.measure]]\nnumber = {each.number}\ncounts = "survey-answers"\n'
        f'count_by = {{ round = "{slug}" }}\n'
        for each, slug in ((measure, talks.slug), (other, "not-there"))
    )
    head = f'[[programme]]\ncluster = "{home_cluster.slug}"\nversion = {programme.version}\n'
    path = tmp_path / "programme.toml"
    path.write_text(f"{head}[[programme.goal]]\nnumber = 1\n{rows}")

    for _time in range(2):
        demo.load_figures(tmp_path, timezone.localdate())

    assert (counted(measure), measure.counts) == (4, ANSWERS)
    assert (counted(other), other.counts) == (7, "")
    assert AuditEntry.objects.filter(action="figure bound").count() == 1
