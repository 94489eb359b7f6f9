"""Faces of experts: what one level of reader sees of a profile, as a row to list and search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import search
from cluster_portal.core.constraints import one_of
from cluster_portal.core.matching.features import Bag, Features
from cluster_portal.core.matching.stored import Matchable
from cluster_portal.core.text.languages import every_language, every_translation
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.vocabulary import Term
from members.models.affiliations import Affiliation
from members.models.content import LEVELS
from members.models.expert_fields import Field, Level, OfferKind, Spoken, level_of
from members.models.experts import ExpertProfile, Seen
from members.models.organisations import Organisation

if TYPE_CHECKING:
    from typing import Self


class ExpertFaceQuerySet(search.SearchableQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """One face of each expert at most: that of the reader's own level."""
        return self.at_level(level_of(audience(user)))

    def at_level(self, level: Level) -> Self:
        return self.filter(level=level, profile__in=ExpertProfile.objects.listed())

    def for_members(self) -> Self:
        """What members see: what a match between members may stand on."""
        return self.at_level(Level.MEMBERS)

    def with_profile(self) -> Self:
        """With all that `seen` reads. An organisation that the expert has left is not shown."""
        return self.for_list().prefetch_related("profile__terms", "profile__offers")

    def for_list(self) -> Self:
        """With all that a line of a list shows; the keys of its themes come in the same query."""
        rows = self.select_related("profile__user", "profile__organisation", "profile__region")
        links = ExpertFace.terms.through.objects.filter(expertface=OuterRef("pk"))
        rows = rows.annotate(term_keys=ArraySubquery(links.order_by("term").values("term")))
        return rows.annotate(works_there=self._works_there())

    def working_there(self) -> Self:
        """Those who still have a place in the organisation that they are shown with."""
        return self.filter(self._works_there())

    def _works_there(self) -> Exists:
        places = Affiliation.objects.confirmed().filter(
            user=OuterRef("profile__user"), organisation=OuterRef("organisation")
        )
        return Exists(places)


class ExpertFace(search.Searchable, Matchable):
    """What one level of reader sees of a profile: written by `members.services.experts` alone."""

    profile = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="faces")
    level = models.CharField(_("who sees it"), max_length=10, choices=Level)
    fields = ArrayField(models.CharField(max_length=20, choices=Field), default=list)
    languages = ArrayField(models.CharField(max_length=3, choices=Spoken), default=list)
    offers = ArrayField(models.CharField(max_length=20, choices=OfferKind), default=list)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    region = models.ForeignKey(Term, null=True, on_delete=models.PROTECT, related_name="+")
    terms = models.ManyToManyField(Term, related_name="+")
    shown_at = models.DateTimeField(_("shown since"))

    objects = ExpertFaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["-shown_at", "-pk"]
        indexes = [search.index("members_expertface_search")]
        constraints = [
            one_of("level", Level, name="members_expertface_level_known"),
            models.UniqueConstraint(
                fields=["profile", "level"], name="members_expertface_once_a_level"
            ),
            models.CheckConstraint(
                condition=~Q(fields__contains=[Field.PHONE]) | Q(level=Level.MEMBERS),
                name="members_expertface_phone_never_public",
            ),
        ]

    def __str__(self) -> str:
        return str(self.profile)

    def get_absolute_url(self) -> str:
        return self.profile.get_absolute_url()

    @property
    def seen(self) -> Seen:
        return self.profile.as_seen(self.shown_fields)

    @property
    def shown_fields(self) -> set[str]:
        """Wants `for_list`. An organisation that this level does not see is not named."""
        fields = set(self.fields)
        place = self.profile.organisation
        is_seen = place is not None and LEVELS[place.visibility] <= LEVELS[self.level]
        if not (is_seen and self.works_there):  # type: ignore[attr-defined]
            fields.discard(Field.ORGANISATION)
        return fields

    @property
    def title(self) -> str:
        return str(self.profile)

    @property
    def search_title(self) -> str:
        return str(self.profile)

    @property
    def search_summary(self) -> str:
        seen = self.profile.as_seen(set(self.fields) & {Field.SUMMARY, Field.EXPERTISE})
        return seen.summary or ", ".join([*seen.keywords, *map(str, seen.terms)])

    def search_parts(self) -> list[tuple[str, str]]:
        """Not the organisation: who has left it would still be found by it."""
        return [("A", self.profile.title), *self._subject()]

    def _subject(self) -> list[tuple[str, str]]:
        seen = self.profile.as_seen(self.fields)
        offers = [every_translation(OfferKind(each.kind).label) for each in seen.offers]
        return [
            ("A", "\n".join(seen.keywords)),
            ("B", "\n".join(every_language(term, "label") for term in seen.terms)),
            ("B", seen.background),
            ("C", seen.summary),
            ("C", "\n".join([*offers, *(each.note for each in seen.offers)])),
            ("D", "\n".join(every_translation(Spoken(each).label) for each in seen.languages)),
            ("D", every_language(seen.region, "label") if seen.region else ""),
        ]

    def match_features(self) -> Features:
        """What the expert knows and offers; a name, a language or a region is no subject."""
        seen = self.profile.as_seen(self.fields)
        bag = Bag()
        for text, weight in (("\n".join(seen.keywords), 3.0), (seen.background, 1.0),
                             (seen.summary, 1.0)):  # fmt: skip
            bag.add(text, weight)
        bag.add_terms(seen.terms)
        return bag.as_document()
