"""One vocabulary for the whole portal: any two things that carry terms can be matched.

The data is `data/vocabulary.toml`; an idempotent loader runs after every migration and leaves what
the administrator has changed. Terms are
few and change rarely, so each process keeps them for `KEPT_SECONDS` or until `forget_terms`.
"""

from __future__ import annotations

import time
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of

# How long another process may go on with a term that the administrator has changed.
KEPT_SECONDS = 600
DATA = Path(__file__).parent / "data" / "vocabulary.toml"


class Scheme(models.TextChoices):
    REGION = "region", _("Region")
    EDUCATION_FIELD = "education_field", _("Field of education")
    VITAL_FUNCTION = "vital_function", _("Vital function of society")
    CRITICAL_SECTOR = "critical_sector", _("Critical sector")
    SUPPLY_POOL = "supply_pool", _("Sector of security of supply")
    SECURITY_TASK = "security_task", _("Security task")
    DUAL_USE = "dual_use", _("Dual-use category")
    SMART_SPECIALISATION = "smart_specialisation", _("Smart specialisation")
    TRL = "trl", _("Technology readiness level")
    DECISION_LEVEL = "decision_level", _("Decision level")
    ATT_THEME = "att_theme", _("Theme of regional security")
    SDG = "sdg", _("Sustainable development goal")


class Term(models.Model):
    """A concept of a classification, in three languages; `code` is unique within its scheme."""

    scheme = models.CharField(_("scheme"), max_length=30, choices=Scheme)
    code = models.CharField(_("code"), max_length=60)
    label_fi = models.CharField(_("label in Finnish"), max_length=200)
    label_sv = models.CharField(_("label in Swedish"), max_length=200)
    label_en = models.CharField(_("label in English"), max_length=200)
    broader = models.ForeignKey(
        "self",
        verbose_name=_("broader term"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="narrower",
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        app_label = "core"
        verbose_name = pgettext_lazy("vocabulary", "term")
        verbose_name_plural = pgettext_lazy("vocabulary", "terms")
        ordering = ["scheme", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="core_term_code_once"),
            one_of("scheme", Scheme, name="core_term_scheme_known"),
            in_order("valid_from", "valid_until", name="core_term_validity_in_order"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.label_in(get_language() or "fi")

    def label_in(self, language: str) -> str:
        return getattr(self, f"label_{language[:2]}", "") or self.label_fi


@lru_cache(maxsize=1)
def _all_terms(period: int) -> dict[str, list[Term]]:
    schemes: dict[str, list[Term]] = {}
    for term in Term.objects.all():
        schemes.setdefault(term.scheme, []).append(term)
    return schemes


def terms(scheme: str) -> list[Term]:
    """The scheme's terms in their order. Kept per process; see `KEPT_SECONDS`."""
    return _all_terms(int(time.monotonic() // KEPT_SECONDS)).get(scheme, [])


def named(scheme: str) -> list[tuple[int, str, str]]:
    """Primary key, code and label in the active language of the scheme's terms in their order."""
    return _named(int(time.monotonic() // KEPT_SECONDS), scheme, get_language() or "fi")


@lru_cache(maxsize=100)
def _named(period: int, scheme: str, language: str) -> list[tuple[int, str, str]]:
    found = _all_terms(period).get(scheme, [])
    return [(term.pk, term.code, term.label_in(language)) for term in found]


def forget_terms() -> None:
    _all_terms.cache_clear()
    _named.cache_clear()


def find(scheme: str, text: str) -> Term | None:
    """The term whose code or label, in any language and case, is `text`."""
    wanted = text.strip().casefold()
    for term in terms(scheme):
        labels = (term.code, term.label_fi, term.label_sv, term.label_en)
        if wanted in (label.casefold() for label in labels):
            return term
    return None


@transaction.atomic
def load(path: Path = DATA) -> int:
    """Brings the table to what the file says; returns how many terms it wrote.

    Terms that left the file stay, since content may carry them; end their validity instead. What
    the administrator has changed stays as they wrote it.
    """
    schemes: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    hers = _changed_by_people()
    rows = [
        {"scheme": scheme, "position": position, **row}
        for scheme, terms in schemes.items()
        for position, row in enumerate(terms)
        if (scheme, row["code"]) not in hers
    ]
    for row in rows:
        Term.objects.update_or_create(scheme=row["scheme"], code=row["code"], defaults=_values(row))
    for row in [each for each in rows if "broader" in each]:
        parent = Term.objects.get(scheme=row["scheme"], code=row["broader"])
        Term.objects.filter(scheme=row["scheme"], code=row["code"]).update(broader=parent)
    forget_terms()
    return len(rows)


def _changed_by_people() -> set[tuple[str, str]]:
    """Scheme and code of the terms that somebody has saved in the admin."""
    kind = ContentType.objects.get_for_model(Term)
    acts = audit.AuditEntry.objects.filter(content_type=kind)
    edited = Term.objects.filter(pk__in=acts.values("object_id"))
    return set(edited.values_list("scheme", "code"))


def _values(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "label_fi": row["fi"],
        "label_sv": row["sv"],
        "label_en": row["en"],
        "valid_from": row.get("valid_from"),
        "valid_until": row.get("valid_until"),
        "position": row["position"],
    }
