"""Files of a proposal: kinds, size, who reads them, until when they change."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cluster_portal.core import files
from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from projects.models import Proposal, ProposalFile
from projects.services import proposal_files
from projects.services.proposals import move_proposal
from tests import factories
from tests.projects.test_proposals import TOLD, past, send

PDF = b"%PDF-1.7\ntrailer<<>>\n%%EOF\n"


def upload(name="koe.pdf"):
    return files.check(SimpleUploadedFile(name, PDF))


@pytest.fixture
def proposal(challenge, company, lead):
    return send(challenge, company, lead, files=[upload()]).proposal


@pytest.fixture
def file(proposal):
    return proposal.files.get()


def write(client, challenge, company, *sent, **values):
    given = {**TOLD, "starts_on": "", "organisation": company.pk, "then": "draft", **values}
    address = reverse("projects:proposal_write", args=[challenge.slug])
    return client.post(address, {**given, "attachments": sent})


def test_files_come_with_the_proposal(client, challenge, company, lead):
    client.force_login(lead)

    answer = write(client, challenge, company, SimpleUploadedFile("Öljykoe.pdf", PDF))

    assert list(ProposalFile.objects.values_list("name", "size")) == [("Öljykoe.pdf", len(PDF))]
    assert "Öljykoe.pdf" in client.get(answer.url).content.decode()


@pytest.mark.parametrize(("name", "content"), [("koe.exe", b"MZ"), ("koe.pdf", b"<html>")])
def test_unfit_file_is_refused_and_the_text_kept(
    client, challenge, company, lead, name, content
):  # fmt: skip
    client.force_login(lead)

    page = write(client, challenge, company, SimpleUploadedFile(name, content))

    assert page.status_code == 422
    assert "attachments" in page.context["form"].errors
    assert TOLD["what"] in page.content.decode()
    assert not Proposal.objects.exists()


def test_fourth_file_is_refused(proposal, challenge, company, lead):
    with pytest.raises(Refused):
        send(challenge, company, lead, files=[upload(), upload(), upload()])

    assert proposal.files.count() == 1


@pytest.mark.parametrize(
    ("stage", "seen"),
    [
        ("draft", {"lead", "member"}),
        ("sent", {"lead", "member", "poster", "office", "admin_user"}),
        ("withdrawn", {"lead", "member"}),
        ("declined", {"lead", "member", "poster", "office", "admin_user"}),
    ],
)
def test_who_reads_a_file(client, request, file, stage, seen):
    proposal = file.proposal
    Proposal.objects.update(stage=stage, reason="Syy.", decided_at=proposal.sent_at)
    names = ["lead", "member", "poster", "office", "admin_user", "other_office", "other_lead",
             "outsider"]  # fmt: skip
    readers = set()
    for name in names:
        client.force_login(factories.verified(request.getfixturevalue(name)))
        if client.get(file.get_absolute_url()).status_code == 200:
            readers.add(name)

    assert readers == seen


def test_reading_is_written_down(client, file, poster, lead):
    for person in (lead, poster):
        client.force_login(person)
        client.get(file.get_absolute_url())

    assert AuditEntry.objects.get(action="file read").actor == poster


def test_file_leaves_with_its_removal(client, file, lead, django_capture_on_commit_callbacks):
    client.force_login(lead)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("projects:proposal_file_remove", args=[file.public_id]))

    assert not ProposalFile.objects.exists()
    assert not default_storage.exists(file.file.name)


def test_what_was_sent_keeps_its_files_after_the_deadline(file, challenge, lead):
    past(challenge)

    with pytest.raises(Refused):
        proposal_files.remove_file(file, by=lead)


def test_poster_removes_nothing(client, file, poster):
    client.force_login(poster)

    answer = client.post(reverse("projects:proposal_file_remove", args=[file.public_id]))

    assert answer.status_code == 404
    assert ProposalFile.objects.exists()


def test_missing_file_is_told_on_a_page(client, file, lead):
    default_storage.delete(file.file.name)
    client.force_login(factories.verified(lead))

    answer = client.get(file.get_absolute_url())

    assert answer.status_code == 404
    assert "koe.pdf" in answer.content.decode()


def test_file_goes_with_its_proposal(file, proposal, monkeypatch):
    monkeypatch.setattr(files, "FRESH", -files.FRESH)
    proposal_files.sweep_files()
    was_kept = default_storage.exists(file.file.name)
    proposal.delete()
    proposal_files.sweep_files()

    assert was_kept
    assert not default_storage.exists(file.file.name)


def test_withdrawn_proposal_takes_its_files_along(client, file, poster, lead):
    move_proposal(file.proposal, "withdraw", by=lead)

    assert not ProposalFile.objects.visible_to(poster).exists()
