"""Letters: what a cluster's coordinator writes to its members, and to whom each one went."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import LANGUAGES, text_in
from cluster_portal.core.visibility import audience
from cluster_portal.core.workflow import Move, Stages, Workflow

if TYPE_CHECKING:
    import datetime
    from typing import Self

    from cluster_portal.core.visibility import Reader

MAX_SUBJECT, MAX_BODY = 120, 10_000


class Stage(Stages):
    DRAFT = "draft", "waiting", _("Draft")
    SCHEDULED = "scheduled", "waiting", _("Waits for its moment")
    SENDING = "sending", "active", _("Is being sent")
    SENT = "sent", "done", _("Sent")
    CANCELLED = "cancelled", "ended", _("Stopped")


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: Reader) -> Self:
        """Those whom it went to, and the coordinators of its cluster."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        if known.is_admin:
            return self
        mine = LetterReceiver.objects.filter(letter=OuterRef("pk"), user=known.user_id)
        return self.filter(Q(cluster__in=known.coordinates) | Exists(mine))

    def editable_by(self, user: Reader) -> Self:
        return self.managed_by(user)

    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        return self if known.is_admin else self.filter(cluster__in=known.coordinates)

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def received_by(self, user: Reader) -> Self:
        mine = LetterReceiver.objects.filter(letter=OuterRef("pk"), user=user.pk)
        return self.filter(Exists(mine)) if user.is_authenticated else self.none()

    def newest_first(self) -> Self:
        return self.order_by("-updated_at", "-pk")

    def due(self, now: datetime.datetime) -> Self:
        """Those that have receivers still to be found."""
        timely = Q(stage=Stage.SCHEDULED, send_at__lte=now)
        return self.filter(timely | Q(stage=Stage.SENDING, composed_at=None))

    def claim(self, now: datetime.datetime) -> Letter | None:
        """A due letter that nobody else holds, until the transaction ends."""
        free = self.due(now).select_for_update(skip_locked=True, no_key=True, of=("self",))
        return free.order_by("pk").first()


@audit.tracked(exclude=("cursor", "composed_at"))
class Letter(models.Model):
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    cluster = models.ForeignKey(
        "members.Cluster", models.PROTECT, related_name="letters", verbose_name=_("cluster")
    )
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="letters",
        null=True,
        editable=False,
        verbose_name=_("written by"),
    )
    sender_name = models.CharField(_("sender’s name"), max_length=100, blank=True, default="")
    reply_to = models.EmailField(
        _("address for replies"),
        blank=True,
        default="",
        help_text=_("Answers to the letter go to this address."),
    )
    subject_fi = models.CharField(_("subject in Finnish"), max_length=MAX_SUBJECT)
    body_fi = models.TextField(_("text in Finnish"), max_length=MAX_BODY)
    subject_sv = models.CharField(
        _("subject in Swedish"), max_length=MAX_SUBJECT, blank=True, default=""
    )
    body_sv = models.TextField(_("text in Swedish"), max_length=MAX_BODY, blank=True, default="")
    subject_en = models.CharField(
        _("subject in English"), max_length=MAX_SUBJECT, blank=True, default=""
    )
    body_en = models.TextField(_("text in English"), max_length=MAX_BODY, blank=True, default="")
    # Keys of audiences, and what narrows them: `members`, `members.sector=business`.
    audience = ArrayField(models.CharField(max_length=120), verbose_name=_("to whom"), default=list)
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.DRAFT)
    send_at = models.DateTimeField(_("moment of sending"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    # The last user who was looked at, and when there were no more.
    cursor = models.BigIntegerField(default=0, editable=False)
    composed_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at", "-pk"]
        constraints = [
            one_of("stage", Stage, name="notifications_letter_stage_known"),
            models.CheckConstraint(
                condition=~Q(subject_fi="") & ~Q(body_fi=""),
                name="notifications_letter_in_finnish",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"subject_{code}": "", f"body_{code}": ""})
                    | (~Q(**{f"subject_{code}": ""}) & ~Q(**{f"body_{code}": ""})),
                    name=f"notifications_letter_whole_{code}",
                )
                for code in ("sv", "en")
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.SCHEDULED) | Q(send_at__isnull=False),
                name="notifications_letter_scheduled_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.SENT, sent_at__isnull=False, composed_at__isnull=False)
                | (~Q(stage=Stage.SENT) & Q(sent_at=None)),
                name="notifications_letter_sent_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("letters:letter", args=[self.public_id])

    def clean(self) -> None:
        refuse_marked(*(getattr(self, name) for name in TEXTS), self.sender_name)
        cleaning.refuse_links(self.sender_name)

    @property
    def subject(self) -> str:
        return self.text("subject", get_language() or "fi")

    @property
    def body(self) -> str:
        return self.text("body", get_language() or "fi")

    def text(self, stem: str, language: str) -> str:
        return text_in(self, stem, language)

    @property
    def shown_at(self) -> datetime.datetime:
        """When it left, or was written."""
        return self.sent_at or self.send_at or self.updated_at

    @property
    def sender_words(self) -> str:
        return ", ".join(filter(None, [self.sender_name, str(self.cluster)]))

    @property
    def languages(self) -> list[str]:
        return [code for code in LANGUAGES if getattr(self, f"subject_{code}")]

    def language_for(self, language: str) -> str:
        """That of the text that a reader of this language gets."""
        return language if language in self.languages else "fi"

    def chosen(self) -> dict[str, dict[str, list[str]]]:
        """The audiences by their keys, each with the picked values by narrowing."""
        found: dict[str, dict[str, list[str]]] = {}
        for entry in self.audience:
            key, _dot, narrowed = entry.partition(".")
            values = found.setdefault(key, defaultdict(list))
            if narrowed:
                name, _equals, value = narrowed.partition("=")
                values[name].append(value)
        return found


TEXTS = tuple(f"{stem}_{code}" for code in LANGUAGES for stem in ("subject", "body"))


class LetterReceiver(models.Model):
    """That a letter went to one reader; a guest is an address without an account."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="receivers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters_received", null=True
    )
    address = models.EmailField(blank=True, default="")
    # Key of the audience by which the reader is one.
    audience = models.CharField(max_length=60)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "user"],
                condition=Q(user__isnull=False),
                name="notifications_receiver_once_per_user",
            ),
            models.UniqueConstraint(
                "letter",
                Lower("address"),
                condition=Q(user=None),
                name="notifications_receiver_once_per_guest",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, address="") | (Q(user=None) & ~Q(address="")),
                name="notifications_receiver_user_or_guest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.user_id or self.address}"


def _writes(letter: Letter, user: Reader) -> bool:
    known: Any = audience(user)
    return known.is_admin or letter.cluster_id in known.coordinates


MOVES = Workflow(
    send=Move(
        frozenset({Stage.DRAFT}), Stage.SENDING, may=_writes, label=_("Send"), style="primary"
    ),
    schedule=Move(
        frozenset({Stage.DRAFT}), Stage.SCHEDULED, may=_writes, label=_("Send at a moment")
    ),
    take_back=Move(
        frozenset({Stage.SCHEDULED}), Stage.DRAFT, may=_writes, label=_("Take back to the drafts")
    ),
    stop=Move(
        frozenset({Stage.SENDING}),
        Stage.CANCELLED,
        may=_writes,
        label=_("Stop the sending"),
        style="danger",
    ),
)
