"""Related initiatives and clusters: the list, one of them, and where they overlap with our work."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core.lists import ListPage
from cluster_portal.core.visibility import audience
from members.models import RelatedCluster
from members.models.related import MOVES, Stage
from projects.filters import InitiativeFilters
from projects.models import Challenge, Measure, Project
from projects.services.challenge_telling import UNPUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.visibility import Reader

LOOKS = {
    Stage.PROPOSED: "waiting", Stage.PUBLISHED: "running", Stage.DECLINED: "stopped",
    Stage.ENDED: "done",
}  # fmt: skip
LONGEST_LIST, MOST_TIES, MOST_INITIATIVES = 60, 500, 500


def listed(user: Reader) -> Any:
    rows = RelatedCluster.objects.visible_to(user).exclude(stage=Stage.DECLINED)
    return rows.prefetch_related("regions").defer("search").order_by("name_fi", "pk")


def row(initiative: RelatedCluster) -> dict[str, Any]:
    regions = ", ".join(term.label for term in initiative.regions.all())
    lead = [_("leads nationally")] if initiative.is_lead else []
    is_told = initiative.stage == Stage.PUBLISHED
    return {
        "url": initiative.get_absolute_url(),
        "title": initiative.name,
        "kind": " · ".join(filter(None, [initiative.get_relation_display(), regions])),
        "text": initiative.summary,
        "tags": lead,
        "state": "" if is_told else LOOKS[Stage(initiative.stage)],
        "state_text": "" if is_told else initiative.get_stage_display(),
    }


def may_propose(user: Reader) -> bool:
    known = audience(user)
    return bool(known.member_clusters or known.coordinates)


INITIATIVES = ListPage(
    "initiatives",
    gettext_lazy("Related initiatives"),
    "projects:initiatives",
    rows=listed,
    filters=InitiativeFilters,
    counted=ngettext_lazy("%(count)s initiative", "%(count)s initiatives", "count"),
    page="projects/initiative_list.html",
    results="components/results_rows.html",
    row=row,
    above=((gettext_lazy("Projects"), "projects:list"),),
    told=Q(stage=Stage.PUBLISHED),
)


def trail(*names: str) -> list[dict[str, str]]:
    return [
        {"name": _("Projects"), "url": reverse("projects:list")},
        {"name": _("Related initiatives"), "url": reverse("projects:initiatives")},
        *({"name": name} for name in names),
    ]


def values(initiative: RelatedCluster, user: Reader) -> dict[str, Any]:
    terms, regions = list(initiative.terms.all()), list(initiative.regions.all())
    cluster = initiative.home_cluster
    at = initiative.published_at
    published = date_format(timezone.localtime(at), "DATE_FORMAT") if at else ""
    return {
        "initiative": initiative,
        "look": LOOKS[Stage(initiative.stage)],
        "terms": terms,
        "facts": [
            {"name": _("How it relates to our work"), "value": initiative.get_relation_display()},
            {"name": _("Who carries it"), "value": initiative.owner},
            {"name": _("Region"), "value": ", ".join(term.label for term in regions)},
            {"name": _("Website"), "value": initiative.link, "url": initiative.link},
            {"name": _("Cluster"), "value": cluster.name, "url": cluster.get_absolute_url()},
            {"name": _("Source"), "value": initiative.source},
            {"name": _("Checked"), "value": date_format(initiative.checked_on)},
            {"name": _("Published"), "value": published},
            {"name": _("Who sees this"), "value": initiative.get_visibility_display()},
        ],
        "ours": ours_of([term.pk for term in terms], user),
        "moves": MOVES.open_to(initiative, user) if user.is_authenticated else [],
        "trail": trail(str(initiative.name)),
    }


def ours_of(terms: list[int], user: Reader) -> list[dict[str, Any]]:
    """Our projects, challenges and goals that touch any of these themes, each once."""
    by_theme = _ours(terms, user) if terms else {}
    return list({each["url"]: each for rows in by_theme.values() for each in rows}.values())


def overlap(user: Reader) -> dict[str, Any]:
    """Themes by region: who else works on them, and what of ours does. Five statements."""
    rows = RelatedCluster.objects.visible_to(user).going_on().prefetch_related("terms", "regions")
    themes: dict[int, dict[str, Any]] = {}
    for initiative in rows.defer("search").order_by("name_fi", "pk")[:MOST_INITIATIVES]:
        for term in initiative.terms.all():
            theme = themes.setdefault(term.pk, {"term": term, "regions": defaultdict(list)})
            for region in initiative.regions.all() or [None]:
                theme["regions"][region].append(initiative)
    ours = _ours(list(themes), user) if themes else {}
    found = sorted(themes.values(), key=lambda theme: theme["term"].label.casefold())
    return {
        "themes": [_theme(theme, ours.get(theme["term"].pk, [])) for theme in found],
        "trail": trail(_("Where we overlap")),
    }


def _theme(theme: dict[str, Any], ours: list[dict[str, Any]]) -> dict[str, Any]:
    regions = sorted(
        theme["regions"].items(), key=lambda each: each[0].position if each[0] else 10_000
    )
    return {
        "label": theme["term"].label,
        "regions": [
            {"name": region.label if region else _("No region told"), "rows": rows,
             "leads": any(one.is_lead for one in rows)}
            for region, rows in regions
        ],
        "ours": ours[:LONGEST_LIST],
    }  # fmt: skip


def _ours(terms: list[int], user: Reader) -> dict[int, list[dict[str, Any]]]:
    """By theme; a goal of the programme touches the themes of the projects that serve it."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    projects = Project.objects.visible_to(user)
    challenges = Challenge.objects.visible_to(user).exclude(stage__in=UNPUBLISHED)
    for label, rows in ((_("Project"), projects), (_("Challenge"), challenges)):
        tied = rows.filter(terms__in=terms).annotate(theme=F("terms")).defer("search")
        for thing in tied.order_by("-pk")[:MOST_TIES]:
            found[thing.theme].append(_line(label, thing))
    for term, goal in _goals(terms, user):
        found[term].append(goal)
    return found


def _line(kind: str, thing: Any) -> dict[str, Any]:
    return {"kind": kind, "title": str(thing), "url": thing.get_absolute_url()}


def _goals(terms: list[int], user: Reader) -> Iterable[tuple[int, dict[str, Any]]]:
    projects = Project.objects.visible_to(user).order_by().values("pk")
    measures = Measure.objects.visible_to(user).current().with_programme()
    tied = measures.filter(projects__in=projects, projects__terms__in=terms)
    seen: set[tuple[int, int]] = set()
    for measure in tied.annotate(theme=F("projects__terms")).order_by("goal__number"):
        goal = measure.goal
        if (measure.theme, goal.pk) not in seen:
            seen.add((measure.theme, goal.pk))
            address = f"{goal.programme.get_absolute_url()}#goal-{goal.number}"
            yield measure.theme, {"kind": _("Goal"), "title": str(goal), "url": address}
