"""Places: one row for each way of taking part in an event."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from events.models.event_choices import Mode
from events.models.events import Event

MOST_SEATS = 100_000


@audit.tracked(exclude=("taken", "held"))
class Seats(models.Model):
    """The places of one way of taking part. `capacity` empty means without limit.

    `taken` is a counter, changed only under the event's row lock; only an override with a reason
    raises `extra`. `held` are the places that quotas keep for groups and nobody has taken yet.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="seats")
    mode = models.CharField(_("way of taking part"), max_length=10, choices=Mode)
    capacity = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_SEATS)],
        help_text=_("Leave empty for no limit."),
    )
    extra = models.PositiveIntegerField(_("extra places"), default=0, editable=False)
    taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)
    held = models.PositiveIntegerField(_("held for groups"), default=0, editable=False)

    held_for_reader = 0  # set for a page: what of `held` its reader could take

    class Meta:
        verbose_name = _("places")
        verbose_name_plural = _("places")
        ordering = ["mode"]
        constraints = [
            one_of("mode", Mode, name="events_seats_mode_known"),
            models.UniqueConstraint(fields=["event", "mode"], name="events_seats_mode_once"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True, held=0)
                | Q(taken__lte=F("capacity") + F("extra") - F("held")),
                name="events_seats_never_overbooked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} – {self.get_mode_display()}"

    @property
    def total(self) -> int | None:
        return None if self.capacity is None else self.capacity + self.extra

    @property
    def free(self) -> int | None:
        """Places left for everyone; None when there is no limit."""
        return None if self.total is None else self.total - self.taken - self.held

    @property
    def is_full(self) -> bool:
        return self.free is not None and self.free <= 0
