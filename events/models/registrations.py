"""Registrations: who comes, how, and who waits in which place of the queue.

A registration belongs to an account, or to a guest: a name with an address. An address alone is not
a person: two people may share one, and it may get a new holder. Until a guest confirms by the link
sent to the address, the registration is `requested` and holds no place.
"""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.workflow import Move, Workflow
from events.models.event_choices import Mode
from events.models.event_choices import Stage as EventStage
from events.models.events import Event
from events.models.seats import Seats

if TYPE_CHECKING:
    import datetime
    from typing import Self


class Stage(models.TextChoices):
    REQUESTED = "requested", _("Waits for confirmation by e-mail")
    CONFIRMED = "confirmed", _("Confirmed")
    APPLIED = "applied", _("Waits for the organiser to accept")
    WAITING = "waiting", _("On the waiting list")
    REFUSED = "refused", _("Not accepted")
    OFFERED = "offered", _("A place is offered")
    DECLINED = "declined", _("Declined the place")
    EXPIRED = "expired", _("The offer has expired")
    CANCELLED = "cancelled", pgettext_lazy("registration", "Cancelled")
    ATTENDED = "attended", _("Attended")
    ABSENT = "absent", _("Absent")


HOLDING = frozenset({Stage.CONFIRMED, Stage.ATTENDED, Stage.ABSENT})
# An offer keeps its place from others until it is answered.
OCCUPYING = HOLDING | {Stage.OFFERED}
# A request is not yet anybody's: its address may be another's.
COMING = OCCUPYING | {Stage.WAITING}
ACTIVE = COMING | {Stage.REQUESTED, Stage.APPLIED}
# Who is told what becomes of the event.
TOLD = COMING | {Stage.APPLIED}


CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without those that are read as others


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(10))


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def active(self) -> Self:
        return self.filter(stage__in=ACTIVE)

    def holding(self) -> Self:
        return self.filter(stage__in=HOLDING)

    def coming(self) -> Self:
        return self.filter(stage__in=COMING)

    def waiting(self) -> Self:
        """The queue, first come first."""
        return self.filter(stage=Stage.WAITING).order_by("queued_at", "pk")

    def listed(self) -> Self:
        """Those who come and let the other participants see their name."""
        return self.holding().filter(is_listed=True).order_by(Lower("name"), "pk")

    def occupying(self) -> Self:
        """Those whose place nobody else can have."""
        return self.filter(stage__in=OCCUPYING)

    def with_position(self) -> Self:
        """Each row's place in the queue in the same statement, for lists."""
        ahead = Registration.objects.filter(stage=Stage.WAITING, seats=OuterRef("seats")).filter(
            Q(queued_at__lt=OuterRef("queued_at"))
            | Q(queued_at=OuterRef("queued_at"), pk__lte=OuterRef("pk"))
        )
        count = ahead.order_by().values("seats").annotate(rows=Count("pk")).values("rows")
        return self.annotate(found_position=Subquery(count))

    def visible_to(self, user: Reader) -> Self:
        """Their own, and all of an event for those who organise it."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        if known.is_admin:
            return self
        organised = Event.objects.editable_by(user)
        own = Q(user=known.user_id) | Q(brought_by=known.user_id)
        return self.filter(own | Q(event__in=organised.values("pk")))

    def editable_by(self, user: Reader) -> Self:
        known = audience(user)
        return self.none() if known.user_id is None else self.filter(user=known.user_id)

    def brought_by(self, user: Reader) -> Self:
        """The colleagues whom an account has registered."""
        known = audience(user)
        return self.none() if known.user_id is None else self.filter(brought_by=known.user_id)

    def kept_by(self, user: Reader) -> Self:
        """Their own, and their colleagues': what they may change and cancel."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        return self.filter(Q(user=known.user_id) | Q(brought_by=known.user_id))

    def claimable_by(self, user: Reader) -> Self:
        """A guest's registrations with a confirmed address of this account: perhaps its own.

        Not for an event where the account is registered itself: then it is somebody else's.
        """
        if not user.is_authenticated:
            return self.none()
        addresses = EmailAddress.objects.filter(user=user.pk, verified=True)
        own = Registration.objects.active().filter(user=user.pk, event=OuterRef("event"))
        found = self.active().filter(user=None, declined_at=None).exclude(Exists(own))
        return found.alias(address=Lower("email")).filter(
            address__in=addresses.values(lowered=Lower("email"))
        )

    def waiting_for(self, user: Reader) -> Self:
        """The guests' registrations that this account is asked about, while it can take them."""
        now = timezone.now()
        opens = Q(event__registration_opens_at=None) | Q(event__registration_opens_at__lte=now)
        is_open = opens & Q(event__registration_closes_at__gte=now)
        coming = self.filter(event__stage=EventStage.PUBLISHED, event__ends_at__gte=now)
        return coming.filter(is_open | ~Q(stage=Stage.REQUESTED)).claimable_by(user)

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(event__in=Event.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked(
    exclude=(
        *("diet", "accessibility", "answers", "mailbox", "reminded_for", "warned_for", "code"),
        "certificate_code",
    )
)
class Registration(models.Model):
    """`email` is a guest's; that of an account is always the account's present one (`address`).

    `declined_at`: the holder of a guest's address, with an account, said it is somebody else's.
    `answers` are those to the event's own questions, as `surveys.questionnaire` stores them.
    `brought_by` is the account that registered a colleague, who is a guest.
    `quota` is the one that the place was taken from, while it is taken.
    `queued_at` of a request: when the letter with its link was last sent.
    `code` opens the row at the door; `warned_for` is the expiry that a warning was sent about.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations")
    seats = models.ForeignKey(
        Seats, verbose_name=_("way of taking part"), on_delete=models.PROTECT, related_name="+"
    )
    quota = models.ForeignKey(
        "events.Quota", verbose_name=_("quota"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="registrations", editable=False,
    )  # fmt: skip
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), null=True, blank=True,
        on_delete=models.CASCADE, related_name="registrations",
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), blank=True, default="")
    mailbox = models.CharField(max_length=254, blank=True, default="", editable=False)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True, default="")
    language = models.CharField(_("language"), max_length=2, default="fi")
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.REQUESTED)
    diet = models.CharField(
        _("dietary needs"),
        max_length=500,
        blank=True,
        default="",
        help_text=_("Seen by the organisers only; deleted 14 days after the event."),
    )
    accessibility = models.CharField(
        _("accessibility needs"),
        max_length=500,
        blank=True,
        default="",
        help_text=_("Seen by the organisers only; deleted 14 days after the event."),
    )
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("registered by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    code = models.CharField(_("code"), max_length=10, unique=True, default=new_code, editable=False)
    certificate_code = models.CharField(
        _("code of the certificate"), max_length=10, unique=True, default=new_code, editable=False
    )
    checked_in_at = models.DateTimeField(_("arrived"), null=True, blank=True, editable=False)
    offer_expires_at = models.DateTimeField(
        _("the offer is open until"), null=True, blank=True, editable=False
    )
    warned_for = models.DateTimeField(null=True, blank=True, editable=False)
    is_listed = models.BooleanField(_("my name may be on the list of participants"), default=False)
    queued_at = models.DateTimeField(_("came to the queue"), auto_now_add=True)
    created_at = models.DateTimeField(_("registered"), auto_now_add=True)
    reminded_for = models.DateField(null=True, blank=True, editable=False)
    declined_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["queued_at", "pk"]
        indexes = [
            models.Index(
                fields=["seats", "queued_at", "id"],
                condition=Q(stage=Stage.WAITING),
                name="events_registration_queue",
            ),
            models.Index(
                fields=["offer_expires_at"],
                condition=Q(stage=Stage.OFFERED),
                name="events_registration_offers",
            ),
            models.Index(
                fields=["mailbox"],
                condition=Q(stage=Stage.REQUESTED),
                name="events_registration_mailbox",
            ),
            models.Index(Lower("email"), condition=Q(user=None), name="events_registration_guest"),
        ]
        constraints = [
            one_of("stage", Stage, name="events_registration_stage_known"),
            models.CheckConstraint(
                condition=Q(stage=Stage.OFFERED, offer_expires_at__isnull=False)
                | (~Q(stage=Stage.OFFERED) & Q(offer_expires_at__isnull=True)),
                name="events_registration_offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(quota__isnull=True) | Q(stage__in=sorted(OCCUPYING)),
                name="events_registration_quota_of_a_place",
            ),
            models.UniqueConstraint(
                fields=["event", "user"],
                condition=Q(stage__in=sorted(ACTIVE)),
                name="events_registration_user_once",
            ),
            models.UniqueConstraint(
                "event",
                Lower("email"),
                Lower("name"),
                condition=Q(stage__in=sorted(ACTIVE), user=None),
                name="events_registration_guest_once",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="", mailbox="")
                | (Q(user__isnull=True) & ~Q(email="")),
                name="events_registration_account_or_guest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.event}"

    def get_absolute_url(self) -> str:
        return reverse("events:registration", args=[self.public_id])

    @property
    def useful_until(self) -> datetime.datetime:
        """News of it come too late after that."""
        return self.event.starts_at

    @property
    def has_place(self) -> bool:
        return self.stage in HOLDING

    @property
    def occupies(self) -> bool:
        """Whether nobody else can have the place: it is theirs, or offered to them."""
        return self.stage in OCCUPYING

    @property
    def code_in_groups(self) -> str:
        """ABCDE-12345, as people read it aloud."""
        return f"{self.code[:5]}-{self.code[5:]}"

    @property
    def mode(self) -> Mode:
        return Mode(self.seats.mode)

    @property
    def address(self) -> str:
        """Where this participant reads mail: an account's present address, or the guest's."""
        return self.user.email if self.user else self.email

    @property
    def place(self) -> str:
        """Where to come, or that one takes part remotely, as far as this participant is told."""
        if self.mode == Mode.REMOTE:
            return str(Mode.REMOTE.label)
        return self.event.place if self.has_place else self.event.open_place

    @property
    def join_link(self) -> str:
        """The remote link, for one who has a remote place."""
        return self.event.remote_link if self.mode == Mode.REMOTE and self.has_place else ""

    @property
    def position(self) -> int | None:
        """Place in the queue from 1; None when they do not wait."""
        if self.stage != Stage.WAITING:
            return None
        if "found_position" in self.__dict__:
            return self.__dict__["found_position"]
        before = Q(queued_at__lt=self.queued_at) | Q(queued_at=self.queued_at, pk__lte=self.pk)
        return Registration.objects.waiting().filter(before, seats=self.seats_id).count()


def _is_hers(registration: Registration, user: Reader) -> bool:
    return registration.user_id is not None and registration.user_id == user.pk


def _organises(registration: Registration, user: Reader) -> bool:
    return Event.objects.editable_by(user).filter(pk=registration.event_id).exists()


def _is_kept_by(registration: Registration, user: Reader) -> bool:
    return _is_hers(registration, user) or (
        registration.brought_by_id is not None and registration.brought_by_id == user.pk
    )


def _cancels(registration: Registration, user: Reader) -> bool:
    return _is_kept_by(registration, user) or _organises(registration, user)


_BEFORE_ATTENDANCE = frozenset(
    {Stage.REQUESTED, Stage.APPLIED, Stage.CONFIRMED, Stage.WAITING, Stage.OFFERED}
)

MOVES = Workflow(
    accept=Move(
        frozenset({Stage.OFFERED}), Stage.CONFIRMED, may=_is_kept_by, label=_("Take the place"),
        style="primary",
    ),
    decline=Move(
        frozenset({Stage.OFFERED}), Stage.DECLINED, may=_is_kept_by,
        label=_("I do not need the place"),
    ),
    cancel=Move(
        _BEFORE_ATTENDANCE, Stage.CANCELLED, may=_cancels, label=_("Cancel the registration"),
        style="danger",
    ),
    remove=Move(
        _BEFORE_ATTENDANCE, Stage.CANCELLED, may=_organises, label=_("Remove from the event"),
        style="danger", needs_reason=True,
    ),
    approve=Move(
        frozenset({Stage.APPLIED}), Stage.CONFIRMED, may=_organises, label=_("Accept"),
        style="primary",
    ),
    turn_down=Move(
        frozenset({Stage.APPLIED}), Stage.REFUSED, may=_organises, label=_("Do not accept"),
        needs_reason=True,
    ),
    give_place=Move(
        frozenset({Stage.WAITING}), Stage.CONFIRMED, may=_organises, label=_("Give a place"),
        needs_reason=True,
    ),
    mark_attended=Move(
        frozenset({Stage.CONFIRMED, Stage.ABSENT}), Stage.ATTENDED, may=_organises,
        label=_("Attended"),
    ),
    mark_absent=Move(
        frozenset({Stage.CONFIRMED, Stage.ATTENDED}), Stage.ABSENT, may=_organises,
        label=_("Absent"),
    ),
    unmark=Move(
        frozenset({Stage.ATTENDED, Stage.ABSENT}), Stage.CONFIRMED, may=_organises,
        label=_("Undo"),
    ),
)  # fmt: skip
