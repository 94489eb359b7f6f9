"""The budget on its pages: entered, computed, compared, taken out; by whom."""

import datetime
import io
import re
import uuid

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.errors import Refused
from projects.budget import Basis, Cost, CostKind, FundingKind, Source
from projects.models import ActualCost, Budget, CostLine, Partnership, Project
from projects.services.actual_costs import Spent, enter_cost, remove_cost
from projects.services.budgets import save_budget
from projects.services.partnerships import remove
from tests import factories
from tests.projects import factories as make
from tests.theses.test_races import at_once


@pytest.fixture
def project(home_cluster, company):
    return make.project(home_cluster, organisation=company, visibility="public")


@pytest.fixture
def partner(project, other_lead):
    organisation = other_lead.affiliations.get().organisation
    Partnership.objects.create(project=project, organisation=organisation, stage="accepted")
    return organisation


@pytest.fixture
def seed(project):
    return save_budget(project, make.seed_plan(), by=None)


def address(name, project, *args):
    return reverse(f"projects:{name}", args=[project.slug, *args])


def typed(costs, sources, **values):
    data = {
        "cost_model": "fr40", "rounding": "truncate", "then": "", "seen": "new",
        "costs-TOTAL_FORMS": len(costs), "costs-INITIAL_FORMS": 0,
        "sources-TOTAL_FORMS": len(sources), "sources-INITIAL_FORMS": 0,
    }  # fmt: skip
    for prefix, rows in (("costs", costs), ("sources", sources)):
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data | values


STAFF = {"kind": "staff", "amount": "324 049"}
SEED_SOURCES = [
    {"kind": "eu_state", "basis": "percent", "percent": "80"},
    {"kind": "own_municipal", "basis": "amount", "amount": "500"},
    {"kind": "municipal", "basis": "remainder"},
]


def words(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_project_manager_enters_the_seed_and_sees_its_two_tables(client, project, lead):
    client.force_login(lead)

    answer = client.post(address("budget_edit", project), typed([STAFF, {}], SEED_SOURCES),
                         follow=True)  # fmt: skip

    assert answer.redirect_chain[-1][0] == address("budget", project)
    shown = words(answer)
    figures = "129 619 €", "453 668 €", "362 934 €", "90 234 €", "80,00 %", "0,11 %", "19,89 %"
    for figure in figures:
        assert figure in shown
    assert Budget.objects.get().costs.count() == 1


@pytest.mark.parametrize(
    ("costs", "sources", "told"),
    [
        ([STAFF], [{"kind": "private", "basis": "amount", "amount": "453 568"}], "ero 100 €"),
        ([{"kind": "other", "amount": "10"}], [], "Rivi 1"),
        ([{"kind": "staff", "amount": "10,50"}], [], "Rivi 1: anna kokonaisia euroja"),
        ([{"kind": "staff", "amount": ""}], [], "Kirjoita summa"),
        ([{"kind": "", "amount": "5"}], [], "Valitse, mistä summassa on kyse"),
        ([{"kind": "staff", "amount": "129.619"}], [], "ei ole selvä"),
        ([{"kind": "staff", "amount": "-5"}], [], "negatiivinen"),
        ([{}], [], "ainakin yksi kustannus"),
        ([{"kind": "staff", "amount": "999 999 999 999 999"}], [], "liian suuri"),
        ([{**STAFF, "note": "TL IV"}], [], "turvallisuusluok"),
        ([{**STAFF, "note": "x" * 121}], [], "120"),
        ([{**STAFF, "partner": "999999"}], [], "999999"),
        ([STAFF], [{"kind": "private", "basis": "percent", "percent": "130"}], "esimerkiksi 80"),
    ],
)
def test_what_does_not_hold_is_told_and_nothing_is_saved(
    client, project, lead, costs, sources, told
):
    client.force_login(lead)

    answer = client.post(address("budget_edit", project), typed(costs, sources))

    assert answer.status_code == 422
    assert told in words(answer)
    assert not Budget.objects.exists()


@pytest.mark.parametrize("count", ["", "-1", "abc", "9999", "1" * 50])
def test_broken_counts_of_lines_are_no_fault_of_the_server(client, project, lead, count):
    client.force_login(lead)
    for then in ("", "more", "compute"):
        data = typed([STAFF], [], then=then) | {"costs-TOTAL_FORMS": count}
        assert client.post(address("budget_edit", project), data).status_code in {200, 422}
    assert not Budget.objects.exists()


def test_computing_and_more_lines_save_nothing(client, project, lead):
    client.force_login(lead)
    data = typed([STAFF], SEED_SOURCES)

    computed = words(client.post(address("budget_edit", project), {**data, "then": "compute"}))
    more = client.post(address("budget_edit", project), {**data, "then": "more"})

    assert "453 668 €" in computed
    assert more.context["form"].costs.total_form_count() == 4
    assert not Budget.objects.exists()


def test_two_editors_do_not_overwrite_each_other(client, project, lead, seed):
    client.force_login(lead)
    data = typed([STAFF], SEED_SOURCES, seen=Budget.objects.get().stamp)
    save_budget(project, make.seed_plan(is_public=False), by=None)

    answer = client.post(address("budget_edit", project), data)

    assert answer.status_code == 422
    assert "Joku muu on sillä välin muuttanut" in words(answer)
    assert CostLine.objects.count() == 1


def began(answer):
    """What the form on a page says that its editor saw."""
    return re.search(r'name="seen" value="([^"]*)"', answer.content.decode()).group(1)


def test_computing_does_not_hide_what_another_has_saved(client, project, lead, seed):
    client.force_login(lead)
    mine = typed([{**STAFF, "amount": "200 000"}], SEED_SOURCES)
    data = mine | {"seen": Budget.objects.get().stamp}
    save_budget(project, make.seed_plan(is_public=False), by=None)

    computed = client.post(address("budget_edit", project), data | {"then": "compute"})
    refused = client.post(address("budget_edit", project), mine | {"seen": began(computed)})

    assert refused.status_code == 422
    assert "453 668 €" in words(refused), "what the other saved stands beside"
    assert 'value="200 000"' in words(refused), "and what was typed is kept"
    client.post(address("budget_edit", project), mine | {"seen": began(refused)})
    assert CostLine.objects.get().amount_cents == 200_000_00


@pytest.mark.parametrize(
    ("who", "costs"),
    [
        ("outsider", 404), ("other_lead", 200), ("lead", 200), ("office", 200),
        ("other_office", 404),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("partner", "seed")
def test_summary_is_for_all_and_spending_for_those_inside(client, request, project, who, costs):
    client.force_login(request.getfixturevalue(who))

    assert client.get(address("budget", project)).status_code == 200
    assert client.get(address("actual_costs", project)).status_code == costs


@pytest.mark.parametrize("who", ["outsider", "other_lead", "other_office", "member"])
def test_others_change_no_budget(client, request, partner, project, seed, who):
    user = request.getfixturevalue(who)
    client.force_login(user)

    assert client.get(address("budget_edit", project)).status_code == 404
    with pytest.raises(Refused):
        save_budget(project, make.seed_plan(), by=user)


def test_budget_that_is_not_public_is_not_there_for_others(client, project, outsider):
    save_budget(project, make.seed_plan(is_public=False), by=None)
    client.force_login(outsider)

    assert client.get(address("budget", project)).status_code == 404
    assert client.get(address("budget_file", project, "csv")).status_code == 404


def spent(organisation, euros=100, **values):
    values = {"kind": "staff", "day": timezone.localdate(), "form_key": uuid.uuid4(), **values}
    return Spent(organisation=organisation, cents=euros * 100, **values)


def test_bookkeeper_of_a_partner_enters_and_removes_its_costs(
    client, partner, project, seed, other_lead
):
    client.force_login(other_lead)
    page = client.get(address("actual_costs", project))
    assert list(page.context["form"].organisations.values()) == [partner]
    data = {
        "organisation": partner.pk, "kind": "staff", "day": timezone.localdate().isoformat(),
        "amount": "32 404,90", "note": "Syksy", "form_key": uuid.uuid4(),
    }  # fmt: skip

    for _twice in range(2):
        answer = client.post(address("actual_costs", project), data, follow=True)

    assert ActualCost.objects.count() == 1
    shown = words(answer)
    assert "32 404,90 €" in shown
    assert "9,99 %" in shown, "of 324 049 €"
    client.post(address("actual_cost_remove", project, ActualCost.objects.get().form_key))
    assert not ActualCost.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "0"}, {"amount": ""}, {"amount": "1.000"}, {"kind": "other"},
        {"day": "31.2.2026"}, {"day": "2999-01-01"}, {"organisation": "1"}, {"form_key": "x"},
        {"note": "TL III"},
    ],
)  # fmt: skip
def test_wrong_cost_is_told(client, partner, project, seed, other_lead, wrong):
    client.force_login(other_lead)
    data = {
        "organisation": partner.pk, "kind": "staff", "day": timezone.localdate().isoformat(),
        "amount": "5", "form_key": uuid.uuid4(), **wrong,
    }  # fmt: skip

    assert client.post(address("actual_costs", project), data).status_code == 422
    assert not ActualCost.objects.exists()


@pytest.mark.parametrize(
    ("begins_and_granted", "day", "said"),
    [
        (("2026-02-01", None), "2026-01-31", "Ajalta ennen hankkeen alkua 1.2.2026."),
        (("2026-02-01", None), "2026-02-01", ""),
        (("2026-02-01", None), "2026-04-01", "Ajalta hankkeen päätyttyä 31.3.2026."),
        ((None, "2026-02-01"), "2026-01-31", "Ajalta ennen rahoittajan päätöstä 1.2.2026."),
        ((None, "2026-02-01"), "2026-02-01", ""),
        ((None, None), "2026-02-01", "Rahoittaja ei ole vielä hyväksynyt hanketta."),
    ],
)
@pytest.mark.usefixtures("seed")
def test_cost_from_outside_the_projects_time_is_noted(
    client, project, lead, begins_and_granted, day, said
):
    begins, granted = begins_and_granted
    Project.objects.filter(pk=project.pk).update(
        starts_on=begins, ends_on="2026-03-31" if begins else None
    )
    project.applications.create(
        title="Hakemus", stage="granted" if granted else "submitted", decided_on=granted,
        submitted_on="2025-11-01",
    )  # fmt: skip
    client.force_login(lead)
    data = {
        "organisation": project.organisation_id, "kind": "staff", "day": day, "amount": "5",
        "form_key": uuid.uuid4(),
    }  # fmt: skip

    page = words(client.post(address("actual_costs", project), data, follow=True))

    assert ActualCost.objects.count() == 1
    assert page.count(said) == (2 if said else page.count("")), "once told, once in the list"
    assert ("Rahoittajat eivät yleensä maksa" in page) == bool(said)


def test_partner_removed_while_its_page_is_open_enters_nothing(partner, project, seed, other_lead):
    Partnership.objects.filter(organisation=partner).update(stage="declined")

    with pytest.raises(Refused):
        enter_cost(seed, spent(partner), by=other_lead)


@pytest.mark.usefixtures("seed")
@pytest.mark.parametrize("way", ["declined", "taken out", "left"])
def test_partner_removed_while_its_page_is_open_is_told_so(
    client, partner, project, lead, other_lead, way
):
    client.force_login(other_lead)
    own = enter_cost(Budget.objects.get(), spent(partner), by=other_lead)
    row = Partnership.objects.get(organisation=partner)
    if way == "declined":
        Partnership.objects.filter(pk=row.pk).update(stage="declined")
    else:
        remove(row, by=lead if way == "taken out" else other_lead, reason="Osuus jää pois.")
    forms = [address("actual_costs", project), address("actual_cost_remove", project, own.form_key)]

    pages = [words(client.post(form, follow=True)) for form in forms]

    assert all("ei ole enää hankkeen kumppani" in page for page in pages)
    assert ActualCost.objects.get() == own


@pytest.mark.usefixtures("seed")
def test_who_was_never_a_partner_is_told_nothing(client, partner, project, lead, member):
    row = Partnership.objects.get(organisation=partner)
    remove(row, by=lead, reason="Osuus jää pois.")
    stranger = factories.user("vieras@example.org")
    client.force_login(stranger)

    assert client.post(address("actual_costs", project)).status_code == 404


def test_partner_does_not_touch_the_costs_of_others(
    partner, project, seed, lead, other_lead, company
):
    own = enter_cost(seed, spent(company), by=lead)

    with pytest.raises(Refused):
        enter_cost(seed, spent(company), by=other_lead)
    with pytest.raises(Refused):
        remove_cost(own, by=other_lead)


def test_partner_hidden_from_the_editor_is_not_named_while_computing(
    client, partner, project, lead
):
    partner.visibility = "private"
    partner.save()
    client.force_login(lead)
    line = {**STAFF, "partner": partner.pk, "year": "2026"}
    data = typed([line], SEED_SOURCES, then="compute")

    response = client.post(address("budget_edit", project), data)

    assert "Kumppani, jota ei nimetä" in words(response)
    assert response.context["more"]
    assert partner.name not in words(response)


def test_costs_by_partner_and_year_add_up_with_the_cut_told(
    client, partner, project, lead, company
):
    costs = [
        Cost(CostKind.STAFF, 101_00, company.pk, 2026),
        Cost(CostKind.STAFF, 101_00, partner.pk, 2026),
        Cost(CostKind.STAFF, 101_00, partner.pk, 2027),
    ]  # fmt: skip
    plan = make.seed_plan(costs=costs, sources=[Source(FundingKind.PRIVATE, Basis.REMAINDER)])
    save_budget(project, plan, by=lead)
    client.force_login(lead)

    more = {
        table["caption"]: table["rows"]
        for table in client.get(address("budget", project)).context["more"]
    }

    by_year = [
        [cell.replace("\u00a0", " ") for cell in row["cells"]]
        for row in more["Kustannukset vuosittain"]
    ]
    assert by_year == [
        ["2026", "202 €", "80 €", "282 €"],
        ["2027", "101 €", "40 €", "141 €"],
        ["Pyöristysero prosenttikorvauksista", "", "1 €", "1 €"],
        ["Yhteensä", "303 €", "121 €", "424 €"],
    ]
    assert len(more["Kustannukset kumppaneittain"]) == 4


def test_files_hold_figures_that_a_spreadsheet_adds_up(client, project, seed, outsider):
    client.force_login(outsider)

    text = client.get(address("budget_file", project, "csv")).content.decode("utf-8-sig")
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(address("budget_file", project, "xlsx")).content)
    )

    assert "Nettokustannusarvio yhteensä;453668" in text
    assert ";362934;80" in text
    rows = list(book.active.values)
    first = rows.index(("Erä", "Yhteensä", None))
    *lines, total = [row[1] for row in rows[first + 1 : first + 5]]
    assert lines[0] + lines[1] - lines[2] == total == 453_668
    assert ("Nettokustannusarvio yhteensä", 453_668) in [row[:2] for row in rows]
    assert 19.89 in [row[2] for row in rows]
    assert client.get(address("budget_file", project, "pdf")).status_code == 404


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_enter_one_cost(project, seed, lead, company):
    cost = spent(company, day=datetime.date(2026, 1, 1))

    at_once(*[lambda: enter_cost(seed, cost, by=lead)] * 4)

    assert ActualCost.objects.count() == 1
