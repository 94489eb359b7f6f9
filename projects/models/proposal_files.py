"""Files of a proposal: read by whoever may read the proposal, stored below no public address."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from projects.models.challenges import Stage as ChallengeStage
from projects.models.proposals import Proposal, Stage

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class ProposalFileQuerySet(models.QuerySet["ProposalFile"]):
    def visible_to(self, user: Reader) -> Self:
        """Whoever may read the proposal."""
        return self.filter(proposal__in=Proposal.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        """Who may change the proposal, until the deadline; a draft's at any time."""
        own = self.filter(proposal__in=Proposal.objects.editable_by(user).values("pk"))
        is_open = Q(
            proposal__challenge__stage=ChallengeStage.OPEN,
            proposal__challenge__closes_at__gt=timezone.now(),
        )
        return own.filter(Q(proposal__stage=Stage.DRAFT) | Q(proposal__stage=Stage.SENT) & is_open)

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(proposal__in=Proposal.objects.in_scope_of(user).values("pk"))


@audit.tracked()
class ProposalFile(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(
        Proposal, verbose_name=_("proposal"), on_delete=models.CASCADE, related_name="files"
    )
    name = models.CharField(_("name of the file"), max_length=150)
    file = models.FileField(_("file"), max_length=200)
    size = models.PositiveIntegerField(_("size in bytes"))
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = ProposalFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a proposal")
        verbose_name_plural = _("files of proposals")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="projects_proposalfile_named"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("projects:proposal_file", args=[self.public_id])
