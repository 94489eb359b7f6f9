"""Tender notices from a file: `import_tenders` and the admin's import are this code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, imports
from cluster_portal.core.facets import MAX_LENGTH
from cluster_portal.core.imports import Columns, Outcome, Report, Taken, remembered
from cluster_portal.core.imports.spreadsheets import Fault
from cluster_portal.core.visibility import audience
from cluster_portal.core.vocabulary import Scheme
from members.models import TenderNotice
from members.models.tenders import THEMES, Stage
from members.services import tenders

if TYPE_CHECKING:
    from collections.abc import Callable

    from cluster_portal.core.imports.cells import Cells
    from members.models import Cluster, User

TEXTS = {"title": 200, "buyer": MAX_LENGTH, "source": 200}
PROSE = {"summary": 1000, "conditions": 2000}
REQUIRED = ("external_id", "title", "buyer", "summary", "link", "closes", "source", "checked")
COLUMNS = Columns(
    known=(*REQUIRED, "conditions", "terms"),
    required=REQUIRED,
    headings={
        "tunniste": "external_id", "tunniste tuonnissa": "external_id", "nimi": "title",
        "otsikko": "title", "ostaja": "buyer", "hankintayksikkö": "buyer", "kuvaus": "summary",
        "mitä ostetaan": "summary", "ehdot": "conditions", "linkki": "link",
        "ilmoitus": "link", "määräaika": "closes", "tarjousten määräaika": "closes",
        "lähde": "source", "tarkistettu": "checked", "teemat": "terms",
        "teemat ja alueet": "terms",
    },
    fields={"closes_at": ("closes",), "checked_on": ("checked",)},
)  # fmt: skip


def import_tenders(
    data: bytes, *, by: User | None, cluster: Cluster | None, dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Report:  # fmt: skip
    """The file whole or not at all; a notice is known by its external id in the home cluster."""
    if cluster is None or not (by is None or _coordinates(by, cluster)):
        return Report(dry_run=dry_run, faults=[Fault(_("Name a cluster that you coordinate."))])
    last = remembered.LastImport.of(TenderNotice)

    def take(cells: Cells) -> Taken | None:
        return _take(cells, last, by=by, cluster=cluster)

    return imports.run(data, COLUMNS, take, dry_run=dry_run, progress=progress)


def _take(
    cells: Cells, last: remembered.LastImport, *, by: User | None, cluster: Cluster
) -> Taken | None:
    values, terms = _values(cells), cells.terms("terms", *THEMES, Scheme.REGION)
    if cells.faults:
        return None
    key = {"home_cluster": cluster, "external_id": cells.text("external_id", max_length=80)}
    tender = TenderNotice.objects.filter(**key).select_for_update(of=("self",)).first()
    is_new = tender is None
    if tender is None:
        now = {"stage": Stage.PUBLISHED, "published_at": timezone.now()}
        tender = TenderNotice(**key, **now, slug=tenders.free_slug(values["title"]))
    else:
        values = last.news(cells, tender.pk, values, COLUMNS.fields)
    changes = imports.assign(tender, values)
    tender.full_clean(exclude=["search"])
    if is_new or changes:
        tender.save()
    if "terms" in cells and (is_new or last.is_news(cells, tender.pk, "terms")):
        changes += () if set(tender.terms.all()) == set(terms) else ("terms",)
        tender.terms.set(terms)
    remembered.keep({tender: cells.plain()})
    if not changes:
        return Taken(tender, Outcome.UNCHANGED)
    audit.record(tender, "imported", by=by)
    tenders.has_come(tender)
    return Taken(tender, Outcome.CREATED if is_new else Outcome.CHANGED, () if is_new else changes)


def _values(cells: Cells) -> dict[str, Any]:
    """Only what the file has columns for, so that a shorter file clears nothing."""
    cells.refuse_marked(*TEXTS, *PROSE)
    for column in ("link", "checked"):
        cells.text(column, max_length=500, required=True)
    values: dict[str, Any] = {
        name: cells.text(name, max_length=size, required=True) for name, size in TEXTS.items()
    }
    for name, size in PROSE.items():
        if name in cells:
            values[name] = cells.prose(name, max_length=size, required=name in REQUIRED)
    return values | {
        "closes_at": cells.moment("closes", is_end=True, required=True),
        "link": cells.url("link", max_length=500), "checked_on": cells.day("checked"),
    }  # fmt: skip


def _coordinates(user: User, cluster: Cluster) -> bool:
    known = audience(user)
    return known.is_admin or cluster.pk in known.coordinates
