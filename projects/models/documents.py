"""Documents of a project, each with the versions that it has had."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text.classified import refuse_marked
from projects.models.projects import Project
from projects.models.workspace import PaperQuerySet, ReadBy

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


@audit.tracked()
class ProjectDocument(models.Model):
    """`form_key` comes with the form, so that sending it twice makes one document."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="documents"
    )
    title = models.CharField(_("title"), max_length=150)
    read_by = models.CharField(_("readers"), max_length=10, choices=ReadBy, default=ReadBy.PARTNERS)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated"), default=timezone.now, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a project")
        verbose_name_plural = _("documents of projects")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            one_of("read_by", ReadBy, name="projects_projectdocument_readers_known"),
            models.CheckConstraint(
                condition=~Q(title=""), name="projects_projectdocument_title_given"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projects:document", args=[self.project.slug, self.public_id])

    def clean(self) -> None:
        refuse_marked(self.title)


class DocumentVersionQuerySet(models.QuerySet["DocumentVersion"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(document__in=ProjectDocument.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(document__in=ProjectDocument.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(document__in=ProjectDocument.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked()
class DocumentVersion(models.Model):
    """A file as it was sent; a newer version leaves it as it is."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(
        ProjectDocument, verbose_name=_("document"), on_delete=models.CASCADE,
        related_name="versions",
    )  # fmt: skip
    number = models.PositiveSmallIntegerField(_("version"))
    name = models.CharField(_("name of the file"), max_length=150)
    file = models.FileField(_("file"), max_length=200)
    size = models.PositiveIntegerField(_("size in bytes"))
    note = models.CharField(_("what has changed"), max_length=200, blank=True, default="")
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("sent by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="projects_documentversion_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="projects_documentversion_number_sane"
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="projects_documentversion_name_given"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("projects:document_file", args=[self.public_id])

    def clean(self) -> None:
        refuse_marked(self.name, self.note)
