"""A list of our own to search: organisations, by words and kind, as each reader sees them."""

from datetime import datetime, timedelta

from django.http import QueryDict
from django.utils import timezone

from cluster_portal.core import search
from cluster_portal.core.facets import Facet, Filters
from cluster_portal.core.lists import ListPage
from cluster_portal.notifications import saved_searches
from cluster_portal.notifications.models import SavedSearch
from members.models import Organisation, User
from tests import factories


class ThingFilters(Filters):
    kind = Facet("kind", "Kind")
    sector = Facet("sector", "Sector")


LIST = ListPage(
    "things",
    "Things",
    "members:list",
    rows=Organisation.objects.visible_to,
    filters=ThingFilters,
    counted="%(count)d things",
    page="",
    results="",
)
EARLIER = timedelta(minutes=5)


def saved(by: User, query: str = "", frequency: str = "at_once", **values: object) -> SavedSearch:
    """A search saved some minutes ago."""
    made = saved_searches.save(LIST, QueryDict(query), name="Haku", frequency=frequency, by=by)
    then = timezone.now() - EARLIER
    values = {"created_at": then, "listens_since": then, **values}
    SavedSearch.objects.filter(pk=made.pk).update(**values)
    made.refresh_from_db()
    return made


def thing(name: str = "Esimerkki Oy", **values: object) -> Organisation:
    made = factories.organisation(name, **values)
    search.reindex(made)
    return made


def arrived(
    name: str = "Esimerkki Oy", since: datetime | None = None, **values: object
) -> Organisation:
    """One that has just come to the list."""
    made = thing(name, **values)
    saved_searches.published("things", made.pk, since=since)
    return made
