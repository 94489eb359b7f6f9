"""Questionnaires that rounds are made from, in versions that never change once published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage
from cluster_portal.core.visibility import Reader, audience
from members.models import Cluster

if TYPE_CHECKING:
    from typing import Self


class Purpose(models.TextChoices):
    INTERVIEW = "interview", _("Company interview")
    PREPAREDNESS = "preparedness", _("Preparedness and supply chains")
    SKILLS = "skills", _("Critical skills")
    INFRASTRUCTURE = "infrastructure", _("Needs of critical infrastructure")
    CIRCULAR = "circular", _("Circular materials")
    READINESS = "readiness", _("Tender readiness")
    TALK = "talk", _("Talk on strategic goals")
    FUNDING = "funding", _("Funding needs")
    FEEDBACK = "feedback", pgettext_lazy("survey", "Feedback")
    OTHER = "other", pgettext_lazy("survey", "Other")


class TemplateQuerySet(models.QuerySet["Template"]):
    def visible_to(self, user: Reader) -> Self:
        """Ready-made ones, and those of the clusters that the reader coordinates."""
        known = audience(user)
        if known.is_admin:
            return self
        if not known.coordinates:
            return self.none()
        return self.filter(Q(home_cluster=None) | Q(home_cluster__in=known.coordinates))

    def editable_by(self, user: Reader) -> Self:
        """A ready-made one comes with the portal: it is copied, not changed."""
        known = audience(user)
        own = self.exclude(home_cluster=None)
        return own if known.is_admin else own.filter(home_cluster__in=known.coordinates)

    def in_scope_of(self, user: Reader) -> Self:
        return self.visible_to(user)

    def managed_by(self, user: Reader) -> Self:
        return self.editable_by(user)

    def choosable_by(self, user: Reader) -> Self:
        return self.visible_to(user).filter(is_retired=False)


@audit.tracked()
class Template(models.Model):
    """A questionnaire; without a home cluster it is ready-made, with a `key`, for all of them."""

    key = models.SlugField(_("key"), max_length=40, blank=True, default="", editable=False)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose, default=Purpose.OTHER)
    name_fi = models.CharField(_("name in Finnish"), max_length=160)
    name_sv = models.CharField(_("name in Swedish"), max_length=160, blank=True, default="")
    name_en = models.CharField(_("name in English"), max_length=160, blank=True, default="")
    description_fi = models.TextField(
        _("description in Finnish"), max_length=1000, blank=True, default=""
    )
    description_sv = models.TextField(
        _("description in Swedish"), max_length=1000, blank=True, default=""
    )
    description_en = models.TextField(
        _("description in English"), max_length=1000, blank=True, default=""
    )
    home_cluster = models.ForeignKey(
        Cluster, verbose_name=_("home cluster"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    copied_from = models.ForeignKey(
        "self", verbose_name=_("copied from"), null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="copies",
    )  # fmt: skip
    is_retired = models.BooleanField(_("no longer in use"), default=False)

    objects = TemplateQuerySet.as_manager()
    name = InLanguage()
    description = InLanguage()

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["name_fi", "pk"]
        constraints = [
            one_of("purpose", Purpose, name="surveys_template_purpose_known"),
            models.UniqueConstraint(
                fields=["key"], condition=~Q(key=""), name="surveys_template_key_once"
            ),
            models.CheckConstraint(
                condition=Q(home_cluster=None) | Q(key=""),
                name="surveys_template_key_of_ready_made",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        cleaning.refuse_links(self.name_fi, self.name_sv, self.name_en)
        refuse_marked(
            self.name_fi, self.name_sv, self.name_en,
            self.description_fi, self.description_sv, self.description_en,
        )  # fmt: skip

    def newest(self) -> Version | None:
        """The published version that a new round uses."""
        return self.versions.exclude(published_at=None).order_by("-number").first()


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(template__in=Template.objects.visible_to(user))

    def editable_by(self, user: Reader) -> Self:
        drafts = self.filter(published_at=None)
        return drafts.filter(template__in=Template.objects.editable_by(user))

    def in_scope_of(self, user: Reader) -> Self:
        return self.visible_to(user)

    def managed_by(self, user: Reader) -> Self:
        return self.editable_by(user)

    def published(self) -> Self:
        return self.exclude(published_at=None)

    def choosable_by(self, user: Reader) -> Self:
        """What a new round can use: the newest published version of each questionnaire in use."""
        rows = self.filter(template__in=Template.objects.choosable_by(user).values("pk"))
        others = Version.objects.published().filter(template=OuterRef("template"))
        newer = others.filter(number__gt=OuterRef("number"))
        return rows.published().filter(~Exists(newer)).select_related("template")


@audit.tracked()
class Version(models.Model):
    """What rounds point to; the one without `published_at` is the draft being edited."""

    template = models.ForeignKey(
        Template, verbose_name=_("questionnaire"), on_delete=models.CASCADE,
        related_name="versions",
    )  # fmt: skip
    number = models.PositiveSmallIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    # Of the file that a ready-made version was read from.
    checksum = models.CharField(max_length=64, blank=True, default="", editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of questionnaires")
        ordering = ["template", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"], name="surveys_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["template"],
                condition=Q(published_at=None),
                name="surveys_version_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="surveys_version_number_positive"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="published_for_good",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__published_at__isnull=False),
                func="""
                    RAISE EXCEPTION 'a published version of a questionnaire does not change'
                        USING ERRCODE = 'check_violation';
                """,
            )
        ]

    def __str__(self) -> str:
        words = gettext("%(name)s, version %(number)s")
        return words % {"name": self.template.name, "number": self.number}

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    def require_draft(self) -> None:
        """The database refuses it too; here it is a sentence."""
        if self.is_published:
            raise ValidationError(
                _("A published version does not change. Begin a new version to change it.")
            )
