"""What a digest says about topics and theses: new, closing, finished, fit for the reader."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.digest_section import DigestSection
from theses.models import Suggestion, Thesis, Topic
from theses.pages import finished_list

if TYPE_CHECKING:
    from datetime import datetime

    from cluster_portal.core.visibility import Reader


IN_DIGEST, SUGGESTED = 24, 5
CLOSING_SOON = timedelta(days=14)


def topics_for(user: Reader, since: datetime) -> list[Suggestion]:
    """What the nights have found since, the best first."""
    rows = Suggestion.objects.visible_to(user).filter(found_at__gte=since)
    return list(rows.select_related("topic", "profile__user").order_by("-score", "pk")[:SUGGESTED])


def topics_for_many(users: list[Any], since: datetime) -> dict[int, list[Suggestion]]:
    """The same by reader; only those for whom something was found are asked about."""
    fresh = Suggestion.objects.filter(found_at__gte=since)
    fresh = fresh.filter(profile__user__in=[user.pk for user in users]).order_by()
    having = set(fresh.values_list("profile__user", flat=True).distinct())
    return {user.pk: topics_for(user, since) for user in users if user.pk in having}


def new_topics(user: Reader, since: datetime) -> Any:
    topics = Topic.objects.visible_to(user).open().filter(published_at__gte=since)
    return topics.select_related("organisation").order_by("-published_at", "-pk")[:IN_DIGEST]


def closing_topics(user: Reader, since: datetime) -> Any:
    last = timezone.localdate() + CLOSING_SOON
    topics = Topic.objects.visible_to(user).open().filter(closes_on__lte=last)
    return topics.select_related("organisation").order_by("closes_on", "pk")[:IN_DIGEST]


def newly_finished(user: Reader, since: datetime) -> Any:
    rows = Thesis.objects.visible_to(user).finished().defer("search")
    rows = rows.filter(finished_on__gte=timezone.localdate(since))
    rows = rows.select_related(*finished_list.RELATED, "application__student")
    return rows.order_by("-finished_on", "-pk")[:IN_DIGEST]


TOPICS = (
    DigestSection(
        "topics-for-you", _("Topics that fit you"), topics_for, order=59,
        for_many=topics_for_many, template="theses/_digest_suggestion.txt",
        because=_("Because it fits your student profile"), model=Suggestion, tells_of="topic",
    ),
    DigestSection("topics", _("New thesis topics"), new_topics, per_audience=True),
    DigestSection(
        "topics-closing", _("Thesis topics closing soon"), closing_topics, per_audience=True,
        order=61, template="theses/_digest_closing.txt", day="closes_on", model=Topic,
    ),
)  # fmt: skip
THESES = (
    DigestSection(
        "finished-theses", _("Finished theses"), newly_finished, per_audience=True, order=62
    ),
)
