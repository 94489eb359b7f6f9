"""Non-interference: what a reader may not see changes nothing that they do (TRUST 14)."""

import re

import pytest

from cluster_portal.core import search
from members.models import CoordinatorTerm
from tests import factories
from tests.events import factories as events
from tests.projects import factories as projects
from tests.theses import factories as theses

PAGES = [
    "/",
    "/events/",
    "/events/?q=seminaari",
    "/events/?past",
    "/events/feed.ics",
    "/theses/",
    "/theses/?q=varautuminen",
    "/members/",
    "/members/?q=testi",
    "/projects/",
    "/projects/challenges/",
    "/search/?q=seminaari",
    "/search/?q=kanarialintu",
    "/sitemap.xml",
    "/clusters/pirkanmaa/",
]
CHANGING = re.compile(rb'csrfmiddlewaretoken" value="[^"]+"|X-CSRFToken[^}]+|nonce="[^"]+"')


def shown(client):
    answers = {path: client.get(path) for path in PAGES}
    assert {
        path: answer.status_code for path, answer in answers.items() if answer.status_code != 200
    } == {}
    return {
        path: (CHANGING.sub(b"", answer.content), answer.get("ETag"))
        for path, answer in answers.items()
    }


def hide_one_of_each(company, cluster, visibility):
    hidden = factories.organisation("Kanarialintu Oy", visibility=visibility)
    factories.membership(hidden, cluster)
    term = {"organisation": hidden, "from_year": 2020, "to_year": 2021, "source": "Lähde"}
    CoordinatorTerm.objects.create(cluster=cluster, **term)
    event = events.event(cluster, title_fi="Kanarialintu seminaari", visibility=visibility)
    topic = theses.topic(company, cluster, title="Kanarialintu varautuminen", visibility=visibility)
    for obj in (hidden, event, topic):
        search.reindex(obj)


@pytest.mark.parametrize("visibility", ["members", "cluster", "private"])
@pytest.mark.parametrize("reader", ["visitor", "outsider"])
def test_hidden_objects_change_no_page(client, company, home_cluster, request, reader, visibility):
    search.reindex([events.event(home_cluster)])
    if reader != "visitor":
        client.force_login(request.getfixturevalue(reader))
    before = shown(client)

    hide_one_of_each(company, home_cluster, visibility)

    after = shown(client)
    assert [path for path in PAGES if before[path] != after[path]] == []


@pytest.fixture
def things_of_a_hidden_owner(home_cluster):
    """Public things whose owner only its own people and the coordinators may know of."""
    owner = factories.organisation("Kanarialintu Oy", slug="lintu", visibility="private")
    made = [
        theses.topic(owner, home_cluster, slug="aihe"),
        events.event(home_cluster, slug="tapahtuma", organisation=owner),
        projects.challenge(home_cluster, slug="haaste", organisation=owner),
    ]
    programme = projects.approved_programme(home_cluster, owner)
    programme.goals.update(owner=owner)
    for obj in made:
        search.reindex(obj)


@pytest.mark.parametrize(
    "path",
    [
        "/theses/", "/theses/aihe/", "/events/tapahtuma/", "/events/",
        "/projects/challenges/", "/projects/challenges/haaste/", "/projects/programme/", "/",
    ],
)  # fmt: skip
def test_hidden_owner_is_named_on_no_page(client, things_of_a_hidden_owner, path):
    response = client.get(path)

    assert response.status_code == 200
    assert b"Kanarialintu" not in response.content


@pytest.mark.parametrize("path", ["/search/", "/theses/", "/projects/challenges/"])
def test_hidden_owner_finds_nothing(client, things_of_a_hidden_owner, path):
    response = client.get(path, {"q": "kanarialintu"})

    assert b'href="/theses/aihe/' not in response.content
    assert b'href="/projects/challenges/haaste/' not in response.content
