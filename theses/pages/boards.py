"""Who still lacks whom, in one coordinator's scope: the rows of the boards, oldest first."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, IntegerField, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Affiliation, Organisation
from theses import matching
from theses.matching import constraints
from theses.models import (
    Application,
    Approach,
    MatchingRun,
    StudentProfile,
    SupervisionRequest,
    SupervisorProfile,
    Thesis,
    Topic,
)
from theses.models.approaches import Kind
from theses.models.choices import Stage
from theses.models.supervision import Stage as RequestStage
from theses.models.terms import coming_terms
from theses.models.works import Stage as WorkStage
from theses.services.introductions import introduced, ready_message

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader


ORDERS = {"oldest": ("since", "pk"), "newest": ("-since", "-pk")}


@dataclass(frozen=True)
class Board:
    """`rows(user)` have `since`, from when their age counts; `kind` is the invitation they lead to.

    A row is a topic, or with `of_people` a profile.
    """

    key: str
    label: str | _StrPromise
    note: str | _StrPromise
    kind: Kind
    rows: Callable[[Any], QuerySet[Any]]
    of_people: bool = False


def _topics(user: Reader, kind: Kind) -> Any:
    """In scope, with the numbers of applications and of such invitations that wait."""
    rows = Topic.objects.in_scope_of(user).select_related("organisation", "home_cluster")
    rows = rows.exclude(Exists(_taken_elsewhere()))
    invited = Approach.objects.pending().filter(topic=OuterRef("pk"), kind=kind)
    return rows.annotate(
        since=F("published_at"),
        waiting=_number_of(Application.objects.pending().filter(topic=OuterRef("pk"))),
        asked=_number_of(invited),
    )


def _number_of(rows: QuerySet[Any], topic: str = "topic") -> Coalesce:
    count = rows.order_by().values(topic).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(count, output_field=IntegerField()), 0)


def _taken_elsewhere() -> QuerySet[Thesis]:
    """Whose idea it is writes another thesis now: nobody can be found for it."""
    own = Thesis.objects.active().filter(application__student=OuterRef("student"))
    return own.exclude(application__topic=OuterRef("pk"))


def without_student(user: Reader) -> QuerySet[Topic]:
    """A place is free, and it is no student's own idea."""
    return _topics(user, Kind.INVITE_STUDENT).open().filter(student=None)


def without_supervisor(user: Reader) -> QuerySet[Topic]:
    """Open ones, and those taken by a student whose thesis has none either."""
    lacking = Thesis.objects.filter(
        application__topic=OuterRef("pk"), stage=WorkStage.SEEKING, supervisor=None
    )
    open_now = Topic.objects.in_scope_of(user).open().values("pk")
    found = Exists(lacking.filter(application__topic__stage=Stage.RESERVED))
    rows = _topics(user, Kind.INVITE_SUPERVISOR).filter(Q(pk__in=open_now) | found, supervisor=None)
    path = "thesis__application__topic"
    asked = SupervisionRequest.objects.filter(stage=RequestStage.ASKED, **{path: OuterRef("pk")})
    return rows.annotate(requested=_number_of(asked, path))


def without_commissioner(user: Reader) -> QuerySet[Topic]:
    """Ideas of students and supervisors that no organisation stands behind yet."""
    return _topics(user, Kind.INVITE_COMMISSIONER).open().filter(organisation=None)


def students(user: Reader) -> QuerySet[StudentProfile]:
    """Profiles open to this coordinator, without a thesis."""
    seen = StudentProfile.objects.visible_to(user).exclude(openness="private").values("pk")
    rows = StudentProfile.objects.in_scope_of(user).without_thesis().filter(pk__in=seen)
    rows = rows.filter(user__is_active=True).select_related("user", "school")
    return rows.annotate(since=F("opened_at"))


def supervisors(user: Reader) -> QuerySet[SupervisorProfile]:
    """Room this term or the next; the age is that of the last change."""
    this, following = coming_terms(count=2)
    room = constraints.has_seat(this.first_day) | constraints.has_seat(following.first_day)
    seen = SupervisorProfile.objects.visible_to(user).filter(is_open=True).values("pk")
    rows = SupervisorProfile.objects.in_scope_of(user).filter(room, pk__in=seen)
    rows = rows.filter(user__is_active=True).select_related("user", "institution")
    return rows.prefetch_related("seats").annotate(since=F("updated_at"))


BOARDS = {
    board.key: board
    for board in (
        Board(
            "topics-without-student",
            gettext_lazy("Topics without a student"),
            gettext_lazy("Open topics with a free place. Age since publication."),
            Kind.INVITE_STUDENT,
            without_student,
        ),
        Board(
            "topics-without-supervisor",
            gettext_lazy("Topics without a supervisor"),
            gettext_lazy("Nobody stands behind the topic or its thesis yet."),
            Kind.INVITE_SUPERVISOR,
            without_supervisor,
        ),
        Board(
            "topics-without-commissioner",
            gettext_lazy("Ideas without a commissioner"),
            gettext_lazy("Put up by a student or a supervisor; no organisation commissions them."),
            Kind.INVITE_COMMISSIONER,
            without_commissioner,
        ),
        Board(
            "students-without-topic",
            gettext_lazy("Students without a topic"),
            gettext_lazy("Only those who opened their profile. Age since then."),
            Kind.INVITE_STUDENT,
            students,
            of_people=True,
        ),
        Board(
            "supervisors-with-room",
            gettext_lazy("Supervisors with room"),
            gettext_lazy("Room this term or the next. Age since the profile was last renewed."),
            Kind.INVITE_SUPERVISOR,
            supervisors,
            of_people=True,
        ),
    )
}


def ordered(rows: QuerySet[Any], order: str, older: str) -> QuerySet[Any]:
    """By age; with `older`, a number of days, only those that have waited longer."""
    if older.isascii() and older.isdigit() and len(older) <= 4:
        rows = rows.filter(since__lt=timezone.now() - datetime.timedelta(days=int(older)))
    return rows.order_by(*ORDERS.get(order, ORDERS["oldest"]))


def overview(user: Reader) -> list[dict[str, Any]]:
    """Every board with its count and its oldest row."""
    return [
        {
            "board": board,
            **board.rows(user).order_by().aggregate(count=Count("pk"), oldest=Min("since")),
        }
        for board in BOARDS.values()
    ]


def latest_run() -> MatchingRun | None:
    """Of the nightly suggestions; it names nobody."""
    return MatchingRun.objects.first()


def row_of(board: Board, obj: Any, user: Reader) -> dict[str, Any]:
    since = timezone.localtime(obj.since)
    return {
        "pk": obj.pk,
        "title": obj.heading if isinstance(obj, Topic) else str(obj.user),
        "url": obj.get_absolute_url(),
        "facts": [fact for fact in _facts(obj) if fact],
        "since": since,
        "days": (timezone.localdate() - since.date()).days,
    }


def _facts(obj: Any) -> list[str]:
    if isinstance(obj, Topic):
        owner = obj.organisation.title if obj.organisation else str(obj.get_origin_display())
        return [owner, ", ".join(obj.level_labels), *_waits(obj)]
    if isinstance(obj, StudentProfile):
        return [str(obj.get_level_display()), obj.programme, obj.school_title]
    return [obj.institution.title, *(_room(obj, *term) for term in coming_terms(count=2))]


def _waits(topic: Any) -> list[str]:
    """What is under way already."""
    asked = topic.asked + getattr(topic, "requested", 0)
    return [
        _("Applications that wait: %(count)s") % {"count": topic.waiting} if topic.waiting else "",
        _("Invitations and requests that wait: %(count)s") % {"count": asked} if asked else "",
    ]


def _room(profile: SupervisorProfile, year: int, half: str) -> str:
    """As `terms.free_seats` counts, from the rows that the page has read."""
    rows = sorted(profile.seats.all(), key=lambda row: (row.year, row.half == "autumn"))
    until = [row for row in rows if (row.year, row.half == "autumn") <= (year, half == "autumn")]
    if not until:
        return ""
    last = until[-1]
    free = last.free if (last.year, last.half) == (year, half) else last.capacity
    term = _("Spring") if half == "spring" else _("Autumn")
    return _("%(term)s %(year)s: room for %(count)s") % {
        "term": term, "year": year, "count": free,
    }  # fmt: skip


SHOWN = 3
READ = 20  # matches, of which some belong to another coordinator or have been introduced


@dataclass
class Pair:
    """`other` stands beside the row: a profile, an organisation, or the topic for a person."""

    topic: Topic
    other: Any
    reasons: list[str] = field(default_factory=list)

    @property
    def party(self) -> Any:
        """Who would be invited, were the row a topic."""
        return None if isinstance(self.other, Topic) else self.other

    @property
    def title(self) -> str:
        if isinstance(self.other, Topic):
            return self.other.heading
        return self.other.title if isinstance(self.other, Organisation) else str(self.other.user)

    @property
    def url(self) -> str:
        return self.other.get_absolute_url()


def addressed(kind: Kind, party: Any) -> dict[str, Any]:
    """The party of an invitation as the services name it."""
    return {"organisation": party} if kind == Kind.INVITE_COMMISSIONER else {"to": party.user}


def pairs_for(board: Board, obj: Any, user: Reader) -> list[Pair]:
    """Best first; never a pair that has been brought together before."""
    found = _of_person(obj, user) if board.of_people else _of_topic(board.kind, obj, user)
    fresh = []
    for pair in found:
        party = obj if board.of_people else pair.other
        if not _have_met(pair.topic, board.kind, party):
            fresh.append(pair)
        if len(fresh) == SHOWN:
            break
    return fresh


def _have_met(topic: Topic, kind: Kind, party: Any) -> bool:
    """Brought together by a coordinator, or come to each other by themselves."""
    if introduced(topic, kind).filter(**addressed(kind, party)).exists():
        return True
    offers = Approach.objects.filter(topic=topic)
    if kind == Kind.INVITE_COMMISSIONER:
        return offers.filter(kind=Kind.COMMISSION, organisation=party).exists()
    if kind == Kind.INVITE_STUDENT:
        return topic.applications.filter(student=party.user).exists()
    asked = SupervisionRequest.objects.filter(thesis__application__topic=topic)
    return (
        asked.filter(supervisor=party.user).exists()
        or offers.filter(kind=Kind.SUPERVISE, by=party.user).exists()
    )


def _of_topic(kind: Kind, topic: Topic, user: Reader) -> list[Pair]:
    if kind == Kind.INVITE_COMMISSIONER:
        return _commissioners(topic, user)
    finds = matching.students_for if kind == Kind.INVITE_STUDENT else matching.supervisors_for
    matches = finds(topic, user, 2 * SHOWN)
    return [Pair(topic, match.object, match.reasons) for match in matches]


def _of_person(profile: Any, user: Reader) -> list[Pair]:
    """Topics of the coordinator's own clusters alone."""
    if isinstance(profile, StudentProfile):
        matches = matching.topics_for(profile, user, READ)
    else:
        matches = matching.topics_to_supervise(profile, user, READ)
    ours = Topic.objects.managed_by(user).filter(pk__in=[match.object.pk for match in matches])
    mine = set(ours.values_list("pk", flat=True))
    found = [match for match in matches if match.object.pk in mine][: 2 * SHOWN]
    return [Pair(match.object, match.object, match.reasons) for match in found]


def _commissioners(topic: Topic, user: Reader) -> list[Pair]:
    """Organisations in scope with a contact person: those first that share most themes, then
    those with topics in the same field, then those of the same region.
    """
    terms = [term.pk for term in topic.terms.all()]
    rows = Organisation.objects.in_scope_of(user).filter(
        pk__in=Affiliation.objects.contacts().values("organisation")
    )
    fields = [term.pk for term in topic.education_fields.all()]
    offered = Topic.objects.in_scope_of(user).filter(published_at__isnull=False)
    offered = offered.filter(organisation=OuterRef("pk"), education_fields__in=fields)
    rows = rows.annotate(
        shared=Count("terms", filter=Q(terms__in=terms), distinct=True),
        same_field=Exists(offered),
        same_region=Q(region=topic.region_id) if topic.region_id else Value(value=False),
    )
    rows = rows.filter(Q(shared__gt=0) | Q(same_field=True) | Q(same_region=True))
    rows = rows.order_by("-shared", "-same_field", "-same_region", "name", "pk")
    rows = rows.select_related("region").prefetch_related("terms")
    return [Pair(topic, row, _common(row, topic, terms)) for row in rows[: 2 * SHOWN]]


def _common(organisation: Any, topic: Topic, terms: list[int]) -> list[str]:
    shared = [term.label for term in organisation.terms.all() if term.pk in terms]
    fields = ", ".join(term.label for term in topic.education_fields.all())
    told = []
    if shared:
        told.append(_("Same themes: %(themes)s") % {"themes": ", ".join(shared)})
    if organisation.same_field:
        told.append(_("Has offered topics in the same field: %(fields)s") % {"fields": fields})
    if organisation.same_region:
        told.append(_("In the same region: %(region)s") % {"region": organisation.region.label})
    return told


def message_for(board: Board, obj: Any, pair: Pair, user: Any) -> str:
    party = obj if board.of_people else pair.other
    return ready_message(pair.topic, board.kind, by=user, **addressed(board.kind, party))


def pair_of(board: Board, obj: Any, pk: int, user: Reader) -> tuple[Topic, dict[str, Any]] | None:
    """What a form names: the topic, and who is invited; None for what this coordinator lacks."""
    if board.of_people:
        topic = Topic.objects.managed_by(user).filter(pk=pk).first()
        return (topic, addressed(board.kind, obj)) if topic is not None else None
    seen: Any = {
        Kind.INVITE_STUDENT: StudentProfile.objects.visible_to(user),
        Kind.INVITE_SUPERVISOR: SupervisorProfile.objects.visible_to(user),
        Kind.INVITE_COMMISSIONER: Organisation.objects.visible_to(user),
    }[board.kind]
    party = seen.filter(pk=pk).first()
    return (obj, addressed(board.kind, party)) if party is not None else None
