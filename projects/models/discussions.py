"""Discussions of those who work in a project."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import Reader, audience
from members.models import Organisation
from projects.models.projects import Project
from projects.models.workspace import workplaces

if TYPE_CHECKING:
    from typing import Self

CHANGED_WITHIN = datetime.timedelta(minutes=15)


class DiscussionQuerySet(models.QuerySet["Discussion"]):
    def visible_to(self, user: Reader) -> Self:
        """Whoever works in the project, and nobody else."""
        return self.filter(project__in=workplaces(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(project__in=Project.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(project__in=Project.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked()
class Discussion(models.Model):
    """`form_key` comes with the form, so that sending it twice begins one discussion."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="discussions"
    )
    title = models.CharField(_("title"), max_length=150)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("begun by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    last_at = models.DateTimeField(_("last message"), default=timezone.now, editable=False)

    objects = DiscussionQuerySet.as_manager()

    class Meta:
        verbose_name = _("discussion of a project")
        verbose_name_plural = _("discussions of projects")
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="projects_discussion_title_given")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projects:discussion", args=[self.project.slug, self.public_id])

    def clean(self) -> None:
        refuse_marked(self.title)


class DiscussionMessageQuerySet(models.QuerySet["DiscussionMessage"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(discussion__in=Discussion.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        """Its author, for a short time, as long as they work in the project."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        fresh = self.filter(author=known.user_id, sent_at__gt=timezone.now() - CHANGED_WITHIN)
        return fresh.visible_to(user).filter(removed_at=None)

    def removable_by(self, user: Reader) -> Self:
        """Its author at any time, and who edits the project."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        edited = Discussion.objects.editable_by(user).values("pk")
        shown = self.visible_to(user).filter(removed_at=None)
        return shown.filter(Q(author=known.user_id) | Q(discussion__in=edited))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(discussion__in=Discussion.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked(exclude=("text",))
class DiscussionMessage(models.Model):
    """Once removed its text is gone, from the history too; that there was one stays to be seen."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    discussion = models.ForeignKey(
        Discussion, verbose_name=_("discussion"), on_delete=models.CASCADE,
        related_name="messages",
    )  # fmt: skip
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    text = models.TextField(_("message"), max_length=4000, blank=True)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True, editable=False)

    objects = DiscussionMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a discussion")
        verbose_name_plural = _("messages of discussions")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None) & ~Q(text="")
                | Q(removed_at__isnull=False) & Q(text=""),
                name="projects_discussionmessage_removed_has_no_text",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("projects:message", args=[self.public_id])

    def clean(self) -> None:
        refuse_marked(self.text)
