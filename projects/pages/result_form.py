"""The guided form of a result: its steps, what is missing, what it came of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core import origin
from cluster_portal.core.visibility import audience
from projects.forms.results import BriefForm, ReadersForm, SourcesForm, WhatForm, own_projects
from projects.models import Challenge, Pilot, Result
from projects.models.results import MOVES, UNPUBLISHED
from projects.pages.challenges import moment
from projects.pages.results import trail
from projects.services.result_telling import Beginning

if TYPE_CHECKING:
    from django import forms
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from cluster_portal.core.visibility import Reader

STEPS: dict[str, tuple[Any, Any]] = {
    "what": (gettext_lazy("The result"), gettext_lazy("and why now")),
    "brief": (gettext_lazy("Recommendations"), gettext_lazy("costs and figures")),
    "sources": (gettext_lazy("Makers and sources"), gettext_lazy("files and links")),
    "check": (gettext_lazy("Check and send"), ""),
}
HEADINGS = {
    "what": gettext_lazy("What came of the work?"),
    "brief": gettext_lazy("What should be decided?"),
    "sources": gettext_lazy("Who made it, and where is it?"),
    "check": gettext_lazy("Check and send for review"),
}
LEADS = {
    "what": gettext_lazy(
        "Write for somebody who decides and has two minutes. It is kept as a draft."
    ),
    "brief": gettext_lazy("All of it fits on one sheet of paper. Leave out what you do not know."),
    "sources": gettext_lazy("So that one can read more, and knows whose work it is."),
    "check": gettext_lazy(
        "A coordinator reads it, usually within a week, and publishes it or sends it back with "
        "a reason."
    ),
}
MISSING = {
    "title_fi": ("what", gettext_lazy("The heading")),
    "summary_fi": ("what", gettext_lazy("The result in two sentences")),
    "why": ("what", gettext_lazy("Why now")),
    "content": ("brief", gettext_lazy("A recommendation, a file or a link")),
}


def begun_from(params: Any, user: Reader) -> Beginning:
    """What the address says that the result came of, where the reader may see it."""
    found: dict[str, Any] = {"beyond": origin.begun_from(Result, params, user)}
    for name, rows in (
        ("project", own_projects(user)),
        ("challenge", Challenge.objects.visible_to(user)),
        ("pilot", Pilot.objects.editable_by(user)),
    ):
        slug = params.get(name, "")[:100]
        thing: Any = rows.filter(slug=slug).first() if slug else None
        if thing is not None:
            found[name] = thing
    return Beginning(**found)


def initial_of(begun: Beginning) -> dict[str, Any]:
    owner = begun.values.get("organisation")
    return {"organisation": owner.pk} if owner else {}


def form_of(
    step: str, result: Result, user: Reader, data: QueryDict | None, files: MultiValueDict | None
) -> forms.Form:
    if step == "what":
        return WhatForm(data, user=user, result=result)
    if step == "brief":
        return BriefForm(data, result=result)
    if step == "sources":
        return SourcesForm(data, files, user=user, result=result)
    return ReadersForm(data, result=result)


def after(step: str) -> str:
    names = list(STEPS)
    return names[names.index(step) + 1]


def before(step: str) -> str:
    names = list(STEPS)
    return names[max(0, names.index(step) - 1)]


def address(result: Result, step: str) -> str:
    return reverse("projects:result_tell", args=[result.slug, step])


def values(step: str, result: Result | None, user: Reader) -> dict[str, Any]:
    number = list(STEPS).index(step) + 1
    page = {
        "step": step,
        "number": number,
        "heading": HEADINGS[step],
        "lead": LEADS[step],
        "steps": _steps(step, result),
        "trail": trail(_("Tell a result")),
        "result": result,
        "has_files": step == "sources",
    }
    if result is None:
        return page
    page["saved"] = moment(result.updated_at)
    page["back"] = address(result, before(step)) if number > 1 else ""
    if step == "sources":
        page["files"] = result.files.all()
    if step == "check":
        page |= _checked(result, user)
    return page


def _checked(result: Result, user: Reader) -> dict[str, Any]:
    missing = [MISSING[name] for name in result.missing]
    return {
        "missing": [{"name": name, "url": address(result, step)} for step, name in missing],
        "can_publish": MOVES.may("publish", result, user),
        "can_submit": MOVES.may("submit", result, user),
        "is_published": result.stage not in UNPUBLISHED,
        "is_coordinator": result.home_cluster_id in audience(user).coordinates,
    }


def said_of(action: str) -> str:
    if action == "publish":
        return _("The result is published.")
    return _("The result waits for a coordinator. You are told what happens.")


def _steps(current: str, result: Result | None) -> list[dict[str, Any]]:
    names = list(STEPS)
    here = names.index(current)
    return [
        {
            "name": STEPS[name][0],
            "note": STEPS[name][1],
            "state": "current" if name == current else "done" if number < here else "",
            "url": address(result, name) if result and name != current else "",
        }
        for number, name in enumerate(names)
    ]
