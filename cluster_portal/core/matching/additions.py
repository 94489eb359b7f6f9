"""What the administrator adds to the thesaurus: expressions of a concept, or a concept."""

from __future__ import annotations

import re
import time
from functools import lru_cache
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text.classified import refuse_marked

KEPT_SECONDS = 60
LEAST_LETTERS = 3  # of a word that is cut by an asterisk; fewer begin half the dictionary
NAME = RegexValidator(r"^[a-z][a-z0-9_]*\Z", _("Use small letters a–z, digits and underscores."))
EXPRESSIONS = _(
    "Divided by commas. “tele*” fits any word that begins so, “*brand” any that ends so."
)


class Addition(NamedTuple):
    """As the thesaurus has an entry; expressions divided by commas, neighbours by spaces."""

    name: str
    fi: str
    sv: str
    en: str
    near: str
    is_broad: bool


class ConceptAddition(models.Model):
    """Is read beside the file of the thesaurus: with the name of a concept there it extends it."""

    name = models.CharField(
        _("name of the concept"), max_length=60, unique=True, validators=[NAME],
        help_text=_("The name of a concept that exists adds to it; another name makes a new one."),
    )  # fmt: skip
    fi = models.TextField(
        _("in Finnish"), max_length=2_000, blank=True, default="", help_text=EXPRESSIONS
    )
    sv = models.TextField(_("in Swedish"), max_length=2_000, blank=True, default="")
    en = models.TextField(_("in English"), max_length=2_000, blank=True, default="")
    near = models.CharField(
        _("related concepts"), max_length=500, blank=True, default="",
        help_text=_("Names divided by spaces: who is interested in one may like the other too."),
    )  # fmt: skip
    is_broad = models.BooleanField(
        _("broad"), default=False,
        help_text=_("Said of so many things that it is no reason by itself why two of them fit."),
    )  # fmt: skip

    class Meta:
        app_label = "core"
        verbose_name = _("addition to the concepts")
        verbose_name_plural = _("additions to the concepts")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(fi="", sv="", en="", near=""),
                name="core_conceptaddition_says_something",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        refuse_marked(self.fi, self.sv, self.en)
        faults = {
            language: gettext("“%(word)s” is too short: it would be found in too many words.")
            % {"word": word}
            for language in ("fi", "sv", "en")
            for word in _too_short(getattr(self, language))
        }
        if faults:
            raise ValidationError(faults)


def _too_short(expressions: str) -> list[str]:
    words = re.split(r"[,\s]+", expressions)
    return [word for word in words if "*" in word and len(word.strip("*")) < LEAST_LETTERS]


def added() -> tuple[Addition, ...]:
    """Kept for a minute: so long another process may go on with what was changed."""
    return _kept(int(time.monotonic() // KEPT_SECONDS))


@lru_cache(maxsize=1)
def _kept(_period: int) -> tuple[Addition, ...]:
    return read()


def read() -> tuple[Addition, ...]:
    rows = ConceptAddition.objects.order_by("name")
    return tuple(Addition(*row) for row in rows.values_list(*Addition._fields))


def forget() -> None:
    _kept.cache_clear()
