"""What one organisation or person answers in a round, and how far it is."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.visibility import Audience, Reader, audience
from cluster_portal.core.workflow import Move, Stages, Workflow
from cluster_portal.surveys.models.questions import Section
from cluster_portal.surveys.models.rounds import Mode, Round
from members.models import Affiliation, Coordinator, Organisation

if TYPE_CHECKING:
    from typing import Self


class Stage(Stages):
    INVITED = "invited", "waiting", pgettext_lazy("survey answer", "Invited")
    AGREED = "agreed", "waiting", pgettext_lazy("survey answer", "Agreed on a day")
    HELD = "held", "open", pgettext_lazy("survey answer", "Held")
    ANSWERED = "answered", "open", pgettext_lazy("survey answer", "Answered")
    CHECKED = "checked", "done", pgettext_lazy("survey answer", "Checked")
    DECLINED = "declined", "stopped", pgettext_lazy("survey answer", "Declined")


UNANSWERED = frozenset({Stage.INVITED, Stage.AGREED, Stage.HELD})
COUNTED = frozenset({Stage.ANSWERED, Stage.CHECKED})


class ResponseQuerySet(models.QuerySet["Response"]):
    def of_audience(self, known: Audience) -> Self:
        """The reader's own, those of organisations they speak for, and what was handed to them."""
        if known.user_id is None:
            return self.none()
        handed = Handover.objects.filter(
            response=OuterRef("pk"), user=known.user_id,
            response__organisation__in=known.organisations,
        )  # fmt: skip
        own = Q(person=known.user_id) & (
            Q(organisation=None) | Q(organisation__in=known.organisations)
        )
        edits = Q(organisation__in=known.edits) & ~Q(round__mode=Mode.PERSONS)
        return self.filter(own | edits | Exists(handed))

    def mine(self, user: Reader) -> Self:
        return self.of_audience(audience(user))

    def visible_to(self, user: Reader) -> Self:
        """Who answers, the interviewer, and the coordinators of the round's cluster."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        if known.is_admin:
            return self
        own = Q(pk__in=self.model.objects.of_audience(known).values("pk"))
        scope = Q(round__home_cluster__in=known.coordinates)
        return self.filter(own | scope | _held_by(known))

    def editable_by(self, user: Reader) -> Self:
        """Who may write answers: who answers; of an interview its interviewer and coordinators."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        own = Q(pk__in=self.model.objects.of_audience(known).values("pk"))
        scope = Q(round__mode=Mode.INTERVIEWS, round__home_cluster__in=known.coordinates)
        talks = _held_by(known) | scope
        return self.filter(own | (Q(stage__in=UNANSWERED) & talks))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(round__in=Round.objects.in_scope_of(user))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def own_of(self, user: Reader) -> Self:
        """Answers of the person alone, not of an organisation."""
        return self.filter(
            Q(organisation=None) | Q(round__mode=Mode.PERSONS), person=user.pk, is_anonymous=False
        )

    def naming(self, user: Reader) -> Self:
        """Where the person is named: who answers, who asked, who checked, whom it was handed to."""
        handed = Handover.objects.filter(response=OuterRef("pk"), user=user.pk)
        named = Q(person=user.pk) | Q(interviewer=user.pk) | Q(checked_by=user.pk)
        return self.filter(named | Exists(handed))

    def before(self, response: Response) -> Self:
        """What the same organisation, or person, answered to these questions in earlier rounds."""
        survey_round = response.round
        is_nobodys = response.organisation_id is None and response.person_id is None
        if is_nobodys or survey_round.opened_at is None:
            return self.none()
        who = Q(organisation=response.organisation_id)
        if response.organisation_id is None or survey_round.asks_persons:
            who &= Q(person=response.person_id)
        same = Q(round=survey_round.previous_id)
        same |= Q(round__version__template=survey_round.version.template_id)
        rows = self.countable().filter(who, same, round__opened_at__lt=survey_round.opened_at)
        return rows.exclude(pk=response.pk)

    def unanswered(self) -> Self:
        return self.filter(stage__in=UNANSWERED)

    def countable(self) -> Self:
        """Whoever has answered, whether or not it has been checked."""
        return self.filter(stage__in=COUNTED)

    def for_figures(self) -> Self:
        """What figures are made of: of interviews only what the organisation has confirmed."""
        return self.countable().exclude(round__mode=Mode.INTERVIEWS, stage=Stage.ANSWERED)


def served_by(known: Audience) -> models.QuerySet[Coordinator]:
    """Posts of the clusters for which the reader may interview: they coordinate one, or are a
    colleague of somebody who does."""
    colleagues = Affiliation.objects.confirmed().filter(organisation__in=known.organisations)
    current = Coordinator.objects.current()
    return current.filter(Q(user=known.user_id) | Q(user__in=colleagues.values("user")))


def _held_by(known: Audience) -> Q:
    """The reader's own interviews, for as long as they belong to those who hold them."""
    own = Q(interviewer=known.user_id, round__mode=Mode.INTERVIEWS)
    return own & Q(round__home_cluster__in=served_by(known).values("cluster"))


@audit.tracked(exclude=("answers", "written", "revision", "saved_at"), unless="is_anonymous")
class Response(models.Model):
    """`answers` holds values by the keys of questions, as `surveys.questionnaire` describes them.

    `written` is what the interviewer sent to be checked. `revision` grows with every saving.
    `sector`, `region` and `kind` are the organisation's codes on the day of the answer. An
    anonymous one names nobody and knows only its day.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(
        Round, verbose_name=pgettext_lazy("survey", "round"), on_delete=models.PROTECT,
        related_name="responses",
    )  # fmt: skip
    is_anonymous = models.BooleanField(default=False, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="survey_responses",
    )  # fmt: skip
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who answers"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("interviewer"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    stage = models.CharField(
        _("state"), max_length=20, choices=Stage, default=Stage.INVITED, editable=False
    )
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True, editable=False)
    agreed_on = models.DateField(_("agreed day"), null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    written = models.JSONField(null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    answered_on = models.DateField(_("day of the answer"), null=True, blank=True, editable=False)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("checked by"), null=True, blank=True,
        editable=False, on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0, editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    sector = models.CharField(max_length=40, blank=True, default="", editable=False)
    region = models.CharField(max_length=10, blank=True, default="", editable=False)
    kind = models.CharField(max_length=40, blank=True, default="", editable=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("survey", "answer")
        verbose_name_plural = pgettext_lazy("survey", "answers")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["round", "stage"], name="surveys_response_by_stage"),
        ]
        constraints = [
            one_of("stage", Stage, name="surveys_response_stage_known"),
            models.UniqueConstraint(
                fields=["round", "organisation"], condition=Q(person=None),
                name="surveys_response_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["round", "person"], condition=Q(organisation=None),
                name="surveys_response_person_once",
            ),
            models.UniqueConstraint(
                fields=["round", "organisation", "person"],
                name="surveys_response_person_of_organisation_once",
            ),
            models.CheckConstraint(
                condition=Q(is_anonymous=False)
                | Q(
                    organisation=None, person=None, interviewer=None, checked_by=None,
                    invited_at=None, saved_at=None, answered_at=None, checked_at=None,
                    reminded_at=None,
                ),
                name="surveys_response_anonymous_names_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.AGREED) | Q(agreed_on__isnull=False),
                name="surveys_response_agreed_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=sorted(COUNTED)) | Q(answered_on__isnull=False),
                name="surveys_response_answered_on_a_day",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.round}: {self.organisation or self.person or '–'}"

    def get_absolute_url(self) -> str:
        return reverse("surveys:response", args=[self.public_id])

    @property
    def title(self) -> str:
        return str(self.round)

    @cached_property
    def answered_by(self) -> dict[int | None, bool]:
        """What was asked of this loaded object; one that a service loads to lock it asks anew."""
        return {}

    def is_own_of(self, user: Reader) -> bool:
        """Whether it is the person's own answer, not their organisation's."""
        is_alone = self.organisation_id is None or self.round.asks_persons
        return is_alone and self.person_id is not None and self.person_id == user.pk

    @property
    def is_counted(self) -> bool:
        return self.stage in COUNTED


class Handover(models.Model):
    """A section, or without one the whole, that a colleague was asked to answer."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="handovers")
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+",
        verbose_name=_("to whom"),
    )  # fmt: skip
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("handover of an answer")
        verbose_name_plural = _("handovers of answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "section", "user"], nulls_distinct=False,
                name="surveys_handover_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.response} → {self.user}"


def answers_for(response: Response, user: Reader) -> bool:
    """Whoever answers: the person, the organisation's contact, a colleague it was handed to."""
    known = response.answered_by
    if user.pk not in known:
        known[user.pk] = Response.objects.mine(user).filter(pk=response.pk).exists()
    return known[user.pk]


def speaks_for(response: Response, user: Reader) -> bool:
    """Who may confirm: of an organisation its contact or who was asked; of a person they alone."""
    known = audience(user)
    if response.organisation_id is None or response.round.asks_persons:
        return response.person_id is not None and response.person_id == known.user_id
    asked = response.person_id == known.user_id and response.organisation_id in known.organisations
    return response.organisation_id in known.edits or asked


def sections_of(response: Response, user: Reader) -> frozenset[str] | None:
    """Keys of the sections that a colleague was asked to answer; None for whoever has them all."""
    if speaks_for(response, user) or _looks_after(response, user) or interviews(response, user):
        return None
    handed = Handover.objects.filter(response=response, user=user.pk)
    keys = frozenset(handed.values_list("section__key", flat=True))
    return None if None in keys else keys


def answers_whole(response: Response, user: Reader) -> bool:
    """A colleague who was asked for a section neither sends nor declines the rest."""
    return answers_for(response, user) and sections_of(response, user) is None


def _looks_after(response: Response, user: Reader) -> bool:
    known = audience(user)
    return known.is_admin or response.round.home_cluster_id in known.coordinates


def interviews(response: Response, user: Reader) -> bool:
    """In a round of interviews: its interviewer, or a coordinator who looks after the round.

    What is asked of the organisation itself is written by nobody else.
    """
    if response.round.mode != Mode.INTERVIEWS:
        return False
    known = audience(user)
    is_own = response.interviewer_id is not None and response.interviewer_id == known.user_id
    cluster = response.round.home_cluster_id
    return _looks_after(response, user) or (
        is_own and served_by(known).filter(cluster=cluster).exists()
    )


def writes(response: Response, user: Reader) -> bool:
    return answers_for(response, user) or interviews(response, user)


MOVES = Workflow(
    agree=Move(
        frozenset({Stage.INVITED, Stage.AGREED}), Stage.AGREED, may=writes,
        label=_("Agree on a day"), day=_("Day"),
    ),
    hold=Move(
        frozenset({Stage.INVITED, Stage.AGREED}), Stage.HELD, may=interviews,
        label=_("The talk was held"), day=_("Held on"),
    ),
    send=Move(
        frozenset({Stage.INVITED, Stage.AGREED, Stage.HELD}), Stage.ANSWERED, may=interviews,
        label=_("Send to be checked"), style="primary",
    ),
    answer=Move(
        frozenset({Stage.INVITED, Stage.AGREED, Stage.HELD}), Stage.CHECKED, may=answers_whole,
        label=_("Send the answers"), style="primary",
    ),
    check=Move(
        frozenset({Stage.ANSWERED}), Stage.CHECKED, may=speaks_for,
        label=_("The answers are right"), style="primary",
    ),
    decline=Move(
        frozenset({Stage.INVITED, Stage.AGREED, Stage.HELD}), Stage.DECLINED, may=answers_whole,
        label=_("We do not answer"), style="danger",
    ),
    rejoin=Move(
        frozenset({Stage.DECLINED}), Stage.INVITED, may=answers_whole, label=_("Answer after all"),
    ),
)  # fmt: skip
