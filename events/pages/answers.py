"""What participants have told beside their name, as columns of the organiser's lists and files.

`columns` and `cells` belong together: the cells of a registration stand in the columns' order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from events.models.questions import questionnaire_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from events.models import Event, Registration


def columns(event: Event) -> list[str]:
    own = [question.text for question in questionnaire_of(event)]
    return [_("Dietary needs"), _("Accessibility needs"), *own]


def cells(event: Event, registrations: Iterable[Registration]) -> dict[int, list[str]]:
    """By the primary key of the registration."""
    questions = list(questionnaire_of(event))
    return {
        row.pk: [
            row.diet, row.accessibility,
            *(question.words(row.answers.get(question.key)) for question in questions),
        ]
        for row in registrations
    }  # fmt: skip
