"""Documents, discussions, status reports and what funders ask, sent twice or by two at once.

Beside each stands its twin without the lock: it breaks the rule that the lock keeps.
"""

import datetime
import uuid

import pytest
from django.utils import timezone

from cluster_portal.core.database import sent_forms
from cluster_portal.core.errors import Refused
from cluster_portal.core.files import Upload
from projects.models import (
    Application,
    CompletionRequest,
    Discussion,
    DiscussionMessage,
    DocumentVersion,
    GoalPart,
    ProjectDocument,
    StatusReport,
)
from projects.services import applications, discussions, documents, ownership, status_reports
from projects.services.documents import Sent
from tests.projects import factories as make
from tests.races import at_once, slowly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
PDF = b"%PDF-1.7\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def project(home_cluster, company):
    return make.project(home_cluster, organisation=company)


def without_lock(monkeypatch, module, name, row):
    """The twin: the same service, whose lock is a plain read and whose forms take no turns."""
    monkeypatch.setattr(sent_forms, "_take_turns", lambda form_key: None)
    monkeypatch.setattr(module, name, lambda *_args, **_values: row)


# Versions of a document


def send_versions(project, lead, monkeypatch):
    """Two versions at once: the numbers in the end, and what was raised."""
    document = make.document(project, lead)
    step = slowly(monkeypatch, documents, "_keep")

    def send():
        sent = Sent(Upload("b.pdf", "pdf", PDF), uuid.uuid4())
        documents.add_version(document, sent, by=lead)

    errors = at_once(send, send, step=step)
    rows = DocumentVersion.objects.filter(document=document).order_by("number")
    return list(rows.values_list("number", flat=True)), len(errors)


def test_two_senders_get_two_numbers(project, lead, monkeypatch):
    assert send_versions(project, lead, monkeypatch) == ([1, 2, 3], 0)


def test_twin_without_the_lock_gives_one_number_twice(project, lead, monkeypatch):
    without_lock(monkeypatch, documents, "_locked", project)

    assert send_versions(project, lead, monkeypatch) == ([1, 2], 1)


def send_document_twice(project, lead, monkeypatch):
    sent = Sent(Upload("a.pdf", "pdf", PDF), uuid.uuid4())
    step = slowly(monkeypatch, documents, "_keep")

    def send():
        documents.add_document(project, sent, title="Suunnitelma", read_by="partners", by=lead)

    return len(at_once(send, send, step=step)), ProjectDocument.objects.count()


def test_document_sent_twice_is_one(project, lead, monkeypatch):
    assert send_document_twice(project, lead, monkeypatch) == (0, 1)


def test_twin_without_the_lock_breaks_at_the_second(project, lead, monkeypatch):
    without_lock(monkeypatch, documents, "_locked", project)

    assert send_document_twice(project, lead, monkeypatch) == (1, 1)


# Discussions


def begin_twice(project, lead, monkeypatch):
    step = slowly(monkeypatch, discussions, "hearers_of")
    key = uuid.uuid4()

    def begin():
        discussions.begin(project, "Aihe", "Viesti.", form_key=key, by=lead)

    errors = at_once(begin, begin, step=step)
    return len(errors), Discussion.objects.count(), DiscussionMessage.objects.count()


def test_discussion_begun_twice_is_one(project, lead, monkeypatch):
    assert begin_twice(project, lead, monkeypatch) == (0, 1, 1)


def test_twin_without_the_lock_breaks_at_the_second_discussion(project, lead, monkeypatch):
    without_lock(monkeypatch, discussions, "_locked", project)

    assert begin_twice(project, lead, monkeypatch) == (1, 1, 1)


def write_at_the_limit(project, lead, monkeypatch):
    """Two messages where one is left of the day: how many were refused, how many are there."""
    discussion = make.discussion(project, lead)
    monkeypatch.setattr(discussions, "MOST_A_DAY", 2)
    step = slowly(monkeypatch, discussions, "hearers_of")
    refused = []

    def write():
        try:
            discussions.write(discussion, "Viesti.", form_key=uuid.uuid4(), by=lead)
        except Refused as refusal:
            refused.append(refusal)

    at_once(write, write, step=step)
    return len(refused), DiscussionMessage.objects.count()


def test_messages_of_a_day_are_counted_one_after_the_other(project, lead, monkeypatch):
    assert write_at_the_limit(project, lead, monkeypatch) == (1, 2)


def test_twin_without_the_lock_goes_over_the_limit(project, lead, monkeypatch):
    without_lock(monkeypatch, discussions, "_locked", project)

    assert write_at_the_limit(project, lead, monkeypatch) == (0, 3)


# Status reports


def report():
    today = timezone.localdate()
    return {
        "starts_on": today - datetime.timedelta(days=30), "ends_on": today, "light": "green",
        "done": "Työtä.", "coming": "Lisää.", "read_by": "partners",
    }  # fmt: skip


def report_twice(project, lead, monkeypatch):
    step = slowly(monkeypatch, status_reports, "contacts_of")
    key = uuid.uuid4()

    def send():
        status_reports.write_report(project, report(), form_key=key, by=lead)

    return len(at_once(send, send, step=step)), StatusReport.objects.count()


def test_report_sent_twice_is_one(project, lead, monkeypatch):
    assert report_twice(project, lead, monkeypatch) == (0, 1)


def test_twin_without_the_lock_breaks_at_the_second_report(project, lead, monkeypatch):
    without_lock(monkeypatch, status_reports, "_locked", project)

    assert report_twice(project, lead, monkeypatch) == (1, 1)


# What a funder asks


def ask_twice(project, lead, monkeypatch):
    """Two completions entered at once: refused with a sentence, broken, and there in the end."""
    today = timezone.localdate()
    made = Application.objects.create(
        project=project, title="Hakemus", stage="submitted", submitted_on=today
    )
    step = slowly(monkeypatch, applications, "_move_project")
    refused = []

    def ask():
        try:
            values = {"what": "Mitä.", "asked_on": today, "due_on": today}
            applications.ask_completion(made, values, by=lead)
        except Refused as refusal:
            refused.append(refusal)

    errors = at_once(ask, ask, step=step)
    return len(refused), len(errors), CompletionRequest.objects.count()


def test_second_of_two_completions_is_told_of_the_first(project, lead, monkeypatch):
    assert ask_twice(project, lead, monkeypatch) == (1, 0, 1)


def test_twin_without_the_lock_breaks_at_the_second_completion(project, lead, monkeypatch):
    rows = Application.objects.select_related("project")
    monkeypatch.setattr(applications, "_locked", lambda row, _by: rows.get(pk=row.pk))

    assert ask_twice(project, lead, monkeypatch) == (0, 1, 1)


# Parts in goals


def answered_while_asked(home_cluster, company, lead, office, monkeypatch):
    """The coordinator asks for another part while the organisation accepts the one it had."""
    programme = make.approved_programme(home_cluster, company)
    part = ownership.ask_for_part(
        GoalPart(goal=programme.goals.get(), organisation=company, part="owner"), by=office
    )
    other = GoalPart.objects.get(pk=part.pk)
    other.part = "supporter"
    step = slowly(monkeypatch, ownership, "settle_owner")
    at_once(
        lambda: ownership.ask_for_part(other, by=office),
        lambda: ownership.answer_part(part, "accept", by=lead),
        step=step,
    )
    part.refresh_from_db()
    return part.part, part.stage, programme.goals.get().owner


def test_organisation_accepts_what_it_is_asked_now(
    home_cluster, company, lead, office, monkeypatch
):
    found = answered_while_asked(home_cluster, company, lead, office, monkeypatch)

    assert found == ("supporter", "accepted", None)


def test_twin_without_the_lock_accepts_what_is_asked_no_more(
    home_cluster, company, lead, office, monkeypatch
):
    monkeypatch.setattr(ownership, "_goal", lambda pk: ownership.Goal.objects.get(pk=pk))
    usual = GoalPart.objects.select_related("goal__programme", "organisation")
    monkeypatch.setattr(ownership, "locked", lambda part: usual.get(pk=part.pk))

    found = answered_while_asked(home_cluster, company, lead, office, monkeypatch)

    assert found[:2] == ("owner", "accepted")
