"""The guided form of a challenge: its steps, what is missing, whom it is shown and told to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.visibility import audience
from members.models import Need
from members.services.needs import organisations_of
from projects.forms.challenges import LimitsForm, ReadersForm, ThemesForm, WhatForm
from projects.models.challenges import MOVES, Stage
from projects.pages.challenge_circles import circles
from projects.pages.challenges import levels, moment, proposers, trail
from projects.services import challenge_matching

if TYPE_CHECKING:
    from django import forms
    from django.http import QueryDict

    from cluster_portal.core.visibility import Reader
    from members.models import Organisation
    from projects.models import Challenge

STEPS: dict[str, tuple[Any, Any]] = {
    "what": (gettext_lazy("What happens"), gettext_lazy("and who suffers")),
    "limits": (gettext_lazy("Limits and time"), gettext_lazy("what has been tried")),
    "readers": (gettext_lazy("Who sees it"), gettext_lazy("and who sees what")),
    "check": (gettext_lazy("Check and send"), ""),
}
HEADINGS = {
    "what": gettext_lazy("What do you need a solution to?"),
    "limits": gettext_lazy("What limits the solution?"),
    "readers": gettext_lazy("Who may see your challenge?"),
    "check": gettext_lazy("Check and send for review"),
}
LEADS = {
    "what": gettext_lazy(
        "Tell it in your own words. Nothing is shown to anyone before a coordinator publishes it."
    ),
    "limits": gettext_lazy("The clearer the limits, the better the proposals fit."),
    "readers": gettext_lazy(
        "You decide each point. Nothing is shown to anyone before it is published."
    ),
    "check": gettext_lazy(
        "A coordinator reads it, usually within a week, and publishes it or sends it back with "
        "a reason."
    ),
}
MISSING = {
    "title_fi": ("what", gettext_lazy("The heading")),
    "background": ("what", gettext_lazy("What happens, and who suffers from it")),
    "need": ("what", gettext_lazy("What is needed")),
    "closes_at": ("limits", gettext_lazy("A last day of proposals that is still ahead")),
    "summary_fi": ("readers", gettext_lazy("One sentence for everyone")),
    "visibility": ("readers", gettext_lazy("Who belongs to the group that sees it")),
}
TOLD = 5


def may_tell(user: Reader) -> bool:
    return bool(user.is_authenticated) and organisations_of(user).exists()


def need_of(given: str, user: Reader) -> Need | None:
    """The need that the address names, where it is the reader's side's own."""
    if not user.is_authenticated or not given:
        return None
    return Need.objects.editable_by(user).filter(slug=given[:100]).first()


def begun_from(need: Need) -> dict[str, Any]:
    """What a challenge that continues the need begins with."""
    return {"title_fi": need.what, "need": need.purpose, "organisation": need.organisation_id}


def form_of(step: str, challenge: Challenge, user: Reader, data: QueryDict | None) -> forms.Form:
    if step == "what":
        return WhatForm(data, user=user, challenge=challenge)
    if step == "limits":
        return LimitsForm(data, challenge=challenge)
    if step == "readers":
        return ReadersForm(data, user=user, challenge=challenge)
    return ThemesForm(data, challenge=challenge)


def after(step: str) -> str:
    names = list(STEPS)
    return names[names.index(step) + 1]


def before(step: str) -> str:
    names = list(STEPS)
    return names[max(0, names.index(step) - 1)]


def address(challenge: Challenge, step: str) -> str:
    return reverse("projects:challenge_tell", args=[challenge.slug, step])


def values(step: str, challenge: Challenge | None, user: Reader) -> dict[str, Any]:
    number = list(STEPS).index(step) + 1
    page = {
        "step": step,
        "number": number,
        "heading": HEADINGS[step],
        "lead": LEADS[step],
        "steps": _steps(step, challenge),
        "trail": trail(_("Tell a challenge")),
        "challenge": challenge,
        "current": "challenges",
    }
    if challenge is None:
        return page
    page["saved"] = moment(challenge.updated_at)
    page["back"] = address(challenge, before(step)) if number > 1 else ""
    page["whose"] = challenge.organisation
    if step in {"readers", "check"}:
        page |= {"circles": circles(challenge), "told": told(challenge)}
    if step == "check":
        page |= _checked(challenge, user)
    return page


def _checked(challenge: Challenge, user: Reader) -> dict[str, Any]:
    missing = [MISSING[name] for name in challenge.missing]
    return {
        "missing": [{"name": name, "url": address(challenge, step)} for step, name in missing],
        "is_draft": challenge.stage == Stage.DRAFT,
        "can_publish": MOVES.may("publish", challenge, user),
        "can_submit": MOVES.may("submit", challenge, user),
        "links": [{"name": name, "url": address(challenge, step)}
                  for step, (name, _note) in STEPS.items() if step != "check"],
        "facts": _facts(challenge),
        "is_coordinator": challenge.home_cluster_id in audience(user).coordinates,
    }  # fmt: skip


def _facts(challenge: Challenge) -> list[dict[str, Any]]:
    """All that was told, in the order of the form."""
    due = challenge.decision_on
    rows = [
        (_("Challenge from"), challenge.organisation),
        (_("Heading"), challenge.title),
        (_("What happens, and who suffers from it"), challenge.background),
        (_("What is needed"), challenge.need),
        (_("Current practice"), challenge.current_practice),
        (_("Limits"), challenge.limits),
        (_("Desired outcome"), challenge.outcome),
        (_("Deadline"), moment(challenge.closes_at)),
        (_("Decision by"), date_format(due) if due else ""),
        (_("Level of activity"), levels(challenge)),
        (_("What must not be told"), challenge.not_to_tell),
        (_("Named organisations"), ", ".join(each.title for each in named_in(challenge))),
        (_("One sentence for everyone"), challenge.summary),
        (_("Who may propose"), proposers(challenge)),
    ]
    return [{"name": name, "value": value} for name, value in rows if value]


def said_of(action: str) -> str:
    if action == "publish":
        return _("The challenge is published. Those whose capabilities fit are told.")
    return _("The challenge waits for a coordinator. You are told what happens.")


def _steps(current: str, challenge: Challenge | None) -> list[dict[str, Any]]:
    names = list(STEPS)
    here = names.index(current)
    return [
        {
            "name": STEPS[name][0],
            "note": STEPS[name][1],
            "state": "current" if name == current else "done" if number < here else "",
            "url": address(challenge, name) if challenge and name != current else "",
        }
        for number, name in enumerate(names)
    ]


def told(challenge: Challenge) -> list[dict[str, Any]]:
    """Who is named, and whose capabilities fit and why: those are told when it is published."""
    if not challenge.need:
        return []
    found: dict[str, dict[str, Any]] = {}
    for match in challenge_matching.will_hear(challenge):
        owner = match.object.named_owner
        name = owner.title if owner else match.object.title
        row = {"name": name, "text": match.object.title, "why": "; ".join(match.reasons)}
        found.setdefault(name, row)  # the best of each
    rows = list(found.values())[:TOLD]
    named = [each.title for each in named_in(challenge) if each.title not in found]
    return [*({"name": name, "text": "", "why": _("You named it")} for name in named), *rows]


def named_in(challenge: Challenge) -> list[Organisation]:
    return list(challenge.named_organisations.order_by("sort_name", "pk")) * challenge.is_graded
