"""Two people who meet: asked for with times, agreed at one of them, and what came of it."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of, together
from cluster_portal.core.text import web_addresses
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.workflow import Move, Stages, Workflow
from members.models import Need, Organisation

if TYPE_CHECKING:
    from typing import Self


def when(at: datetime.datetime) -> str:
    local = timezone.localtime(at)
    day = f"{date_format(local, 'D')} {date_format(local, 'SHORT_DATE_FORMAT')}"
    return gettext("%(day)s at %(time)s") % {"day": day, "time": date_format(local, "TIME_FORMAT")}


LENGTHS = [(30, _("30 minutes")), (45, _("45 minutes")), (60, _("1 hour"))]


class Stage(Stages):
    ASKED = "asked", "waiting", pgettext_lazy("meeting of two", "Waits for an answer")
    AGREED = "agreed", "next", pgettext_lazy("meeting of two", "Agreed")
    TOLD = "told", "done", pgettext_lazy("meeting of two", "Held, outcome recorded")
    DECLINED = "declined", "stopped", pgettext_lazy("meeting of two", "Declined")
    WITHDRAWN = "withdrawn", "stopped", pgettext_lazy("meeting of two", "Taken back")
    EXPIRED = "expired", "stopped", pgettext_lazy("meeting of two", "Nobody answered in time")
    CANCELLED = "cancelled", "stopped", pgettext_lazy("meeting of two", "Called off")


SET = (Stage.AGREED, Stage.TOLD)


class Side(models.TextChoices):
    ASKER = "asker", _("Who asked")
    ASKED = "asked", _("Who was asked")


class Outcome(models.TextChoices):
    PROJECT = "project", _("We prepare a project")
    CHALLENGE = "challenge", _("We make a challenge of it")
    OFFER = "offer", _("An offer, a trial or a purchase follows")
    AGAIN = "again", _("We meet again")
    KNOWN = "known", _("We got to know each other")
    NONE = "none", pgettext_lazy("outcome of a meeting", "Nothing came of it")


class OneToOneQuerySet(models.QuerySet["OneToOne"]):
    def visible_to(self, user: Reader) -> Self:
        """The two alone; while nobody has answered, every contact of the organisation asked."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        open_to = Q(stage=Stage.ASKED, asked=None, asked_organisation__in=known.edits)
        return self.filter(Q(asker=known.user_id) | Q(asked=known.user_id) | open_to)

    def editable_by(self, user: Reader) -> Self:
        return self.visible_to(user)

    def counted_for(self, user: Reader) -> Self:
        """For figures alone: between organisations of the clusters that the reader coordinates."""
        known = audience(user)
        if known.is_admin:
            return self
        return self.filter(asker_cluster__in=known.coordinates)

    def of_person(self, user: Reader) -> Self:
        if user.pk is None:
            return self.none()
        return self.filter(Q(asker=user.pk) | Q(asked=user.pk))


@audit.tracked()
class OneToOne(models.Model):
    """`asked` is empty until a contact of `asked_organisation` answers. `waits_for` says whose
    turn it is while it is asked: the times offered are the other side's.

    `reasons` is what the portal gave as reasons, in the asker's language, one a line.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.ASKED)
    waits_for = models.CharField(max_length=10, choices=Side, default=Side.ASKED)
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who asked"), null=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    asker_organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    asker_cluster = models.ForeignKey(
        "members.Cluster", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        editable=False,
    )  # fmt: skip
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who was asked"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    asked_organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation that was asked"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    need = models.ForeignKey(
        Need, verbose_name=_("need"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    topic = models.CharField(_("what it is about"), max_length=160)
    words = models.TextField(_("message"), max_length=1500, blank=True, default="")
    reasons = models.TextField(max_length=1500, blank=True, default="", editable=False)
    minutes = models.PositiveSmallIntegerField(_("how long"), choices=LENGTHS, default=30)
    place = models.CharField(_("place"), max_length=200, blank=True, default="")
    remote_link = models.URLField(
        _("remote link"), blank=True, default="", validators=[web_addresses.HTTPS]
    )
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    answer_by = models.DateTimeField(_("answer by"))
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True, default="")
    outcome_words = models.TextField(_("outcome in words"), max_length=2000, blank=True, default="")
    project = models.ForeignKey(
        "projects.Project", null=True, blank=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    challenge = models.ForeignKey(
        "projects.Challenge", null=True, blank=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    asked_for_outcome = models.BooleanField(default=False, editable=False)
    ics_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ics_sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = OneToOneQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting of two")
        verbose_name_plural = _("meetings of two")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["asker", "starts_at"], name="events_onetoone_asker"),
            models.Index(fields=["asked", "starts_at"], name="events_onetoone_asked"),
        ]
        constraints = [
            one_of("stage", Stage, name="events_onetoone_stage_known"),
            one_of("waits_for", Side, name="events_onetoone_side_known"),
            together("starts_at", "ends_at", name="events_onetoone_time_together"),
            in_order("starts_at", "ends_at", name="events_onetoone_in_order"),
            models.CheckConstraint(
                condition=~Q(stage__in=SET) | Q(starts_at__isnull=False),
                name="events_onetoone_agreed_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome__in=Outcome.values),
                name="events_onetoone_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.TOLD) & ~Q(outcome="")
                | ~Q(stage=Stage.TOLD) & Q(outcome=""),
                name="events_onetoone_told_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(asker=None) | Q(asked=None) | ~Q(asker=F("asked")),
                name="events_onetoone_two_people",
            ),
        ]

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        return reverse("events:one_to_one", args=[self.public_id])

    def clean(self) -> None:
        refuse_marked(self.topic, self.words, self.place, self.outcome_words, self.reason)

    @property
    def length(self) -> datetime.timedelta:
        return datetime.timedelta(minutes=self.minutes)

    @property
    def useful_until(self) -> datetime.datetime:
        """News of it come too late after that."""
        return self.ends_at or self.answer_by

    @property
    def is_over(self) -> bool:
        return self.ends_at is not None and self.ends_at <= timezone.now()

    @property
    def stamp(self) -> str:
        return self.updated_at.isoformat()

    def side_of(self, user: Reader) -> Side | None:
        """On which side the reader is; None for whoever is on neither."""
        known = audience(user)
        if known.user_id is None:
            return None
        if self.asker_id == known.user_id:
            return Side.ASKER
        if self.asked_id == known.user_id:
            return Side.ASKED
        is_open = self.stage == Stage.ASKED and self.asked_id is None
        is_open = is_open and self.asked_organisation_id in known.edits
        return Side.ASKED if is_open else None


class OfferedTime(models.Model):
    """A time that the side offers whose turn it is not."""

    meeting = models.ForeignKey(OneToOne, on_delete=models.CASCADE, related_name="times")
    starts_at = models.DateTimeField(_("starts"))

    class Meta:
        verbose_name = _("offered time")
        verbose_name_plural = _("offered times")
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "starts_at"], name="events_offeredtime_once"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.starts_at.isoformat()

    @property
    def ends_at(self) -> datetime.datetime:
        return self.starts_at + self.meeting.length


def _is_turn(meeting: OneToOne, user: Reader) -> bool:
    return meeting.side_of(user) == meeting.waits_for


def _asks(meeting: OneToOne, user: Reader) -> bool:
    return meeting.side_of(user) == Side.ASKER


def _meets(meeting: OneToOne, user: Reader) -> bool:
    return meeting.side_of(user) is not None


def _has_met(meeting: OneToOne, user: Reader) -> bool:
    return _meets(meeting, user) and meeting.is_over


def _will_meet(meeting: OneToOne, user: Reader) -> bool:
    return _meets(meeting, user) and not meeting.is_over


MOVES = Workflow(
    accept=Move(frozenset({Stage.ASKED}), Stage.AGREED, may=_is_turn, label=_("Agree"),
                style="primary"),
    offer=Move(frozenset({Stage.ASKED}), Stage.ASKED, may=_is_turn,
               label=_("Offer other times")),
    decline=Move(frozenset({Stage.ASKED}), Stage.DECLINED, may=_is_turn,
                 label=pgettext_lazy("meeting of two", "Decline"), style="danger",
                 needs_reason=True),
    withdraw=Move(frozenset({Stage.ASKED}), Stage.WITHDRAWN, may=_asks,
                  label=_("Take the request back"), style="danger"),
    cancel=Move(frozenset({Stage.AGREED}), Stage.CANCELLED, may=_will_meet,
                label=_("Call the meeting off"), style="danger", needs_reason=True),
    tell=Move(frozenset({Stage.AGREED, Stage.TOLD}), Stage.TOLD, may=_has_met,
              label=_("Record the outcome"), style="primary"),
)  # fmt: skip
