"""Organisations: found by what people call them, made by coordinators, edited by their contacts."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.text import cleaning
from cluster_portal.core.visibility import audience
from members.models import Cluster, Organisation
from members.models.kinds import Kind, proposed_kind
from members.models.names import normal_name
from members.models.organisations import NAMES, clean_business_id
from members.models.profiles import THEME_SCHEMES
from members.services.arrivals import organisation_came

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    from cluster_portal.core.vocabulary import Term
    from members.models import User
    from members.models.organisations import OrganisationQuerySet

# First parts of addresses below /members/ that are pages of their own.
RESERVED_SLUGS = frozenset({
    "join", "applications", "capabilities", "experts", "invitations", "people", "edit", "new",
    "search", "feed", "export", "map", "surveys", "interviews", "needs", "tenders", "figures",
    "related", "letters", "confirm", "propose", "named",
})  # fmt: skip
SLUG_LENGTH = 70
# The fields by which search finds what an organisation owns, too.
OWNED_SHOW = NAMES | {"former_names", "municipality", "visibility"}


def free_slug(name: str) -> str:
    """An address of the name that no organisation has and no page of ours needs."""
    base = next(_slugs_of(name))
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in _slugs_of(name) if slug not in taken | RESERVED_SLUGS)


def _slugs_of(name: str) -> Iterator[str]:
    """The address of a name, and then with ever higher numbers."""
    base = slugify(name)[:SLUG_LENGTH].strip("-") or "organisaatio"
    yield base
    yield from (f"{base}-{number}" for number in itertools.count(2))


class FreeSlugs:
    """Addresses for many organisations that are made together."""

    def __init__(self) -> None:
        self._taken = {*Organisation.objects.values_list("slug", flat=True), *RESERVED_SLUGS}

    def take(self, name: str) -> str:
        slug = next(slug for slug in _slugs_of(name) if slug not in self._taken)
        self._taken.add(slug)
        return slug


def lock_identity() -> None:
    """Until the transaction ends, nobody else matches or makes organisations."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('members.organisation.identity'))")


def named(name: str, rows: OrganisationQuerySet | None = None) -> OrganisationQuerySet:
    """Those of that name in any language, short or former; case counts in former names alone."""
    wanted = cleaning.one_line(name)
    found = (Organisation.objects.all() if rows is None else rows).standing()
    same = Q(name__iexact=wanted) | Q(name_sv__iexact=wanted) | Q(name_en__iexact=wanted)
    same |= Q(short_name__iexact=wanted) | Q(former_names__contains=[wanted])
    return found.filter(same) if wanted else found.none()


def with_business_id(text: str, rows: OrganisationQuerySet | None = None) -> OrganisationQuerySet:
    found = (Organisation.objects.all() if rows is None else rows).standing()
    try:
        return found.filter(business_id=clean_business_id(text))
    except ValidationError:
        return found.none()


def find_organisation(text: str, rows: OrganisationQuerySet | None = None) -> Organisation | None:
    """By Business ID, external id, then name in any language; None when nothing or several fit.

    A unit that shares its parent's Business ID must be named by its external id or name.
    """
    everything = (Organisation.objects.all() if rows is None else rows).standing()
    wanted = cleaning.one_line(text)
    for found in (
        with_business_id(wanted, everything),
        everything.filter(external_id=wanted) if wanted else everything.none(),
        named(wanted, everything),
        everything.filter(slug=wanted),
    ):
        matches = list(found.order_by("pk")[:2])
        if len(matches) == 1:
            return matches[0]
    return None


def likely_doubles(names: Iterable[str], business_id: str = "") -> QuerySet[Organisation]:
    """Those with the same Business ID or a name of the same normal form (`normal_name`)."""
    keys = sorted({normal_name(name) for name in names} - {""})
    same = Q(name_keys__overlap=keys)
    return Organisation.objects.standing().filter(
        same | Q(business_id=business_id) if business_id else same
    )


def possible_duplicates(organisation: Organisation) -> QuerySet[Organisation]:
    """Others that may be the same one; units share on purpose, so it warns."""
    names = [organisation.name, organisation.name_sv, organisation.name_en]
    related = [organisation.pk, organisation.parent_id, organisation.successor_id]
    others = likely_doubles(names, organisation.business_id)
    others = others.exclude(pk__in=[pk for pk in related if pk])
    return others.exclude(parent=organisation.pk).exclude(successor=organisation.pk)


def only_cluster_of(organisation: Organisation) -> Cluster | None:
    """The cluster of its only current membership; None when it has none or several."""
    found = list(
        Cluster.objects.filter(memberships__in=organisation.memberships.active()).distinct()[:2]
    )
    return found[0] if len(found) == 1 else None


@transaction.atomic
def make_shadow(
    name: str, *, cluster: Cluster | None, by: User | None, kind: str = "", **values: Any
) -> Organisation:
    """A profile made on an organisation's behalf, until the organisation claims it."""
    lock_identity()
    name = cleaning.one_line(name)
    made = Organisation.objects.create(
        slug=free_slug(name), name=name, kind=kind or proposed_kind(name) or Kind.OTHER,
        kind_is_proposed=not kind, is_shadow=True, introduced_by=cluster, **values,
    )  # fmt: skip
    search.reindex(made)
    organisation_came(made)
    audit.record(made, "organisation made", by=by)
    return made


def reindex_owned(organisations: Iterable[Organisation]) -> None:
    """What search finds by these organisations' names, towns or visibility (`owner_path`)."""
    keys = [organisation.pk for organisation in organisations]
    for model in apps.get_models():
        path = getattr(model, "owner_path", "")
        if path and issubclass(model, search.Searchable):
            search.reindex(model._default_manager.filter(**{f"{path}__in": keys}).order_by("pk"))


def reindex(organisation: Organisation, changed: Iterable[str]) -> None:
    """The organisation, and what it owns where its changed fields are found there too."""
    search.reindex(organisation)
    if not OWNED_SHOW.isdisjoint(changed):
        reindex_owned([organisation])


def remember_names(organisation: Organisation, values: dict[str, Any]) -> None:
    """Names that the values replace stay as former ones, by which it is still found."""
    for field in ("name", "name_sv", "name_en"):
        old, new = getattr(organisation, field), values.get(field)
        known = [*organisation.former_names, new]
        if old and new is not None and old != new and old not in known:
            organisation.former_names = [*organisation.former_names, old]


@transaction.atomic
def edit_organisation(
    organisation: Organisation,
    values: dict[str, Any],
    *,
    by: User,
    terms: Iterable[Term] | None = None,
    seen_version: datetime.datetime | None = None,
) -> Organisation:
    """Writes the values unless somebody else has saved since `seen_version` was read."""
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not Organisation.objects.editable_by(by).contains(locked):
        raise Refused(_("You cannot do this."))
    if seen_version and locked.updated_at != seen_version:
        raise Refused(
            _(
                "Somebody else has changed this meanwhile. Check the page and make your "
                "change again."
            )
        )
    visibility = locked.visibility
    remember_names(locked, values)
    changed = [name for name, value in values.items() if getattr(locked, name) != value]
    for name, value in values.items():
        setattr(locked, name, value)
    if "kind" in values:
        locked.kind_is_proposed = False
    if locked.pk in audience(by).edits:
        locked.confirmed_on = timezone.localdate()
        locked.is_shadow = False
    locked.save()
    if terms is not None:
        kept = locked.terms.exclude(scheme__in=THEME_SCHEMES)  # what the form does not offer
        locked.terms.set([*terms, *kept])
    reindex(locked, changed)
    organisation_came(locked)
    seen_by = audit.change(visibility=(visibility, locked.visibility))
    details = {"fields": sorted(values), **seen_by}
    audit.record(locked, "organisation edited", by=by, details=details)
    return locked


def cluster_named(slug: str) -> Cluster | None:
    """`Refused` for a name that no cluster has; None for an empty one."""
    if not slug:
        return None
    found = Cluster.objects.filter(slug=slug).first()
    if found is None:
        raise Refused(_("There is no cluster %(slug)s.") % {"slug": slug})
    return found
