"""Standing pages that coordinators edit: every saving is a version, and none is lost."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import LANGUAGES, InLanguage
from cluster_portal.core.visibility import Reader, audience

if TYPE_CHECKING:
    from typing import Self

DATA = Path(__file__).parents[1] / "data" / "pages.toml"
LONGEST = 20_000


class Page(models.TextChoices):
    ABOUT = "about", _("About the clusters")
    CONTACT = "contact", _("Contact")
    PRESS = "press", _("For the media")


class PageVersionQuerySet(models.QuerySet["PageVersion"]):
    def visible_to(self, user: Reader) -> Self:
        """Old versions, too, are open to those who edit the pages alone; see `current`."""
        return self.editable_by(user)

    def editable_by(self, user: Reader) -> Self:
        return self if may_edit_pages(user) else self.none()

    def in_scope_of(self, user: Reader) -> Self:
        return self.editable_by(user)

    def managed_by(self, user: Reader) -> Self:
        """A version stays as it was saved."""
        return self.none()

    def of(self, key: str) -> Self:
        return self.filter(key=key).order_by("-number")


def may_edit_pages(user: Reader) -> bool:
    """The pages belong to all clusters: any coordinator."""
    known = audience(user)
    return known.is_admin or bool(known.coordinates)


@audit.tracked()
class PageVersion(models.Model):
    key = models.CharField(_("page"), max_length=20, choices=Page)
    number = models.PositiveIntegerField(_("version"))
    body_fi = models.TextField(_("text in Finnish"), max_length=LONGEST)
    body_sv = models.TextField(_("text in Swedish"), max_length=LONGEST, blank=True, default="")
    body_en = models.TextField(_("text in English"), max_length=LONGEST, blank=True, default="")
    note = models.CharField(_("what changed"), max_length=200, blank=True, default="")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("saved by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    saved_at = models.DateTimeField(_("saved"), auto_now_add=True)

    objects = PageVersionQuerySet.as_manager()
    body = InLanguage()

    class Meta:
        verbose_name = pgettext_lazy("of a standing page", "version of a page")
        verbose_name_plural = pgettext_lazy("of standing pages", "versions of pages")
        ordering = ["key", "-number"]
        constraints = [
            one_of("key", Page, name="knowledge_pageversion_key_known"),
            models.UniqueConstraint(
                fields=["key", "number"], name="knowledge_pageversion_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("pages:versions", args=[self.key])

    def clean(self) -> None:
        refuse_marked(*(getattr(self, f"body_{code}") for code in LANGUAGES), self.note)


def current(key: str) -> PageVersion:
    """What everybody reads: the last version, or the text that the portal comes with."""
    return PageVersion.objects.of(key).first() or given(key)


def given(key: str) -> PageVersion:
    texts = _texts()[key]
    return PageVersion(key=key, number=0, **{f"body_{code}": texts[code] for code in LANGUAGES})


@cache
def _texts() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return found
