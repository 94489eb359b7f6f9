import pytest
from django.contrib.auth.models import AnonymousUser

from cluster_portal.core import search
from projects.models import Budget, Challenge, Measure, Partnership, Programme, Project
from projects.services.budgets import save_budget
from tests import factories
from tests.projects import factories as make

EVERYBODY = ["visitor", "outsider", "member", "lead", "partner", "office", "other_office", "admin"]
OWN = {"member", "lead", "office", "admin"}
# The company's people own it; `partner` comes from another cluster's organisation.
SEEN_BY = {
    "public": set(EVERYBODY),
    "accounts": set(EVERYBODY) - {"visitor"},
    "members": OWN | {"partner", "other_office"},
    "cluster": OWN,
    "group": OWN | {"partner"},
    "private": OWN,
}


@pytest.fixture
def partner_organisation(other_cluster):
    made = factories.organisation("Kumppani Oy")
    factories.membership(made, other_cluster)
    return made


@pytest.fixture
def partner(partner_organisation):
    person = factories.user("partner@example.org")
    factories.affiliation(person, partner_organisation)
    return person


@pytest.fixture
def cast(request, partner):
    """Everybody by the name of their fixture, and a visitor."""
    named = {name: name for name in EVERYBODY if name != "visitor"} | {"admin": "admin_user"}
    people = {name: request.getfixturevalue(fixture) for name, fixture in named.items()}
    return {"visitor": AnonymousUser(), **people}


def seers(objects, cast):
    return {name for name, user in cast.items() if objects.visible_to(user).exists()}


@pytest.mark.parametrize("visibility", SEEN_BY)
def test_project_is_seen(visibility, cast, home_cluster, company, partner_organisation):
    project = make.project(home_cluster, organisation=company, visibility=visibility)
    make.partnership(project, partner_organisation)

    shared = {"partner"} if visibility == "cluster" else set()
    assert seers(Project.objects, cast) == SEEN_BY[visibility] | shared


@pytest.mark.parametrize(
    ("stage", "seen"),
    [
        ("invited", True),
        ("interested", True),
        ("accepted", True),
        ("declined", False),
        ("expired", False),
    ],
)
def test_project_of_the_group_is_seen_by_those_asked(
    stage, seen, cast, home_cluster, partner_organisation
):
    project = make.project(home_cluster, visibility="group")
    make.partnership(project, partner_organisation, stage=stage)

    assert Project.objects.visible_to(cast["partner"]).exists() is seen


@pytest.mark.parametrize("visibility", SEEN_BY)
@pytest.mark.parametrize("stage", ["open", "closed", "draft", "in_review", "withdrawn"])
def test_challenge_is_seen(stage, visibility, cast, home_cluster, company):
    make.challenge(home_cluster, organisation=company, stage=stage, visibility=visibility)

    published = stage in {"open", "closed"}
    seen_by = SEEN_BY[visibility] - ({"partner"} if visibility == "group" else set())
    assert seers(Challenge.objects, cast) == (seen_by if published else OWN)


@pytest.mark.parametrize(
    ("stage", "visibility", "seen"),
    [
        ("draft", "public", {"office", "admin"}),
        ("approved", "public", set(EVERYBODY)),
        ("approved", "members", {"member", "lead", "partner", "office", "other_office", "admin"}),
        ("replaced", "public", set(EVERYBODY)),
    ],
)
def test_programme_and_its_measures_are_seen(stage, visibility, seen, cast, home_cluster, company):
    programme = make.approved_programme(home_cluster, company, visibility=visibility)
    Programme.objects.update(stage=stage)

    assert seers(Programme.objects, cast) == seen
    assert seers(Measure.objects, cast) == seen
    assert programme.goals.count() == 1


@pytest.mark.parametrize(
    ("is_public", "seen"), [(True, set(EVERYBODY)), (False, OWN | {"partner"})]
)
def test_budget_is_seen(is_public, seen, cast, home_cluster, company, partner_organisation):
    project = make.project(home_cluster, organisation=company)
    make.partnership(project, partner_organisation)
    save_budget(project, make.seed_plan(is_public=is_public), by=None)

    assert seers(Budget.objects, cast) == seen


@pytest.mark.parametrize(
    ("stage", "seen"),
    [("accepted", set(EVERYBODY)), ("invited", {"lead", "partner", "office", "admin"})],
)
def test_partner_is_seen(stage, seen, cast, home_cluster, company, partner_organisation):
    project = make.project(home_cluster, organisation=company)
    make.partnership(project, partner_organisation, stage=stage)

    assert seers(Partnership.objects, cast) == seen


def test_hidden_organisation_is_absent_from_the_pages_that_point_at_it(client, home_cluster):
    hidden = factories.organisation("Salattu Oy", visibility="private")
    project = make.project(home_cluster, organisation=hidden, funder=hidden)
    make.partnership(project, hidden)
    challenge = make.challenge(home_cluster, organisation=hidden)

    for address in (
        project.get_absolute_url(), challenge.get_absolute_url(), "/projects/challenges/",
    ):  # fmt: skip
        assert "Salattu" not in client.get(address).content.decode()


def test_hidden_challenge_is_absent_from_the_project_that_answers_it(client, home_cluster):
    project = make.project(home_cluster)
    project.challenges.add(make.challenge(home_cluster, title_fi="Piilossa", visibility="cluster"))

    assert "Piilossa" not in client.get(project.get_absolute_url()).content.decode()


def test_hidden_project_is_absent_from_the_measure_it_is_evidence_of(client, home_cluster, company):
    programme = make.approved_programme(home_cluster, company)
    hidden = make.project(home_cluster, title_fi="Piilossa", visibility="cluster")
    hidden.measures.set(Measure.objects.of(programme))

    assert "Piilossa" not in client.get("/projects/programme/").content.decode()


@pytest.mark.parametrize(
    "address", ["/projects/", "/projects/?q=piilossa", "/projects/challenges/"]
)
def test_lists_do_not_tell_of_what_is_hidden(client, home_cluster, company, address):
    before = client.get(address).content

    make.project(home_cluster, title_fi="Piilossa", visibility="cluster")
    make.challenge(home_cluster, organisation=company, stage="draft")

    assert client.get(address).content == before


@pytest.fixture
def named(home_cluster, company, partner_organisation):
    """For a named group: an organisation of another cluster, and one person besides."""
    challenge = make.challenge(
        home_cluster, organisation=company, visibility="group", title_fi="Nimetty haaste"
    )
    search.reindex(challenge)
    person = factories.user("named@example.org")
    challenge.named_organisations.add(partner_organisation)
    challenge.named_people.add(person)
    return challenge


def finds(client, user, challenge):
    """In the list, in the search of the list, in the search of all, and by its address."""
    if user is not None:
        client.force_login(user)
    page = challenge.get_absolute_url()
    lists = ["/projects/challenges/", "/projects/challenges/?q=nimetty", "/search/?q=nimetty"]
    found = [page in client.get(address).content.decode() for address in lists]
    return [*found, client.get(page).status_code == 200]


@pytest.mark.parametrize(
    ("who", "seen"),
    [("visitor", False), ("outsider", False), ("other_office", False), ("partner", True),
     ("named", True), ("member", True), ("office", True)],
)  # fmt: skip
def test_challenge_of_a_named_group_is_found_by_those_named(client, cast, named, who, seen):
    people = {**cast, "visitor": None, "named": named.named_people.get()}

    assert finds(client, people[who], named) == [seen] * 4


def test_former_colleague_of_a_named_organisation_no_longer_finds_it(client, named, partner):
    assert finds(client, partner, named) == [True] * 4

    partner.affiliations.update(stage="ended")

    assert finds(client, partner, named) == [False] * 4


def test_named_group_of_another_visibility_gives_nothing(named, partner):
    Challenge.objects.update(visibility="private")

    assert not Challenge.objects.visible_to(partner).exists()


def test_named_group_is_chosen_in_the_admin(client, named, office, outsider, home_cluster):
    page = f"/admin/projects/challenge/{named.pk}/change/"
    client.force_login(office)
    form = client.get(page).context["adminform"].form
    values = {name: form.initial.get(name) for name in form.fields if form.initial.get(name)}
    closes = named.closes_at.strftime("%Y-%m-%dT%H:%M")
    values |= {"closes_at": closes, "named_organisations": []}
    values["named_people"] = [one.pk for one in named.named_people.all()]
    values |= {"terms": [], "scopes": []}

    client.post(page, {**values, "named_people": []})
    assert named.named_people.count() == 1
    client.post(page, values)

    assert named.named_people.count() == 1
    assert named.named_organisations.count() == 0


@pytest.mark.parametrize("path", ["projects/programme", "theses/topic"])
def test_group_is_no_choice_where_nobody_can_be_named(client, office, path):
    client.force_login(office)

    form = client.get(f"/admin/{path}/add/").context["adminform"].form

    assert "group" not in dict(form.fields["visibility"].choices)
    assert "private" in dict(form.fields["visibility"].choices)
