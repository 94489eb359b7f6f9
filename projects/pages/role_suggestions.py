"""Members suggested for open roles of an idea, and open roles that fit a member, with reasons."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from cluster_portal.core.visibility import audience
from members import matching
from members.models import Capability, Organisation
from projects.models import RoleSuggestion, WantedRole
from projects.services.role_matching import Sought

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.matching.score import Match
    from cluster_portal.core.visibility import Reader
    from projects.models import Project

Row = dict[str, Any]
OF_A_ROLE, FOR_A_MEMBER = 2, 4


def suggestions(project: Project, user: Reader) -> list[Row]:
    """For the editors of an idea: the best of each open role. One statement."""
    rows = _with_keys(RoleSuggestion.objects.visible_to(user).filter(role__project=project))
    told: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows.order_by("role__position", "role", "-score"):
        if len(told[row.role_id]) == OF_A_ROLE:
            continue
        found = _explained(row, project)
        if found.has_reason:
            told[row.role_id].append(_suggested(row, project, found))
    return [row for of_role in told.values() for row in of_role]


def fitting_roles(user: Reader) -> list[Row]:
    """Open roles that fit what the reader's own organisations can do. One statement."""
    mine = audience(user).organisations
    if not mine:
        return []
    rows = _with_keys(RoleSuggestion.objects.standing(user).filter(organisation__in=mine))
    rows = rows.exclude(role__project__organisation__in=mine)
    told = []
    for row in rows.order_by("-score")[: 2 * FOR_A_MEMBER]:
        found = _explained(row, row.role.project)
        if found.has_reason:
            told.append(_offered(row, found))
    return told[:FOR_A_MEMBER]


def _with_keys(rows: QuerySet[RoleSuggestion]) -> QuerySet[RoleSuggestion]:
    """With the keys of the terms that a reason may name."""
    links: dict[str, tuple[Any, str]] = {
        "role_terms": (WantedRole.terms.through, "role"),
        "able_terms": (Capability.terms.through, "capability"),
        "able_regions": (Capability.regions.through, "capability"),
        "own_terms": (Organisation.terms.through, "organisation"),
    }
    wanted = {
        name: ArraySubquery(
            link.objects.filter(**{_source(link): OuterRef(path)}).values("term")
        )
        for name, (link, path) in links.items()
    }  # fmt: skip
    related = ("role__project__organisation", "organisation", "capability")
    return rows.select_related(*related).annotate(**wanted)


def _source(link: Any) -> str:
    """The field of a link to terms that is not the term."""
    return next(f.name for f in link._meta.fields if f.is_relation and f.name != "term")


def _explained(row: Any, project: Project) -> Match:
    sought = Sought(row.role, project)
    thing: Any = row.capability or row.organisation
    thing.term_keys = row.able_terms if row.capability else row.own_terms
    thing.region_keys = row.able_regions if row.capability else []
    answers = matching.declared("capabilities" if row.capability else "members")
    wish = matching.Wish(
        sought.words(), sought.match_texts(), frozenset(row.role_terms),
        sought.region_id,
    )  # fmt: skip
    return matching.explained(answers, thing, wish)  # type: ignore[arg-type]


def _suggested(row: RoleSuggestion, project: Project, found: Match) -> Row:
    chosen = urlencode({"role": row.role.public_id, "organisation": row.organisation.slug})
    invite = reverse("projects:idea_invite", args=[project.slug])
    return {
        "key": row.pk,
        "kind": _("Role: %(role)s") % {"role": row.role.name},
        "title": row.organisation.title,
        "url": row.organisation.get_absolute_url(),
        "reasons": _reasons(row, found),
        "invite_url": f"{invite}?{chosen}",
        "dismiss_url": reverse("projects:suggestion_dismiss", args=[project.slug]),
    }


def _offered(row: RoleSuggestion, found: Match) -> Row:
    project = row.role.project
    return {
        "kind": _("Role: %(role)s") % {"role": row.role.name},
        "title": project.title,
        "url": project.get_absolute_url(),
        "text": row.role.note,
        "reasons": _reasons(row, found),
    }


def _reasons(row: RoleSuggestion, found: Match) -> list[Row]:
    named = []
    if row.capability:
        named = [_("Can do: %(capability)s") % {"capability": row.capability.title}]
    told: list[Row] = [{"text": text} for text in [*named, *found.reasons]]
    return [*told, *({"text": text, "fit": "partly"} for text in found.doubts)]
