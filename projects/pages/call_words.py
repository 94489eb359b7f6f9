"""How a funding call stands, in words: its moments are always told with the hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.models.calls import State

if TYPE_CHECKING:
    from datetime import datetime

    from projects.models import FundingCall

LOOKS = {State.OPEN: "open", State.UPCOMING: "waiting", State.CLOSED: "stopped"}
NEAR = 14  # days left, from which on the state is drawn as urgent


def moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def state_words(call: FundingCall) -> str:
    if call.state == State.UPCOMING:
        return _("Opens %(moment)s") % {"moment": moment(call.opens_at)}
    if call.closes_at is None:
        return _("Open all the time")
    words = _("Open until %(moment)s") if call.state == State.OPEN else _("Closed %(moment)s")
    return words % {"moment": moment(call.closes_at)}


def days_left(at: datetime) -> int:
    """Whole days by the calendar: 0 on the day itself."""
    return (timezone.localtime(at).date() - timezone.localdate()).days


def days_words(at: datetime) -> str:
    left = days_left(at)
    if left <= 0:
        return _("today")
    return ngettext("%(count)d day", "%(count)d days", left) % {"count": left}


def closing_words(call: FundingCall) -> str:
    """As a line of the list tells it: when it closes, and how long that is."""
    if call.closes_at is None or call.state == State.CLOSED:
        return state_words(call)
    values = {
        "opens": moment(call.opens_at), "closes": moment(call.closes_at),
        "days": days_words(call.closes_at),
    }  # fmt: skip
    if call.state == State.UPCOMING:
        return _("Opens %(opens)s, closes %(closes)s") % values
    return _("Closes %(closes)s, %(days)s") % values


def look(call: FundingCall) -> str:
    is_near = call.state == State.OPEN and call.closes_at and days_left(call.closes_at) <= NEAR
    return "late" if is_near else LOOKS[call.state]
