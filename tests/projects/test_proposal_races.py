"""A proposal while the challenge closes, a decision pressed twice; each beside a twin."""

import pytest

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from projects.models import Challenge, Proposal
from projects.services import challenges, decisions, proposals
from projects.services.decisions import Decision, Verdict
from tests import factories
from tests.members.test_expert_races import at_once, slowly
from tests.projects import factories as make
from tests.projects.test_proposals import TOLD

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
    slowly(monkeypatch, proposals, "side_of")
    found = []

    def close():
        challenges.move_challenge(challenge, "close", by=poster)
        found.append(Proposal.objects.filter(stage="sent").count())

    at_once(
        lambda: proposals.save_proposal(challenge, TOLD, by=writer, organisation=maker, send=True),
        close,
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
