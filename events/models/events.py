"""Events and their seats: one counter for each way of taking part, bounded by the database."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text import cleaning, richtext, web_addresses
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_language, every_translation
from cluster_portal.core.visibility import Reader, Visibility, audience
from cluster_portal.core.vocabulary import Term
from cluster_portal.core.workflow import Move, Workflow
from events.models.event_choices import (
    OFFER_HOURS,
    UNPUBLISHED,
    Admission,
    Kind,
    Mode,
    Queue,
    Stage,
)
from events.models.series import EventSeries
from members.models import ClusterContent, ClusterContentQuerySet
from projects.models import Challenge, Measure, Project

if TYPE_CHECKING:
    import datetime
    from typing import Self

    from cluster_portal.core.visibility import Audience

# Words that stand in the place of an event's slug in our addresses.
RESERVED_SLUGS = frozenset([
    *("bodies", "courses", "decisions", "door", "ideas", "link", "materials", "meetings"),
    *("one-to-one", "propose", "registrations", "statements"),
])  # fmt: skip
HOLDS_OR_WAITS = ("confirmed", "attended", "absent", "waiting", "offered")


def refuse_reserved(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("This address is reserved for the portal's own use."))


class EventQuerySet(ClusterContentQuerySet):
    has_group = True

    def with_ties(self) -> Self:
        """`is_tied`: whether the event stands on a thread with something else."""
        measures = Event.measures.through._default_manager.filter(event=OuterRef("pk"))
        tied = Q(from_challenge__isnull=False) | Q(from_project__isnull=False)
        return self.annotate(is_tied=tied | Exists(measures))

    def published(self) -> Q:
        return ~Q(stage__in=sorted(UNPUBLISHED))

    def editor_condition(self, known: Audience) -> Q:
        """Who proposed it, while of the organisation, and the coordinators of its co-hosts."""
        own = Q(teller=known.user_id, organisation__in=known.organisations)
        return own | self._co_hosted_by(known.coordinates)

    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        return self if known.is_admin else self.hosted_by(known.coordinates)

    def hosted_by(self, clusters: frozenset[int]) -> Self:
        """The clusters' own, and those that they host with others."""
        return self.filter(Q(home_cluster__in=clusters) | self._co_hosted_by(clusters))

    def _by_visibility(self, known: Audience) -> Q:
        """What a cluster's members see, the members of a co-host see too."""
        seen = super()._by_visibility(known)
        if known.user_id is None:
            return seen
        co_hosted = self._co_hosted_by(known.member_clusters)
        return seen | (Q(visibility=Visibility.CLUSTER) & co_hosted)

    def _co_hosted_by(self, clusters: frozenset[int]) -> Q:
        if not clusters:
            return Q(pk__in=[])
        shared = self.model.co_hosts.through._default_manager.filter(cluster__in=clusters)
        return Q(pk__in=shared.values("event"))

    def group_condition(self, known: Audience) -> Q:
        """Invited organisations' people and those who have a place or wait for one."""
        invited = Q(invited_organisations__in=known.organisations)
        registered = Q(registrations__user=known.user_id, registrations__stage__in=HOLDS_OR_WAITS)
        reached = self.model.objects.filter(invited | registered)
        return Q(pk__in=reached.values("pk"))

    def upcoming(self, now: datetime.datetime | None = None) -> Self:
        rows = self.exclude(stage=Stage.WITHDRAWN).filter(ends_at__gte=now or timezone.now())
        return rows.order_by("starts_at", "pk")

    def coming(self) -> Self:
        """The published ones ahead, with what a line about each of them needs."""
        rows = self.upcoming().filter(stage=Stage.PUBLISHED)
        return rows.select_related("home_cluster", "organisation").prefetch_related("seats")

    def past(self, now: datetime.datetime | None = None) -> Self:
        rows = self.exclude(stage=Stage.WITHDRAWN).filter(ends_at__lt=now or timezone.now())
        return rows.order_by("-starts_at", "pk")


@audit.tracked(exclude=("search",))
class Event(Searchable, ClusterContent):
    """Moments are stored in UTC and shown in Helsinki's time.

    `ics_uid` and `ics_sequence` keep one calendar entry true through every change (RFC 5545).
    `modes` repeats the seats' ways of taking part, `clusters` the home cluster and the co-hosts,
    for the list's facets; services keep them.
    `form_key` comes with the form, so that sending it twice makes one event.
    """

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("proposed by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    slug = models.SlugField(
        pgettext_lazy("of a page", "address"), max_length=100, unique=True,
        validators=[refuse_reserved],
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.DRAFT)
    title_fi = models.CharField(_("title in Finnish"), max_length=200)
    title_sv = models.CharField(_("title in Swedish"), max_length=200, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=200, blank=True, default="")
    summary_fi = models.CharField(_("summary in Finnish"), max_length=500)
    summary_sv = models.CharField(_("summary in Swedish"), max_length=500, blank=True, default="")
    summary_en = models.CharField(_("summary in English"), max_length=500, blank=True, default="")
    description = models.TextField(
        _("description"), max_length=20_000, blank=True, default="", help_text=_("Markdown.")
    )
    language = models.CharField(
        _("language of the event"), max_length=2, default="fi",
        choices=[("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))],
    )  # fmt: skip
    from_challenge = models.ForeignKey(
        Challenge, verbose_name=_("challenge behind it"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    from_project = models.ForeignKey(
        Project, verbose_name=_("idea or project behind it"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    measures = models.ManyToManyField(
        Measure, verbose_name=_("measures"), blank=True, related_name="+",
        help_text=_("The measures of the action programme that this event is evidence of."),
    )  # fmt: skip
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    venue = models.CharField(_("venue"), max_length=200, blank=True, default="")
    municipality = models.CharField(_("municipality"), max_length=80, blank=True, default="")
    remote_link = models.URLField(
        _("remote link"), blank=True, default="", validators=[web_addresses.HTTPS],
        help_text=_("Shown only to those whose remote place is confirmed."),
    )  # fmt: skip
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"))
    asks_diet = models.BooleanField(_("catering: ask for dietary needs"), default=False)
    asks_access = models.BooleanField(_("ask for accessibility needs"), default=True)
    queue = models.CharField(_("waiting list"), max_length=10, choices=Queue, default=Queue.AT_ONCE)
    offer_hours = models.PositiveSmallIntegerField(
        _("time to answer an offer"), choices=OFFER_HOURS, default=24
    )
    talks_until = models.DateTimeField(
        _("talks can be proposed until"), null=True, blank=True, editable=False
    )
    requires = models.ForeignKey(
        "self", verbose_name=_("requires that one has attended"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    has_photography = models.BooleanField(_("photographs are taken"), default=False)
    gives_certificate = models.BooleanField(_("gives a certificate"), default=False)
    registrations_kept_until = models.DateField(
        _("registrations are kept until"), null=True, blank=True,
        help_text=_(
            "Empty: 24 months after the event. The evidence of an event that is funded by the EU "
            "is kept five years from the end of the year of the last payment."
        ),
    )  # fmt: skip
    recording_link = models.URLField(
        _("recording"), blank=True, default="", validators=[web_addresses.HTTPS]
    )
    aftermath = models.TextField(
        _("after the event"), max_length=5000, blank=True, default="",
        help_text=_("Materials, recording and feedback in a few words. Markdown."),
    )  # fmt: skip
    terms = models.ManyToManyField(Term, verbose_name=_("themes"), blank=True, related_name="+")
    invited_organisations = models.ManyToManyField(
        "members.Organisation", verbose_name=_("invited organisations"), blank=True,
        related_name="invitations",
    )  # fmt: skip
    co_hosts = models.ManyToManyField(
        "members.Cluster", verbose_name=_("other clusters that host it"), blank=True,
        related_name="+",
        help_text=_("Their coordinators manage the event too, and their members see it."),
    )  # fmt: skip
    admission = models.CharField(
        _("who may register"), max_length=10, choices=Admission, default=Admission.OPEN
    )
    is_restricted = models.BooleanField(
        _("restricted for security reasons"), default=False,
        help_text=_(
            "The venue is told only to those whose place is confirmed, and no list of "
            "participants is shown."
        ),
    )  # fmt: skip
    series = models.ForeignKey(
        EventSeries, verbose_name=_("series"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="events", editable=False,
    )  # fmt: skip
    modes = ArrayField(
        models.CharField(max_length=10, choices=Mode), default=list, blank=True, editable=False
    )
    clusters = ArrayField(models.PositiveIntegerField(), default=list, blank=True, editable=False)
    ics_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ics_sequence = models.PositiveIntegerField(default=0, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    title = InLanguage()
    summary = InLanguage()
    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["stage", "starts_at"], name="events_event_by_start"),
            index("events_event_search"),
        ]
        constraints = [
            one_of("kind", Kind, name="events_event_kind_known"),
            one_of("stage", Stage, name="events_event_stage_known"),
            one_of("visibility", Visibility, name="events_event_visibility_known"),
            one_of("admission", Admission, name="events_event_admission_known"),
            one_of("queue", Queue, name="events_event_queue_known"),
            models.CheckConstraint(
                condition=~Q(requires=F("pk")), name="events_event_requires_another"
            ),
            in_order("starts_at", "ends_at", name="events_event_ends_after_start"),
            in_order(
                "registration_opens_at",
                "registration_closes_at",
                name="events_event_registration_in_order",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=sorted(UNPUBLISHED)) | Q(published_at__isnull=False),
                name="events_event_published_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        cleaning.refuse_links(self.title_fi, self.title_sv, self.title_en)
        refuse_marked(
            self.title_fi, self.title_sv, self.title_en, self.summary_fi, self.summary_sv,
            self.summary_en, self.description, self.aftermath,
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("events:detail", args=[self.slug])

    def search_parts(self) -> list[tuple[str, str]]:
        names = [every_language(term, "label") for term in self.terms.all()]
        return [
            ("A", every_language(self, "title")),
            ("B", "\n".join([*names, self.open_place, every_translation(Kind(self.kind).label)])),
            ("B", self.named_owner.every_name if self.named_owner else ""),
            ("C", every_language(self, "summary")),
            ("D", richtext.plain(self.description)),
            ("D", richtext.plain(self.aftermath) if self.is_over else ""),
            ("D", every_translation(_("recording")) if self.recording_link else ""),
        ]

    @property
    def useful_until(self) -> datetime.datetime:
        """News of it come too late after that."""
        return self.starts_at

    @property
    def place(self) -> str:
        """Venue and municipality, as far as they are known."""
        return ", ".join(filter(None, [self.venue, self.municipality]))

    @property
    def hides_venue(self) -> bool:
        """The venue of an invited group's event is told only to those whose place is confirmed."""
        return self.is_restricted or self.visibility in {Visibility.GROUP, Visibility.PRIVATE}

    @property
    def open_place(self) -> str:
        """What everyone who sees the event may know of its place."""
        return self.municipality if self.hides_venue else self.place

    def required_for(self, user: Reader) -> Event | None:
        """The event that one must have attended, where this reader may see it."""
        if self.requires_id is None:
            return None
        return Event.objects.visible_to(user).filter(pk=self.requires_id).first()

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()

    @property
    def has_started(self) -> bool:
        return self.starts_at <= timezone.now()

    def takes_registrations(self, now: datetime.datetime | None = None) -> bool:
        """Whether the window is open at this moment; the server's clock decides."""
        now = now or timezone.now()
        opened = self.registration_opens_at is None or self.registration_opens_at <= now
        closed = now > min(self.registration_closes_at, self.ends_at)
        return self.stage == Stage.PUBLISHED and opened and not closed

    @property
    def takes_talks(self) -> bool:
        """Whether the call for talks is open at this moment."""
        until = self.talks_until
        return self.stage == Stage.PUBLISHED and until is not None and until > timezone.now()

    def takes_changes(self, now: datetime.datetime | None = None) -> bool:
        """Whether those who have registered can still change what they told."""
        now = now or timezone.now()
        closes_at = min(self.registration_closes_at, self.ends_at)
        return self.stage == Stage.PUBLISHED and now <= closes_at


audit.track_links(Event.measures.through)
audit.track_links(Event.co_hosts.through)


def _coordinates(event: Event, user: Reader) -> bool:
    known = audience(user)
    if known.is_admin or event.home_cluster_id in known.coordinates:
        return True
    return bool(known.coordinates) and event.is_managed_by(user)


def _organises(event: Event, user: Reader) -> bool:
    return _coordinates(event, user) or event.organisation_id in audience(user).edits


def _edits(event: Event, user: Reader) -> bool:
    return event.is_editable_by(user)


MOVES = Workflow(
    submit=Move(
        frozenset({Stage.DRAFT}), Stage.PROPOSED, may=_edits, label=_("Send for review"),
        style="primary",
    ),
    publish=Move(
        frozenset({Stage.DRAFT, Stage.PROPOSED}), Stage.PUBLISHED, may=_coordinates,
        label=_("Publish"), style="primary",
    ),
    send_back=Move(
        frozenset({Stage.PROPOSED}), Stage.DRAFT, may=_coordinates, label=_("Return to draft"),
        needs_reason=True,
    ),
    withdraw=Move(
        frozenset({Stage.DRAFT, Stage.PROPOSED}), Stage.WITHDRAWN, may=_edits,
        label=_("Withdraw"), style="danger",
    ),
    cancel=Move(
        frozenset({Stage.PUBLISHED}), Stage.CANCELLED, may=_organises,
        label=_("Cancel the event"), style="danger", needs_reason=True,
    ),
)  # fmt: skip
