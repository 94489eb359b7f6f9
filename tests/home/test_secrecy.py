"""Non-interference: what a reader may not see changes nothing that she does (TRUST 14)."""

import re

import pytest

from cluster_portal.core import search
from tests import factories
from tests.events import factories as events
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
