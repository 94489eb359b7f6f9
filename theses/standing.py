"""What a person has to do with theses at all, asked in one statement.

A desk draws half a dozen cards about theses; most readers have a part in none or one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Q

from cluster_portal.core.visibility import audience, once
from members.models import User
from theses.models import (
    Application,
    Approach,
    StudentProfile,
    SupervisionRequest,
    SupervisorProfile,
    Thesis,
    Topic,
)
from theses.models.choices import Origin
from theses.models.supervision import Stage as RequestStage
from theses.models.works import ACTIVE, Light

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Audience


def has(user: Any, what: str) -> bool:
    """Whether the card of `what` can have rows for her: never false where it has."""
    if not user.is_authenticated:
        return False
    known: dict[str, bool] = once(user, "_standing_in_theses", lambda: _ask(user))
    return known[what]


def has_any(user: Any) -> bool:
    """Whether she has to do with theses in any way that a card tells of."""
    return any(has(user, what) for what in ("topics", "applications", "student", "supervisor"))


def _ask(user: Any) -> dict[str, bool]:
    rows = _rows(audience(user))
    found = User.objects.filter(pk=user.pk).values_list(*(Exists(part) for part in rows.values()))
    return dict(zip(rows, found.first() or [False] * len(rows), strict=True))


def _rows(known: Audience) -> dict[str, QuerySet[Any]]:
    """Wider than the cards where that is simpler; what may be seen is the cards' business."""
    me = known.user_id
    own = Q(contact=me) | Q(organisation__in=known.edits)
    own |= Q(origin=Origin.SUPERVISOR, supervisor=me) | Q(origin=Origin.STUDENT, student=me)
    topics = Topic.objects.filter(own)
    cluster = Q(application__topic__home_cluster__in=known.coordinates)
    red = Q(light=Light.RED) & (Q() if known.is_admin else cluster)
    party = Q(application__student=me) | Q(supervisor=me) | Q(application__topic__in=topics)
    asked = Q(to=me) | Q(organisation__in=known.edits) | Q(topic__in=topics)
    return {
        "topics": topics,
        "applications": Application.objects.filter(Q(student=me) | Q(topic__in=topics)),
        "approaches": Approach.objects.pending().filter(asked),
        "theses": Thesis.objects.filter(party | red, stage__in=ACTIVE),
        "requests": SupervisionRequest.objects.filter(supervisor=me, stage=RequestStage.ASKED),
        "student": StudentProfile.objects.filter(user=me),
        "supervisor": SupervisorProfile.objects.filter(user=me, is_open=True),
    }
