"""A programme beside its measures: influence, mandates, what goes on after a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage
from cluster_portal.core.text.web_addresses import WEB
from cluster_portal.core.workflow import Stages
from members.models import Organisation
from projects.models.continued import Continued
from projects.models.programmes import InfluenceGoal, Programme

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class OfProgrammeQuerySet(models.QuerySet["OfProgramme"]):
    """Rows that are seen and looked after with the version they stand in."""

    def visible_to(self, user: Reader) -> Self:
        return self.filter(programme__in=Programme.objects.visible_to(user))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(programme__in=Programme.objects.in_scope_of(user))

    def managed_by(self, user: Reader) -> Self:
        return self.filter(programme__in=Programme.objects.managed_by(user))


class OfProgramme(Continued):
    """A row of a list of one version."""

    position = models.PositiveSmallIntegerField(_("position"), default=1)

    objects = OfProgrammeQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


@audit.tracked()
class Mandate(OfProgramme):
    """A task, the authority in charge of it by law, and what the cluster does beside it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="mandates")
    task_fi = models.CharField(_("task in Finnish"), max_length=200)
    task_sv = models.CharField(_("task in Swedish"), max_length=200, blank=True, default="")
    task_en = models.CharField(_("task in English"), max_length=200, blank=True, default="")
    authority = models.ForeignKey(
        Organisation, verbose_name=_("authority in charge"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    authority_words = models.CharField(
        _("authority in charge, in words"), max_length=200, blank=True, default=""
    )
    role_fi = models.CharField(_("role of the cluster in Finnish"), max_length=300)
    role_sv = models.CharField(
        _("role of the cluster in Swedish"), max_length=300, blank=True, default=""
    )
    role_en = models.CharField(
        _("role of the cluster in English"), max_length=300, blank=True, default=""
    )

    task = InLanguage()
    role = InLanguage()

    class Meta(OfProgramme.Meta):
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.CheckConstraint(
                condition=Q(authority__isnull=False) | ~Q(authority_words=""),
                name="projects_mandate_names_the_authority",
                violation_error_message=_("Name the authority in charge."),
            ),
        ]

    def __str__(self) -> str:
        return self.task

    def clean(self) -> None:
        refuse_marked(self.task_fi, self.task_sv, self.task_en, self.authority_words)
        refuse_marked(self.role_fi, self.role_sv, self.role_en)


class Passing(Stages):
    OPEN = "open", "waiting", _("No new owner yet")
    AGREED = "agreed", "running", _("Agreed")
    DONE = "done", "done", _("Passed on")


@audit.tracked()
class Transfer(OfProgramme):
    """Something that must go on after a project: who takes it, by when, paid by what."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="transfers")
    what_fi = models.CharField(_("what goes on, in Finnish"), max_length=200)
    what_sv = models.CharField(
        _("what goes on, in Swedish"), max_length=200, blank=True, default=""
    )
    what_en = models.CharField(
        _("what goes on, in English"), max_length=200, blank=True, default=""
    )
    taker = models.ForeignKey(
        Organisation, verbose_name=_("new owner"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    by_on = models.DateField(_("by"), null=True, blank=True)
    funding = models.CharField(_("paid by"), max_length=200, blank=True, default="")
    state = models.CharField(_("state"), max_length=20, choices=Passing, default=Passing.OPEN)

    what = InLanguage()

    class Meta(OfProgramme.Meta):
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            one_of("state", Passing, name="projects_transfer_state_known"),
            models.CheckConstraint(
                condition=Q(state=Passing.OPEN) | Q(taker__isnull=False),
                name="projects_transfer_has_a_taker",
                violation_error_message=_("Name the new owner, or leave the state open."),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def clean(self) -> None:
        refuse_marked(self.what_fi, self.what_sv, self.what_en, self.funding)


class InfluenceActQuerySet(models.QuerySet["InfluenceAct"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(goal__programme__in=Programme.objects.visible_to(user))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(goal__programme__in=Programme.objects.in_scope_of(user))

    def managed_by(self, user: Reader) -> Self:
        return self.filter(goal__programme__in=Programme.objects.managed_by(user))


class ActKind(models.TextChoices):
    STATEMENT = "statement", _("Statement")
    MEETING = "meeting", _("Meeting")
    RESULT = "result", _("Result")


@audit.tracked()
class InfluenceAct(Continued):
    """A statement, a meeting or a result on the way of an influence goal."""

    goal = models.ForeignKey(
        InfluenceGoal, verbose_name=_("influence goal"), on_delete=models.CASCADE,
        related_name="acts",
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=20, choices=ActKind)
    on = models.DateField(_("date"))
    title = models.CharField(_("title"), max_length=200)
    link = models.URLField(_("link"), max_length=500, blank=True, default="", validators=[WEB])
    of_result = models.ForeignKey(
        "projects.Result", verbose_name=_("result of the portal"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="influence_acts",
        help_text=_("The result that it rests on, or that came of it."),
    )  # fmt: skip

    objects = InfluenceActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act of influence")
        verbose_name_plural = _("acts of influence")
        ordering = ["-on", "-pk"]
        constraints = [one_of("kind", ActKind, name="projects_influenceact_kind_known")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        refuse_marked(self.title)
