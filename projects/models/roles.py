"""Roles that an idea looks for: one place each, numbered as its page draws them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage
from cluster_portal.core.vocabulary import Term
from projects.models.partnerships import Partnership
from projects.models.projects import OPEN_TO_PARTNERS, Project

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader

MOST_ROLES = 12  # of one idea: as many as its circle can show


class WantedRoleQuerySet(models.QuerySet["WantedRole"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(project__in=Project.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(project__in=Project.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(project__in=Project.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def missing(self) -> Self:
        """Those that nobody has been accepted for, and that are still looked for."""
        accepted = Partnership.objects.accepted().filter(wanted_role=OuterRef("pk"))
        return self.filter(~Exists(accepted), is_closed=False)

    def open(self) -> Self:
        """Missing ones of published ideas that still take partners."""
        return self.missing().filter(
            project__stage__in=sorted(OPEN_TO_PARTNERS), project__published_at__isnull=False
        )


@audit.tracked()
class WantedRole(models.Model):
    """It is filled by the one accepted partnership that names it; nothing is stored twice."""

    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="wanted_roles"
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    name_fi = models.CharField(_("name in Finnish"), max_length=120)
    name_sv = models.CharField(_("name in Swedish"), max_length=120, blank=True, default="")
    name_en = models.CharField(_("name in English"), max_length=120, blank=True, default="")
    note = models.TextField(_("what is expected"), max_length=600, blank=True, default="")
    is_closed = models.BooleanField(_("no longer looked for"), default=False)
    terms = models.ManyToManyField(Term, verbose_name=_("themes"), blank=True, related_name="+")

    objects = WantedRoleQuerySet.as_manager()
    name = InLanguage()

    class Meta:
        verbose_name = _("wanted role")
        verbose_name_plural = _("wanted roles")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        cleaning.refuse_links(self.name_fi, self.name_sv, self.name_en)
        refuse_marked(self.name_fi, self.name_sv, self.name_en, self.note)


audit.track_links(WantedRole.terms.through)
