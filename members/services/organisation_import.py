"""Organisations from a file: `import_organisations` and the admin's import are this code.

A row is matched by Business ID, external id, then any present or former name in normal form. Where
a name fits but something speaks against it, the importer decides.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, imports, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.imports import Columns, Outcome, Question, Report, Taken, remembered
from cluster_portal.core.text.addresses import clean_domain
from cluster_portal.core.visibility import audience
from members.models import Cluster, Organisation
from members.models.kinds import Kind, proposed_kind
from members.models.names import normal_name
from members.models.organisations import clean_business_id
from members.models.profiles import Activity, WorkingLanguage
from members.services import import_matches
from members.services.arrivals import organisations_came
from members.services.import_matches import OTHER, SKIP, Known, is_surely
from members.services.organisations import OWNED_SHOW, FreeSlugs, lock_identity, reindex_owned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cluster_portal.core.imports.cells import Cells
    from cluster_portal.core.vocabulary import Term
    from members.models import User

COLUMNS = Columns(
    known=(
        "external_id", "name", "name_sv", "name_en", "kind", "business_id", "region",
        "municipality", "website", "email_domain", "description", "terms", "short_name",
        "former_names", "summary", "languages", "activities",
    ),
    required=("external_id", "name"),
    headings={
        "tunniste": "external_id", "nimi": "name", "organisaatio": "name",
        "nimi ruotsiksi": "name_sv", "nimi englanniksi": "name_en", "laji": "kind",
        "tyyppi": "kind", "y-tunnus": "business_id", "ytunnus": "business_id",
        "maakunta": "region", "kunta": "municipality", "kotipaikka": "municipality",
        "verkkosivut": "website", "verkkosivu": "website", "verkkosivusto": "website",
        "sähköpostin verkkotunnus": "email_domain", "verkkotunnus": "email_domain",
        "lyhenne": "short_name", "lyhyt nimi": "short_name", "entiset nimet": "former_names",
        "aiemmat nimet": "former_names", "kuvaus": "description", "teemat": "terms",
        "asiasanat": "terms", "tiivistelmä": "summary", "kielet": "languages",
        "työkielet": "languages", "toiminta": "activities", "toiminnat": "activities",
    },
    fields={"email_domains": ("email_domain",), "region": ("region", "municipality")},
)  # fmt: skip


ALL = "*"  # the key of a decision on all that have none of their own
CHUNK = 500
# Objects that the import itself has looked up; checking each asks the database again.
POINTERS = ("region", "introduced_by", "parent", "successor", "brought_by")


def import_organisations(
    data: bytes,
    *,
    by: User | None,
    cluster: Cluster | None = None,
    dry_run: bool = False,
    decisions: dict[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Takes the file whole or not at all; what the importer does not manage is refused.

    New organisations become profiles that their organisation may claim, brought in by `cluster`
    (a coordinator's only cluster when none is named). `decisions` answer the report's questions by
    their keys. Nothing is locked before the rows are written.
    """
    intake = _Intake(by, cluster or _own_cluster(by), decisions or {}, is_dry=dry_run)
    report = imports.run(
        data,
        COLUMNS,
        intake.take,
        dry_run=dry_run,
        whole=imports.Whole(intake.write),
        progress=progress,
    )
    report.questions = intake.questions
    return report


def _own_cluster(by: User | None) -> Cluster | None:
    coordinated = audience(by).coordinates if by else frozenset()
    return Cluster.objects.get(pk=min(coordinated)) if len(coordinated) == 1 else None


class _LeftOut(Exception):
    """The importer leaves the row out."""


class _Intake:
    """One run over a file."""

    def __init__(
        self, by: User | None, cluster: Cluster | None, decisions: dict[str, str], *, is_dry: bool
    ) -> None:
        self.by, self.cluster, self.decisions, self.is_dry = by, cluster, decisions, is_dry
        self.questions: list[Question] = []
        self.last = remembered.LastImport.of(Organisation)
        self._by_external_id: dict[str, Known] = {}
        self._by_business_id: dict[str, list[Known]] = defaultdict(list)
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        self.state = identity_state()
        for known, keys in import_matches.stored(by):
            self._note(known, keys)

    def _note(self, known: Known, keys: Iterable[str]) -> None:
        if known.external_id:
            self._by_external_id[known.external_id] = known
        if known.business_id:
            self._by_business_id[known.business_id].append(known)
        for key in keys:
            self._by_name[key].append(known)

    def take(self, cells: Cells) -> Taken | None:
        values = _values(cells)
        terms = cells.terms("terms") if "terms" in cells else None
        cells.refuse_marked("name", "name_sv", "name_en", "summary", "description")
        if cells.faults:
            return None
        try:
            known = self._match(cells, values)
        except _LeftOut:
            return None
        return None if cells.faults else self._taken(cells, known, values, terms)

    def _taken(
        self,
        cells: Cells,
        known: Known | None,
        values: dict[str, Any],
        terms: list[Term] | None,
    ) -> Taken:
        if known is None:
            return self._create(cells, values, terms or [])
        if not known.is_managed:
            raise Refused(_("This organisation belongs to another cluster: you cannot change it."))
        return self._change(cells, _stored(known), values, terms)

    def _match(self, cells: Cells, values: dict[str, Any]) -> Known | None:
        """The organisation that the row means; None for a new one. Asks where it is not sure."""
        external_id, business_id = values["external_id"], values.get("business_id", "")
        if external_id in self._by_external_id:
            return self._by_external_id[external_id]
        same_id = self._by_business_id.get(business_id, []) if business_id else []
        keys = _keys(values)
        same_name = {id(k): k for key in keys for k in self._by_name.get(key, [])}
        candidates = list({id(k): k for k in [*same_id, *same_name.values()]}.values())
        if not candidates:
            return None
        kind = proposed_kind(values["name"])
        sure = [
            k for k in candidates
            if is_surely(k, business_id, kind, in_name=id(k) in same_name)
        ]  # fmt: skip
        if len(candidates) == 1 and sure:
            return sure[0]
        return self._decided(cells, external_id, candidates)

    def _decided(self, cells: Cells, key: str, candidates: list[Known]) -> Known | None:
        decision = self.decisions.get(key) or self.decisions.get(ALL, "")
        if decision == SKIP:
            raise _LeftOut
        if decision == OTHER:
            return None
        choosable = import_matches.choosable(candidates)
        if decision in choosable:
            return choosable[decision]
        question = import_matches.question(cells.number, key, candidates)
        self.questions.append(question)
        cells.fault("name", question.text)
        return None

    def _create(self, cells: Cells, values: dict[str, Any], terms: list[Term]) -> Taken:
        known = audience(self.by) if self.by else None
        home = self.cluster
        if known and not known.is_admin and (home is None or home.pk not in known.coordinates):
            raise Refused(
                _("Name the cluster that brings the organisation in: one that you coordinate.")
            )
        made = Organisation(is_shadow=True, introduced_by=home, **_with_kind(cells, values))
        check_facts(made)
        keys = made.normal_names()
        row = Known(None, made.name, made.external_id, made.business_id, cells.number)
        self._note(row, keys)
        return Taken(made, Outcome.CREATED, (), self._detail(cells, made, terms))

    def _change(
        self, cells: Cells, found: Organisation, values: dict[str, Any], terms: list[Term] | None
    ) -> Taken:
        fresh = self.last.news(cells, found.pk, values, COLUMNS.fields)
        if not fresh.get("kind", True):
            del fresh["kind"]
        changes = imports.assign(found, fresh)
        has_terms = terms is not None and self.last.is_news(cells, found.pk, "terms")
        if has_terms and set(found.terms.all()) != set(terms or []):
            changes = (*changes, "terms")
        if changes:
            check_facts(found)
        wanted = terms if "terms" in changes else None
        outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
        return Taken(found, outcome, changes, self._detail(cells, found, wanted))

    def _detail(self, cells: Cells, obj: Organisation, terms: list[Term] | None) -> Detail:
        """The vector is made now, so that it is not made under the lock."""
        vector = None
        if not self.is_dry:
            shown = terms if terms is not None else list(obj.terms.all())
            vector = search.vector(obj.search_parts(shown))
        return Detail(terms, vector, cells.plain())

    def write(self, taken: list[Taken]) -> None:
        """All rows at once, behind the lock of whoever matches or makes organisations."""
        lock_identity()
        if identity_state() != self.state:
            raise Refused(
                _("Somebody else has changed organisations meanwhile. Start the import again.")
            )
        made = [each for each in taken if each.outcome == Outcome.CREATED]
        changed = [each for each in taken if each.outcome == Outcome.CHANGED]
        write_new(made)
        write_changed(changed)
        written = [*made, *changed]
        for start in range(0, len(written), CHUNK):
            part = written[start : start + CHUNK]
            search.store([each.obj for each in part], [each.detail.vector for each in part])
        reindex_owned(each.obj for each in changed if not OWNED_SHOW.isdisjoint(each.changes))
        organisations_came([each.obj for each in written])
        acts: dict[Any, dict[str, object]] = {
            each.obj: {"fields": list(each.changes)} for each in written
        }
        audit.record_many(acts, "organisation imported", by=self.by)
        remembered.keep({each.obj: each.detail.cells for each in taken})


def _stored(known: Known) -> Organisation:
    return Organisation.objects.select_related("region").get(pk=known.pk or 0)


@dataclass(frozen=True)
class Detail:
    terms: list[Term] | None
    vector: Any
    cells: dict[str, str]


def identity_state() -> tuple[int, Any]:
    """Changes whenever an organisation is made, changed or removed."""
    return tuple(Organisation.objects.aggregate(Count("pk"), Max("updated_at")).values())


def write_new(made: list[Taken]) -> None:
    """Organisations and their terms (`Detail`), with addresses of their own."""
    slugs = FreeSlugs()
    for each in made:
        each.obj.slug = slugs.take(each.obj.name)
        each.obj.prepare()
    Organisation.objects.bulk_create([each.obj for each in made], batch_size=CHUNK)
    _link([(each.obj, each.detail.terms) for each in made])


def write_changed(changed: list[Taken]) -> None:
    now = timezone.now()
    for each in changed:
        each.obj.updated_at = now
        each.obj.prepare()
    fields = {name for each in changed for name in each.changes} - {"terms"}
    Organisation.objects.bulk_update(
        [each.obj for each in changed], [*fields, "sector", "name_keys", "updated_at"],
        batch_size=CHUNK,
    )  # fmt: skip
    relinked = [(each.obj, each.detail.terms) for each in changed if each.detail.terms is not None]
    Organisation.terms.through.objects.filter(
        organisation__in=[obj.pk for obj, _terms in relinked]
    ).delete()
    _link(relinked)


def _link(pairs: list[tuple[Organisation, list[Term] | None]]) -> None:
    through = Organisation.terms.through
    through.objects.bulk_create(
        [through(organisation=obj, term=term) for obj, terms in pairs for term in terms or []],
        batch_size=CHUNK,
    )


def check_facts(organisation: Organisation) -> None:
    """What the database does not check by itself; its constraints have the last word."""
    organisation.clean_fields(exclude=["slug", "sector", "name_keys", *POINTERS])
    organisation.clean()


def _with_kind(cells: Cells, values: dict[str, Any]) -> dict[str, Any]:
    """The kind that the name tells where the cell is empty, marked as proposed."""
    if values["kind"]:
        return values
    found = proposed_kind(values["name"])
    if found is None:
        cells.remark("kind", _("The name does not tell the kind of organisation. Set it by hand."))
    return {**values, "kind": found or Kind.OTHER, "kind_is_proposed": True}


def _keys(values: dict[str, Any]) -> set[str]:
    names = (values.get(name, "") for name in ("name", "name_sv", "name_en"))
    return {normal_name(name) for name in names} - {""}


def _values(cells: Cells) -> dict[str, Any]:
    """Only what the file has columns for, so that a shorter file clears nothing."""
    values: dict[str, Any] = {
        "external_id": cells.text("external_id", max_length=80, required=True),
        "name": cells.text("name", max_length=200, required=True),
        "kind": cells.choice("kind", Kind),
    }
    readers: dict[str, Any] = {
        "name_sv": partial(cells.text, max_length=200),
        "name_en": partial(cells.text, max_length=200),
        "short_name": partial(cells.text, max_length=40),
        "municipality": partial(cells.text, max_length=80),
        "summary": partial(cells.text, max_length=160),
        "description": partial(cells.prose, max_length=10_000),
        "languages": partial(cells.choices, choices=WorkingLanguage),
        "activities": partial(cells.choices, choices=Activity),
        "website": cells.url,
    }
    values |= {name: read(name) for name, read in readers.items() if name in cells}
    if "business_id" in cells:
        values["business_id"] = _business_id(cells)
    if cells.raw("region"):
        values["region"] = cells.term("region", "region")
    elif "municipality" in cells:
        values["region"] = cells.region("municipality")
    if "former_names" in cells:
        values["former_names"] = cells.items("former_names")
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
