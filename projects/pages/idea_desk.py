"""On a desk: invitations and offers that wait for the reader's answer, and the reader's ideas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core.request_cache import Part
from cluster_portal.core.visibility import audience
from projects.models import Partnership, Project, ProjectEditor
from projects.models.editors import EditorStage
from projects.models.partnerships import Stage
from projects.models.projects import OPEN_TO_PARTNERS
from projects.models.projects import Stage as ProjectStage
from projects.pages.projects import shape

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

ON_DESK = 10
WAITS_FOR_MONEY = {ProjectStage.APPLIED, ProjectStage.COMPLETION}
ON_CARDS: Part[list[Any]] = Part("ideas on a desk")


def invitations(user: Reader) -> list[dict[str, Any]]:
    """Of the organisations that the reader speaks for, and to edit with somebody."""
    mine = [
        _line(project, _("You are asked to edit this idea"), project.get_absolute_url())
        for project in _on_desk(user)
        if project.is_asked
    ]
    if not audience(user).edits:
        return mine
    seen = Project.objects.visible_to(user).values("pk")
    rows = Partnership.objects.answerable_by(user).filter(project__in=seen)
    rows = rows.select_related("project", "organisation", "wanted_role")
    return mine + [
        {
            **_line(row.project, f"{row.organisation.title}: {row.part}", row.get_absolute_url()),
            "state": "waiting",
            "state_text": _("Answer by %(day)s") % {"day": date_format(row.answer_by)}
            if row.answer_by
            else "",
        }
        for row in rows.order_by("answer_by", "pk")[:ON_DESK]
    ]


def offers(user: Reader) -> list[dict[str, Any]]:
    """To the ideas that are the reader's own, or that they edit with others."""
    keys = [project.pk for project in _on_desk(user) if project.has_offers and not project.is_asked]
    if not keys:
        return []
    rows = Partnership.objects.filter(stage=Stage.INTERESTED, project__in=keys)
    found = rows.select_related("project", "organisation", "wanted_role").order_by("asked_at", "pk")
    return [
        _line(row.project, f"{row.organisation.title}: {row.part}", row.get_absolute_url())
        for row in found[:ON_DESK]
    ]


def my_ideas(user: Reader) -> list[dict[str, Any]]:
    """Drafts and ideas that the reader writes, the latest change first."""
    rows = [project for project in _on_desk(user) if not project.is_asked][:ON_DESK]
    return [
        {
            "url": project.get_absolute_url(),
            "title": project.title,
            "kind": _("Idea"),
            "text": project.summary,
            "state": "waiting" if project.is_draft else shape(project.stage),
            "state_text": _("Draft") if project.is_draft else project.get_stage_display(),
        }
        for project in rows
    ]


def _on_desk(user: Reader) -> list[Any]:
    """Read once for the three cards."""
    offers_to = Partnership.objects.filter(project=OuterRef("pk"), stage=Stage.INTERESTED)
    asked = ProjectEditor.objects.filter(
        project=OuterRef("pk"), user=user.pk, stage=EditorStage.ASKED
    )
    rows = _edited(user).annotate(has_offers=Exists(offers_to), is_asked=Exists(asked))
    rows = rows.order_by("-updated_at", "-pk")[: 3 * ON_DESK]
    return ON_CARDS.get(user.pk, lambda: list(rows))


def _edited(user: Reader) -> Any:
    """As author, co-editor (or asked to be) or the owner's contact."""
    known = audience(user)
    named = ProjectEditor.objects.filter(user=user.pk).values("project")
    own = Q(author=user.pk) | Q(pk__in=named)
    if known.edits:
        own |= Q(organisation__in=known.edits)
    stages = sorted(OPEN_TO_PARTNERS | WAITS_FOR_MONEY)
    mine = Project.objects.visible_to(user).filter(own, stage__in=stages).defer("search")
    still = Q(organisation=None) | Q(organisation__in=known.organisations) | Q(pk__in=named)
    return mine.filter(still)


def _line(project: Project, text: str, url: str) -> dict[str, Any]:
    return {"url": url, "title": project.title, "kind": _("Idea"), "text": text}
