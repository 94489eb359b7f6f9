"""What is told of funding calls, beside the news of those that one follows."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay
from cluster_portal.notifications.sending.rendering import absolute
from projects.pages.call_words import closing_words
from projects.services import call_matching

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail
    from projects.models import CallFit


def _calls_for_ideas(mail: OutboxMail) -> dict[str, Any]:
    """By call, with the reader's ideas that it fits; silent where none of it stands any more."""
    if mail.recipient is None:
        raise NothingToSay
    keys = [int(key) for key in str(mail.values["calls"]).split()]
    fits = call_matching.told_to(mail.recipient, keys)
    told = [
        {
            "title": call.title,
            "url": absolute(call.get_absolute_url()),
            "closes": closing_words(call),
            "ideas": list(filter(None, map(_idea, ideas))),
        }
        for call, ideas in groupby(fits, key=lambda fit: fit.call)
    ]
    told = [call for call in told if call["ideas"]]
    if not told:
        raise NothingToSay
    shown = told[: call_matching.TOLD]
    return {"fitting": shown, "count": len(told), "more": len(told) - len(shown)}


def _idea(fit: CallFit) -> dict[str, str] | None:
    found = call_matching.explained(fit.call, fit.project)
    why = "; ".join([*found.reasons, *found.doubts])
    return {"title": fit.project.title, "why": why} if found.has_reason else None


KINDS = [
    Kind("calls_for_ideas", _("A funding call fits my idea"), KindGroup.PROJECTS, _calls_for_ideas),
]
