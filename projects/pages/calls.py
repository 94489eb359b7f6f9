"""Funding calls: their list, and what a call's page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core.lists import ListPage
from members.models.kinds import Sector
from projects.budget import CostModel
from projects.filters import CallFilters
from projects.models import FundingCall
from projects.models.calls import State

if TYPE_CHECKING:
    from datetime import datetime

    from cluster_portal.core.visibility import Reader

LOOKS = {State.OPEN: "open", State.UPCOMING: "waiting", State.CLOSED: "stopped"}


def listed(user: Reader) -> Any:
    return FundingCall.objects.visible_to(user).soonest_first()


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def state_words(call: FundingCall) -> str:
    if call.state == State.UPCOMING:
        return _("Opens %(moment)s") % {"moment": _moment(call.opens_at)}
    if call.closes_at is None:
        return _("Open all the time")
    words = _("Open until %(moment)s") if call.state == State.OPEN else _("Closed %(moment)s")
    return words % {"moment": _moment(call.closes_at)}


def _whose(call: FundingCall) -> str:
    """The funder with its instrument, once where the two have one name."""
    instrument = call.get_instrument_display()
    is_one = instrument.startswith(call.funder)
    return instrument if is_one else f"{call.funder} · {instrument}"


def row(call: FundingCall) -> dict[str, Any]:
    return {
        "url": call.get_absolute_url(),
        "title": call.title,
        "kind": _whose(call),
        "text": call.summary,
        "state": LOOKS[call.state],
        "state_text": state_words(call),
    }


def values(call: FundingCall) -> dict[str, Any]:
    cluster = call.home_cluster
    return {
        "call": call,
        "state": LOOKS[call.state],
        "state_text": state_words(call),
        "terms": call.terms.all(),
        "facts": [
            {"name": _("Funder"), "value": call.funder},
            {"name": _("Funding instrument"), "value": call.get_instrument_display()},
            {"name": _("Opens"), "value": _moment(call.opens_at)},
            {
                "name": _("Closes"),
                "value": _moment(call.closes_at) if call.closes_at else _("Open all the time"),
            },
            {"name": _("Who may apply"), "value": _labels(Sector, call.applicants)},
            {"name": _("Cost models"), "value": _labels(CostModel, call.cost_models)},
            {"name": _("Cluster"), "value": cluster.name, "url": cluster.get_absolute_url()},
            {"name": _("Who sees this"), "value": call.get_visibility_display()},
            {"name": _("Source"), "value": call.source},
            {"name": _("Checked"), "value": date_format(call.checked_on)},
        ],
        "trail": [
            {"name": _("Projects"), "url": reverse("projects:list")},
            {"name": _("Funding calls"), "url": reverse("projects:calls")},
            {"name": call.title},
        ],
    }


def _labels(choices: Any, chosen: list[str]) -> str:
    return ", ".join(str(choices(each).label) for each in chosen)


CALLS = ListPage(
    "calls",
    gettext_lazy("Funding calls"),
    "projects:calls",
    rows=listed,
    filters=CallFilters,
    counted=ngettext_lazy("%(count)s funding call", "%(count)s funding calls", "count"),
    page="projects/call_list.html",
    results="components/results_rows.html",
    row=row,
    above=((gettext_lazy("Projects"), "projects:list"),),
)
