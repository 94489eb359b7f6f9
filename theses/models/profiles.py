"""What students and supervisors tell of themselves, so that they are found."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit, search
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.matching.features import Bag, Features, liked_and_unwanted
from cluster_portal.core.matching.stored import Matchable
from cluster_portal.core.request_cache import Part
from cluster_portal.core.text.languages import every_language
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from cluster_portal.core.vocabulary import Term
from members.models import Affiliation, Cluster, Organisation
from theses.models.choices import Language, Level

if TYPE_CHECKING:
    from typing import Self


class Openness(models.TextChoices):
    """To whom a student's profile is open; private unless opened."""

    PRIVATE = "private", _("Only to me")
    CHOSEN = "chosen", _("To the organisations I choose")
    COMMISSIONERS = "commissioners", _("To all commissioners and supervisors")


class StudentProfileQuerySet(search.SearchableQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """The own; opened ones to those who offer topics, supervise, or coordinate."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        if known.is_admin:
            return self.filter(Q(user=known.user_id) | ~Q(openness=Openness.PRIVATE))
        seen = Q(user=known.user_id)
        if known.edits:
            chosen = Q(openness=Openness.CHOSEN, opened_to__in=known.edits)
            seen |= Q(pk__in=self.model._default_manager.filter(chosen).values("pk"))
        if known.edits or known.coordinates or _is_supervisor(known):
            seen |= Q(openness=Openness.COMMISSIONERS)
        return self.filter(seen)

    def editable_by(self, user: Reader) -> Self:
        known = audience(user)
        return self.none() if known.user_id is None else self.filter(user=known.user_id)

    def in_scope_of(self, user: Reader) -> Self:
        """Coordinators help those who opened themselves and named the cluster, or none."""
        known = audience(user)
        opened = self.exclude(openness=Openness.PRIVATE)
        if known.is_admin:
            return opened
        return opened.filter(Q(cluster__in=known.coordinates) | Q(cluster=None))

    def without_thesis(self) -> Self:
        """Those who have no thesis under way."""
        return self.exclude(user__thesis_applications__stage="accepted")


def _is_supervisor(known: Audience) -> bool:
    return SupervisorProfile.objects.acting(known).filter(is_open=True).exists()


@audit.tracked(exclude=("search",))
class StudentProfile(search.Searchable, Matchable):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("student"),
        on_delete=models.CASCADE,
        related_name="student_profile",
    )
    level = models.CharField(_("level"), max_length=20, choices=Level)
    school = models.ForeignKey(
        Organisation,
        verbose_name=_("educational institution"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    school_name = models.CharField(
        _("other educational institution"), max_length=200, blank=True, default=""
    )
    programme = models.CharField(_("study programme"), max_length=200)
    education_fields = models.ManyToManyField(
        Term, verbose_name=_("fields of education"), through="StudentField", related_name="+"
    )
    terms = models.ManyToManyField(
        Term, verbose_name=_("themes"), through="StudentTerm", blank=True, related_name="+"
    )
    interests = models.TextField(_("what interests me"), max_length=3000, blank=True, default="")
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language), verbose_name=_("languages"), default=list
    )
    regions = models.ManyToManyField(
        Term, verbose_name=_("regions"), through="StudentRegion", blank=True, related_name="+"
    )
    is_remote = models.BooleanField(_("remote work suits me"), default=True)
    wants_pay = models.BooleanField(_("only paid work suits me"), default=False)
    available_from = models.DateField(_("can begin on"), null=True, blank=True)
    available_until = models.DateField(_("should be ready by"), null=True, blank=True)
    cluster = models.ForeignKey(
        Cluster,
        verbose_name=_("cluster that may help me"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    openness = models.CharField(
        _("open to"), max_length=20, choices=Openness, default=Openness.PRIVATE
    )
    opened_to = models.ManyToManyField(
        Organisation,
        verbose_name=_("organisations it is open to"),
        through="ProfileAccess",
        blank=True,
        related_name="+",
    )
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = StudentProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("student profile")
        verbose_name_plural = _("student profiles")
        ordering = ["-opened_at", "-pk"]
        indexes = [search.index("theses_student_search")]
        constraints = [
            one_of("level", Level, name="theses_student_level_known"),
            one_of("openness", Openness, name="theses_student_openness_known"),
            models.CheckConstraint(
                condition=Q(languages__contained_by=Language.values),
                name="theses_student_languages_known",
            ),
            in_order("available_from", "available_until", name="theses_student_time_in_order"),
            models.CheckConstraint(
                condition=Q(openness=Openness.PRIVATE) | Q(opened_at__isnull=False),
                name="theses_student_opened_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        return reverse("theses:student", args=[self.public_id])

    def match_features(self) -> Features:
        """What the student is after: the own words and themes, and the programme."""
        liked, unwanted = liked_and_unwanted(self.interests)
        bag, against = Bag(), Bag()
        bag.add(liked, 1.0)
        bag.add(self.programme, 0.5)
        bag.add_terms(self.terms.all())
        against.add(unwanted, 0.8)
        return bag.as_wish(against.weights)

    def search_parts(self) -> list[tuple[str, str]]:
        parts = [("A", self.interests), ("B", self.programme), ("C", self.school_title)]
        return [(weight, text) for weight, text in parts if text]

    @property
    def school_title(self) -> str:
        return self.school.title if self.school else self.school_name


ACTS: Part[bool] = Part("whether an audience acts as a supervisor")


class SupervisorProfileQuerySet(search.SearchableQuerySet):
    def acting(self, known: Audience) -> Self:
        """The reader's own, while the reader has a place in its institution."""
        return self.filter(user=known.user_id, institution__in=known.organisations)

    def employed(self) -> Self:
        """Those whose person has a place in the institution today."""
        places = Affiliation.objects.confirmed().filter(
            user=OuterRef("user"), organisation=OuterRef("institution")
        )
        return self.filter(Exists(places))

    def visible_to(self, user: Reader) -> Self:
        """Open ones by visibility, and the own; coordinators see their cluster's closed ones too.

        Who has left the institution is no longer shown as its supervisor.
        """
        known = audience(user)
        if known.is_admin:
            return self
        open_to = [Visibility.PUBLIC]
        if known.user_id is not None:
            open_to.append(Visibility.ACCOUNTS)
        if known.is_member:
            open_to.append(Visibility.MEMBERS)
        here = SupervisorProfile.objects.employed().order_by().values("pk")
        seen = Q(is_open=True, visibility__in=open_to, pk__in=here)
        if known.user_id is not None:
            seen |= Q(user=known.user_id) | Q(institution__in=known.edits)
        return self.filter(seen)

    def editable_by(self, user: Reader) -> Self:
        known = audience(user)
        return self.none() if known.user_id is None else self.filter(user=known.user_id)

    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        if known.is_admin:
            return self
        ours = Organisation.objects.in_scope_of(user).values("pk")
        return self.filter(institution__in=ours)


@audit.tracked(exclude=("search",))
class SupervisorProfile(search.Searchable, Matchable):
    owner_path = "institution"

    slug = models.SlugField(pgettext_lazy("of a page", "address"), max_length=90, unique=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("supervisor"),
        on_delete=models.CASCADE,
        related_name="supervisor_profile",
    )
    institution = models.ForeignKey(
        Organisation,
        verbose_name=_("institution"),
        on_delete=models.PROTECT,
        related_name="supervisors",
    )
    education_fields = models.ManyToManyField(
        Term, verbose_name=_("fields of education"), through="SupervisorField", related_name="+"
    )
    terms = models.ManyToManyField(
        Term, verbose_name=_("themes"), through="SupervisorTheme", blank=True, related_name="+"
    )
    levels = ArrayField(
        models.CharField(max_length=20, choices=Level), verbose_name=_("levels"), default=list
    )
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language), verbose_name=_("languages"), default=list
    )
    expertise = models.TextField(_("what I supervise"), max_length=3000)
    methods = models.TextField(_("methods"), max_length=1000, blank=True, default="")
    visibility = models.CharField(
        _("visibility"), max_length=20, choices=Visibility, default=Visibility.ACCOUNTS
    )
    is_open = models.BooleanField(_("shown in the list of supervisors"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = SupervisorProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("supervisor profile")
        verbose_name_plural = _("supervisor profiles")
        ordering = ["user__sort_name", "user__first_name", "pk"]
        indexes = [search.index("theses_supervisor_search")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    visibility__in=[Visibility.PUBLIC, Visibility.ACCOUNTS, Visibility.MEMBERS]
                ),
                name="theses_supervisor_visibility_known",
            ),
            models.CheckConstraint(
                condition=Q(levels__contained_by=Level.values),
                name="theses_supervisor_levels_known",
            ),
            models.CheckConstraint(
                condition=Q(languages__contained_by=Language.values),
                name="theses_supervisor_languages_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        ACTS.clear()

    def get_absolute_url(self) -> str:
        return reverse("theses:supervisor", args=[self.slug])

    def match_features(self) -> Features:
        bag = Bag()
        bag.add(self.expertise, 1.0)
        bag.add(self.methods, 0.5)
        bag.add_terms(self.terms.all())
        return bag.as_wish()

    def search_parts(self) -> list[tuple[str, str]]:
        fields = "\n".join(every_language(t, "label") for t in self.education_fields.all())
        parts = [
            ("A", self.user.get_full_name()),
            ("A", self.expertise),
            ("B", self.institution.every_name),
            ("B", self.methods),
            ("D", fields),
        ]
        return [(weight, text) for weight, text in parts if text]

    @property
    def search_title(self) -> str:
        return str(self.user)

    @property
    def search_summary(self) -> str:
        return self.expertise
