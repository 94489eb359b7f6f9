"""A member list becomes organisations, memberships and named people, and nobody is written to."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.imports import Outcome
from cluster_portal.notifications.models import MailState, OutboxMail
from members.models import Affiliation, Membership, NamedPerson, Organisation
from members.services import named_people
from members.services.member_import import Register, import_members
from tests import factories
from tests.members import messy_list

HEADER = "organisation,business_id,municipality,member_since,member_until,person,email,role\n"


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def take(home_cluster):
    def taken(data, **values):
        values = {"by": None, "dry_run": False, **values}
        data = data if isinstance(data, bytes) else data.encode()
        return import_members(data, Register(home_cluster, "Rekisteri"), **values)

    return taken


def counts(report):
    return [report.count(outcome) for outcome in Outcome]


def told(report):
    return [str(fault) for fault in [*report.faults, *report.remarks]]


def test_messy_list_names_its_fault_and_asks_of_its_double(take):
    report = take(messy_list.workbook())

    assert [str(fault) for fault in report.faults] == [
        "Row 14, column Liittynyt: “31.2.2019” is not a day such as 31.3.2027.",
        "Row 125, column Organisaatio: This may be the same organisation as row 6. Decide.",
    ]
    assert report.unknown_columns == ["muistiinpanot"]
    assert [choice.value for choice in report.questions[0].choices] == [
        "same:row-6", "other", "skip",
    ]  # fmt: skip
    assert not Organisation.objects.exists()


def test_mended_list_is_the_network(take, home_cluster):
    report = take(messy_list.workbook(is_mended=True), decisions={"kaiku 1": "same:row-6"})

    assert report.faults == []
    assert Organisation.objects.count() == messy_list.ORGANISATIONS
    assert Membership.objects.active().filter(cluster=home_cluster).count() == 59
    assert NamedPerson.objects.exclude(organisation=None).count() == messy_list.PEOPLE
    alone = NamedPerson.objects.get(organisation=None)
    assert (alone.name, alone.since) == ("Kerttu Yksin", datetime.date(2022, 9, 1))
    assert Organisation.objects.filter(is_shadow=True, introduced_by=home_cluster).count() == 60
    assert not Affiliation.objects.exists()
    assert not OutboxMail.objects.exists()


REAL_LIST = """PIRKANMAAN TURVALLISUUSKLUSTERI - JÄSENREKISTERI;;;;;;;
Päivitetty 3.11.2026 / AE;;;;;;;
Nro;Jäsenorganisaatio;Tyyppi;Jäsenyys alkoi;Yhteyshenkilö;Yhteyshenkilön sähköposti;Puh.;Huom.
1;Aallon Turva Oy;Yritys;1.3.2015;Maija Malli;Maija.Malli@Example.org ;040 123 4567;
;;;;Pekka Näyte;pekka.nayte@example.org;;
2;Kuvitelman kaupunki;Kunta;2014;Kaisa Kunta <kaisa.kunta@example.org>;;;
3;Harjun ammattiopisto;oppilaitos;2019-08-01;Olli Opettaja;olli@example.org, toinen@example.org;;
;YHTEENSÄ 3;;;;;;
"""


def test_list_of_contact_persons_is_taken_as_it_was_kept(take):
    report = take(REAL_LIST)

    people = NamedPerson.objects.order_by("pk").values_list("name", "email", "role")
    assert report.faults == []
    assert list(people) == [
        ("Maija Malli", "maija.malli@example.org", "contact"),
        ("Pekka Näyte", "pekka.nayte@example.org", "member"),
        ("Kaisa Kunta", "kaisa.kunta@example.org", "contact"),
        ("Olli Opettaja", "olli@example.org", "contact"),
    ]
    assert Organisation.objects.count() == Membership.objects.count() == 3
    joined = Membership.objects.order_by("since").values_list("since", flat=True)
    assert [str(day) for day in joined] == ["2014-01-01", "2015-03-01", "2019-08-01"]
    assert "Row 8, column Jäsenorganisaatio: The row is a sum and is left out." in told(report)
    assert report.sentences()[0] == "Unknown columns are ignored: nro, huom."


def test_name_in_two_columns_is_one(take):
    take(
        "organisaatio,liittynyt,etunimi,sukunimi,sähköposti\nAlfa Oy,2020,Åsa,Malli,a@example.org\n"
    )

    assert list(NamedPerson.objects.values_list("name", "role")) == [("Åsa Malli", "member")]


def test_columns_are_shown_by_their_plain_headings(client, office, home_cluster):
    client.force_login(office)

    with override("fi"):
        page = client.get("/admin/members/membership/import/").content.decode()

    assert "Nimi, Sähköposti, Rooli, Tehtävä, Kieli, Puhelin" in page


@pytest.mark.parametrize(("language", "word"), [("fi", "Nimi"), ("en", "person")])
def test_column_that_the_file_lacks_is_named_in_the_readers_language(take, language, word):
    with override(language):
        report = take("organisaatio,liittynyt,sähköposti\nAlfa Oy,2020,a@example.org\n")

    assert [fault.column for fault in report.faults] == [word]


def test_second_import_of_the_same_list_changes_nothing(take):
    data, chosen = messy_list.workbook(is_mended=True), {"*": "other"}
    take(data, decisions=chosen)
    before = list(NamedPerson.objects.order_by("pk").values())
    acts = AuditEntry.objects.count()

    report = take(data, decisions=chosen)

    assert counts(report) == [0, 0, 123]
    assert list(NamedPerson.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.count() == acts


def test_what_a_coordinator_corrected_stays(take, office):
    data = HEADER + "Vartio Oy,,Tampere,1.3.2015,,Aino Malli,aino@example.org,contact\n"
    take(data)
    person = NamedPerson.objects.get()
    named_people.change_person(person, {"email": "oikea@example.org"}, by=office)
    Membership.objects.update(since="2014-01-01")
    Organisation.objects.update(municipality="Nokia")

    report = take(data)

    person.refresh_from_db()
    assert counts(report) == [0, 0, 1]
    assert person.email == "oikea@example.org"
    assert Membership.objects.get().since == datetime.date(2014, 1, 1)
    assert Organisation.objects.get().municipality == "Nokia"


def test_changed_cells_change_just_that(take):
    row = "Vartio Oy,,Tampere,1.3.2015,,Aino Malli,aino@example.org,representative\n"
    take(HEADER + row)

    report = take(HEADER + row.replace("1.3.2015", "2.3.2015").replace("aino@", "uusi@"))

    assert [(r.outcome, r.changes) for r in report.results] == [
        (Outcome.CHANGED, ("since", "email"))
    ]
    assert NamedPerson.objects.get().email == "uusi@example.org"


def test_rows_below_an_organisation_are_its_people(take):
    report = take(
        HEADER
        + "Vartio Oy,,,1.3.2015,,Aino Malli,aino@example.org,contact\n"
        + ",,,,,Eero Malli,eero@example.org,deputy\n"
        + ",,,,,Onni Malli,onni@example.org,\n"
        + ",,,5.5.2020,,Helmi Yksin,helmi@example.org,\n"
        + ",,,,,Otso Yksin,otso@example.org,\n"
    )

    found = NamedPerson.objects.order_by("pk").values_list("name", "organisation__name", "role")
    assert list(found) == [
        ("Aino Malli", "Vartio Oy", "contact"),
        ("Eero Malli", "Vartio Oy", "deputy"),
        ("Onni Malli", "Vartio Oy", "member"),
        ("Helmi Yksin", None, "member"),
        ("Otso Yksin", None, "member"),
    ]
    assert (
        "Row 4, column organisation: Without a role: recorded as a colleague in Vartio Oy, which "
        "stands above."
    ) in told(report)


def test_blank_row_ends_an_organisation(take):
    take(
        HEADER
        + "Vartio Oy,,,1.3.2015,,Aino Malli,aino@example.org,contact\n"
        + ",,,,,,,\n"
        + ",,,,,Helmi Yksin,helmi@example.org,\n"
        + ",,,,,,,\n"
    )

    assert NamedPerson.objects.get(name="Helmi Yksin").organisation is None


@pytest.mark.parametrize("is_named", [True, False], ids=["named", "with an account"])
def test_second_contact_is_a_colleague_to_be_confirmed(take, company, lead, is_named):
    if is_named:
        lead.affiliations.update(role="member")
        take(HEADER + f"{company.name},,,,,Aino Malli,aino@example.org,contact\n")

    report = take(HEADER + f"{company.name},,,,,Eero Malli,eero@example.org,yhteyshenkilö\n")

    assert NamedPerson.objects.get(name="Eero Malli").role == "member"
    assert told(report) == [
        (
            f"Row 2, column role: {company.name} has a contact person already: Eero Malli is "
            "recorded as a colleague, whom that one confirms."
        )
    ]


@pytest.mark.parametrize("is_successor_first", [False, True])
def test_contact_that_changes_in_one_file_has_a_successor(take, is_successor_first):
    take(HEADER + "Kaiku Oy,,,1.1.2020,,Aino Malli,aino@example.org,contact\n"
         "Kaiku Oy,,,1.1.2020,,Pekka Esimerkki,pekka@example.org,deputy\n")  # fmt: skip
    rows = [
        "Kaiku Oy,,,1.1.2020,,Aino Malli,aino@example.org,member\n",
        "Kaiku Oy,,,1.1.2020,,Pekka Esimerkki,pekka@example.org,contact\n",
    ]

    report = take(HEADER + "".join(reversed(rows) if is_successor_first else rows))

    roles = dict(NamedPerson.objects.values_list("name", "role"))
    assert roles == {"Aino Malli": "member", "Pekka Esimerkki": "contact"}
    sentence = "Pekka Esimerkki becomes the contact person after Aino Malli."
    assert told(report) == [f"Row {2 if is_successor_first else 3}, column role: {sentence}"]
    assert counts(report) == [0, 2, 0]
    assert all("role" in result.changes for result in report.results)


def test_new_person_follows_as_contact(take):
    take(HEADER + "Kaiku Oy,,,1.1.2020,,Aino Malli,aino@example.org,contact\n")

    report = take(HEADER + "Kaiku Oy,,,1.1.2020,,Aino Malli,aino@example.org,representative\n"
                  "Kaiku Oy,,,1.1.2020,,Uusi Nimi,uusi@example.org,contact\n")  # fmt: skip

    assert NamedPerson.objects.get(role="contact").name == "Uusi Nimi"
    assert report.results[1].changes == ("new person: contact person",)


def test_last_contact_stays_until_a_row_names_a_successor(take):
    take(HEADER + "Kaiku Oy,,,1.1.2020,,Aino Malli,aino@example.org,contact\n")
    alone = HEADER + "Kaiku Oy,,,1.1.2020,,Aino Malli,aino@example.org,member\n"

    preview = take(alone, dry_run=True)
    report = take(alone)

    sentence = (
        "Row 2, column role: Aino Malli stays the contact person of Kaiku Oy: no row names a "
        "successor. Mark one in the file."
    )
    assert told(preview) == told(report) == [sentence]
    assert counts(report) == [0, 0, 1]
    assert NamedPerson.objects.get().role == "contact"

    take(alone + "Kaiku Oy,,,1.1.2020,,Uusi Nimi,uusi@example.org,contact\n")

    roles = dict(NamedPerson.objects.values_list("name", "role"))
    assert roles == {"Aino Malli": "member", "Uusi Nimi": "contact"}


def test_whoever_refused_follows_nobody(take):
    take(HEADER + "Kaiku Oy,,,1.1.2020,,Aino Malli,aino@example.org,contact\n"
         "Kaiku Oy,,,1.1.2020,,Pekka Esimerkki,pekka@example.org,member\n")  # fmt: skip
    NamedPerson.objects.filter(name="Pekka Esimerkki").update(stage="declined")

    take(HEADER + "Kaiku Oy,,,1.1.2020,,Aino Malli,aino@example.org,member\n"
         "Kaiku Oy,,,1.1.2020,,Pekka Esimerkki,pekka@example.org,contact\n")  # fmt: skip

    assert NamedPerson.objects.get(role="contact").name == "Aino Malli"


def test_contact_marked_in_a_column_of_its_own_follows(take):
    header = "organisation,member_since,person,email,contact\n"
    take(header + "Kaiku Oy,1.1.2020,Aino Malli,aino@example.org,x\n"
         "Kaiku Oy,1.1.2020,Pekka Esimerkki,pekka@example.org,\n")  # fmt: skip

    take(header + "Kaiku Oy,1.1.2020,Aino Malli,aino@example.org,\n"
         "Kaiku Oy,1.1.2020,Pekka Esimerkki,pekka@example.org,x\n")  # fmt: skip

    assert NamedPerson.objects.get(role="contact").name == "Pekka Esimerkki"


def test_contact_with_an_account_leaves_a_named_one_free_to_change(take, company, lead):
    take(HEADER + f"{company.name},,,1.1.2020,,Aino Malli,aino@example.org,deputy\n")
    NamedPerson.objects.update(role="contact")

    take(HEADER + f"{company.name},,,1.1.2020,,Aino Malli,aino@example.org,member\n")

    assert NamedPerson.objects.get().role == "member"


def test_whoever_is_there_with_an_account_is_not_named_again(take, company, lead):
    take(HEADER + f"{company.name},,,,,{lead},{lead.email},contact\n")

    assert not NamedPerson.objects.exists()


def test_two_who_share_a_mailbox_are_two(take):
    take(
        HEADER
        + "Vartio Oy,,,1.3.2015,,Aino Malli,toimisto@example.org,contact\n"
        + ",,,,,Eero Malli,toimisto@example.org,deputy\n"
    )

    assert NamedPerson.objects.count() == 2


def test_one_person_on_two_rows_is_one_with_the_first_role_by_rank(take):
    report = take(
        HEADER
        + "Vartio Oy,,,1.3.2015,,Aino Malli,aino@example.org,representative\n"
        + "Vartio Oy,,,,,Aino Malli,aino@example.org,contact\n"
    )

    assert NamedPerson.objects.get().role == "contact"
    assert counts(report) == [1, 0, 1]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            "Vartio Oy,1029258-1,,,,,,",
            "column business_id: “1029258-1” is not a valid Business ID.",
        ),
        ("Vartio Oy,,,32.1.2020,,,,", "column member_since: “32.1.2020” is not a day such as"),
        ("Vartio Oy,,,1.1.2020,1.1.2019,,,", "column member_until: The membership ends before"),
        ("Vartio Oy,,,,,Aino,ei osoite,", "column email: “ei osoite” is not an e-mail address."),
        ("Vartio Oy,,,,,Aino,,pomo", "column role: “pomo” is not one of: contact, representative"),
        ("Vartio Oy,,,,,,aino@example.org,", "column person: Write the name of the person."),
        ("Vartio Oy,,,,,www.evil.fi,,", "column person: Write this without a web address."),
        ("Vartio TL III,,,,,,,", "column organisation: The text bears the classification marking"),
        (",,,,,Aino,,contact", "column organisation: This role needs an organisation."),
        ("Vartio Oy,,,=1+1,,,,", "column member_since: “=1+1” is not a day"),
    ],
)
def test_fault_names_row_and_column(take, cells, message):
    report = take(HEADER + cells + "\n")

    assert told(report)[0].startswith(f"Row 2, {message}")
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1.3.2015", "2015-03-01"), ("01.03.2015", "2015-03-01"), ("1. 3. 2015", "2015-03-01"),
        ("2015-03-01", "2015-03-01"), ("1.3.15", "2015-03-01"), ("3/2015", "2015-03-01"),
        ("maaliskuu 2015", "2015-03-01"), ("2. maaliskuuta 2015", "2015-03-02"),
        ("2015", "2015-01-01"),
    ],
)  # fmt: skip
def test_days_as_finns_write_them(take, text, day):
    report = take(HEADER + f"Vartio Oy,,,{text},,,,\n")

    assert report.faults == []
    assert str(Membership.objects.get().since) == day


def test_past_last_day_is_an_ended_membership(take):
    take(HEADER + "Vartio Oy,,,1.3.2015,31.12.2020,,,\n")

    assert Membership.objects.get().stage == "ended"


def test_handled_application_is_not_overrun(take, company):
    Membership.objects.update(stage="submitted", since=None)

    report = take(HEADER + f"{company.name},,,1.3.2015,,,,\n")

    assert told(report) == [
        (
            "Row 2, column organisation: An application of this organisation is being handled: "
            "decide on it first."
        )
    ]


def test_organisation_with_a_contact_elsewhere_is_asked_and_not_taken(
    take, other_cluster, office, mailoutbox
):
    """Whoever records a membership must not come to edit what somebody else speaks for."""
    known = factories.organisation("Vieras Oy", municipality="Kuopio")
    factories.membership(known, other_cluster)
    factories.affiliation(factories.user(), known, role="contact")

    take(HEADER + "Vieras Oy,,Tampere,1.3.2015,,,,\n", by=office)

    made = Membership.objects.get(organisation=known, source="Rekisteri")
    known.refresh_from_db()
    assert made.stage == "accepted"
    assert known.municipality == "Kuopio"
    assert not Organisation.objects.editable_by(office).contains(known)
    assert set(OutboxMail.objects.values_list("kind", "state")) == {
        ("membership_recorded", MailState.DROPPED)
    }


def test_another_cluster_is_refused(take, other_office, home_cluster):
    with pytest.raises(Exception, match="You do not coordinate this cluster"):
        take(HEADER + "Vartio Oy,,,,,,,\n", by=other_office)


def run(tmp_path, text, *arguments):
    file = tmp_path / "jasenet.csv"
    file.write_text(text)
    call_command("import_members", str(file), "--cluster", "pirkanmaa", *arguments)


def test_command_ends_with_the_counts(tmp_path, home_cluster, capsys):
    run(tmp_path, HEADER + "Vartio Oy,,,1.3.2015,,Aino Malli,aino@example.org,contact\n")

    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "new 1, changed 0, unchanged 0, faults 0"
    assert not OutboxMail.objects.exists()


def test_command_ends_with_the_counts_when_there_are_faults(tmp_path, home_cluster, capsys):
    with pytest.raises(CommandError, match=r"(?s)Row 3, column member_since.*faults 1$") as raised:
        run(tmp_path, HEADER + "Vartio Oy,,,,,,,\nKilpi Oy,,,31.2.2019,,,,\n")

    last = "new 1, changed 0, unchanged 0, faults 1"
    assert capsys.readouterr().out.splitlines()[-1] == last
    assert str(raised.value).endswith(last)
    assert not Organisation.objects.exists()


def test_command_writes_nothing_when_it_only_shows(tmp_path, home_cluster, capsys):
    run(
        tmp_path,
        HEADER + "Vartio Oy,,,1.3.2015,,Aino Malli,aino@example.org,contact\n",
        "--dry-run",
        "--invite",
    )

    assert "new organisation, new membership" in capsys.readouterr().out
    assert not Organisation.objects.exists()
    assert not OutboxMail.objects.exists()


def test_command_invites_once(tmp_path, home_cluster):
    text = HEADER + "Vartio Oy,,,1.3.2015,,Aino Malli,aino@example.org,contact\n"

    run(tmp_path, text, "--invite")
    run(tmp_path, text, "--invite")

    assert OutboxMail.objects.get().kind == "named_invitation"
    assert NamedPerson.objects.get().stage == "invited"
