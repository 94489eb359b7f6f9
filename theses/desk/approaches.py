"""Approaches on my desk and among my personal data."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from theses.models import Approach
from theses.models.approaches import TO_TOPIC
from theses.pages.approach_page import opening_of, title_of

ON_DESK = 12


def waiting_for_me(user: Any) -> list[dict[str, Any]]:
    """Offers and invitations that the reader answers; the soonest to end first."""
    rows = Approach.objects.visible_to(user).waiting_for(user)
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
