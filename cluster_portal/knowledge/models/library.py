"""The library: files with versions, found by theme, read by whoever they are for."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.matching.stored import Matchable
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_language, every_translation
from cluster_portal.core.visibility import Audience, Reader, Visibility
from cluster_portal.core.vocabulary import Term
from members.models import ClusterContent, SearchableContentQuerySet

if TYPE_CHECKING:
    from typing import Self

# Addresses under /library/ that are no document.
RESERVED_SLUGS = frozenset(["add", "feed", "files"])


class Kind(models.TextChoices):
    GUIDE = "guide", _("Guide or instruction")
    REPORT = "report", _("Report or study")
    TEMPLATE = "template", _("Template or form")
    MATERIAL = "material", _("Training material")
    MINUTES = "minutes", _("Minutes or memo")
    OTHER = "other", pgettext_lazy("document", "Other")


class LibraryQuerySet(SearchableContentQuerySet):
    has_group = True

    def group_condition(self, known: Audience) -> Q:
        """Whoever sits today in the body whose document it is, deputies too."""
        return Q(body__in=self._seats(known).values("body"))

    def editor_condition(self, known: Audience) -> Q:
        """Who added it, as long as they are one of the organisation's people, of the cluster's
        where it is in no organisation's name, or of the body's where it is a body's; the chair and
        the secretary of the body too."""
        clusters = known.member_clusters | known.coordinates
        own = Q(organisation__in=known.organisations) | self.group_condition(known)
        own |= Q(organisation=None, body=None, home_cluster__in=clusters)
        leading = self._seats(known).filter(role__in=["chair", "secretary"])
        return own & Q(author=known.user_id) | Q(body__in=leading.values("body"))

    def _seats(self, known: Audience) -> Any:
        """Bodies are of a sibling app, so they are named only."""
        seats = self.model._meta.apps.get_model("events", "BodyMember").objects
        return seats.current().filter(user=known.user_id)

    def newest_first(self) -> Self:
        return self.order_by("-changed_at", "-pk")


@audit.tracked(exclude=("search",))
class LibraryDocument(Matchable, ClusterContent, Searchable):
    """Of an organisation, of a body, or of its home cluster alone.

    `changed_at` is when its newest version came; `form_key` makes sending it twice one.
    """

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    body = models.ForeignKey(
        "events.Body", verbose_name=_("body"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    slug = models.SlugField(pgettext_lazy("of a page", "address"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.GUIDE)
    title_fi = models.CharField(_("title in Finnish"), max_length=150)
    title_sv = models.CharField(_("title in Swedish"), max_length=150, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=150, blank=True, default="")
    summary_fi = models.TextField(_("summary in Finnish"), max_length=600, blank=True, default="")
    summary_sv = models.TextField(_("summary in Swedish"), max_length=600, blank=True, default="")
    summary_en = models.TextField(_("summary in English"), max_length=600, blank=True, default="")
    terms = models.ManyToManyField(Term, verbose_name=_("themes"), blank=True, related_name="+")
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    objects = LibraryQuerySet.as_manager()
    title = InLanguage()
    summary = InLanguage()

    class Meta:
        verbose_name = _("document of the library")
        verbose_name_plural = _("documents of the library")
        ordering = ["-changed_at", "-pk"]
        indexes = [index("knowledge_library_search")]
        constraints = [
            one_of("kind", Kind, name="knowledge_library_kind_known"),
            one_of("visibility", Visibility, name="knowledge_library_visibility_known"),
            models.CheckConstraint(condition=~Q(title_fi=""), name="knowledge_library_titled"),
            models.CheckConstraint(
                condition=Q(body=None) | Q(organisation=None), name="knowledge_library_one_owner"
            ),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.GROUP) | Q(body__isnull=False),
                name="knowledge_library_group_is_a_body",
                violation_error_message=_("Choose the body whose members read it."),
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED_SLUGS)),
                name="knowledge_library_slug_not_reserved",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:document", args=[self.slug])

    def clean(self) -> None:
        refuse_marked(every_language(self, "title"), every_language(self, "summary"))

    def search_parts(self) -> list[tuple[str, str]]:
        terms = list(self.terms.all())
        return [
            ("A", every_language(self, "title")),
            ("B", "\n".join(every_language(term, "label") for term in terms)),
            ("D", every_translation(Kind(self.kind).label)),
            ("C", every_language(self, "summary")),
            *(("D", name) for name in self.versions.values_list("name", flat=True)[:3]),
            *([("B", every_language(self.body, "title"))] if self.body else []),
            *self.owner_search_parts(),
        ]


class LibraryVersionQuerySet(models.QuerySet["LibraryVersion"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(document__in=LibraryDocument.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(document__in=LibraryDocument.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(document__in=LibraryDocument.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked()
class LibraryVersion(models.Model):
    """A file as it was sent; a newer version leaves it as it is."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(
        LibraryDocument, verbose_name=_("document"), on_delete=models.CASCADE,
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

    objects = LibraryVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a document of the library")
        verbose_name_plural = _("versions of documents of the library")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="knowledge_libraryversion_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(name=""), name="knowledge_libraryversion_sane"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("library:file", args=[self.public_id])

    def clean(self) -> None:
        refuse_marked(self.name, self.note)


audit.track_links(LibraryDocument.terms.through)
