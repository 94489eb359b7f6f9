"""A challenge whose whole is not open to all may show its title, summary and deadline."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from cluster_portal.core import search
from projects.models import Challenge
from tests.browser_form import fields
from tests.projects import factories as make

SECRET = "Kanarialintu"
HIDDEN = {
    "background": SECRET, "need": SECRET, "current_practice": SECRET, "limits": SECRET,
    "not_to_tell": SECRET, "outcome": SECRET,
}  # fmt: skip


def teased(cluster, visibility="members", **values):
    values = {"title_fi": "Löytyykö etsijä", "summary_fi": "Vain lyhyesti.", **HIDDEN, **values}
    made = make.challenge(cluster, visibility=visibility, has_teaser=True, **values)
    search.reindex(made)
    return made


@pytest.mark.parametrize("visibility", ["accounts", "members", "cluster", "group"])
@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_visitor_reads_the_teaser_and_nothing_else(
    client, home_cluster, company, lead, visibility, prefix
):
    made = teased(home_cluster, visibility, organisation=company, contact=lead)

    answer = client.get(f"{prefix}/projects/challenges/{made.slug}/")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Vain lyhyesti." in page
    assert [word for word in (SECRET, company.name, lead.last_name) if word in page] == []


def test_list_shows_the_teaser_apart_from_its_rows(client, home_cluster, outsider):
    made = teased(home_cluster)
    client.force_login(outsider)

    page = client.get("/projects/challenges/")

    assert [row["title"] for row in page.context["teasers"]] == [made.title_fi]
    assert list(page.context["page"]) == []
    assert SECRET not in page.content.decode()


@pytest.mark.parametrize("q", [SECRET, "etsijä"])
@pytest.mark.parametrize("address", ["/projects/challenges/", "/search/"])
def test_no_search_finds_it_for_who_may_not_open_it(client, home_cluster, address, q):
    made = teased(home_cluster)

    page = client.get(address, {"q": q}, headers={"hx-request": "true"}).content.decode()

    assert made.get_absolute_url() not in page


def test_member_reads_the_whole(client, home_cluster, member):
    made = teased(home_cluster)
    client.force_login(member)

    assert SECRET in client.get(made.get_absolute_url()).content.decode()
    assert client.get("/projects/challenges/").context["teasers"] == []


@pytest.mark.parametrize(
    "values", [{"has_teaser": False}, {"stage": "draft"}, {"stage": "in_review"}],
    ids=["no teaser", "draft", "in review"],
)  # fmt: skip
def test_without_a_teaser_it_is_not_there(client, home_cluster, values):
    made = teased(home_cluster)
    Challenge.objects.update(**values)

    missing = client.get("/projects/challenges/olematon/")
    hidden = client.get(made.get_absolute_url())

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert client.get("/projects/challenges/").context["teasers"] == []


def test_closed_challenge_is_teased_on_its_page_alone(client, home_cluster):
    made = teased(home_cluster, stage="closed")

    assert client.get(made.get_absolute_url()).status_code == 200
    assert client.get("/projects/challenges/").context["teasers"] == []


def test_private_challenge_has_no_teaser(home_cluster):
    with pytest.raises(IntegrityError):
        teased(home_cluster, "private")


def test_admin_says_that_a_private_challenge_has_no_teaser(client, office, home_cluster, settings):
    settings.DEMO = True
    made = make.challenge(home_cluster, visibility="members")
    client.force_login(office)
    address = f"/admin/projects/challenge/{made.pk}/change/"
    form = fields(client.get(address).content.decode(), "challenge_form")

    answer = client.post(address, {**form, "visibility": "private", "has_teaser": "on"})

    assert answer.status_code == 200
    made.visibility, made.has_teaser = "private", True
    with pytest.raises(ValidationError):
        made.full_clean()


def test_visitor_is_led_to_sign_in_and_back(client, home_cluster, outsider):
    made = teased(home_cluster)
    path = made.get_absolute_url()

    page = client.get(path).content.decode()
    assert f"/accounts/login/?next={path.replace('/', '%2F')}" in page

    client.force_login(outsider)
    page = client.get(path).content.decode()
    assert "/accounts/login/?next" not in page
    assert "/members/join/" in page
