"""What projects and challenges hold of a person, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from projects.models import Challenge, Programme

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def named_in(user: Reader) -> list[dict[str, Any]]:
    """Challenges that name the person, as contact or as reader: what the app holds of them."""
    named = Challenge.named_people.through.objects.filter(user=user.pk).values("challenge")
    hers = Q(contact=user.pk) | Q(pk__in=named)
    rows = Challenge.objects.visible_to(user).filter(hers).order_by("pk")
    return [
        {"challenge": row.title_fi, "state": row.get_stage_display(),
         "deadline": date_format(timezone.localtime(row.closes_at), "DATETIME_FORMAT")}
        for row in rows
    ]  # fmt: skip


def comment_rounds(user: Reader) -> list[dict[str, Any]]:
    """Versions of a programme that they have been asked to comment on."""
    asked = Programme.commenters.through.objects.filter(user=user.pk).values("programme")
    rows = Programme.objects.visible_to(user).filter(pk__in=asked).order_by("pk")
    return [{"programme": str(row), "state": row.get_stage_display()} for row in rows]
