"""A project's results as one package: the page, and the pages of its archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from members.models import Organisation
from projects.models import (
    DocumentVersion,
    Measure,
    ProjectDocument,
    ProjectLegacy,
    Recommendation,
    Result,
    ResultFile,
    TransferItem,
)
from projects.models.handovers import TransferState
from projects.models.recommendations import State
from projects.pages import projects as project_page
from projects.pages import results
from projects.services.packages import archive, fitting, name_in_archive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cluster_portal.core.visibility import Reader
    from projects.models import Milestone, Project

MOST_RESULTS = 200
PAPERS = "documents"  # the folder in the archive
SHAPES = {"not_started": "waiting", "in_progress": "running", "delayed": "late", "done": "done"}


def trail(project: Project, *names: str) -> list[dict[str, str]]:
    above = [
        {"name": _("Projects"), "url": reverse("projects:list")},
        {"name": project.title, "url": project.get_absolute_url()},
    ]
    package = {"name": _("Results and transfer"), "url": address(project)}
    if not names:
        return [*above, {"name": package["name"]}]
    return [*above, package, *({"name": name} for name in names)]


def address(project: Project) -> str:
    return reverse("projects:package", args=[project.slug])


def values(project: Project, user: Reader) -> dict[str, Any]:
    found = _results(project, user)
    is_editor = project.is_editable_by(user)
    legacy = ProjectLegacy.objects.filter(project=project).first()
    transfers = _transfers(project, user, is_editor=is_editor)
    return {
        "project": project,
        "state": project_page.shape(project.stage),
        "period": project_page.period(project.starts_on, project.ends_on),
        "summary": legacy.summary if legacy else "",
        "operating_model": legacy.operating_model if legacy else "",
        "learnings": legacy.learnings if legacy else "",
        "no_result_reason": legacy.no_result_reason if legacy else "",
        "results": [results.row(result) for result in found],
        "transfers": transfers,
        "promises": promises(project, found, user),
        "documents": documents(project, user),
        "tally": _tally(transfers),
        "is_editor": is_editor,
        "zip_url": reverse("projects:package_zip", args=[project.slug]),
        "tell_url": f"{reverse('projects:result_propose')}?project={project.slug}"
        if is_editor else "",
        "trail": trail(project),
    }  # fmt: skip


def _results(project: Project, user: Reader) -> list[Any]:
    rows = Result.objects.visible_to(user).out().with_use().filter(project=project)
    return list(rows.defer("search").order_by("-published_at", "-pk")[:MOST_RESULTS])


def _transfers(project: Project, user: Reader, *, is_editor: bool) -> list[dict[str, Any]]:
    rows = list(TransferItem.objects.filter(project=project).order_by("pk"))
    owners = Organisation.objects.visible_to(user).in_bulk(
        [row.organisation_id for row in rows if row.organisation_id]
    )
    return [
        {
            "what": row.what,
            "owner": owners[row.organisation_id].title
            if row.organisation_id in owners else row.other_owner,
            "on": date_format(row.on, "DATE_FORMAT") if row.on else "",
            "funding": row.funding,
            "stage": row.state,
            "state": TransferState(row.state).look,
            "state_text": TransferState(row.state).label,
            "edit_url": reverse("projects:transfer_edit", args=[project.slug, row.public_id])
            if is_editor else "",
        }
        for row in rows
    ]  # fmt: skip


def documents(project: Project, user: Reader) -> list[DocumentVersion]:
    """The newest version of each document that the reader may open."""
    shown = ProjectDocument.objects.visible_to(user).filter(project=project)
    newest = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    kept = shown.annotate(newest=Subquery(newest.values("pk")[:1])).values("newest")
    rows = DocumentVersion.objects.filter(pk__in=kept).select_related("document__project")
    return list(rows.order_by("document__title", "pk")[:MOST_RESULTS])


def _tally(transfers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    counted = [(state, sum(row["stage"] == state for row in transfers)) for state in TransferState]
    return [{"label": state.label, "value": count} for state, count in counted if count]


def milestones(project: Project) -> list[dict[str, Any]]:
    """Each with the day on which it was reached, or what it waits for."""
    return [
        {
            "title": one.title, "kind": pgettext("of a project", "Milestone"),
            "url": project.get_absolute_url(),
            "text": _("promised %(day)s") % {"day": date_format(one.due_on, "DATE_FORMAT")},
            "state": _reached(one), "state_text": _reached_words(one),
        }
        for one in project.milestones.order_by("due_on", "pk")
    ]  # fmt: skip


def _reached(one: Milestone) -> str:
    if one.reached_on:
        return "done"
    return "late" if one.due_on < timezone.localdate() else "waiting"


def _reached_words(one: Milestone) -> str:
    if one.reached_on:
        return _("reached %(day)s") % {"day": date_format(one.reached_on, "DATE_FORMAT")}
    return _("not reached")


def promises(project: Project, found: list[Any], user: Reader) -> list[dict[str, Any]]:
    """Milestones, measures that the project serves, and recommendations of its results, each with
    its state."""
    measures = Measure.objects.visible_to(user).filter(projects=project).with_programme()
    points = Recommendation.objects.filter(result__in=[result.pk for result in found])
    return [
        *milestones(project),
        *(
            {
                "title": f"{measure.label} {measure.title}", "kind": _("Measure"),
                "url": measure.get_absolute_url(),
                "state": SHAPES.get(measure.state, "stopped"),
                "state_text": measure.get_state_display(),
            }
            for measure in measures.order_by("goal__number", "number")
        ),
        *(
            {
                "title": point.title, "kind": _("Recommendation"),
                "text": point.follow_up, "url": point.get_absolute_url(),
                "state": State(point.state).look, "state_text": State(point.state).label,
            }
            for point in points.select_related("result").order_by("result", "position")
        ),
    ]  # fmt: skip


def packed(project: Project, user: Reader) -> Iterator[bytes]:
    """The archive of what this reader sees: an index, a page for each result, their files."""
    found = _results(project, user)
    by_pk = {result.pk: result for result in found}
    rows = ResultFile.objects.filter(result__in=by_pk).order_by("result", "pk")
    is_visitor = not user.is_authenticated
    papers = documents(project, user)
    inside, outside = fitting([*rows, *papers], is_visitor=is_visitor)
    page = values(project, user) | {
        "made_on": date_format(timezone.localdate(), "DATE_FORMAT"),
        "pages": [{"title": result.title, "path": f"{_folder(result)}/index.html"}
                  for result in found],
        "papers": [_paper(one) for one in papers if one in inside],
        "left_out": [file.name for file in outside],
    }  # fmt: skip
    index = render_to_string("projects/package_index.html", page)
    pages: dict[str, str] = {"index.html": index}
    for result in found:
        names = [file.name for file in inside if getattr(file, "result_id", 0) == result.pk]
        pages[f"{_folder(result)}/index.html"] = _page_of(result, names)
    return archive(pages, [(_place(file, by_pk), file) for file in inside])


def _place(file: ResultFile | DocumentVersion, by_pk: dict[int, Any]) -> str:
    if isinstance(file, DocumentVersion):
        return PAPERS
    return _folder(by_pk[file.result_id])


def _paper(one: DocumentVersion) -> dict[str, str]:
    number = _("version %(number)s") % {"number": one.number}
    return {
        "title": one.document.title, "path": f"{PAPERS}/{name_in_archive(one)}",
        "text": f"{number}, {date_format(localtime(one.sent_at), 'DATE_FORMAT')}",
    }  # fmt: skip


def _folder(result: Result) -> str:
    return f"{result.label}-{result.slug}"


def _page_of(result: Result, names: list[str]) -> str:
    values = {
        "result": result, "points": result.recommendations.all(), "files": names,
        "costs": results.cost_lines(result.costs),
    }  # fmt: skip
    return render_to_string("projects/package_result.html", values)


def file_name(project: Project) -> str:
    return _("%(project)s-results.zip") % {"project": project.slug}
