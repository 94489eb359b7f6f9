"""Answering: which sections a reader has before them, how far they are, and one section's page."""

from __future__ import annotations

import copy
import json
import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.surveys.models import Response
from cluster_portal.surveys.models.responses import UNANSWERED, sections_of
from cluster_portal.surveys.pages.questions import Before, drawn
from cluster_portal.surveys.questionnaire import Questionnaire, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import QueryDict

    from cluster_portal.core.visibility import Reader
    from cluster_portal.surveys.forms.answers import AnswerForm
    from cluster_portal.surveys.models import Round
    from cluster_portal.surveys.questionnaire import Question, Section

MINUTES_A_QUESTION = 0.4
LONGEST_SHOWN, SHORTEST_WORTH_COPYING = 4000, 20


@dataclass(frozen=True)
class Door:
    """A section, or a page of a long one, in the list of sections."""

    section: Section
    number: int
    url: str
    answered: int
    asked: int
    state: str
    is_current: bool = False

    @property
    def title(self) -> str:
        return self.section.title

    @property
    def key(self) -> str:
        """By this the page finds its count."""
        page = self.section.page
        return self.section.key if page == 1 else f"{self.section.key}-{page}"

    @property
    def count(self) -> str:
        return f"{self.answered}/{self.asked}"


class Answering:
    """One response before one reader: of a colleague only the sections that were handed to them."""

    def __init__(self, response: Response, user: Reader) -> None:
        self.response, self.user = response, user
        self.questionnaire = Questionnaire.of(response.round.version)
        mine = sections_of(response, user)
        self.is_whole = mine is None
        self.sections = [
            section
            for section in self.questionnaire.sections
            if mine is None or section.key in mine
        ]
        self.pages = [page for section in self.sections for page in section.pages()]

    @property
    def answers(self) -> Mapping[str, Any]:
        return self.response.answers

    @cached_property
    def shown(self) -> set[str]:
        return self.questionnaire.visible(self.answers)

    @cached_property
    def numbers(self) -> dict[str, str]:
        """`3.2` by the key of the question: its section and its place there."""
        return {
            question.key: f"{number}.{place}"
            for number, section in enumerate(self.questionnaire.sections, start=1)
            for place, question in enumerate(section.questions, start=1)
        }

    def renewed(self, response: Response) -> Answering:
        """The same questions with the answers as they now are."""
        other = copy.copy(self)
        other.response = response
        other.__dict__.pop("shown", None)
        return other

    def told_in(self, before: Response) -> Mapping[str, Any]:
        """Of an earlier answer as much as its page shows to the same reader."""
        theirs = Answering(before, self.user)
        if theirs.is_whole:
            return theirs.answers
        keys = {question.key for section in theirs.sections for question in section.questions}
        return {key: value for key, value in theirs.answers.items() if key in keys}

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    def page(self, key: str, number: str) -> Section | None:
        """The page of a section by its number as it was typed; the first where there is none."""
        pages = [page for page in self.pages if page.key == key]
        return next((page for page in pages if str(page.page) == number), next(iter(pages), None))

    def asked(self, section: Section) -> list[Question]:
        return [question for question in section.questions if question.key in self.shown]

    def doors(self, current: Section | None = None) -> list[Door]:
        """The sections in which anything is asked."""
        places = {section.key: n for n, section in enumerate(self.questionnaire.sections, start=1)}
        doors = [
            self._door(page, places[page.key], is_current=page == current) for page in self.pages
        ]
        return [door for door in doors if door.asked or door.is_current]

    def _door(self, section: Section, number: int, *, is_current: bool) -> Door:
        asked = self.asked(section)
        answered = sum(question.is_answered(self.answers) for question in asked)
        is_done = answered and not self.questionnaire.missing(self.answers, section)
        state = "done" if is_done else "current" if is_current else ""
        url = reverse("surveys:section", args=[self.response.public_id, section.key])
        if section.page > 1:
            url = f"{url}?page={section.page}"
        return Door(section, number, url, answered, len(asked), state, is_current)

    def missing(self) -> list[tuple[Question, str]]:
        """What must still be answered before the answers can be sent, with its address."""
        return [
            (question, f"{door.url}#id_q-{question.key}")
            for door in self.doors()
            for question in self.questionnaire.missing(self.answers, door.section)
        ]

    def fingerprints(self, section: Section) -> dict[str, str]:
        return {q.key: fingerprint(self.answers.get(q.key)) for q in section.questions}

    def progress(self) -> dict[str, str]:
        """How much is done, in words; by what each of the words is found by in the page."""
        doors = self.doors()
        answered = sum(door.answered for door in doors)
        left = sum(door.asked for door in doors) - answered
        said = _("%(answered)s answered, %(left)s to go") % {"answered": answered, "left": left}
        minutes = math.ceil(left * MINUTES_A_QUESTION)
        about = ngettext("about %(count)d minute", "about %(count)d minutes", minutes)
        return {
            "answered": said,
            "minutes": about % {"count": minutes} if left else "",
            **{f"section-{door.key}": door.count for door in doors},
        }


def to_round(survey_round: Round) -> list[dict[str, str]]:
    """The beginning of the trail of every page below a round."""
    return [
        {"name": _("Surveys"), "url": reverse("surveys:list")},
        {"name": str(survey_round.title), "url": survey_round.get_absolute_url()},
    ]


def can_be_handed(response: Response) -> bool:
    """To colleagues, until it is sent; a person's own answer is nobody else's."""
    is_ours = response.organisation_id is not None and not response.round.asks_persons
    return is_ours and response.stage in UNANSWERED


def saved_words(response: Response) -> str:
    """When the answers were saved; nothing where none were."""
    if response.saved_at is None:
        return ""
    at = timezone.localtime(response.saved_at)
    if at.date() == timezone.localdate():
        return _("Saved at %(time)s") % {"time": date_format(at, "TIME_FORMAT")}
    return _("Saved on %(moment)s") % {"moment": date_format(at, "DATETIME_FORMAT")}


def earlier(response: Response, user: Reader) -> Any:
    """The answers of earlier rounds that the reader may see, the latest first."""
    rows = Response.objects.visible_to(user).before(response).select_related("round__version")
    return rows.order_by("-answered_on", "-pk")


def section_page(
    answering: Answering, section: Section, form: AnswerForm, *, before: Response | None
) -> dict[str, Any]:
    response, doors = answering.response, answering.doors(section)
    place = next(number for number, door in enumerate(doors) if door.is_current)
    told = answering.told_in(before) if before else {}
    last = Before(before.answered_on, told) if before and before.answered_on and told else None
    return {
        "response": response,
        "round": response.round,
        "section": section,
        "form": form,
        "questions": drawn(
            form, section.questions, numbers=answering.numbers, shown=shown_in(answering, form),
            before=last,
        ),
        "doors": doors,
        "place": doors[place].number,
        "sections": len(answering.questionnaire.sections),
        "previous_url": doors[place - 1].url if place else response.get_absolute_url(),
        "next_place": doors[place + 1].number if place + 1 < len(doors) else None,
        "next_is_same": place + 1 < len(doors) and doors[place + 1].number == doors[place].number,
        "progress": answering.progress(),
        "saved": saved_words(response),
        "drawn": json.dumps(answering.fingerprints(section)),
        "is_whole": answering.is_whole,
        "can_hand_over": can_be_handed(response),
        "trail": [
            *to_round(response.round),
            {"name": _("Answers"), "url": response.get_absolute_url()},
            {"name": section.title},
        ],
    }  # fmt: skip


def shown_in(answering: Answering, form: AnswerForm) -> set[str]:
    """By what was just typed, where the page is drawn again."""
    if not form.is_bound:
        return answering.shown
    return answering.questionnaire.visible({**answering.answers, **form.cleaned_data})


def next_url(answering: Answering, section: Section, shown_before: Iterable[str]) -> str:
    """Where one goes on: to what the answers have brought out in the same section, else further."""
    here = {question.key for question in section.questions}
    new = [key for key in answering.questionnaire.by_key if key in here & answering.shown]
    fresh = [key for key in new if key not in set(shown_before) and key not in answering.answers]
    doors = answering.doors(section)
    place = next(number for number, door in enumerate(doors) if door.is_current)
    if fresh:
        return f"{doors[place].url}#id_q-{fresh[0]}"
    return doors[place + 1].url if place + 1 < len(doors) else answering.response.get_absolute_url()


def overtaken_words(answering: Answering, before: Mapping[str, Any]) -> str:
    """What somebody else had answered meanwhile and is no longer stored."""
    return " ".join(
        _(
            "Somebody else had answered question %(number)s meanwhile: “%(answer)s”. "
            "Your answer was stored in its place."
        )
        % {"number": answering.numbers[key], "answer": _words(answering, key, value)}
        for key, value in before.items()
    )


def changed_words(answering: Answering, section: Section, known: Mapping[str, str]) -> str:
    """Answers of the section that somebody else has changed since the page was drawn."""
    now = answering.fingerprints(section)
    changed = [key for key, was in known.items() if key in now and now[key] != was]
    return " ".join(
        _("Somebody else has just answered question %(number)s: “%(answer)s”.")
        % {
            "number": answering.numbers[key],
            "answer": _words(answering, key, answering.answers.get(key)),
        }
        for key in changed
    )


def _words(answering: Answering, key: str, value: object) -> str:
    return answering.questionnaire.by_key[key].words(value) or "–"


def told(
    answering: Answering, section: Section, form: AnswerForm, overtaken: Mapping[str, Any]
) -> dict[str, Any]:
    """What the page learns when some of its questions have been saved."""
    faults = {key: " ".join(map(str, found)) for key, found in form.errors.items()}
    known = {key: value for key, value in form.seen.items() if key not in form.fields}
    others = [overtaken_words(answering, overtaken), changed_words(answering, section, known)]
    saved = saved_words(answering.response)
    return {
        "state": "faulty" if faults else "saved",
        "words": _("Correct the marked answer; it was not saved.") if faults else saved,
        "faults": faults,
        "drawn": {key: fingerprint(answering.answers.get(key)) for key in form.fields},
        "counts": answering.progress(),
        "others": " ".join(filter(None, others)),
    }


def typed_in(data: Any) -> list[str]:
    """The texts that were typed into a page, for copying; its ticks are not worth it."""
    found = [value for name, values in data.lists() if name.startswith("q-") for value in values]
    return [value[:LONGEST_SHOWN] for value in found if len(value) > SHORTEST_WORTH_COPYING]


def gone(data: QueryDict | None) -> dict[str, Any]:
    """Where one can no longer answer: what was typed, and the way to the surveys."""
    return {
        "typed": typed_in(data),
        "trail": [
            {"name": _("Surveys"), "url": reverse("surveys:list")},
            {"name": _("You can no longer answer here")},
        ],
    }
