"""What coordinators write of a region: what it is strong in, and what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit, vocabulary
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import LANGUAGES, InLanguage
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Scheme, Term
from members.models.clusters import Cluster
from members.models.content import ClusterContent, ClusterContentQuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TEXTS = tuple(f"{stem}_{code}" for stem in ("lead", "strengths", "gaps") for code in LANGUAGES)
REGION_LEVEL = _("Of the region as a whole: no site, no municipality, no single need.")


def address_of(region: Term) -> str:
    """A region's part of an address, the same in all languages."""
    return slugify(region.label_fi)


def region_at(address: str) -> Term | None:
    """The region by its address or its code."""
    known = vocabulary.terms(Scheme.REGION)
    return next((term for term in known if address in (address_of(term), term.code)), None)


def _text(
    label: _StrPromise, size: int, help_text: str | _StrPromise = ""
) -> models.TextField[str, str]:
    return models.TextField(label, max_length=size, blank=True, default="", help_text=help_text)


@audit.tracked()
class RegionProfile(ClusterContent):
    region = models.OneToOneField(
        Term, verbose_name=_("region"), on_delete=models.PROTECT,
        limit_choices_to={"scheme": "region"}, related_name="+",
    )  # fmt: skip
    lead_fi = _text(_("in one sentence, in Finnish"), 300, REGION_LEVEL)
    lead_sv = _text(_("in one sentence, in Swedish"), 300)
    lead_en = _text(_("in one sentence, in English"), 300)
    strengths_fi = _text(_("strengths in Finnish"), 1200, REGION_LEVEL)
    strengths_sv = _text(_("strengths in Swedish"), 1200)
    strengths_en = _text(_("strengths in English"), 1200)
    gaps_fi = _text(_("gaps in Finnish"), 1200, REGION_LEVEL)
    gaps_sv = _text(_("gaps in Swedish"), 1200)
    gaps_en = _text(_("gaps in English"), 1200)
    source = models.CharField(_("source"), max_length=300)
    written_on = models.DateField(_("date of the text"), default=timezone.localdate)

    objects = ClusterContentQuerySet.as_manager()
    lead = InLanguage()
    strengths = InLanguage()
    gaps = InLanguage()

    class Meta:
        verbose_name = _("text on a region")
        verbose_name_plural = _("texts on regions")
        ordering = ["region__position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.GROUP),
                name="members_regionprofile_names_no_group",
                violation_error_message=_("A text on a region has no named group of readers."),
            ),
        ]

    def __str__(self) -> str:
        return self.region.label

    def get_absolute_url(self) -> str:
        return reverse("members:region", args=[address_of(self.region)])

    def clean(self) -> None:
        refuse_marked(self.source, *(getattr(self, name) for name in TEXTS))
        own = Cluster.objects.filter(region=self.region_id)
        if own and self.home_cluster_id not in {cluster.pk for cluster in own}:
            raise ValidationError(
                {"region": _("The region has a cluster of its own, whose coordinators write this.")}
            )
