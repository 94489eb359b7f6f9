"""Projects and who carries them out."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_language, every_translation
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from cluster_portal.core.vocabulary import Term
from cluster_portal.core.workflow import Move, Workflow
from members.models import (
    ClusterContent,
    Need,
    Organisation,
    SearchableContentQuerySet,
)
from projects.models.challenges import Challenge
from projects.models.editors import ProjectEditor
from projects.models.matched import MatchedWithCalls
from projects.models.measures import Measure
from projects.models.partnerships import GONE, MAX_CENTS, Partnership
from projects.models.partnerships import Stage as PartnerStage
from projects.models.shared import Scope, edits, not_reserved, refuse_reserved, scopes_known
from projects.models.staff import StaffMember

if TYPE_CHECKING:
    from typing import Self


class Stage(models.TextChoices):
    IDEA = "idea", _("Idea")
    PREPARING = "preparing", _("In preparation")
    APPLIED = "applied", _("Applied for")
    COMPLETION = "completion", _("Completion asked")
    GRANTED = "granted", _("Granted")
    REJECTED = "rejected", _("Not granted")
    WITHDRAWN = "withdrawn", _("Application withdrawn")
    NOT_APPLIED = "not_applied", _("Not applied for")
    RUNNING = "running", _("Running")
    AMENDMENT = "amendment", _("Amendment applied for")
    CLOSING = "closing", _("Closing")
    REPORTED = "reported", _("Final report submitted")
    ENDED = "ended", _("Ended")
    FOLLOW_UP = "follow_up", _("Follow-up")
    DISCONTINUED = "discontinued", _("Discontinued")


# The straight way through a project's life, as its page draws it; side stages stand at a step.
PATH = (
    Stage.IDEA, Stage.PREPARING, Stage.APPLIED, Stage.GRANTED, Stage.RUNNING, Stage.CLOSING,
    Stage.REPORTED, Stage.ENDED, Stage.FOLLOW_UP,
)  # fmt: skip
BESIDE = {
    Stage.COMPLETION: Stage.APPLIED,
    Stage.REJECTED: Stage.GRANTED,
    Stage.WITHDRAWN: Stage.APPLIED,
    Stage.NOT_APPLIED: Stage.APPLIED,
    Stage.AMENDMENT: Stage.RUNNING,
    Stage.DISCONTINUED: Stage.RUNNING,
}
STOPPED = frozenset({Stage.REJECTED, Stage.WITHDRAWN, Stage.NOT_APPLIED, Stage.DISCONTINUED})
APPLYING = (Stage.APPLIED, Stage.COMPLETION)
# As long as it is an idea, partners are looked for.
OPEN_TO_PARTNERS = frozenset({Stage.IDEA, Stage.PREPARING})
# Where somebody has to take the next step: neither under way nor over.
UNSETTLED = frozenset(Stage) - STOPPED - {Stage.RUNNING, Stage.ENDED, Stage.FOLLOW_UP}


class Instrument(models.TextChoices):
    """Where the money comes from (DOMAIN 2.9)."""

    ERDF = "erdf", _("European Regional Development Fund (ERDF)")
    ESF = "esf", _("European Social Fund Plus (ESF+)")
    JTF = "jtf", _("Just Transition Fund (JTF)")
    AKKE = "akke", _("Regional development funding (AKKE)")
    INTERREG = "interreg", _("Interreg")
    HORIZON = "horizon", _("Horizon Europe")
    EDF = "edf", _("European Defence Fund (EDF)")
    BUSINESS_FINLAND = "business_finland", _("Business Finland")
    ACADEMY = "academy", _("Research Council of Finland")
    VN_TEAS = "vn_teas", _("Government’s analysis, assessment and research activities (VN TEAS)")
    MATINE = "matine", _("Scientific Advisory Board for Defence (MATINE)")
    FIRE_FUND = "fire_fund", _("Fire Protection Fund")
    INTERNAL_SECURITY = "internal_security", _("EU home affairs funds (AMIF, ISF, BMVI)")
    FOUNDATION = "foundation", _("Foundation")
    OTHER = "other", _("Other funding")


class ProjectQuerySet(SearchableContentQuerySet):
    has_group = True

    def group_condition(self, known: Audience) -> Q:
        """The named group of a project is its partners, and those asked to become one."""
        with_us = Partnership.objects.filter(organisation__in=known.organisations)
        return Q(pk__in=with_us.exclude(stage__in=sorted(GONE)).values("project"))

    def published(self) -> Q:
        """A draft stays with those who edit it."""
        return Q(published_at__isnull=False)

    def editable_by(self, user: Reader) -> Self:
        return super().editable_by(user).filter(self._shown(audience(user)))

    def in_scope_of(self, user: Reader) -> Self:
        return super().in_scope_of(user).filter(self._shown(audience(user)))

    def _shown(self, known: Audience) -> Q:
        """A draft is its writers' alone until it is sent to the coordinators, or has no author."""
        if known.is_admin:
            return Q()
        sent = Q(sent_at__isnull=False, home_cluster__in=known.coordinates)
        own = Q() if known.user_id is None else self.editor_condition(known)
        return self.published() | Q(author=None) | sent | own

    def editor_condition(self, known: Audience) -> Q:
        """Its author while they belong to the owner, if any; named co-editors; its managers."""
        author = Q(author=known.user_id)
        own = author & (Q(organisation=None) | Q(organisation__in=known.organisations))
        named = ProjectEditor.objects.accepted().filter(user=known.user_id)
        managed = StaffMember.objects.managing(known)
        return own | Q(pk__in=named.values("project")) | Q(pk__in=managed.values("project"))

    def _own_side(self, known: Audience) -> Q:
        """Those who are asked read what they are asked to, unless it is the owner's alone."""
        own = super()._own_side(known)
        if known.user_id is None:
            return own
        own &= self._shown(known)
        asked = ProjectEditor.objects.filter(user=known.user_id).values("project")
        with_us = Partnership.objects.filter(organisation__in=known.organisations)
        partner = with_us.filter(stage__in=[PartnerStage.INVITED, PartnerStage.ACCEPTED])
        shared = Q(pk__in=partner.values("project")) & ~Q(visibility=Visibility.PRIVATE)
        return own | (shared & self.published()) | Q(pk__in=asked)

    def inside(self, user: Reader) -> Self:
        """Whose applications, staff and amendments the reader reads: partners, editors."""
        readers, editors = self.model.objects.budget_readers(user), self.editable_by(user)
        return self.filter(Q(pk__in=readers.values("pk")) | Q(pk__in=editors.values("pk")))

    def kept_by(self, user: Reader) -> Self:
        """Those that the reader edits as one of their own people, not as a coordinator."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        return self.filter(Q(organisation__in=known.edits) | self.editor_condition(known))

    def ideas(self) -> Self:
        return self.filter(stage__in=sorted(OPEN_TO_PARTNERS))

    def budget_readers(self, user: Reader) -> Self:
        """Projects whose budget this reader may open even when it is not public."""
        known = audience(user)
        if known.is_admin:
            return self
        if known.user_id is None:
            return self.none()
        partners = Partnership.objects.accepted().filter(organisation__in=known.organisations)
        side = Q(organisation__in=known.organisations) | Q(home_cluster__in=known.coordinates)
        return self.filter(Q(pk__in=partners.values("project")) | side & self._shown(known))


def _trl(name: object) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        name, null=True, blank=True,  # type: ignore[arg-type]
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )  # fmt: skip


@audit.tracked(exclude=("search", "calls_matched_at"))
class Project(ClusterContent, Searchable, MatchedWithCalls):
    """`form_key` comes with the form, so that sending it twice makes one idea."""

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    published_at = models.DateTimeField(
        _("published"), null=True, blank=True, default=timezone.now, editable=False
    )
    sent_at = models.DateTimeField(
        _("sent to the coordinators"), null=True, blank=True, editable=False
    )
    public_asked_at = models.DateTimeField(
        _("asked to be public"), null=True, blank=True, editable=False
    )
    slug = models.SlugField(
        pgettext_lazy("of a page", "address"), max_length=100, unique=True,
        validators=[refuse_reserved],
    )  # fmt: skip
    stage = models.CharField(
        _("stage"), max_length=20, choices=Stage, default=Stage.IDEA, editable=False
    )
    title_fi = models.CharField(_("title in Finnish"), max_length=200)
    title_sv = models.CharField(_("title in Swedish"), max_length=200, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=200, blank=True, default="")
    summary_fi = models.TextField(_("summary in Finnish"), max_length=600)
    summary_sv = models.TextField(_("summary in Swedish"), max_length=600, blank=True, default="")
    summary_en = models.TextField(_("summary in English"), max_length=600, blank=True, default="")
    description_fi = models.TextField(_("description in Finnish"), blank=True, default="")
    description_sv = models.TextField(_("description in Swedish"), blank=True, default="")
    description_en = models.TextField(_("description in English"), blank=True, default="")
    instrument = models.CharField(
        _("funding instrument"), max_length=30, choices=Instrument, blank=True, default=""
    )
    funder = models.ForeignKey(
        Organisation, verbose_name=_("funder"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="funded_projects",
    )  # fmt: skip
    code = models.CharField(
        _("project code"), max_length=40, blank=True, default="",
        help_text=_("The code in the funder’s own system, for example EURA 2021."),
    )  # fmt: skip
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    scopes = ArrayField(
        models.CharField(max_length=20, choices=Scope), verbose_name=_("level of activity"),
        default=list, blank=True,
    )  # fmt: skip
    aim = models.TextField(_("aim"), max_length=2000, blank=True, default="")
    size_cents = models.PositiveBigIntegerField(
        _("rough size"), null=True, blank=True, validators=[MaxValueValidator(MAX_CENTS)]
    )
    duration_months = models.PositiveSmallIntegerField(
        _("duration in months"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    trl_now = _trl(_("maturity now (TRL)"))
    trl_goal = _trl(_("maturity aimed at (TRL)"))
    roles_by = models.DateField(_("partners are looked for until"), null=True, blank=True)
    call = models.ForeignKey(
        "projects.FundingCall", verbose_name=_("intended funding call"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="ideas",
    )  # fmt: skip
    from_need = models.ForeignKey(
        Need, verbose_name=_("need behind it"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    terms = models.ManyToManyField(Term, verbose_name=_("themes"), blank=True, related_name="+")
    challenges = models.ManyToManyField(
        Challenge, verbose_name=_("challenges"), blank=True, related_name="projects",
        help_text=_("The needs that this project answers to."),
    )  # fmt: skip
    measures = models.ManyToManyField(
        Measure, verbose_name=_("measures"), blank=True, related_name="projects",
        help_text=_("The measures of the action programme that this project is evidence of."),
    )  # fmt: skip

    objects = ProjectQuerySet.as_manager()
    title = InLanguage()
    summary = InLanguage()
    description = InLanguage()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-created_at", "-pk"]
        indexes = [index("projects_project_search")]
        constraints = [
            one_of("stage", Stage, name="projects_project_stage_known"),
            one_of("visibility", Visibility, name="projects_project_visibility_known"),
            models.CheckConstraint(
                condition=Q(instrument__in=["", *Instrument.values]),
                name="projects_project_instrument_known",
            ),
            in_order("starts_on", "ends_on", name="projects_project_days_in_order"),
            not_reserved("projects_project_slug_not_reserved"),
            scopes_known("projects_project_scopes_known"),
            models.CheckConstraint(
                condition=Q(size_cents=None) | Q(size_cents__lte=MAX_CENTS),
                name="projects_project_size_sane",
            ),
            models.CheckConstraint(
                condition=(Q(trl_now=None) | Q(trl_now__gte=1, trl_now__lte=9))
                & (Q(trl_goal=None) | Q(trl_goal__gte=1, trl_goal__lte=9)),
                name="projects_project_trl_in_scale",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=False) | Q(stage=Stage.IDEA),
                name="projects_project_only_ideas_are_drafts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        cleaning.refuse_links(self.title_fi, self.title_sv, self.title_en)
        refuse_marked(
            self.title_fi, self.title_sv, self.title_en, self.summary_fi, self.summary_sv,
            self.summary_en, self.description_fi, self.description_sv, self.description_en,
            self.aim,
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("projects:project", args=[self.slug])

    def search_parts(self) -> list[tuple[str, str]]:
        return [
            ("A", every_language(self, "title")),
            ("B", "\n".join(every_language(term, "label") for term in self.terms.all())),
            ("B", self.code),
            ("B", every_translation(Instrument(self.instrument).label) if self.instrument else ""),
            *self.owner_search_parts(),
            ("D", every_translation(Stage(self.stage).label)),
            ("C", every_language(self, "summary")),
            ("C", every_language(self, "description")),
            ("C", self.aim),
            ("C", "\n".join(self._open_roles()) if self.pk else ""),
        ]

    def _open_roles(self) -> list[str]:
        return [str(role) for role in self.wanted_roles.all() if not role.is_closed]

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    @property
    def is_open_to_partners(self) -> bool:
        return self.stage in OPEN_TO_PARTNERS and not self.is_draft


def _steps(project: ClusterContent, user: Reader) -> bool:
    """A draft is published before it goes anywhere."""
    return bool(project.published_at) and edits(project, user)  # type: ignore[attr-defined]


def _move(*sources: Stage, target: Stage, label: object, style: str = "secondary") -> Move:
    """A step whose target is a side exit asks for a reason."""
    return Move(
        frozenset(sources), target, may=_steps, label=label,  # type: ignore[arg-type]
        style=style, needs_reason=target in STOPPED,
    )  # fmt: skip


MOVES = Workflow(
    prepare=_move(Stage.IDEA, target=Stage.PREPARING, label=_("Start preparing"), style="primary"),
    apply=_move(
        Stage.PREPARING, target=Stage.APPLIED, label=_("Mark as applied for"), style="primary"
    ),
    ask_completion=_move(Stage.APPLIED, target=Stage.COMPLETION, label=_("Completion was asked")),
    complete=_move(
        Stage.COMPLETION, target=Stage.APPLIED, label=_("Mark as completed"), style="primary"
    ),
    grant=_move(  # one funder may refuse what another grants
        *APPLYING, Stage.REJECTED, target=Stage.GRANTED, label=_("Mark as granted"), style="primary"
    ),
    start=_move(Stage.GRANTED, target=Stage.RUNNING, label=_("Start the project"), style="primary"),
    amend=_move(Stage.RUNNING, target=Stage.AMENDMENT, label=_("An amendment is applied for")),
    amended=_move(
        Stage.AMENDMENT, target=Stage.RUNNING, label=_("The amendment is decided"), style="primary"
    ),
    wind_up=_move(Stage.RUNNING, target=Stage.CLOSING, label=_("Start closing")),
    report=_move(
        Stage.CLOSING, target=Stage.REPORTED, label=_("The final report is submitted"),
        style="primary",
    ),
    end=_move(
        Stage.CLOSING, Stage.REPORTED, target=Stage.ENDED, label=_("End the project"),
        style="primary",
    ),
    follow=_move(Stage.ENDED, target=Stage.FOLLOW_UP, label=_("Begin follow-up of the project")),
    retry=_move(
        Stage.REJECTED, Stage.WITHDRAWN, Stage.NOT_APPLIED, target=Stage.PREPARING,
        label=_("Prepare again"),
    ),
    reject=_move(*APPLYING, target=Stage.REJECTED, label=_("Mark as not granted")),
    withdraw=_move(
        *APPLYING, target=Stage.WITHDRAWN, label=_("Withdraw the application"), style="danger"
    ),
    drop=_move(
        Stage.IDEA, Stage.PREPARING, target=Stage.NOT_APPLIED, label=_("Do not apply"),
        style="danger",
    ),
    discontinue=_move(
        Stage.GRANTED, Stage.RUNNING, Stage.AMENDMENT, Stage.CLOSING, target=Stage.DISCONTINUED,
        label=_("Discontinue"), style="danger",
    ),
)  # fmt: skip


for _links in (Project.terms, Project.challenges, Project.measures):
    audit.track_links(_links.through)
