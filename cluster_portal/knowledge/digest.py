"""What a digest says about articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import since
from cluster_portal.core.digest_section import DigestSection
from cluster_portal.knowledge.models import (
    Article,
    Evaluation,
    LibraryDocument,
    Signal,
    SituationReview,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader


def _out(user: Reader) -> QuerySet[Article]:
    return Article.objects.visible_to(user).out()


ARTICLES = (
    DigestSection(
        "new-articles", _("News and articles"), since("published_at", _out), per_audience=True
    ),
)


def _approved(user: Reader) -> QuerySet[SituationReview]:
    return (
        SituationReview.objects.visible_to(user).approved().select_related("home_cluster__region")
    )


REVIEWS = (
    DigestSection(
        "new-reviews", _("Situation reviews"), since("approved_at", _approved), per_audience=True
    ),
)
EVALUATIONS = (
    DigestSection(
        "new-evaluations", _("Evaluations of pilots"),
        since("created_at", Evaluation.objects.visible_to), per_audience=True,
    ),
)  # fmt: skip


def _followed(user: Reader) -> QuerySet[Signal]:
    return Signal.objects.visible_to(user).followed()


SIGNALS = (
    DigestSection(
        "new-signals", _("Signals of the future"), since("published_at", _followed),
        per_audience=True,
    ),
)  # fmt: skip
LIBRARY = (
    DigestSection(
        "new-documents", _("Library"), since("created_at", LibraryDocument.objects.visible_to),
        per_audience=True,
    ),
)  # fmt: skip
