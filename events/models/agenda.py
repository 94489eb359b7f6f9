"""What happens when at an event, who speaks, and what is handed out."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.text import web_addresses
from cluster_portal.core.visibility import Reader, audience
from events.models.events import Event

if TYPE_CHECKING:
    from typing import Self


class OfEventQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(event__in=Event.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(event__in=Event.objects.editable_by(user).values("pk"))


@audit.tracked(exclude=("chosen",))
class AgendaItem(models.Model):
    """`speaker` is shown only when `speaker_agreed`: till then the speaker is still to be told."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="agenda")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200)
    room = models.CharField(_("room"), max_length=100, blank=True, default="")
    stream = models.CharField(
        _("stream"), max_length=60, blank=True, default="",
        help_text=_("The name of the parallel stream, where there are several."),
    )  # fmt: skip
    speaker = models.CharField(
        _("speakers"), max_length=200, blank=True, default="",
        help_text=_("Name and organisation."),
    )  # fmt: skip
    speaker_agreed = models.BooleanField(
        _("the speakers have agreed that their names are shown"), default=False
    )

    abstract = models.TextField(_("abstract"), max_length=2000, blank=True, default="")
    capacity = models.PositiveIntegerField(
        _("places in the room"), null=True, blank=True,
        help_text=_("Only where participants choose between parallel streams."),
    )  # fmt: skip
    chosen = models.PositiveIntegerField(default=0, editable=False)

    objects = OfEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme item")
        verbose_name_plural = _("programme")
        ordering = ["starts_at", "stream", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="events_agendaitem_title_given"),
            in_order("starts_at", "ends_at", name="events_agendaitem_in_order"),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(chosen__lte=F("capacity")),
                name="events_agendaitem_room_for_all",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_speaker(self) -> str:
        return self.speaker if self.speaker_agreed else ""


class MaterialKind(models.TextChoices):
    MATERIAL = "material", _("Material")
    RECORDING = "recording", _("Recording")


class ReadBy(models.TextChoices):
    EVERYONE = "everyone", _("Everyone who sees the event")
    PARTICIPANTS = "participants", _("Those whose place is confirmed")


class Shown(models.TextChoices):
    AT_ONCE = "at_once", _("At once")
    AFTERWARDS = "afterwards", _("After the event")


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, user: Reader) -> Self:
        """Before its time only the organiser's."""
        known = audience(user)
        seen = self.filter(event__in=Event.objects.visible_to(user).values("pk"))
        shown = Q(shown=Shown.AT_ONCE) | Q(event__ends_at__lt=models.functions.Now())
        read = Q(read_by=ReadBy.EVERYONE)
        if known.user_id is None:
            return seen.filter(shown & read)
        held = Q(
            event__registrations__user=known.user_id,
            event__registrations__stage__in=("confirmed", "attended"),
        )
        mine = self.model.objects.filter(held).values("pk")
        organised = Q(event__in=Event.objects.editable_by(user).values("pk"))
        return seen.filter((shown & (read | Q(pk__in=mine))) | organised)

    def editable_by(self, user: Reader) -> Self:
        return self.filter(event__in=Event.objects.editable_by(user).values("pk"))


@audit.tracked()
class Material(models.Model):
    """A file or a link, never both. `form_key` makes sending it twice one."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="materials")
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=MaterialKind)
    title = models.CharField(_("title"), max_length=150)
    file = models.CharField(_("file"), max_length=200, blank=True, default="", editable=False)
    name = models.CharField(_("name of the file"), max_length=200, blank=True, default="")
    size = models.PositiveIntegerField(default=0, editable=False)
    link = models.URLField(_("link"), blank=True, default="", validators=[web_addresses.HTTPS])
    read_by = models.CharField(_("who reads it"), max_length=15, choices=ReadBy)
    shown = models.CharField(_("when it is shown"), max_length=15, choices=Shown)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["added_at", "pk"]
        constraints = [
            one_of("kind", MaterialKind, name="events_material_kind_known"),
            one_of("read_by", ReadBy, name="events_material_read_by_known"),
            one_of("shown", Shown, name="events_material_shown_known"),
            models.CheckConstraint(
                condition=Q(file="") ^ Q(link=""), name="events_material_file_or_link"
            ),
        ]

    def __str__(self) -> str:
        return self.title
