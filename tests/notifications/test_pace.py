"""At night only what cannot wait leaves, and to one mail server not too much at once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from cluster_portal.notifications import outbox
from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import MailState, OutboxMail
from cluster_portal.notifications.sending import pace
from tests.events.factories import event
from tests.notifications.conftest import deliver_all, verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notice")]


def at(hour, minute=0, *, day=1, month=12):
    wall = datetime(2026, month, day, hour, minute)  # noqa: DTZ001 -- becomes Helsinki's
    return timezone.make_aware(wall)


@pytest.fixture
def _quiet(settings):
    settings.QUIET_HOURS = "21-7"


@pytest.mark.usefixtures("_quiet")
@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (at(20, 59), None), (at(21), at(7, day=2)), (at(23, 59), at(7, day=2)),
        (at(0), at(7)), (at(6, 59), at(7)), (at(7), None), (at(12), None),
    ],
)  # fmt: skip
def test_night_ends_in_the_morning_of_helsinki(now, morning):
    assert pace.morning_after(now) == morning


@pytest.mark.usefixtures("_quiet")
def test_clock_that_is_put_back_in_the_night_is_heeded():
    night = at(23, day=24, month=10)

    morning = pace.morning_after(night).astimezone(UTC)
    assert morning - night.astimezone(UTC) == timedelta(hours=9)


def test_no_hours_are_quiet_where_none_are_set():
    assert pace.morning_after(at(3)) is None


@pytest.fixture
def _night(monkeypatch):
    """It is six hours to the morning."""
    monkeypatch.setattr(pace, "morning_after", lambda now: now + timedelta(hours=6))


def posted(reader, **values):
    outbox.post("test_notice", to=reader, key="1", **values)


@pytest.mark.usefixtures("_night")
def test_notice_of_the_night_waits_and_is_in_the_inbox(reader, postman):
    posted(reader, values={"name": "Forum"})

    deliver_all(postman)

    mail = OutboxMail.objects.get()
    assert (mail.state, mail.attempts, django_mail.outbox) == (MailState.QUEUED, 0, [])
    assert mail.due_at > timezone.now() + timedelta(hours=5)
    assert mail.titles["en"] == "Notice: Forum"


@pytest.mark.usefixtures("_night")
@pytest.mark.parametrize(
    "changes",
    [{"urgent": True}, {"group": KindGroup.ACCOUNT}, {"lifetime": timedelta(hours=7)}],
    ids=["somebody waits", "a warning", "too late in the morning"],
)
def test_what_cannot_wait_leaves_at_night(changes, reader, postman, notice):
    notice(**changes)
    posted(reader)

    deliver_all(postman)

    assert len(django_mail.outbox) == 1


@pytest.mark.usefixtures("_night")
@pytest.mark.parametrize(("hours", "count"), [(7, 1), (30, 0)])
def test_news_of_an_event_of_the_morning_leave_at_night(
    hours, count, reader, postman, home_cluster
):
    starts = timezone.now() + timedelta(hours=hours)
    about = event(
        home_cluster, starts_at=starts, ends_at=starts + timedelta(hours=1),
        registration_closes_at=starts,
    )  # fmt: skip
    posted(reader, about=about)

    deliver_all(postman)

    assert len(django_mail.outbox) == count


@pytest.fixture
def _own_pace(monkeypatch, settings):
    settings.MAIL_PER_DOMAIN = 2
    monkeypatch.setattr(pace, "pace", pace.Pace())


@pytest.mark.usefixtures("_own_pace")
def test_domain_that_got_its_share_waits_while_others_get_theirs(postman, notice):
    for number in range(4):
        outbox.post("test_notice", to=verified(f"a{number}@big.example"), key="1")
    outbox.post("test_notice", to=verified("b@small.example"), key="1")

    deliver_all(postman)

    assert [mail.to for mail in django_mail.outbox] == [
        ["a0@big.example"], ["a1@big.example"], ["b@small.example"],
    ]  # fmt: skip
    notice(urgent=True)
    outbox.post("test_notice", to=verified("c@big.example"), key="2")
    deliver_all(postman)
    assert django_mail.outbox[-1].to == ["c@big.example"]


@pytest.mark.usefixtures("_own_pace")
def test_share_is_of_a_minute(monkeypatch):
    moments = iter([0.0, 1.0, 59.0, 60.5])
    monkeypatch.setattr(pace.time, "monotonic", lambda: next(moments))
    mine = pace.Pace()
    mine.note("a@big.example")
    mine.note("b@BIG.example")

    assert mine.full() == ["big.example"]
    assert mine.full() == []
