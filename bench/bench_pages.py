"""SQL statements per page for a signed-in member; the goals are those of the performance plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cluster_portal.core.search import reindex
from members.models import Organisation
from tests import factories
from tests.events.factories import event
from tests.projects import factories as projects
from tests.theses.factories import topic

if TYPE_CHECKING:
    from bench.report import Report

LIST_GOAL, DETAIL_GOAL, DESK_GOAL = 8, 10, 15


def run(report: Report) -> None:
    client = _member()
    pages = {
        "members": ("/members/", LIST_GOAL),
        "projects": ("/projects/", LIST_GOAL),
        "challenges": ("/projects/challenges/", LIST_GOAL),
        "thesis topics": ("/theses/", LIST_GOAL),
        "events": ("/events/", LIST_GOAL),
        "an organisation": ("/members/bench/", DETAIL_GOAL),
        "a cluster": ("/clusters/bench/", DETAIL_GOAL),
        "a project": ("/projects/bench-project/", DETAIL_GOAL),
        "a challenge": ("/projects/challenges/bench-challenge/", DETAIL_GOAL),
        "a topic": ("/theses/bench-topic/", DETAIL_GOAL),
        "an event": ("/events/bench-event/", DETAIL_GOAL),
        "my desk": ("/me/", DESK_GOAL),
        "front page": ("/", None),
    }
    for name, (path, goal) in pages.items():
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(path).status_code == 200, path  # noqa: S101
        report.add(f"{name}, signed in", len(queries), "SQL", goal=goal)


def _member() -> Client:
    """A member with two affiliations, one as contact, and something in every section."""
    cluster = factories.cluster("bench")
    company = factories.organisation("Bench Oy", slug="bench", email_domains=["bench.example"])
    person = factories.user()
    factories.affiliation(factories.user(), company, role="contact")
    for mine, role in ((company, "member"), (factories.organisation(), "contact")):
        factories.membership(mine, cluster)
        factories.affiliation(person, mine, role=role)
    factories.organisation(parent=company)
    cluster.terms.create(organisation=company, from_year=2014, source="Bench")
    reindex(Organisation.objects.all())
    for number in range(20):
        reindex(topic(company, cluster, slug="bench-topic" if not number else f"bench-{number}"))
    event(cluster, slug="bench-event", organisation=company)
    projects.challenge(cluster, slug="bench-challenge", organisation=company)
    projects.project(cluster, slug="bench-project", organisation=company)
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert isinstance(client.session, SessionStore)  # noqa: S101  what a page reads first
    return client
