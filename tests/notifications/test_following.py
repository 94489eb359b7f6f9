"""Following a thing, muting it, and hearing once what becomes of it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import Follow, FollowNews, MailState, OutboxMail
from cluster_portal.notifications.sending import delivery
from cluster_portal.notifications.sending.rendering import letter
from cluster_portal.notifications.services import following
from projects.models import FundingCall
from projects.services import calls
from tests import factories
from tests.projects import factories as projects


@pytest.fixture
def call(home_cluster):
    return projects.call(home_cluster)


def told():
    rows = OutboxMail.objects.filter(kind="followed").order_by("pk")
    return [(mail.recipient_id, mail.values["news"]) for mail in rows]


def press(client, call, what):
    address = reverse("following:change", args=["calls", call.slug])
    return client.post(address, {"do": what}, follow=True)


def test_following_is_one_press_and_a_second_changes_nothing(call, outsider, client):
    client.force_login(outsider)

    press(client, call, "follow")
    page = press(client, call, "follow").content.decode()

    assert Follow.objects.visible_to(outsider).of(call).count() == 1
    assert 'value="unfollow"' in page


def test_button_leads_a_visitor_to_sign_in(call, client):
    page = client.get(call.get_absolute_url()).content.decode()

    assert f"{reverse('account_login')}?next={call.get_absolute_url()}" in page


def test_hidden_thing_cannot_be_followed(home_cluster, outsider, client):
    call = projects.call(home_cluster, visibility="private")
    client.force_login(outsider)

    assert press(client, call, "follow").status_code == 404
    assert not Follow.objects.exists()


def test_only_a_declared_press_does_something(call, outsider, client):
    client.force_login(outsider)

    assert press(client, call, "delete").status_code == 404


def test_followers_are_told_once_and_not_who_did_it(call, outsider, member, office):
    for person in (outsider, member, office):
        following.follow(call, by=person)
    following.mute(call, by=member, muted=True)

    for _again in range(2):
        calls.tell_changes(call, ["closes_at", "slug"], key="1", by=office)
    calls.tell_changes(call, ["slug"], key="2", by=office)

    assert told() == [(outsider.pk, "changed")]


def test_letter_says_by_which_choice_it_came(call, outsider):
    following.follow(call, by=outsider)
    following.tell(call, "changed", key="1")

    assert "viestivalinnoissasi on ”Mitä seuraan”" in letter(OutboxMail.objects.get()).text


def test_who_no_longer_sees_it_hears_nothing(call, outsider):
    following.follow(call, by=outsider)
    following.tell(call, "changed", key="1")
    FundingCall.objects.filter(pk=call.pk).update(visibility="private")

    delivery.deliver_due()

    assert OutboxMail.objects.get(kind="followed").state == MailState.DROPPED


@pytest.mark.parametrize(
    ("days", "count"), [(31, 0), (30, 1), (15, 1), (14, 1), (4, 1), (3, 1), (1, 1), (-1, 0)]
)
def test_reminders_come_by_the_days_before_closing(call, outsider, days, count):
    following.follow(call, by=outsider)
    Follow.objects.update(since=timezone.now() - datetime.timedelta(days=60))
    call.closes_at = timezone.now() + datetime.timedelta(days=days)
    call.save()

    for _hour in range(2):
        calls.remind_of_closing()

    assert told() == [(outsider.pk, "closes_soon")] * count


def test_who_follows_later_is_not_reminded_of_what_is_past(call, outsider):
    call.closes_at = timezone.now() + datetime.timedelta(days=20)
    call.save()
    following.follow(call, by=outsider)

    calls.remind_of_closing()

    assert told() == []


def test_undeclared_news_are_a_fault(call):
    with pytest.raises(KeyError):
        following.tell(call, "exploded", key="1")


def test_number_of_followed_things_is_bounded(call, outsider, monkeypatch):
    monkeypatch.setattr(following, "MOST", 0)

    with pytest.raises(Refused):
        following.follow(call, by=outsider)


@pytest.mark.parametrize("count", [1, 3])
def test_page_shows_how_things_stand(
    home_cluster, outsider, client, count, django_assert_max_num_queries
):
    for _number in range(count):
        following.follow(projects.call(home_cluster), by=outsider)
    hidden = projects.call(home_cluster, visibility="private", title_fi="Salainen haku")
    Follow.objects.create(user=outsider, about=hidden)
    client.force_login(outsider)
    client.get(reverse("following:list"))  # types of content are asked once per process

    with django_assert_max_num_queries(10):
        page = client.get(reverse("following:list")).content.decode()

    assert page.count('value="unfollow"') == count
    assert "Salainen haku" not in page


def test_others_do_not_see_what_one_follows(call, outsider, member):
    following.follow(call, by=outsider)

    assert not Follow.objects.visible_to(member).exists()
    assert not Follow.objects.visible_to(factories.user("toinen@example.org")).exists()


@pytest.fixture
def many(call, monkeypatch):
    """Five followers, where two are many and a chunk is two."""
    monkeypatch.setattr(following, "AT_ONCE", 2)
    monkeypatch.setattr(following, "CHUNK", 2)
    readers = [factories.user() for _number in range(5)]
    for one in readers:
        following.follow(call, by=one)
    return readers


def test_news_for_many_are_one_row_until_a_worker_posts_them(call, many):
    following.mute(call, by=many[1], muted=True)
    following.tell(call, "changed", key="1", by=many[0])
    following.tell(call, "changed", key="1", by=many[0])
    late = factories.user()
    following.follow(call, by=late)

    assert (FollowNews.objects.count(), told()) == (1, [])
    following.expand_news()

    assert told() == [(one.pk, "changed") for one in many[2:]]
    assert not FollowNews.objects.exists()


def test_news_that_were_posted_half_go_on_where_they_were(call, many):
    following.tell(call, "changed", key="1")
    following.expand_some()
    assert len(told()) == 2

    following.expand_news()

    assert told() == [(one.pk, "changed") for one in many]


def test_news_of_what_is_gone_are_dropped(call, many):
    following.tell(call, "changed", key="1")
    FundingCall.objects.all().delete()

    following.expand_news()

    assert (told(), FollowNews.objects.count()) == ([], 0)
