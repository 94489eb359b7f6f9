"""What belongs to a pilot: who makes it, its permits, and what was measured in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.workflow import Stages
from members.models import Organisation

if TYPE_CHECKING:
    from typing import Self


class Role(models.TextChoices):
    LEAD = "lead", _("Runs the pilot")
    SOLUTION = "solution", _("Brings the solution")
    TESTER = "tester", _("Tries it in its own work")
    RESEARCH = "research", _("Measures and studies")
    SUPPORT = "support", _("Supports")


class Answer(models.TextChoices):
    """Of an organisation to being a maker: only who has accepted is told and counted."""

    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", pgettext_lazy("maker of a pilot", "Takes part")
    DECLINED = "declined", pgettext_lazy("maker of a pilot", "Does not take part")


class PilotMakerQuerySet(models.QuerySet["PilotMaker"]):
    def accepted(self) -> Self:
        return self.filter(answer=Answer.ACCEPTED)

    def asked(self) -> Self:
        return self.filter(answer=Answer.ASKED)

    def visible_to(self, user: Reader) -> Self:
        """Who is with us is told with the pilot; who was asked, to both sides only."""
        known = audience(user)
        told = self.filter(
            pilot__in=_pilots(self).visible_to(user),
            organisation__in=Organisation.objects.visible_to(user),
        )
        if known.user_id is None:
            return told.accepted()
        theirs = Q(organisation__in=known.organisations)
        side = Q(pilot__in=_pilots(self).editable_by(user))
        return told.filter(Q(answer=Answer.ACCEPTED) | theirs | side)

    def editable_by(self, user: Reader) -> Self:
        return self.filter(pilot__in=_pilots(self).editable_by(user))

    def waiting_for(self, user: Reader) -> Self:
        """Asked of an organisation whose contact the reader is."""
        return self.asked().filter(organisation__in=audience(user).edits)


def _pilots(rows: models.QuerySet[Any]) -> Any:
    return rows.model._meta.apps.get_model("projects", "Pilot").objects.all()


@audit.tracked()
class PilotMaker(models.Model):
    """An organisation's part in a pilot, from the question on."""

    pilot = models.ForeignKey(
        "projects.Pilot", verbose_name=_("pilot"), on_delete=models.CASCADE, related_name="makers"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.TESTER)
    answer = models.CharField(
        pgettext_lazy("of an organisation", "answer"), max_length=20, choices=Answer,
        default=Answer.ASKED,
    )  # fmt: skip
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = PilotMakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("maker of a pilot")
        verbose_name_plural = _("makers of pilots")
        ordering = ["pk"]
        constraints = [
            one_of("role", Role, name="projects_pilotmaker_role_known"),
            one_of("answer", Answer, name="projects_pilotmaker_answer_known"),
            models.UniqueConstraint(
                fields=["pilot", "organisation"], name="projects_pilotmaker_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.get_role_display()}"


class PilotPartQuerySet(models.QuerySet[Any]):
    """Rows that are seen and edited with their pilot."""

    def visible_to(self, user: Reader) -> Self:
        return self.filter(pilot__in=_pilots(self).visible_to(user))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(pilot__in=_pilots(self).editable_by(user))


class PermitState(Stages):
    NEEDED = "needed", "waiting", pgettext_lazy("permit", "Needed")
    APPLIED = "applied", "waiting", pgettext_lazy("permit", "Applied for")
    GRANTED = "granted", "done", pgettext_lazy("permit", "Granted")
    REFUSED = "refused", "stopped", pgettext_lazy("permit", "Refused")
    NOT_NEEDED = "not_needed", "done", pgettext_lazy("permit", "Not needed")


@audit.tracked()
class Permit(models.Model):
    pilot = models.ForeignKey(
        "projects.Pilot", verbose_name=_("pilot"), on_delete=models.CASCADE, related_name="permits"
    )
    name = models.CharField(_("permit or consent"), max_length=120)
    state = models.CharField(
        _("state"), max_length=20, choices=PermitState, default=PermitState.NEEDED
    )
    granted_on = models.DateField(_("day"), null=True, blank=True)

    objects = PilotPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("permit")
        verbose_name_plural = _("permits")
        ordering = ["pk"]
        constraints = [one_of("state", PermitState, name="projects_permit_state_known")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        cleaning.refuse_links(self.name)
        refuse_marked(self.name)


@audit.tracked()
class PilotValue(models.Model):
    """One measured value: of the time before the pilot, or of one of its rounds."""

    pilot = models.ForeignKey(
        "projects.Pilot", verbose_name=_("pilot"), on_delete=models.CASCADE, related_name="measured"
    )
    label = models.CharField(_("when or in which round"), max_length=80)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2)
    is_before = models.BooleanField(_("before the pilot"), default=False)

    objects = PilotPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("measured value")
        verbose_name_plural = _("measured values")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gte=0), name="projects_pilotvalue_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"

    def clean(self) -> None:
        cleaning.refuse_links(self.label)
        refuse_marked(self.label)
