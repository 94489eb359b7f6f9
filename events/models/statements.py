"""Joint statements of a body, and the organisations that have signed them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import Reader, Visibility, audience
from cluster_portal.core.workflow import Move, Stages, Workflow
from events.models.bodies import Body
from members.models import Organisation
from members.models.content import LEVELS

if TYPE_CHECKING:
    from typing import Self


class Stage(Stages):
    DRAFT = "draft", "draft", _("Draft")
    OPEN = "open", "waiting", _("Open for signing")
    PUBLISHED = "published", "done", _("Published")


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, user: Reader) -> Self:
        """Published ones by everybody, those to be signed by members, drafts inside."""
        seen = [Stage.PUBLISHED, *([Stage.OPEN] if audience(user).is_member else [])]
        inside = Body.objects.attended_by(user).values("pk")
        edited = Body.objects.editable_by(user).values("pk")
        return self.filter(Q(stage__in=seen) | Q(body__in=inside) | Q(body__in=edited))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(body__in=Body.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(body__in=Body.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked(exclude=("search",))
class Statement(Searchable):
    """The words stay once the first organisation can sign them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(
        Body, verbose_name=_("body"), on_delete=models.PROTECT, related_name="statements"
    )
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.DRAFT)
    title = models.CharField(_("title"), max_length=160)
    addressee = models.CharField(_("to whom"), max_length=160, blank=True, default="")
    text = models.TextField(_("text"), max_length=10_000)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint statement")
        verbose_name_plural = _("joint statements")
        ordering = ["-pk"]
        indexes = [index("events_statement_search")]
        constraints = [
            one_of("stage", Stage, name="events_statement_stage_known"),
            models.CheckConstraint(condition=~Q(title=""), name="events_statement_title_given"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=False) | ~Q(stage=Stage.PUBLISHED),
                name="events_statement_published_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:statement", args=[self.public_id])

    def clean(self) -> None:
        cleaning.refuse_links(self.title)
        refuse_marked(self.title, self.addressee, self.text)

    def search_parts(self) -> list[tuple[str, str]]:
        return [("A", self.title), ("B", self.addressee), ("C", self.text)]

    @property
    def search_summary(self) -> str:
        return self.addressee or self.body_words

    @property
    def body_words(self) -> str:
        """Its name, or its kind alone where somebody who reads the statement does not see it."""
        read_by = {Stage.PUBLISHED: Visibility.PUBLIC, Stage.OPEN: Visibility.MEMBERS}
        level = read_by.get(Stage(self.stage), Visibility(self.body.visibility))
        is_named = LEVELS[self.body.visibility] <= LEVELS[level]
        return self.body.title if is_named else str(self.body.get_kind_display())


class SignatureQuerySet(models.QuerySet["Signature"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(statement__in=Statement.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(organisation__in=audience(user).edits)

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(statement__in=Statement.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked()
class Signature(models.Model):
    """One of an organisation, given by its contact."""

    statement = models.ForeignKey(
        Statement, verbose_name=_("joint statement"), on_delete=models.CASCADE,
        related_name="signatures",
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("signed by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    signed_at = models.DateTimeField(_("signed"), default=timezone.now, editable=False)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature of a statement")
        verbose_name_plural = _("signatures of statements")
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "organisation"], name="events_signature_organisation_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


def _edits(statement: Statement, user: Reader) -> bool:
    return statement.body.is_editable_by(user)


MOVES = Workflow(
    open=Move(frozenset({Stage.DRAFT}), Stage.OPEN, may=_edits, style="primary",
              label=pgettext_lazy("act", "Open for signing")),
    publish=Move(frozenset({Stage.DRAFT, Stage.OPEN}), Stage.PUBLISHED, may=_edits,
                 label=_("Publish")),
)  # fmt: skip
