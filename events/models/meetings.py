"""Meetings of a body: agenda, who comes, minutes that are approved and then stay."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.text import web_addresses
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.workflow import Move, Stages, Workflow
from events.models.bodies import Body, BodyMember, Role, leads, papers_open_to
from projects.models import Challenge, Programme, Project

if TYPE_CHECKING:
    from typing import Self


class Stage(Stages):
    PLANNED = "planned", "draft", _("Being prepared")
    CALLED = "called", "open", _("Called")
    RUNNING = "running", "running", _("Under way")
    REVIEW = "review", "waiting", _("Minutes wait for approval")
    APPROVED = "approved", "done", _("Minutes approved")
    CANCELLED = "cancelled", "stopped", _("Cancelled")


AHEAD = (Stage.PLANNED, Stage.CALLED)
WRITING = (Stage.RUNNING, Stage.REVIEW)
SHOWN = (Stage.CALLED, Stage.RUNNING, Stage.REVIEW, Stage.APPROVED, Stage.CANCELLED)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def inside(self, user: Reader) -> Self:
        """Meetings whose papers the reader gets: members today, the called deputy, who looks after
        the body. A term that has ended gives nothing at the next request."""
        known = audience(user)
        if known.is_admin:
            return self
        if known.user_id is None:
            return self.none()
        seats = BodyMember.objects.current().filter(user=known.user_id)
        called = Attendance.objects.filter(deputy__in=seats.values("pk"))
        own = Q(body__in=Body.objects.attended_by(user).values("pk"))
        own |= Q(body__in=Body.objects.editable_by(user).values("pk"))
        return self.filter(own | Q(pk__in=called.values("meeting")))

    def visible_to(self, user: Reader) -> Self:
        bodies = Body.objects.visible_to(user).filter(papers_by__in=papers_open_to(audience(user)))
        shown = Q(stage__in=SHOWN, body__in=bodies.values("pk"))
        return self.filter(shown | Q(pk__in=Meeting.objects.inside(user).values("pk")))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(body__in=Body.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(body__in=Body.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def coming(self) -> Self:
        return self.filter(stage__in=AHEAD, ends_at__gte=timezone.now()).order_by("starts_at")


@audit.tracked()
class Meeting(models.Model):
    """`number` counts the body's meetings of a year. Moments are UTC, shown in Helsinki's time.

    `ics_uid` and `ics_sequence` keep one calendar entry true through every change (RFC 5545).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(
        Body, verbose_name=_("body"), on_delete=models.PROTECT, related_name="meetings"
    )
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.PLANNED)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("venue"), max_length=200, blank=True, default="")
    remote_link = models.URLField(
        _("remote link"), blank=True, default="", validators=[web_addresses.HTTPS]
    )
    invitation = models.TextField(_("words of the invitation"), max_length=2000, blank=True,
                                  default="")  # fmt: skip
    about_project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    about_programme = models.ForeignKey(
        Programme, verbose_name=_("action programme"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    about_challenge = models.ForeignKey(
        Challenge, verbose_name=_("challenge"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("minutes approved by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    approved_at = models.DateTimeField(_("minutes approved"), null=True, blank=True, editable=False)
    ics_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ics_sequence = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            one_of("stage", Stage, name="events_meeting_stage_known"),
            in_order("starts_at", "ends_at", name="events_meeting_ends_after_start"),
            models.UniqueConstraint(
                fields=["body", "year", "number"], name="events_meeting_number_once"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=False) | ~Q(stage=Stage.APPROVED),
                name="events_meeting_approved_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Meeting %(label)s")) % {"label": self.label}

    def get_absolute_url(self) -> str:
        return reverse("events:meeting", args=[self.public_id])

    def clean(self) -> None:
        refuse_marked(self.place, self.invitation)

    @property
    def label(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def title(self) -> str:
        return f"{self.body.title} {self.label}"

    @property
    def stamp(self) -> str:
        return self.updated_at.isoformat()

    @property
    def is_written(self) -> bool:
        return self.stage in WRITING

    @property
    def is_approved(self) -> bool:
        return self.stage == Stage.APPROVED


class OfMeeting(models.QuerySet[Any]):
    """Rows that go with their meeting."""

    def visible_to(self, user: Reader) -> Self:
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(meeting__in=Meeting.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(meeting__in=Meeting.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


class ItemKind(models.TextChoices):
    OPENING = "opening", _("Opening")
    FOLLOW_UP = "follow_up", _("Follow-up of decisions")
    MATTER = "matter", _("Matter")
    CLOSING = "closing", _("Closing")


class ItemState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("item of an agenda", "Proposed")
    ON = "on", _("On the agenda")
    LEFT_OUT = "left_out", _("Not taken up")


class ItemQuerySet(OfMeeting):
    def visible_to(self, user: Reader) -> Self:
        """What is on the agenda with the meeting; proposals inside and by who made them."""
        known = audience(user)
        seen = Q(state=ItemState.ON, meeting__in=Meeting.objects.visible_to(user).values("pk"))
        own = Q(meeting__in=Meeting.objects.inside(user).values("pk"))
        return self.filter(seen | own) if known.user_id else self.filter(seen)

    def on(self) -> Self:
        return self.filter(state=ItemState.ON).order_by("number", "pk")


@audit.tracked()
class MeetingItem(models.Model):
    """A matter of a meeting. `version` rises with every saving of the minutes, so that two writers
    do not overwrite each other; `snapshot` keeps what was told of earlier decisions, one a line:
    the visibility of the decision, a tab, what was told."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.CASCADE, related_name="items"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ItemKind, default=ItemKind.MATTER)
    state = models.CharField(_("state"), max_length=20, choices=ItemState, default=ItemState.ON)
    number = models.PositiveSmallIntegerField(_("number"), default=0)
    title = models.CharField(_("title"), max_length=160)
    presenter = models.CharField(_("presenter"), max_length=120, blank=True, default="")
    background = models.TextField(_("background"), max_length=5000, blank=True, default="")
    proposal = models.TextField(_("proposal for a decision"), max_length=2000, blank=True,
                                default="")  # fmt: skip
    reason = models.CharField(_("why it is not taken up"), max_length=300, blank=True, default="")
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("proposed by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    minutes = models.TextField(_("minutes"), max_length=20_000, blank=True, default="")
    version = models.PositiveIntegerField(default=0, editable=False)
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    written_at = models.DateTimeField(null=True, blank=True, editable=False)
    snapshot = models.TextField(blank=True, default="", editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("matter of a meeting")
        verbose_name_plural = _("matters of meetings")
        ordering = ["number", "pk"]
        constraints = [
            one_of("kind", ItemKind, name="events_meetingitem_kind_known"),
            one_of("state", ItemState, name="events_meetingitem_state_known"),
            models.CheckConstraint(condition=~Q(title=""), name="events_meetingitem_title_given"),
            models.UniqueConstraint(
                fields=["meeting", "number"], condition=Q(state=ItemState.ON),
                name="events_meetingitem_number_once",
                deferrable=None,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#item-{self.number}"

    def clean(self) -> None:
        refuse_marked(self.title, self.presenter, self.background, self.proposal, self.minutes)


class Answer(Stages):
    NONE = "none", "waiting", _("No answer yet")
    COMES = "comes", "done", _("Comes")
    REMOTE = "remote", "done", _("Comes remotely")
    AWAY = "away", "stopped", _("Does not come")


class Presence(models.TextChoices):
    UNKNOWN = "unknown", _("Not noted")
    THERE = "there", _("Present")
    REMOTE = "remote", _("Present remotely")
    AWAY = "away", _("Absent")


PRESENT = (Presence.THERE, Presence.REMOTE)


class AttendanceQuerySet(OfMeeting):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(meeting__in=Meeting.objects.inside(user).values("pk"))


@audit.tracked()
class Attendance(models.Model):
    """One member's answer to an invitation, and whether they, or their deputy, were there."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.CASCADE, related_name="attendances"
    )
    seat = models.ForeignKey(
        BodyMember, verbose_name=_("member of a body"), on_delete=models.CASCADE, related_name="+"
    )
    deputy = models.ForeignKey(
        BodyMember, verbose_name=_("called deputy"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.NONE)
    presence = models.CharField(
        _("presence"), max_length=10, choices=Presence, default=Presence.UNKNOWN
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["pk"]
        constraints = [
            one_of("answer", Answer, name="events_attendance_answer_known"),
            one_of("presence", Presence, name="events_attendance_presence_known"),
            models.UniqueConstraint(
                fields=["meeting", "seat"], name="events_attendance_member_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} – {self.seat}"

    def get_absolute_url(self) -> str:
        return self.meeting.get_absolute_url()

    @property
    def is_present(self) -> bool:
        return self.presence in PRESENT


@audit.tracked()
class Correction(models.Model):
    """What was wrong in approved minutes; the approved text stays beside it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="corrections")
    item = models.ForeignKey(
        MeetingItem, verbose_name=_("matter"), on_delete=models.CASCADE, related_name="corrections"
    )
    text = models.TextField(_("correction"), max_length=20_000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        editable=False,
    )  # fmt: skip
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfMeeting.as_manager()

    class Meta:
        verbose_name = _("correction of minutes")
        verbose_name_plural = _("corrections of minutes")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="events_correction_text_given")
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def clean(self) -> None:
        refuse_marked(self.text)


def _edits(meeting: Meeting, user: Reader) -> bool:
    return meeting.body.is_editable_by(user)


def _chairs(meeting: Meeting, user: Reader) -> bool:
    """The chair; in a body that has none today, who looks after it."""
    if leads(meeting.body, user, Role.CHAIR, Role.VICE):
        return True
    seats = BodyMember.objects.current().filter(body=meeting.body, role=Role.CHAIR)
    return _edits(meeting, user) and not seats.exists()


MOVES = Workflow(
    call=Move(frozenset({Stage.PLANNED}), Stage.CALLED, may=_edits,
              label=pgettext_lazy("meeting", "Send the invitation"), style="primary"),
    begin=Move(frozenset({Stage.CALLED}), Stage.RUNNING, may=_edits,
               label=_("Begin the meeting"), style="primary"),
    close=Move(frozenset({Stage.RUNNING}), Stage.REVIEW, may=_edits,
               label=_("End the meeting, minutes for approval"), style="primary"),
    reopen=Move(frozenset({Stage.REVIEW}), Stage.RUNNING, may=_edits,
                label=_("Go on writing")),
    approve=Move(frozenset({Stage.REVIEW}), Stage.APPROVED, may=_chairs,
                 label=_("Approve the minutes"), style="primary"),
    cancel=Move(frozenset(AHEAD), Stage.CANCELLED, may=_edits, label=_("Cancel the meeting"),
                style="danger", needs_reason=True),
)  # fmt: skip
