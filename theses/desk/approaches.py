"""Approaches on my desk and among my personal data."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core.visibility import audience
from theses.models import Approach
from theses.models.approaches import TO_PERSON, TO_TOPIC, Kind
from theses.pages.approach_page import opening_of, title_of
from theses.standing import has

ON_DESK = 12


def waiting_for_me(user: Any) -> list[dict[str, Any]]:
    """Offers and invitations that she answers; the soonest to end first."""
    if not has(user, "approaches"):
        return []
    edits = audience(user).edits
    own_topic = (
        Q(topic__contact=user.pk)
        | Q(topic__student=user.pk, topic__organisation=None)
        | Q(topic__organisation__in=edits)
    )
    hers = (
        Q(kind__in=TO_PERSON, to=user.pk)
        | Q(kind=Kind.INVITE_COMMISSIONER, organisation__in=edits)
        | Q(kind__in=TO_TOPIC) & own_topic & ~Q(by=user.pk)
    )
    rows = Approach.objects.visible_to(user).pending().filter(hers)
    rows = rows.select_related("topic", "by", "to", "organisation")
    return [
        {
            "url": row.get_absolute_url(),
            "title": row.topic.heading,
            "kind": opening_of(row).removesuffix("."),
            "text": title_of(row) if row.kind in TO_TOPIC else str(row.by),
            "state": "waiting",
            "state_text": _("Answer by %(day)s")
            % {"day": date_format(row.answer_by, "SHORT_DATE_FORMAT")},
            "action": _("Answer"),
        }
        for row in rows.order_by("answer_by", "pk")[:ON_DESK]
    ]
