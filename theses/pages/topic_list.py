"""The list of topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cluster_portal.core.lists import ListPage, Order
from theses.filters import TopicFilters
from theses.models import Topic
from theses.pages.presentation import row_of

if TYPE_CHECKING:
    from cluster_portal.core.lists import Found
    from members.models import Organisation


def _trail(_found: Found) -> dict[str, Any]:
    return {"trail": [{"name": _("Theses")}]}


TOPICS = ListPage(
    "topics",
    _("Thesis topics"),
    "theses:list",
    rows=lambda user: Topic.objects.visible_to(user).open().for_cards(),
    filters=TopicFilters,
    counted=ngettext_lazy("%(count)d topic", "%(count)d topics", "count"),
    page="theses/topic_list.html",
    results="components/results_rows.html",
    row=row_of,
    orders=(
        Order("newest", _("Newest first"), lambda: ("-published_at", "-pk")),
        Order(
            "closing",
            _("Closing soonest"),
            lambda: (F("closes_on").asc(nulls_last=True), "pk"),
        ),
    ),
    around=_trail,
)


def address_of(organisation: Organisation) -> str:
    """The list narrowed to one organisation."""
    return TOPICS.url(urlencode({"organisation": organisation.slug}))
