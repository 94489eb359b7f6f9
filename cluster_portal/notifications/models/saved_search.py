"""Searches that people saved, what each has found for them, and what is yet to be looked at."""

from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import lists
from cluster_portal.core.constraints import in_order, one_of

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

MAX_QUERY, MAX_NAME = 1000, 100


class Frequency(models.TextChoices):
    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    OFF = "off", _("Paused")


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, user: "Reader") -> Self:
        """Nobody but who saved it, administrators included: it tells what they look for."""
        return self.filter(user=user.pk) if user.is_authenticated else self.none()

    def editable_by(self, user: "Reader") -> Self:
        return self.visible_to(user)

    def listening(self) -> Self:
        return self.filter(user__is_active=True).exclude(frequency=Frequency.OFF)


class SavedSearch(models.Model):
    """A list's own query string, kept in one spelling, and how often its new hits are mailed.

    What came to the list before `listens_since` is never told: the moment of saving, or of the
    last return from a pause.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches"
    )
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=MAX_NAME)
    query = models.CharField(max_length=MAX_QUERY, blank=True)
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.DAILY)
    created_at = models.DateTimeField(default=timezone.now)
    listens_since = models.DateTimeField(default=timezone.now)
    last_told_at = models.DateTimeField(null=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["kind", "query"],
                condition=~Q(frequency=Frequency.OFF),
                name="notifications_search_listens",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "query"], name="notifications_search_saved_once"
            ),
            one_of("frequency", Frequency, name="notifications_search_frequency"),
            models.CheckConstraint(condition=~Q(name=""), name="notifications_search_named"),
            models.CheckConstraint(condition=~Q(kind=""), name="notifications_search_of_a_list"),
            in_order(
                "created_at", "listens_since", name="notifications_search_listens_after_saving"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The list with this search in it."""
        kind = lists.get(self.kind)
        return kind.url(self.query) if kind else reverse("searches:list")

    @property
    def list_label(self) -> str:
        kind = lists.get(self.kind)
        return str(kind.label) if kind else ""

    @property
    def is_paused(self) -> bool:
        return self.frequency == Frequency.OFF


class SavedSearchHit(models.Model):
    """A thing found for a search: the unique row is what makes it told at most once.

    `letter` names the message that tells of it; a hit without one is still to be told.
    """

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="hits")
    object_id = models.BigIntegerField()
    found_at = models.DateTimeField(default=timezone.now)
    letter = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["search", "found_at"],
                condition=Q(letter=None),
                name="notifications_hit_untold",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["search", "object_id"], name="notifications_search_hit_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.object_id}"


class Arrival(models.Model):
    """That something has come to a list and has not been held against the saved searches yet.

    Written in the transaction that publishes; one thing may have several. Searches that listen
    since `since` or later are not told of it.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kind=""), name="notifications_arrival_of_a_list"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
