"""The message that tells of a saved search's new hits, and the link that pauses the search."""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import lists
from cluster_portal.core.request_cache import Part
from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay, register
from cluster_portal.notifications.models import OutboxMail, SavedSearch, SavedSearchHit
from cluster_portal.notifications.sending.rendering import absolute, page_link
from cluster_portal.notifications.telling import KIND

SALT = "notifications.pause_search"
MOST_LINES = 20
FOUND: Part[tuple[int, list[Any]]] = Part("found by a saved search, for one letter")


@dataclass(frozen=True)
class Line:
    title: str
    note: str
    url: str


def context(mail: OutboxMail) -> dict[str, Any]:
    search = mail.about
    if not isinstance(search, SavedSearch) or search.is_paused:
        raise NothingToSay
    # One message is put into words in every language; what it may tell is asked once.
    count, things = FOUND.get(mail.pk, lambda: _found(search, mail))
    if not count:
        raise NothingToSay
    pause = reverse("searches:pause_by_link", args=[signing.dumps(search.pk, salt=SALT)])
    return {
        "search": search,
        "count": count,
        "lines": [_line(thing) for thing in things],
        "more": count - len(things),
        "how_often": search.get_frequency_display(),
        "pause_url": absolute(pause),
        "searches_url": absolute(reverse("searches:list")),
    }


def _found(search: SavedSearch, mail: OutboxMail) -> tuple[int, list[Any]]:
    """What this message tells of, less what is gone, taken or hidden by now."""
    kind = lists.get(search.kind)
    if kind is None or mail.recipient is None:
        return 0, []
    hits = SavedSearchHit.objects.filter(search=search, letter=mail.values["letter"])
    pks = list(hits.values_list("object_id", flat=True))
    rows = kind.matching(mail.recipient, QueryDict(search.query), pks)
    things = list(rows.order_by("-pk")[:MOST_LINES])
    return (len(things) if len(things) < MOST_LINES else rows.count()), things


def _line(thing: Any) -> Line:
    note = getattr(thing, "digest_line", "")
    return Line(
        title=str(thing.search_title),
        note=str(note() if callable(note) else note),
        url=page_link(thing.get_absolute_url()),
    )


def read_token(token: str) -> SavedSearch | None:
    """The signed link is the permission; None for whatever is broken, or a search that is gone."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    searches = SavedSearch.objects.filter(pk=pk, user__is_active=True)
    return searches.select_related("user").first()


def register_own() -> None:
    register(
        Kind(KIND, label=_("New hits of a saved search"), group=KindGroup.SAVED, context=context)
    )
