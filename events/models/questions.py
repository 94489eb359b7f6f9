"""The organiser's own questions of an event, in the shapes of `surveys.questionnaire`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage
from cluster_portal.surveys.models.questions import MOST_STEPS, WITH_OPTIONS, Kind
from cluster_portal.surveys.questionnaire import Choice, Question, Questionnaire, Section
from events.models.events import Event

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader

MOST_QUESTIONS = 20
LANGUAGES = ("fi", "sv", "en")
OF_QUESTION = (  # what an organiser writes
    *("text_fi", "kind", "options", "rows", "steps", "is_required", "position"),
    *("text_sv", "text_en"),
)


class EventQuestionQuerySet(models.QuerySet["EventQuestion"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(event__in=Event.objects.visible_to(user))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(event__in=Event.objects.editable_by(user))


@audit.tracked()
class EventQuestion(models.Model):
    """`options` and `rows` are a line each: `Suomi | Svenska | English`.

    An answer holds the Finnish words of the option, so that it stays readable when options change.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind, default=Kind.TEXT)
    text_fi = models.CharField(_("question in Finnish"), max_length=300)
    text_sv = models.CharField(_("question in Swedish"), max_length=300, blank=True, default="")
    text_en = models.CharField(_("question in English"), max_length=300, blank=True, default="")
    is_required = models.BooleanField(_("must be answered"), default=False)
    options = models.TextField(
        _("options"), max_length=3000, blank=True, default="",
        help_text=_("One on each line; the other languages behind a bar: Kala | Fisk | Fish."),
    )  # fmt: skip
    rows = models.TextField(
        _("rows of a table"), max_length=3000, blank=True, default="",
        help_text=_("Of a table only: one on each line, as the options."),
    )  # fmt: skip
    steps = models.PositiveSmallIntegerField(_("steps of the scale"), default=5)

    objects = EventQuestionQuerySet.as_manager()
    text = InLanguage()

    class Meta:
        verbose_name = _("own question")
        verbose_name_plural = _("own questions")
        ordering = ["position", "pk"]
        constraints = [
            one_of("kind", Kind, name="events_eventquestion_kind_known"),
            models.CheckConstraint(
                condition=~Q(text_fi=""), name="events_eventquestion_text_given"
            ),
            models.CheckConstraint(
                condition=Q(steps__range=(2, MOST_STEPS)),
                name="events_eventquestion_steps_in_range",
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)

    def clean(self) -> None:
        refuse_marked(self.text_fi, self.text_sv, self.text_en, self.options, self.rows)
        if self.kind in WITH_OPTIONS and len(choices_of(self.options)) < 2:
            raise ValidationError({"options": _("Write at least two options, each on a line.")})
        if self.kind == Kind.MATRIX and not choices_of(self.rows):
            raise ValidationError({"rows": _("Write the rows of the table, each on a line.")})

    @property
    def key(self) -> str:
        return f"k{self.pk}"

    def asked(self) -> Question:
        """In the active language."""
        return Question(
            key=self.key, kind=self.kind, text=str(self.text), is_required=self.is_required,
            steps=self.steps, options=choices_of(self.options), rows=choices_of(self.rows),
        )  # fmt: skip


def choices_of(lines: str) -> tuple[Choice, ...]:
    """The lines of `Suomi | Svenska | English` in the active language, each once."""
    language = (get_language() or "fi")[:2]
    place = LANGUAGES.index(language) if language in LANGUAGES else 0
    found: dict[str, str] = {}
    for line in lines.splitlines():
        words = [part.strip() for part in line.split("|")]
        if words[0]:
            in_language = words[place] if place < len(words) else ""
            found.setdefault(words[0], in_language or words[0])
    return tuple(Choice(key, text) for key, text in found.items())


def questionnaire_of(event: Event) -> Questionnaire:
    """What the event asks of those who register; one statement."""
    questions = tuple(question.asked() for question in event.questions.all())
    return Questionnaire.built([Section("own", "", questions=questions)])
