"""A member list as a coordinator kept it in a spreadsheet: 60 organisations and 120 people.

A merged title row, Finnish headings, days written in many ways, organisations and people twice, one
day that is none. `python -m tests.members.messy_list FILE` writes it for trying it in a browser.
"""

from __future__ import annotations

import datetime
import io
import sys
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADINGS = (
    "Organisaatio", "Y-tunnus", "Tyyppi", "Kunta", "Verkkosivut", "Liittynyt", "Päättynyt",
    "Sopimus", "Nimi", "Sähköposti", "Rooli", "Tehtävä", "Kieli", "Puhelin", "Muistiinpanot",
)  # fmt: skip
TITLE = "Turvallisuusklusterin jäsenet ja yhteyshenkilöt 11/2026"
ORGANISATIONS, PEOPLE = 60, 120
IMPOSSIBLE_ROW = 14  # of the spreadsheet; the day of joining is 31.2.2019
TOWNS = ("Tampere", "Nokia", "Kangasala", "Lempäälä", "Ylöjärvi", "Valkeakoski", "Sastamala")
FORMS = (("Oy", "yritys"), ("ry", "järjestö"), ("Oyj", "Yritys"), ("säätiö", ""))
STEMS = (
    "Vartio", "Kaiku", "Valppaus", "Luotain", "Majakka", "Suoja", "Kilpi", "Turvaverkko",
    "Selviytyjä", "Ensiapu", "Pelastusko", "Varavoima", "Hälytin", "Viesti", "Karttapiirto",
)  # fmt: skip
FIRST = ("Aino", "Eero", "Helmi", "Onni", "Saara", "Väinö", "Åsa", "Ilmari", "Kerttu", "Otso")
LAST = ("Esimerkki", "Malli", "Näyte", "Testinen", "Kokeilija", "Harjoitus")
ROLES = ("yhteyshenkilö", "Edustaja", "varaedustaja", "", "henkilö")


def name_of(number: int) -> str:
    form, _kind = FORMS[number % len(FORMS)]
    return f"{STEMS[number % len(STEMS)]} {number // len(STEMS) + 1} {form}"


def day_of(number: int) -> Any:
    """As different people wrote it over the years."""
    day = datetime.date(2011 + number % 14, number % 12 + 1, number % 28 + 1)
    return (
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d.%m.%Y}",
        datetime.datetime.combine(day, datetime.time()),
        f"{day.month}/{day.year}",
        day.year,
        f"{day.day}. {day.month}. {day.year}",
        "",
    )[number % 7]


def person_of(number: int) -> tuple[str, str]:
    first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)]
    name = f"{first} {last}" if number < 60 else f"{first} {last}-{LAST[number % len(LAST)]}"
    return name, f"henkilo{number}@example.org"


def rows(*, is_mended: bool = False) -> list[list[Any]]:
    """Two people to each organisation, below it and with its cells empty."""
    found: list[list[Any]] = []
    for number in range(ORGANISATIONS):
        for place in range(2):
            name, email = person_of(number * 2 + place)
            # Every tenth organisation shares a mailbox.
            email = f"toimisto{number}@example.org" if number % 10 == 9 else email
            facts = _facts(number) if place == 0 else [""] * 8
            role = ROLES[(number * 2 + place) % 5] if place else "Yhteyshenkilö"
            found.append([*facts, name, email, role, "toiminnanjohtaja", "suomi", "", "x"])
    found[IMPOSSIBLE_ROW - 4][5] = "12.2.2019" if is_mended else "31.2.2019"
    found[4][0], found[4][1] = "  VALPPAUS   1 OYJ ", ""  # the same as it is written below
    found.append(["Valppaus 1 Oyj", *[""] * 7, *person_of(4), "edustaja", "", "", "", ""])
    # Another body in law of the same name: somebody must decide.
    found.append(["Kaiku 1 Oy", "", "", "Tampere", "", "2.2.2020", *[""] * 9])
    found.append([*[""] * 5, "1.9.2022", "", "", "Kerttu Yksin", "kerttu@example.org", *[""] * 5])
    return found


def _facts(number: int) -> list[Any]:
    _form, kind = FORMS[number % len(FORMS)]
    ended = "31.12.2024" if number == 58 else ""
    signed = day_of(number) if number % 3 == 0 else ""
    return [
        name_of(number), "", kind, TOWNS[number % len(TOWNS)], f"www.example.org/{number}",
        day_of(number), ended, signed,
    ]  # fmt: skip


def workbook(*, is_mended: bool = False) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.append([TITLE])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADINGS))
    sheet.append([])
    sheet.append(HEADINGS)
    for row in rows(is_mended=is_mended):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(workbook(is_mended="--mended" in sys.argv))
