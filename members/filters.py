"""What the member directory and the list of needs can be narrowed by."""

from __future__ import annotations

import datetime
import string
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.cache import cache
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    IntegerChoices,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Left
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import vocabulary
from cluster_portal.core.facets import ArrayToText, Choice, Facet, Filters, term_choices
from cluster_portal.core.pictures import neighbours
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Scheme
from members.matching import NAMED
from members.models import Capability, Cluster, CurrentMember, Membership
from members.models.affiliations import Stage as AffiliationStage
from members.models.expert_fields import EXPERTISE
from members.models.kinds import Sector
from members.models.needs import PUBLISHED, Stage
from members.models.tenders import State, state_now

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import QueryDict
    from django.utils.functional import _StrPromise

KEPT_SECONDS = 60


def cluster_choices() -> list[Choice]:
    """The clusters, few and all public, kept for a minute so that no list need ask for them."""
    rows = cache.get("clusters")
    if rows is None:
        rows = list(Cluster.objects.all())
        cache.set("clusters", rows, KEPT_SECONDS)
    return [(cluster.pk, cluster.slug, cluster.name) for cluster in rows]


def of_named_owner(path: str) -> Callable[[], Case]:
    """A value of the owner, unless it is hidden from some of those who see the content."""
    is_named = LessThanOrEqual(_level("organisation__visibility"), _level("visibility"))
    value = Cast(f"organisation__{path}", CharField())
    return lambda: Case(When(is_named, then=value), output_field=CharField())


def _level(path: str) -> Func:
    """The place of a visibility among all, the widest first."""
    levels = Value(Visibility.values, ArrayField(CharField()))
    return Func(levels, F(path), function="array_position", output_field=IntegerField())


class OthersToo(Facet):
    """Members alone unless the address asks for all organisations that the portal knows.

    Rows get their `place`: members first, then the others, last those that have ended. Among
    members it is a constant, so that the database can read them in the order of an index.
    """

    def filter(self, rows: Any, chosen: list[Choice]) -> Any:
        if not chosen:
            return rows.members().annotate(place=Value(0))
        has_ended = When(valid_until__lt=timezone.localdate(), then=Value(2))
        member = When(is_member=True, then=Value(0))
        return rows.annotate(place=Case(has_ended, member, default=Value(1)))


ALPHABET = [*string.ascii_lowercase, "å", "ä", "ö"]
# How `sort_name` spells the letters that change places in it (core.text.sorting).
SORTED_AS = {"ä": "å", "å": "ä"}


def _theme(label: str | _StrPromise, scheme: Scheme) -> Facet:
    return Facet("terms", label, term_choices(scheme), hide_empty=True)


class OrganisationFilters(Filters):
    everyone = OthersToo(
        lambda: Value(""), _("Shown"), [("", "yes", _("all organisations"))], is_offered=False
    )
    letter = Facet(
        lambda: Left("sort_name", 1), _("Letter"),
        [(SORTED_AS.get(letter, letter), letter, letter.upper()) for letter in ALPHABET],
        is_offered=False,
    )  # fmt: skip
    sector = Facet("sector", _("Sector"), is_open=True)
    task = _theme(_("Security task"), Scheme.SECURITY_TASK)
    region = Facet("region", _("Region"), term_choices(Scheme.REGION), hide_empty=True)
    municipality = Facet("municipality", _("Municipality"), hide_empty=True)
    kind = Facet("kind", _("Kind of organisation"), hide_empty=True)
    activity = Facet("activities", _("Gladly takes part in"), hide_empty=True)
    function = _theme(_("Vital function of society"), Scheme.VITAL_FUNCTION)
    specialisation = _theme(_("Smart specialisation"), Scheme.SMART_SPECIALISATION)
    goal = _theme(_("Sustainable development goal"), Scheme.SDG)
    cluster = Facet("clusters", _("Member of"), cluster_choices)
    language = Facet("languages", _("Working language"), hide_empty=True)


def expertise_choices() -> list[Choice]:
    return [term for scheme in EXPERTISE for term in vocabulary.named(scheme)]


def _clusters_of_expert() -> QuerySet[Cluster, Any]:
    """Where the expert of the outer row is a member today, in person or through an organisation."""
    user = OuterRef(OuterRef("profile__user"))
    private = Membership.objects.active().filter(cluster=OuterRef("pk"), person=user)
    through = CurrentMember.objects.filter(
        cluster=OuterRef("pk"),
        organisation__affiliations__user=user,
        organisation__affiliations__stage=AffiliationStage.CONFIRMED,
    )
    return Cluster.objects.order_by().filter(Exists(private) | Exists(through)).values("pk")


def _cluster_keys() -> ArrayToText:
    return ArrayToText(ArraySubquery(_clusters_of_expert()))


class ClusterOfExpert(Facet):
    """An expert's clusters follow from memberships and stand in no column."""

    def filter(self, rows: QuerySet[Any], chosen: list[Choice]) -> QuerySet[Any]:
        stored = [value for value, _address, _label in chosen]
        return rows.filter(Exists(_clusters_of_expert().filter(pk__in=stored))) if stored else rows

    @property
    def value(self) -> ArrayToText:
        return _cluster_keys()


class ExpertFilters(Filters):
    offer = Facet("offers", _("What they offer"), is_open=True)
    language = Facet("languages", _("Language"), is_open=True, hide_empty=True)
    expertise = Facet("terms", _("Expertise"), expertise_choices, hide_empty=True)
    region = Facet("region", _("Region"), term_choices(Scheme.REGION), hide_empty=True)
    cluster = ClusterOfExpert(_cluster_keys, _("Cluster"), cluster_choices)


ANYWHERE = 0  # in place of a region's key: the whole country


class Distance(IntegerChoices):
    """How far from the reader's region something is delivered."""

    HERE = 0, _("in your region")
    NEIGHBOUR = 1, _("in a neighbouring region")
    COUNTRY = 2, _("whole country")
    FURTHER = 3, _("further away")


def _delivered_to(codes: tuple[str, ...]) -> Exists:
    links = Capability.regions.through.objects.filter(capability=OuterRef("pk"))
    return Exists(links.filter(term__scheme=Scheme.REGION, term__code__in=codes))


class ReachFacet(Facet):
    """Where something is delivered; what goes to the whole country goes to each region, too."""

    def filter(self, rows: QuerySet[Any], chosen: list[Choice]) -> QuerySet[Any]:
        stored = [value for value, _address, _label in chosen]
        if not stored:
            return rows
        having = Capability.regions.through.objects.filter(term__in=stored)
        return rows.filter(Q(pk__in=having.values("capability")) | Q(is_nationwide=True))

    @property
    def value(self) -> Any:
        every = ",".join(str(value) for value, _address, _label in self.options or [])
        nationwide = When(is_nationwide=True, then=Value(every))
        return Case(nationwide, default=super().value, output_field=TextField())


def _reach() -> list[Choice]:
    return [*vocabulary.named(Scheme.REGION), (ANYWHERE, "all", _("Whole country"))]


def _readiness() -> list[Choice]:
    """The levels by their number, which is what a capability holds."""
    return [(int(code), code, label) for _pk, code, label in vocabulary.named(Scheme.TRL)]


class CapabilityFilters(Filters):
    kind = Facet("kind", _("What it is"), is_open=True, hide_empty=True)
    disruption = Facet("in_disruption", _("In a disruption"), is_open=True, hide_empty=True)
    associations = Facet("for_associations", _("For associations"), hide_empty=True)
    region = ReachFacet("regions", _("Delivered to"), _reach, hide_empty=True)
    task = Facet(  # open: the pictures above the list tell its counts
        "terms", _("Situation or task"), term_choices(Scheme.SECURITY_TASK),
        is_open=True, hide_empty=True,
    )  # fmt: skip
    humanitarian = Facet("is_humanitarian", _("Humanitarian work"), hide_empty=True)
    trl = Facet("trl", _("Technology readiness level"), _readiness, hide_empty=True)
    industry = Facet(
        "terms", _("Critical sector"), term_choices(Scheme.CRITICAL_SECTOR), hide_empty=True
    )
    function = Facet(
        "terms",
        _("Vital function of society"),
        term_choices(Scheme.VITAL_FUNCTION),
        hide_empty=True,
    )
    sector = Facet(
        of_named_owner("sector"),
        _("Sector of the owner"),
        [(sector.value, sector.value, sector.label) for sector in Sector],
        hide_empty=True,
    )
    cluster = Facet("home_cluster", _("Cluster"), cluster_choices, hide_empty=True)
    organisation = Facet("organisation", _("Organisation"), is_offered=False)


def near_of(params: QueryDict) -> str:
    """The code of the region from which the nearest are looked for."""
    asked = params.get("near", "")
    codes = {code for _pk, code, _label in vocabulary.named(Scheme.REGION)}
    return asked if asked in codes else ""


def distance_from(near: str) -> Case:
    """The own region first, then its neighbours, then the whole country, then the rest."""
    return Case(
        When(_delivered_to((near,)), then=Distance.HERE),
        When(_delivered_to(neighbours(near)), then=Distance.NEIGHBOUR),
        When(is_nationwide=True, then=Distance.COUNTRY),
        default=Distance.FURTHER,
        output_field=IntegerField(),
    )


class TenderFilters(Filters):
    state = Facet(
        state_now, _("State"), [(each.value, each.value, each.label) for each in State],
        is_open=True,
    )  # fmt: skip
    buyer = Facet("buyer", _("Buyer"), is_open=True)
    theme = Facet("terms", _("Theme"), expertise_choices, hide_empty=True)
    region = Facet("terms", _("Region"), term_choices(Scheme.REGION), hide_empty=True)
    cluster = Facet("home_cluster", _("Cluster"), cluster_choices)


SOON = datetime.timedelta(days=30)
THIS_SEASON = datetime.timedelta(days=90)
BY_WHEN = [
    ("month", "month", _("Within a month")),
    ("season", "season", _("Within three months")),
    ("later", "later", _("Later")),
    ("no-hurry", "no-hurry", _("No hurry")),
]


def _by_when() -> Case:
    today = timezone.localdate()
    return Case(
        When(needed_by=None, then=Value("no-hurry")),
        When(needed_by__lte=today + SOON, then=Value("month")),
        When(needed_by__lte=today + THIS_SEASON, then=Value("season")),
        default=Value("later"),
        output_field=CharField(),
    )


def _themes() -> list[Choice]:
    return [term for scheme in NAMED for term in vocabulary.named(scheme)]


class NeedFilters(Filters):
    kind = Facet("kind", _("What is needed"), is_open=True)
    stage = Facet(
        "stage", _("State"),
        [(each.value, each.value, each.label) for each in Stage if each in PUBLISHED],
        hide_empty=True,
    )  # fmt: skip
    by_when = Facet(_by_when, _("By when"), BY_WHEN, hide_empty=True)
    region = Facet("region", _("Region"), term_choices(Scheme.REGION), hide_empty=True)
    theme = Facet("terms", _("Theme"), _themes, hide_empty=True)
    cluster = Facet("home_cluster", _("Cluster"), cluster_choices)
