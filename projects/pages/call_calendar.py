"""The next half a year of funding calls as one picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core import pictures
from projects.pages.call_words import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from projects.models import FundingCall

MONTHS, MOST = 6, 8


def strip(rows: Iterable[FundingCall]) -> dict[str, Any] | None:
    """For components/picture.html: of these rows those that will close."""
    months = pictures.months_from(timezone.localdate(), MONTHS)
    calls = [call for call in rows if _is_drawn(call, months)]
    if not calls:
        return None
    periods = [_period(call) for call in calls]
    title = _("Calendar of funding calls")
    desc = _described(calls, months)
    wide, tall = (pictures.Caption(key, title, desc) for key in ("calls-wide", "calls-tall"))
    return {
        "heading": _("Half a year ahead"),
        "level": "h2",
        "note": _("The flag is the last moment. You follow those that are filled."),
        "label": title,
        "svg": pictures.calendar_strip(wide, periods, months),
        "svg_tall": pictures.calendar_strip(tall, periods, months, is_tall=True),
        "caption": _("When calls open and close"),
        "words": True,
        "head": [
            {"name": name}
            for name in (_("Funding call"), _("Opens"), _("Closes"), _("Funder"))
        ],
        "rows": [
            [call.title, moment(call.opens_at), period.text, call.funder]
            for call, period in zip(calls, periods, strict=True)
        ],
    }  # fmt: skip


def _is_drawn(call: FundingCall, months: pictures.Months) -> bool:
    is_ahead = call.closes_at is not None and call.closes_at > timezone.now()
    return is_ahead and _day(call.opens_at) < months.last


def _period(call: FundingCall) -> pictures.Period:
    closes = _day(call.closes_at) if call.closes_at else None
    words = moment(call.closes_at) if call.closes_at else _("Open all the time")
    is_mine = bool(getattr(call, "is_followed", False))
    at = timezone.localtime(call.closes_at) if call.closes_at else None
    short = date_format(at, "SHORT_DATETIME_FORMAT") if at else words
    return pictures.Period(call.title, words, _day(call.opens_at), closes, is_mine, short)


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _described(calls: Sequence[FundingCall], months: pictures.Months) -> str:
    first = calls[0]
    return _("%(count)d calls from %(first)s on. The first to close is %(call)s, %(closes)s.") % {
        "count": len(calls),
        "first": date_format(months.first),
        "call": first.title,
        "closes": moment(first.closes_at) if first.closes_at else "",
    }
