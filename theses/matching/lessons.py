"""What "not for me" does, said by anyone: hides the one thing, and counts against what is like it.

The same rule for all: a student and a supervisor turn topics down, those who offer a topic turn
students and supervisors down for that topic. Only the reader's own word counts, and of people only
those whose profile she may still read.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from theses.matching import wishes
from theses.models import Dismissal, StudentProfile, SupervisorProfile, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from theses.matching.features import Features

LATEST = 20  # so many of the latest dismissals teach
LESSON, FLOOR = 0.4, 0.2
PEOPLE: dict[str, tuple[Any, Any]] = {
    "student": (StudentProfile, wishes.of_student),
    "supervisor": (SupervisorProfile, wishes.of_supervisor),
}


def learned(weights: Features, dismissed: Iterable[Features]) -> Features:
    """What was turned down counts less, down to a fifth, and against what has it where it was
    never asked for."""
    lessons: defaultdict[str, float] = defaultdict(float)
    for features in dismissed:
        for name, weight in features.items():
            lessons[name] += LESSON * weight
    taught = dict(weights)
    for name, lesson in lessons.items():
        had = weights.get(name, 0.0)
        taught[name] = max(had * FLOOR, had - lesson) if had > 0 else had - lesson / 2
    return taught


def of_topics(user: Reader) -> QuerySet[Dismissal]:
    """Topics that are not for her, whichever list of hers they stood in."""
    return Dismissal.objects.visible_to(user).filter(student=None, supervisor=None)


def of_people(topic: Topic, user: Reader, who: str) -> QuerySet[Dismissal]:
    """Whom she has turned down for her topic; `who` is a key of `PEOPLE`."""
    rows = Dismissal.objects.visible_to(user).filter(topic=topic)
    return rows.exclude(**{who: None})


def teach_wish(wish: wishes.Wish, user: Reader) -> None:
    pks = list(of_topics(user).order_by("-at").values_list("topic", flat=True)[:LATEST])
    rows = Topic.objects.filter(pk__in=pks).prefetch_related("terms") if pks else []
    wish.weights = learned(wish.weights, map(wishes.of_topic, rows))


def of_topic_taught(topic: Topic, user: Reader, who: str) -> Features:
    """The topic's features, less those by which people were found who did not fit."""
    pks = list(of_people(topic, user, who).order_by("-at").values_list(who, flat=True)[:LATEST])
    model, wish_of = PEOPLE[who]
    rows = model.objects.visible_to(user) if pks else model.objects.none()
    rows = rows.filter(pk__in=pks).distinct().prefetch_related("terms", "education_fields")
    return learned(wishes.of_topic(topic), (wishes.as_document(wish_of(one)) for one in rows))
