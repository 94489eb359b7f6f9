"""The kinds of message that the projects app sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications import kinds
from cluster_portal.notifications.kinds import KindGroup, NothingToSay, of_group
from cluster_portal.notifications.sending.rendering import absolute
from projects.kinds import calls, ideas, measures, papers, pilots, projects
from projects.kinds.results import RESULTS
from projects.models import Challenge, Proposal, Question
from projects.models.challenges import Stage as ChallengeStage
from projects.models.projects import Stage as ProjectStage
from projects.models.proposals import Stage as ProposalStage
from projects.models.proposals import proposers
from projects.pages import challenges
from projects.services import challenge_matching

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def _of_project(mail: OutboxMail) -> dict[str, Any]:
    is_closing = mail.values["stage"] == ProjectStage.CLOSING
    return {**_told(mail, ProjectStage), "is_closing": is_closing}


def _of_challenge(mail: OutboxMail) -> dict[str, Any]:
    must_decide = mail.values["stage"] == ChallengeStage.CLOSED
    return {**_told(mail, ChallengeStage), "must_decide": must_decide}


def _challenge_for_you(mail: OutboxMail) -> dict[str, Any]:
    """Which of the reader's own capabilities fit and why, or that the reader is named; silent once
    the challenge is over."""
    reader = mail.recipient
    if reader is None:  # an account that is gone
        raise NothingToSay
    rows = Challenge.objects.visible_to(reader)
    challenge = challenges.with_owner(rows, reader).filter(pk=mail.about_id).first()
    if challenge is None or not challenge.is_open:
        raise NothingToSay
    fits = challenge_matching.fits_of(challenge, reader)
    if not fits and not challenge_matching.is_named(challenge, reader):
        raise NothingToSay
    return {
        "title": challenge.title,
        "summary": challenge.summary,
        "owner": challenge.organisation.title if challenge.owner_seen else "",
        "closes": challenges.until(challenge.closes_at),
        "may_propose": proposers(challenge, reader).exists(),
        "fits": [{"title": fit.object.title, "why": "; ".join(fit.reasons)} for fit in fits],
    }


def _of_proposal(mail: OutboxMail) -> dict[str, Any]:
    proposal = mail.about
    if not isinstance(proposal, Proposal):
        raise NothingToSay
    return {
        "title": proposal.challenge.title,
        "proposal": proposal.title,
        "organisation": proposal.organisation.title,
        "is_chosen": proposal.stage == ProposalStage.CHOSEN,
        "reason": mail.values.get("reason", "") or proposal.reason,
    }


def _proposal_gone(mail: OutboxMail) -> dict[str, Any]:
    return {"title": mail.about.title, "organisation": mail.values["organisation"]}


def _draft_due(mail: OutboxMail) -> dict[str, Any]:
    """Silent once it was sent, the challenge is over or the reader may no longer write it."""
    draft, reader = mail.about, mail.recipient
    if not isinstance(draft, Proposal) or reader is None or draft.stage != ProposalStage.DRAFT:
        raise NothingToSay
    rows = Challenge.objects.visible_to(reader).open()
    if not rows.contains(draft.challenge) or not Proposal.objects.editable_by(reader).contains(
        draft
    ):
        raise NothingToSay
    page = reverse("projects:proposal_write", args=[draft.challenge.slug])
    fields: list[Any] = [Proposal._meta.get_field(name) for name in draft.missing]
    return {
        "title": draft.challenge.title, "proposal": draft.title,
        "organisation": draft.organisation.title,
        "closes": challenges.moment(draft.challenge.closes_at),
        "missing": ", ".join(str(field.verbose_name) for field in fields),
        "write_url": absolute(f"{page}?organisation={draft.organisation.slug}"),
    }  # fmt: skip


def _of_question(mail: OutboxMail) -> dict[str, Any]:
    question = mail.about
    if not isinstance(question, Question):
        raise NothingToSay
    challenge = question.challenge
    page = reverse("projects:question_answer", args=[challenge.slug, question.form_key])
    return {
        "title": challenge.title, "question": question.text, "answer": question.answer,
        "answer_url": absolute(page),
    }  # fmt: skip


def _told(mail: OutboxMail, stages: Any) -> dict[str, Any]:
    """Title, the stage in the reader's language, and the reason that was given."""
    return {
        "title": mail.about.title if mail.about else "",
        "stage": stages(mail.values["stage"]).label,
        "reason": mail.values.get("reason", ""),
    }


_kind = of_group(KindGroup.PROJECTS)

KINDS = [
    _kind("project_moved", _("A project’s stage changed"), _of_project),
    _kind("challenge_submitted", _("A challenge waits for review"), _of_challenge),
    _kind(
        "challenge_for_you",
        _("A challenge fits what we can do"),
        _challenge_for_you,
    ),
    _kind("challenge_withdrawn", _("A challenge that we answered was withdrawn"), _of_proposal),
    _kind("proposal_received", _("A proposal to our challenge"), _of_proposal),
    _kind("proposal_withdrawn", _("A proposal to our challenge was withdrawn"), _proposal_gone),
    _kind("proposal_decided", _("An answer to our proposal"), _of_proposal, can_unsubscribe=False),
    _kind(
        "proposal_draft_due", _("Our proposal has not been sent and its time runs out"), _draft_due
    ),
    _kind("question_asked", _("A question about our challenge"), _of_question),
    _kind("question_answered", _("My question has an answer"), _of_question),
    _kind("challenge_moved", _("Our challenge moved on"), _of_challenge),
    *measures.KINDS,
]


def register() -> None:
    rooms = (calls, ideas, papers, pilots, projects)
    for kind in [*KINDS, *(kind for room in rooms for kind in room.KINDS), *RESULTS]:
        kinds.register(kind)
