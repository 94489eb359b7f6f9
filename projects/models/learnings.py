"""What was learned in a pilot: the library that others read before they try the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.search import Searchable, SearchableQuerySet, index
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import every_language, every_translation
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.vocabulary import Term
from projects.models.pilots import OVER, Pilot

if TYPE_CHECKING:
    from typing import Self


class Kind(models.TextChoices):
    ADVICE = "advice", pgettext_lazy("learning", "Do it like this")
    WORKED = "worked", pgettext_lazy("learning", "Worked")
    FAILED = "failed", pgettext_lazy("learning", "Did not work")


class LearningQuerySet(SearchableQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """With its pilot once that is over; until then to those who write them."""
        seen = Pilot.objects.visible_to(user)
        told = seen.filter(stage__in=sorted(OVER)).values("pk")
        if audience(user).user_id is None:
            return self.filter(pilot__in=told)
        own = Pilot.objects.editable_by(user).values("pk")
        return self.filter(Q(pilot__in=told) | Q(pilot__in=own))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(pilot__in=Pilot.objects.editable_by(user).values("pk"))

    def told(self) -> Self:
        """Those of pilots that are over: what the library shows."""
        return self.filter(pilot__stage__in=sorted(OVER), pilot__published_at__isnull=False)

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(pilot__in=Pilot.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked(exclude=("search",))
class Learning(Searchable):
    """`number` is its place among the learnings of its pilot, and part of its address."""

    pilot = models.ForeignKey(
        Pilot, verbose_name=_("pilot"), on_delete=models.CASCADE, related_name="learnings"
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    kind = models.CharField(
        pgettext_lazy("of a learning", "kind"), max_length=20, choices=Kind, default=Kind.ADVICE
    )
    title = models.CharField(_("learning"), max_length=160)
    text = models.TextField(_("in a few words"), max_length=1200, blank=True, default="")
    terms = models.ManyToManyField(Term, verbose_name=_("themes"), blank=True, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = LearningQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a pilot", "learning")
        verbose_name_plural = pgettext_lazy("of pilots", "learnings")
        ordering = ["pilot", "number"]
        indexes = [index("projects_learning_search")]
        constraints = [
            one_of("kind", Kind, name="projects_learning_kind_known"),
            models.UniqueConstraint(
                fields=["pilot", "number"], name="projects_learning_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        cleaning.refuse_links(self.title)
        refuse_marked(self.title, self.text)

    def get_absolute_url(self) -> str:
        return f"{self.pilot.get_absolute_url()}#learning-{self.number}"

    def search_parts(self) -> list[tuple[str, str]]:
        return [
            ("A", self.title),
            ("B", "\n".join(every_language(term, "label") for term in self.terms.all())),
            ("C", self.text),
            ("C", every_language(self.pilot, "title")),
            ("D", every_translation(Kind(self.kind).label)),
        ]

    @property
    def search_summary(self) -> str:
        return self.text

    @property
    def digest_line(self) -> str:
        return self.pilot.title


audit.track_links(Learning.terms.through)
