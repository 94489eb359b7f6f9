"""Events on the thread: the challenge that one continues, and back again."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.visibility import audience
from events.models import Event
from projects.models import Challenge
from projects.pages import challenges

if TYPE_CHECKING:
    from cluster_portal.core.origin import Row
    from cluster_portal.core.visibility import Reader


def challenge_of(event: Event, user: Reader) -> list[Row]:
    if event.from_challenge_id is None:
        return []
    rows = Challenge.objects.visible_to(user).filter(pk=event.from_challenge_id)
    return [challenges.row(challenge) for challenge in rows.defer("search")]


def events_by_challenge(pks: list[int], user: Reader) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for event in Event.objects.visible_to(user).filter(from_challenge__in=pks).defer("search"):
        if event.from_challenge_id is not None:
            found[event.from_challenge_id].append(
                {"kind": _("Event"), "title": event.title, "url": event.get_absolute_url()}
            )
    return found


def event_of_challenge(challenge: Challenge, user: Reader) -> str:
    """The coordinators' form of an event, filled in from the challenge, with the tie."""
    known = audience(user)
    if not (known.is_admin or challenge.home_cluster_id in known.coordinates):
        return ""
    given: dict[str, str | int] = {
        "from_challenge": challenge.pk, "title_fi": challenge.title_fi,
        "summary_fi": challenge.summary_fi, "home_cluster": challenge.home_cluster_id,
    }  # fmt: skip
    return f"{reverse('admin:events_event_add')}?{urlencode(given)}"
