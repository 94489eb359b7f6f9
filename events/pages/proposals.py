"""Proposing an event: what it begins from, and how far the proposal is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from events.models.events import Stage
from events.services.proposals import CAN_BE_EDITED, Source
from members.services.needs import organisations_of
from projects.models import Challenge, Project

if TYPE_CHECKING:
    from django.http import QueryDict

    from cluster_portal.core.visibility import Reader
    from events.models import Event

TITLE, SUMMARY = 160, 400
STEPS = (Stage.DRAFT, Stage.PROPOSED, Stage.PUBLISHED)


def may_propose(user: Reader) -> bool:
    return user.is_authenticated and organisations_of(user).exists()


def trail(*names: Any) -> list[dict[str, str]]:
    """The list above, then pages with addresses, the last one without."""
    *links, last = names
    return [
        {"name": _("Events"), "url": reverse("events:list")},
        *({"name": str(each), "url": each.get_absolute_url()} for each in links),
        {"name": str(last)},
    ]


def source_of(given: QueryDict, user: Reader) -> Source:
    """What the address names, where the reader speaks for it."""
    challenges = Challenge.objects.editable_by(user).defer("search")
    projects = Project.objects.editable_by(user).defer("search")
    return Source(
        challenge=challenges.filter(slug=given.get("challenge", "")[:100]).first(),
        project=projects.filter(slug=given.get("project", "")[:100]).first(),
    )


def begun_from(source: Source) -> dict[str, Any]:
    behind = source.challenge or source.project
    if behind is None:
        return {}
    return {
        "title_fi": behind.title_fi[:TITLE], "summary_fi": behind.summary_fi[:SUMMARY],
        "organisation": behind.organisation_id, "visibility": "members",
    }  # fmt: skip


def proposal_of(event: Event, user: Reader) -> dict[str, Any] | None:
    """How far a member's event is, for its own side, until it is published."""
    if event.teller_id is None or not user.is_authenticated or not event.is_editable_by(user):
        return None
    if event.stage not in CAN_BE_EDITED:
        return None
    here = STEPS.index(Stage(event.stage))
    return {
        "steps": [
            {"name": step.label, "note": _NOTES[step](), "state": _state(number, here)}
            for number, step in enumerate(STEPS)
        ],
        "returned": _returned(event) if event.stage == Stage.DRAFT else "",
        "edit_url": reverse("events:edit", args=[event.slug]),
    }


_NOTES = {
    Stage.DRAFT: lambda: _("only your own side sees it"),
    Stage.PROPOSED: lambda: _("a coordinator reads it, usually within a week"),
    Stage.PUBLISHED: lambda: _("registration opens"),
}


def _state(number: int, here: int) -> str:
    return "current" if number == here else "done" if number < here else ""


def _returned(event: Event) -> str:
    """Why a coordinator sent it back, until it is sent again."""
    last = audit.of(event).filter(action__in=["send_back", "submit"]).first()
    return last.reason if last is not None and last.action == "send_back" else ""
