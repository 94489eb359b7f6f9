"""Funding calls from a file: `import_calls` and the admin's import are this code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cluster_portal.core import audit, imports, search
from cluster_portal.core.facets import MAX_LENGTH
from cluster_portal.core.imports import Columns, Outcome, Report, Taken, remembered
from cluster_portal.core.imports.spreadsheets import Fault
from cluster_portal.core.text.web_addresses import free_slug
from cluster_portal.core.visibility import Visibility, audience
from cluster_portal.core.vocabulary import Scheme
from members.models.kinds import Sector
from projects.budget import CostModel
from projects.models import FundingCall
from projects.models.projects import Instrument
from projects.services.arrivals import content_came
from projects.services.calls import tell_changes

if TYPE_CHECKING:
    from collections.abc import Callable

    from cluster_portal.core.imports.cells import Cells
    from members.models import Cluster, User

SCHEMES = [each for each in Scheme.values if each not in {Scheme.EDUCATION_FIELD, Scheme.TRL}]
TEXTS = {"title": 200, "title_sv": 200, "title_en": 200, "funder": MAX_LENGTH, "source": 200}
PROSE = {"summary": 600, "summary_sv": 600, "summary_en": 600, "eligibility": 2000}
REQUIRED = (
    "external_id", "title", "summary", "funder", "instrument", "opens", "link", "source", "checked",
)  # fmt: skip
COLUMNS = Columns(
    known=(
        *REQUIRED, "title_sv", "title_en", "summary_sv", "summary_en", "closes", "applicants",
        "eligibility", "cost_models", "terms", "visibility",
    ),
    required=REQUIRED,
    headings={
        "tunniste": "external_id", "tunniste tuonnissa": "external_id", "nimi": "title",
        "otsikko": "title", "otsikko suomeksi": "title", "otsikko ruotsiksi": "title_sv",
        "otsikko englanniksi": "title_en", "nimi suomeksi": "title", "nimi ruotsiksi": "title_sv",
        "nimi englanniksi": "title_en", "kuvaus": "summary", "tiivistelmä": "summary",
        "tiivistelmä suomeksi": "summary", "tiivistelmä ruotsiksi": "summary_sv",
        "tiivistelmä englanniksi": "summary_en", "kuvaus suomeksi": "summary",
        "kuvaus ruotsiksi": "summary_sv", "kuvaus englanniksi": "summary_en",
        "rahoittaja": "funder", "väline": "instrument", "rahoitusväline": "instrument",
        "avautuu": "opens", "haku alkaa": "opens", "haku avautuu": "opens", "sulkeutuu": "closes",
        "haku päättyy": "closes", "haku sulkeutuu": "closes", "linkki": "link",
        "linkki hakuun": "link", "hakijat": "applicants", "kuka voi hakea": "applicants",
        "ehdot": "eligibility", "ehdot hakijalle": "eligibility",
        "kustannusmallit": "cost_models", "lähde": "source", "tarkistettu": "checked",
        "teemat": "terms", "teemat ja alueet": "terms", "näkyvyys": "visibility",
    },
    fields={
        "title_fi": ("title",), "summary_fi": ("summary",), "opens_at": ("opens",),
        "closes_at": ("closes",), "checked_on": ("checked",),
    },
)  # fmt: skip


def import_calls(
    data: bytes, *, by: User | None, cluster: Cluster | None, dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Report:  # fmt: skip
    """The file whole or not at all; a call is known by its external id in the home cluster."""
    if cluster is None or not (by is None or _coordinates(by, cluster)):
        return Report(dry_run=dry_run, faults=[Fault(_("Name a cluster that you coordinate."))])
    last = remembered.LastImport.of(FundingCall)

    def take(cells: Cells) -> Taken | None:
        return _take(cells, last, by=by, cluster=cluster)

    return imports.run(data, COLUMNS, take, dry_run=dry_run, progress=progress)


def _take(
    cells: Cells, last: remembered.LastImport, *, by: User | None, cluster: Cluster
) -> Taken | None:
    values, terms = _values(cells), cells.terms("terms", *SCHEMES)
    if cells.faults:
        return None
    key = {"home_cluster": cluster, "external_id": cells.text("external_id", max_length=80)}
    call = FundingCall.objects.filter(**key).select_for_update(of=("self",)).first()
    is_new, before = call is None, call.visibility if call else ""
    call = call or FundingCall(**key, slug=free_slug(FundingCall, values["title_fi"]))
    if not is_new:
        values = last.news(cells, call.pk, values, COLUMNS.fields)
    changes = imports.assign(call, values)
    call.full_clean(exclude=["search"])
    if is_new:
        _remark_twin(cells, call)
    if is_new or changes:
        call.save()
    if "terms" in cells and (is_new or last.is_news(cells, call.pk, "terms")):
        changes += () if set(call.terms.all()) == set(terms) else ("terms",)
        call.terms.set(terms)
    remembered.keep({call: cells.plain()})
    if not changes:
        return Taken(call, Outcome.UNCHANGED)
    search.reindex(call)
    entry = audit.record(call, "imported", by=by)
    content_came(call, before=before)
    if not is_new:
        tell_changes(call, changes, key=str(entry.pk), by=by)
    return Taken(call, Outcome.CREATED if is_new else Outcome.CHANGED, () if is_new else changes)


def _remark_twin(cells: Cells, call: FundingCall) -> None:
    """The row is taken; the preview names what may be the same under another identifier."""
    same = Q(title_fi__iexact=call.title_fi) | Q(link=call.link)
    known = FundingCall.objects.filter(same, home_cluster=call.home_cluster)
    twin = known.filter(closes_at=call.closes_at).order_by("pk").first()
    if twin is not None:
        cells.remark(
            "title",
            _("Perhaps here already: “%(call)s” closes at the same moment.")
            % {"call": twin.title_fi},
        )


def _values(cells: Cells) -> dict[str, Any]:
    """Only what the file has columns for, so that a shorter file clears nothing."""
    cells.refuse_marked(*TEXTS, *PROSE)
    for column in ("link", "checked"):
        cells.text(column, max_length=500, required=True)
    columns = [(name, cells.text, size) for name, size in TEXTS.items()]
    columns += [(name, cells.prose, size) for name, size in PROSE.items()]
    values: dict[str, Any] = {
        name: read(name, max_length=size, required=name in REQUIRED)
        for name, read, size in columns if name in cells
    }  # fmt: skip
    values |= {
        "title_fi": values.pop("title"), "summary_fi": values.pop("summary"),
        "instrument": cells.choice("instrument", Instrument, required=True),
        "opens_at": cells.moment("opens", required=True),
        "link": cells.url("link", max_length=500), "checked_on": cells.day("checked"),
    }  # fmt: skip
    if "closes" in cells:
        values["closes_at"] = cells.moment("closes", is_end=True)
    for column, choices in (("applicants", Sector), ("cost_models", CostModel)):
        if column in cells:
            values[column] = cells.choices(column, choices)
    if cells.raw("visibility").strip():
        values["visibility"] = cells.choice("visibility", Visibility)
    return values


def _coordinates(user: User, cluster: Cluster) -> bool:
    known = audience(user)
    return known.is_admin or cluster.pk in known.coordinates
