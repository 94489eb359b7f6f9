"""What feedback is asked of: higher apps tell here which of their things, and who took part.

An anonymous round has one link, the same for all: nothing leads from an answer to a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType

from cluster_portal.core.visibility import Visibility
from cluster_portal.notifications import outbox
from cluster_portal.surveys.models import Round
from members.models.content import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import Model, QuerySet

    from cluster_portal.notifications.outbox import Guest
    from members.models import User

KIND = "survey_feedback"
# Questionnaires whose letter is another than that of feedback straight after.
KINDS = {"training_follow_up": "survey_follow_up"}


@dataclass(frozen=True)
class Subject:
    """`over(user)` are the things of which this coordinator can ask feedback, the newest first;
    `people(thing)` who took part, `template(thing)` the key of the questionnaire to begin from.
    """

    key: str
    model: type[Model]
    over: Callable[[Any], QuerySet[Any]]
    people: Callable[[Any], Iterable[User | Guest]]
    template: Callable[[Any], str]


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    _subjects[subject.key] = subject


def get(key: str) -> Subject | None:
    return _subjects.get(key)


def of_thing(thing: Model) -> Subject | None:
    return next((one for one in _subjects.values() if isinstance(thing, one.model)), None)


def rounds_about(thing: Model) -> QuerySet[Round]:
    kind = ContentType.objects.get_for_model(thing)
    return Round.objects.filter(about_type=kind, about_id=thing.pk)


def widest_about(thing: Any) -> Visibility:
    """A round bears the thing's title, so it is seen no wider; it knows no group of the thing."""
    if thing.visibility == Visibility.GROUP:
        return Visibility.PRIVATE
    return Visibility(thing.visibility)


def is_too_wide(survey_round: Round, visibility: str) -> bool:
    about: Any = survey_round.about
    return about is not None and LEVELS[visibility] < LEVELS[widest_about(about)]


def ask_for_feedback(survey_round: Round, template: str = "") -> None:
    """A letter to everybody who took part, once; who answers it is nowhere stored.

    It is about the thing, which whoever took part may see.
    """
    about: Any = survey_round.about
    subject = of_thing(about) if about else None
    if subject:
        outbox.post_to_all(
            KINDS.get(template, KIND), to=subject.people(about), key=str(survey_round.pk),
            about=about, values={"round": survey_round.pk},
        )  # fmt: skip
