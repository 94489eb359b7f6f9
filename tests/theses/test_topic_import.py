import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from members.models import Organisation
from tests import factories
from theses.models import Topic
from theses.services.topic_import import import_topics

HEADER = (
    "external_id,organisation,title,description,keywords,levels,fields,language,"
    "municipality,remote,paid,closes,visibility,places"
)
ROW = (
    'a1,Esimerkki Sensoritekniikka Oy,Sensorin testaus,"Kuvaus, jossa pilkku",sensori;testi,'
    "bachelor_uas|master,06;07,fi;en,Tampere,yes,no,,public,2"
)


def take(*rows, header=HEADER, **options):
    return import_topics("\n".join([header, *rows]).encode(), by=None, **options)


def places_of_faults(report):
    return [(fault.row, fault.column) for fault in report.faults]


@pytest.fixture(autouse=True)
def _offerer(company):
    return company


def test_row_becomes_an_open_topic(home_cluster):
    report = take(ROW)

    topic = Topic.objects.get()
    assert report.is_written
    assert (topic.stage, topic.home_cluster) == ("open", home_cluster)
    assert topic.keywords == ["sensori", "testi"]
    assert topic.levels == ["bachelor_uas", "master"]
    assert [term.code for term in topic.education_fields.order_by("code")] == ["06", "07"]
    assert topic.places.count() == 2


def test_second_import_changes_nothing():
    take(ROW)
    before = Topic.objects.get().updated_at

    report = take(ROW)

    assert [result.outcome for result in report.results] == ["unchanged"]
    assert Topic.objects.get().updated_at == before


def test_changed_row_changes_the_topic():
    take(ROW)

    report = take(ROW.replace("Sensorin testaus", "Sensorien testaus"))

    assert [(r.outcome, r.changes) for r in report.results] == [("changed", ("title",))]
    assert Topic.objects.get().version == 2


def test_dry_run_writes_nothing():
    report = take(ROW, dry_run=True)

    assert [result.outcome for result in report.results] == ["created"]
    assert not Topic.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("bachelor_uas|master", "kandi?", "levels"),
        ("bachelor_uas|master", "", "levels"),
        ("06;07", "77", "fields"),
        ("fi;en", "de", "language"),
        (",yes,", ",perhaps,", "remote"),
        (",no,,", ",no,31.3.27,", "closes"),
        (",no,,", ",no,2020-01-01,", "closes"),
        ("public,2", "everyone,2", "visibility"),
        ("public,2", "public,0", "places"),
        ("public,2", "public,9999999999999", "places"),
        ("Esimerkki Sensoritekniikka Oy", "Tuntematon Oy", "organisation"),
        ("Sensorin testaus", "", "title"),
        ("Sensorin testaus", "Raportti TL III", "title"),
        ("Sensorin testaus", "A" * 201, "title"),
    ],
)
def test_fault_names_row_and_column_and_nothing_is_written(old, new, column):
    good = ROW.replace("a1", "a0", 1)

    report = take(good, ROW.replace(old, new))

    assert places_of_faults(report) == [(3, column)]
    assert not Topic.objects.exists()


def test_missing_column_is_named():
    header = HEADER.replace("title,", "")

    [fault] = take(ROW, header=header).faults

    assert (fault.row, fault.column) == (1, "Otsikko")
    assert "Otsikko" in fault.message


def test_last_two_columns_may_be_missing():
    header = HEADER.replace(",visibility,places", "")

    take(ROW.replace(",public,2", ""), header=header)

    assert Topic.objects.get().places.count() == 1


def test_semicolon_file_uses_bars_in_lists():
    header = HEADER.replace(",", ";")
    row = (
        "a1;Esimerkki Sensoritekniikka Oy;Sensorin testaus;Kuvaus;a|b;master;06|07;fi|sv;;no;yes;;;"
    )

    report = take(row, header=header)

    assert report.is_written
    assert Topic.objects.get().languages == ["fi", "sv"]


def test_semicolons_in_lists_of_a_semicolon_file_are_a_fault_of_the_row():
    row = ROW.replace('"Kuvaus, jossa pilkku"', "Kuvaus").replace(",", ";")

    report = take(row, header=HEADER.replace(",", ";"))

    assert (2, "") in places_of_faults(report)
    assert not Topic.objects.exists()


def test_unknown_column_is_named_and_ignored():
    report = take(f"{ROW},x", header=f"{HEADER},colour")

    assert report.unknown_columns == ["colour"]
    assert report.is_written


def test_coordinator_cannot_import_for_another_cluster(other_office):
    report = import_topics(f"{HEADER}\n{ROW}".encode(), by=other_office)

    assert places_of_faults(report) == [(2, "organisation")]


def test_contact_person_imports_for_review(lead):
    import_topics(f"{HEADER}\n{ROW}".encode(), by=lead)

    assert Topic.objects.get().stage == "in_review"


def test_organisation_of_two_clusters_needs_the_cluster(company, other_cluster):
    factories.membership(company, other_cluster)

    assert places_of_faults(take(ROW)) == [(2, "organisation")]
    assert take(ROW, cluster=other_cluster).is_written


def test_unknown_organisation_is_made_when_asked(home_cluster):
    report = take(
        ROW.replace("Esimerkki Sensoritekniikka Oy", "Uusi Oy"),
        cluster=home_cluster,
        create_organisations=True,
    )

    assert report.is_written
    assert Topic.objects.get().organisation.is_shadow


def test_command_reports_faults_and_exits(tmp_path):
    file = tmp_path / "topics.csv"
    file.write_text(f"{HEADER}\n{ROW.replace('06;07', '77')}", encoding="utf-8")

    with pytest.raises(CommandError, match="fields"):
        call_command("import_topics", str(file))


def test_command_imports(tmp_path):
    file = tmp_path / "topics.csv"
    file.write_text(f"{HEADER}\n{ROW}", encoding="utf-8-sig")
    out = io.StringIO()

    call_command("import_topics", str(file), "--dry-run", stdout=out)
    call_command("import_topics", str(file), stdout=out)

    assert Topic.objects.count() == 1


@pytest.mark.parametrize("data", [b"", b"\xff\xfea\0", b"\xe4\xf6", b'a,"b', b"PK\x03\x04xx"])
def test_broken_file_is_a_fault(data):
    assert import_topics(data, by=None).faults


def test_coordinator_offers_nothing_for_an_organisation_that_she_may_not_know_of(
    other_office, other_cluster, company
):
    company.visibility = "private"
    company.save()

    data = "\n".join([HEADER, ROW]).encode()
    report = import_topics(data, by=other_office, cluster=other_cluster)

    assert places_of_faults(report) == [(2, "organisation")]
    assert not Topic.objects.exists()


def test_municipality_tells_the_region():
    take(ROW.replace("Tampere", "Kuopio"))

    assert Topic.objects.get().region.code == "11"


def test_unknown_municipality_is_told_of_and_no_fault():
    report = take(ROW.replace("Tampere", "Kuvitteela"))

    assert report.is_written
    assert [(each.row, each.column) for each in report.remarks] == [(2, "municipality")]
    assert Topic.objects.get().region is None


def test_preview_locks_nothing_and_tells_of_the_organisation_to_be_made(home_cluster):
    take(ROW)
    before = Organisation.objects.count()
    missing = "Esimerkki Sensoritekniikka Oy", "Uusi Oy"
    rows = [ROW.replace("a1", "a2").replace(*missing), ROW.replace(*missing)]

    with CaptureQueriesContext(connection) as asked, override("en"):
        report = take(*rows, cluster=home_cluster, create_organisations=True, dry_run=True)

    assert [result.outcome for result in report.results] == ["created", "changed"]
    assert [(remark.row, remark.column) for remark in report.remarks] == [
        (2, "organisation"), (3, "organisation"),
    ]  # fmt: skip
    assert [q["sql"] for q in asked if "advisory" in q["sql"] or "FOR UPDATE" in q["sql"]] == []
    assert Organisation.objects.count() == before


def test_preview_lets_go_of_each_row_at_once(home_cluster):
    take(ROW)
    rows = [ROW.replace("Sensorin", "Sensorien"), *(ROW.replace("a1", f"b{n}") for n in range(50))]
    stored = []

    def look(_done, _total):
        stored.append(list(Topic.objects.values_list("title", flat=True)))

    take(*rows, dry_run=True, progress=look)

    assert stored == [["Sensorin testaus"]] * 2  # before the first row, and after fifty
