"""What hangs on an article: what to read, evidence with its source, files."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage
from cluster_portal.core.text.web_addresses import WEB
from cluster_portal.knowledge.models.articles import Article

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader

MAX_ENTRIES = 12


class Licence(models.TextChoices):
    """Under what right a picture is shown."""

    OWN = "own", _("Our own picture")
    CC0 = "cc0", "CC0 1.0"
    BY = "by", "CC BY 4.0"
    BY_SA = "by_sa", "CC BY-SA 4.0"
    PERMISSION = "permission", _("By permission of the photographer")
    GENERATED = "generated", _("Made with a program")


class PartQuerySet(models.QuerySet["models.Model"]):
    """Whoever may read the article reads its parts."""

    def visible_to(self, user: Reader) -> Self:
        return self.filter(article__in=Article.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(article__in=Article.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(article__in=Article.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked()
class ArticleEntry(models.Model):
    """A line of a reading list, or a piece of evidence; a source may have no address."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="entries"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title or source"), max_length=200)
    url = models.URLField(_("address"), max_length=500, blank=True, default="", validators=[WEB])
    text = models.TextField(
        _("what it says, or why to read it"), max_length=600, blank=True, default=""
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of an article")
        verbose_name_plural = _("entries of articles")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "position"], name="knowledge_articleentry_place_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=~Q(title=""), name="knowledge_articleentry_title_given"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.position} {self.title}"

    def clean(self) -> None:
        refuse_marked(self.title, self.text)


@audit.tracked()
class ArticleFile(models.Model):
    """An attachment, checked by its content; stored below no public address."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="files"
    )
    name = models.CharField(_("name of the file"), max_length=150)
    file = models.FileField(_("file"), max_length=200)
    size = models.PositiveIntegerField(_("size in bytes"))
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of an article")
        verbose_name_plural = _("files of articles")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="knowledge_articlefile_name_given")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("knowledge:file", args=[self.public_id])


@audit.tracked()
class ArticlePicture(models.Model):
    """A picture encoded anew, with its licence and what it shows in words; one is the cover."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="pictures"
    )
    stored = models.CharField(_("file"), max_length=120, editable=False)
    is_cover = models.BooleanField(_("cover"), default=False)
    alt_fi = models.CharField(_("what the picture shows, in Finnish"), max_length=250)
    alt_sv = models.CharField(
        _("what the picture shows, in Swedish"), max_length=250, blank=True, default=""
    )
    alt_en = models.CharField(
        _("what the picture shows, in English"), max_length=250, blank=True, default=""
    )
    licence = models.CharField(_("licence"), max_length=20, choices=Licence)
    credit = models.CharField(_("picture by"), max_length=150)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = PartQuerySet.as_manager()
    alt = InLanguage()

    class Meta:
        verbose_name = _("picture of an article")
        verbose_name_plural = _("pictures of articles")
        ordering = ["-is_cover", "pk"]
        constraints = [
            one_of("licence", Licence, name="knowledge_articlepicture_licence_known"),
            models.CheckConstraint(
                condition=~Q(alt_fi="") & ~Q(credit=""), name="knowledge_articlepicture_told"
            ),
            models.UniqueConstraint(
                fields=["article"], condition=Q(is_cover=True),
                name="knowledge_articlepicture_one_cover",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.alt

    def get_absolute_url(self) -> str:
        return reverse("knowledge:picture", args=[self.public_id])

    def clean(self) -> None:
        refuse_marked(self.alt_fi, self.alt_sv, self.alt_en, self.credit)

    @property
    def caption(self) -> str:
        """Jokimaisema. Kuva: Aino Esimerkki, CC BY 4.0"""
        alt = self.alt.rstrip(" .")
        values = {"alt": alt, "credit": self.credit, "licence": self.get_licence_display()}
        return gettext("%(alt)s. Picture: %(credit)s, %(licence)s") % values
