"""The person of a row of a member list: who it is, whether as contact person, and how reached.

A column of contact persons holds names, or marks the person whom other columns name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from cluster_portal.core.imports import remark_other
from cluster_portal.core.imports.cells import NO, YES
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.addresses import normal_address
from members.models.affiliations import Role
from members.models.named_people import name_key
from members.services.named_people import Named

if TYPE_CHECKING:
    from cluster_portal.core.imports.cells import Cells

OF_CONTACT = ("contact", "contact_email", "contact_phone")
NAMES = ("person", "contact", "first_name", "last_name")
LIMITS = {"person": 200, "contact": 200, "first_name": 100, "last_name": 100}
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
MARKS, NO_MARKS = YES | {"✓", "✔"}, NO | {"-", "–"}
_WITH_ADDRESS = re.compile(r"([^<>]+)<\s*([^<>\s]+@[^<>\s]+)\s*>")
_PHONE = re.compile(r"[\d\s()+./-]{3,40}")


@dataclass(frozen=True)
class Who:
    """`address` is what a cell may hold behind the name; `other` is a contact of another name."""

    name: str
    address: str = ""
    is_contact: bool = False
    is_marked: bool = False  # a mark says so, not a name
    other: str = ""


def who(cells: Cells) -> Who:
    """A name of its own before that in the column of contact persons."""
    parts = (cleaning.one_line(cells.raw(column)) for column in ("first_name", "last_name"))
    name, address = _parted(cells.raw("person").strip() or " ".join(filter(None, parts)))
    contact, contact_address = _parted(cells.raw("contact"))
    word = contact.casefold()
    if word in MARKS | NO_MARKS:
        is_contact = word in MARKS and bool(name)
        return Who(name, address, is_contact=is_contact, is_marked=word in MARKS)
    if not name or name_key(name) == name_key(contact):
        return Who(name or contact, address or contact_address, is_contact=True)
    return Who(name, address, other=contact)


def _parted(text: str) -> tuple[str, str]:
    """*Aino Malli <aino@…>* as name and address."""
    text = cleaning.one_line(text)
    found = _WITH_ADDRESS.fullmatch(text)
    return (found[1].strip(), found[2]) if found else (text, "")


def person_of(cells: Cells) -> Named | None:
    """Without an address nobody can be invited; an address needs a name."""
    for column, limit in LIMITS.items():
        cells.text(column, max_length=limit)
    found = who(cells)
    if not found.name:
        _check_nobody(cells, found)
        return None
    try:
        cleaning.refuse_links(found.name)
    except ValidationError as error:
        cells.fault(name_column(cells), error.messages[0])
    if found.other:
        _remark_other_person(cells, found)
    return Named(
        name=found.name, email=_email(cells, found), role=_role(cells, found),
        title=cells.text("title", max_length=150), language=_language(cells),
        phone=_phone(cells, found),
    )  # fmt: skip


def _check_nobody(cells: Cells, found: Who) -> None:
    told = ("email", "title", "phone", *OF_CONTACT[1:])
    if any(cells.raw(column) for column in told):
        cells.fault(name_column(cells), _("Write the name of the person."))
    elif found.is_marked:
        cells.remark("contact", _("Write the name of the person."))


def _remark_other_person(cells: Cells, found: Who) -> None:
    words = {"contact": found.other[:60], "person": found.name[:60]}
    cells.remark(
        "contact",
        _("%(contact)s is left out: the row records %(person)s. Give each person a row.") % words,
    )


def name_column(cells: Cells) -> str:
    return next((column for column in NAMES if column in cells), NAMES[0])


def role_column(cells: Cells) -> str:
    """Where a row says that somebody is a contact person, or is none."""
    return "contact" if "contact" in cells and not cells.raw("role") else "role"


def _columns(cells: Cells, found: Who, column: str) -> tuple[str, ...]:
    """What tells a contact's address or number, the more exact first; never another person's."""
    if found.other:
        return (column,)
    exact = f"contact_{column}"
    is_theirs = found.is_contact or "contact" not in cells
    return (exact, column) if is_theirs else (column, exact)


def columns_of(cells: Cells) -> dict[str, tuple[str, ...]]:
    """The columns that tell a fact of the row's person, where they are not called like it."""
    found = who(cells)
    told = {column: _columns(cells, found, column) for column in ("email", "phone")}
    return {"name": ("person",), "role": ("role",) if found.other else ("role", "contact"), **told}


def _chosen(cells: Cells, found: Who, column: str) -> str:
    """The column whose cell is taken; what another says is remarked."""
    columns = _columns(cells, found, column)
    filled = [each for each in columns if cells.raw(each).strip()]
    for other in filled[1:]:
        remark_other(cells, other, cells.raw(filled[0]), cells.raw(other))
    return next(iter(filled), next((each for each in columns if each in cells), column))


def _email(cells: Cells, found: Who) -> str:
    """The first address of the cell; a remark names what else stands there."""
    column = _chosen(cells, found, "email")
    written = cleaning.one_line(cells.raw(column)) or found.address
    if written in NO_MARKS:
        cells.remark(column, _("There is no address: this person cannot be invited."))
        return ""
    parts = [part.strip("<>()\"'").rstrip(".") for part in re.split(r"[;,/\s]+", written)]
    parts = [part for part in parts if part and part.casefold() != "mailto:"]
    address = next((text for text in map(_address, parts) if text), "")
    if not address:
        shown = {"value": written[:60]}
        cells.fault(column, _("“%(value)s” is not an e-mail address.") % shown)
        return ""
    _remark_rest(cells, column, found.name, address, parts)
    return address


def _address(text: str) -> str:
    """The normal form; empty where it is no address."""
    address = normal_address(re.sub(r"^mailto:", "", text, flags=re.IGNORECASE))
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= 254 else ""


def _remark_rest(cells: Cells, column: str, name: str, address: str, parts: list[str]) -> None:
    """Words of the person's own name behind or before an address are no news."""
    known = set(name_key(name).split())
    rest = [part for part in parts if _address(part) != address and part.casefold() not in known]
    words = {"value": address, "rest": " ".join(rest)[:60]}
    if sum("@" in part for part in parts) > 1:
        cells.remark(column, _("Of several addresses the first is taken: %(value)s.") % words)
    elif rest:
        cells.remark(column, _("Of the cell %(value)s is taken; left out: %(rest)s.") % words)


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


def _role(cells: Cells, found: Who) -> Role:
    """Whom a list names or marks in its column of contact persons is one."""
    role = role_of(cells.text("role", max_length=100))
    if role is None:
        words = {
            "value": cells.raw("role")[:40],
            "choices": ", ".join(each[0] for each in ROLES.values()),
        }
        cells.fault("role", _("“%(value)s” is not one of: %(choices)s.") % words)
    if found.is_contact and (found.is_marked or not cells.raw("role")):
        return Role.CONTACT
    return role or Role.MEMBER


def _language(cells: Cells) -> str:
    text = cells.text("language", max_length=40).casefold()
    if not text:
        return "fi"
    code = next((code for code, words in LANGUAGES.items() if text in words), "")
    if not code:
        words = {"value": text, "choices": ", ".join(LANGUAGES)}
        cells.fault("language", _("“%(value)s” is not one of: %(choices)s.") % words)
    return code or "fi"


def _phone(cells: Cells, found: Who) -> str:
    """An apostrophe is how a spreadsheet keeps a leading zero or plus sign."""
    column = _chosen(cells, found, "phone")
    text = cells.text(column, max_length=40).lstrip("'")
    if text and not _PHONE.fullmatch(text):
        cells.fault(column, _("“%(value)s” is not a telephone number.") % {"value": text})
    return text
