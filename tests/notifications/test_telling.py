from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as django_mail
from django.urls import reverse
from django.utils import timezone

from cluster_portal.notifications import matching, preferences, saved_searches, tasks, telling
from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import (
    Frequency,
    MailState,
    OutboxMail,
    SavedSearchHit,
)
from tests.notifications.conftest import deliver_all
from tests.notifications.searching import arrived, saved, thing

HELSINKI = ZoneInfo("Europe/Helsinki")


def helsinki(day, hour, minute=0):
    """A moment of a week in June 2027 whose Monday is the 7th."""
    return datetime(2027, 6, day, hour, minute, tzinfo=HELSINKI)


def found_at(search, moment, new=None):
    new = new or thing()
    SavedSearchHit.objects.create(search=search, object_id=new.pk, found_at=moment)
    return new


def told():
    return OutboxMail.objects.filter(kind="saved_search").count()


@pytest.mark.parametrize(
    ("frequency", "now", "opening"),
    [
        (Frequency.DAILY, helsinki(9, 8), helsinki(9, 8)),
        (Frequency.DAILY, helsinki(9, 7, 59), helsinki(8, 8)),
        (Frequency.DAILY, helsinki(9, 23), helsinki(9, 8)),
        (Frequency.WEEKLY, helsinki(7, 8), helsinki(7, 8)),
        (Frequency.WEEKLY, helsinki(13, 23), helsinki(7, 8)),
        (Frequency.WEEKLY, helsinki(14, 7, 59), helsinki(7, 8)),
        (Frequency.DAILY, datetime(2027, 3, 28, 9, tzinfo=HELSINKI), None),
    ],
)
def test_openings_are_at_eight_in_helsinki(frequency, now, opening):
    found = telling.last_opening(frequency, now)

    assert found == (opening or datetime(2027, 3, 28, 8, tzinfo=HELSINKI))


@pytest.mark.parametrize(
    ("frequency", "found", "now", "is_told"),
    [
        (Frequency.AT_ONCE, helsinki(9, 3), helsinki(9, 3, 1), True),
        (Frequency.DAILY, helsinki(8, 12), helsinki(8, 12, 1), False),
        (Frequency.DAILY, helsinki(8, 12), helsinki(9, 7, 59), False),
        (Frequency.DAILY, helsinki(8, 12), helsinki(9, 8), True),
        (Frequency.DAILY, helsinki(8, 12), helsinki(9, 21), False),
        (Frequency.WEEKLY, helsinki(8, 12), helsinki(9, 8), False),
        (Frequency.WEEKLY, helsinki(8, 12), helsinki(14, 8), True),
        (Frequency.WEEKLY, helsinki(14, 8, 5), helsinki(14, 9), False),
        (Frequency.OFF, helsinki(8, 12), helsinki(14, 9), False),
    ],
)
def test_each_search_tells_at_its_hour(reader, frequency, found, now, is_told):
    search = saved(reader, frequency="at_once")
    type(search).objects.filter(pk=search.pk).update(frequency=frequency)
    found_at(search, found)

    assert telling.tell_due(now) == int(is_told)
    assert told() == int(is_told)


def test_a_day_has_one_message_even_when_hits_are_late(reader):
    search = saved(reader, frequency="daily")
    found_at(search, helsinki(8, 12))
    telling.tell_due(helsinki(9, 8))
    found_at(search, helsinki(9, 7))

    assert telling.tell_due(helsinki(9, 9)) == 0
    assert telling.tell_due(helsinki(10, 8)) == 1


def test_hits_of_one_batch_come_in_one_message(reader):
    search = saved(reader)
    for _number in range(3):
        arrived()
    matching.match_arrivals()

    assert telling.tell_due(timezone.now()) == 1

    search.refresh_from_db()
    assert search.last_told_at is not None
    assert search.hits.filter(letter=None).count() == 0
    assert telling.tell_due(timezone.now()) == 0


def test_what_is_hidden_before_it_is_told_may_come_again(reader):
    search = saved(reader)
    new = arrived()
    matching.match_arrivals()
    type(new).objects.filter(pk=new.pk).update(visibility="private")

    assert telling.tell_due(timezone.now()) == 0
    assert not search.hits.exists()

    type(new).objects.filter(pk=new.pk).update(visibility="public")
    saved_searches.published("things", new.pk)
    matching.match_arrivals()
    assert telling.tell_due(timezone.now()) == 1


def test_chunks_of_searches_are_all_told(reader, member, lead, monkeypatch):
    monkeypatch.setattr(telling, "CHUNK", 2)
    for person in (reader, member, lead):
        saved(person)
    arrived()
    matching.match_arrivals()

    assert telling.tell_due(timezone.now()) == 3


def test_a_search_of_a_list_that_is_gone_tells_nothing(reader):
    search = saved(reader)
    arrived()
    matching.match_arrivals()
    type(search).objects.filter(pk=search.pk).update(kind="gone")

    assert telling.tell_due(timezone.now()) == 0


# The message itself


def letter(postman, search, *names):
    for name in names:
        arrived(name)
    matching.match_arrivals()
    telling.tell_due(timezone.now())
    deliver_all(postman)
    return django_mail.outbox


def test_the_message_names_search_count_and_hits(reader, postman):
    search = saved(reader, "q=varautuminen")
    (sent,) = letter(postman, search, "Varautuminen Oy", "Varautuminen ja Pojat Oy")

    assert sent.subject == "2 new for your search: Haku"
    html = sent.alternatives[0].content
    for name in ("Varautuminen Oy", "Varautuminen ja Pojat Oy"):
        assert name in sent.body
        assert name in html
    assert "http://localhost:8000/en/members/?q=varautuminen" in sent.body
    assert "You saved this search to be told of new ones (at once)." in sent.body


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("fi", "1 uusi osuma hakuusi: Haku"),
        ("sv", "1 ny träff för din sökning: Haku"),
        ("en", "1 new for your search: Haku"),
    ],
)
def test_the_message_speaks_the_readers_language(reader, postman, language, subject):
    reader.language = language
    reader.save()

    (sent,) = letter(postman, saved(reader), "Esimerkki Oy")

    assert sent.subject == subject


def test_a_long_message_says_how_many_more(reader, postman):
    (sent,) = letter(postman, saved(reader), *[f"Yritys {n:02} Oy" for n in range(23)])

    assert sent.subject.startswith("23 new")
    assert sent.body.count("\n- ") == 20
    assert "And 3 more." in sent.body


@pytest.mark.parametrize("change", ["hidden", "paused", "deleted", "gone"])
def test_nothing_is_sent_that_has_lost_its_point(reader, postman, change):
    search = saved(reader)
    new = arrived()
    matching.match_arrivals()
    telling.tell_due(timezone.now())
    if change == "hidden":
        type(new).objects.filter(pk=new.pk).update(visibility="private")
    elif change == "paused":
        saved_searches.set_frequency(search, Frequency.OFF, by=reader)
    elif change == "deleted":
        saved_searches.remove(search, by=reader)
    else:
        type(search).objects.filter(pk=search.pk).update(kind="gone")

    deliver_all(postman)

    assert django_mail.outbox == []
    assert OutboxMail.objects.get().state == MailState.DROPPED


def test_the_headers_unsubscribe_from_saved_searches_alone(client, reader, postman):
    (sent,) = letter(postman, saved(reader), "Esimerkki Oy")
    url = sent.extra_headers["List-Unsubscribe"].strip("<>")

    client.post(url.removeprefix("http://localhost:8000"), {"List-Unsubscribe": "One-Click"})

    channels = preferences.channels_of(reader)
    assert channels[KindGroup.SAVED] == "off"
    assert channels[KindGroup.THESES] == "at_once"


def pause_link(sent):
    line = next(line for line in sent.body.splitlines() if "/searches/pause/" in line)
    return line.split("http://localhost:8000")[1]


def test_the_link_of_the_message_pauses_that_search_after_asking(client, reader, postman):
    other = saved(reader, "q=muu")
    search = saved(reader)
    link = pause_link(letter(postman, search, "Esimerkki Oy")[0])

    shown = client.get(link)
    search.refresh_from_db()
    assert (shown.status_code, search.frequency) == (200, Frequency.AT_ONCE)

    done = client.post(link)
    search.refresh_from_db()
    other.refresh_from_db()
    assert (done.status_code, search.frequency) == (200, Frequency.OFF)
    assert other.frequency == Frequency.AT_ONCE


@pytest.mark.parametrize("token", ["nonsense", "a:b:c"])
def test_a_broken_link_pauses_nothing(client, db, token):
    assert client.post(reverse("searches:pause_by_link", args=[token])).status_code == 404


def test_the_link_of_a_deleted_search_is_not_found(client, reader, postman):
    search = saved(reader)
    link = pause_link(letter(postman, search, "Esimerkki Oy")[0])
    saved_searches.remove(search, by=reader)

    assert client.get(link).status_code == 404


def test_the_task_goes_all_the_way_from_arrival_to_message(reader):
    saved(reader)
    arrived()

    tasks.tell_searchers()

    assert told() == 1
    assert not SavedSearchHit.objects.filter(letter=None).exists()


def test_the_end_of_summer_time_moves_no_opening():
    found = telling.last_opening(Frequency.DAILY, datetime(2027, 10, 31, 6, 30, tzinfo=UTC))

    assert found == datetime(2027, 10, 31, 6, tzinfo=UTC)
    assert telling.last_opening(Frequency.DAILY, datetime(2027, 10, 31, 5, 30, tzinfo=UTC)) == (
        datetime(2027, 10, 30, 5, tzinfo=UTC)
    )
