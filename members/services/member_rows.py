"""The rows of a member list: what the cells of one person say, before anything is looked up."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core.imports import Columns
from cluster_portal.core.text import cleaning
from members.models.kinds import Kind
from members.models.organisations import clean_business_id
from members.services.row_people import OF_CONTACT, person_of

if TYPE_CHECKING:
    from cluster_portal.core.imports.cells import Cells
    from members.services.named_people import Named

OF_ORGANISATION = ("organisation", "business_id", "kind", "municipality", "website")
OF_MEMBERSHIP = ("member_since", "member_until", "agreement_on")
OF_PERSON = ("person", "email", "role", "title", "language", "phone")
SHOWN = (*OF_ORGANISATION, *OF_MEMBERSHIP, *OF_PERSON)
COLUMNS = Columns(
    known=(*SHOWN, *OF_CONTACT, "first_name", "last_name"),
    required=("organisation",),
    key="",
    headings={
        "organisaatio": "organisation", "organisaation nimi": "organisation",
        "jäsenorganisaatio": "organisation", "y-tunnus": "business_id",
        "ytunnus": "business_id", "tyyppi": "kind", "organisaatiotyyppi": "kind", "laji": "kind",
        "kunta": "municipality", "kotipaikka": "municipality", "paikkakunta": "municipality",
        "verkkosivut": "website", "verkkosivu": "website", "verkkosivusto": "website",
        "www": "website", "kotisivu": "website", "kotisivut": "website",
        "liittynyt": "member_since", "jäsen alkaen": "member_since",
        "liittymispäivä": "member_since", "jäsenyys alkaen": "member_since",
        "jäsenyys alkoi": "member_since", "jäsenyys alkanut": "member_since",
        "jäsenyyden alku": "member_since", "liittyi": "member_since",
        "alkaen": "member_since", "jäsen vuodesta": "member_since",
        "liittymisvuosi": "member_since",
        "päättynyt": "member_until", "jäsen asti": "member_until",
        "jäsenyys päättyy": "member_until", "jäsenyys päättyi": "member_until",
        "jäsenyyden loppu": "member_until", "eronnut": "member_until", "sopimus": "agreement_on",
        "sopimuspäivä": "agreement_on", "sopimus allekirjoitettu": "agreement_on",
        "nimi": "person", "henkilön nimi": "person", "henkilö": "person",
        "yhteyshenkilö": "contact", "yhteyshenkilön nimi": "contact", "yhdyshenkilö": "contact",
        "etunimi": "first_name", "sukunimi": "last_name",
        "sähköposti": "email", "sähköpostiosoite": "email", "email": "email",
        "s-posti": "email", "e-mail": "email", "rooli": "role", "tehtävä": "title",
        "yhteyshenkilön sähköposti": "contact_email",
        "yhteyshenkilön sähköpostiosoite": "contact_email",
        "tehtävänimike": "title", "titteli": "title", "kieli": "language",
        "puhelin": "phone", "puhelinnumero": "phone", "puh": "phone", "puh.": "phone",
        "yhteyshenkilön puhelin": "contact_phone",
        "yhteyshenkilön puhelinnumero": "contact_phone",
    },
)  # fmt: skip
PRIVATE = {"yksityishenkilö", "henkilöjäsen", "henkilö", "private person", "person", "privatperson"}
KINDS = {
    "yritys": Kind.COMPANY, "oy": Kind.COMPANY, "järjestö": Kind.ASSOCIATION,
    "yhdistys": Kind.ASSOCIATION, "säätiö": Kind.ASSOCIATION, "kunta": Kind.MUNICIPALITY,
    "kaupunki": Kind.MUNICIPALITY, "viranomainen": Kind.STATE, "valtio": Kind.STATE,
    "oppilaitos": Kind.VOCATIONAL, "korkeakoulu": Kind.UNIVERSITY, "amk": Kind.UAS,
    "tutkimuslaitos": Kind.RESEARCH, "kuntayhtymä": Kind.JOINT_MUNICIPAL,
}  # fmt: skip
MONTHS = (
    "tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka",
    "marras", "joulu",
)  # fmt: skip
_SHORT_YEAR = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d\d)", re.ASCII)
_MONTH = re.compile(r"(\d{1,2})[/.]\s?(\d{4})", re.ASCII)
_NAMED_MONTH = re.compile(r"(?:(\d{1,2})\.\s+)?(\w+?)kuu(?:ta|n|ssa)?\s+(\d{4})")
_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)
_UNITS = r"(?:kpl|jäsentä|organisaatiota|henkilöä|€|eur)?\.?"
_SUM = re.compile(rf"(?:kaikki )?(?:yhteensä|summa|total)[\s:=\d.,]*{_UNITS}", re.IGNORECASE)
_NUMBER = re.compile(rf"\d[\d\s]*(?:[.,]\d+)?\s*{_UNITS}", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """What a row says; `facts` and `days` hold the columns that the file has."""

    organisation: str
    is_private: bool
    facts: dict[str, Any]
    days: dict[str, datetime.date | None]
    person: Named | None


def is_sum(cells: Cells) -> bool:
    """Whether the row ends a list (*Yhteensä 60*): beside its word stand only numbers."""
    filled = [text.strip() for text in cells.row if text.strip()]
    is_total = bool(filled) and _SUM.fullmatch(filled[0]) is not None
    return is_total and all(_NUMBER.fullmatch(text) for text in filled[1:])


def read(cells: Cells) -> Row:
    name = cells.text("organisation", max_length=200)
    cells.refuse_marked(*COLUMNS.known)
    kind = cleaning.one_line(cells.raw("kind")).casefold()
    facts = _facts(cells, "" if kind in PRIVATE else kind)
    days = {column: _day(cells, column) for column in OF_MEMBERSHIP if column in cells}
    has_days = any(cells.raw(column) for column in OF_MEMBERSHIP)
    return Row(
        organisation=name, is_private=not name and (kind in PRIVATE or has_days), facts=facts,
        days=days, person=person_of(cells),
    )  # fmt: skip


def _facts(cells: Cells, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "business_id" in cells:
        found["business_id"] = business_id(cells)
    if "kind" in cells:
        found["kind"] = KINDS.get(kind) or (cells.choice("kind", Kind) if kind else "")
    if "municipality" in cells:
        found["municipality"] = cells.text("municipality", max_length=80)
        found["region"] = cells.region("municipality") if cells.raw("municipality") else None
    if "website" in cells:
        found["website"] = cells.url("website")
    return found


def business_id(cells: Cells) -> str:
    text = cells.text("business_id", max_length=20)
    try:
        return clean_business_id(text) if text else ""
    except ValidationError as error:
        cells.fault("business_id", error.messages[0])
        return ""


def _day(cells: Cells, column: str) -> datetime.date | None:
    """A day as Finns write it; a bare month or year is its first day, and a remark says so."""
    parts = _parts(cells.raw(column).strip())
    if parts is None:
        return cells.day(column)
    day, month, year = parts
    made = _made(cells, column, day or 1, month or 1, year)
    return made if day else _rough(cells, column, made)


def _parts(text: str) -> tuple[int, int, int] | None:
    """Day, month and year of what is no whole date; 0 where it names none."""
    if found := _SHORT_YEAR.fullmatch(text):
        return int(found[1]), int(found[2]), 2000 + int(found[3])
    named = _NAMED_MONTH.fullmatch(text.casefold())
    if named and named[2] in MONTHS:
        return int(named[1] or 0), MONTHS.index(named[2]) + 1, int(named[3])
    if found := _MONTH.fullmatch(text):
        return 0, int(found[1]), int(found[2])
    return (0, 0, int(text)) if _YEAR.fullmatch(text) else None


def _made(
    cells: Cells, column: str, day: int, month: int, year: int
) -> datetime.date | None:  # fmt: skip
    try:
        return datetime.date(year, month, day)
    except ValueError:
        shown = {"value": cells.raw(column)[:40]}
        cells.fault(column, _("“%(value)s” is not a day such as 31.3.2027.") % shown)
        return None


def _rough(cells: Cells, column: str, made: datetime.date | None) -> datetime.date | None:
    if made:
        words = {"value": cells.raw(column)[:40], "day": date_format(made, "SHORT_DATE_FORMAT")}
        cells.remark(column, _("“%(value)s” is recorded as %(day)s.") % words)
    return made


def since_of(cells: Cells, row: Row) -> datetime.date:
    """Where the list does not tell it: the day of the agreement, else today."""
    told = row.days.get("member_since")
    if told:
        return told
    since = row.days.get("agreement_on") or timezone.localdate()
    words = {"day": date_format(since, "SHORT_DATE_FORMAT")}
    cells.remark("member_since", _("There is no day of joining: recorded as %(day)s.") % words)
    return since
