"""A proposal while the challenge closes, files, a decision pressed twice; each beside a twin."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cluster_portal.core import files
from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from projects.models import Challenge, DecisionDraft, Proposal, ProposalFile
from projects.services import (
    challenges,
    decision_drafts,
    decisions,
    proposal_files,
    proposals,
)
from projects.services.decisions import Decision, Verdict
from tests import factories
from tests.projects import factories as make
from tests.projects.test_proposals import TOLD
from tests.races import at_once, slowly

PDF = b"%PDF-1.7\ntrailer<<>>\n%%EOF\n"
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def stage_of(home_cluster):
    owner = factories.organisation("Kysyvä kunta", kind="municipality")
    maker = factories.organisation("Tekijä Oy")
    for each in (owner, maker):
        factories.membership(each, home_cluster)
    poster, writer = factories.user(), factories.user()
    factories.affiliation(poster, owner, role="contact")
    factories.affiliation(writer, maker, role="contact")
    challenge = make.challenge(home_cluster, organisation=owner, visibility="members")
    return challenge, maker, poster, writer


def unlocked(challenge):
    return Challenge.objects.get(pk=challenge.pk)


def propose_while_it_closes(home_cluster, monkeypatch):
    """How many proposals who closes it finds, and how many there are in the end."""
    challenge, maker, poster, writer = stage_of(home_cluster)
    proposals.save_proposal(challenge, TOLD, by=writer, organisation=maker)
    step = slowly(monkeypatch, proposals, "side_of")
    found = []

    def close():
        challenges.move_challenge(challenge, "close", by=poster)
        found.append(Proposal.objects.filter(stage="sent").count())

    at_once(
        lambda: proposals.save_proposal(challenge, TOLD, by=writer, organisation=maker, send=True),
        close,
        step=step,
    )
    return found[0], Proposal.objects.filter(stage="sent").count()


def test_who_closes_the_challenge_finds_all_proposals(home_cluster, monkeypatch):
    assert propose_while_it_closes(home_cluster, monkeypatch) == (1, 1)


def test_twin_that_does_not_lock_takes_one_after_the_closing(home_cluster, monkeypatch):
    monkeypatch.setattr(proposals, "locked", unlocked)

    assert propose_while_it_closes(home_cluster, monkeypatch) == (0, 1)


def decide_twice(home_cluster, monkeypatch):
    challenge, maker, poster, writer = stage_of(home_cluster)
    sent = proposals.save_proposal(challenge, TOLD, by=writer, organisation=maker, send=True)
    challenges.move_challenge(challenge, "close", by=poster)
    slowly(monkeypatch, decisions, "_answer")
    slowly(monkeypatch, decisions, "enter")
    refused = []

    def press():
        try:
            verdicts = {sent.proposal.pk: Verdict(is_chosen=True, reason="Toimii.")}
            decisions.decide(challenge, Decision(verdicts, "Kokeillaan."), by=poster)
        except Refused as refusal:
            refused.append(refusal)

    at_once(press, press)
    return len(refused), AuditEntry.objects.filter(action="proposal choose").count()


def test_decision_pressed_twice_is_made_once(home_cluster, monkeypatch):
    assert decide_twice(home_cluster, monkeypatch) == (1, 1)
    assert OutboxMail.objects.filter(kind="proposal_decided").count() == 1


def test_twin_that_does_not_lock_decides_twice(home_cluster, monkeypatch):
    monkeypatch.setattr(decisions, "locked", unlocked)

    assert decide_twice(home_cluster, monkeypatch) == (0, 2)


def add_files_at_once(home_cluster, monkeypatch, *, is_locked=True):
    challenge, maker, _poster, writer = stage_of(home_cluster)
    sent = [files.check(SimpleUploadedFile(f"{n}.pdf", PDF)) for n in range(2)]
    proposals.save_proposal(challenge, TOLD, by=writer, organisation=maker)
    if not is_locked:
        monkeypatch.setattr(proposals, "locked", unlocked)
        monkeypatch.setattr(proposals, "_of", lambda *_of: Proposal.objects.get())
        monkeypatch.setattr(Proposal, "save", lambda _self: None)  # writing the row locks it, too
    slowly(monkeypatch, proposal_files.files, "store")
    refused = []

    def add():
        try:
            values = {**TOLD, "files": sent}
            proposals.save_proposal(challenge, values, by=writer, organisation=maker)
        except Refused as refusal:
            refused.append(refusal)

    at_once(add, add)
    return len(refused), Proposal.objects.get().files.count()


def test_files_added_at_once_stay_within_their_number(home_cluster, monkeypatch):
    assert add_files_at_once(home_cluster, monkeypatch) == (1, 2)


def test_twin_that_does_not_lock_keeps_too_many_files(home_cluster, monkeypatch):
    assert add_files_at_once(home_cluster, monkeypatch, is_locked=False) == (0, 4)


def remove_while_it_closes(home_cluster, monkeypatch):
    """How many files who closes it finds, and how many there are in the end."""
    challenge, maker, poster, writer = stage_of(home_cluster)
    values = {**TOLD, "files": [files.check(SimpleUploadedFile("koe.pdf", PDF))]}
    sent = proposals.save_proposal(challenge, values, by=writer, organisation=maker, send=True)
    step = slowly(monkeypatch, ProposalFile, "delete")
    found = []

    def close():
        challenges.move_challenge(challenge, "close", by=poster)
        found.append(sent.proposal.files.count())

    at_once(
        lambda: proposal_files.remove_file(sent.proposal.files.get(), by=writer), close, step=step
    )
    return found[0], sent.proposal.files.count()


def test_who_closes_the_challenge_finds_the_files_as_they_stay(home_cluster, monkeypatch):
    assert remove_while_it_closes(home_cluster, monkeypatch) == (0, 0)


def test_twin_that_does_not_lock_takes_a_file_after_the_closing(home_cluster, monkeypatch):
    monkeypatch.setattr(proposal_files, "locked", unlocked)

    assert remove_while_it_closes(home_cluster, monkeypatch) == (1, 0)


def keep_drafts_at_once(home_cluster, monkeypatch):
    challenge, maker, poster, writer = stage_of(home_cluster)
    proposals.save_proposal(challenge, TOLD, by=writer, organisation=maker, send=True)
    challenges.move_challenge(challenge, "close", by=poster)
    values = {"verdicts": {}, "words": "Ensin.", "is_solved": False}
    first = decision_drafts.keep_draft(challenge, values, by=poster, seen="none yet")
    step = slowly(monkeypatch, decision_drafts, "refuse_changed")
    refused = []

    def keep(words):
        try:
            changed = {**values, "words": words}
            decision_drafts.keep_draft(challenge, changed, by=poster, seen=first.stamp)
        except Refused as refusal:
            refused.append(refusal)

    at_once(lambda: keep("Yksi."), lambda: keep("Toinen."), step=step)
    return len(refused), DecisionDraft.objects.get().words


def test_later_of_two_drafts_is_refused(home_cluster, monkeypatch):
    assert keep_drafts_at_once(home_cluster, monkeypatch) == (1, "Yksi.")


def test_twin_that_does_not_lock_loses_the_first(home_cluster, monkeypatch):
    monkeypatch.setattr(decision_drafts, "locked", unlocked)

    assert keep_drafts_at_once(home_cluster, monkeypatch)[0] == 0
