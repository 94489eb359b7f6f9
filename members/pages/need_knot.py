"""Needs on the thread: where one begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.knots import Column, Knot
from members.models import Need
from members.models.needs import PUBLISHED, UNANSWERED, Stage
from members.pages.owner_names import owner_name

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def _rows(user: Reader) -> Any:
    return Need.objects.visible_to(user).exclude(stage=Stage.WITHDRAWN)


def _fields(user: Reader) -> dict[str, Any]:
    return {
        "title": F("what"), "text": F("purpose"), "day": TruncDate("published_at"),
        "who": owner_name(user),
    }  # fmt: skip


KNOT = Knot(
    Column.NEED, _("Need"), _rows, _fields, ("members:need", "slug"), "stage", Stage,
    over=PUBLISHED - UNANSWERED, stopped=UNANSWERED,
)  # fmt: skip
