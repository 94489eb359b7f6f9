"""Bodies that meet and decide: steering groups, forums, networks, and who sits in them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.addresses import normal_address
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_language, every_translation
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from cluster_portal.core.vocabulary import Term
from members.models import ClusterContent, ClusterContentQuerySet, Organisation
from members.models.content import LEVELS
from projects.models import Project

if TYPE_CHECKING:
    import datetime
    from typing import Self


class Kind(models.TextChoices):
    STEERING = "steering_group", _("Steering group")
    FORUM = "forum", _("Partnership forum")
    BOARD = "board", _("Coordination board")
    NETWORK = "network", _("Network of expertise")
    PROJECT = "project_group", _("Project group")
    THEME = "theme_group", _("Theme group")


class Role(models.TextChoices):
    CHAIR = "chair", _("Chair")
    VICE = "vice_chair", _("Vice chair")
    SECRETARY = "secretary", _("Secretary")
    MEMBER = "member", pgettext_lazy("of a body", "Member")
    DEPUTY = "deputy", _("Deputy member")
    EXPERT = "expert", _("Permanent expert")


LEADING = (Role.CHAIR, Role.SECRETARY)
VOTING = (Role.CHAIR, Role.VICE, Role.MEMBER)


class PapersBy(models.TextChoices):
    BODY = "body", _("The body’s members only")
    MEMBERS = "members", _("Members of all clusters")
    PUBLIC = "public", _("Everyone")


# Papers are read as widely as content of this level.
READ_AS = {
    PapersBy.BODY: Visibility.GROUP, PapersBy.MEMBERS: Visibility.MEMBERS,
    PapersBy.PUBLIC: Visibility.PUBLIC,
}  # fmt: skip


def papers_open_to(known: Audience) -> list[str]:
    """The levels of papers that somebody reads who does not sit in the body."""
    return [PapersBy.PUBLIC, *([PapersBy.MEMBERS] if known.is_member else [])]


class BodyQuerySet(ClusterContentQuerySet):
    has_group = True

    def group_condition(self, known: Audience) -> Q:
        """Whoever sits in it today, deputies too."""
        return Q(pk__in=BodyMember.objects.current().filter(user=known.user_id).values("body"))

    def editor_condition(self, known: Audience) -> Q:
        """The chair and the secretary, as long as their terms last."""
        leading = BodyMember.objects.current().filter(user=known.user_id, role__in=LEADING)
        return Q(pk__in=leading.values("body"))

    def _own_side(self, known: Audience) -> Q:
        """Who sits in a body sees it, whatever its level."""
        own = super()._own_side(known)
        return own if known.user_id is None else own | self.group_condition(known)

    def attended_by(self, user: Reader) -> Self:
        """Bodies whose papers the reader gets: a seat of their own today, not a deputy's."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        seats = BodyMember.objects.current().filter(user=known.user_id)
        return self.filter(pk__in=seats.exclude(role=Role.DEPUTY).values("body"))

    def working(self) -> Self:
        today = timezone.localdate()
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=today))


@audit.tracked(exclude=("search",))
class Body(Searchable, ClusterContent):
    """`visibility` is that of its page and members; `papers_by` says who reads agendas and minutes.

    A theme group or board belongs to a forum by `parent`. `quorum` empty is more than half.
    """

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    slug = models.SlugField(pgettext_lazy("of a page", "address"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title_fi = models.CharField(_("name in Finnish"), max_length=160)
    title_sv = models.CharField(_("name in Swedish"), max_length=160, blank=True, default="")
    title_en = models.CharField(_("name in English"), max_length=160, blank=True, default="")
    summary_fi = models.TextField(_("task in Finnish"), max_length=1500)
    summary_sv = models.TextField(_("task in Swedish"), max_length=1500, blank=True, default="")
    summary_en = models.TextField(_("task in English"), max_length=1500, blank=True, default="")
    papers_by = models.CharField(
        _("who reads agendas and minutes"), max_length=10, choices=PapersBy, default=PapersBy.BODY
    )
    quorum = models.PositiveSmallIntegerField(_("quorum"), null=True, blank=True)
    regions = models.ManyToManyField(
        Term, verbose_name=_("regions"), blank=True, related_name="+",
        limit_choices_to={"scheme": "region"},
    )  # fmt: skip
    parent = models.ForeignKey(
        "self", verbose_name=_("belongs to"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="groups",
    )  # fmt: skip
    project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    title = InLanguage()
    summary = InLanguage()
    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["title_fi", "pk"]
        indexes = [index("events_body_search")]
        constraints = [
            one_of("kind", Kind, name="events_body_kind_known"),
            one_of("visibility", Visibility, name="events_body_visibility_known"),
            one_of("papers_by", PapersBy, name="events_body_papers_by_known"),
            models.CheckConstraint(condition=~Q(title_fi=""), name="events_body_title_given"),
            models.CheckConstraint(
                condition=Q(quorum=None) | Q(quorum__gte=1), name="events_body_quorum_positive"
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("pk")),
                name="events_body_no_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:body", args=[self.slug])

    @property
    def papers_level(self) -> int:
        """Of `LEVELS`: papers are read by who sees the body and may read its papers."""
        return max(LEVELS[self.visibility], LEVELS[READ_AS[PapersBy(self.papers_by)]])

    def clean(self) -> None:
        names = self.title_fi, self.title_sv, self.title_en
        cleaning.refuse_links(*names)
        refuse_marked(*names, self.summary_fi, self.summary_sv, self.summary_en)

    def search_parts(self) -> list[tuple[str, str]]:
        return [
            ("A", every_language(self, "title")),
            ("B", every_translation(Kind(self.kind).label)),
            ("C", every_language(self, "summary")),
        ]


audit.track_links(Body.regions.through)


class BodyMemberQuerySet(models.QuerySet["BodyMember"]):
    def visible_to(self, user: Reader) -> Self:
        """With the body, whose page names them; one's own seat also when it has ended."""
        known = audience(user)
        seen = Q(body__in=Body.objects.visible_to(user).values("pk"))
        return self.filter(seen | Q(user=known.user_id) if known.user_id else seen)

    def editable_by(self, user: Reader) -> Self:
        return self.filter(body__in=Body.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(body__in=Body.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def current(self, day: datetime.date | None = None) -> Self:
        """Both days of a term belong to it."""
        day = day or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def invited(self, day: datetime.date) -> Self:
        """Who is called to a meeting of that day; a deputy only in somebody's place."""
        return self.current(day).exclude(role=Role.DEPUTY)

    def voting(self) -> Self:
        return self.filter(role__in=VOTING)

    def claimable_by(self, user: Reader) -> Self:
        """Seats without an account that bear a confirmed address of this account, if the body has
        no seat of the account already."""
        if not user.is_authenticated:
            return self.none()
        addresses = EmailAddress.objects.filter(user=user.pk, verified=True)
        known = BodyMember.objects.current().filter(user=user.pk)
        found = self.filter(Q(until=None) | Q(until__gte=timezone.localdate()), user=None)
        return (
            found.exclude(body__in=known.values("body"))
            .alias(address=Lower("email"))
            .filter(address__in=addresses.values(lowered=Lower("email")))
        )


@audit.tracked()
class BodyMember(models.Model):
    """A seat with its term. Without an account it bears a name and an address."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(
        Body, verbose_name=_("body"), on_delete=models.CASCADE, related_name="seats"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="body_seats",
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=150, blank=True, default="")
    email = models.EmailField(_("e-mail address"), blank=True, default="")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)
    deputy_of = models.ForeignKey(
        "self", verbose_name=_("deputy of"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="deputies",
    )  # fmt: skip
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = BodyMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a body")
        verbose_name_plural = _("members of bodies")
        ordering = ["body", "since", "pk"]
        constraints = [
            one_of("role", Role, name="events_bodymember_role_known"),
            in_order("since", "until", name="events_bodymember_term_in_order"),
            models.CheckConstraint(
                condition=Q(deputy_of=None) | Q(role=Role.DEPUTY),
                name="events_bodymember_deputy_of_one",
            ),
        ]

    def __str__(self) -> str:
        if self.user is not None and self.user.is_active:
            return self.user.get_full_name()
        return self.name or str(_("A removed user"))

    def save(self, *args: object, **kwargs: object) -> None:
        self.email = normal_address(self.email)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return self.body.get_absolute_url()

    def clean(self) -> None:
        cleaning.refuse_links(self.name)
        refuse_marked(self.name)

    @property
    def address(self) -> str:
        if self.user is None:
            return self.email
        return self.user.email if self.user.is_active else ""

    def sits_on(self, day: datetime.date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def is_current(self) -> bool:
        return self.sits_on(timezone.localdate())

    @property
    def has_ended(self) -> bool:
        return self.until is not None and self.until < timezone.localdate()

    @property
    def is_voting(self) -> bool:
        return self.role in VOTING


def leads(body: Body, user: Reader, *roles: Role) -> bool:
    """Whether the reader holds one of these roles in the body today."""
    known = audience(user)
    seats = BodyMember.objects.current().filter(body=body, user=known.user_id, role__in=roles)
    return known.user_id is not None and seats.exists()
