"""The inverted index of the matching: which topics have which features, and what waits for it.

A trigger notes every topic whose words, themes or fields have changed, whoever wrote it and how;
`services.match_index` takes the notes away as it writes the features. Until then the matching reads
such topics itself, so that a new topic is suggested at once.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from theses.models.topics import Topic

_READ = (
    "title", "title_sv", "title_en", "description", "summary_sv", "summary_en", "aim",
    "questions", "keywords", "facets", "levels", "languages", "region_id", "is_remote", "pay",
)  # fmt: skip
UNKNOWN = (1 << 31) - 1  # every bit: not read yet, so nothing rules it out


class TopicFeature(models.Model):
    """A feature by the hash of its name, and how strongly the topic has it.

    `mask` is of the topic, the same beside all its features: see `matching.masks`.
    """

    feature = models.BigIntegerField()
    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    weight = models.FloatField()
    mask = models.IntegerField(default=UNKNOWN, db_default=UNKNOWN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feature", "topic"],
                include=["weight", "mask"],
                name="theses_topicfeature_once",
            )
        ]
        indexes = [models.Index(fields=["topic"], name="theses_topicfeature_topic")]

    def __str__(self) -> str:
        return f"{self.feature} {self.topic_id}"


class FeatureCount(models.Model):
    """How many topics have the feature, as of the last night."""

    feature = models.BigIntegerField(primary_key=True)
    topics = models.PositiveIntegerField(_("topics"))

    def __str__(self) -> str:
        return f"{self.feature} {self.topics}"


class TopicChange(models.Model):
    """A note that the topic is to be read again. One per change: none is lost while one is read."""

    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )

    def __str__(self) -> str:
        return str(self.topic_id)


class NoteChange(pgtrigger.Trigger):
    """After the tokens of the topic were written, so that its themes and fields are noted too."""

    name = "note_change"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.UpdateOf(*_READ)
    func = f"""
        IF TG_OP = 'INSERT' OR ({", ".join(f"OLD.{name}" for name in _READ)})
                IS DISTINCT FROM ({", ".join(f"NEW.{name}" for name in _READ)}) THEN
            INSERT INTO theses_topicchange (topic_id) VALUES (NEW.id);
        END IF;
        RETURN NULL;
    """  # noqa: S608  names are the model's


pgtrigger.register(NoteChange())(Topic)


class MatchingChunk(models.Model):
    """A range of students of a run: claimed by its lock, done once, found again after a kill.

    One that fails is tried again after the others, and given up in the end.
    """

    run = models.ForeignKey("theses.MatchingRun", on_delete=models.CASCADE, related_name="chunks")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    done_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["first"]
        constraints = [
            models.UniqueConstraint(fields=["run", "first"], name="theses_matchingchunk_once")
        ]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"
