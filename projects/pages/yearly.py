"""A cluster's year: challenges with proposals, projects with funding, results, measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.core.reporting import Sheet, SheetLine
from cluster_portal.core.templatetags.ui import euros
from projects.models import Budget, Challenge, Measure, Project, Proposal, Result
from projects.models.challenges import Stage as ChallengeStage
from projects.models.measures import State
from projects.models.results import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.visibility import Reader
    from members.models import Cluster

MOST = 500


def challenges(cluster: Cluster, year: int, user: Reader) -> Sheet | None:
    """Those published in the year, by their state today; proposals that were sent to them."""
    rows = Challenge.objects.visible_to(user).filter(home_cluster=cluster, published_at__year=year)
    counted = dict(rows.order_by().values_list("stage").annotate(n=Count("pk")))
    if not counted:
        return None
    sent = Proposal.objects.received().filter(challenge__in=rows.values("pk")).count()
    address = f"{reverse('projects:challenges')}?cluster={cluster.slug}"
    lines = _by_state(counted, ChallengeStage, address, "stage")
    lines.append(SheetLine((_("Proposals sent to them"), sent), css="total"))
    return Sheet(_("Challenges"), (_("State"), pgettext("in a table", "Total")), lines, address)


def _by_state(counted: dict[str, int], choices: Any, address: str, name: str) -> list[SheetLine]:
    return [
        SheetLine((str(choice.label), counted[choice.value]), f"{address}&{name}={choice.value}")
        for choice in choices if counted.get(choice.value)
    ]  # fmt: skip


def projects(cluster: Cluster, year: int, user: Reader) -> Sheet | None:
    """Projects under way in the year; the funding of those whose budget the reader may open."""
    begun = Q(starts_on__year__lte=year) & (Q(ends_on=None) | Q(ends_on__year__gte=year))
    rows = Project.objects.visible_to(user).filter(begun, home_cluster=cluster)
    found = list(rows.defer("search").order_by("starts_on", "pk")[:MOST])
    if not found:
        return None
    funding = _funding([project.pk for project in found], user)
    lines = [
        SheetLine(
            (project.title, project.get_stage_display(),
             euros(funding[project.pk] / 100) if project.pk in funding else "–"),
            project.get_absolute_url(),
        )
        for project in found
    ]  # fmt: skip
    total = euros(sum(funding.values()) / 100)
    lines.append(SheetLine((_("Total"), "", total), css="total"))
    head = (_("Project"), _("State"), _("Funding of the whole project"))
    return Sheet(_("Projects and their funding"), head, lines, reverse("projects:funding"))


def _funding(projects: Iterable[int], user: Reader) -> dict[int, int]:
    budgets = Budget.objects.visible_to(user).filter(project__in=projects).with_lines()
    return {budget.project_id: sum(budget.result.amounts) for budget in budgets}


def results(cluster: Cluster, year: int, user: Reader) -> Sheet | None:
    rows = Result.objects.visible_to(user).out().filter(home_cluster=cluster, year=year)
    counted = dict(rows.order_by().values_list("kind").annotate(n=Count("pk")))
    if not counted:
        return None
    address = f"{reverse('projects:results')}?cluster={cluster.slug}"
    return Sheet(
        pgettext("of work", "Results"), (_("Kind"), pgettext("in a table", "Total")),
        _by_state(counted, Kind, address, "kind"), address,
    )  # fmt: skip


def measures(cluster: Cluster, _year: int, user: Reader) -> Sheet | None:
    """Of the programme in force, as they stand today."""
    rows = Measure.objects.visible_to(user).current()
    rows = rows.filter(goal__programme__home_cluster=cluster)
    counted = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    if not counted:
        return None
    address = f"{reverse('projects:programme')}?cluster={cluster.slug}"
    return Sheet(
        _("Measures of the action programme"), (_("State"), pgettext("in a table", "Total")),
        [
            SheetLine((str(state.label), counted[state.value]), address)
            for state in State if counted.get(state.value)
        ],
        address, _("As they stand today."),
    )  # fmt: skip
