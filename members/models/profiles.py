"""What an organisation tells of itself on its page, and until when that counts as known."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.text import richtext
from cluster_portal.core.text.languages import every_translation
from cluster_portal.core.vocabulary import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

# A page whose facts nobody has confirmed for this long is marked; its contact is asked before.
CONFIRMED_FOR = datetime.timedelta(days=365)
ASKED_AFTER = datetime.timedelta(days=335)

# What an organisation may choose its themes from, in the order in which pages show them.
THEME_SCHEMES = (
    Scheme.VITAL_FUNCTION, Scheme.SECURITY_TASK, Scheme.CRITICAL_SECTOR, Scheme.SUPPLY_POOL,
    Scheme.SMART_SPECIALISATION, Scheme.ATT_THEME, Scheme.SDG,
)  # fmt: skip


class Activity(models.TextChoices):
    """What the statutes name for the members to support."""

    RDI = "rdi", _("Research, development and innovation")
    EDUCATION = "education", pgettext_lazy("activity", "Education")
    BUSINESS = "business", _("Business activity")
    HUMANITARIAN = "humanitarian", _("Humanitarian work")


class WorkingLanguage(models.TextChoices):
    FINNISH = "fi", _("Finnish")
    SWEDISH = "sv", _("Swedish")
    ENGLISH = "en", _("English")
    NORTHERN_SAMI = "se", _("Northern Sámi")
    ESTONIAN = "et", _("Estonian")
    RUSSIAN = "ru", _("Russian")
    UKRAINIAN = "uk", _("Ukrainian")
    GERMAN = "de", _("German")
    FRENCH = "fr", _("French")
    SPANISH = "es", _("Spanish")
    ARABIC = "ar", _("Arabic")
    SOMALI = "so", _("Somali")


def _several(choices: type[models.TextChoices], label: str | _StrPromise) -> ArrayField:
    each = models.CharField(max_length=20, choices=choices)
    return ArrayField(each, verbose_name=label, default=list, blank=True)


class Profile(models.Model):
    """The part of an organisation that its contact writes and confirms."""

    summary = models.CharField(
        _("what it does, in a sentence"), max_length=160, blank=True, default=""
    )
    description = models.TextField(_("description"), blank=True, default="")
    languages = _several(WorkingLanguage, _("working languages"))
    activities = _several(Activity, _("what it is active in"))
    logo = models.CharField(_("logo"), max_length=120, blank=True, default="", editable=False)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmation_asked_on = models.DateField(
        _("confirmation asked on"), null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(languages__contained_by=WorkingLanguage.values),
                name="%(app_label)s_%(class)s_languages_known",
            ),
            models.CheckConstraint(
                condition=Q(activities__contained_by=Activity.values),
                name="%(app_label)s_%(class)s_activities_known",
            ),
        ]

    @property
    def is_stale(self) -> bool:
        """Nobody of the organisation has confirmed its facts within a year."""
        return self.confirmed_on is None or timezone.localdate() - self.confirmed_on > CONFIRMED_FOR

    @property
    def is_due(self) -> bool:
        """Its contact is asked to confirm, some time before the page is marked for readers."""
        return self.confirmed_on is None or timezone.localdate() - self.confirmed_on > ASKED_AFTER

    @property
    def offer(self) -> str:
        """What it does, in a line: its own sentence, else how its description begins."""
        return self.summary or richtext.plain(self.description)

    @property
    def logo_url(self) -> str:
        """Changes with the picture, which browsers may keep."""
        address = reverse("members:organisation_logo", args=[self.slug])  # type: ignore[attr-defined]
        return f"{address}?v={self.logo[-13:-5]}" if self.logo else ""

    @property
    def language_names(self) -> list[str]:
        return _labels(WorkingLanguage, self.languages)

    @property
    def activity_names(self) -> list[str]:
        return _labels(Activity, self.activities)

    def profile_search_parts(self) -> list[tuple[str, str]]:
        labels = [Activity(each).label for each in self.activities]
        labels += [WorkingLanguage(each).label for each in self.languages]
        return [
            ("B", "\n".join([self.summary, *map(every_translation, labels)])),
            ("C", richtext.plain(self.description)),
        ]


def _labels(choices: type[models.TextChoices], values: Iterable[str]) -> list[str]:
    chosen = set(values)
    return [str(choice.label) for choice in choices if choice.value in chosen]
