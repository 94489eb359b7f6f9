import datetime
import io
import zipfile

import openpyxl
import pytest
from django.utils import timezone
from django.utils.translation import override

from cluster_portal.core import imports
from cluster_portal.core.imports import Columns, Outcome, Taken, spreadsheets
from cluster_portal.core.imports.cells import Cells
from cluster_portal.core.vocabulary import Term
from members.models import Organisation
from members.models.organisations import Kind

COLUMNS = Columns(
    known=("external_id", "name", "kind", "terms"),
    required=("external_id", "name"),
    headings={"tunniste": "external_id", "nimi": "name", "laji": "kind"},
)


def take(cells):
    name = cells.text("name", max_length=50, required=True)
    kind = cells.choice("kind", Kind) or "company"
    cells.terms("terms")
    external_id = cells.text("external_id", max_length=80)
    made = Organisation.objects.create(
        name=name, kind=kind, slug=external_id, external_id=external_id
    )
    return Taken(made, Outcome.CREATED)


def run(text, *, dry_run=False, encoding="utf-8"):
    data = text if isinstance(text, bytes) else text.encode(encoding)
    with override("en"):
        report = imports.run(data, COLUMNS, take, dry_run=dry_run)
        return report, [str(fault) for fault in report.faults]


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("mark", [",", ";"])
def test_table_is_read_with_or_without_mark_and_with_either_separator(db, encoding, mark):
    report, _faults = run(f"external_id{mark}name\r\na{mark}Äänekoski Öy\r\n", encoding=encoding)

    assert report.is_written
    assert Organisation.objects.get().name == "Äänekoski Öy"


@pytest.mark.parametrize(
    ("text", "encoding", "message"),
    [
        ("external_id,name\na,Jyväskylä", "cp1252", "Row 2: The file is not in UTF-8"),
        ("external_id,name\na,b", "utf-16", "The file is in UTF-16"),
        ("", "utf-8", "The file is empty"),
        ("external_id,name\n", "utf-8", "The file has no rows below the header."),
        (
            "external_id,kind\na,company\n",
            "utf-8",
            "Row 1, column name: The column name is missing.",
        ),
        (
            "external_id,name,name\na,b,c\n",
            "utf-8",
            "Row 1, column name: The column name occurs twice.",
        ),
        ('external_id,name\na,"b\n', "utf-8", "Row 2: A quotation mark is not closed"),
        ("external_id,name\na,b,c\n", "utf-8", "Row 2: The row has more cells than the header."),
        ("external_id,name\na,b\x00c\n", "utf-8", "Row 2, column name: The cell holds a control"),
        (
            "external_id,name\na,b\na,c\n",
            "utf-8",
            "Row 3, column external_id: “a” is already on row 2.",
        ),
        ("external_id,name\n,b\n", "utf-8", "Row 2, column external_id: This cell must be filled."),
        ("external_id,name\na,#REF!\n", "utf-8", "Row 2, column name: The cell holds the error"),
        ("external_id,name,kind\na,b,club\n", "utf-8", "Row 2, column kind: “club” is not one of"),
        (
            "external_id,name,terms\na,b,nothing\n",
            "utf-8",
            "Row 2, column terms: “nothing” is not in",
        ),
        (f"external_id,name\na,{'x' * 51}\n", "utf-8", "Row 2, column name: The text is too long"),
        (b"PK\x03\x04 no zip", "", "The workbook cannot be read"),
    ],
)
def test_fault_names_its_place_and_nothing_is_written(db, text, encoding, message):
    report, faults = run(text, encoding=encoding)

    assert [fault[: len(message)] for fault in faults] == [message]
    assert not report.is_written
    assert not Organisation.objects.exists()


def test_every_faulty_row_is_named_and_the_good_ones_are_not_written(db):
    _report, faults = run("external_id,name\na,\nb,Good\nc,\n")

    assert [fault.split(":")[0] for fault in faults] == ["Row 2, column name", "Row 4, column name"]
    assert not Organisation.objects.exists()


def test_dry_run_tells_what_would_happen_and_writes_nothing(db):
    report, _faults = run("external_id,name\na,New\n", dry_run=True)

    assert report.count(Outcome.CREATED) == 1
    assert not report.is_written
    assert not Organisation.objects.exists()


def test_unknown_columns_are_named_and_ignored(db):
    report, _faults = run("external_id,name,colour\na,b,red\n")

    assert report.unknown_columns == ["colour"]
    assert report.is_written


def test_newline_in_a_cell_does_not_shift_the_row_numbers(db):
    _report, faults = run('external_id,name\na,"two\nlines"\nb,\n')

    assert [fault.split(":")[0] for fault in faults] == ["Row 3, column name"]


def test_choices_are_taken_by_code_or_by_label_in_any_language(db):
    run("external_id,name,kind\na,A,university\nb,B,Yliopisto\nc,C,UNIVERSITET\n")

    assert list(Organisation.objects.values_list("kind", flat=True)) == ["university"] * 3


@pytest.mark.parametrize("cell", ["search|training", "search;training", "Search; training|search"])
def test_list_cell_is_separated_by_either_sign_without_doubles(db, cell):
    cells = Cells(2, {"terms": cell})

    assert [term.code for term in cells.terms("terms")] == ["search", "training"]
    assert cells.faults == []


@pytest.mark.parametrize("text", ["-1", "0", "101", "1e309", "NaN", "١٢", "9" * 30, "1.5"])
def test_number_out_of_bounds_is_a_fault(text):
    cells = Cells(2, {"places": text})

    cells.whole("places", low=1, high=100, default=1)

    assert len(cells.faults) == 1


@pytest.mark.parametrize(
    "text",
    [
        "31.3.2027",
        "31.03.2027",
        "2027-03-31",
        "31.3.2027 0.00",
        "31. 3. 2027",
        "2027-03-31T00:00:00",
    ],
)
def test_day_is_read_as_finns_write_it(text):
    cells = Cells(2, {"closes": text})

    assert cells.day("closes") == datetime.date(2027, 3, 31)
    assert cells.faults == []


@pytest.mark.parametrize(
    "text",
    ["2027-02-30", "0000-01-01", "soon", "31.3.27", "3/31/2027", "31.3.2027 14.00", "٣١.3.2027"],
)
def test_other_days_are_faults(text):
    cells = Cells(2, {"closes": text})

    assert cells.day("closes") is None
    assert len(cells.faults) == 1


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("31.3.2027", "23:59"),
        ("2027-03-31 00:00:00", "23:59"),
        ("31.3.2027 klo 0.00", "23:59"),
        ("31.3.2027 0.01", "00:01"),
    ],
)
def test_end_at_midnight_is_the_end_of_that_day(text, clock):
    cells = Cells(2, {"closes": text, "opens": text})

    closes, opens = cells.moment("closes", is_end=True), cells.moment("opens")

    assert f"{timezone.localtime(closes):%d.%m. %H:%M}" == f"31.03. {clock}"
    assert f"{timezone.localtime(opens):%d.%m. %H}" == "31.03. 00"


@pytest.mark.parametrize("text", ["1234", "1 234", "1\u00a0234", "1.234", "1 234,0", "1.234,00"])
def test_number_is_read_as_finns_write_it(text):
    cells = Cells(2, {"places": text})

    assert cells.whole("places", low=1, high=2000, default=1) == 1234
    assert cells.faults == []


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "data:text/html,x", "http://", "ftp://x.fi"]
)
def test_address_must_be_of_the_web(text):
    cells = Cells(2, {"website": text})

    cells.url("website")

    assert len(cells.faults) == 1


def test_workbook_is_read_as_values_with_text_kept(db):
    run(workbook(["external_id", "name"], ["007", "Esimerkki"], [8, 9]))

    rows = Organisation.objects.order_by("external_id").values_list("external_id", "name")
    assert list(rows) == [("007", "Esimerkki"), ("8", "9")]


def test_sheet_with_the_headings_is_found_behind_others(db):
    book = openpyxl.Workbook()
    book.active.append(["Täytä jäsenet toiselle välilehdelle"])
    sheet = book.create_sheet("Jäsenet")
    for row in (["external_id", "name"], ["a", "Toinen välilehti"]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)

    run(out.getvalue())

    assert [row.name for row in Organisation.objects.all()] == ["Toinen välilehti"]


@pytest.mark.parametrize(
    "text",
    [
        "Tunniste;Nimi;Laji\na;Esimerkki;Yritys\n",
        "TUNNISTE *;Nimi:\na;Esimerkki\n",
        "External ID,Name\na,Esimerkki\n",
        "tunniste\tnimi\na\tEsimerkki\n",
        "sep=;\nTunniste;Nimi\na;Esimerkki\n",
        "Jäsenet 2026;;\n;;\nTunniste;Nimi\na;Esimerkki\n",
        "external_id,name,terms\na,Esimerkki,search;training;search;training\n",
    ],
)
def test_headings_are_found_as_people_write_them(db, text):
    _report, faults = run(text)

    assert faults == []
    assert Organisation.objects.get().name == "Esimerkki"


def test_rows_keep_their_numbers_below_a_title(db):
    _report, faults = run("Jäsenet\n\nTunniste;Nimi\na;\n")

    assert faults == ["Row 4, column Nimi: This cell must be filled."]


def test_formula_without_a_kept_value_is_empty_not_run(db):
    _report, faults = run(workbook(["external_id", "name"], ["a", "=1+1"]))

    assert faults == ["Row 2, column name: This cell must be filled."]


def test_number_format_with_leading_zeros_is_kept():
    assert spreadsheets._number_text(6.0, "00") == "06"
    assert spreadsheets._number_text(6.5, "General") == "6.5"


def test_workbook_that_unpacks_too_large_is_refused_unopened(db):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"0" * (spreadsheets.MAX_UNPACKED + 1))

    _report, faults = run(out.getvalue())

    assert faults == ["The workbook is too large inside. Save the sheet as CSV."]


def test_file_over_the_bounds_is_refused(db):
    many = "external_id,name\n" + "a,b\n" * (spreadsheets.MAX_ROWS + 1)

    assert run(many)[1] == [f"There are too many rows: at most {spreadsheets.MAX_ROWS}."]
    assert run(b"x" * (spreadsheets.MAX_BYTES + 1))[1] == [
        "The file is too large: at most 8 megabytes."
    ]


def test_term_of_a_region_is_found_by_code_and_name(db):
    cells = Cells(2, {"region": "pirkanmaa"})

    assert cells.term("region", "region") == Term.objects.get(scheme="region", code="06")


def test_table_with_bare_carriage_returns_is_read(db):
    report, faults = run("external_id;name\ra;Vartija Oy\rb;Toinen Oy\r")

    assert faults == []
    assert [result.title for result in report.results] == ["Vartija Oy", "Toinen Oy"]
