"""The rows of a member list: what the cells of one person say, before anything is looked up."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core.imports import Columns
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.addresses import normal_address
from members.models.affiliations import Role
from members.models.kinds import Kind
from members.models.organisations import clean_business_id
from members.services.named_people import Named

if TYPE_CHECKING:
    from cluster_portal.core.imports.cells import Cells

OF_ORGANISATION = ("organisation", "business_id", "kind", "municipality", "website")
OF_MEMBERSHIP = ("member_since", "member_until", "agreement_on")
OF_PERSON = ("person", "email", "role", "title", "language", "phone")
SHOWN = (*OF_ORGANISATION, *OF_MEMBERSHIP, *OF_PERSON)
# Who it is where the list has no column of names: the contact person, or the name in two columns.
NAMES = ("person", "contact", "first_name", "last_name")
COLUMNS = Columns(
    known=(*SHOWN, *NAMES[1:]),
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
        "jäsenyyden alku": "member_since", "jäsen vuodesta": "member_since",
        "liittymisvuosi": "member_since", "liittyi": "member_since", "alkaen": "member_since",
        "päättynyt": "member_until", "jäsen asti": "member_until",
        "jäsenyys päättyy": "member_until", "jäsenyys päättyi": "member_until",
        "jäsenyyden loppu": "member_until", "eronnut": "member_until", "sopimus": "agreement_on",
        "sopimuspäivä": "agreement_on", "sopimus allekirjoitettu": "agreement_on",
        "nimi": "person", "henkilön nimi": "person", "henkilö": "person",
        "yhteyshenkilö": "contact", "yhteyshenkilön nimi": "contact", "yhdyshenkilö": "contact",
        "etunimi": "first_name", "sukunimi": "last_name",
        "sähköposti": "email", "sähköpostiosoite": "email", "email": "email",
        "s-posti": "email", "e-mail": "email", "rooli": "role", "tehtävä": "title",
        "yhteyshenkilön sähköposti": "email", "yhteyshenkilön sähköpostiosoite": "email",
        "tehtävänimike": "title", "titteli": "title", "kieli": "language",
        "puhelin": "phone", "puhelinnumero": "phone", "puh": "phone", "puh.": "phone",
        "yhteyshenkilön puhelin": "phone", "yhteyshenkilön puhelinnumero": "phone",
    },
)  # fmt: skip
# The words of a cell, without case; the first of several roles in a cell counts by this order.
ROLES = {
    Role.CONTACT: ("contact", "contact person", "yhteyshenkilö", "kontaktperson"),
    Role.REPRESENTATIVE: ("representative", "edustaja", "representant", "företrädare"),
    Role.DEPUTY: ("deputy", "deputy representative", "varaedustaja", "varajäsen", "ersättare"),
    Role.MEMBER: ("colleague", "member", "henkilö", "jäsen", "kollega", "medlem"),
}
LANGUAGES = {
    "fi": ("fi", "fi-fi", "suomi", "finska", "finnish"),
    "sv": ("sv", "sv-fi", "sv-se", "ruotsi", "svenska", "swedish"),
    "en": ("en", "en-gb", "englanti", "engelska", "english"),
}
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
_WITH_ADDRESS = re.compile(r"([^<>]+)<\s*([^<>\s]+@[^<>\s]+)\s*>")
_SUM = re.compile(r"(?:kaikki )?(?:yhteensä|summa|total)\b.*", re.IGNORECASE)
_PHONE = re.compile(r"[\d\s()+./-]{3,40}")


@dataclass(frozen=True)
class Row:
    """What a row says; `facts` and `days` hold the columns that the file has."""

    organisation: str
    is_private: bool
    facts: dict[str, Any]
    days: dict[str, datetime.date | None]
    person: Named | None


def is_sum(cells: Cells) -> bool:
    """Whether the row ends a list (*Yhteensä 60*) and is no member."""
    texts = [cells.raw(column).strip() for column in COLUMNS.known]
    filled = [text for text in texts if text]
    return len(filled) == 1 and _SUM.fullmatch(filled[0]) is not None


def read(cells: Cells) -> Row:
    name = cells.text("organisation", max_length=200)
    cells.refuse_marked(*COLUMNS.known)
    kind = cleaning.one_line(cells.raw("kind")).casefold()
    facts = _facts(cells, "" if kind in PRIVATE else kind)
    days = {column: _day(cells, column) for column in OF_MEMBERSHIP if column in cells}
    has_days = any(cells.raw(column) for column in OF_MEMBERSHIP)
    return Row(
        organisation=name, is_private=not name and (kind in PRIVATE or has_days), facts=facts,
        days=days, person=_person(cells),
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


def _person(cells: Cells) -> Named | None:
    """Without an address nobody can be invited; an address needs a name."""
    name, address = _name(cells)
    if not name:
        if any(cells.raw(column) for column in ("email", "title", "phone")):
            cells.fault(name_column(cells), _("Write the name of the person."))
        return None
    try:
        cleaning.refuse_links(name)
    except ValidationError as error:
        cells.fault(name_column(cells), error.messages[0])
    return Named(
        name=name, email=_email(cells, address), role=_role(cells),
        title=cells.text("title", max_length=150), language=_language(cells), phone=_phone(cells),
    )  # fmt: skip


def name_column(cells: Cells) -> str:
    return next((column for column in NAMES if column in cells), NAMES[0])


def _name(cells: Cells) -> tuple[str, str]:
    """The name, and the address that a cell may hold behind it: *Aino Malli <aino@…>*."""
    name = cells.text("person", max_length=200) or cells.text("contact", max_length=200)
    parts = [cells.text(column, max_length=100) for column in ("first_name", "last_name")]
    found = _WITH_ADDRESS.fullmatch(name)
    return (found[1].strip(), found[2]) if found else (name or " ".join(filter(None, parts)), "")


def _email(cells: Cells, beside: str) -> str:
    """Of several addresses the first, and a remark says so."""
    written = cells.text("email", max_length=254) or beside
    several = [part for part in re.split(r"[;,\s]+", written) if "@" in part]
    if len(several) > 1:
        shown = {"value": several[0]}
        cells.remark("email", _("Of several addresses the first is taken: %(value)s.") % shown)
        written = several[0]
    text = normal_address(written.removeprefix("mailto:"))
    if not text:
        cells.remark("email", _("There is no address: this person cannot be invited."))
        return ""
    try:
        validate_email(text)
    except ValidationError:
        cells.fault("email", _("“%(value)s” is not an e-mail address.") % {"value": text[:60]})
    return text


def role_of(text: str) -> Role | None:
    """The first by rank of the roles that a cell names; None where it names an unknown one."""
    parts = re.split(
        r"\s*(?:[,;/+&]|\bja\b|\band\b|\boch\b)\s*", cleaning.one_line(text).casefold()
    )
    words = [part for part in parts if part]
    if not set(words) <= set().union(*ROLES.values()):
        return None
    named = (role for role, known in ROLES.items() if not set(known).isdisjoint(words))
    return next(named, Role.MEMBER)


def _role(cells: Cells) -> Role:
    role = role_of(cells.text("role", max_length=100))
    if role is None:
        words = {
            "value": cells.raw("role")[:40],
            "choices": ", ".join(each[0] for each in ROLES.values()),
        }
        cells.fault("role", _("“%(value)s” is not one of: %(choices)s.") % words)
    return (role or Role.MEMBER) if cells.raw("role") else default_role(cells)


def default_role(cells: Cells) -> Role:
    """Whom a list names in its column of contact persons is one."""
    is_named = not cells.raw("person").strip() and bool(cells.raw("contact").strip())
    return Role.CONTACT if is_named else Role.MEMBER


def _language(cells: Cells) -> str:
    text = cells.text("language", max_length=40).casefold()
    if not text:
        return "fi"
    code = next((code for code, words in LANGUAGES.items() if text in words), "")
    if not code:
        words = {"value": text, "choices": ", ".join(LANGUAGES)}
        cells.fault("language", _("“%(value)s” is not one of: %(choices)s.") % words)
    return code or "fi"


def _phone(cells: Cells) -> str:
    """An apostrophe is how a spreadsheet keeps a leading zero or plus sign."""
    text = cells.text("phone", max_length=40).lstrip("'")
    if text and not _PHONE.fullmatch(text):
        cells.fault("phone", _("“%(value)s” is not a telephone number.") % {"value": text})
    return text


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
