"""What of a project is held against the funding calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from cluster_portal.core.matching.features import Bag
from cluster_portal.core.matching.stored import WEIGHTS, Matchable
from cluster_portal.core.text import richtext
from cluster_portal.core.text.languages import every_language

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
        titles, *texts = self.match_texts()
        bag = Bag()
        bag.add(titles, WEIGHTS["A"])
        for text in texts:
            bag.add(text, WEIGHTS["C"])
        bag.add_terms(self.terms.all())
        return bag.as_document()

    def match_texts(self) -> list[str]:
        """What a reason may quote: whoever reads the page reads all of it."""
        told = richtext.plain(every_language(self, "description"))
        return [every_language(self, "title"), every_language(self, "summary"), told, str(self.aim)]
