"""A decision that is not made yet: what the challenge's own people have written so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.visibility import audience
from projects.models.challenges import Challenge

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class DecisionDraftQuerySet(models.QuerySet["DecisionDraft"]):
    def visible_to(self, user: Reader) -> Self:
        """Who decides in the challenge's own organisation; no coordinator, no proposer."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        decided_by = Challenge.objects.editable_by(user).values("pk")
        ours = self.filter(challenge__organisation__in=known.organisations)
        return ours.filter(challenge__in=decided_by)

    def editable_by(self, user: Reader) -> Self:
        return self.visible_to(user)


class DecisionDraft(models.Model):
    """One of a challenge, gone when it is decided. The ledgers keep no copy: until they are sent,
    half-made reasons are nobody else's.

    `verdicts` holds a proposal's choice and reason by its `public_id`.
    """

    challenge = models.OneToOneField(
        Challenge, verbose_name=_("challenge"), on_delete=models.CASCADE,
        related_name="decision_draft",
    )  # fmt: skip
    verdicts = models.JSONField(default=dict)
    words = models.TextField(max_length=2000, blank=True, default="")
    is_solved = models.BooleanField(default=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("saved by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    objects = DecisionDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a decision")
        verbose_name_plural = _("drafts of decisions")

    def __str__(self) -> str:
        return f"{self.challenge_id}: {self.saved_at:%Y-%m-%d %H:%M}"

    @property
    def stamp(self) -> str:
        """Changes with every saving: tells whether somebody else was faster."""
        return self.saved_at.isoformat()
