"""Ideas that people bring up at events and afterwards, and who stands behind them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import Reader, Visibility, audience
from cluster_portal.core.workflow import Move, Workflow
from events.models.events import Event
from members.models import ClusterContent, ClusterContentQuerySet

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Audience


class Stage(models.TextChoices):
    PROPOSED = "proposed", _("Waits for a coordinator")
    PUBLISHED = "published", _("Gathers support")
    MOVED = "moved", _("Went on")
    CLOSED = "closed", _("Closed with a reason")


BECOMES = ("project", "challenge", "need", "topic")
OPEN = frozenset({Stage.PUBLISHED, Stage.MOVED})


class IdeaQuerySet(ClusterContentQuerySet):
    has_group = True

    def published(self) -> Q:
        """What was closed before others saw it, or hidden since, stays with its author."""
        return Q(stage__in=OPEN) | Q(stage=Stage.CLOSED, published_at__isnull=False)

    def group_condition(self, known: Audience) -> Q:
        """An idea of an invited group's event is the group's."""
        invited = Q(event__invited_organisations__in=known.organisations)
        there = Q(
            event__registrations__user=known.user_id,
            event__registrations__stage__in=("confirmed", "attended", "absent"),
        )
        return Q(pk__in=self.model.objects.filter(invited | there).values("pk"))

    def editor_condition(self, known: Audience) -> Q:
        """Its author sees it whatever its state."""
        return Q(author=known.user_id)

    def editable_by(self, user: Reader) -> Self:
        """Those who read it before it is published: the coordinators."""
        return self.in_scope_of(user)

    def with_support(self, user: Reader) -> Self:
        """`support` is how many stand behind it, `is_supported` whether the reader does."""
        mine = Support.objects.filter(idea=OuterRef("pk"), user=user.pk)
        return self.annotate(support=Count("supports"), is_supported=Exists(mine))


@audit.tracked()
class Idea(ClusterContent):
    """Posted by anybody who sees the event, read by a coordinator before others see it.

    Its visibility is that of its event; without one, all members see it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(
        Event, verbose_name=_("event"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="ideas",
    )  # fmt: skip
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    title = models.CharField(_("idea"), max_length=160)
    text = models.TextField(_("more about it"), max_length=2000, blank=True, default="")
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.PROPOSED)
    reason = models.TextField(_("reason"), max_length=2000, blank=True, default="")
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    # What it became: at most one of these. Topics are of a sibling app, so they are named only.
    project = models.ForeignKey(
        "projects.Project", null=True, blank=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    challenge = models.ForeignKey(
        "projects.Challenge", null=True, blank=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    need = models.ForeignKey(
        "members.Need", null=True, blank=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    topic = models.ForeignKey(
        "theses.Topic", null=True, blank=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idea of an event")
        verbose_name_plural = _("ideas of events")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["stage", "-published_at"], name="events_idea_newest"),
        ]
        constraints = [
            one_of("stage", Stage, name="events_idea_stage_known"),
            one_of("visibility", Visibility, name="events_idea_visibility_known"),
            models.CheckConstraint(
                condition=~Q(project__isnull=False, challenge__isnull=False)
                & ~Q(need__isnull=False, topic__isnull=False)
                & (Q(project=None, challenge=None) | Q(need=None, topic=None)),
                name="events_idea_became_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.CLOSED) | ~Q(reason=""), name="events_idea_closed_with_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:idea", args=[self.public_id])

    @property
    def is_hidden(self) -> bool:
        """Only its author and those who coordinate see that it was closed, and why."""
        return self.stage == Stage.CLOSED and self.published_at is None

    @property
    def has_become(self) -> bool:
        return any(getattr(self, f"{name}_id") for name in BECOMES)

    def clean(self) -> None:
        cleaning.refuse_links(self.title)
        refuse_marked(self.title, self.text)


class Support(models.Model):
    """That a person stands behind an idea. Who they are is not told."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="supports")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="supports"
    )
    created_at = models.DateTimeField(_("given"), auto_now_add=True)

    class Meta:
        verbose_name = _("support of an idea")
        verbose_name_plural = _("support of ideas")
        constraints = [models.UniqueConstraint(fields=["idea", "user"], name="events_support_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.idea}"


def _moderates(idea: Idea, user: Reader) -> bool:
    known = audience(user)
    return known.is_admin or idea.home_cluster_id in known.coordinates


def _can_hide(idea: Idea, user: Reader) -> bool:
    return not idea.is_hidden and _moderates(idea, user)


def _writes(idea: Idea, user: Reader) -> bool:
    return user.pk is not None and idea.author_id == user.pk


MOVES = Workflow(
    publish=Move(
        frozenset({Stage.PROPOSED, Stage.CLOSED}), Stage.PUBLISHED, may=_moderates,
        label=_("Publish"), style="primary",
    ),
    close=Move(
        frozenset({Stage.PROPOSED, Stage.PUBLISHED}), Stage.CLOSED, may=_moderates,
        label=_("Close with a reason"), needs_reason=True, style="danger",
    ),
    hide=Move(
        frozenset({Stage.PUBLISHED, Stage.MOVED, Stage.CLOSED}), Stage.CLOSED, may=_can_hide,
        label=_("Hide from others"), needs_reason=True, style="danger",
    ),
    take_back=Move(
        frozenset({Stage.PROPOSED}), Stage.CLOSED, may=_writes, label=_("Take it back"),
        style="danger",
    ),
)  # fmt: skip
