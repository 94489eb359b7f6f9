"""Capabilities from a file: `import_capabilities` and the admin's import are this code.

What comes in waits for the owner's confirmation; nobody gets mail by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, imports, search
from cluster_portal.core.imports import Columns, Outcome, Report, Taken, remembered
from cluster_portal.core.imports.spreadsheets import Fault
from cluster_portal.core.visibility import Visibility, audience
from cluster_portal.core.vocabulary import Scheme
from members.models import Capability, CurrentMember, Organisation
from members.models.capabilities import (
    THEMES,
    ForAssociations,
    Holds,
    Kind,
    ServiceLanguage,
    Source,
    Stage,
)
from members.services.capabilities import free_slug, set_links
from members.services.organisations import find_organisation

if TYPE_CHECKING:
    from collections.abc import Callable

    from cluster_portal.core.imports.cells import Cells
    from members.models import Cluster, User

TEXTS = {
    "title": 120, "title_sv": 120, "title_en": 120, "association_terms": 200, "other_terms": 200,
    "delivery": 200, "source_note": 200,
}  # fmt: skip
PROSE = {
    "summary": 400, "summary_sv": 400, "summary_en": 400, "references": 2000, "description": 6000,
}  # fmt: skip
REQUIRED = ("external_id", "organisation", "kind", "title", "summary")
COLUMNS = Columns(
    known=(
        *REQUIRED, "tasks", "themes", "regions", "nationwide", "remote", "in_disruption",
        "title_sv", "title_en", "summary_sv", "summary_en", "description", "for_associations",
        "association_terms", "other_terms", "delivery", "references", "languages", "trl", "link",
        "source", "source_note", "source_date", "visibility",
    ),
    required=REQUIRED,
    headings={
        "tunniste": "external_id", "organisaatio": "organisation", "yritys": "organisation",
        "laji": "kind", "tyyppi": "kind", "nimi": "title", "nimi ruotsiksi": "title_sv",
        "nimi englanniksi": "title_en", "mitä se tekee": "summary", "kuvaus": "summary",
        "kuvaus ruotsiksi": "summary_sv", "kuvaus englanniksi": "summary_en",
        "miten sitä käytetään": "description", "tilanteet": "tasks", "tehtävät": "tasks",
        "teemat": "themes", "maakunnat": "regions", "alueet": "regions",
        "koko maa": "nationwide", "etänä": "remote", "häiriön aikana": "in_disruption",
        "toimii häiriössä": "in_disruption", "järjestöille": "for_associations",
        "ehdot järjestöille": "association_terms", "ehdot muille": "other_terms",
        "käyttöönotto": "delivery", "missä käytetty": "references", "kielet": "languages",
        "valmiusaste": "trl", "linkki": "link", "lähde": "source", "lähde sanoin": "source_note",
        "lähteen päivä": "source_date", "näkyvyys": "visibility",
    },
    fields={
        "title_fi": ("title",), "summary_fi": ("summary",), "is_nationwide": ("nationwide",),
        "is_remote": ("remote",), "sourced_on": ("source_date",),
    },
)  # fmt: skip


def import_capabilities(
    data: bytes, *, by: User | None, cluster: Cluster | None, dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Report:  # fmt: skip
    """The file whole or not at all; a row is known by its external id in the home cluster."""
    if cluster is None or not (by is None or _coordinates(by, cluster)):
        return Report(dry_run=dry_run, faults=[Fault(_("Name a cluster that you coordinate."))])
    last, members = remembered.LastImport.of(Capability), _members_of(cluster)

    def take(cells: Cells) -> Taken | None:
        return _take(cells, last, members, by=by, cluster=cluster)

    return imports.run(data, COLUMNS, take, dry_run=dry_run, progress=progress)


def _members_of(cluster: Cluster) -> Any:
    current = CurrentMember.objects.filter(cluster=cluster)
    return Organisation.objects.standing().filter(pk__in=current.values("organisation"))


def _take(
    cells: Cells, last: remembered.LastImport, members: Any, *, by: User | None, cluster: Cluster
) -> Taken | None:
    values, links = _values(cells), _links(cells)
    owner = _owner(cells, members)
    if cells.faults or owner is None:
        return None
    key = {"home_cluster": cluster, "external_id": cells.text("external_id", max_length=80)}
    row = Capability.objects.filter(**key).select_for_update(of=("self",)).first()
    is_new = row is None
    row = row or Capability(
        **key, slug=free_slug(values["title_fi"]), stage=Stage.UNCONFIRMED, entered_by=by,
        source=Source.IMPORT,
    )  # fmt: skip
    values["organisation"] = owner
    if not is_new and row.organisation_id != owner.pk and row.stage != Stage.UNCONFIRMED:
        text = _("What one organisation has confirmed never becomes another’s.")
        cells.fault("organisation", text)
        return None
    if not is_new:
        values = last.news(cells, row.pk, values, COLUMNS.fields)
    changes = imports.assign(row, values)
    row.full_clean(exclude=["search"])
    if is_new or changes:
        row.save()
    news = {
        name: terms
        for name, (columns, terms) in links.items()
        if is_new or any(last.is_news(cells, row.pk, column) for column in columns)
    }
    changes += tuple(set_links(row, **news))
    remembered.keep({row: cells.plain()})
    if not changes:
        return Taken(row, Outcome.UNCHANGED)
    search.reindex(row)
    audit.record(row, "imported", by=by)
    return Taken(row, Outcome.CREATED if is_new else Outcome.CHANGED, () if is_new else changes)


def _owner(cells: Cells, members: Any) -> Organisation | None:
    name = cells.text("organisation", max_length=200, required=True)
    found = find_organisation(name, members) if name else None
    if name and found is None:
        words = {"name": name}
        cells.fault("organisation", _("“%(name)s” is no member of the cluster.") % words)
    return found


def _links(cells: Cells) -> dict[str, tuple[tuple[str, ...], list[Any]]]:
    """By the model's name: the columns that it comes from, and the terms."""
    links: dict[str, tuple[tuple[str, ...], list[Any]]] = {}
    if "tasks" in cells or "themes" in cells:
        tasks = cells.terms("tasks", Scheme.SECURITY_TASK)
        themes = cells.terms("themes", *(each for each in THEMES if each != Scheme.SECURITY_TASK))
        links["terms"] = (("tasks", "themes"), [*tasks, *themes])
    if "regions" in cells:
        links["regions"] = (("regions",), cells.terms("regions", Scheme.REGION))
    return links


def _values(cells: Cells) -> dict[str, Any]:
    """Only what the file has columns for, so that a shorter file clears nothing."""
    cells.refuse_marked(*TEXTS, *PROSE)
    readers = [(name, cells.text, size) for name, size in TEXTS.items()]
    readers += [(name, cells.prose, size) for name, size in PROSE.items()]
    values: dict[str, Any] = {
        name: read(name, max_length=size, required=name in REQUIRED)
        for name, read, size in readers if name in cells
    }  # fmt: skip
    values |= {"title_fi": values.pop("title"), "summary_fi": values.pop("summary")}
    values["kind"] = cells.choice("kind", Kind, required=True)
    _chosen(cells, values)
    if "languages" in cells:
        values["languages"] = cells.choices("languages", ServiceLanguage)
    for column, name in (("nationwide", "is_nationwide"), ("remote", "is_remote")):
        if column in cells:
            values[name] = cells.yes_no(column)
    if cells.raw("trl").strip():
        values["trl"] = cells.whole("trl", low=1, high=9, default=1)
    if "link" in cells:
        values["link"] = cells.url("link", max_length=500)
    if "source_date" in cells:
        values["sourced_on"] = cells.day("source_date") or timezone.localdate()
    return values


def _chosen(cells: Cells, values: dict[str, Any]) -> None:
    """Choices, where the cell says something."""
    choices: tuple[tuple[str, Any], ...] = (
        ("in_disruption", Holds), ("for_associations", ForAssociations), ("source", Source),
        ("visibility", Visibility),
    )  # fmt: skip
    for name, known in choices:
        if cells.raw(name).strip():
            values[name] = cells.choice(name, known)


def _coordinates(user: User, cluster: Cluster) -> bool:
    known = audience(user)
    return known.is_admin or cluster.pk in known.coordinates
