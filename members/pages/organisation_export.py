"""Organisations as rows of a file, in the columns of the import, so that it can be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import Organisation


def rows(organisations: QuerySet[Organisation]) -> list[list[Any]]:
    found = organisations.select_related("region").prefetch_related("terms")
    return [_as_row(organisation) for organisation in found]


def _as_row(organisation: Organisation) -> list[Any]:
    return [
        organisation.external_id or organisation.slug,
        organisation.name,
        organisation.name_sv,
        organisation.name_en,
        organisation.kind,
        organisation.business_id,
        organisation.region.code if organisation.region else "",
        organisation.municipality,
        organisation.website,
        "|".join(organisation.email_domains),
        organisation.description,
        "|".join(term.code for term in organisation.terms.all()),
        organisation.short_name,
        "|".join(organisation.former_names),
        organisation.summary,
        "|".join(organisation.languages),
        "|".join(organisation.activities),
    ]
