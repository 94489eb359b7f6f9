"""Writing a proposal, reading one, and all of a challenge side by side with the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core.origin import starts_of
from cluster_portal.core.visibility import audience
from members.models import User
from projects.forms.proposals import LEVELS
from projects.models import DecisionDraft, Proposal, ProposalFile
from projects.models.challenges import MOVES as CHALLENGE_MOVES
from projects.models.challenges import Stage as ChallengeStage
from projects.models.proposals import MOVES, Stage
from projects.pages.challenges import demands, moment, proposers, shape, trail
from projects.services.decision_drafts import NONE_YET, keeps_draft
from projects.services.openings import PROPOSALS_OPENED, openings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cluster_portal.core.audit import AuditEntry
    from cluster_portal.core.visibility import Reader
    from projects.models import Challenge

LATEST_OPENINGS = 12
CHOICES = ("send", "choose", "decline")  # steps with a form of their own


def own(challenge: Challenge, user: Reader, organisation: str = "") -> Proposal | None:
    """The proposal that the reader goes on with, of the organisation that the address names."""
    rows = Proposal.objects.editable_by(user).filter(challenge=challenge)
    if organisation:
        rows = rows.filter(organisation__slug=organisation[:100])
    return rows.select_related("organisation").order_by("-pk").first()


def who_may(challenge: Challenge) -> str:
    asked = proposers(challenge)
    if asked and challenge.is_open:
        return _("This challenge takes proposals from: %(sectors)s.") % {"sectors": asked}
    return _("A member organisation can make a proposal to an open challenge.")


def write_values(challenge: Challenge, proposal: Proposal | None) -> dict[str, Any]:
    return {
        "challenge": challenge,
        "proposal": proposal,
        "stamp": proposal.stamp if proposal else NONE_YET,
        "saved": moment(proposal.updated_at) if proposal else "",
        "files": proposal.files.all() if proposal else [],
        "can_remove": True,
        "closes": moment(challenge.closes_at),
        "demands": demands(challenge.need) or [challenge.need],
        "what_follows": _what_follows(challenge),
        "trail": trail(challenge, _("Proposal")),
        "current": "challenges",
    }


def _what_follows(challenge: Challenge) -> list[dict[str, Any]]:
    due = challenge.decision_on
    return [
        {"when": challenge.closes_at, "what": _("The last moment"), "state": "current",
         "text": _("What comes late is not taken; the draft stays with you.")},
        {"when_text": _("By %(day)s") % {"day": date_format(due)} if due else "",
         "what": _("Decision and reason"), "text": _("Each who proposed gets an answer.")},
    ]  # fmt: skip


def points(proposal: Proposal) -> list[dict[str, Any]]:
    """What a proposal says, in the order in which it is compared."""
    return [
        {"name": _("Maturity"), "value": level(proposal), "trl": proposal.trl},
        {"name": _("What is proposed"), "value": proposal.what},
        {"name": _("Evidence"), "value": proposal.evidence},
        {"name": _("What they need from you"), "value": proposal.wanted},
        {"name": _("Price of a trial"), "value": proposal.get_price_display()},
        {
            "name": _("Can begin"),
            "value": date_format(proposal.starts_on) if proposal.starts_on else "",
        },
        {"name": _("Files"), "value": "", "files": list(proposal.files.all())},
    ]


def level(proposal: Proposal) -> str:
    return str(dict(LEVELS).get(str(proposal.trl), proposal.trl or ""))


def values(proposal: Proposal, user: Reader) -> dict[str, Any]:
    is_own = proposal.organisation_id in audience(user).organisations
    challenge = proposal.challenge
    return {
        "proposal": proposal,
        "challenge": challenge,
        "look": Stage(proposal.stage).look,
        "points": [point for point in points(proposal) if point["value"]],
        "files": proposal.files.all(),
        "can_remove": ProposalFile.objects.editable_by(user).filter(proposal=proposal).exists(),
        "starts": starts_of(proposal, user),
        "is_own": is_own,
        "closes": moment(challenge.closes_at),
        "write_url": _write_url(proposal, user),
        "moves": MOVES.without(*CHOICES).open_to(proposal, user),
        "trail": trail(challenge, proposal.title),
        "current": "challenges",
    }


def _write_url(proposal: Proposal, user: Reader) -> str:
    is_live = proposal.stage in {Stage.DRAFT, Stage.SENT, Stage.WITHDRAWN}
    if not (is_live and proposal.challenge.is_open):
        return ""
    if not Proposal.objects.editable_by(user).contains(proposal):
        return ""
    address = reverse("projects:proposal_write", args=[proposal.challenge.slug])
    return f"{address}?organisation={proposal.organisation.slug}"


def received(challenge: Challenge) -> list[Proposal]:
    rows = challenge.proposals.received().select_related("organisation", "challenge")
    rows = rows.prefetch_related("files")
    return list(rows.order_by("sent_at", "pk"))


def draft_of(challenge: Challenge, user: Reader) -> DecisionDraft | None:
    """What the reader's own people have written of the decision so far."""
    rows = DecisionDraft.objects.visible_to(user).filter(challenge=challenge)
    return rows.select_related("saved_by").first()


def compare_values(
    challenge: Challenge,
    proposals: Sequence[Proposal],
    user: Reader,
    draft: DecisionDraft | None = None,
) -> dict[str, Any]:
    decided = challenge.stage in {ChallengeStage.SOLVED, ChallengeStage.UNMATCHED}
    told = [points(proposal) for proposal in proposals]
    names = [point["name"] for point in told[0]] if told else []
    rows = [
        {"name": name, "cells": [(proposals[i], column[row]) for i, column in enumerate(told)]}
        for row, name in enumerate(names)
        if any(column[row]["value"] or column[row].get("files") for column in told)
    ]
    return {
        "challenge": challenge,
        "proposals": [
            {"proposal": proposal, "points": column, "chosen": proposal.stage == Stage.CHOSEN}
            for proposal, column in zip(proposals, told, strict=True)
        ],
        "rows": rows,
        "is_decided": decided,
        "draft": draft,
        "draft_saved": moment(draft.saved_at) if draft else "",
        "keeps_draft": keeps_draft(challenge, user),
        "seen": draft.stamp if draft else NONE_YET,
        "starts": starts_of(challenge, user) if decided else [],
        "can_decide": CHALLENGE_MOVES.may("solve", challenge, user),
        "closes": moment(challenge.closes_at),
        "is_over": not challenge.is_open,
        "look": shape(challenge),
        "owner": challenge.organisation,
        "due": date_format(challenge.decision_on) if challenge.decision_on else "",
        **_opened(challenge),
        "trail": trail(challenge, _("Proposals")),
        "current": "challenges",
    }


def _opened(challenge: Challenge) -> dict[str, Any]:
    """Who has read the proposals, the latest first, and where all of them stand."""
    rows = openings(challenge, PROPOSALS_OPENED).order_by("-pk")[: LATEST_OPENINGS + 1]
    latest = opening_rows(list(rows))
    address = reverse("projects:proposal_openings", args=[challenge.slug])
    return {
        "opened": latest[:LATEST_OPENINGS],
        "all_opened_url": address if len(latest) > LATEST_OPENINGS else "",
    }


def opening_rows(rows: list[AuditEntry]) -> list[dict[str, Any]]:
    """Rows of the log as lines; the people in one statement."""
    people = User.objects.in_bulk([row.actor_id for row in rows if row.actor_id])
    return [
        {
            "when": row.at,
            "what": str(people.get(row.actor_id) or _("A removed user")),
            "state": "done",
        }
        for row in rows
    ]


def question_values(challenge: Challenge) -> dict[str, Any]:
    return {"challenge": challenge, "trail": trail(challenge, _("Questions and answers")),
            "current": "challenges"}  # fmt: skip
