"""The outbox: one row per message and reader, written in the transaction that causes it.

The same row is the reader's notice in the portal, so that mail and inbox can never disagree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.constraints import one_of, together
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from cluster_portal.core.visibility import Reader

# What stands in `secrets` once they were needed no more: such a row cannot be sent again.
SPENT = "-"
ORDER = ("priority", "due_at", "pk")
# What a worker writes.
OUTCOME = [
    *("state", "attempts", "is_unanswered", "last_error", "due_at", "sent_at", "secrets"),
    *("titles", "is_notice"),
]


class MailState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    SENT = "sent", _("Sent")
    WEEKLY = "weekly", _("Left for the digest")
    DROPPED = "dropped", _("Not sent")
    FAILED = "failed", _("Failed")


class OutboxMailQuerySet(models.QuerySet["OutboxMail"]):
    def waiting(self) -> Self:
        """Not settled; what the server may have already is nobody's to wait for."""
        return self.filter(state=MailState.QUEUED, is_unanswered=False)

    def due(self) -> Self:
        return self.filter(state=MailState.QUEUED, due_at__lte=Now())

    def visible_to(self, user: Reader) -> Self:
        """The reader's own notices; what they are about is checked apart (`inbox.readable`)."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(recipient=user.pk, is_notice=True)

    def in_scope_of(self, user: Reader) -> Self:
        """All for the administrator; for coordinators what failed of their people and content."""
        known = audience(user)
        if known.is_admin:
            return self.all()
        if not known.coordinates:
            return self.none()
        failed = self.filter(state=MailState.FAILED)
        people = get_user_model().objects.in_scope_of(user)
        wanted = Q(recipient__in=people.values("pk"))
        about = failed.exclude(about_type=None).values_list("about_type", flat=True).distinct()
        for kind in ContentType.objects.filter(pk__in=about):
            rows: Any = getattr(kind.model_class(), "objects", None)
            if hasattr(rows, "in_scope_of"):
                wanted |= Q(about_type=kind, about_id__in=rows.in_scope_of(user).values("pk"))
        return failed.filter(wanted)

    def editable_by(self, user: Reader) -> Self:
        return self.visible_to(user)

    def unread(self) -> Self:
        return self.filter(is_notice=True, read_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def claim(self, *, urgent: bool | None = None, but: Iterable[str] = ()) -> OutboxMail | None:
        """The most urgent due row that nobody else holds, until the transaction ends.

        To the domains named in `but` only what is urgent leaves.
        """
        due = self.due()
        for domain in but:
            to_it = Q(recipient__email__iendswith=f"@{domain}")
            to_it |= Q(guest_address__iendswith=f"@{domain}")
            due = due.exclude(to_it & ~Q(priority=kinds.Priority.URGENT))
        if urgent is not None:
            is_urgent = Q(priority=kinds.Priority.URGENT)
            due = due.filter(is_urgent if urgent else ~is_urgent)
        free = due.select_for_update(skip_locked=True, no_key=True, of=("self",))
        return free.select_related("recipient").order_by(*ORDER).first()

    def try_again(self, now: datetime) -> int:
        """Queue failed rows anew; those whose codes were blanked stay as they are."""
        failed = self.filter(state=MailState.FAILED).exclude(secrets=SPENT)
        return failed.update(state=MailState.QUEUED, attempts=0, is_unanswered=False, due_at=now)


def new_message_id() -> str:
    return f"<{uuid4()}@{urlsplit(settings.SITE_URL).hostname}>"


class OutboxMail(models.Model):
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(max_length=200)
    version = models.PositiveSmallIntegerField(default=1)
    priority = models.PositiveSmallIntegerField(default=1)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="mails",
        null=True,
        blank=True,
        verbose_name=_("recipient"),
    )
    guest_address = models.EmailField(_("guest’s address"), max_length=254, blank=True)
    guest_name = models.CharField(max_length=200, blank=True)
    guest_language = models.CharField(max_length=2, blank=True)
    message_id = models.CharField(max_length=200, unique=True, default=new_message_id)
    values = models.JSONField(default=dict, blank=True)
    secrets = models.TextField(blank=True)
    titles = models.JSONField(default=dict, blank=True)
    about_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    about_id = models.BigIntegerField(null=True)
    about: Any = GenericForeignKey("about_type", "about_id")
    state = models.CharField(_("state"), max_length=10, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # The server got the letter once and never said whether it took it.
    is_unanswered = models.BooleanField(default=False)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True)
    is_notice = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)

    objects = OutboxMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        indexes = [
            models.Index(
                fields=["priority", "due_at", "id"],
                condition=Q(state=MailState.QUEUED),
                name="notifications_mail_due",
            ),
            models.Index(
                fields=["recipient", "-created_at", "-id"],
                condition=Q(is_notice=True),
                name="notifications_mail_inbox",
            ),
            models.Index(
                fields=["recipient"],
                condition=Q(is_notice=True, read_at=None),
                name="notifications_mail_unread",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "recipient"],
                condition=Q(recipient__isnull=False),
                name="notifications_mail_once_per_user",
            ),
            models.UniqueConstraint(
                "kind",
                "key",
                Lower("guest_address"),
                condition=Q(recipient=None),
                name="notifications_mail_once_per_guest",
            ),
            models.CheckConstraint(
                condition=Q(
                    recipient__isnull=False, guest_address="", guest_name="", guest_language=""
                )
                | (Q(recipient=None, guest_language__in=["fi", "sv", "en"]) & ~Q(guest_address="")),
                name="notifications_mail_user_or_guest",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) | Q(is_notice=False),
                name="notifications_mail_notice_has_reader",
            ),
            one_of("state", MailState, name="notifications_mail_state"),
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at=None)),
                name="notifications_mail_sent_has_moment",
            ),
            together("about_type", "about_id", name="notifications_mail_about_whole"),
            models.CheckConstraint(
                condition=Q(state=MailState.QUEUED) | Q(secrets__in=["", SPENT]),
                name="notifications_mail_secrets_blanked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("notifications:open", args=[self.public_id])

    @property
    def about_url(self) -> str:
        about: Any = self.about
        return about.get_absolute_url() if hasattr(about, "get_absolute_url") else ""

    @property
    def title(self) -> str:
        """The subject in the active language; the kind's name until a worker has rendered it."""
        return self.titles.get(get_language()) or self.kind_label

    @property
    def kind_label(self) -> str:
        return kinds.label_of(self.kind)

    @property
    def address(self) -> str:
        return self.recipient.email if self.recipient else self.guest_address

    @property
    def language(self) -> str:
        return self.recipient.language if self.recipient else self.guest_language

    def finish(self, state: MailState, reason: str = "") -> None:
        """Settled for good; codes are blanked."""
        self.state = state
        self.last_error = reason[:500]
        self.sent_at = timezone.now() if state == MailState.SENT else None
        self.secrets = SPENT if self.secrets else ""

    def put_off(self, until: datetime, reason: str) -> None:
        self.state, self.sent_at = MailState.QUEUED, None
        self.due_at = until
        self.last_error = reason[:500]

    def record(self) -> None:
        """Write what became of the row."""
        self.save(update_fields=OUTCOME)
