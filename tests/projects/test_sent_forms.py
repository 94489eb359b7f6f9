"""A form's key makes one thing; that of somebody else's form makes nothing and breaks nothing."""

import datetime
import uuid

import pytest
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.core.files import Upload
from members.services.needs import tell_need
from projects.models import DocumentVersion, ProjectDocument, StatusReport
from projects.services import discussions
from projects.services.challenge_telling import tell_challenge
from projects.services.documents import Sent, add_document, add_version
from projects.services.ideas import Beginning, propose_idea
from projects.services.result_telling import tell_result
from projects.services.status_reports import MOST_A_DAY, write_report
from tests import factories
from tests.projects import factories as make

PDF = b"%PDF-1.7\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def project(home_cluster, company):
    return make.project(home_cluster, organisation=company)


@pytest.fixture
def colleague(company):
    person = factories.user("kollega@example.org")
    factories.affiliation(person, company, role="contact")
    return person


def report():
    today = timezone.localdate()
    return {
        "starts_on": today - datetime.timedelta(days=30), "ends_on": today, "light": "green",
        "done": "Työtä.", "coming": "Lisää.", "read_by": "partners",
    }  # fmt: skip


def makers(project, company):
    """What each form makes: a callable of its key and its sender."""

    def sent(key):
        return Sent(Upload("a.pdf", "pdf", PDF), key)

    def words(key):
        return {"organisation": company, "form_key": key, "title_fi": "Otsikko tässä"}

    return {
        "document": lambda key, by: add_document(
            project, sent(key), title="Suunnitelma", read_by="partners", by=by
        ),
        "report": lambda key, by: write_report(project, report(), form_key=key, by=by),
        "discussion": lambda key, by: discussions.begin(
            project, "Aihe", "Viesti.", form_key=key, by=by
        ),
        "idea": lambda key, by: propose_idea(words(key), by=by, begun=Beginning()),
        "result": lambda key, by: tell_result({**words(key), "kind": "model"}, by=by),
        "challenge": lambda key, by: tell_challenge(words(key), by=by),
        "need": lambda key, by: tell_need(
            {"organisation": company, "form_key": key, "what": "Tarve", "kind": "partner"}, by=by
        ),
    }  # fmt: skip


@pytest.mark.parametrize(
    "what", ["document", "report", "discussion", "idea", "result", "challenge", "need"]
)
def test_key_of_anothers_form_is_refused(what, project, company, lead, colleague):
    send, key = makers(project, company)[what], uuid.uuid4()
    made = send(key, lead)

    with pytest.raises(Refused):
        send(key, colleague)

    assert send(key, lead) == made
    assert type(made).objects.count() == (2 if what == "idea" else 1)


def test_key_of_another_projects_form_is_refused(home_cluster, project, company, lead):
    key, other = uuid.uuid4(), make.project(home_cluster, organisation=company)
    write_report(project, report(), form_key=key, by=lead)

    with pytest.raises(Refused):
        write_report(other, report(), form_key=key, by=lead)

    assert StatusReport.objects.count() == 1


def test_key_of_another_documents_version_is_refused(project, lead, colleague):
    document, other = (make.document(project, lead) for _n in range(2))
    sent = Sent(Upload("b.pdf", "pdf", PDF), uuid.uuid4())
    add_version(document, sent, by=lead)

    with pytest.raises(Refused):
        add_version(other, sent, by=lead)
    with pytest.raises(Refused):
        add_version(document, sent, by=colleague)

    assert DocumentVersion.objects.filter(document=document).count() == 2
    assert ProjectDocument.objects.count() == 2


def test_project_reports_a_few_times_a_day(project, lead):
    for _n in range(MOST_A_DAY):
        write_report(project, report(), form_key=uuid.uuid4(), by=lead)
    with pytest.raises(Refused):
        write_report(project, report(), form_key=uuid.uuid4(), by=lead)
    StatusReport.objects.update(written_at=timezone.now() - datetime.timedelta(days=2))

    assert write_report(project, report(), form_key=uuid.uuid4(), by=lead).pk
