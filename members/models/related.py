"""The register of related clusters and initiatives elsewhere, and how they relate to ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text import web_addresses
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage
from cluster_portal.core.vocabulary import Term
from members.models.content import ClusterContent, ClusterContentQuerySet

if TYPE_CHECKING:
    from typing import Self


class Relation(models.TextChoices):
    PARTNER = "partner", _("Works with us")
    PARALLEL = "parallel", _("Works on the same things elsewhere")
    CONTINUATION = "continuation", _("Goes on from our work, or we from theirs")


class RelatedClusterQuerySet(ClusterContentQuerySet):
    def with_shown(self) -> Self:
        return self.select_related("home_cluster").prefetch_related("regions", "terms")


@audit.tracked()
class RelatedCluster(ClusterContent):
    name_fi = models.CharField(_("name in Finnish"), max_length=200)
    name_sv = models.CharField(_("name in Swedish"), max_length=200, blank=True, default="")
    name_en = models.CharField(_("name in English"), max_length=200, blank=True, default="")
    summary_fi = models.TextField(_("summary in Finnish"), max_length=600)
    summary_sv = models.TextField(_("summary in Swedish"), max_length=600, blank=True, default="")
    summary_en = models.TextField(_("summary in English"), max_length=600, blank=True, default="")
    relation = models.CharField(_("relation"), max_length=20, choices=Relation)
    owner = models.CharField(_("who carries it"), max_length=200, blank=True, default="")
    link = models.URLField(_("website"), blank=True, default="", validators=[web_addresses.WEB])
    regions = models.ManyToManyField(
        Term, verbose_name=_("regions"), blank=True, related_name="+",
        limit_choices_to={"scheme": "region"},
    )  # fmt: skip
    terms = models.ManyToManyField(Term, verbose_name=_("themes"), blank=True, related_name="+")
    source = models.CharField(_("source"), max_length=300)
    checked_on = models.DateField(_("checked on"))

    objects = RelatedClusterQuerySet.as_manager()
    name = InLanguage()
    summary = InLanguage()

    class Meta:
        verbose_name = _("related cluster")
        verbose_name_plural = _("related clusters")
        ordering = ["name_fi", "pk"]
        constraints = [
            one_of("relation", Relation, name="members_relatedcluster_relation_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        refuse_marked(self.name_fi, self.name_sv, self.name_en)
        refuse_marked(self.summary_fi, self.summary_sv, self.summary_en)
        refuse_marked(self.owner, self.source)


audit.track_links(RelatedCluster.regions.through)
audit.track_links(RelatedCluster.terms.through)
