"""Who works in a project, in which role, how much and from when to when (DOMAIN row 35)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from members.models import Organisation
from projects.models.partnerships import Partnership
from projects.models.parts import InsideProject, ProjectPart

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Audience


class StaffRole(models.TextChoices):
    MANAGER = "manager", _("project manager")
    ASSISTANT = "assistant", _("project assistant")
    EXPERT = "expert", _("expert")
    RESEARCHER = "researcher", _("researcher")
    FINANCE = "finance", _("financial officer")


class StaffQuerySet(InsideProject):
    def today(self) -> Self:
        """Those whose period goes on today."""
        today = timezone.localdate()
        begun = Q(starts_on=None) | Q(starts_on__lte=today)
        return self.filter(begun & (Q(ends_on=None) | Q(ends_on__gte=today)))

    def managing(self, known: Audience) -> Self:
        """The reader's rows as a manager, while they belong to an organisation that takes part."""
        partners = Partnership.objects.accepted().filter(organisation__in=known.organisations)
        owned = Q(organisation=F("project__organisation"))
        partner = Q(project__in=partners.values("project"))
        mine = self.today().filter(user=known.user_id, role=StaffRole.MANAGER)
        return mine.filter(owned | partner, organisation__in=known.organisations)


@audit.tracked(exclude=("name",))
class StaffMember(ProjectPart):
    """A person with an account, one by name alone, or a role whose person is not known yet.

    A manager with an account edits the project as long as the period and the organisation last.
    """

    project = models.ForeignKey(
        "projects.Project", verbose_name=_("project"), on_delete=models.CASCADE,
        related_name="staff",
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=20, choices=StaffRole)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person with an account"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    name = models.CharField(
        _("name"), max_length=120, blank=True, default="",
        help_text=_("Of a person without an account on the portal."),
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    percent = models.PositiveSmallIntegerField(
        _("share of working time, per cent"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )  # fmt: skip
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a project’s staff")
        verbose_name_plural = _("staff of projects")
        ordering = ["starts_on", "pk"]
        constraints = [
            one_of("role", StaffRole, name="projects_staffmember_role_known"),
            in_order("starts_on", "ends_on", name="projects_staffmember_days_in_order"),
            models.CheckConstraint(
                condition=Q(user=None) | Q(name=""), name="projects_staffmember_one_person",
                violation_error_message=_("Choose a person or write a name, not both."),
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gte=1, percent__lte=100),
                name="projects_staffmember_share_sane",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.person}".strip()

    def get_absolute_url(self) -> str:
        return reverse("projects:part", args=[self.project.slug, "staff", self.public_id])

    @property
    def person(self) -> str:
        return self.user.get_full_name() if self.user else self.name
