"""What "not for me" does, said by anyone: hides the one thing, and counts against what is like it.

The same rule for all: a student and a supervisor turn topics down, those who offer a topic turn
students and supervisors down for that topic. Only the reader's own word counts, and of people only
those whose profile the reader may still see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cluster_portal.core.matching.features import saturated
from cluster_portal.core.matching.score import learned
from theses.models import Dismissal, StudentProfile, SupervisorProfile, Topic

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.matching.features import Features
    from cluster_portal.core.visibility import Reader

LATEST = 20  # so many of the latest dismissals teach
PEOPLE: dict[str, Any] = {"student": StudentProfile, "supervisor": SupervisorProfile}


def of_topics(user: Reader) -> QuerySet[Dismissal]:
    """Topics that are not for the reader, whichever list they stood in."""
    return Dismissal.objects.visible_to(user).filter(student=None, supervisor=None)


def of_people(topic: Topic, user: Reader, who: str) -> QuerySet[Dismissal]:
    """Whom the reader has turned down for the topic; `who` is a key of `PEOPLE`."""
    return Dismissal.objects.visible_to(user).filter(topic=topic).exclude(**{who: None})


def taught_wish(wish: Features, user: Reader) -> Features:
    pks = list(of_topics(user).order_by("-at").values_list("topic", flat=True)[:LATEST])
    rows = Topic.objects.filter(pk__in=pks).prefetch_related(*Topic.match_related)
    return learned(wish, [topic.match_features() for topic in rows] if pks else [])


def taught_topic(topic: Topic, user: Reader, who: str) -> Features:
    """The topic's features, less those by which people were found who did not fit."""
    pks = list(of_people(topic, user, who).order_by("-at").values_list(who, flat=True)[:LATEST])
    rows = PEOPLE[who].objects.visible_to(user) if pks else PEOPLE[who].objects.none()
    rows = rows.filter(pk__in=pks).distinct().prefetch_related("terms")
    dismissed = [saturated(person.match_features()) for person in rows]
    return learned(topic.match_features(), dismissed)
