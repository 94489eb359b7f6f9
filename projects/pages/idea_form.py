"""The guided form of an idea: its steps and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.visibility import audience
from members.models import Need
from projects.forms.ideas import FrameForm, ReadersForm, RolesForm, ThoughtForm
from projects.models import Challenge, FundingCall
from projects.pages.challenges import moment
from projects.services import ideas
from projects.services.ideas import Beginning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django import forms
    from django.db.models import QuerySet
    from django.http import QueryDict

    from cluster_portal.core.visibility import Reader
    from projects.models import Project


@dataclass(frozen=True)
class Step:
    name: Any
    note: Any
    heading: Any
    lead: Any


STEPS = {
    "thought": Step(
        gettext_lazy("The thought"), gettext_lazy("what and why"),
        gettext_lazy("What should be done together?"),
        gettext_lazy("Tell it in your own words. Only you see it until you publish it."),
    ),
    "roles": Step(
        gettext_lazy("Roles"), gettext_lazy("who is needed"),
        gettext_lazy("Who is needed to do it?"),
        gettext_lazy("One line is one place. A company, a user who tests, a school, a region …"),
    ),
    "frame": Step(
        gettext_lazy("Frame"), gettext_lazy("size, time, money"),
        gettext_lazy("How large would it be?"),
        gettext_lazy("Rough guesses are enough, and all of it can wait."),
    ),
    "check": Step(
        gettext_lazy("Readers"), gettext_lazy("check and publish"),
        gettext_lazy("Check and publish"),
        gettext_lazy("Once it is published, members can support it and offer to take part."),
    ),
}  # fmt: skip
MISSING = {
    "title_fi": gettext_lazy("The name of the idea"),
    "summary_fi": gettext_lazy("The idea in one or two sentences"),
    "description_fi": gettext_lazy("The thought"),
}


def begun_from(given: QueryDict, user: Reader) -> Beginning:
    """What the address names, as far as the reader sees it."""

    def found(rows: QuerySet[Any], key: str) -> Any:
        slug = given.get(key, "")[:100]
        return rows.filter(slug=slug).first() if slug else None

    return Beginning(
        challenge=found(Challenge.objects.visible_to(user), "challenge"),
        need=found(Need.objects.visible_to(user), "need"),
        call=found(FundingCall.objects.visible_to(user), "call"),
    )


def first_words(begun: Beginning, seed: Mapping[str, str]) -> dict[str, Any]:
    """What the form begins with; a `seed` is of an app above (`core.origin`)."""
    if seed:
        return {"title_fi": seed["title"], "description_fi": seed["text"]}
    if begun.challenge:
        return {"title_fi": begun.challenge.title_fi, "description_fi": begun.challenge.need}
    if begun.need:
        return {"title_fi": begun.need.what, "description_fi": begun.need.purpose}
    return {}


def source(begun: Beginning) -> dict[str, Any] | None:
    """What the idea continues, as a line above the form."""
    if begun.challenge:
        heading, thing = _("Answers to a challenge"), begun.challenge
        return {"title": heading, "name": thing.title, "url": thing.get_absolute_url()}
    if begun.need:
        url = begun.need.get_absolute_url()
        return {"title": _("Continues a need"), "name": begun.need.what, "url": url}
    if begun.call:
        url = begun.call.get_absolute_url()
        return {"title": _("For a funding call"), "name": begun.call.title, "url": url}
    return None


def form_of(step: str, idea: Project, user: Reader, data: QueryDict | None) -> forms.Form:
    if step == "thought":
        return ThoughtForm(data, user=user, idea=idea)
    if step == "roles":
        return RolesForm(data, idea=idea)
    if step == "frame":
        return FrameForm(data, user=user, idea=idea)
    return ReadersForm(data, idea=idea)


def address(idea: Project, step: str) -> str:
    return reverse("projects:idea_edit", args=[idea.slug, step])


def after(step: str) -> str:
    names = list(STEPS)
    return names[names.index(step) + 1]


def trail(*last: Any) -> list[dict[str, Any]]:
    return [
        {"name": _("Projects"), "url": reverse("projects:list")},
        *(each if isinstance(each, dict) else {"name": each} for each in last),
    ]


def of_idea(idea: Project, last: str) -> list[dict[str, Any]]:
    return trail({"name": idea.title, "url": idea.get_absolute_url()}, last)


def values(step: str, idea: Project | None, user: Reader) -> dict[str, Any]:
    names = list(STEPS)
    number = names.index(step) + 1
    page = {
        "step": step,
        "number": number,
        "heading": STEPS[step].heading,
        "lead": STEPS[step].lead,
        "steps": _steps(step, idea),
        "trail": of_idea(idea, _("Edit")) if idea else trail(_("Propose an idea")),
        "idea": idea,
        "current": "projects",
    }
    if idea is None:
        return page
    page["saved"] = moment(idea.updated_at)
    page["back"] = address(idea, names[number - 2]) if number > 1 else ""
    if step == "check":
        page["missing"] = [MISSING[name] for name in ideas.missing(idea)]
        page["thought_url"] = address(idea, "thought")
        page["is_sent_first"] = not audience(user).is_member
    return page


def _steps(current: str, idea: Project | None) -> list[dict[str, Any]]:
    names = list(STEPS)
    here = names.index(current)
    return [
        {
            "name": STEPS[name].name,
            "note": STEPS[name].note,
            "state": "current" if name == current else "done" if number < here else "",
            "url": address(idea, name) if idea and name != current else "",
        }
        for number, name in enumerate(names)
    ]
