"""On a desk: questions that wait for the reader's answer, and their organisation's proposals."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core.visibility import audience
from projects.models import Challenge, Proposal, Question
from projects.models.challenges import PUBLISHED
from projects.models.proposals import Stage
from projects.pages.challenges import until

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

ON_DESK = 10
CHOSEN_FOR = timedelta(days=60)  # until work with who asked has begun


def questions_to_answer(user: Reader) -> list[dict[str, Any]]:
    """To the challenges of the organisations that the reader speaks for."""
    known = audience(user)
    if not known.organisations:
        return []
    rows = Question.objects.editable_by(user).unanswered()
    ours = rows.filter(
        challenge__organisation__in=known.organisations, challenge__stage__in=sorted(PUBLISHED)
    )
    return [
        {
            "url": reverse("projects:question_answer", args=[row.challenge.slug, row.form_key]),
            "title": row.text[:120],
            "kind": _("Question"),
            "text": row.challenge.title,
        }
        for row in ours.select_related("challenge").order_by("asked_at", "pk")[:ON_DESK]
    ]


def live_proposals(user: Reader) -> Any:
    """Drafts that can still be sent, what waits for an answer, and for a while what was chosen."""
    takes = Challenge.objects.open().values("pk")
    lately = timezone.now() - CHOSEN_FOR
    chosen = Q(stage=Stage.CHOSEN, challenge__decided_at__gte=lately)
    return Proposal.objects.filter(
        Q(stage=Stage.SENT) | Q(stage=Stage.DRAFT, challenge__in=takes) | chosen,
        organisation__in=audience(user).organisations,
    )


def my_proposals(user: Reader) -> list[dict[str, Any]]:
    live = live_proposals(user)
    rows = live.select_related("challenge").order_by("challenge__closes_at", "pk")[:ON_DESK]
    return [
        {
            "url": row.get_absolute_url(),
            "title": row.title,
            "kind": _("Proposal"),
            "text": _about(row),
            "state": Stage(row.stage).look,
            "state_text": row.get_stage_display(),
        }
        for row in rows
    ]


def _about(row: Proposal) -> str:
    """The challenge, and until when it takes proposals where that still matters."""
    if row.stage == Stage.CHOSEN:
        return row.challenge.title
    return f"{row.challenge.title}, {until(row.challenge.closes_at)}"
