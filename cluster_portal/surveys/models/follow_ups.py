"""What follows from the results of a round: a promise, who keeps it and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.web_addresses import WEB
from cluster_portal.core.workflow import Stages
from cluster_portal.surveys.models.rounds import Round

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class State(Stages):
    PROMISED = "promised", "waiting", pgettext_lazy("what follows from results", "Promised")
    RUNNING = "running", "running", pgettext_lazy("what follows from results", "Under way")
    DONE = "done", "done", pgettext_lazy("what follows from results", "Done")
    DROPPED = "dropped", "stopped", pgettext_lazy("what follows from results", "Not done after all")


OPEN = frozenset({State.PROMISED, State.RUNNING})


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: Reader) -> Self:
        """Whoever may read the results that it follows from."""
        return self.filter(round__in=Round.objects.visible_to(user).with_results().values("pk"))


@audit.tracked()
class FollowUp(models.Model):
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="follow_ups")
    title = models.CharField(_("what will be done"), max_length=120)
    reason = models.CharField(
        _("which result it follows from"), max_length=200, blank=True, default="",
        help_text=_("For example: 65 % have had no exercise for a year."),
    )  # fmt: skip
    responsible = models.CharField(
        _("who does it"), max_length=120, help_text=_("An organisation, not a person.")
    )
    due_on = models.DateField(_("by when"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PROMISED)
    outcome = models.CharField(
        _("what came of it"), max_length=200, blank=True, default="",
        help_text=_("Told when it is done, or why it is not done after all."),
    )  # fmt: skip
    link = models.URLField(
        _("link"), max_length=300, blank=True, default="", validators=[WEB],
        help_text=_("The event, the idea or the news of it."),
    )  # fmt: skip

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("what follows from the results")
        verbose_name_plural = _("what follows from the results")
        ordering = ["due_on", "pk"]
        constraints = [
            one_of("state", State, name="surveys_followup_state_known"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(responsible=""), name="surveys_followup_has_words"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DROPPED) | ~Q(outcome=""),
                name="surveys_followup_dropped_with_reason",
                violation_error_message=_("Tell why it is not done after all."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        cleaning.refuse_links(self.title, self.responsible)
        refuse_marked(self.title, self.reason, self.responsible, self.outcome)

    @property
    def is_late(self) -> bool:
        return self.state in OPEN and self.due_on < timezone.localdate()
