"""Papers of a meeting, each with readers of its own and the versions that it has had."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import Reader, audience
from events.models.bodies import PapersBy, papers_open_to
from events.models.meetings import Meeting, MeetingItem, OfMeeting

if TYPE_CHECKING:
    from typing import Self


class PaperQuerySet(OfMeeting):
    def visible_to(self, user: Reader) -> Self:
        """By its own level, of a meeting that the reader sees; inside, all of them."""
        meetings = Meeting.objects
        shown = Q(
            read_by__in=papers_open_to(audience(user)),
            meeting__in=meetings.visible_to(user).values("pk"),
        )
        return self.filter(shown | Q(meeting__in=meetings.inside(user).values("pk")))


@audit.tracked()
class MeetingPaper(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.CASCADE, related_name="papers"
    )
    item = models.ForeignKey(
        MeetingItem, verbose_name=_("matter"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="papers",
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=150)
    read_by = models.CharField(_("readers"), max_length=10, choices=PapersBy, default=PapersBy.BODY)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a meeting")
        verbose_name_plural = _("papers of meetings")
        ordering = ["pk"]
        constraints = [
            one_of("read_by", PapersBy, name="events_meetingpaper_readers_known"),
            models.CheckConstraint(condition=~Q(title=""), name="events_meetingpaper_title_given"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.meeting.get_absolute_url()

    def clean(self) -> None:
        refuse_marked(self.title)


class PaperVersionQuerySet(models.QuerySet["PaperVersion"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(paper__in=MeetingPaper.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(paper__in=MeetingPaper.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(paper__in=MeetingPaper.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked()
class PaperVersion(models.Model):
    """A file as it was sent; a newer version leaves it as it is."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    paper = models.ForeignKey(
        MeetingPaper, verbose_name=_("paper"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    name = models.CharField(_("name of the file"), max_length=150)
    file = models.FileField(_("file"), max_length=200)
    size = models.PositiveIntegerField(_("size in bytes"))
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("sent by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)

    objects = PaperVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a paper")
        verbose_name_plural = _("versions of papers")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "number"], name="events_paperversion_number_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="events_paperversion_name_given"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("events:paper_file", args=[self.public_id])

    def clean(self) -> None:
        refuse_marked(self.name)
