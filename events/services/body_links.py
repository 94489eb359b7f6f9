"""Links of letters that open one answer or decision without signing in. GET shows, POST acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from events.models import Attendance, BodyMember, Decision

if TYPE_CHECKING:
    from django.db.models import Model

ANSWER, REPORT, SEAT = "events.attendance", "events.decision", "events.seat"


def _token(salt: str, thing: Any, address: str) -> str:
    """Names one thing and whom the letter went to; it opens nothing when that one has changed."""
    return signing.dumps([str(thing.public_id), _mark(salt, address)], salt=salt)


def _mark(salt: str, address: str) -> str:
    """Changes with the address without telling it: links end up in logs."""
    return salted_hmac(salt, address.lower()).hexdigest()[:16]


def answer_link(attendance: Attendance) -> str:
    token = _token(ANSWER, attendance, attendance.seat.address)
    return f"{settings.SITE_URL}{reverse('events:answer_by_link', args=[token])}"


def report_link(decision: Decision, address: str) -> str:
    token = _token(REPORT, decision, address)
    return f"{settings.SITE_URL}{reverse('events:report_by_link', args=[token])}"


def seat_link(seat: BodyMember) -> str:
    token = _token(SEAT, seat, seat.email)
    return f"{settings.SITE_URL}{reverse('events:seat_by_link', args=[token])}"


def sign_up_link() -> str:
    """Where somebody who sits in a body makes an account, to read its papers."""
    return f"{settings.SITE_URL}{reverse('account_signup')}"


def _found(token: str, salt: str, model: type[Model]) -> tuple[Any, str] | None:
    try:
        public_id, mark = signing.loads(token, salt=salt)
    except (signing.BadSignature, ValueError):
        return None
    found = model._default_manager.filter(public_id=public_id).first()
    return (found, mark) if found else None


def attendance_of(token: str) -> Attendance | None:
    """None for a link that is broken, of an earlier address, or whose term does not last."""
    found = _found(token, ANSWER, Attendance)
    if found is None:
        return None
    attendance, mark = found
    seat, day = attendance.seat, timezone.localdate(attendance.meeting.starts_at)
    sits = seat.sits_on(day) and not seat.has_ended
    return attendance if sits and mark == _mark(ANSWER, seat.address) else None


def decision_of(token: str) -> Decision | None:
    """None for a broken link, and where somebody else is responsible now or the owner has left."""
    found = _found(token, REPORT, Decision)
    if found is None:
        return None
    decision, mark = found
    address = decision.owner.email if decision.owner else decision.owner_email
    fits = bool(address) and mark == _mark(REPORT, address) and not decision.owner_has_left
    return decision if fits and decision.stage != "draft" else None


def seat_of(token: str) -> BodyMember | None:
    """None for a broken link, and once the seat has an account, another address, or has ended."""
    found = _found(token, SEAT, BodyMember)
    if found is None:
        return None
    seat, mark = found
    fits = bool(seat.email) and mark == _mark(SEAT, seat.email) and seat.user_id is None
    return seat if fits and not seat.has_ended else None
