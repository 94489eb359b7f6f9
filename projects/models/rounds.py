"""The life of a programme version: comments on a draft, reviews by the year clock."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of, together
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.workflow import Stages
from members.models import Organisation
from projects.models.goals import Goal
from projects.models.programmes import Programme, Stage

if TYPE_CHECKING:
    from typing import Self


class Outcome(Stages):
    NEW = "new", "waiting", _("Not handled yet")
    TAKEN = "taken", "done", _("Taken into account")
    NOTED = "noted", "stopped", _("Noted, no change")


class Kind(models.TextChoices):
    COMMENT = "comment", pgettext_lazy("on a programme", "Comment")
    GOAL = "goal", _("Proposal for a new goal")


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: Reader) -> Self:
        """Who reads the draft, reads what others say of it; each person their own for good."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        programmes = Programme.objects.visible_to(user).values("pk")
        return self.filter(Q(programme__in=programmes) | Q(author=known.user_id))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(programme__in=Programme.objects.in_scope_of(user))

    managed_by = in_scope_of


@audit.tracked(exclude=("name",))
class Comment(models.Model):
    """What a person says of a draft: of the whole of it, or of one goal."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("action programme"), on_delete=models.CASCADE,
        related_name="comments",
    )  # fmt: skip
    goal = models.ForeignKey(
        Goal, verbose_name=_("strategic goal"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="comments",
    )  # fmt: skip
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=120, blank=True, default="", editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.COMMENT)
    text = models.TextField(_("comment"), max_length=3000)
    outcome = models.CharField(_("handled"), max_length=20, choices=Outcome, default=Outcome.NEW)
    answer = models.TextField(_("answer"), max_length=2000, blank=True, default="")
    written_at = models.DateTimeField(_("written"), auto_now_add=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a programme")
        verbose_name_plural = _("comments on programmes")
        ordering = ["written_at", "pk"]
        constraints = [
            one_of("kind", Kind, name="projects_comment_kind_known"),
            one_of("outcome", Outcome, name="projects_comment_outcome_known"),
            models.CheckConstraint(condition=~Q(text=""), name="projects_comment_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} – {self.name}"

    def get_absolute_url(self) -> str:
        """Where it stands: on the draft's page, later among those who were heard."""
        programme = self.programme
        address = programme.get_absolute_url()
        if programme.stage != Stage.DRAFT:
            names = [programme.home_cluster.slug, programme.version]
            address = reverse("projects:programme_stakeholders", args=names)
        return f"{address}#comments"

    def clean(self) -> None:
        refuse_marked(self.text, self.answer)
        if self.answer and self.outcome == Outcome.NEW:
            raise ValidationError({"outcome": _("Say what became of the comment, too.")})


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(programme__in=Programme.objects.visible_to(user))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(programme__in=Programme.objects.managed_by(user))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(programme__in=Programme.objects.in_scope_of(user))

    managed_by = editable_by

    def held(self) -> Self:
        return self.filter(held_on__isnull=False)


@audit.tracked()
class Review(models.Model):
    """A look at the whole programme every six or twelve months; held once, with what was seen."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme, verbose_name=_("action programme"), on_delete=models.CASCADE,
        related_name="reviews",
    )  # fmt: skip
    due_on = models.DateField(_("due on"))
    months = models.PositiveSmallIntegerField(
        _("review of"), choices=[(6, _("6 months")), (12, _("12 months"))], default=6
    )
    held_on = models.DateField(_("held on"), null=True, blank=True, editable=False)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("held by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    words = models.TextField(
        _("what was seen and decided"), max_length=3000, blank=True, default=""
    )
    counts = models.JSONField(_("measures by state"), null=True, blank=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a programme")
        verbose_name_plural = _("reviews of programmes")
        ordering = ["due_on"]
        constraints = [
            together("held_on", "counts", name="projects_review_held_with_counts"),
            models.UniqueConstraint(
                fields=["programme", "due_on"], name="projects_review_one_a_day"
            ),
            models.CheckConstraint(
                condition=Q(months__in=[6, 12]), name="projects_review_of_half_or_whole_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.due_on}"

    def get_absolute_url(self) -> str:
        return f"{self.programme.get_absolute_url()}#clock"

    def clean(self) -> None:
        refuse_marked(self.words)
