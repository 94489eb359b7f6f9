"""Member lists as they are kept: sums below, marks for contacts, several columns of one thing."""

import pytest
from django.utils.translation import override

from cluster_portal.core.imports import Outcome
from members.models import Membership, NamedPerson, Organisation
from members.services import named_people
from members.services.member_import import Register, import_members
from members.services.named_people import Named
from tests import factories


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def take(home_cluster):
    def taken(data, **values):
        values = {"by": None, "dry_run": False, **values}
        return import_members(data.encode(), Register(home_cluster, "Rekisteri"), **values)

    return taken


def told(report):
    return [str(fault) for fault in [*report.faults, *report.remarks]]


def people():
    return list(NamedPerson.objects.order_by("pk").values_list("name", "email", "role"))


@pytest.mark.parametrize(
    "name",
    ["Summa Esimerkki Oyj", "Total Esimerkki Oy", "Yhteensä turvassa ry", "Summa ry", "Totalia Oy"],
)
def test_name_that_begins_with_a_word_of_sums_is_a_member(take, name):
    take(f"organisaatio\n{name}\n")

    assert Organisation.objects.get().name == name


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Organisaatio", "Yhteensä 60"),
        ("Organisaatio", "Kaikki yhteensä: 60 kpl"),
        ("Organisaatio", "Summa = 1 200"),
        ("Nro;Organisaatio;Tyyppi", "YHTEENSÄ;60;"),
        ("Organisaatio;Tyyppi;Huom", ";Yhteensä;60"),
        (";Organisaatio;;Maksu", "Yhteensä;60 jäsentä;;12 400,00"),
    ],
)
def test_row_of_a_sum_is_left_out_wherever_it_stands(take, header, row):
    column = header.split(";").index("Organisaatio")
    report = take(f"{header}\n{';' * column}Alfa Oy{';' * header[column:].count(';')}\n{row}\n")

    assert report.faults == []
    assert [each.name for each in Organisation.objects.all()] == ["Alfa Oy"]
    assert any("The row is a sum and is left out." in line for line in told(report))


def test_member_called_like_a_sum_with_a_day_is_one(take):
    take("organisaatio;liittynyt\nSumma;1.3.2015\n")

    assert Membership.objects.get().organisation.name == "Summa"


@pytest.mark.parametrize("mark", ["x", "X", "Kyllä", "1", "✓"])
@pytest.mark.parametrize("names", [("Etunimi;Sukunimi", "Maija;Malli"), ("Nimi", "Maija Malli")])
def test_mark_in_the_column_of_contacts_marks_the_named_person(take, mark, names):
    heading, name = names
    other = name.replace("Maija", "Pekka")
    report = take(
        f"Organisaatio;{heading};Yhteyshenkilö\nAlfa Oy;{name};{mark}\n;{other};\n;{other}nen;ei\n"
    )

    assert report.faults == []
    assert people() == [
        ("Maija Malli", "", "contact"), ("Pekka Malli", "", "member"),
        ("Pekka Mallinen", "", "member"),
    ]  # fmt: skip


def test_mark_makes_a_contact_of_whoever_has_another_role_too(take):
    take("Organisaatio;Nimi;Rooli;Yhteyshenkilö\nAlfa Oy;Maija Malli;edustaja;x\n")

    assert people() == [("Maija Malli", "", "contact")]


def test_mark_or_dash_alone_names_nobody(take):
    report = take("Organisaatio;Yhteyshenkilö\nAlfa Oy;x\nBeeta Oy;-\n")

    assert people() == []
    assert "Row 2, column Yhteyshenkilö: Write the name of the person." in told(report)
    assert Organisation.objects.count() == 2


def test_contact_of_another_name_is_remarked_and_lends_no_address(take):
    report = take(
        "Organisaatio;Nimi;Sähköposti;Yhteyshenkilö;Yhteyshenkilön sähköposti\n"
        "Alfa Oy;Maija Malli;maija@example.org;Pekka Näyte;pekka@example.org\n"
        "Beeta Oy;Aino Malli;;AINO MALLI;aino@example.org\n"
    )

    assert people() == [
        ("Maija Malli", "maija@example.org", "member"),
        ("Aino Malli", "aino@example.org", "contact"),
    ]
    assert (
        "Row 2, column Yhteyshenkilö: Pekka Näyte is left out: the row records Maija Malli. "
        "Give each person a row."
    ) in told(report)


def test_more_exact_column_of_an_address_wins_where_it_is_filled(take):
    report = take(
        "Organisaatio;Sähköposti;Puhelin;Yhteyshenkilö;Yhteyshenkilön sähköposti;"
        "Yhteyshenkilön puhelin\n"
        "Alfa Oy;info@example.org;03 111;Maija Malli;maija@example.org;040 123\n"
        "Beeta Oy;Pekka@Example.org;03 222;Pekka Näyte;;\n"
        "Ceeta Oy;kaisa@example.org;03 333;Kaisa Näyte;Kaisa@example.org;03 333\n"
    )

    assert [person[1] for person in people()] == [
        "maija@example.org", "pekka@example.org", "kaisa@example.org",
    ]  # fmt: skip
    phones = NamedPerson.objects.order_by("pk").values_list("phone", flat=True)
    assert list(phones) == ["040 123", "03 222", "03 333"]
    remarks = [line for line in told(report) if "Two columns say this" in line]
    assert remarks == [
        (
            "Row 2, column Sähköposti: Two columns say this: “maija@example.org” is taken, "
            "“info@example.org” is left out."
        ),
        "Row 2, column Puhelin: Two columns say this: “040 123” is taken, “03 111” is left out.",
    ]


@pytest.mark.parametrize("header", ["Liittymisvuosi;Liittynyt", "Liittynyt;Liittymisvuosi"])
def test_day_of_joining_wins_over_the_year(take, header):
    def row(name, day, year):
        cells = {"Liittynyt": day, "Liittymisvuosi": year}
        return ";".join([name, *(cells[each] for each in header.split(";"))])

    rows = [row("Alfa Oy", "1.3.2015", "2014"), row("Beeta Oy", "", "2016")]
    rows += [row("Ceeta Oy", "2.5.2017", "2017")]
    report = take("\n".join([f"Organisaatio;{header}", *rows]))

    joined = Membership.objects.order_by("pk").values_list("since", flat=True)
    assert [str(day) for day in joined] == ["2015-03-01", "2016-01-01", "2017-05-02"]
    assert [line for line in told(report) if "Two columns" in line] == [
        "Row 2, column Liittynyt: Two columns say this: “1.3.2015” is taken, “2014” is left out."
    ]


def test_same_heading_twice_is_refused_still(take):
    report = take("Organisaatio;Sähköposti;sähköposti\nAlfa Oy;a@example.org;b@example.org\n")

    assert told(report) == ["Row 1, column Sähköposti: The column email occurs twice."]


@pytest.mark.parametrize(
    ("cell", "remark"),
    [
        ("Maija <maija@example.org>; Pekka <pekka@example.org>", "Of several addresses the first"),
        ("Maija Malli <Maija@Example.org>", ""),
        ("toimisto <maija@example.org>", "is taken; left out: toimisto."),
        ("maija@example.org/pekka@example.org", "Of several addresses the first"),
        ("(maija@example.org)", ""),
        ("MAILTO:maija@example.org", ""),
        ("vanha@ ; <mailto:maija@example.org>", "Of several addresses the first"),
    ],
)
def test_address_is_found_in_its_cell(take, cell, remark):
    report = take(f'Organisaatio;Nimi;Sähköposti\nAlfa Oy;Maija Malli;"{cell}"\n')

    assert report.faults == []
    assert people() == [("Maija Malli", "maija@example.org", "member")]
    remarks = [line for line in told(report) if "column Sähköposti" in line]
    assert len(remarks) == bool(remark)
    assert remark in "".join(remarks)


def test_colleague_who_stands_under_contacts_now_becomes_one(take):
    take("Organisaatio;Nimi;Sähköposti\nAlfa Oy;Maija Malli;maija@example.org\n")
    data = (
        "Organisaatio;Yhteyshenkilö;Yhteyshenkilön sähköposti\n"
        "Alfa Oy;Maija Malli;maija@example.org\n"
    )

    shown = take(data, dry_run=True)
    before = people()
    take(data)
    again = take(data)

    assert [(row.outcome, row.changes) for row in shown.results] == [(Outcome.CHANGED, ("role",))]
    assert before == [("Maija Malli", "maija@example.org", "member")]
    assert people() == [("Maija Malli", "maija@example.org", "contact")]
    assert again.count(Outcome.UNCHANGED) == 1


def test_second_one_under_contacts_stays_a_colleague_with_a_remark(take):
    take("Organisaatio;Nimi;Rooli\nAlfa Oy;Maija Malli;yhteyshenkilö\n;Pekka Näyte;edustaja\n")

    report = take("Organisaatio;Yhteyshenkilö\nAlfa Oy;Pekka Näyte\n")

    assert [person[2] for person in people()] == ["contact", "member"]
    assert (
        "Row 2, column Yhteyshenkilö: Alfa Oy has a contact person already: Pekka Näyte is "
        "recorded as a colleague, whom that one confirms."
    ) in told(report)


def test_column_of_marks_takes_the_role_of_a_contact_alone(take, office):
    """An emptied mark ends it; other roles and corrections in the portal stay."""
    head = "Organisaatio;Nimi;Yhteyshenkilö\n"
    take(head + "Alfa Oy;Liisa Testi;x\n;Maija Malli;x\n;Pekka Näyte;\n")
    pekka = NamedPerson.objects.get(name="Pekka Näyte")
    named_people.change_person(pekka, {"role": "deputy"}, by=office)

    take(head + "Alfa Oy;Liisa Testi;x\n;Maija Malli;\n;Pekka Näyte;\n")

    assert [person[2] for person in people()] == ["contact", "member", "deputy"]


def test_person_recorded_by_hand_becomes_contact_but_loses_nothing(take, office, home_cluster):
    alfa = factories.organisation("Alfa Oy")
    factories.membership(alfa, home_cluster)
    for name, role in (("Maija Malli", "member"), ("Pekka Näyte", "representative")):
        named = Named(name, f"{name[:5].lower()}@example.org", role)
        named_people.record_person(
            named, home_cluster, by=office, source="Käsin", organisation=alfa
        )

    take("Organisaatio;Nimi;Yhteyshenkilö\nAlfa Oy;Maija Malli;x\n;Pekka Näyte;Maija Malli\n")

    assert people() == [
        ("Maija Malli", "maija@example.org", "contact"),
        ("Pekka Näyte", "pekka@example.org", "representative"),
    ]
