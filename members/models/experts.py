"""Experts: what people show of themselves, field by field and by consent.

A profile is its person's own. What others see of it is a face: for each level of reader a row with
just the fields open to that level. Lists, search, facets, digests and matching read faces, so that
they cannot tell what a reader may not see.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.vocabulary import Term
from cluster_portal.core.workflow import Move, Stages, Workflow
from members.models.affiliations import Affiliation
from members.models.expert_fields import PHONE, Field, Level, OfferKind, Spoken, level_of
from members.models.memberships import CurrentMember, Membership
from members.models.organisations import Organisation

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from typing import Self


class Stage(Stages):
    OFF = "off", "stopped", pgettext_lazy("profile", "Hidden")
    SHOWN = "shown", "open", pgettext_lazy("profile", "Shown")
    WITHHELD = "withheld", "late", _("Hidden by a coordinator")


@dataclass(frozen=True)
class Seen:
    """A profile as one level of reader sees it; what is not open to that level is empty."""

    name: str
    keywords: list[str] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    summary: str = ""
    languages: list[str] = field(default_factory=list)
    offers: list[ExpertOffer] = field(default_factory=list)
    availability: str = ""
    available_from: date | None = None
    available_until: date | None = None
    background: str = ""
    organisation: Organisation | None = None
    region: Term | None = None
    is_remote: bool = False
    phone: str = ""


class ExpertProfileQuerySet(models.QuerySet["ExpertProfile"]):
    def listed(self) -> Self:
        """Shown ones of people who belong to the network today."""
        return self.filter(belongs("user"), stage=Stage.SHOWN, user__is_active=True)

    def visible_to(self, user: Reader) -> Self:
        """The own, and those that show this level of reader something."""
        known = audience(user)
        found = ExpertProfile.objects.listed().filter(faces__level=level_of(known))
        seen = Q(pk__in=found.values("pk"))
        return self.filter(seen if known.user_id is None else seen | Q(user=known.user_id))

    def editable_by(self, user: Reader) -> Self:
        known = audience(user)
        return self.none() if known.user_id is None else self.filter(user=known.user_id)

    def in_scope_of(self, user: Reader) -> Self:
        """What is shown, or was until a coordinator hid it, of the people of the clusters."""
        known = audience(user)
        open_ones = self.exclude(stage=Stage.OFF)
        if known.is_admin:
            return open_ones
        return open_ones.filter(belongs("user", known.coordinates))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


def belongs(user: str, clusters: Collection[int] | None = None) -> Q:
    """Whether the outer row's `user` is a member today, in person or through an organisation."""
    private = Membership.objects.active().filter(person=OuterRef(user))
    places = Affiliation.objects.confirmed().filter(user=OuterRef(user))
    members = CurrentMember.objects.filter(organisation=OuterRef("organisation"))
    if clusters is not None:
        private = private.filter(cluster__in=clusters)
        members = members.filter(cluster__in=clusters)
    return Q(Exists(private)) | Q(Exists(places.filter(Exists(members))))


@audit.tracked()
class ExpertProfile(models.Model):
    slug = models.SlugField(pgettext_lazy("of a page", "address"), max_length=90, unique=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("expert"), on_delete=models.CASCADE,
        related_name="expert_profile",
    )  # fmt: skip
    stage = models.CharField(_("state"), max_length=10, choices=Stage, default=Stage.OFF)
    shown_at = models.DateTimeField(_("shown since"), null=True, blank=True, editable=False)
    withheld_reason = models.TextField(
        _("why a coordinator hid it"), max_length=1000, blank=True, default=""
    )
    seen_by = models.CharField(
        _("who finds the profile"), max_length=10, choices=Level, default=Level.MEMBERS
    )
    keywords = models.CharField(_("expertise in words"), max_length=500, blank=True, default="")
    terms = models.ManyToManyField(Term, verbose_name=_("themes"), blank=True, related_name="+")
    summary = models.TextField(_("in my own words"), max_length=1500, blank=True, default="")
    languages = ArrayField(
        models.CharField(max_length=3, choices=Spoken), verbose_name=_("languages"), default=list,
        blank=True,
    )  # fmt: skip
    availability = models.CharField(_("when I have time"), max_length=200, blank=True, default="")
    available_from = models.DateField(_("available from"), null=True, blank=True)
    available_until = models.DateField(_("available until"), null=True, blank=True)
    background = models.CharField(_("work and background"), max_length=300, blank=True, default="")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    region = models.ForeignKey(
        Term, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    is_remote = models.BooleanField(_("remotely, too"), default=True)
    phone = models.CharField(
        _("phone number"), max_length=30, blank=True, default="", validators=[PHONE]
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = ExpertProfileQuerySet.as_manager()
    digest_kind = _("expert")  # in digests; the face, which they tell of first, is called so

    class Meta:
        verbose_name = _("expert profile")
        verbose_name_plural = _("expert profiles")
        ordering = ["user__sort_name", "user__first_name", "pk"]
        constraints = [
            one_of("stage", Stage, name="members_expertprofile_stage_known"),
            one_of("seen_by", Level, name="members_expertprofile_seen_by_known"),
            models.CheckConstraint(
                condition=Q(languages__contained_by=Spoken.values),
                name="members_expertprofile_languages_known",
            ),
            in_order(
                "available_from", "available_until", name="members_expertprofile_time_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.SHOWN) | Q(shown_at__isnull=False),
                name="members_expertprofile_shown_since_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.WITHHELD) | ~Q(withheld_reason=""),
                name="members_expertprofile_withheld_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        return reverse("members:expert", args=[self.slug])

    @property
    def title(self) -> str:
        return str(self.user)

    @property
    def look(self) -> str:
        return Stage(self.stage).look

    @property
    def words(self) -> list[str]:
        """The expertise as it was written, piece by piece."""
        return [word for part in self.keywords.split(",") if (word := part.strip())]

    def as_seen(self, fields: Collection[str]) -> Seen:
        """Of these fields only; wants `user`, `organisation`, `region`, terms and offers loaded."""
        shown: dict[str, object] = {"name": str(self.user)}
        if Field.EXPERTISE in fields:
            shown |= {"keywords": self.words, "terms": list(self.terms.all())}
        if Field.OFFERS in fields:
            shown["offers"] = list(self.offers.all())
        if Field.AVAILABILITY in fields:
            names = ("availability", "available_from", "available_until")
            shown |= {name: getattr(self, name) for name in names}
        if Field.REGION in fields:
            shown |= {"region": self.region, "is_remote": self.is_remote}
        for name in (Field.SUMMARY, Field.LANGUAGES, Field.BACKGROUND, Field.ORGANISATION):
            if name in fields:
                shown[name.value] = getattr(self, name)
        if Field.PHONE in fields:
            shown["phone"] = self.phone
        return Seen(**shown)  # type: ignore[arg-type]


audit.track_links(ExpertProfile.terms.through)


@audit.tracked()
class ExpertOffer(models.Model):
    """One thing that an expert offers, and on what terms."""

    profile = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="offers")
    kind = models.CharField(_("what"), max_length=20, choices=OfferKind)
    note = models.CharField(_("on what terms"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("offer of an expert")
        verbose_name_plural = _("offers of experts")
        ordering = ["pk"]
        constraints = [
            one_of("kind", OfferKind, name="members_expertoffer_kind_known"),
            models.UniqueConstraint(fields=["profile", "kind"], name="members_expertoffer_once"),
        ]

    def __str__(self) -> str:
        return str(OfferKind(self.kind).label)


class ExpertConsentQuerySet(models.QuerySet["ExpertConsent"]):
    def current(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


@audit.tracked()
class ExpertConsent(models.Model):
    """That a field may be shown, to whom, from when until when. Without a row nobody sees it.

    A change ends one consent and begins another; the rows stay as proof of both.
    """

    profile = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="consents")
    field = models.CharField(_("what is shown"), max_length=20, choices=Field)
    seen_by = models.CharField(_("who sees it"), max_length=10, choices=Level)
    given_at = models.DateTimeField(_("consent given"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("consent withdrawn"), null=True, blank=True)

    objects = ExpertConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent of an expert")
        verbose_name_plural = _("consents of experts")
        ordering = ["given_at", "pk"]
        constraints = [
            one_of("field", Field, name="members_expertconsent_field_known"),
            one_of("seen_by", Level, name="members_expertconsent_seen_by_known"),
            in_order("given_at", "withdrawn_at", name="members_expertconsent_times_in_order"),
            models.UniqueConstraint(
                fields=["profile", "field"], condition=Q(withdrawn_at__isnull=True),
                name="members_expertconsent_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(field=Field.PHONE) | Q(seen_by=Level.MEMBERS),
                name="members_expertconsent_phone_never_public",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.get_seen_by_display()}"


def _is_own(profile: ExpertProfile, user: Reader) -> bool:
    return user.is_authenticated and profile.user_id == user.pk


def _coordinates(profile: ExpertProfile, user: Reader) -> bool:
    return not _is_own(profile, user) and (
        ExpertProfile.objects.in_scope_of(user).filter(pk=profile.pk).exists()
    )


MOVES = Workflow(
    show=Move(
        frozenset({Stage.OFF}), Stage.SHOWN, may=_is_own, label=_("Show my profile"),
        style="primary",
    ),
    hide=Move(
        frozenset({Stage.SHOWN}), Stage.OFF, may=_is_own,
        label=_("Hide my profile"),
    ),
    withhold=Move(
        frozenset({Stage.SHOWN}), Stage.WITHHELD, may=_coordinates, label=_("Hide with a reason"),
        style="danger", needs_reason=True,
    ),
    release=Move(
        frozenset({Stage.WITHHELD}), Stage.OFF, may=_coordinates,
        label=_("Let the person show it again"),
    ),
)  # fmt: skip
