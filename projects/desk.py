"""What a desk shows of projects: the member's cards and deadlines, the coordinators' queues."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Case, Count, Exists, Min, OuterRef, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.content import Deadline, QueueState
from cluster_portal.core.request_cache import Part
from cluster_portal.core.visibility import audience
from projects.models import (
    Challenge,
    Comment,
    CompletionRequest,
    GoalPart,
    Measure,
    Partnership,
    Programme,
    Project,
    Question,
    Review,
)
from projects.models.challenges import Stage as ChallengeStage
from projects.models.challenges import waits_for
from projects.models.measures import UNFINISHED, State
from projects.models.ownership import Stage as PartStage
from projects.models.programmes import Stage as VersionStage
from projects.models.projects import STOPPED
from projects.models.projects import Stage as ProjectStage
from projects.models.rounds import Outcome
from projects.pages import applications, measure_lines, proposal_desk
from projects.pages import challenges as challenge_page
from projects.pages import projects as project_page
from projects.pages.updates import report_url
from projects.services.report_reminders import unreported

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import WithAnnotations

    from cluster_portal.core.visibility import Reader
    from projects.models.challenges import ChallengeQuerySet

    class _Asked(TypedDict):
        has_questions: bool

    ChallengeOnDesk = WithAnnotations[Challenge, _Asked]


ON_DESK = 12
ON_CARDS: Part[list[ChallengeOnDesk]] = Part("challenges on a desk")
PROJECTS: Part[list[Any]] = Part("projects on a desk")
PROGRAMMES: Part[list[Any]] = Part("programmes on a desk")
MEASURES: Part[list[Any]] = Part("measures on a desk")
DEADLINE = gettext_lazy("Challenge")


OVER = STOPPED | {ProjectStage.ENDED, ProjectStage.FOLLOW_UP}


def project_rows(projects: Iterable[Project]) -> list[dict[str, Any]]:
    return [project_page.row(project) for project in projects]


def challenge_rows(challenges: Iterable[Challenge]) -> list[dict[str, Any]]:
    return [challenge_page.row(challenge) for challenge in challenges]


def projects_of(organisations: Any) -> Q:
    """Projects that these organisations own or are accepted partners of."""
    partners = Partnership.objects.accepted().filter(organisation__in=organisations)
    return Q(organisation__in=organisations) | Q(pk__in=partners.values("project"))


def my_projects(user: Reader) -> list[dict[str, Any]]:
    return project_rows([each for each in _projects(user) if each.is_ours][:ON_DESK])


def completions(user: Reader) -> list[dict[str, Any]]:
    """Read only where a funder waits for one of theirs."""
    return applications.desk_rows(user) if any(each.waits for each in _projects(user)) else []


def _projects(user: Reader) -> list[Any]:
    """Their organisations' and those that they keep, read once for two cards."""
    ours = projects_of(audience(user).organisations)
    waiting = CompletionRequest.objects.waiting().filter(application__project=OuterRef("pk"))
    kept = Q(pk__in=Project.objects.kept_by(user).values("pk"))
    rows = Project.objects.visible_to(user).filter(ours | kept).exclude(stage__in=sorted(OVER))
    rows = rows.annotate(
        is_ours=Case(When(ours, then=True), default=False), waits=Exists(waiting)
    ).defer("search")
    rows = rows.order_by("-waits", "-updated_at", "-pk")[: 2 * ON_DESK]
    return PROJECTS.get(user.pk, lambda: list(rows))


def my_challenges(user: Reader) -> list[dict[str, Any]]:
    mine = _challenges_of_mine(user)
    return challenge_rows(each for each in mine if not waits_for(each, user))[:ON_DESK]


def challenges_to_decide(user: Reader) -> list[dict[str, Any]]:
    """Their organisation's challenges whose time is over and that wait for an outcome."""
    mine = _challenges_of_mine(user)
    return challenge_rows(each for each in mine if waits_for(each, user))[:ON_DESK]


def waiting_for_review(user: Reader) -> ChallengeQuerySet:
    return Challenge.objects.managed_by(user).filter(stage=ChallengeStage.IN_REVIEW)


def challenges_to_review(user: Reader) -> list[dict[str, Any]]:
    """What waits for a coordinator of the cluster, the longest waiting first."""
    return challenge_rows(waiting_for_review(user).order_by("updated_at", "pk")[:ON_DESK])


def questions_to_answer(user: Reader) -> list[dict[str, Any]]:
    """Read only where a challenge of theirs has some."""
    waits = any(each.has_questions for each in _challenges_of_mine(user))
    return proposal_desk.questions_to_answer(user) if waits else []


def _challenges_of_mine(user: Reader) -> list[ChallengeOnDesk]:
    mine = audience(user).organisations
    return [each for each in _challenges(user) if each.organisation_id in mine]


def _challenges(user: Reader) -> list[ChallengeOnDesk]:
    """Their organisations' and those that close next, read once for two cards and the deadlines."""
    visible = Challenge.objects.visible_to(user)
    mine = visible.filter(organisation__in=audience(user).organisations)
    newest = mine.exclude(stage=ChallengeStage.WITHDRAWN).order_by("-pk")[: 2 * ON_DESK]
    closing = visible.open().order_by("closes_at", "pk")[:ON_DESK]
    wanted = Q(pk__in=newest.values("pk")) | Q(pk__in=closing.values("pk"))
    questions = Question.objects.filter(challenge=OuterRef("pk")).unanswered()
    found = Challenge.objects.filter(wanted).annotate(has_questions=Exists(questions))
    found = found.order_by("-pk")
    return ON_CARDS.get(user.pk, lambda: list(found))


def my_measures(user: Reader) -> list[dict[str, Any]]:
    """Unfinished measures that their organisations answer for, the late ones first."""
    if not audience(user).organisations:
        return []
    late_first = sorted(_measures(user), key=lambda measure: not measure.is_late)
    return [measure_lines.row(measure) for measure in late_first[:ON_DESK]]


def _measures(user: Reader) -> list[Any]:
    """Unfinished ones of their organisations, read once for two cards."""
    mine = Measure.objects.visible_to(user).current().concerning(user).with_programme()
    asked = unreported().filter(pk=OuterRef("pk"))
    unfinished = mine.filter(state__in=sorted(UNFINISHED)).annotate(is_unreported=Exists(asked))
    return MEASURES.get(user.pk, lambda: list(unfinished.order_by("ends_on", "pk")))


def measures_to_report(user: Reader) -> list[dict[str, Any]]:
    """Those of their organisations of which something should be told now."""
    if not audience(user).organisations:
        return []
    rows = [each for each in _measures(user) if each.is_unreported][:ON_DESK]
    return [{**measure_lines.row(each), "url": report_url(each)} for each in rows]


def parts_to_answer(user: Reader) -> list[dict[str, Any]]:
    """Parts in goals that wait for the answer of an organisation whose contact the reader is."""
    if not any(each.waits for each in _programmes(user)):
        return []
    rows = _waiting(user).exclude(goal__programme__stage=VersionStage.REPLACED)
    rows = rows.select_related("goal", "organisation").order_by("asked_at", "pk")
    return [
        {
            "title": str(part.goal), "url": part.get_absolute_url(),
            "kind": part.get_part_display(), "text": part.note or part.organisation.title,
            "state": PartStage(part.stage).look, "state_text": part.get_stage_display(),
        }
        for part in rows[:ON_DESK]
    ]  # fmt: skip


def comment_rounds(user: Reader) -> list[Deadline]:
    """Drafts that the reader may comment until the end of a day."""
    return [
        Deadline(end_of(row.comments_until), _("Comment round"), str(row), row.get_absolute_url())
        for row in _programmes(user)
        if row.is_open
    ]


def _waiting(user: Reader) -> Any:
    """Not the same question in the draft of the next version: the answer will pass to it."""
    asked = GoalPart.objects.filter(organisation__in=audience(user).edits, stage=PartStage.ASKED)
    same = GoalPart.objects.exclude(goal__programme__stage=VersionStage.REPLACED).filter(
        Q(stage=PartStage.ASKED) | Q(answered_at__gt=OuterRef("asked_at")),
        goal=OuterRef("goal__continues"), organisation=OuterRef("organisation"),
        part=OuterRef("part"), note=OuterRef("note"),
    )  # fmt: skip
    return asked.exclude(Exists(same))


def _programmes(user: Reader) -> list[Any]:
    """Those with an open comment round or a part to answer, read once for a card and deadlines."""
    if audience(user).user_id is None:
        return []
    drafts = Programme.objects.visible_to(user).filter(
        stage=VersionStage.DRAFT, comments_until__gte=timezone.localdate()
    )
    rows = Programme.objects.exclude(stage=VersionStage.REPLACED).annotate(
        waits=Exists(_waiting(user).filter(goal__programme=OuterRef("pk"))),
        is_open=Case(When(pk__in=drafts.values("pk"), then=True), default=False),
    )
    found = rows.filter(Q(waits=True) | Q(is_open=True)).select_related("home_cluster")
    return PROGRAMMES.get(user.pk, lambda: list(found.order_by("comments_until", "pk")))


def end_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(23, 59)))


def reviews_due(user: Reader) -> QueueState:
    """Reviews of programmes in force whose day has come."""
    rows = Review.objects.in_scope_of(user).filter(
        held_on=None, due_on__lte=timezone.localdate(),
        programme__stage=VersionStage.APPROVED,
    )  # fmt: skip
    found = rows.order_by().aggregate(count=Count("pk"), first=Min("due_on"))
    oldest = end_of(found["first"]) if found["first"] else None
    url = f"{reverse('projects:programme')}#clock"
    return QueueState(_("Reviews of the programme to hold"), found["count"], oldest, url)


def new_comments(user: Reader) -> QueueState:
    """Comments on drafts of which nobody has said what becomes of them."""
    rows = Comment.objects.in_scope_of(user).filter(
        outcome=Outcome.NEW, programme__stage=VersionStage.DRAFT
    )
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min("written_at"))
    url = f"{reverse('admin:projects_comment_changelist')}?outcome__exact={Outcome.NEW.value}"
    return QueueState(_("New comments on the programme"), url=url, **found)


def unreported_measures(user: Reader) -> QueueState:
    """What nobody has told of in spite of being asked, or before anybody has been."""
    count = unreported().filter(pk__in=Measure.objects.managed_by(user).values("pk")).count()
    url = reverse("admin:projects_reportrequest_changelist")
    return QueueState(_("Measures nobody has told of"), count, None, url)


def coming_deadlines(user: Reader) -> list[Deadline]:
    rows = [challenge for challenge in _challenges(user) if challenge.is_open]
    rows.sort(key=lambda challenge: (challenge.closes_at, challenge.pk))
    return [
        Deadline(
            at=challenge.closes_at, kind=DEADLINE, title=challenge.title,
            url=challenge.get_absolute_url(),
        )
        for challenge in rows[:ON_DESK]
    ]  # fmt: skip


def to_review(user: Reader) -> QueueState:
    waiting = waiting_for_review(user).order_by()
    found = waiting.aggregate(count=Count("pk"), oldest=Min("updated_at"))
    url = reverse("admin:projects_challenge_changelist")
    return QueueState(_("Challenges to review"), url=f"{url}?stage__exact=in_review", **found)


def to_decide(user: Reader) -> QueueState:
    waiting = Challenge.objects.managed_by(user).filter(stage=ChallengeStage.CLOSED)
    found = waiting.order_by().aggregate(count=Count("pk"), oldest=Min("closes_at"))
    url = reverse("admin:projects_challenge_changelist")
    return QueueState(_("Challenges to decide"), url=f"{url}?stage__exact=closed", **found)


# Drafts of those who are no members yet, and ideas that ask to be public.
COORDINATORS_TURN = Q(published_at=None, sent_at__isnull=False) | Q(
    published_at__isnull=False, public_asked_at__isnull=False
)


def ideas_to_answer(user: Reader) -> QueueState:
    waiting = Project.objects.managed_by(user).ideas().filter(COORDINATORS_TURN)
    found = waiting.order_by().aggregate(count=Count("pk"), oldest=Min("updated_at"))
    url = reverse("admin:projects_project_changelist")
    return QueueState(_("Ideas that wait for a coordinator"), url=f"{url}?waiting=yes", **found)


def late_measures(user: Reader) -> QueueState:
    late = Measure.objects.managed_by(user).current().late()
    count = late.count()
    url = reverse("admin:projects_measure_changelist")
    return QueueState(_("Late measures"), count, None, f"{url}?state__exact={State.DELAYED.value}")
