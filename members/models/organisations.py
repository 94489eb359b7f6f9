"""Organisations: official names in three languages, validity, parent and successor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.fi import ytunnus

from cluster_portal.core import audit, search
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.matching.stored import Matchable
from cluster_portal.core.text import addresses, cleaning, richtext, web_addresses
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import every_language
from cluster_portal.core.text.sorting import sort_key
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from cluster_portal.core.vocabulary import Term
from members.models.kinds import SECTOR_OF, Kind, Sector
from members.models.names import normal_name
from members.models.profiles import CONFIRMED_FOR, Profile

if TYPE_CHECKING:
    from typing import Any, Self


class SizeClass(models.TextChoices):
    MICRO = "micro", _("Micro (under 10 people)")
    SMALL = "small", _("Small (under 50)")
    MEDIUM = "medium", _("Medium-sized (under 250)")
    LARGE = "large", _("Large")


NAMES = frozenset({"name", "name_sv", "name_en", "short_name"})


def clean_business_id(text: str) -> str:
    """`NNNNNNN-T` from any usual way of writing it (no hyphen, FI prefix, six digits and one).

    The check digit is verified (weights 7 9 10 5 8 4 2, modulo 11); `ValidationError` otherwise.
    """
    raw = text.strip().upper().removeprefix("FI").replace("-", "").replace(" ", "")
    try:
        return ytunnus.format(ytunnus.validate(raw.zfill(8)))
    except StdnumError:
        raise ValidationError(
            _("“%(value)s” is not a valid Business ID."), code="business_id", params={"value": text}
        ) from None


def validate_business_id(text: str) -> None:
    clean_business_id(text)


class OrganisationQuerySet(search.SearchableQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """By visibility, their own, what they brought in, and a coordinator's scope."""
        known = audience(user)
        if known.is_admin:
            return self
        seen = self._by_visibility(known)
        if known.user_id is not None:
            seen |= Q(pk__in=known.organisations) | Q(brought_by=known.user_id)
        return self.filter(seen | self._scope(user)) if known.coordinates else self.filter(seen)

    def editable_by(self, user: Reader) -> Self:
        """Those whose contact they are, and those that a coordinator manages."""
        known = audience(user)
        if known.is_admin:
            return self
        return self.filter(Q(pk__in=known.edits) | Q(pk__in=self.model.objects.managed_by(user)))

    def choosable_by(self, user: Reader) -> Self:
        return self.visible_to(user)

    def standing(self) -> Self:
        """Those that have not been merged into another."""
        return self.filter(merged_at__isnull=True)

    def applicable(self) -> Self:
        """Those in whose name an application may be made: none that is hidden or has ended."""
        today = timezone.localdate()
        lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
        return self.filter(lasting).exclude(visibility=Visibility.PRIVATE)

    def in_scope_of(self, user: Reader) -> Self:
        """What the coordinator manages, and new organisations that applicants wrote down."""
        return self if audience(user).is_admin else self.filter(self._scope(user))

    def managed_by(self, user: Reader) -> Self:
        """Members of the coordinator's clusters today, and their profiles that nobody claimed."""
        known = audience(user)
        return self if known.is_admin else self.filter(self._managed(known))

    def peopled_by(self, user: Reader) -> Self:
        """Those whose people the user looks after: editable ones, and a deputy's own."""
        own = self._affiliations().filter(user=user.pk, role="deputy")
        editable = self.model.objects.editable_by(user).values("pk")
        return self.filter(Q(pk__in=editable) | Exists(own)) if user.pk else self.none()

    def stale(self) -> Self:
        """Standing ones whose facts nobody of theirs has confirmed within a year."""
        today = timezone.localdate()
        known = Q(confirmed_on__gte=today - CONFIRMED_FOR) | Q(valid_until__lt=today)
        return self.standing().exclude(known)

    def members(self) -> Self:
        """Those that are members of some cluster today: whom every number of members counts."""
        return self.filter(Exists(self._current_members()))

    def members_of(self, cluster_ids: list[int]) -> Self:
        return self.filter(Exists(self._current_members().filter(cluster__in=cluster_ids)))

    def _by_visibility(self, known: Audience) -> Q:
        open_to = [Visibility.PUBLIC]
        if known.user_id is not None:
            open_to.append(Visibility.ACCOUNTS)
        if known.is_member:
            open_to.append(Visibility.MEMBERS)
        seen = Q(visibility__in=open_to)
        if not known.member_clusters:
            return seen
        shared = self._memberships().filter(stage="active", cluster__in=known.member_clusters)
        return seen | Q(Exists(shared), visibility=Visibility.CLUSTER)

    def _scope(self, user: Reader) -> Q:
        known = audience(user)
        applied = self._memberships().filter(
            cluster__in=known.coordinates, applicant=OuterRef("brought_by")
        )
        written = Exists(applied.exclude(stage="draft"))
        return self._managed(known) | Q(written, is_brought=True, visibility=Visibility.PRIVATE)

    def _managed(self, known: Audience) -> Q:
        memberships = self._memberships().active()
        claimed = Exists(memberships) | Exists(self._affiliations().filter(role="contact"))
        unclaimed = Q(~claimed, is_shadow=True, introduced_by__in=known.coordinates)
        return Q(Exists(memberships.filter(cluster__in=known.coordinates))) | unclaimed

    def _affiliations(self) -> Any:
        """The confirmed ones of each organisation."""
        affiliation = self.model._meta.apps.get_model("members", "Affiliation")
        return affiliation.objects.confirmed().filter(organisation=OuterRef("pk"))

    def _current_members(self) -> Any:
        current = self.model._meta.apps.get_model("members", "CurrentMember")
        return current.objects.filter(organisation=OuterRef("pk"))

    def _memberships(self) -> Any:
        membership = self.model._meta.apps.get_model("members", "Membership")
        return membership.objects.filter(organisation=OuterRef("pk"))


@audit.tracked(exclude=("sort_name", "name_keys", "search"))
class Organisation(Profile, search.Searchable, Matchable):
    slug = models.SlugField(
        pgettext_lazy("of a page", "address"), max_length=80, unique=True, allow_unicode=False
    )
    name = models.CharField(_("official name"), max_length=200)
    name_sv = models.CharField(_("name in Swedish"), max_length=200, blank=True, default="")
    name_en = models.CharField(_("name in English"), max_length=200, blank=True, default="")
    short_name = models.CharField(_("short name"), max_length=40, blank=True, default="")
    former_names = ArrayField(
        models.CharField(max_length=200),
        verbose_name=_("former names"),
        default=list,
        blank=True,
        help_text=_("Separated by commas. The organisation is found by them too."),
    )
    kind = models.CharField(_("kind"), max_length=40, choices=Kind)
    kind_is_proposed = models.BooleanField(
        _("kind is proposed"),
        default=False,
        help_text=_(
            "Read from the name when the organisation was taken in; nobody has confirmed it."
        ),
    )
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, editable=False)
    size_class = models.CharField(
        _("size class"), max_length=10, choices=SizeClass, blank=True, default=""
    )
    business_id = models.CharField(
        _("Business ID"),
        max_length=20,
        blank=True,
        default="",
        validators=[validate_business_id],
        help_text=_("For example 0827616-7. Optional; units may share their parent's."),
    )
    region = models.ForeignKey(
        Term,
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to={"scheme": "region"},
        related_name="+",
    )
    municipality = models.CharField(_("municipality"), max_length=80, blank=True, default="")
    website = models.URLField(_("website"), blank=True, default="", validators=[web_addresses.WEB])
    email_domains = ArrayField(
        models.CharField(max_length=120),
        verbose_name=_("e-mail domains"),
        default=list,
        blank=True,
        help_text=_(
            "Colleagues with an address in these domains may ask to join, separated by commas."
        ),
    )
    terms = models.ManyToManyField(Term, verbose_name=_("themes"), blank=True, related_name="+")
    clusters = models.ManyToManyField(
        "members.Cluster",
        verbose_name=_("clusters"),
        through="members.CurrentMember",
        related_name="organisations",
        editable=False,
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="units",
    )
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    merged_at = models.DateTimeField(
        _("merged into its successor"), null=True, blank=True, editable=False
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    is_shadow = models.BooleanField(
        _("made by a coordinator"),
        default=False,
        help_text=_("The organisation itself has not yet claimed this profile."),
    )
    introduced_by = models.ForeignKey(
        "members.Cluster",
        verbose_name=_("brought in by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="introduced",
    )
    # By an application and not by a coordinator; and by whose, while they have an account. They see
    # the row that they made, and who repeats a hidden one's name in an application does not.
    is_brought = models.BooleanField(_("brought by an application"), default=False, editable=False)
    brought_by = models.ForeignKey(
        "members.User",
        verbose_name=_("applicant who brought it"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    visibility = models.CharField(
        _("visibility"), max_length=20, choices=Visibility, default=Visibility.PUBLIC
    )
    external_id = models.CharField(_("external id"), max_length=80, blank=True, default="")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)
    sort_name = sort_key("name", max_length=200)
    # The normal forms of its names, by which a likely double is found.
    name_keys = ArrayField(models.CharField(max_length=200), default=list, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_name", "pk"]
        indexes = [
            models.Index(fields=["sort_name", "id"], name="members_org_by_name"),
            search.index("members_org_search"),
            GinIndex(fields=["name_keys"], name="members_org_by_name_keys"),
        ]
        constraints = [
            *Profile.Meta.constraints,
            one_of("kind", Kind, name="members_organisation_kind_known"),
            one_of("sector", Sector, name="members_organisation_sector_known"),
            one_of("visibility", Visibility, name="members_organisation_visibility_known"),
            in_order("valid_from", "valid_until", name="members_organisation_validity_in_order"),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id=""),
                name="members_organisation_external_id_once",
            ),
            models.CheckConstraint(
                condition=Q(brought_by__isnull=True) | Q(is_brought=True),
                name="members_organisation_brought_by_an_application",
            ),
            models.CheckConstraint(
                condition=Q(merged_at__isnull=True) | Q(successor__isnull=False),
                name="members_organisation_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="members_organisation_not_its_own_successor",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def prepare(self) -> None:
        """Fill what follows from other columns; saving does it, bulk writes must."""
        self.sector = SECTOR_OF[Kind(self.kind)]
        self.email_domains = [addresses.normal_domain(each) for each in self.email_domains]
        self.name_keys = self.normal_names()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        fields = kwargs.get("update_fields")
        if fields is not None and not {*NAMES, "former_names"}.isdisjoint(fields):
            kwargs["update_fields"] = {*fields, "name_keys"}
        super().save(*args, **kwargs)

    def normal_names(self) -> list[str]:
        names = [*(getattr(self, name) for name in NAMES), *self.former_names]
        return sorted({normal_name(name) for name in names} - {""})

    def get_absolute_url(self) -> str:
        return reverse("members:organisation", args=[self.slug])

    @property
    def every_name(self) -> str:
        """All names, a line each: what search finds it, and what is its, by."""
        names = [self.name, self.name_sv, self.name_en, self.short_name, *self.former_names]
        return "\n".join(filter(None, names))

    def search_parts(self, carried: list[Term] | None = None) -> list[tuple[str, str]]:
        """`carried` are its terms where they are not stored yet."""
        carried = list(self.terms.all()) if carried is None else carried
        terms = [*carried, *([self.region] if self.region else [])]
        labels = [every_language(term, "label") for term in terms]
        return [
            ("A", self.every_name),
            ("B", "\n".join([self.municipality, *labels])),
            *self.profile_search_parts(),
            ("D", self.business_id),
        ]

    @property
    def search_summary(self) -> str:
        return "\n".join(filter(None, [self.summary, richtext.plain(self.description)]))

    @property
    def has_ended(self) -> bool:
        return bool(self.valid_until and self.valid_until < timezone.localdate())

    def clean(self) -> None:
        cleaning.refuse_addresses(self.name, self.name_sv, self.name_en, self.short_name)
        texts = (self.name, self.name_sv, self.name_en, self.short_name)
        refuse_marked(*texts, self.summary, self.description)
        if self.business_id:
            self.business_id = clean_business_id(self.business_id)
        self.email_domains = [addresses.clean_domain(each) for each in self.email_domains]

    @property
    def title(self) -> str:
        """The official name in the active language, in Finnish where there is none."""
        language = (get_language() or "fi")[:2]
        return getattr(self, f"name_{language}", "") or self.name

    @property
    def initials(self) -> str:
        """Two or three letters for the logo ring."""
        if self.short_name:
            return self.short_name[:4].upper()
        words = [word for word in self.name.replace("-", " ").split() if word[0].isalpha()]
        return "".join(word[0] for word in words[:3]).upper()


audit.track_links(Organisation.terms.through)
