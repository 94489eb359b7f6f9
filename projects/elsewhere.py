"""What the projects app shows on pages of other floors: desk, front page, digest, organisation."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.registries import Deadline, QueueState
from cluster_portal.core.visibility import audience, once
from members.models import Organisation
from projects import challenge_page, programme_page, project_page
from projects.models import Challenge, Measure, Partnership, Programme, Project
from projects.models.challenges import PUBLISHED, waits_for
from projects.models.challenges import Stage as ChallengeStage
from projects.models.measures import UNFINISHED, State
from projects.models.projects import STOPPED
from projects.models.projects import Stage as ProjectStage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from cluster_portal.core.visibility import Reader

ON_DESK, ON_FRONT, ON_ORGANISATION, IN_DIGEST = 12, 3, 12, 24
NEAR = timedelta(days=30)
DEADLINE = gettext_lazy("Challenge")
RUNNING = {ProjectStage.RUNNING, ProjectStage.AMENDMENT, ProjectStage.CLOSING}
OVER = STOPPED | {ProjectStage.ENDED, ProjectStage.FOLLOW_UP}


def _project_rows(projects: Iterable[Project]) -> list[dict[str, Any]]:
    return [project_page.row(project) for project in projects]


def _challenge_rows(challenges: Iterable[Challenge]) -> list[dict[str, Any]]:
    return [challenge_page.row(challenge) for challenge in challenges]


def _of(organisations: Any) -> Q:
    """Projects that these organisations own or are accepted partners of."""
    partners = Partnership.objects.accepted().filter(organisation__in=organisations)
    return Q(organisation__in=organisations) | Q(pk__in=partners.values("project"))


def my_projects(user: Any) -> list[dict[str, Any]]:
    mine = audience(user).organisations
    if not mine:
        return []
    projects = Project.objects.visible_to(user).filter(_of(mine)).exclude(stage__in=sorted(OVER))
    return _project_rows(projects.order_by("-updated_at", "-pk")[:ON_DESK])


def my_challenges(user: Any) -> list[dict[str, Any]]:
    mine = _challenges_of_mine(user)
    return _challenge_rows(each for each in mine if not waits_for(each, user))[:ON_DESK]


def challenges_to_decide(user: Any) -> list[dict[str, Any]]:
    """Her organisation's challenges whose time is over and that wait for an outcome."""
    mine = _challenges_of_mine(user)
    return _challenge_rows(each for each in mine if waits_for(each, user))[:ON_DESK]


def _challenges_of_mine(user: Any) -> list[Challenge]:
    mine = audience(user).organisations
    return [each for each in _challenges(user) if each.organisation_id in mine]


def _challenges(user: Any) -> list[Challenge]:
    """Her organisations' and those that close next, read once for two cards and the deadlines."""
    visible = Challenge.objects.visible_to(user)
    mine = visible.filter(organisation__in=audience(user).organisations)
    newest = mine.exclude(stage=ChallengeStage.WITHDRAWN).order_by("-pk")[: 2 * ON_DESK]
    closing = visible.open().order_by("closes_at", "pk")[:ON_DESK]
    wanted = Q(pk__in=newest.values("pk")) | Q(pk__in=closing.values("pk"))
    found = Challenge.objects.filter(wanted).order_by("-pk")
    return once(user, "_challenges_on_desk", lambda: list(found))


def my_measures(user: Any) -> list[dict[str, Any]]:
    """Unfinished measures that her organisations answer for, the late ones first."""
    if not audience(user).organisations:
        return []
    mine = Measure.objects.visible_to(user).current().concerning(user).with_programme()
    unfinished = mine.filter(state__in=sorted(UNFINISHED)).order_by("ends_on", "pk")
    late_first = sorted(unfinished, key=lambda measure: not measure.is_late)
    return [programme_page.row(measure) for measure in late_first[:ON_DESK]]


def of_organisation(organisation: Organisation, user: Any) -> list[dict[str, Any]]:
    projects = Project.objects.visible_to(user).filter(_of([organisation.pk]))
    return _project_rows(projects.order_by("-pk")[:ON_ORGANISATION])


def challenges_of_organisation(organisation: Organisation, user: Any) -> list[dict[str, Any]]:
    challenges = Challenge.objects.visible_to(user).filter(organisation=organisation)
    return _challenge_rows(
        challenges.exclude(stage=ChallengeStage.WITHDRAWN).order_by("-pk")[:ON_ORGANISATION]
    )


def searchable_projects(user: Any) -> Any:
    return Project.objects.visible_to(user)


def searchable_challenges(user: Any) -> Any:
    return Challenge.objects.visible_to(user)


def searchable_measures(user: Any) -> Any:
    """Of the versions in force."""
    return Measure.objects.visible_to(user).current().with_programme()


def open_challenges(user: Any) -> dict[str, Any] | None:
    """Cards of the front page, the nearest deadlines first."""
    owner = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
    found = Challenge.objects.visible_to(user).open().annotate(owner_seen=Exists(owner))
    rows = found.select_related("organisation").order_by("closes_at", "pk")[:ON_FRONT]
    cards = [challenge_page.card(challenge) for challenge in rows]
    if not cards:
        return None
    running = Project.objects.visible_to(user).filter(stage__in=sorted(RUNNING))
    figures = [
        {"label": _("Open challenges"), "value": found.order_by().count()},
        {"label": _("Running projects"), "value": running.order_by().count()},
    ]
    return {"cards": cards, "list_url": reverse("projects:challenges"), "figures": figures}


def progress(user: Any) -> dict[str, Any] | None:
    """The goals of the programme in force as bars."""
    programmes = Programme.objects.visible_to(user).approved().select_related("home_cluster")
    programme = programmes.order_by("-approved_on", "-pk").first()
    if programme is None:
        return None
    goals = programme_page.goals_in_short(programme)
    return {"goals": goals, "programme": programme}


def coming_deadlines(user: Any) -> list[Deadline]:
    rows = [challenge for challenge in _challenges(user) if challenge.is_open]
    rows.sort(key=lambda challenge: (challenge.closes_at, challenge.pk))
    return [
        Deadline(
            at=challenge.closes_at, kind=DEADLINE, title=challenge.title,
            url=challenge.get_absolute_url(),
        )
        for challenge in rows[:ON_DESK]
    ]  # fmt: skip


def listed_projects(user: Any) -> Any:
    return Project.objects.visible_to(user)


def listed_challenges(user: Any) -> Any:
    """Those that have been published; its own side sees drafts, which are news to nobody."""
    return Challenge.objects.visible_to(user).filter(stage__in=PUBLISHED)


def new_projects(user: Any, since: datetime) -> Any:
    projects = Project.objects.visible_to(user).filter(created_at__gte=since)
    return projects.order_by("-created_at", "-pk")[:IN_DIGEST]


def new_challenges(user: Any, since: datetime) -> Any:
    challenges = Challenge.objects.visible_to(user).open().filter(published_at__gte=since)
    return challenges.order_by("-published_at", "-pk")[:IN_DIGEST]


def closing_challenges(user: Any, since: datetime) -> Any:
    near = timezone.now() + NEAR
    challenges = Challenge.objects.visible_to(user).open().filter(closes_at__lte=near)
    return challenges.order_by("closes_at", "pk")[:IN_DIGEST]


def named_in(user: Any) -> list[dict[str, Any]]:
    """Challenges that name the person, as contact or as reader: what the app holds of her."""
    named = Challenge.named_people.through.objects.filter(user=user.pk).values("challenge")
    hers = Q(contact=user.pk) | Q(pk__in=named)
    rows = Challenge.objects.visible_to(user).filter(hers).order_by("pk")
    return [
        {"challenge": row.title_fi, "state": row.get_stage_display(),
         "deadline": date_format(timezone.localtime(row.closes_at), "DATETIME_FORMAT")}
        for row in rows
    ]  # fmt: skip


def comment_rounds(user: Any) -> list[dict[str, Any]]:
    """Versions of a programme that she has been asked to comment on."""
    asked = Programme.commenters.through.objects.filter(user=user.pk).values("programme")
    rows = Programme.objects.visible_to(user).filter(pk__in=asked).order_by("pk")
    return [{"programme": str(row), "state": row.get_stage_display()} for row in rows]


def to_review(user: Reader) -> QueueState:
    waiting = Challenge.objects.managed_by(user).filter(stage=ChallengeStage.IN_REVIEW)
    found = waiting.order_by().aggregate(count=Count("pk"), oldest=Min("updated_at"))
    url = reverse("admin:projects_challenge_changelist")
    return QueueState(_("Challenges to review"), url=f"{url}?stage__exact=in_review", **found)


def to_decide(user: Reader) -> QueueState:
    waiting = Challenge.objects.managed_by(user).filter(stage=ChallengeStage.CLOSED)
    found = waiting.order_by().aggregate(count=Count("pk"), oldest=Min("closes_at"))
    url = reverse("admin:projects_challenge_changelist")
    return QueueState(_("Challenges to decide"), url=f"{url}?stage__exact=closed", **found)


def late_measures(user: Reader) -> QueueState:
    late = Measure.objects.managed_by(user).current().late()
    count = late.count()
    url = reverse("admin:projects_measure_changelist")
    return QueueState(_("Late measures"), count, None, f"{url}?state__exact={State.DELAYED.value}")
