"""What a digest says of surveys: those open to all members, and published results."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import since
from cluster_portal.core.digest_section import DigestSection
from cluster_portal.surveys.models import Response, Round

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from cluster_portal.core.visibility import Reader


def _open(user: Reader) -> Any:
    return Round.objects.visible_to(user).open_to_all().filter(closes_at__gt=timezone.now())


def _results(user: Reader) -> Any:
    return Round.objects.visible_to(user).with_results()


def _answered_by_many(users: list[Any], since: datetime) -> dict[int, list[Round]]:
    """Results of what each of the users answered as a person; two statements for all of them."""
    fresh = Round.objects.with_results().filter(tables_published_at__gte=since).in_bulk()
    rows = Response.objects.countable().filter(round__in=fresh, person__in=users)
    pairs = rows.filter(is_anonymous=False).values_list("person", "round").distinct()
    found: defaultdict[int, list[Round]] = defaultdict(list)
    for person, pk in pairs.order_by("round"):
        found[person].append(fresh[pk])
    return found


def _answered_by(user: Reader, since: datetime) -> list[Round]:
    return _answered_by_many([user], since).get(user.pk, [])


SURVEYS = (
    DigestSection(
        "surveys-open", _("Surveys open to members"), since("opened_at", _open), limit=6,
        per_audience=True,
    ),
    DigestSection(
        "surveys-answered", _("Results of surveys"), _answered_by, limit=6, order=-1,
        for_many=_answered_by_many, because=_("Because you answered the survey"),
    ),
    DigestSection(
        "surveys-results", _("Results of surveys"), since("tables_published_at", _results),
        limit=6, per_audience=True,
    ),
)  # fmt: skip
