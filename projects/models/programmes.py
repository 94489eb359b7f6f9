"""The action programme: versions, goals and measures, each with an owner before it is approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage
from cluster_portal.core.visibility import Reader, Visibility, audience
from cluster_portal.core.workflow import Move, Workflow
from cluster_portal.surveys.models import Round
from members.models import ClusterContent, ClusterContentQuerySet
from projects.models.continued import Continued

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Audience


class Stage(models.TextChoices):
    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved")
    REPLACED = "replaced", _("Replaced by a newer version")


class ProgrammeQuerySet(ClusterContentQuerySet):
    def published(self) -> Q:
        return Q(stage__in=[Stage.APPROVED, Stage.REPLACED])

    def _own_side(self, known: Audience) -> Q:
        """A draft is the coordinators' and the comment round's until it is approved."""
        asked = Programme.commenters.through.objects.filter(user=known.user_id)
        of_members = Q(comments_of_members=True, home_cluster__in=known.member_clusters)
        asked_of = Q(pk__in=asked.values("programme")) | of_members
        return Q(home_cluster__in=known.coordinates) | (Q(stage=Stage.DRAFT) & asked_of)

    def editable_by(self, user: Reader) -> Self:
        return self.managed_by(user)

    def managed_by(self, user: Reader) -> Self:
        """A version that a newer one has replaced is history."""
        return self.in_scope_of(user).exclude(stage=Stage.REPLACED)

    def approved(self) -> Self:
        return self.filter(stage=Stage.APPROVED)


@audit.tracked()
class Programme(ClusterContent):
    """One version of a cluster's programme. `organisation` is the body that maintains it."""

    version = models.PositiveSmallIntegerField(_("version"), default=1)
    stage = models.CharField(
        _("state"), max_length=20, choices=Stage, default=Stage.DRAFT, editable=False
    )
    title_fi = models.CharField(_("title in Finnish"), max_length=200)
    title_sv = models.CharField(_("title in Swedish"), max_length=200, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=200, blank=True, default="")
    summary_fi = models.TextField(_("summary in Finnish"), max_length=600)
    summary_sv = models.TextField(_("summary in Swedish"), max_length=600, blank=True, default="")
    summary_en = models.TextField(_("summary in English"), max_length=600, blank=True, default="")
    commenters = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("people in the comment round"),
        blank=True,
        related_name="+",
        help_text=_("They can read this version while it is a draft."),
    )
    talks = models.ManyToManyField(
        Round, verbose_name=_("talks with stakeholders"), blank=True, related_name="+",
        help_text=_("The survey rounds in which stakeholders were heard about the goals."),
    )  # fmt: skip
    comments_until = models.DateField(
        _("comments until"), null=True, blank=True,
        help_text=_("The comment round of a draft is open until this day."),
    )  # fmt: skip
    comments_of_members = models.BooleanField(
        _("the cluster’s members comment, too"), default=False
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ProgrammeQuerySet.as_manager()
    title = InLanguage()
    summary = InLanguage()

    class Meta:
        verbose_name = _("action programme")
        verbose_name_plural = _("action programmes")
        ordering = ["home_cluster", "-version"]
        constraints = [
            one_of("stage", Stage, name="projects_programme_stage_known"),
            one_of("visibility", Visibility, name="projects_programme_visibility_known"),
            models.UniqueConstraint(
                fields=["home_cluster", "version"], name="projects_programme_version_once"
            ),
            models.UniqueConstraint(
                fields=["home_cluster"],
                condition=Q(stage=Stage.APPROVED),
                name="projects_programme_one_approved",
            ),
            models.UniqueConstraint(
                fields=["home_cluster"],
                condition=Q(stage=Stage.DRAFT),
                name="projects_programme_one_draft",
                violation_error_message=_("The cluster already has a draft of the next version."),
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.DRAFT)
                | Q(approved_on__isnull=False, organisation__isnull=False),
                name="projects_programme_approved_is_maintained",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="projects_programme_version_positive"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="owners_before_approval",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__stage=Stage.DRAFT, new__stage=Stage.APPROVED),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM projects_measure m JOIN projects_goal g ON g.id = m.goal_id
                        WHERE g.programme_id = NEW.id AND m.responsible_id IS NULL
                    ) THEN
                        RAISE EXCEPTION 'a measure of programme % has no owner', NEW.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    def clean(self) -> None:
        cleaning.refuse_links(self.title_fi, self.title_sv, self.title_en)
        refuse_marked(
            self.title_fi, self.title_sv, self.title_en, self.summary_fi, self.summary_sv,
            self.summary_en,
        )  # fmt: skip

    @property
    def takes_comments(self) -> bool:
        """Its comment round is open today."""
        until = self.comments_until
        return self.stage == Stage.DRAFT and bool(until and until >= timezone.localdate())

    def get_absolute_url(self) -> str:
        address = reverse("projects:programme")
        return f"{address}?cluster={self.home_cluster.slug}&version={self.version}"


audit.track_links(Programme.commenters.through)
audit.track_links(Programme.talks.through)


class InfluenceGoalQuerySet(models.QuerySet["InfluenceGoal"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(programme__in=Programme.objects.visible_to(user))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(programme__in=Programme.objects.in_scope_of(user))

    def managed_by(self, user: Reader) -> Self:
        return self.filter(programme__in=Programme.objects.managed_by(user))

    def tree(self, programme: Programme) -> list[InfluenceGoal]:
        """The main goals, each with its parts under `shown_parts`; one statement."""
        rows: list[InfluenceGoal] = list(self.filter(programme=programme))
        mains = [row for row in rows if row.parent_id is None]
        for main in mains:
            main.shown_parts = [row for row in rows if row.parent_id == main.pk]
        return mains


@audit.tracked()
class InfluenceGoal(Continued):
    """What the cluster wants to move in national decisions; a sub-goal is its own row."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="influence_goals"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="parts",
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    title_fi = models.CharField(_("title in Finnish"), max_length=300)
    title_sv = models.CharField(_("title in Swedish"), max_length=300, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=300, blank=True, default="")

    target = models.CharField(_("target body"), max_length=200, blank=True, default="")
    channel = models.CharField(_("channel"), max_length=200, blank=True, default="")

    objects = InfluenceGoalQuerySet.as_manager()
    title = InLanguage()
    shown_parts: list[InfluenceGoal]

    class Meta:
        verbose_name = _("influence goal")
        verbose_name_plural = _("influence goals")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="projects_influencegoal_not_its_own_part",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        cleaning.refuse_links(self.title_fi, self.title_sv, self.title_en)
        refuse_marked(self.title_fi, self.title_sv, self.title_en, self.target, self.channel)


def _approves(programme: Programme, user: Reader) -> bool:
    known = audience(user)
    return known.is_admin or programme.home_cluster_id in known.coordinates


MOVES = Workflow(
    approve=Move(
        frozenset({Stage.DRAFT}), Stage.APPROVED, may=_approves, label=_("Approve"),
        style="primary",
    ),
    new_version=Move(
        frozenset({Stage.APPROVED}), Stage.APPROVED, may=_approves, label=_("Make a new version"),
    ),
)  # fmt: skip
