from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from cluster_portal.core import imports
from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.imports import Outcome
from cluster_portal.core.search import search
from members.models import Organisation
from members.services.organisation_import import COLUMNS, _Intake, import_organisations
from tests import factories

HEADER = (
    "external_id,name,name_sv,name_en,kind,business_id,region,municipality,website,email_domain,"
    "description,terms\n"
)
ROW = (
    "a-1,Esimerkki Oy,Exempel Ab,Example Ltd,company,FI09000012,Pirkanmaa,Tampere,"
    "https://example.org,example.org,Kuvaus.,search|training\n"
)
DEMO = Path("cluster_portal/home/demo_data/organisations.csv")


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def take_in(text, **values):
    return import_organisations(text.encode(), **{"by": None, **values})


def faults(report):
    return [str(fault) for fault in report.faults]


def test_row_becomes_an_organisation_with_all_its_columns(db):
    row = ROW.replace("FI09000012", "FI90000011")

    report = take_in(HEADER + row)

    assert faults(report) == []
    made = Organisation.objects.get()
    assert (made.slug, made.kind, made.sector) == ("esimerkki-oy", "company", "business")
    assert (made.business_id, made.region.code) == ("9000001-1", "06")
    assert made.email_domains == ["example.org"]
    assert {term.code for term in made.terms.all()} == {"search", "training"}
    assert made.is_shadow


@pytest.mark.parametrize(("old", "column"), [("Kuvaus.", "description"), ("Exempel Ab", "name_sv")])
def test_marked_text_is_a_fault_of_its_cell(db, old, column):
    report = take_in(HEADER + ROW.replace("FI09000012", "").replace(old, "Liite TL III"))

    assert [(fault.row, fault.column) for fault in report.faults] == [(2, column)]
    assert not Organisation.objects.exists()


def test_second_import_of_the_same_file_changes_nothing(db):
    first = import_organisations(DEMO.read_bytes(), by=None)
    versions = Organisation.objects.order_by("pk").values_list("updated_at", flat=True)
    before = list(versions)

    second = import_organisations(DEMO.read_bytes(), by=None)

    assert faults(first) == []
    assert second.count(Outcome.UNCHANGED) == len(second.results) == len(before)
    assert list(versions.all()) == before


def test_changed_cell_changes_that_field_only(db):
    take_in("external_id,name,kind,municipality\na,Nimi,company,Tampere\n")

    report = take_in("external_id,name,kind,municipality\na,Nimi,company,Nokia\n")

    assert report.results[0].changes == ("municipality",)


def test_file_without_a_column_leaves_it_as_it_is(db):
    take_in("external_id,name,kind,municipality,terms\na,Nimi,company,Tampere,search\n")

    take_in("external_id,name,kind\na,Uusi nimi,company\n")

    kept = Organisation.objects.get()
    assert (kept.name, kept.municipality, kept.terms.count()) == ("Uusi nimi", "Tampere", 1)


def test_organisation_without_external_id_is_matched_by_business_id(db):
    known = factories.organisation("Vanha nimi", business_id="9000001-1")

    take_in("external_id,name,kind,business_id\nx,Uusi nimi,company,90000011\n")

    known.refresh_from_db()
    assert (known.name, known.external_id) == ("Uusi nimi", "x")


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("business_id", "1029258-1", "“1029258-1” is not a valid Business ID."),
        ("region", "Atlantis", "“Atlantis” is not in the vocabulary."),
        ("website", "javascript:alert(1)", "This is not a web address."),
        ("email_domain", "matti@firma.fi", "“matti@firma.fi” is not a domain of e-mail addresses."),
        ("kind", "klubi", "“klubi” is not one of: "),
    ],
)
def test_fault_names_row_and_column(db, column, value, message):
    columns = (
        ["external_id", "name", "kind", column]
        if column != "kind"
        else ["external_id", "name", "kind"]
    )
    cells = ["a", "Nimi", "company", value] if column != "kind" else ["a", "Nimi", value]

    report = take_in(",".join(columns) + "\n" + ",".join(cells) + "\n")

    assert [fault.startswith(f"Row 2, column {column}: {message}") for fault in faults(report)] == [
        True
    ]
    assert not Organisation.objects.exists()


def test_coordinator_cannot_change_another_clusters_organisation(office, other_cluster):
    foreign = factories.organisation("Vieras", external_id="v")
    factories.membership(foreign, other_cluster)

    report = take_in("external_id,name,kind\nv,Kaapattu,company\n", by=office)

    assert faults(report) == [
        "Row 2: This organisation belongs to another cluster: you cannot change it."
    ]
    foreign.refresh_from_db()
    assert foreign.name == "Vieras"


def test_coordinators_import_brings_in_to_her_cluster(office, home_cluster):
    take_in("external_id,name,kind\nu,Uusi,company\n", by=office)

    assert Organisation.objects.get(external_id="u").introduced_by == home_cluster


def test_reserved_address_is_not_given(db):
    take_in("external_id,name,kind\nu,Join,company\n")

    assert Organisation.objects.get().slug == "join-2"


def test_command_previews_then_writes(db, tmp_path, capsys):
    file = tmp_path / "o.csv"
    file.write_text("external_id;name;kind\nu;Uusi;yliopisto\n", encoding="utf-8-sig")

    call_command("import_organisations", str(file), "--dry-run")
    assert not Organisation.objects.exists()
    call_command("import_organisations", str(file))

    assert Organisation.objects.get().kind == "university"
    assert "New: 1, changed: 0, unchanged: 0." in capsys.readouterr().out


def test_command_says_every_fault_and_fails(db, tmp_path):
    file = tmp_path / "o.csv"
    file.write_text("external_id,name,kind\nu,,company\nw,Hyvä,klubi\n")

    with pytest.raises(CommandError) as failed:
        call_command("import_organisations", str(file))

    lines = str(failed.value).split("\n")
    assert [line.split(":")[0] for line in lines[:2]] == [
        "Row 2, column name",
        "Row 3, column kind",
    ]
    assert lines[2] == "2 faults. Nothing was written."


def test_preview_says_in_the_readers_language_that_nothing_was_written(db):
    report = take_in(HEADER + ROW.replace("FI09000012", ""), dry_run=True)

    with override("fi"):
        assert "Kokeilu: mitään ei tallennettu." in report.sentences()[-1]


def test_example_of_the_administrations_import_can_be_imported_as_it_is(client, office):
    client.force_login(office)
    address = "/admin/members/organisation/import/"

    page = client.get(address).content.decode()
    file = SimpleUploadedFile("example.csv", client.get(f"{address}?example").content)
    answer = client.post(address, {"file": file, "preview": "1", "cluster": ""})

    assert "company = Yritys" in page
    assert answer.context["report"]["faults"] == []
    assert len(answer.context["report"]["results"]) == 1


def test_export_of_organisations_is_recorded(client, office, company):
    client.force_login(office)

    chosen = {"action": "export_selected", "_selected_action": [company.pk]}
    answer = client.post("/admin/members/organisation/", chosen)

    assert company.name in answer.content.decode()
    act = AuditEntry.objects.get(action="exported", actor=office)
    assert act.details == {"list": "organisations", "rows": 1}


HEAD = "external_id;name;kind\n"


def test_names_that_differ_in_spelling_only_are_asked_about(db):
    rows = "a;Kuopion Vartija Oy;company\nb;KUOPION  VARTIJA OY;company\nc;Vartija Kuopio;company\n"

    report = take_in(HEAD + rows)

    assert [(question.row, question.key) for question in report.questions] == [(3, "b")]
    assert [choice.value for choice in report.questions[0].choices] == ["other", "skip"]
    assert not Organisation.objects.exists()


def test_same_business_id_in_one_file_is_asked_about(db):
    report = take_in(
        "external_id;name;kind;business_id\n"
        "a;Esimerkki Oy;company;9000001-1\nb;Aivan muu Oy;company;FI90000011\n"
    )

    assert [question.key for question in report.questions] == ["b"]


@pytest.mark.parametrize(
    ("decision", "names"),
    [("other", ["Vartija Oy", "VARTIJA OY"]), ("skip", ["Vartija Oy"])],
)
def test_decision_on_a_likely_double_is_followed(db, decision, names):
    rows = "a;Vartija Oy;company\nb;VARTIJA OY;company\n"

    report = take_in(HEAD + rows, decisions={"b": decision})

    assert faults(report) == []
    assert list(Organisation.objects.order_by("pk").values_list("name", flat=True)) == names


def test_stored_organisation_with_another_external_id_is_asked_about_and_taken(db):
    stored = factories.organisation("Vartija Oy", external_id="old")

    asked = take_in(HEAD + "new;Vartija Oyj;company\n")
    report = take_in(HEAD + "new;Vartija Oyj;company\n", decisions={"new": f"same:{stored.pk}"})

    assert [choice.value for choice in asked.questions[0].choices] == [
        f"same:{stored.pk}", "other", "skip",
    ]  # fmt: skip
    assert [result.pk for result in report.results] == [stored.pk]


@pytest.mark.parametrize("name", ["TAKTINEN", "Oy Taktinen Ab", "Entinen nimi", "entinen  NIMI"])
def test_present_and_former_names_match_in_normal_form(db, name):
    stored = factories.organisation("Taktinen Oy", former_names=["Entinen Nimi ry"])

    report = take_in(HEAD + f"x;{name};company\n")

    assert [result.pk for result in report.results] == [stored.pk]


def test_same_file_again_leaves_a_correction(db):
    take_in("external_id;name;municipality\na;Esimerkki Oy;Tampere\n")
    Organisation.objects.update(municipality="Kuopio", kind="association")

    report = take_in("external_id;name;municipality\na;Esimerkki Oy;Tampere\n")

    assert report.count(Outcome.UNCHANGED) == 1
    stored = Organisation.objects.get()
    assert (stored.municipality, stored.kind) == ("Kuopio", "association")


def test_shorter_file_in_between_costs_no_correction(db):
    full = "external_id;name;municipality\na;Esimerkki Oy;Tampere\n"
    take_in(full)
    Organisation.objects.update(municipality="Kuopio")
    take_in("external_id;name\na;Esimerkki Oy\n")

    report = take_in(full)

    assert report.count(Outcome.UNCHANGED) == 1
    assert Organisation.objects.get().municipality == "Kuopio"


def test_cell_that_was_emptied_in_between_is_news_again(db):
    full = "external_id;name;municipality\na;Esimerkki Oy;Tampere\n"
    take_in(full)
    take_in(full.replace("Tampere", ""))
    assert Organisation.objects.get().municipality == ""

    take_in(full)

    assert Organisation.objects.get().municipality == "Tampere"


def test_changed_cell_wins_over_a_correction(db):
    take_in("external_id;name;municipality\na;Esimerkki Oy;Tampere\n")
    Organisation.objects.update(municipality="Kuopio")

    report = take_in("external_id;name;municipality\na;Esimerkki Oy;Nokia\n")

    assert report.results[0].changes == ("municipality",)
    assert Organisation.objects.get().municipality == "Nokia"


def test_kind_is_proposed_by_the_name_and_marked(db):
    take_in("external_id;name\na;Kangasalan kunta\nb;Vartija Oy\n")

    kinds = Organisation.objects.order_by("external_id").values_list("kind", "kind_is_proposed")
    assert list(kinds) == [("municipality", True), ("company", True)]


def test_given_kind_is_not_marked_as_proposed(db):
    take_in(HEAD + "a;Vartija Oy;association\n")

    assert Organisation.objects.values_list("kind", "kind_is_proposed").get() == (
        "association", False,
    )  # fmt: skip


def test_preview_locks_nothing(db):
    with CaptureQueriesContext(connection) as asked:
        take_in(HEAD + "a;Vartija Oy;company\n", dry_run=True)

    assert [q["sql"] for q in asked if "advisory" in q["sql"] or "FOR UPDATE" in q["sql"]] == []


def test_preview_of_many_rows_asks_as_much_as_of_one(db):
    def statements(rows):
        with CaptureQueriesContext(connection) as asked:
            take_in(HEAD + rows, dry_run=True)
        return len([q for q in asked if "SAVEPOINT" not in q["sql"]])

    one = statements("a;Vartija Oy;company\n")

    assert statements("".join(f"n{n};Numero {n} Oy;company\n" for n in range(20))) == one


def test_organisation_made_meanwhile_stops_the_writing(db):
    class Meddling(_Intake):
        def take(self, cells):
            taken = super().take(cells)
            factories.organisation("Väliin tullut Oy")
            return taken

    intake = Meddling(None, None, {}, is_dry=False)
    data = (HEAD + "a;Vartija Oy;company\n").encode()

    report = imports.run(
        data, COLUMNS, intake.take, dry_run=False, whole=imports.Whole(intake.write)
    )

    assert len(report.faults) == 1
    assert not Organisation.objects.filter(external_id="a").exists()


def test_import_is_found_by_search(db):
    take_in("external_id;name;short_name;former_names\na;Alueen keskus;ELY;Vanha virasto\n")

    for word in ("keskus", "ely", "virasto"):
        assert [row.external_id for row in search(Organisation.objects.all(), word)] == ["a"]


def test_same_name_of_another_form_in_law_is_asked_about(db):
    factories.organisation("Vartija Oy")

    report = take_in(HEAD + "x;Vartija ry;association\n")

    assert [question.key for question in report.questions] == ["x"]


def test_names_and_addresses_beyond_ascii_come_in_by_their_normal_form(db):
    text = (
        "external_id;name;kind;email_domain;website\n"
        "x13;Pähkinä Oy;company;pähkinä.fi;www.pähkinä.fi\n"
    )

    assert faults(take_in(text)) == []
    again = take_in(text)

    made = Organisation.objects.get()
    assert (made.name, made.email_domains) == ("Pähkinä Oy", ["xn--phkin-grae.fi"])
    assert made.website == "https://www.pähkinä.fi"
    assert again.count(Outcome.UNCHANGED) == len(again.results) == 1


def test_hidden_organisation_is_not_named_or_offered(office, home_cluster):
    hidden = factories.organisation("Piilevä Vartija Oy", visibility="private")
    row = "a;PIILEVÄ VARTIJA OY;company\n"

    asked = take_in(HEAD + row, by=office)
    forced = take_in(HEAD + row, by=office, decisions={"a": f"same:{hidden.pk}"})
    seen = take_in(HEAD + row, by=None, dry_run=True)

    assert "an organisation that you do not see" in asked.questions[0].text
    assert "Piilevä Vartija Oy" not in asked.questions[0].text
    assert [choice.value for choice in asked.questions[0].choices] == ["other", "skip"]
    assert [question.key for question in forced.questions] == ["a"]
    assert [result.pk for result in seen.results] == [hidden.pk]


def test_organisation_of_another_cluster_is_named_but_not_offered(office, other_cluster):
    stored = factories.organisation("Vartija Oy", external_id="old", visibility="public")
    factories.membership(stored, other_cluster)

    asked = take_in(HEAD + "new;Vartija Oy;company\n", by=office)

    assert "Vartija Oy" in asked.questions[0].text
    assert [choice.value for choice in asked.questions[0].choices] == ["other", "skip"]


def test_draft_application_and_merged_organisation_are_no_doubles(member, home_cluster):
    draft = factories.organisation(
        "Vartija Oy", visibility="private", is_brought=True, brought_by=member
    )
    factories.membership(draft, home_cluster, stage="draft", applicant=member, since=None)
    kept = factories.organisation("Aivan Muu Oy")
    factories.organisation("Vartija Oy", successor=kept, merged_at=timezone.now())

    report = take_in(HEAD + "a;Vartija Oy;company\n", dry_run=True)

    assert [(result.pk, result.outcome) for result in report.results] == [(None, "created")]
