"""A decision kept half-made: by whom, for whom, and until when."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from projects import erasure, exports
from projects.models import Challenge, DecisionDraft, Proposal
from projects.services import decision_drafts
from projects.services.decisions import Decision, Verdict, decide
from tests import factories
from tests.projects.test_proposals import close, send

VALUES = {"verdicts": {}, "words": "Kesken.", "is_solved": False}


@pytest.fixture
def closed(challenge, company, lead, poster):
    send(challenge, company, lead)
    return close(challenge, poster)


@pytest.fixture
def address(closed):
    return reverse("projects:proposal_compare", args=[closed.slug])


def half(client, address, **values):
    proposal = Proposal.objects.get()
    seen = client.get(address).context["seen"]
    given = {f"reason_{proposal.public_id.hex}": "Ehkä liian painava.", "words": "", **values}
    return client.post(address, {"then": "draft", "seen": seen, **given})


def test_half_made_decision_is_kept_and_told_to_nobody(client, address, closed, poster):
    client.force_login(factories.verified(poster))
    told = OutboxMail.objects.count()

    answer = half(client, address)

    assert answer.url == address
    assert "Ehkä liian painava." in client.get(address).content.decode()
    closed.refresh_from_db()
    assert (closed.stage, OutboxMail.objects.count()) == ("closed", told)
    assert Proposal.objects.get().reason == ""


def test_colleague_goes_on_with_it_and_decides(client, address, closed, poster):
    client.force_login(factories.verified(poster))
    half(client, address)
    colleague = factories.user("toinen@example.org")
    factories.affiliation(colleague, closed.organisation, role="contact")
    client.force_login(factories.verified(colleague))
    key = Proposal.objects.get().public_id.hex

    page = client.get(address)
    client.post(
        address,
        {f"verdict_{key}": "chosen", f"reason_{key}": "Kevyt.", "words": "Kokeillaan.",
         "seen": page.context["seen"]},
    )  # fmt: skip

    assert "Ehkä liian painava." in page.content.decode()
    assert Challenge.objects.get().stage == "solved"
    assert not DecisionDraft.objects.exists()


@pytest.mark.parametrize("late", ["draft", "decide"])
def test_colleagues_draft_is_not_lost(client, address, poster, late):
    client.force_login(factories.verified(poster))
    seen = client.get(address).context["seen"]
    half(client, address)
    key = Proposal.objects.get().public_id.hex

    page = client.post(
        address,
        {f"verdict_{key}": "chosen", f"reason_{key}": "Toinen syy.", "words": "Sanat.",
         "then": late, "seen": seen},
    )  # fmt: skip

    assert page.status_code == 422
    assert "Toinen syy." in page.content.decode()
    assert Challenge.objects.get().stage == "closed"


def test_draft_is_seen_by_its_own_people_alone(request, closed, poster):
    decision_drafts.keep_draft(closed, VALUES, by=poster, seen=decision_drafts.NONE_YET)
    colleague = factories.user()
    factories.affiliation(colleague, closed.organisation)
    names = ["lead", "member", "outsider", "office", "other_office", "other_lead", "admin_user"]
    others = [AnonymousUser(), colleague, *map(request.getfixturevalue, names)]

    seers = [p for p in [poster, *others] if DecisionDraft.objects.visible_to(p).exists()]

    assert seers == [poster]


def test_coordinator_decides_without_seeing_the_draft(client, address, closed, poster, office):
    decision_drafts.keep_draft(closed, VALUES, by=poster, seen=decision_drafts.NONE_YET)
    client.force_login(factories.verified(office))

    page = client.get(address)

    assert (page.context["draft"], page.context["keeps_draft"]) == (None, False)
    with pytest.raises(Refused):
        decision_drafts.keep_draft(closed, VALUES, by=office, seen="")


def test_nothing_is_kept_before_the_challenge_is_closed(challenge, poster):
    with pytest.raises(Refused):
        decision_drafts.keep_draft(challenge, VALUES, by=poster, seen=decision_drafts.NONE_YET)


def test_decision_ends_the_draft(closed, poster):
    decision_drafts.keep_draft(closed, VALUES, by=poster, seen=decision_drafts.NONE_YET)
    sent = Proposal.objects.get()

    decide(closed, Decision({sent.pk: Verdict(is_chosen=True, reason="Hyvä.")}, "Näin."), by=poster)

    assert not DecisionDraft.objects.exists()


def test_draft_is_exported_and_stays_without_a_name(closed, poster):
    values = {**VALUES, "verdicts": {"x": ["chosen", "Syy."]}}
    decision_drafts.keep_draft(closed, values, by=poster, seen=decision_drafts.NONE_YET)
    exported = exports.decision_drafts(poster)

    erasure.erase(poster)

    assert exported == [{"challenge": closed.title_fi, "words": "Kesken.", "reasons": ["Syy."]}]
    assert DecisionDraft.objects.get().saved_by is None
