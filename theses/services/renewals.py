"""Reminders before a topic expires, and the signed link that renews it."""

from __future__ import annotations

import datetime
from itertools import islice
from typing import TYPE_CHECKING

from django.core import signing
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import OutboxMail
from members.models import User
from theses.models import Topic
from theses.models.choices import Stage
from theses.models.topic_workflow import MOVES
from theses.models.topics import OPEN_FOR
from theses.services.parties import offerers
from theses.services.topics import move_topic

if TYPE_CHECKING:
    from django.db.models import QuerySet

SALT = "theses.renew"
KIND = "topic_expiring"
# Days before the end, the earlier first; each reminder is due until the next one is.
REMINDERS = ((14, 3), (3, -1))
AT_ONCE = 500
LINK_LIVES_ON = datetime.timedelta(days=60)


def remind_of_expiry() -> int:
    """Posts the reminders that are due; a repeat posts none. Returns how many topics had one."""
    today = timezone.localdate()
    return sum(_remind(today, days, until) for days, until in REMINDERS)


def _remind(today: datetime.date, days: int, next_days: int) -> int:
    """Once for each last day of a topic: one whose day has changed is reminded of anew."""
    topics = _ending(_day(today, next_days + 1), _day(today, days))
    topics = topics.select_related("contact", "supervisor", "student")
    told = _reminded(days)
    due = (each for each in topics.iterator() if (each.pk, str(each.expires_on)) not in told)
    found = list(islice(due, AT_ONCE))
    for topic in found:
        until = str(topic.expires_on)
        for person in offerers(topic):
            outbox.post(
                KIND,
                to=person,
                key=f"{topic.pk}:{until}:{days}",
                about=topic,
                values={"days": days, "until": until},
            )
    return len(found)


def _reminded(days: int) -> set[tuple[int | None, str]]:
    """Topics, each with the last day that it was reminded of in this window."""
    posted = OutboxMail.objects.filter(
        kind=KIND, values__days=days, created_at__gte=timezone.now() - LINK_LIVES_ON
    )
    return set(posted.values_list("about_id", "values__until"))


def _day(today: datetime.date, days: int) -> datetime.date:
    return today + datetime.timedelta(days=days)


def _ending(first: datetime.date, last: datetime.date) -> QuerySet[Topic]:
    """Open topics whose last day lies between the two, both included."""
    year_old = (
        timezone.make_aware(datetime.datetime.combine(day, datetime.time())) - OPEN_FOR
        for day in (first, last + datetime.timedelta(days=1))
    )
    after, before = year_old
    by_day = Q(closes_on__range=(first, last))
    by_year = Q(closes_on=None, opened__gte=after, opened__lt=before)
    topics = Topic.objects.annotate(opened=Coalesce("renewed_at", "published_at"))
    return topics.filter(by_day | by_year, stage=Stage.OPEN).order_by(
        F("closes_on").asc(nulls_last=True), "pk"
    )


def renewal_path(topic_pk: int, user_pk: int, until: str) -> str:
    """The address that renews a topic without signing in, in the mail of one reader."""
    token = signing.dumps([topic_pk, user_pk, until], salt=SALT, compress=False)
    return reverse("theses:renew_by_link", args=[token])


def read_token(token: str) -> tuple[Topic, User] | None:
    """The topic and who may renew it; None once it was renewed, has ended or the link is old."""
    try:
        topic_pk, user_pk, until = signing.loads(token, salt=SALT)
        day = datetime.date.fromisoformat(until)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    topic = Topic.objects.select_related("home_cluster").filter(pk=topic_pk).first()
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    if topic is None or user is None or timezone.localdate() > day + LINK_LIVES_ON:
        return None
    if topic.expires_on != day or not MOVES.may("renew", topic, user):
        return None
    return topic, user


def renew_topic(topic: Topic, *, by: User) -> Topic:
    return move_topic(topic, "renew", by=by)
