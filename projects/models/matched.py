"""What of a project is held against the funding calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import get_language

from cluster_portal.core.matching.features import Bag
from cluster_portal.core.matching.stored import WEIGHTS, Matchable
from cluster_portal.core.text import richtext
from cluster_portal.core.text.languages import every_language, text_in

if TYPE_CHECKING:
    from cluster_portal.core.matching.features import Features


class MatchedWithCalls(Matchable):
    """Calls are looked for whenever an idea has changed since `calls_matched_at`."""

    aim: str | models.TextField[str, str]
    calls_matched_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def match_features(self) -> Features:
        """What it is about: its own words and themes, nobody's name."""
        bag = Bag()
        bag.add(every_language(self, "title"), WEIGHTS["A"])
        for name in ("summary", "description"):
            bag.add(richtext.plain(every_language(self, name)), WEIGHTS["C"])
        bag.add(str(self.aim), WEIGHTS["C"])
        bag.add_terms(self.terms.all())
        return bag.as_document()

    def match_texts(self) -> list[str]:
        """What a reason may quote, in the reader's language: who reads the page reads all of it."""
        language = get_language() or "fi"
        told = [text_in(self, name, language) for name in ("title", "summary", "description")]
        return [*told[:2], richtext.plain(told[2]), str(self.aim)]
