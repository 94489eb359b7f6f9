import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from cluster_portal.core import content, origin
from projects.models import Challenge, Project
from projects.services.budgets import save_budget
from tests.projects import factories as make

SEED_CELLS = [
    "324\u00a0049\u00a0€", "129\u00a0619\u00a0€", "453\u00a0668\u00a0€", "362\u00a0934\u00a0€",
    "500\u00a0€", "90\u00a0234\u00a0€", "80,00\u00a0%", "0,11\u00a0%", "19,89\u00a0%",
    "100,00\u00a0%", "0\u00a0%", "0\u00a0€",
]  # fmt: skip
SEED_WORDS = [
    "1. Palkkakustannukset", "Flat rate 40 % kehittäminen", "2. Tulot (vähennetään kustannuksista)",
    "Nettokustannusarvio yhteensä", "1 Haettava EU- ja valtion rahoitus",
    "2 Omarahoitus: Kuntarahoitus", "3 Kuntarahoitus", "4 Muu julkinen rahoitus",
    "5 Yksityinen rahoitus", "Rahoitussuunnitelma yhteensä", "Kustannusarvion tiivistelmä",
    "Rahoitussuunnitelman tiivistelmä",
]  # fmt: skip


def test_project_page_shows_the_seeds_two_tables_to_the_euro(client, home_cluster):
    project = make.project(home_cluster, slug="klusteri")
    save_budget(project, make.seed_plan(), by=None)

    page = client.get("/projects/klusteri/").content.decode()

    assert [cell for cell in SEED_CELLS if f'<td class="num">{cell}</td>' not in page] == []
    assert [words for words in SEED_WORDS if words not in page] == []


@pytest.mark.parametrize(
    ("prefix", "sum_shown"), [("/sv", "453\u00a0668\u00a0€"), ("/en", "€453,668")]
)
def test_figures_follow_the_readers_language(prefix, sum_shown, client, home_cluster):
    project = make.project(home_cluster, slug="klusteri")
    save_budget(project, make.seed_plan(), by=None)

    assert sum_shown in client.get(f"{prefix}/projects/klusteri/").content.decode()


def test_hidden_budget_is_absent_from_the_page(client, home_cluster):
    project = make.project(home_cluster)
    save_budget(project, make.seed_plan(is_public=False), by=None)

    page = client.get(project.get_absolute_url()).content.decode()

    assert "453\u00a0668" not in page


def test_text_falls_back_to_finnish(client, home_cluster):
    project = make.project(home_cluster, title_fi="Suomeksi", title_sv="På svenska")

    pages = {
        prefix: client.get(f"{prefix}/projects/{project.slug}/").content.decode()
        for prefix in ("", "/sv", "/en")
    }

    assert "På svenska" in pages["/sv"]
    assert "Suomeksi" in pages["/en"]


@pytest.mark.parametrize("name", ["list", "challenges", "programme"])
def test_public_page_opens_without_content(client, db, name):
    assert client.get(reverse(f"projects:{name}")).status_code == 200


def test_challenge_page_says_that_it_is_no_procurement(client, home_cluster, company):
    challenge = make.challenge(home_cluster, organisation=company)

    page = client.get(challenge.get_absolute_url()).content.decode()

    assert "Tämä ei ole hankintamenettely" in page


def test_contact_person_is_shown_to_members_only(client, home_cluster, company, lead, member):
    challenge = make.challenge(home_cluster, organisation=company, contact=lead)

    public = client.get(challenge.get_absolute_url()).content.decode()
    client.force_login(member)
    told = client.get(challenge.get_absolute_url()).content.decode()

    assert (lead.email in public, lead.email in told) == (False, True)


def test_markdown_of_a_challenge_is_inert(client, home_cluster, company):
    challenge = make.challenge(
        home_cluster, organisation=company, need="[x](javascript:alert(1)) <script>y</script>"
    )

    page = client.get(challenge.get_absolute_url()).content.decode()

    assert 'href="javascript' not in page
    assert "<script>y" not in page


def test_programme_page_shows_owners_and_what_is_late(client, home_cluster, company):
    programme = make.approved_programme(home_cluster, company)
    make.measure(
        programme, goal=3, number=1, responsible=company, state="delayed", title_fi="Myöhässä"
    )

    page = client.get("/projects/programme/").content.decode()
    late = client.get("/projects/programme/?state=late")

    assert 'data-state="late"' in page
    assert company.name in page
    assert [block.goal.number for block in late.context["blocks"]] == [3]


@pytest.mark.parametrize(
    ("person", "status"), [("outsider", 404), ("member", 404), ("office", 200)]
)
def test_draft_version_opens_to_its_coordinator_only(
    person, status, client, request, home_cluster, company
):
    make.approved_programme(home_cluster, company)
    draft = make.programme(home_cluster, version=2)
    make.measure(draft, goal=6, number=3)
    client.force_login(request.getfixturevalue(person))

    response = client.get("/projects/programme/?version=2")

    assert response.status_code == status
    if status == 200:
        assert "Toimenpiteeltä 6.3 puuttuu vastuutaho." in response.content.decode()


def test_coordinator_approves_from_the_page(client, home_cluster, company, office, other_office):
    draft = make.programme(home_cluster, organisation=company)
    make.measure(draft, responsible=company)
    address = f"/projects/programme/{home_cluster.slug}/1/approve/"

    client.force_login(other_office)
    foreign = client.post(address).status_code
    client.force_login(office)
    client.post(address)

    draft.refresh_from_db()
    assert (foreign, draft.stage) == (404, "approved")


def test_thread_is_shown_on_both_of_its_ends(client, home_cluster, company):
    programme = make.approved_programme(home_cluster, company)
    challenge = make.challenge(home_cluster, organisation=company, title_fi="Tarve tiedossa")
    project = make.project(home_cluster, title_fi="Vastaus tarpeeseen")
    project.challenges.add(challenge)
    project.measures.set(programme.goals.get().measures.all())

    assert "Vastaus tarpeeseen" in client.get(challenge.get_absolute_url()).content.decode()
    assert "Tarve tiedossa" in client.get(project.get_absolute_url()).content.decode()
    assert "Vastaus tarpeeseen" in client.get("/projects/programme/").content.decode()


def test_each_source_has_its_own_results(home_cluster, company):
    first, second = (make.challenge(home_cluster, organisation=company) for _each in range(2))
    both, one = make.project(home_cluster), make.project(home_cluster)
    hidden = make.project(home_cluster, visibility="private")
    for project, needs in ((both, [first, second]), (one, [second]), (hidden, [first])):
        project.challenges.set(needs)

    found = origin.results_of(Challenge, [first.pk, second.pk], AnonymousUser())

    assert [row["title"] for row in found[first.pk]] == [both.title]
    assert [row["title"] for row in found[second.pk]] == [one.title, both.title]


def test_apps_above_hang_on_the_thread(client, home_cluster, monkeypatch):
    project = make.project(home_cluster)
    row = {"kind": "Opinnäyte", "title": "Aihe hankkeesta", "url": "/theses/aihe/"}
    declared = origin.Origin("ideas", Project, lambda pks, _user: {pk: [row] for pk in pks})
    above = content.Content("ideas", 60, "Ideas", came_of=(declared,))
    monkeypatch.setitem(content._types, above.key, above)

    assert "Aihe hankkeesta" in client.get(project.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("person", "status", "stage"),
    [
        ("outsider", 404, "running"), ("member", 404, "running"), ("other_office", 404, "running"),
        ("lead", 302, "closing"), ("office", 302, "closing"),
    ],
)  # fmt: skip
def test_stage_is_changed_by_those_who_edit(person, status, stage, client, request):
    cluster, company = map(request.getfixturevalue, ("home_cluster", "company"))
    project = make.project(cluster, organisation=company)
    client.force_login(request.getfixturevalue(person))

    response = client.post(f"/projects/{project.slug}/move/wind_up/")

    assert (response.status_code, Project.objects.get().stage) == (status, stage)


def test_visitor_is_sent_to_sign_in_and_nothing_moves(client, home_cluster, company):
    challenge = make.challenge(home_cluster, organisation=company)

    response = client.post(f"/projects/challenges/{challenge.slug}/move/close/")

    assert (response.status_code, Challenge.objects.get().stage) == (302, "open")


def test_unknown_step_is_a_message(client, home_cluster, company, lead):
    project = make.project(home_cluster, organisation=company)
    client.force_login(lead)

    response = client.post(f"/projects/{project.slug}/move/explode/", follow=True)

    assert response.status_code == 200
    assert Project.objects.get().stage == "running"


def test_step_is_not_taken_by_a_get(client, home_cluster, company, lead):
    project = make.project(home_cluster, organisation=company)
    client.force_login(lead)

    assert client.get(f"/projects/{project.slug}/move/wind_up/").status_code == 405
