"""Sections, questions and options of one version of a questionnaire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage
from cluster_portal.core.vocabulary import Scheme
from cluster_portal.surveys.models.templates import Version

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader

MOST_STEPS = 10


class FactKind(models.TextChoices):
    """What the answers of a section become a record of, once the organisation confirms."""

    CAPABILITY = "capability", _("Capability")
    NEED = "need", _("Need")
    SKILL_GAP = "skill_gap", _("Shortage of skills")
    INFRASTRUCTURE = "infrastructure", _("Need of infrastructure")
    CIRCULAR_CASE = "circular_case", _("Circular material")
    FUNDING_NEED = "funding_need", _("Funding need")


class Kind(models.TextChoices):
    """The shape of an answer; how each is stored stands in `surveys.questionnaire`."""

    TEXT = "text", pgettext_lazy("question", "Text")
    NUMBER = "number", pgettext_lazy("question", "Number")
    MONEY = "money", pgettext_lazy("question", "Sum of money")
    DATE = "date", pgettext_lazy("question", "Day")
    CHOICE = "choice", pgettext_lazy("question", "One of several")
    MANY = "many", pgettext_lazy("question", "Several of several")
    SCALE = "scale", pgettext_lazy("question", "Scale")
    MATRIX = "matrix", pgettext_lazy("question", "Table of one-of-several")


WITH_OPTIONS = frozenset({Kind.CHOICE, Kind.MANY, Kind.MATRIX})


def _frozen(path: str) -> pgtrigger.Trigger:
    """Refuses every change below a published version; `path` finds the version of a row `r`.

    A change of a draft holds the version, so that it is not published before the change is written.
    """
    return pgtrigger.Trigger(
        name="frozen_once_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("r", "RECORD")],
        func=f"""
            IF TG_OP = 'INSERT' THEN r := NEW; ELSE r := OLD; END IF;
            PERFORM 1 FROM surveys_version v {path} FOR SHARE OF v;
            PERFORM 1 FROM surveys_version v {path} AND v.published_at IS NOT NULL;
            IF FOUND THEN
                RAISE EXCEPTION 'a published version of a questionnaire does not change'
                    USING ERRCODE = 'check_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


class OfVersion(models.QuerySet[Any]):
    version_path = "version"

    def _of(self, versions: models.QuerySet[Version]) -> Self:
        return self.filter(**{f"{self.version_path}__in": versions})

    def visible_to(self, user: Reader) -> Self:
        return self._of(Version.objects.visible_to(user))

    def editable_by(self, user: Reader) -> Self:
        return self._of(Version.objects.editable_by(user))

    def in_scope_of(self, user: Reader) -> Self:
        return self.visible_to(user)

    def managed_by(self, user: Reader) -> Self:
        return self.editable_by(user)


class SectionQuerySet(OfVersion):
    pass


class QuestionQuerySet(OfVersion):
    version_path = "section__version"


class OptionQuerySet(OfVersion):
    version_path = "question__section__version"


@audit.tracked()
class Section(models.Model):
    """A page of the questionnaire; with `becomes` its answers describe one record."""

    version = models.ForeignKey(
        Version, verbose_name=_("version"), on_delete=models.CASCADE, related_name="sections"
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    key = models.SlugField(_("key"), max_length=60)
    title_fi = models.CharField(_("title in Finnish"), max_length=160)
    title_sv = models.CharField(_("title in Swedish"), max_length=160, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=160, blank=True, default="")
    help_fi = models.TextField(_("help in Finnish"), max_length=1000, blank=True, default="")
    help_sv = models.TextField(_("help in Swedish"), max_length=1000, blank=True, default="")
    help_en = models.TextField(_("help in English"), max_length=1000, blank=True, default="")
    becomes = models.CharField(
        _("becomes a record of"), max_length=20, choices=FactKind, blank=True, default="",
        help_text=_("Once the organisation has confirmed its answers, this section is stored."),
    )  # fmt: skip

    objects = SectionQuerySet.as_manager()
    title = InLanguage()
    help = InLanguage()

    class Meta:
        verbose_name = pgettext_lazy("questionnaire", "section")
        verbose_name_plural = pgettext_lazy("questionnaire", "sections")
        ordering = ["version", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="surveys_section_key_once"),
            models.CheckConstraint(
                condition=Q(becomes__in=["", *FactKind.values]),
                name="surveys_section_becomes_known",
            ),
        ]
        triggers = [_frozen("WHERE v.id = r.version_id")]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        refuse_marked(
            self.title_fi, self.title_sv, self.title_en, self.help_fi, self.help_sv, self.help_en
        )


@audit.tracked()
class Question(models.Model):
    """`key` stays the same over the versions: answers of two rounds are compared by it.

    It is shown where the answer to `shown_if`, an earlier question, is among `shown_if_keys`.
    With a `scheme` its options are the terms of that vocabulary. The answer to a narrow question is
    never told to others, not as a figure either.
    """

    section = models.ForeignKey(
        Section, verbose_name=pgettext_lazy("questionnaire", "section"), on_delete=models.CASCADE,
        related_name="questions",
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    key = models.SlugField(_("key"), max_length=60)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind, default=Kind.TEXT)
    text_fi = models.CharField(_("question in Finnish"), max_length=300)
    text_sv = models.CharField(_("question in Swedish"), max_length=300, blank=True, default="")
    text_en = models.CharField(_("question in English"), max_length=300, blank=True, default="")
    help_fi = models.TextField(_("help in Finnish"), max_length=600, blank=True, default="")
    help_sv = models.TextField(_("help in Swedish"), max_length=600, blank=True, default="")
    help_en = models.TextField(_("help in English"), max_length=600, blank=True, default="")
    is_required = models.BooleanField(_("must be answered"), default=False)
    is_long = models.BooleanField(_("text of several lines"), default=False)
    unit = models.CharField(_("unit"), max_length=20, blank=True, default="")
    minimum = models.IntegerField(_("smallest number"), null=True, blank=True)
    maximum = models.IntegerField(_("largest number"), null=True, blank=True)
    steps = models.PositiveSmallIntegerField(
        _("steps of the scale"), default=5,
        validators=[MinValueValidator(2), MaxValueValidator(MOST_STEPS)],
    )  # fmt: skip
    low_fi = models.CharField(
        _("low end of the scale in Finnish"), max_length=60, blank=True, default=""
    )
    low_sv = models.CharField(
        _("low end of the scale in Swedish"), max_length=60, blank=True, default=""
    )
    low_en = models.CharField(
        _("low end of the scale in English"), max_length=60, blank=True, default=""
    )
    high_fi = models.CharField(
        _("high end of the scale in Finnish"), max_length=60, blank=True, default=""
    )
    high_sv = models.CharField(
        _("high end of the scale in Swedish"), max_length=60, blank=True, default=""
    )
    high_en = models.CharField(
        _("high end of the scale in English"), max_length=60, blank=True, default=""
    )
    scheme = models.CharField(
        _("options from the vocabulary"), max_length=30, choices=Scheme, blank=True, default=""
    )
    fills = models.SlugField(
        _("field of the record"), max_length=40, blank=True, default="",
        help_text=_("Where the section becomes a record: the field that this answer fills."),
    )  # fmt: skip
    shown_if = models.ForeignKey(
        "self", verbose_name=_("shown by the answer to"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    shown_if_keys = ArrayField(
        models.CharField(max_length=60), verbose_name=_("shown by these answers"), blank=True,
        default=list,
    )  # fmt: skip
    is_narrow = models.BooleanField(
        _("never told to others"), default=False,
        help_text=_("Seen by who answered and by the coordinators; not published as a figure."),
    )  # fmt: skip

    objects = QuestionQuerySet.as_manager()
    text = InLanguage()
    help = InLanguage()
    low = InLanguage()
    high = InLanguage()

    class Meta:
        verbose_name = pgettext_lazy("questionnaire", "question")
        verbose_name_plural = pgettext_lazy("questionnaire", "questions")
        ordering = ["section", "position", "pk"]
        constraints = [
            one_of("kind", Kind, name="surveys_question_kind_known"),
            models.UniqueConstraint(fields=["section", "key"], name="surveys_question_key_once"),
            models.CheckConstraint(
                condition=Q(scheme__in=["", *Scheme.values]), name="surveys_question_scheme_known"
            ),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(maximum__gte=F("minimum")),
                name="surveys_question_limits_in_order",
                violation_error_message=_("The largest number is below the smallest."),
            ),
            models.CheckConstraint(
                condition=Q(steps__range=(2, MOST_STEPS)), name="surveys_question_steps_in_range"
            ),
            models.CheckConstraint(
                condition=Q(scheme="") | Q(kind__in=[Kind.CHOICE, Kind.MANY]),
                name="surveys_question_scheme_of_choices",
                violation_error_message=_("Only a choice takes its options from the vocabulary."),
            ),
        ]
        triggers = [
            _frozen(
                "JOIN surveys_section s ON s.version_id = v.id WHERE s.id = r.section_id"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.text)

    def clean(self) -> None:
        refuse_marked(
            self.text_fi, self.text_sv, self.text_en, self.help_fi, self.help_sv, self.help_en
        )
        if self.shown_if_id and not self.shown_if_keys:
            raise ValidationError(
                {"shown_if_keys": _("Choose by which answers the question is shown.")}
            )


@audit.tracked()
class Option(models.Model):
    """An answer to choose; of a matrix a column, or with `is_row` a row."""

    question = models.ForeignKey(
        Question, verbose_name=pgettext_lazy("questionnaire", "question"),
        on_delete=models.CASCADE, related_name="options",
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    key = models.SlugField(_("key"), max_length=60)
    text_fi = models.CharField(_("text in Finnish"), max_length=200)
    text_sv = models.CharField(_("text in Swedish"), max_length=200, blank=True, default="")
    text_en = models.CharField(_("text in English"), max_length=200, blank=True, default="")
    is_row = models.BooleanField(_("row of a table"), default=False)

    objects = OptionQuerySet.as_manager()
    text = InLanguage()

    class Meta:
        verbose_name = pgettext_lazy("questionnaire", "option")
        verbose_name_plural = pgettext_lazy("questionnaire", "options")
        ordering = ["question", "is_row", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "is_row", "key"], name="surveys_option_key_once"
            ),
        ]
        triggers = [
            _frozen(
                "JOIN surveys_section s ON s.version_id = v.id "
                "JOIN surveys_question q ON q.section_id = s.id WHERE q.id = r.question_id"
            )
        ]

    def __str__(self) -> str:
        return str(self.text)

    def clean(self) -> None:
        refuse_marked(self.text_fi, self.text_sv, self.text_en)
