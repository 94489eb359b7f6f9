"""What a pilot of the regional situation model tried, and what it told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_language
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.workflow import Stages
from cluster_portal.knowledge.models.situation import Indicator
from members.models import ClusterContent, SearchableContentQuerySet
from projects.models import Pilot

if TYPE_CHECKING:
    from typing import Self

# Addresses under /situation/evaluations/ that are no evaluation.
RESERVED_SLUGS = frozenset(["new", "feed"])


class Verdict(Stages):
    CONTINUE = "continue", "done", _("Goes on as it is")
    CHANGE = "change", "waiting", _("Goes on, changed")
    STOP = "stop", "stopped", _("Is not continued")


class EvaluationQuerySet(SearchableContentQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-ended_on", "-pk")


@audit.tracked(exclude=("search",))
class Evaluation(ClusterContent, Searchable):
    """`pilot` is the experiment of the portal that it evaluates, if it is kept as one."""

    slug = models.SlugField(pgettext_lazy("of a page", "address"), max_length=100, unique=True)
    title_fi = models.CharField(_("title in Finnish"), max_length=160)
    title_sv = models.CharField(_("title in Swedish"), max_length=160, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=160, blank=True, default="")
    began_on = models.DateField(_("began"))
    ended_on = models.DateField(_("ended"))
    tried_fi = models.TextField(_("what was tried, in Finnish"), max_length=3000)
    tried_sv = models.TextField(
        _("what was tried, in Swedish"), max_length=3000, blank=True, default=""
    )
    tried_en = models.TextField(
        _("what was tried, in English"), max_length=3000, blank=True, default=""
    )
    told_fi = models.TextField(_("what it told, in Finnish"), max_length=3000)
    told_sv = models.TextField(
        _("what it told, in Swedish"), max_length=3000, blank=True, default=""
    )
    told_en = models.TextField(
        _("what it told, in English"), max_length=3000, blank=True, default=""
    )
    verdict = models.CharField(_("what follows"), max_length=10, choices=Verdict)
    pilot = models.ForeignKey(
        Pilot, verbose_name=_("pilot"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    indicators = models.ManyToManyField(
        Indicator, verbose_name=_("indicators"), blank=True, related_name="evaluations"
    )

    objects = EvaluationQuerySet.as_manager()
    title = InLanguage()
    tried = InLanguage()
    told = InLanguage()

    class Meta:
        verbose_name = _("evaluation of a pilot")
        verbose_name_plural = _("evaluations of pilots")
        ordering = ["-ended_on", "-pk"]
        indexes = [index("knowledge_evaluation_search")]
        constraints = [
            one_of("verdict", Verdict, name="knowledge_evaluation_verdict_known"),
            one_of("visibility", Visibility, name="knowledge_evaluation_visibility_known"),
            in_order("began_on", "ended_on", name="knowledge_evaluation_ends_after_beginning"),
            models.CheckConstraint(
                condition=~Q(title_fi="") & ~Q(tried_fi="") & ~Q(told_fi=""),
                name="knowledge_evaluation_told",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("situation:evaluation", args=[self.slug])

    def clean(self) -> None:
        refuse_marked(*(every_language(self, stem) for stem in ("title", "tried", "told")))

    def search_parts(self) -> list[tuple[str, str]]:
        return [
            ("A", every_language(self, "title")),
            ("C", every_language(self, "tried")),
            ("C", every_language(self, "told")),
            *self.owner_search_parts(),
        ]

    @property
    def search_summary(self) -> str:
        return self.told[:300]


audit.track_links(Evaluation.indicators.through)
