import pytest
from django.urls import reverse

from projects.services.budgets import save_budget
from tests.projects import factories as make


def test_project_page_shows_the_seeds_two_tables_to_the_euro(client, home_cluster):
    project = make.project(home_cluster, slug="klusteri")
    save_budget(project, make.seed_plan(), by=None)

    page = client.get("/projects/klusteri/").content.decode()

    cells = [
        "324\u00a0049\u00a0€", "129\u00a0619\u00a0€", "453\u00a0668\u00a0€", "362\u00a0934\u00a0€",
        "500\u00a0€", "90\u00a0234\u00a0€", "80,00\u00a0%", "0,11\u00a0%", "19,89\u00a0%",
        "100,00\u00a0%", "0\u00a0%", "0\u00a0€",
    ]  # fmt: skip
    assert [cell for cell in cells if f'<td class="num">{cell}</td>' not in page] == []


@pytest.mark.parametrize("name", ["list", "challenges", "programme"])
def test_public_page_opens_without_content(client, db, name):
    assert client.get(reverse(f"projects:{name}")).status_code == 200


def test_challenge_page_says_that_it_is_no_procurement(client, home_cluster, company):
    challenge = make.challenge(home_cluster, organisation=company)

    page = client.get(challenge.get_absolute_url())

    assert page.status_code == 200


def test_programme_page_shows_measures(client, home_cluster, company):
    programme = make.approved_programme(home_cluster, company)

    page = client.get(programme.get_absolute_url())

    assert page.status_code == 200
    assert company.name in page.content.decode()
