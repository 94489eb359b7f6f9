"""The nights of the matching on the coordinators' page: how far, how long, what was left out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from theses import nights
from theses.models import MatchingChunk, MatchingRun

BOARDS = "/admin/theses/boards/"


@pytest.fixture
def started():
    """Builds a run that began so many minutes ago."""

    def build(minutes, *, finished=None, **values):
        run = MatchingRun.objects.create(**{"students": 300, "topics": 900, **values})
        began = timezone.now() - timedelta(minutes=minutes)
        over = None if finished is None else began + timedelta(minutes=finished)
        MatchingRun.objects.filter(pk=run.pk).update(started_at=began, finished_at=over)
        return run

    return build


def told(user):
    return [(row["state"], row["minutes"]) for row in nights.rows(user)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"done": 300}, "Valmis"),
        ({"done": 299, "failed": 1}, "Valmis, osa jäi pois"),
        ({"done": 120}, "Keskeytyi"),
    ],
)
def test_a_night_that_is_over_tells_how_it_went(started, office, values, state):
    started(60, finished=8, **values)

    assert told(office) == [(state, 8)]


def test_a_night_under_way_counts_until_its_latest_chunk(started, office):
    run = started(60, done=120)
    MatchingChunk.objects.create(
        run=run, first=1, last=50, done_at=timezone.now() - timedelta(minutes=10)
    )
    MatchingChunk.objects.create(run=run, first=51, last=100)

    assert told(office) == [("Käynnissä", 50)]


def test_a_night_on_which_nobody_goes_on_has_stopped(started, office):
    started(60)

    assert told(office) == [("Pysähtynyt; jatkuu, kun taustatyö taas toimii", 0)]


def test_the_latest_nights_come_first(started, office):
    for day in range(nights.SHOWN + 1):
        started(day * 24 * 60 + 60, finished=day, done=300)

    assert [minutes for _state, minutes in told(office)] == list(range(nights.SHOWN))


def test_the_page_shows_the_progress_and_only_the_administrator_what_a_failure_said(
    client, started, office, admin_user
):
    started(5, done=120, failed=3, problem="ValueError: unreadable")

    pages = {}
    for user in (office, admin_user):
        client.force_login(user)
        pages[user] = client.get(BOARDS).content.decode()

    for page in pages.values():
        assert "120/300" in page
        assert '<progress max="300" value="120"' in page
    assert "unreadable" in pages[admin_user]
    assert "unreadable" not in pages[office]


def test_without_a_night_the_page_says_so(client, office):
    client.force_login(office)

    assert "Yhtään yötä ei ole vielä laskettu" in client.get(BOARDS).content.decode()
