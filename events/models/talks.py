"""The call for talks of an event, what is chosen of them, and which sessions people go to."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.workflow import Move, Workflow
from events.models.agenda import AgendaItem
from events.models.events import Event
from events.models.registrations import Registration

if TYPE_CHECKING:
    from typing import Self


class TalkStage(models.TextChoices):
    SUBMITTED = "submitted", _("In review")
    ACCEPTED = "accepted", _("In the programme")
    DECLINED = "declined", _("Not chosen")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class TalkQuerySet(models.QuerySet["Talk"]):
    def visible_to(self, user: Reader) -> Self:
        """Its author, and those who organise the event. Readers see what is in the programme."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        organised = Event.objects.editable_by(user)
        return self.filter(Q(author=known.user_id) | Q(event__in=organised.values("pk")))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(event__in=Event.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(event__in=Event.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked(exclude=("note", "speaker"))
class Talk(models.Model):
    """`note` is for the organisers only; `reason` is told to the author.

    An accepted talk is an item of the programme; when that is removed, the talk is in review again.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="talks")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("abstract"), max_length=2000)
    speaker = models.CharField(_("speakers"), max_length=200)
    track = models.CharField(_("stream"), max_length=60, blank=True, default="")
    stage = models.CharField(
        _("state"), max_length=20, choices=TalkStage, default=TalkStage.SUBMITTED
    )
    note = models.TextField(_("notes of the review"), max_length=2000, blank=True, default="")
    reason = models.TextField(_("reason"), max_length=2000, blank=True, default="")
    item = models.OneToOneField(
        AgendaItem, null=True, blank=True, editable=False, on_delete=models.RESTRICT,
        related_name="talk",
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed talk")
        verbose_name_plural = _("proposed talks")
        ordering = ["created_at", "pk"]
        constraints = [
            one_of("stage", TalkStage, name="events_talk_stage_known"),
            models.CheckConstraint(
                condition=Q(stage=TalkStage.ACCEPTED, item__isnull=False)
                | (~Q(stage=TalkStage.ACCEPTED) & Q(item=None)),
                name="events_talk_accepted_is_in_the_programme",
            ),
            models.CheckConstraint(
                condition=~Q(stage=TalkStage.DECLINED) | ~Q(reason=""),
                name="events_talk_declined_with_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:talks", args=[self.event.slug])

    def clean(self) -> None:
        refuse_marked(self.title, self.summary)


class SessionChoice(models.Model):
    """To which of the items that begin at one time a participant goes: one for each `slot`."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="sessions"
    )
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="choices")
    slot = models.DateTimeField()

    class Meta:
        verbose_name = _("chosen session")
        verbose_name_plural = _("chosen sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "slot"], name="events_sessionchoice_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.item_id}"


def _organises(talk: Talk, user: Reader) -> bool:
    return Event.objects.editable_by(user).filter(pk=talk.event_id).exists()


def _is_author(talk: Talk, user: Reader) -> bool:
    return talk.author_id is not None and talk.author_id == user.pk


TALK_MOVES = Workflow(
    accept=Move(
        frozenset({TalkStage.SUBMITTED}), TalkStage.ACCEPTED, may=_organises,
        label=_("Take into the programme"), style="primary",
    ),
    decline=Move(
        frozenset({TalkStage.SUBMITTED}), TalkStage.DECLINED, may=_organises,
        label=_("Do not choose"), needs_reason=True,
    ),
    withdraw=Move(
        frozenset({TalkStage.SUBMITTED}), TalkStage.WITHDRAWN, may=_is_author, label=_("Withdraw"),
        style="danger",
    ),
)  # fmt: skip
