"""Questions to a challenge and their answers: read by everyone who reads the challenge."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.text.classified import refuse_marked
from members.models import Organisation
from projects.models.challenges import Challenge
from projects.models.shared import stamp_of

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class ChallengeQuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(challenge__in=Challenge.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        """By who answers it; a question is changed by nobody."""
        return self.filter(challenge__in=Challenge.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(challenge__in=Challenge.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def unanswered(self) -> Self:
        return self.filter(answered_at=None)


@audit.tracked()
class Question(models.Model):
    """Who asks anonymously is known to the challenge's own side and the coordinators alone.

    `form_key` comes with the form, so that sending it twice asks once; it is the address, too.
    """

    challenge = models.ForeignKey(
        Challenge, verbose_name=_("challenge"), on_delete=models.CASCADE, related_name="questions"
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    is_anonymous = models.BooleanField(_("without a name"), default=False, editable=False)
    text = models.TextField(_("question"), max_length=1000)
    answer = models.TextField(_("answer"), max_length=2000, blank=True, default="")
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)

    objects = ChallengeQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to a challenge")
        verbose_name_plural = _("questions to challenges")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="projects_question_answered_has_moment",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return f"{self.challenge.get_absolute_url()}#question-{self.form_key}"

    def clean(self) -> None:
        refuse_marked(self.text, self.answer)

    @property
    def stamp(self) -> str:
        return stamp_of(self.answer)
