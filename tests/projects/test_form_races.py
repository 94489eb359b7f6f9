"""One key of a form that two send at the same moment, each under a lock of their own.

Beside each stands its twin without the turns: it breaks at the second.
"""

import uuid

import pytest

from cluster_portal.core.database import sent_forms
from cluster_portal.core.errors import Refused
from projects.models import Project, StatusReport
from projects.services import ideas, status_reports
from projects.services.ideas import Beginning
from tests import factories
from tests.projects import factories as make
from tests.projects.test_sent_forms import report
from tests.races import at_once, slowly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def without_turns(monkeypatch):
    monkeypatch.setattr(sent_forms, "_take_turns", lambda form_key: None)


def send(*acts):
    """How many were refused, how many broke."""
    refused = []

    def run(act):
        try:
            act()
        except Refused as refusal:
            refused.append(refusal)

    errors = at_once(*(lambda act=act: run(act) for act in acts))
    return len(refused), len(errors)


def propose_by_two(company, lead, monkeypatch):
    """Two persons of one organisation: each holds the lock of their own row."""
    other, key = factories.user("kollega@example.org"), uuid.uuid4()
    factories.affiliation(other, company, role="contact")
    slowly(monkeypatch, ideas, "_insert")

    def propose(by):
        values = {"organisation": company, "form_key": key, "title_fi": "Otsikko tässä"}
        ideas.propose_idea(values, by=by, begun=Beginning())

    return *send(lambda: propose(lead), lambda: propose(other)), Project.objects.count()


def test_second_person_with_the_key_of_an_idea_is_refused(home_cluster, company, lead, monkeypatch):
    assert propose_by_two(company, lead, monkeypatch) == (1, 0, 1)


def test_twin_without_turns_breaks_at_the_second_idea(home_cluster, company, lead, monkeypatch):
    without_turns(monkeypatch)

    assert propose_by_two(company, lead, monkeypatch) == (0, 1, 1)


def report_on_two(home_cluster, company, lead, monkeypatch):
    """One key on the pages of two projects: each holds the lock of its own project."""
    key = uuid.uuid4()
    both = [make.project(home_cluster, organisation=company) for _n in range(2)]
    slowly(monkeypatch, status_reports, "contacts_of")

    def write(project):
        status_reports.write_report(project, report(), form_key=key, by=lead)

    return *send(*(lambda p=p: write(p) for p in both)), StatusReport.objects.count()


def test_one_key_on_two_projects_makes_one_report(home_cluster, company, lead, monkeypatch):
    assert report_on_two(home_cluster, company, lead, monkeypatch) == (1, 0, 1)


def test_twin_without_turns_breaks_at_the_second_report(home_cluster, company, lead, monkeypatch):
    without_turns(monkeypatch)

    assert report_on_two(home_cluster, company, lead, monkeypatch) == (0, 1, 1)
