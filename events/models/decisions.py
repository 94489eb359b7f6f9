"""What a body has decided, who does it by when, and how far it is."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text.addresses import normal_address
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from cluster_portal.core.workflow import Move, Stages, Workflow
from events.models.bodies import LEADING, Body, BodyMember
from events.models.meetings import Meeting, MeetingItem
from members.models import ClusterContent, ClusterContentQuerySet, Organisation
from members.models.content import LEVELS
from projects.models import Result

if TYPE_CHECKING:
    from typing import Self


class Stage(Stages):
    DRAFT = "draft", "draft", _("In minutes that are not approved yet")
    OPEN = "open", "waiting", pgettext_lazy("decision", "Not begun")
    RUNNING = "running", "running", _("Under way")
    DONE = "done", "done", pgettext_lazy("decision", "Done")
    DROPPED = "dropped", "stopped", pgettext_lazy("decision", "Dropped")


UNDONE = (Stage.OPEN, Stage.RUNNING)
READERS = (
    (Visibility.PUBLIC.value, _("Everyone")),
    (Visibility.MEMBERS.value, _("Members of all clusters")),
    (Visibility.CLUSTER.value, _("Members of our own cluster")),
    (Visibility.GROUP.value, _("Only the body and who is responsible")),
)


class DecisionQuerySet(ClusterContentQuerySet):
    """Seen by its own level, whatever the levels of the body and the meeting are."""

    has_group = True

    def published(self) -> Q:
        return ~Q(stage=Stage.DRAFT)

    def group_condition(self, known: Audience) -> Q:
        seats = BodyMember.objects.current().filter(user=known.user_id).exclude(role="deputy")
        return Q(meeting__body__in=seats.values("body"))

    def editor_condition(self, known: Audience) -> Q:
        """Who is responsible tells how far it is, and so may chair and secretary."""
        leading = BodyMember.objects.current().filter(user=known.user_id, role__in=LEADING)
        return Q(owner=known.user_id) | Q(meeting__body__in=leading.values("body"))

    def _inside(self, known: Audience) -> Q:
        """Who reads minutes before they are approved: the body, and who looks after it."""
        edited = Q(home_cluster__in=known.coordinates)
        edited |= Q(meeting__body__organisation__in=known.edits)
        return edited | self.group_condition(known)

    def _own_side(self, known: Audience) -> Q:
        """Who is responsible sees the decision once the minutes are approved."""
        own = super()._own_side(known)
        return own if known.user_id is None else own & self.published() | self._inside(known)

    def editable_by(self, user: Reader) -> Self:
        rows, known = super().editable_by(user), audience(user)
        if known.is_admin or known.user_id is None:
            return rows
        return rows.filter(self.published() | self._inside(known))

    def naming_owners(self, user: Reader) -> Self:
        """`owner_words` then name the organisations that this reader sees."""
        seen = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
        return self.annotate(sees_organisation=Exists(seen))

    def undone(self) -> Self:
        return self.filter(stage__in=UNDONE)

    def late(self) -> Self:
        return self.undone().filter(due_on__lt=timezone.localdate())


@audit.tracked(exclude=("search",))
class Decision(Searchable, ClusterContent):
    """`owner` is a person with an account, or `organisation`, or a name with an address.

    `version` rises with every change of state, so that two reports do not overwrite each other.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="decisions"
    )
    item = models.ForeignKey(
        MeetingItem, verbose_name=_("matter"), on_delete=models.PROTECT, related_name="decisions"
    )
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.DRAFT)
    text = models.CharField(_("what was decided"), max_length=500)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person responsible"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    owner_name = models.CharField(_("name"), max_length=150, blank=True, default="")
    owner_email = models.EmailField(_("e-mail address"), blank=True, default="")
    due_on = models.DateField(_("done by"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    results = models.ManyToManyField(
        Result, verbose_name=_("results used"), blank=True, related_name="+"
    )
    reminded_for = models.DateField(null=True, blank=True, editable=False)
    reminded_late_for = models.DateField(null=True, blank=True, editable=False)

    objects = DecisionQuerySet.as_manager()
    sees_organisation: bool | None = None  # asked by `naming_owners` for a reader

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["due_on", "pk"]
        indexes = [index("events_decision_search")]
        constraints = [
            one_of("stage", Stage, name="events_decision_stage_known"),
            one_of("visibility", Visibility, name="events_decision_visibility_known"),
            models.CheckConstraint(condition=~Q(text=""), name="events_decision_text_given"),
            models.CheckConstraint(
                condition=Q(owner=None) | Q(owner_name="", owner_email=""),
                name="events_decision_owner_is_one",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("events:decision", args=[self.public_id])

    def clean(self) -> None:
        refuse_marked(self.text, self.owner_name)

    def save(self, *args: object, **kwargs: object) -> None:
        self.owner_email = normal_address(self.owner_email)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def search_parts(self) -> list[tuple[str, str]]:
        """The matter only for who reads the agenda: one may see the decision and nothing else."""
        is_read = self.meeting.body.papers_level <= LEVELS[self.visibility]
        return [("A", self.text), *([("B", self.item.title)] if is_read else [])]

    @property
    def search_title(self) -> str:
        return self.text

    @property
    def search_summary(self) -> str:
        return self.label

    @property
    def title(self) -> str:
        return self.text

    @property
    def label(self) -> str:
        """The body, its meeting and the paragraph. A body that fewer see than see the decision is
        told by its kind alone."""
        body = self.meeting.body
        is_named = LEVELS[body.visibility] <= LEVELS[self.visibility]
        title = body.title if is_named else body.get_kind_display()
        return f"{title} {self.meeting.label}, {self.item.number} §"

    @property
    def is_undone(self) -> bool:
        return self.stage in UNDONE

    @property
    def is_late(self) -> bool:
        return self.is_undone and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def owner_has_left(self) -> bool:
        """The account is gone, or the seat that they had in the body has ended."""
        if self.owner is None:
            return False
        seats = BodyMember.objects.filter(body=self.meeting.body_id, user=self.owner)
        ended = seats.exists() and not seats.current().exists()
        return ended or not self.owner.is_active

    @property
    def owner_words(self) -> str:
        """A hidden organisation is not named; without a reader it is as wide as the decision."""
        named = self.organisation if self.sees_organisation else None
        if self.sees_organisation is None:
            named = self.named_owner
        return self.owner_told(str(named or _("An organisation")))

    def owner_told(self, organisation: str) -> str:
        if self.owner is not None and self.owner.is_active:
            return self.owner.get_full_name()
        return self.owner_name or (organisation if self.organisation_id else "")


audit.track_links(Decision.results.through)


class ReportQuerySet(models.QuerySet["DecisionReport"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(decision__in=Decision.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(decision__in=Decision.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(decision__in=Decision.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked()
class DecisionReport(models.Model):
    """How far a decision is, told by who is responsible; `by_link` without signing in."""

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="reports")
    stage = models.CharField(_("state"), max_length=20, choices=Stage)
    text = models.TextField(_("what has been done"), max_length=2000, blank=True, default="")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", editable=False,
    )  # fmt: skip
    by_link = models.BooleanField(default=False, editable=False)
    told_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report on a decision")
        verbose_name_plural = _("reports on decisions")
        ordering = ["-told_at", "-pk"]
        constraints = [one_of("stage", Stage, name="events_decisionreport_stage_known")]

    def __str__(self) -> str:
        return str(self.decision)

    def clean(self) -> None:
        refuse_marked(self.text)


def _reports(decision: Decision, user: Reader) -> bool:
    return Decision.objects.editable_by(user).filter(pk=decision.pk).exists()


def _leads(decision: Decision, user: Reader) -> bool:
    return Body.objects.editable_by(user).filter(pk=decision.meeting.body_id).exists()


MOVES = Workflow(
    start=Move(frozenset({Stage.OPEN}), Stage.RUNNING, may=_reports, label=_("The work has begun")),
    tell=Move(frozenset({Stage.RUNNING}), Stage.RUNNING, may=_reports, label=_("Still under way")),
    finish=Move(frozenset(UNDONE), Stage.DONE, may=_reports, label=_("It is done"),
                style="primary"),
    drop=Move(frozenset(UNDONE), Stage.DROPPED, may=_leads, label=_("Drop the decision"),
              style="danger", needs_reason=True),
    reopen=Move(frozenset({Stage.DONE, Stage.DROPPED}), Stage.RUNNING, may=_leads,
                label=_("Open again")),
)  # fmt: skip
