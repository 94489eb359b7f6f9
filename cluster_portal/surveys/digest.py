"""What a digest says of surveys: those open to all members, and published results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import since
from cluster_portal.core.digest_section import DigestSection
from cluster_portal.surveys.models import Round

if TYPE_CHECKING:
    from typing import Any

    from cluster_portal.core.visibility import Reader


def _open(user: Reader) -> Any:
    return Round.objects.visible_to(user).open_to_all().filter(closes_at__gt=timezone.now())


def _results(user: Reader) -> Any:
    return Round.objects.visible_to(user).with_results()


SURVEYS = (
    DigestSection("surveys-open", _("Surveys open to members"), since("opened_at", _open), limit=6),
    DigestSection(
        "surveys-results", _("Results of surveys"), since("tables_published_at", _results), limit=6
    ),
)
