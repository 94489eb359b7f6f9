"""On a desk: invitations and offers that wait for the reader's answer, and the reader's ideas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core.visibility import audience
from projects.models import Partnership, Project, ProjectEditor
from projects.models.editors import EditorStage
from projects.models.partnerships import Stage
from projects.models.projects import OPEN_TO_PARTNERS
from projects.pages.projects import shape

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

ON_DESK = 10


def invitations(user: Reader) -> list[dict[str, Any]]:
    """Of the organisations that the reader speaks for, and to edit with somebody."""
    asked = ProjectEditor.objects.filter(user=user.pk, stage=EditorStage.ASKED)
    mine = [
        _line(row.project, _("You are asked to edit this idea"), row.get_absolute_url())
        for row in asked.select_related("project")[:ON_DESK]
    ]
    if not audience(user).edits:
        return mine
    rows = Partnership.objects.answerable_by(user).select_related(
        "project", "organisation", "wanted_role"
    )
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
    rows = Partnership.objects.filter(stage=Stage.INTERESTED, project__in=_edited(user))
    found = rows.select_related("project", "organisation", "wanted_role").order_by("asked_at", "pk")
    return [
        _line(row.project, f"{row.organisation.title}: {row.part}", row.get_absolute_url())
        for row in found[:ON_DESK]
    ]


def my_ideas(user: Reader) -> list[dict[str, Any]]:
    """Drafts and ideas that the reader writes, the latest change first."""
    rows = _edited(user).order_by("-updated_at", "-pk")[:ON_DESK]
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


def _edited(user: Reader) -> Any:
    """As author, co-editor or the owner's contact; what one coordinates has its queue."""
    known = audience(user)
    named = ProjectEditor.objects.accepted().filter(user=user.pk).values("project")
    own = Q(author=user.pk) | Q(pk__in=named)
    if known.edits:
        own |= Q(organisation__in=known.edits)
    mine = Project.objects.filter(own, stage__in=sorted(OPEN_TO_PARTNERS)).defer("search")
    still = Q(organisation=None) | Q(organisation__in=known.organisations) | Q(pk__in=named)
    return mine.filter(still)


def _line(project: Project, text: str, url: str) -> dict[str, Any]:
    return {"url": url, "title": project.title, "kind": _("Idea"), "text": text}
