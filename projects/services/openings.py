"""Who has opened a challenge that is shown to named ones, or the proposals to it: acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.visibility import audience
from projects.models import Challenge

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader

OPENED, PROPOSALS_OPENED = "challenge opened", "proposals opened"


def note_opening(challenge: Challenge, user: Reader) -> None:
    """Once a person and day; what its own people open is no news to them."""
    if not challenge.is_graded or not user.is_authenticated:
        return
    if challenge.organisation_id not in audience(user).organisations:
        _note(challenge, OPENED, user)


def note_reading(challenge: Challenge, user: Reader) -> None:
    """Of the proposals, by whomever."""
    _note(challenge, PROPOSALS_OPENED, user)


def _note(challenge: Challenge, action: str, user: Reader) -> None:
    today = openings(challenge, action).filter(actor=user.pk, at__date=timezone.localdate())
    if not today.exists():
        audit.record(challenge, action, by=user)


def openings(challenge: Challenge, action: str) -> QuerySet[Any]:
    kind = ContentType.objects.get_for_model(Challenge)
    return AuditEntry.objects.filter(content_type=kind, object_id=challenge.pk, action=action)
