from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as django_mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cluster_portal.core import content
from cluster_portal.core.digest_section import DigestSection
from cluster_portal.core.visibility import StandIn, Visibility
from cluster_portal.notifications import digest_rounds, digests, outbox, preferences
from cluster_portal.notifications.content import NOTICES
from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import (
    Channel,
    Digest,
    DigestItem,
    OutboxMail,
    Preference,
    Weekday,
)
from cluster_portal.notifications.sending.delivery import deliver_one
from cluster_portal.notifications.services import interests
from members.models import Organisation
from tests import factories
from tests.notifications.conftest import deliver_all, tell_of, verified

pytestmark = pytest.mark.server


HELSINKI = ZoneInfo("Europe/Helsinki")
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=HELSINKI)
JOINED = MONDAY - timedelta(days=60)


def visible_organisations(user, since):
    return Organisation.objects.visible_to(user).order_by("pk")


@pytest.fixture(autouse=True)
def section(monkeypatch):
    """Only this section, whatever the apps have registered."""
    monkeypatch.setattr(content, "_types", {})
    content.register(content.Content("following", 1, "", interests=(interests.FOLLOWED,)))
    tell_of(DigestSection("new", "New organisations", visible_organisations))


@pytest.fixture
def aino(db):
    return verified("aino@example.org", first_name="Aino", date_joined=JOINED)


@pytest.fixture
def company_known(db):
    return factories.organisation("Sensori Oy")


def told(user):
    items = DigestItem.objects.filter(user=user).order_by("digest__period", "pk")
    return list(items.values_list("digest__period", "object_id"))


def rounds_at(moment, frequency, weekday=0):
    rounds = digest_rounds.due(datetime(*moment, tzinfo=HELSINKI))
    return [one.period for one in rounds if (one.frequency, one.weekday) == (frequency, weekday)]


@pytest.mark.parametrize(
    ("moment", "periods"),
    [
        ((2026, 11, 23, 7, 59), []),
        ((2026, 11, 23, 8, 0), ["2026-W48"]),
        ((2026, 11, 26, 14, 0), ["2026-W48"]),
        ((2026, 11, 26, 3, 0), []),
        ((2026, 11, 29, 23, 0), []),
        ((2027, 1, 2, 9, 0), ["2026-W53"]),
        ((2027, 3, 28, 9, 0), ["2027-W12"]),
        ((2027, 3, 29, 8, 0), ["2027-W13"]),
        ((2027, 10, 31, 9, 0), ["2027-W43"]),
        ((2027, 11, 1, 8, 0), ["2027-W44"]),
    ],
)
def test_period_follows_the_calendar_of_helsinki(moment, periods):
    assert rounds_at(moment, "weekly") == periods


@pytest.mark.parametrize(
    ("moment", "period"),
    [((2026, 11, 25, 9, 0), "2026-W47"), ((2026, 11, 26, 8, 0), "2026-W48")],
    ids=["the last Thursday", "this Thursday"],
)
def test_week_opens_on_the_readers_own_day(moment, period):
    assert rounds_at(moment, "weekly", Weekday.THURSDAY) == [period]


@pytest.mark.parametrize(
    ("moment", "period"),
    [((2026, 12, 2, 9, 0), "2026-11"), ((2026, 12, 7, 8, 0), "2026-12")],
    ids=["the first Monday is ahead", "the first Monday"],
)
def test_month_opens_on_its_first_such_day(moment, period):
    assert rounds_at(moment, "monthly") == [period]


@pytest.mark.parametrize("day", [(2026, 11, 30), (2026, 12, 31), (2027, 1, 3), (2027, 2, 1)])
def test_round_is_found_again_by_its_period(day):
    for one in digest_rounds.due(datetime(*day, 12, tzinfo=HELSINKI)):
        assert digest_rounds.of_period(one.frequency, one.period, one.weekday) == one


@pytest.mark.parametrize("frequency", ["daily", "weekly", "monthly"])
@pytest.mark.parametrize("hour", [7, 9])
def test_next_round_is_the_one_that_opens_first(frequency, hour):
    for number in range(45):
        now = datetime(2026, 11, 20, hour, tzinfo=HELSINKI) + timedelta(days=number)
        coming = digest_rounds.next_of(frequency, 2, now)

        assert now < coming.opens_at <= now + timedelta(days=36)
        assert coming in digest_rounds.due(coming.opens_at)
        assert coming not in digest_rounds.due(coming.opens_at - timedelta(days=1))


def test_digest_tells_what_is_new_in_the_readers_language(aino, company_known, postman):
    assert digests.compose_digests(MONDAY) == 1

    deliver_all(postman)

    sent = django_mail.outbox[0]
    assert sent.subject == "Viikkokooste 48/2026"
    assert "Sensori Oy" in sent.body
    assert company_known.get_absolute_url() in sent.alternatives[0].content
    assert "Koska et ole vielä valinnut, mitä seuraat" in sent.body
    assert "List-Unsubscribe" in sent.extra_headers


def test_digest_is_one_per_week_however_often_the_beat_ticks(aino, company_known):
    for minutes in (0, 1, 60, 60 * 24 * 5):
        digests.compose_digests(MONDAY + timedelta(minutes=minutes))

    assert Digest.objects.count() == 1
    assert OutboxMail.objects.count() == 1


def test_database_refuses_a_second_digest_of_the_week(aino):
    Digest.objects.create(user=aino, period="2026-W48")

    with pytest.raises(IntegrityError), transaction.atomic():
        Digest.objects.create(user=aino, period="2026-W48")


def test_item_is_told_once_and_a_late_one_next_week(aino, company_known):
    digests.compose_digests(MONDAY)
    late = factories.organisation("Myöhäinen Oy")
    digests.compose_digests(MONDAY + timedelta(hours=1))
    digests.compose_digests(MONDAY + timedelta(days=7))

    assert told(aino) == [("2026-W48", company_known.pk), ("2026-W49", late.pk)]


def test_item_whose_day_moves_is_told_again_of_the_new_day(aino, company_known):
    closing = DigestSection("new", "Closing", visible_organisations, day="created_at")
    tell_of(closing)
    for week, day in enumerate([MONDAY, MONDAY, MONDAY + timedelta(days=30)]):
        Organisation.objects.update(created_at=day)
        digests.compose_digests(MONDAY + timedelta(days=7 * week))

    assert told(aino) == [("2026-W48", company_known.pk), ("2026-W50", company_known.pk)]


def test_after_an_outage_only_the_newest_week_is_composed(aino, company_known):
    digests.compose_digests(MONDAY)
    late = factories.organisation("Myöhäinen Oy")
    digests.compose_digests(MONDAY + timedelta(days=24))

    assert list(Digest.objects.order_by("period").values_list("period", flat=True)) == [
        "2026-W48",
        "2026-W51",
    ]
    assert told(aino)[-1] == ("2026-W51", late.pk)


def test_more_than_a_sections_limit_waits_for_the_next_week(aino):
    tell_of(DigestSection("new", "New", visible_organisations, limit=2))
    made = [factories.organisation().pk for _ in range(3)]

    digests.compose_digests(MONDAY)
    digests.compose_digests(MONDAY + timedelta(days=7))

    assert [pk for _period, pk in told(aino)] == made


def test_nothing_to_tell_means_no_mail_that_week(aino):
    digests.compose_digests(MONDAY)
    factories.organisation()
    digests.compose_digests(MONDAY + timedelta(hours=3))

    assert Digest.objects.count() == 1
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize(
    "make",
    [
        lambda: factories.user(date_joined=JOINED),
        lambda: verified(date_joined=JOINED, is_active=False),
        lambda: verified(date_joined=MONDAY + timedelta(hours=1)),
    ],
    ids=["unverified", "closed", "newcomer of this week"],
)
def test_no_digest_for(make, company_known):
    make()

    assert digests.compose_digests(MONDAY + timedelta(hours=2)) == 0


def test_no_digest_for_who_switched_it_off(aino, company_known):
    preferences.unsubscribe(aino, KindGroup.DIGEST)

    assert digests.compose_digests(MONDAY) == 0


def test_switched_off_between_composing_and_sending(aino, company_known, postman):
    digests.compose_digests(MONDAY)
    preferences.unsubscribe(aino, KindGroup.DIGEST)

    deliver_all(postman)

    assert django_mail.outbox == []


def test_hidden_between_composing_and_sending(aino, company_known, postman):
    public = factories.organisation("Julkinen Oy")
    digests.compose_digests(MONDAY)
    company_known.visibility = Visibility.PRIVATE
    company_known.save()

    deliver_all(postman)

    assert "Sensori" not in django_mail.outbox[0].body
    assert public.name in django_mail.outbox[0].body


def test_everything_hidden_between_composing_and_sending(aino, company_known, postman):
    digests.compose_digests(MONDAY)
    company_known.delete()

    deliver_all(postman)

    assert django_mail.outbox == []


def test_each_reader_is_told_only_what_she_may_see(aino, member, company):
    verified_member = verified("toinen@example.org", date_joined=JOINED)
    factories.affiliation(verified_member, company)
    Organisation.objects.update(visibility=Visibility.PRIVATE)

    digests.compose_digests(MONDAY)

    assert told(aino) == []
    assert told(verified_member) == [("2026-W48", company.pk)]


def test_section_per_audience_is_asked_once_for_all_alike(db):
    calls = []

    def items(user, since):
        calls.append(user)
        return visible_organisations(user, since)

    tell_of(DigestSection("new", "New", items, per_audience=True))
    factories.organisation()
    for _ in range(5):
        verified(date_joined=JOINED)

    assert digests.compose_digests(MONDAY) == 5
    assert len(calls) == 1


def test_failing_person_is_left_out_and_the_others_get_theirs(company_known):
    people = [verified(date_joined=JOINED) for _ in range(5)]

    def items(user, since):
        if user == people[2]:
            raise RuntimeError
        return visible_organisations(user, since)

    tell_of(DigestSection("new", "New", items))

    assert digests.compose_digests(MONDAY) == 4
    assert not Digest.objects.filter(user=people[2]).exists()


@pytest.mark.usefixtures("notice")
def test_weekly_notices_come_with_the_digest(aino, postman):
    content.register(NOTICES)
    preferences.set_channels(aino, {KindGroup.EVENTS: Channel.WEEKLY})
    outbox.post("test_notice", to=aino, key="1", values={"name": "Forum"})
    OutboxMail.objects.update(created_at=MONDAY - timedelta(days=1))
    deliver_all(postman)
    assert django_mail.outbox == []

    digests.compose_digests(MONDAY)
    deliver_all(postman)

    assert "Notice: Forum" in django_mail.outbox[0].body


def test_shared_sections_are_asked_of_nobody_in_particular(aino):
    """What is theirs alone is not news, and must not crowd out what is new for all."""
    asked = []

    def items(user, since):
        asked.append(user)
        return visible_organisations(user, since)

    tell_of(DigestSection("new", "New", items, per_audience=True))
    factories.organisation()

    digests.compose_digests(MONDAY)

    assert [type(user) for user in asked] == [StandIn]


def test_candidates_are_kept_for_a_minute(aino, monkeypatch):
    tell_of(DigestSection("new", "New", visible_organisations, per_audience=True))
    known = digests.Candidates()
    assert known.of(JOINED, [aino]) == {aino.pk: ()}
    late = factories.organisation()

    known.forget_old()
    assert known.of(JOINED, [aino]) == {aino.pk: ()}

    monkeypatch.setattr(digests, "KEPT_SECONDS", 0)
    known.forget_old()
    assert [thing.pk for thing in known.of(JOINED, [aino])[aino.pk]] == [late.pk]


@pytest.mark.parametrize("count", [1, 6])
def test_composing_costs_the_same_whatever_the_number_of_people(
    count, company, django_assert_max_num_queries
):
    tell_of(DigestSection("new", "New", visible_organisations, per_audience=True))
    content.register(NOTICES)
    for _number in range(count):
        factories.affiliation(verified(date_joined=JOINED), company)

    with django_assert_max_num_queries(31):
        assert digests.compose_digests(MONDAY) == count


def sending(postman, count):
    """Statements of composing nothing and sending so many digests of things, less one for each."""
    for _number in range(count):
        person = verified(date_joined=JOINED)
        preferences.set_channels(person, {KindGroup.EVENTS: Channel.WEEKLY})
        about = factories.organisation()
        outbox.post("test_notice", to=person, key="1", about=about, values={"name": "Forum"})
    deliver_all(postman)
    OutboxMail.objects.update(created_at=MONDAY - timedelta(days=1))
    digests.compose_digests(MONDAY)
    with CaptureQueriesContext(connection) as captured:
        deliver_one(postman)
    return len(captured) - count


@pytest.mark.usefixtures("notice")
def test_notice_in_the_digest_goes_when_what_it_is_about_is_hidden(aino, company_known, postman):
    other = verified("toinen@example.org", date_joined=JOINED)
    factories.affiliation(other, company_known)
    content.register(NOTICES)
    tell_of()
    for person in (aino, other):
        preferences.set_channels(person, {KindGroup.EVENTS: Channel.WEEKLY})
        outbox.post("test_notice", to=person, key="1", about=company_known)
    deliver_all(postman)
    OutboxMail.objects.update(created_at=MONDAY - timedelta(days=1))
    digests.compose_digests(MONDAY)
    Organisation.objects.update(visibility=Visibility.PRIVATE)

    deliver_all(postman)

    assert [sent.to for sent in django_mail.outbox] == [["toinen@example.org"]]


def wants(person, frequency, weekday=0):
    preferences.set_channels(person, {KindGroup.DIGEST: frequency})
    preferences.set_weekday(person, weekday)


def periods_of(person):
    return list(Digest.objects.filter(user=person).order_by("pk").values_list("period", flat=True))


@pytest.mark.usefixtures("company_known")
@pytest.mark.parametrize(
    ("frequency", "weekday", "periods"),
    [
        ("daily", 0, [f"2026-11-{day}" for day in range(23, 31)]),
        ("weekly", Weekday.THURSDAY, ["2026-W47", "2026-W48"]),
        ("monthly", Weekday.MONDAY, ["2026-11"]),
        ("off", 0, []),
    ],
)
def test_each_gets_a_digest_as_often_as_wanted(aino, frequency, weekday, periods):
    wants(aino, frequency, weekday)

    for day in range(8):
        digests.compose_digests(MONDAY + timedelta(days=day))

    assert periods_of(aino) == periods
    assert OutboxMail.objects.count() == min(len(periods), 1)


def test_change_of_frequency_tells_nothing_twice(aino, company_known):
    for day, frequency in enumerate(["weekly", "daily", "monthly", "weekly", "daily"]):
        wants(aino, frequency)
        digests.compose_digests(MONDAY + timedelta(days=day))

    assert [pk for _period, pk in told(aino)] == [company_known.pk]
    assert OutboxMail.objects.count() == 1


def test_missed_days_are_caught_up_in_one(aino, company_known):
    wants(aino, "daily")
    late = factories.organisation("Myöhäinen Oy")

    digests.compose_digests(MONDAY + timedelta(days=9))

    assert told(aino) == [("2026-12-02", company_known.pk), ("2026-12-02", late.pk)]


@pytest.mark.parametrize(("channel", "weekday"), [("daily", 0), ("monthly", 0), ("weekly", 3)])
def test_only_the_digest_has_a_frequency_and_a_day(aino, channel, weekday):
    with pytest.raises(IntegrityError), transaction.atomic():
        Preference.objects.create(user=aino, group="events", channel=channel, weekday=weekday)


def test_read_notice_does_not_wait_any_more(aino, notice):
    content.register(NOTICES)
    tell_of()
    for key in "12":
        outbox.post("test_notice", to=aino, key=key, values={"name": "Forum"})
    OutboxMail.objects.update(state="weekly", created_at=MONDAY - timedelta(days=1))
    OutboxMail.objects.filter(key="1").update(read_at=MONDAY)

    digests.compose_digests(MONDAY)

    unread = OutboxMail.objects.get(key="2")
    assert told(aino) == [("2026-W48", unread.pk)]
    assert DigestItem.objects.get().group == "waiting"
