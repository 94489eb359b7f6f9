"""Reminders before the end, the link that renews, and what renewing does."""

import datetime
import re

import pytest
from django.utils import timezone

from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from tests.theses import factories as made
from theses.models import Topic
from theses.services import renewals, topics


def after(days):
    return timezone.localdate() + datetime.timedelta(days=days)


def opened(days_ago):
    """At noon: the same hour of UTC is another day across summer time, late in the evening."""
    return datetime.datetime.combine(
        after(-days_ago), datetime.time(12), timezone.get_default_timezone()
    )


@pytest.fixture
def ending(company, home_cluster, lead):
    """Open for 60 days, 14 of them left."""
    return made.topic(
        company, home_cluster, contact=lead, closes_on=after(14), published_at=opened(46)
    )


def path_in(text):
    """Read, not made anew: a signed link bears the second in which it was made."""
    return re.search(r"/theses/renew/[^/]+/", text)[0]


def reminders():
    return sorted(
        OutboxMail.objects.filter(kind="topic_expiring").values_list("values__days", flat=True)
    )


@pytest.mark.parametrize(
    ("left", "posted"),
    [(30, []), (15, []), (14, [14]), (4, [14]), (3, [3]), (0, [3]), (-1, [])],
)
def test_reminder_is_posted_in_its_days(ending, left, posted):
    Topic.objects.update(closes_on=after(left))

    renewals.remind_of_expiry()

    assert reminders() == posted


def test_topic_without_last_day_is_reminded_of_before_a_year_is_full(ending):
    Topic.objects.update(closes_on=None, published_at=opened(365 - 14))

    renewals.remind_of_expiry()

    assert reminders() == [14]


def test_repeated_round_posts_nothing_more(ending):
    assert renewals.remind_of_expiry() == 1
    assert renewals.remind_of_expiry() == 0

    Topic.objects.update(closes_on=after(3))
    renewals.remind_of_expiry()

    assert reminders() == [3, 14]


def test_topic_that_closes_later_after_all_is_reminded_of_anew(ending):
    Topic.objects.update(closes_on=after(2))
    renewals.remind_of_expiry()

    Topic.objects.update(closes_on=after(3))
    renewals.remind_of_expiry()
    renewals.remind_of_expiry()

    assert reminders() == [3, 3]


def test_letter_holds_the_link_that_renews(client, ending, lead):
    renewals.remind_of_expiry()

    text = letter(OutboxMail.objects.get()).text

    path = path_in(text)
    assert renewals.read_token(path.split("/")[-2]) == (ending, lead)
    assert client.get(path).status_code == 200


def test_renewing_by_link_sets_the_same_span_and_kills_the_link(client, ending, lead):
    path = renewals.renewal_path(ending.pk, lead.pk, str(ending.expires_on))

    client.get(path)
    ending.refresh_from_db()
    assert ending.closes_on == after(14)

    assert client.post(path).status_code == 200
    ending.refresh_from_db()
    assert ending.closes_on == after(60)
    assert client.post(path).status_code == 404
    assert client.get(path).status_code == 404


def test_expired_topic_is_opened_anew_by_its_link(client, ending, lead):
    Topic.objects.update(closes_on=after(-1))
    topics.expire_overdue()
    ending.refresh_from_db()
    mail = OutboxMail.objects.get(kind="topic_expired")

    client.post(path_in(letter(mail).text))
    ending.refresh_from_db()
    assert ending.is_open


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "WzEsMV0:1:abc"])
def test_broken_link_meets_a_neutral_page(client, db, token):
    assert client.get(f"/theses/renew/{token}/").status_code == 404


def test_link_of_a_former_contact_is_dead(client, ending, lead):
    path = renewals.renewal_path(ending.pk, lead.pk, str(ending.expires_on))
    Topic.objects.update(contact=None)
    lead.affiliations.all().delete()

    assert client.post(path).status_code == 404


def test_link_is_dead_long_after_the_end(client, ending, lead):
    Topic.objects.update(closes_on=after(-61))
    path = renewals.renewal_path(ending.pk, lead.pk, str(after(-61)))

    assert client.post(path).status_code == 404


@pytest.mark.parametrize(
    ("open_for", "days"), [(5, 30), (90, 90), (900, 365)], ids=["short", "same", "long"]
)
def test_renewal_lasts_as_long_as_before_within_bounds(ending, lead, open_for, days):
    Topic.objects.update(closes_on=after(0), published_at=opened(open_for))

    topics.move_topic(ending, "renew", by=lead)

    ending.refresh_from_db()
    assert ending.closes_on == after(days)


def test_renewed_topic_without_last_day_starts_a_new_year(ending, lead):
    Topic.objects.update(closes_on=None, published_at=opened(360))

    topics.move_topic(ending, "renew", by=lead)

    ending.refresh_from_db()
    assert ending.expires_on == after(365)
