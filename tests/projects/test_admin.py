import pytest
from django.test import override_settings
from django.urls import reverse

from cluster_portal.core import audit
from cluster_portal.notifications.models import OutboxMail
from projects.models import Budget, Challenge, Programme, Project
from projects.services.budgets import save_budget
from tests.projects import factories as make

pytestmark = pytest.mark.usefixtures("_demo")


@pytest.fixture
def _demo():
    """Only the demo lets staff in without a second factor, which other tests are about."""
    with override_settings(DEMO=True):
        yield


@pytest.fixture
def project(home_cluster, company):
    return make.project(home_cluster, organisation=company, title_fi="Klusterihanke")


@pytest.fixture
def budget(project):
    return save_budget(project, make.seed_plan(), by=None)


def lines(prefix, rows, initial):
    """Fields of an inline formset: `rows` are dicts, the first `initial` of them exist already."""
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def budget_form(budget, **changes):
    """What the browser posts for the seed's budget, with some fields changed."""
    costs = [
        {"id": c.pk, "budget": budget.pk, "kind": c.kind, "amount_cents": "324 049"}
        for c in budget.costs.all()
    ]
    typed = {"eu_state": ("", "80,00"), "own_municipal": ("500", "")}
    sources = [
        {"id": s.pk, "budget": budget.pk, "kind": s.kind, "note": "", "basis": s.basis,
         "amount_cents": typed.get(s.kind, ("", ""))[0], "percent": typed.get(s.kind, ("", ""))[1]}
        for s in budget.sources.all()
    ]  # fmt: skip
    form = {
        "cost_model": "fr40", "rounding": "truncate", "is_public": "on",
        **lines("costs", costs, len(costs)), **lines("sources", sources, len(sources)),
        **lines("actual_costs", [], 0),
    }  # fmt: skip
    return {**form, **changes}


def address(obj):
    return reverse(f"admin:projects_{obj._meta.model_name}_change", args=[obj.pk])


def net(budget):
    return Budget.objects.get(pk=budget.pk).result.net


def test_own_coordinator_changes_the_budget(client, office, budget):
    client.force_login(office)

    form = budget_form(budget, **{"costs-0-amount_cents": "100\u00a0000,00"})
    response = client.post(address(budget), form)

    assert response.status_code == 302, response.context["errors"]
    assert net(budget) == 140_000_00
    assert audit.of(budget.project).filter(action="budget", actor=office).exists()


def test_budget_page_shows_the_computed_totals(client, office, budget):
    client.force_login(office)

    page = client.get(address(budget)).content.decode()

    assert "453\u00a0668\u00a0€" in page
    assert "90\u00a0234\u00a0€" in page


@pytest.mark.parametrize("name", ["project", "budget", "challenge", "programme", "measure"])
def test_another_clusters_coordinator_finds_nothing(
    name, client, other_office, home_cluster, company, budget
):
    programme = make.approved_programme(home_cluster, company)
    objects = {
        "project": budget.project,
        "budget": budget,
        "challenge": make.challenge(home_cluster, organisation=company),
        "programme": programme,
        "measure": programme.goals.get().measures.get(),
    }
    client.force_login(other_office)

    missing = reverse(f"admin:projects_{name}_change", args=[10**9])
    found, absent = client.get(address(objects[name])), client.get(missing)
    rows = client.get(reverse(f"admin:projects_{name}_changelist")).content.decode()

    assert (found.status_code, found.headers.get("Location")) == (
        absent.status_code, absent.headers.get("Location"),
    )  # fmt: skip
    assert found.status_code in {302, 404}
    assert objects[name].__class__.objects.in_scope_of(other_office).count() == 0
    assert "Klusterihanke" not in rows


def test_another_clusters_coordinator_cannot_save_the_budget(client, other_office, budget):
    client.force_login(other_office)

    form = budget_form(budget, **{"costs-0-amount_cents": "1"})
    response = client.post(address(budget), form)

    assert response.status_code in {302, 403, 404}
    assert net(budget) == 453_668_00


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("costs-0-amount_cents", "129.619"),
        ("costs-0-amount_cents", "1e309"),
        ("costs-0-amount_cents", "-1"),
        ("costs-0-amount_cents", "99999999999999999"),
        ("costs-0-amount_cents", "324049,50"),
        ("costs-0-amount_cents", ""),
        ("costs-0-kind", "purchases"),
        ("sources-0-percent", "100,01"),
        ("sources-0-basis", "remainder"),
        ("sources-0-percent", ""),
        ("sources-1-amount_cents", "999 999"),
        ("sources-2-basis", "amount"),
        ("cost_model", "nonsense"),
    ],
)
def test_budget_that_does_not_hold_is_a_field_error_and_changes_nothing(
    field, value, client, office, budget
):
    client.force_login(office)

    response = client.post(address(budget), budget_form(budget, **{field: value}))

    assert response.status_code == 200
    assert response.context["errors"]
    assert net(budget) == 453_668_00


def test_foreign_project_cannot_be_given_a_budget(client, other_office, project):
    client.force_login(other_office)

    form = {
        "project": project.pk, "cost_model": "fr40", "rounding": "truncate",
        **lines("costs", [], 0), **lines("sources", [], 0),
    }  # fmt: skip
    response = client.post(reverse("admin:projects_budget_add"), form)

    assert response.context["errors"]
    assert not Budget.objects.exists()


def project_form(project, **changes):
    return {
        "title_fi": project.title_fi, "summary_fi": "Lyhyesti.", "slug": project.slug,
        "home_cluster": project.home_cluster_id, "organisation": project.organisation_id,
        "visibility": "public", **lines("partnerships", [], 0), **lines("steps", [], 0),
        **lines("staff", [], 0), **lines("work_packages", [], 0), **lines("milestones", [], 0),
        **lines("amendments", [], 0), **changes,
    }  # fmt: skip


def test_own_coordinator_changes_the_project(client, office, project):
    client.force_login(office)

    form = project_form(project, title_fi="Uusi nimi", scopes=["regional"])
    response = client.post(address(project), form)

    project.refresh_from_db()
    assert response.status_code == 302, response.context["errors"]
    assert (project.title_fi, project.scopes) == ("Uusi nimi", ["regional"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "challenges"),
        ("title_fi", "KÄYTTÖ RAJOITETTU"),
        ("visibility", "everyone"),
        ("ends_on", "1.1.20266"),
        ("home_cluster", "999999999"),
        ("scopes", "galactic"),
        ("title_fi", "x" * 201),
        ("funder", "18446744073709551616"),
    ],
)
def test_project_with_hostile_input_is_a_field_error(field, value, client, office, project):
    client.force_login(office)

    response = client.post(address(project), project_form(project, **{field: value}))

    assert response.status_code == 200
    assert response.context["errors"]
    assert Project.objects.get().title_fi == "Klusterihanke"


def test_partner_that_a_coordinator_adds_is_invited_and_answers_itself(
    client, office, project, other_lead
):
    partner = other_lead.affiliations.get().organisation
    row = {"organisation": partner.pk, "role": "partner", "stage": "accepted", "task_fi": ""}
    client.force_login(office)

    client.post(address(project), project_form(project, **lines("partnerships", [row], 0)))

    assert list(project.partnerships.values_list("organisation", "stage")) == [
        (partner.pk, "invited")
    ]
    assert OutboxMail.objects.filter(kind="partner_invited", recipient=other_lead).exists()


def test_stage_cannot_be_posted(client, office, project):
    client.force_login(office)

    client.post(address(project), project_form(project, stage="ended"))

    assert Project.objects.get().stage == "running"


def test_challenge_is_published_from_the_admin(client, office, home_cluster, company):
    challenge = make.challenge(
        home_cluster, organisation=company, stage="in_review", published_at=None
    )
    client.force_login(office)

    client.post(reverse("admin:projects_challenge_move", args=[challenge.pk, "publish"]))

    assert Challenge.objects.get().stage == "open"


def test_programme_page_of_the_admin_says_what_is_missing(client, office, home_cluster, company):
    draft = make.programme(home_cluster)
    make.measure(draft, goal=6, number=3)
    client.force_login(office)

    page = client.get(address(draft)).content.decode()
    client.post(reverse("admin:projects_programme_move", args=[draft.pk, "approve"]))

    assert "6.3" in page
    assert Programme.objects.get().stage == "draft"
