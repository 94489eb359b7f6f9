"""Business outcomes: what members' work together has brought, told by class, shown as sums."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import Reader, audience
from members.models import Cluster, Organisation
from projects.models.projects import Project

if TYPE_CHECKING:
    from typing import Self

FIRST_YEAR = 2011


class OutcomeKind(models.TextChoices):
    """DOMAIN row 19."""

    PRODUCT = "product", _("New product or service")
    CONTRACT = "contract", _("New contract or customer")
    COMPANY = "company", _("New company")
    PATENT = "patent", _("Patent or other right")
    PILOT = "pilot", _("Pilot with a customer")
    JOBS = "jobs", _("New jobs")


class ValueClass(models.TextChoices):
    UNKNOWN = "unknown", pgettext_lazy("value", "Not told")
    SMALL = "small", _("under 10,000 €")
    MEDIUM = "medium", _("10,000–100,000 €")
    LARGE = "large", _("100,000–1,000,000 €")
    LARGEST = "largest", _("over 1,000,000 €")


class BusinessOutcomeQuerySet(models.QuerySet["BusinessOutcome"]):
    def visible_to(self, user: Reader) -> Self:
        """One by one to the organisation's own people and the coordinators; others see sums."""
        known = audience(user)
        if known.is_admin:
            return self
        if known.user_id is None:
            return self.none()
        return self.filter(
            Q(organisation__in=known.organisations) | Q(home_cluster__in=known.coordinates)
        )

    def editable_by(self, user: Reader) -> Self:
        """Who told it, as long as they belong to the organisation, its contacts, coordinators."""
        known = audience(user)
        if known.is_admin:
            return self
        if known.user_id is None:
            return self.none()
        own = Q(teller=known.user_id, organisation__in=known.organisations)
        side = Q(organisation__in=known.edits) | Q(home_cluster__in=known.coordinates)
        return self.filter(own | side)

    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        return self if known.is_admin else self.filter(home_cluster__in=known.coordinates)

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked()
class BusinessOutcome(models.Model):
    """`form_key` comes with the form, so that sending it twice tells once."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    home_cluster = models.ForeignKey(
        Cluster, verbose_name=_("home cluster"), on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="outcomes",
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=20, choices=OutcomeKind)
    value = models.CharField(
        _("value"), max_length=20, choices=ValueClass, default=ValueClass.UNKNOWN
    )
    year = models.PositiveSmallIntegerField(_("year"))
    count = models.PositiveSmallIntegerField(_("how many"), default=1)
    note = models.CharField(_("what it is"), max_length=200, blank=True, default="")
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("told by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = BusinessOutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("business outcome")
        verbose_name_plural = _("business outcomes")
        ordering = ["-year", "-pk"]
        constraints = [
            one_of("kind", OutcomeKind, name="projects_businessoutcome_kind_known"),
            one_of("value", ValueClass, name="projects_businessoutcome_value_known"),
            models.CheckConstraint(
                condition=Q(count__range=(1, 999), year__range=(FIRST_YEAR, 2100)),
                name="projects_businessoutcome_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("projects:outcomes")

    def clean(self) -> None:
        refuse_marked(self.note)
