"""Saving a search of a list, changing how often it tells, and saying that something has come."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import lists
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import Arrival, Frequency, SavedSearch
from cluster_portal.notifications.models.saved_search import MAX_NAME, MAX_QUERY

if TYPE_CHECKING:
    from cluster_portal.core.lists import ListPage
    from cluster_portal.core.visibility import Reader


MOST = 50


def published(kind: str, *pks: int, since: datetime | None = None) -> None:
    """Something has come to a list, within the transaction that brings it there.

    For what stood there before and has only changed, `since` is when it came: nobody is told of
    what was there when they saved their search.
    """
    if lists.get(kind) is None:
        raise KeyError(kind)
    moment = since or timezone.now()
    Arrival.objects.bulk_create(
        [Arrival(kind=kind, object_id=pk, since=moment) for pk in pks], batch_size=1000
    )
    outbox.wake_after_commit()


@transaction.atomic
def save(kind: "ListPage", params: QueryDict, *, name: str, frequency: str, by: Any) -> SavedSearch:
    """The search in one spelling; saving the same again renames it and sets its frequency."""
    query = kind.canonical(params, by)
    if len(query) > MAX_QUERY:
        raise Refused(_("This search has too many filters to be saved. Remove some."))
    # Their own row is the lock under which their searches are counted.
    get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)
    own = SavedSearch.objects.editable_by(by)
    same = own.filter(kind=kind.key, query=query).first()
    if same is None and own.count() >= MOST:
        raise Refused(
            _("You have %(count)d saved searches, which is the most. Delete one first.")
            % {"count": MOST}
        )
    search = same or SavedSearch(user_id=by.pk, kind=kind.key, query=query)
    search.name = name.strip()[:MAX_NAME]
    return _tell_by(search, frequency)


@transaction.atomic
def set_frequency(search: SavedSearch, frequency: str, *, by: "Reader") -> SavedSearch:
    """A pause forgets what was not told yet; after it only what comes then is told."""
    rows = SavedSearch.objects.editable_by(by).select_for_update(no_key=True)
    return _tell_by(rows.get(pk=search.pk), frequency)


def _tell_by(search: SavedSearch, frequency: str) -> SavedSearch:
    if search.is_paused and frequency != Frequency.OFF:
        search.listens_since = timezone.now()
    search.frequency = frequency
    search.save()
    if search.is_paused:
        search.hits.filter(letter=None).delete()
    return search


def remove(search: SavedSearch, *, by: "Reader") -> None:
    SavedSearch.objects.editable_by(by).filter(pk=search.pk).delete()
