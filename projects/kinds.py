"""The kinds of message that the projects app sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications import kinds
from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay
from projects.models import Challenge
from projects.models.challenges import Stage as ChallengeStage
from projects.models.measures import Measure
from projects.models.projects import Stage as ProjectStage
from projects.pages import challenges
from projects.services import challenge_matching

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def _of_project(mail: OutboxMail) -> dict[str, Any]:
    return _told(mail, ProjectStage)


def _of_challenge(mail: OutboxMail) -> dict[str, Any]:
    must_decide = mail.values["stage"] == ChallengeStage.CLOSED
    return {**_told(mail, ChallengeStage), "must_decide": must_decide}


def _challenge_for_you(mail: OutboxMail) -> dict[str, Any]:
    """Which of the reader's own capabilities fit, and why; silent once the challenge is over."""
    reader = mail.recipient
    rows = Challenge.objects.visible_to(reader) if reader else Challenge.objects.none()
    challenge = challenges.with_owner(rows, reader).filter(pk=mail.about_id).first()
    if challenge is None or not challenge.is_open:
        raise NothingToSay
    fits = challenge_matching.fits_of(challenge, reader)
    if not fits:
        raise NothingToSay
    return {
        "title": challenge.title,
        "summary": challenge.summary,
        "owner": challenge.organisation.title if challenge.owner_seen else "",
        "closes": challenges.moment(challenge.closes_at),
        "fits": [{"title": fit.object.title, "why": "; ".join(fit.reasons)} for fit in fits],
    }


def _told(mail: OutboxMail, stages: Any) -> dict[str, Any]:
    """Title, the stage in the reader's language, and the reason that was given."""
    return {
        "title": mail.about.title if mail.about else "",
        "stage": stages(mail.values["stage"]).label,
        "reason": mail.values.get("reason", ""),
    }


def _of_programme(mail: OutboxMail) -> dict[str, Any]:
    return {"title": mail.about.title if mail.about else ""}


def _of_measure(mail: OutboxMail) -> dict[str, Any]:
    measure = mail.about
    if not isinstance(measure, Measure):
        return {"title": "", "ends_on": None}
    return {"title": f"{measure.label} {measure.title}", "ends_on": measure.ends_on}


KINDS = [
    Kind("project_moved", _("A project’s stage changed"), KindGroup.PROJECTS, _of_project),
    Kind(
        "challenge_submitted", _("A challenge waits for review"), KindGroup.PROJECTS, _of_challenge
    ),
    Kind(
        "challenge_for_you", _("A challenge fits what we can do"), KindGroup.PROJECTS,
        _challenge_for_you,
    ),
    Kind("challenge_moved", _("Our challenge moved on"), KindGroup.PROJECTS, _of_challenge),
    Kind(
        "programme_approved", _("An action programme is in force"), KindGroup.PROJECTS,
        _of_programme,
    ),
    Kind(
        "measure_delayed", _("A measure of ours is late"), KindGroup.PROJECTS, _of_measure,
    ),
]  # fmt: skip


def register() -> None:
    for kind in KINDS:
        kinds.register(kind)
