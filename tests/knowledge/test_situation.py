"""Figures of regional security: who sees and enters them, limits, corrections, files, open data."""

import datetime
import json
import threading
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cluster_portal.core.errors import Refused
from cluster_portal.core.imports import Outcome
from cluster_portal.knowledge.models import (
    BegunChallenge,
    Correction,
    Indicator,
    Measurement,
    Producer,
    periods,
)
from cluster_portal.knowledge.models.situation import Mark, regions_measured_by
from cluster_portal.knowledge.pages import figures
from cluster_portal.knowledge.services import measuring
from cluster_portal.knowledge.services.measuring import Figure
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.services.following import follow
from projects.models import Challenge
from tests import factories
from tests.knowledge import situation_factories as make

DAY = make.A_QUARTER
SEEN = {
    "public": "visitor outsider member lead other_lead office other_office admin",
    "members": "member lead other_lead office other_office admin",
    "cluster": "member lead other_lead office admin",
    "private": "member lead office admin",
}


@pytest.mark.parametrize("visibility", SEEN)
def test_who_sees_an_indicator_and_its_figures(visibility, cast, home_cluster, company):
    one = make.indicator(home_cluster, organisation=company, visibility=visibility)
    make.measurement(one)

    people = cast.items()
    seen = {who for who, user in people if Indicator.objects.visible_to(user).exists()}
    figures = {who for who, user in people if Measurement.objects.visible_to(user).exists()}

    assert seen == figures == set(SEEN[visibility].split())


@pytest.mark.parametrize(
    ("text", "interval", "day"),
    [
        ("Q3/2026", "quarter", datetime.date(2026, 7, 1)),
        ("2026q3", "quarter", datetime.date(2026, 7, 1)),
        ("15.8.2026", "quarter", datetime.date(2026, 7, 1)),
        ("2026-08-15", "half", datetime.date(2026, 7, 1)),
        ("h2/2026", "half", datetime.date(2026, 7, 1)),
        ("Q3 2026", "quarter", datetime.date(2026, 7, 1)),
        ("3. neljännes 2026", "quarter", datetime.date(2026, 7, 1)),
        ("4. Vuosineljännes 2026", "quarter", datetime.date(2026, 10, 1)),
        ("5. neljännes 2026", "quarter", None),
        ("3. neljännes 2026", "year", None),
        (" 9 / 2026 ", "month", datetime.date(2026, 9, 1)),
        ("2026", "year", datetime.date(2026, 1, 1)),
        ("2026", "quarter", None),
        ("Q5/2026", "quarter", None),
        ("Q1/0000", "quarter", None),
        ("0000", "year", None),
        ("31.2.2026", "month", None),
        ("H2/2026", "quarter", None),
        ("", "month", None),
        ("1.1.9999", "month", None),
    ],
)
def test_period_is_read_as_people_write_it(text, interval, day):
    assert periods.read(text, interval) == day


@pytest.mark.parametrize("interval", periods.Interval)
def test_name_of_a_period_is_read_back(interval):
    day = periods.first_day(datetime.date(2026, 11, 30), interval)

    assert periods.read(periods.name(day, interval), interval) == day
    assert periods.moved(periods.moved(day, interval, -9), interval, 9) == day


@pytest.mark.parametrize(
    ("bad_when", "warning", "alarm", "value", "mark"),
    [
        ("above", 9, 12, 8.9, "fine"), ("above", 9, 12, 9, "warning"),
        ("above", 9, 12, 12, "alarm"), ("below", 76, 70, 77, "fine"),
        ("below", 76, 70, 76, "warning"), ("below", 76, 70, 70, "alarm"),
        ("above", None, 12, 11, "fine"), ("above", None, None, 99, "free"),
    ],
)  # fmt: skip
def test_value_stands_to_its_limits(bad_when, warning, alarm, value, mark):
    one = Indicator(bad_when=bad_when, warning=warning, alarm=alarm)

    assert one.mark(Decimal(str(value))) == Mark(mark)


def test_warning_comes_before_the_alarm(home_cluster):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.indicator(home_cluster, warning=13, alarm=12)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.indicator(home_cluster, warning=13, alarm=None)
    with pytest.raises(ValidationError):
        Indicator(bad_when="below", warning=60, alarm=70).clean()


def figure(value="5", **values):
    return Figure(**{"region": factories.region(), "starts_on": DAY, "value": Decimal(value),
                     **values})  # fmt: skip


def test_figure_is_corrected_with_a_reason_that_stays(home_cluster, office, client):
    one = make.indicator(home_cluster)
    measuring.enter(one, figure("5"), by=office)
    assert measuring.enter(one, figure("5"), by=office)[1] == Outcome.UNCHANGED
    with pytest.raises(Refused, match="Kerro, miksi se muuttuu"):
        measuring.enter(one, figure("6"), by=office)

    measuring.enter(one, figure("6", reason="Yksi kunta puuttui."), by=office)

    row = Correction.objects.get()
    assert (row.before, row.after, row.corrected_by) == (5, 6, office)
    assert Measurement.objects.get().value == 6
    page = client.get(one.get_absolute_url()).content.decode()
    assert "5,0 → 6,0. Yksi kunta puuttui." in page


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"starts_on": datetime.date(2026, 8, 1)}, "jaksoa"),
        ({"value": Decimal("1.00001")}, "desimaalia"),
        ({"value": Decimal(10**9)}, "desimaalia"),
        ({"note": "TL III"}, "TL III"),
    ],
)
def test_bad_figure_is_refused(values, why, home_cluster, office):
    one = make.indicator(home_cluster)

    with pytest.raises(Refused, match=why):
        measuring.enter(one, figure(**values), by=office)

    assert not Measurement.objects.exists()


def test_who_enters_the_figures_of_which_region(cast, home_cluster, other_cluster, company):
    one = make.indicator(home_cluster, organisation=company)
    there = factories.organisation(external_id="there")
    producer = factories.user()
    factories.affiliation(producer, there, role="contact")
    Producer.objects.create(indicator=one, region=factories.region("12"), organisation=there)
    people = {**cast, "producer": producer}

    found = {
        who: regions_measured_by(one, user).values_list("code", flat=True)
        for who, user in people.items()
    }

    assert {who for who, codes in found.items() if len(codes) > 1} == {"lead", "office", "admin"}
    assert list(found["producer"]) == ["12"]
    assert list(found["other_office"]) == ["11"]
    assert not found["member"]
    assert not found["visitor"]
    assert not found["outsider"]


def test_figure_beyond_the_alarm_is_told_once(home_cluster, office, cast, member):
    admin = cast["admin"]
    one = make.indicator(home_cluster)
    follow(one, by=member)

    measuring.enter(one, figure("13"), by=admin)
    measuring.enter(one, figure("13"), by=admin)

    told = OutboxMail.objects.filter(kind="limit_exceeded")
    assert [mail.recipient for mail in told] == [office]
    assert OutboxMail.objects.filter(kind="followed", recipient=member).count() == 1


def test_figure_that_returns_to_the_alarm_is_told_anew(home_cluster, office, cast, member):
    admin = cast["admin"]
    one = make.indicator(home_cluster)
    follow(one, by=member)

    for value in ("13", "5", "13"):
        measuring.enter(one, figure(value, reason="Luku oli väärin."), by=admin)

    told = OutboxMail.objects.filter(kind="limit_exceeded", recipient=office)
    assert told.count() == 2
    assert OutboxMail.objects.filter(kind="followed", recipient=member).count() == 3


def test_old_figure_beyond_the_alarm_is_no_news(home_cluster, office, cast):
    admin = cast["admin"]
    one = make.indicator(home_cluster)
    measuring.enter(one, figure("5"), by=admin)

    measuring.enter(one, figure("13", starts_on=datetime.date(2026, 4, 1)), by=admin)

    assert not OutboxMail.objects.filter(kind="limit_exceeded").exists()


def csv(*rows):
    return "\n".join(["indikaattori;maakunta;jakso;arvo;perustelu", *rows]).encode()


def test_file_names_every_bad_line_and_writes_nothing(home_cluster, office):
    one = make.indicator(home_cluster)
    data = csv(
        f"{one.slug};Pirkanmaa;Q3/2026;4,9;", "tuntematon;Pirkanmaa;Q3/2026;1;",
        f"{one.slug};Atlantis;Q3/2026;1;", f"{one.slug};Pirkanmaa;2026;1;",
        f"{one.slug};Pirkanmaa;Q2/2026;paljon;", f"{one.slug};06;Q3/2026;5;",
        f"{one.slug};Lappi;Q3/2026;;",
    )  # fmt: skip

    report = measuring.import_measurements(data, by=office)

    assert [(fault.row, fault.column) for fault in report.faults] == [
        (3, "indikaattori"), (4, "maakunta"), (5, "jakso"), (6, "arvo"), (7, "jakso"), (8, "arvo"),
    ]  # fmt: skip
    assert not Measurement.objects.exists()


def test_preview_writes_nothing_and_the_second_import_changes_nothing(home_cluster, office):
    one = make.indicator(home_cluster)
    data = csv(f"{one.name_fi};Pirkanmaa;Q3/2026;4,9;", f"{one.slug};Lappi;2026Q2;1 234,5;")

    preview = measuring.import_measurements(data, by=office, dry_run=True)
    assert not preview.faults
    assert not Measurement.objects.exists()
    first = measuring.import_measurements(data, by=office)
    again = measuring.import_measurements(data, by=office)

    assert first.count(Outcome.CREATED) == 2
    assert again.count(Outcome.UNCHANGED) == 2
    assert set(Measurement.objects.values_list("value", flat=True)) == {
        Decimal("4.9"), Decimal("1234.5")
    }  # fmt: skip
    assert {row.origin for row in Measurement.objects.all()} == {"file"}


def test_file_of_another_region_is_refused_row_by_row(home_cluster, other_office):
    one = make.indicator(home_cluster)
    data = csv(f"{one.slug};Pirkanmaa;Q3/2026;4,9;", f"{one.slug};Pohjois-Savo;Q3/2026;4;")

    report = measuring.import_measurements(data, by=other_office)

    assert [fault.row for fault in report.faults] == [2]


def test_coordinator_imports_a_file_as_a_spreadsheet_writes_it(home_cluster, office, client):
    one = make.indicator(home_cluster)
    rows = ["Indikaattori;Maakunta;Jakso;Arvo", f'{one.name_fi};pirkanmaa;1.7.2026;"4,9"', ";;;"]
    data = b"\xef\xbb\xbf" + "\r\n".join(rows).encode()
    client.force_login(office)
    page = client.get(one.get_absolute_url()).content.decode()
    address = reverse("admin:knowledge_measurement_import")

    preview = client.post(address, {"file": SimpleUploadedFile("q3.csv", data), "preview": "1"})
    report = preview.context["report"]
    client.post(address, {"token": preview.context["token"], "write": "1"})

    assert f'href="{address}"' in page
    assert report["faults"] == []
    [row] = Measurement.objects.all()
    assert (row.value, row.starts_on, row.origin) == (
        Decimal("4.9"), datetime.date(2026, 7, 1), "file",
    )  # fmt: skip


def test_whoever_only_measures_has_no_import(home_cluster, lead, client):
    one = make.indicator(home_cluster)
    client.force_login(lead)
    address = reverse("admin:knowledge_measurement_import")

    assert address not in client.get(one.get_absolute_url()).content.decode()
    assert client.get(address).status_code in {302, 403, 404}


@pytest.mark.parametrize("text", ["<b>4</b>", "", "=1+1", "1e9", "٣", "4,9.1", "NaN", "9" * 40])
def test_strange_value_is_answered_in_the_form(text, home_cluster, office, client):
    one = make.indicator(home_cluster)
    client.force_login(office)
    url = reverse("situation:measure", args=[one.slug])
    values = {"region": factories.region().pk, "period": "Q3/2026", "value": text}

    answer = client.post(url, values)

    assert answer.status_code == 422
    assert not Measurement.objects.exists()


def test_coordinator_enters_a_figure_on_the_page(home_cluster, office, client):
    one = make.indicator(home_cluster)
    client.force_login(office)
    url = reverse("situation:measure", args=[one.slug])
    values = {"region": factories.region().pk, "period": "Q3/2026", "value": "12,5"}

    answer = client.post(url, values, follow=True)

    page = answer.content.decode()
    assert "Luku on tallennettu" in page
    assert "Hälytysraja ylittyi" in page
    assert "12,5" in page


def test_first_figure_of_a_new_period_leaves_the_comparison_of_the_last_one(home_cluster):
    one = make.indicator(home_cluster)
    make.measurement(one, 13)
    make.measurement(one, 4, region=factories.region("11"))
    make.measurement(one, 5, starts_on=datetime.date(2026, 10, 1))

    [row] = figures.compared([one], factories.region())

    assert (row["period"], row["count"]) == ("Q3/2026", 2)


def test_overview_is_for_everybody_and_compares_regions(home_cluster, client):
    one = make.indicator(home_cluster, name_fi="<b>Katkot</b>", unit_fi="<b>h</b>")
    make.measurement(one, 13)
    make.measurement(one, 4, region=factories.region("11"))
    make.review(home_cluster, lead_fi="<b>Vakaa</b>", meaning_fi="<b>Tämä</b>")

    page = client.get("/situation/?region=06&beside=11").content.decode()

    assert "<b>" not in page
    assert "Hälytysraja ylittyi" in page
    assert "Pirkanmaa 13,0" in page
    assert "Pohjois-Savo 4,0" in page


@pytest.mark.parametrize(
    "query", ["", "region=99", "region=06&beside=06", "region=%3Cb%3E&beside=x", "beside="]
)
def test_overview_bears_any_parameter(query, home_cluster, client):
    make.measurement(make.indicator(home_cluster), 3)

    assert client.get(f"/situation/?{query}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["", "indicators/", "reviews/", "evaluations/", "data/", "impact/",
             "data/measurements.csv", "data/measurements.json", "data/indicators.csv",
             "data/indicators.json", "reviews/feed.xml"]
)  # fmt: skip
def test_pages_open_while_there_is_nothing(path, client):
    assert client.get(f"/situation/{path}").status_code == 200


def test_open_data_holds_only_what_is_public(home_cluster, office, client):
    shown, hidden = make.indicator(home_cluster), make.indicator(home_cluster, visibility="members")
    make.measurement(shown, 4.9)
    make.measurement(hidden, 7.7)
    client.force_login(office)

    answer = client.get("/situation/data/measurements.json")
    rows = json.loads(answer.content)
    table = client.get("/situation/data/measurements.csv").content.decode("utf-8-sig")

    assert [row["value"] for row in rows["measurements"]] == ["4.9"]
    assert rows["licence"]["name"] == "CC BY 4.0"
    assert 'rel="license"' in answer["Link"]
    assert "7.7" not in table
    assert table.splitlines()[1].startswith(shown.slug)
    definitions = json.loads(client.get("/situation/data/indicators.json").content)
    assert [row["indicator"] for row in definitions["indicators"]] == [shown.slug]


def test_challenge_begins_from_a_figure_and_keeps_where_it_came_from(
    home_cluster, lead, company, client
):
    one = make.indicator(home_cluster)
    make.measurement(one, 13)
    client.force_login(lead)
    url = f"{reverse('situation:begin_challenge', args=[one.slug])}?region=06"
    page = client.get(url)
    assert "13,0" in page.content.decode()
    begun = page.context["form"].initial
    values = {**begun, "organisation": company.pk, "need": "Varavoimaa."}

    client.post(url, values)
    client.post(url, values)

    challenge = Challenge.objects.get()
    tie = BegunChallenge.objects.get()
    assert (tie.challenge, tie.indicator, tie.region.code) == (challenge, one, "06")
    assert "Hälytysraja ylittyi" in challenge.background
    page = client.get(challenge.get_absolute_url())
    assert [row["url"] for row in page.context["thread"]] == [one.get_absolute_url()]
    # A draft is its side's own.
    assert challenge.title in client.get(one.get_absolute_url()).content.decode()
    client.logout()
    assert challenge.title not in client.get(one.get_absolute_url()).content.decode()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_enter_the_same_figure_make_one(home_cluster, office):
    one = make.indicator(home_cluster)
    start, results = threading.Barrier(2), []

    def run(by, value):
        start.wait()
        try:
            results.append(measuring.enter(one, figure(value), by=by)[1])
        except Refused:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((office, "5"), (office, "6"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, results)) == ["created", "refused"]
    assert Measurement.objects.count() == 1
