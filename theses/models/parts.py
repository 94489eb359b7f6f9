"""What belongs to a topic row by row: its places, fields of education and themes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.vocabulary import Term
from theses.models.topics import Topic


@audit.tracked()
class TopicEducationField(models.Model):
    """A row of its own, so that the ledger of rows holds it too."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    term = models.ForeignKey(
        Term,
        verbose_name=_("field of education"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"scheme": "education_field"},
    )

    class Meta:
        verbose_name = _("field of education")
        verbose_name_plural = _("fields of education")
        constraints = [
            models.UniqueConstraint(fields=["topic", "term"], name="theses_topicfield_once")
        ]

    def __str__(self) -> str:
        return str(self.term)


@audit.tracked()
class TopicTerm(models.Model):
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    term = models.ForeignKey(
        Term, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            models.UniqueConstraint(fields=["topic", "term"], name="theses_topicterm_once")
        ]

    def __str__(self) -> str:
        return str(self.term)


@audit.tracked()
class Place(models.Model):
    """Room for one student (or pair) in a topic; the rule "one accepted" stands on this row."""

    topic = models.ForeignKey(
        Topic, verbose_name=_("thesis topic"), on_delete=models.CASCADE, related_name="places"
    )
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="theses_place_number_once"),
            models.CheckConstraint(
                condition=Q(number__range=(1, 50)), name="theses_place_number_sane"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.number}"
