"""Organisations from a file: `import_organisations` and the admin's import are this code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from cluster_portal.core import audit, imports, search
from cluster_portal.core.addresses import clean_domain
from cluster_portal.core.errors import Refused
from cluster_portal.core.imports import Columns, Outcome, Report, Taken
from cluster_portal.core.visibility import audience
from members.models import Cluster, Organisation
from members.models.organisations import Kind, clean_business_id
from members.services.arrivals import organisation_came
from members.services.organisations import free_slug, lock_identity, named

if TYPE_CHECKING:
    from cluster_portal.core.cells import Cells
    from members.models import User

COLUMNS = Columns(
    known=(
        "external_id", "name", "name_sv", "name_en", "kind", "business_id", "region",
        "municipality", "website", "email_domain", "description", "terms",
    ),
    required=("external_id", "name", "kind"),
    headings={
        "tunniste": "external_id", "nimi": "name", "organisaatio": "name",
        "nimi ruotsiksi": "name_sv", "nimi englanniksi": "name_en", "laji": "kind",
        "tyyppi": "kind", "y-tunnus": "business_id", "ytunnus": "business_id",
        "maakunta": "region", "kunta": "municipality", "kotipaikka": "municipality",
        "verkkosivut": "website", "verkkosivu": "website", "verkkosivusto": "website",
        "sähköpostin verkkotunnus": "email_domain", "verkkotunnus": "email_domain",
        "kuvaus": "description", "teemat": "terms", "asiasanat": "terms",
    },
)  # fmt: skip


def import_organisations(
    data: bytes, *, by: User | None, cluster: Cluster | None = None, dry_run: bool = False
) -> Report:
    """Takes the file whole or not at all; matched by external id, Business ID, then name.

    New organisations become profiles that their organisation may claim, brought in by `cluster`
    (a coordinator's only cluster when she names none). What she does not manage is refused.
    """
    cluster = cluster or _own_cluster(by)
    return imports.run(data, COLUMNS, partial(_take, by=by, cluster=cluster), dry_run=dry_run)


def _own_cluster(by: User | None) -> Cluster | None:
    coordinated = audience(by).coordinates if by else frozenset()
    return Cluster.objects.get(pk=min(coordinated)) if len(coordinated) == 1 else None


def _take(cells: Cells, *, by: User | None, cluster: Cluster | None) -> Taken | None:
    values = _values(cells)
    terms = cells.terms("terms")
    cells.refuse_marked("name", "name_sv", "name_en", "description")
    if cells.faults:
        return None
    lock_identity()
    found = _match(values)
    if found is None:
        return _create(values, terms, by=by, cluster=cluster)
    if by and not Organisation.objects.managed_by(by).filter(pk=found.pk).exists():
        raise Refused(_("This organisation belongs to another cluster: you cannot change it."))
    return _change(found, values, terms if "terms" in cells else None, by=by)


def _values(cells: Cells) -> dict[str, Any]:
    """Only what the file has columns for, so that a shorter file clears nothing."""
    values: dict[str, Any] = {
        "external_id": cells.text("external_id", max_length=80, required=True),
        "name": cells.text("name", max_length=200, required=True),
        "kind": cells.choice("kind", Kind, required=True),
    }
    readers: dict[str, Any] = {
        "name_sv": partial(cells.text, max_length=200),
        "name_en": partial(cells.text, max_length=200),
        "municipality": partial(cells.text, max_length=80),
        "description": partial(cells.prose, max_length=10_000),
        "website": cells.url,
    }
    values |= {name: read(name) for name, read in readers.items() if name in cells}
    if "business_id" in cells:
        values["business_id"] = _business_id(cells)
    if cells.raw("region"):
        values["region"] = cells.term("region", "region")
    elif "municipality" in cells:
        values["region"] = cells.region("municipality")
    if "email_domain" in cells:
        values["email_domains"] = _domains(cells)
    return values


def _business_id(cells: Cells) -> str:
    text = cells.text("business_id", max_length=20)
    try:
        return clean_business_id(text) if text else ""
    except ValidationError as error:
        cells.fault("business_id", error.messages[0])
        return ""


def _domains(cells: Cells) -> list[str]:
    domains = []
    for item in cells.items("email_domain"):
        try:
            domains.append(clean_domain(item))
        except ValidationError as error:
            cells.fault("email_domain", error.messages[0])
    return domains


def _match(values: dict[str, Any]) -> Organisation | None:
    by_key = Organisation.objects.filter(external_id=values["external_id"]).first()
    if by_key:
        return by_key
    unclaimed = Organisation.objects.filter(external_id="")
    business_id = values.get("business_id")
    same = Q(business_id=business_id) if business_id else Q(pk__in=[])
    for found in (unclaimed.filter(same), named(values["name"], unclaimed)):
        matches = list(found[:2])
        if len(matches) == 1:
            return matches[0]
    return None


def _create(
    values: dict[str, Any], terms: list[Any], *, by: User | None, cluster: Cluster | None
) -> Taken:
    known = audience(by) if by else None
    if known and not known.is_admin and (cluster is None or cluster.pk not in known.coordinates):
        raise Refused(
            _("Name the cluster that brings the organisation in: one that you coordinate.")
        )
    made = Organisation(
        slug=free_slug(values["name"]), is_shadow=True, introduced_by=cluster, **values
    )
    made.full_clean(exclude=["sector"])
    made.save()
    made.terms.set(terms)
    search.reindex(made)
    organisation_came(made)
    audit.record(made, "organisation imported", by=by)
    return Taken(made, Outcome.CREATED)


def _change(
    found: Organisation, values: dict[str, Any], terms: list[Any] | None, *, by: User | None
) -> Taken:
    changes = imports.assign(found, values)
    if terms is not None and set(found.terms.all()) != set(terms):
        changes = (*changes, "terms")
        found.terms.set(terms)
    if not changes:
        return Taken(found, Outcome.UNCHANGED)
    found.full_clean(exclude=["sector"])
    found.save()
    search.reindex(found)
    organisation_came(found)
    audit.record(found, "organisation imported", by=by, details={"fields": list(changes)})
    return Taken(found, Outcome.CHANGED, changes)
