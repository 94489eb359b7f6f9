"""Strategic goals of a programme, with who owns them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage
from cluster_portal.core.vocabulary import Term
from members.models import Organisation
from projects.models.continued import Continued
from projects.models.programmes import Programme

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class GoalQuerySet(models.QuerySet["Goal"]):
    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(programme__in=Programme.objects.in_scope_of(user))

    def managed_by(self, user: Reader) -> Self:
        return self.filter(programme__in=Programme.objects.managed_by(user))

    def choosable_by(self, user: Reader) -> Self:
        return self.managed_by(user).select_related("programme").order_by("programme", "number")


@audit.tracked()
class Goal(Continued):
    """A strategic goal with its measures, as the seed's actions 1–6."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("action programme"), on_delete=models.CASCADE,
        related_name="goals",
    )  # fmt: skip
    number = models.PositiveSmallIntegerField(_("number"))
    title_fi = models.CharField(_("title in Finnish"), max_length=200)
    title_sv = models.CharField(_("title in Swedish"), max_length=200, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=200, blank=True, default="")
    description_fi = models.TextField(_("description in Finnish"), blank=True, default="")
    description_sv = models.TextField(_("description in Swedish"), blank=True, default="")
    description_en = models.TextField(_("description in English"), blank=True, default="")
    example_fi = models.TextField(_("example in Finnish"), blank=True, default="")
    example_sv = models.TextField(_("example in Swedish"), blank=True, default="")
    example_en = models.TextField(_("example in English"), blank=True, default="")
    aim_fi = models.TextField(_("aim in Finnish"), blank=True, default="")
    aim_sv = models.TextField(_("aim in Swedish"), blank=True, default="")
    aim_en = models.TextField(_("aim in English"), blank=True, default="")
    owner = models.ForeignKey(
        Organisation, verbose_name=_("owner"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="owned_goals",
    )  # fmt: skip
    lead_region = models.ForeignKey(
        Term, verbose_name=_("lead region"), null=True, blank=True, on_delete=models.PROTECT,
        limit_choices_to={"scheme": "region"}, related_name="+",
        help_text=_("The region that carries this goal for the whole country."),
    )  # fmt: skip

    objects = GoalQuerySet.as_manager()
    title = InLanguage()
    description = InLanguage()
    example = InLanguage()
    aim = InLanguage()

    class Meta:
        verbose_name = _("strategic goal")
        verbose_name_plural = _("strategic goals")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"], name="projects_goal_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="projects_goal_number_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def clean(self) -> None:
        cleaning.refuse_links(self.title_fi, self.title_sv, self.title_en)
        refuse_marked(
            self.title_fi, self.title_sv, self.title_en,
            self.description_fi, self.description_sv, self.description_en,
            self.example_fi, self.example_sv, self.example_en,
            self.aim_fi, self.aim_sv, self.aim_en,
        )  # fmt: skip
