"""The door of an event: who is expected and who is here, and the code that finds a person."""

from __future__ import annotations

import io
import uuid
from typing import TYPE_CHECKING

import qrcode
from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.models.events import Mode
from events.models.registrations import Stage
from events.services.door import SHOWN, code_of, expected, narrowed

if TYPE_CHECKING:
    from django.http import QueryDict

    from events.models import Event, Registration
    from events.models.registrations import RegistrationQuerySet

MOST_SHOWN = 200
QUIET = 4  # modules of white around the code, as the standard asks


def address_of(registration: Registration) -> str:
    return f"{settings.SITE_URL}{reverse('events:door_code', args=[registration.code])}"


def picture_of(registration: Registration) -> dict[str, object]:
    """The dark squares as one path in a square of `size` modules; the template draws the SVG."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET)
    code.add_data(address_of(registration))
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row)
        if is_dark
    )  # fmt: skip
    return {"size": len(rows), "path": path, "code": registration.code_in_groups}


def png_of(registration: Registration) -> bytes:
    """The code as a picture for a letter, which shows no SVG."""
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET, box_size=8
    )
    code.add_data(address_of(registration))
    drawn = io.BytesIO()
    code.make_image().save(drawn)
    return drawn.getvalue()


def door_page(event: Event, params: QueryDict) -> dict[str, object]:
    """Values of the page: counts, who was ticked last, and the rows that were asked for."""
    everybody = expected(event)
    typed = params.get("q", "")[:100]
    code = code_of(typed)
    shown = params.get("show", "") if params.get("show") in SHOWN else "all"
    known = everybody.filter(code=code).first() if code else None
    rows = narrowed(everybody, shown, "" if code else typed)
    found = list(rows[: MOST_SHOWN + 1])
    counts = _counts(everybody)
    return {
        "event": event, "known": known, "is_unknown": bool(code) and known is None,
        "done": _done(event, params.get("done", "")), "typed": typed, "shown": shown,
        "rows": found[:MOST_SHOWN], "has_more": len(found) > MOST_SHOWN,
        "counts": counts, "choices": _choices(counts, shown),
        "needs": _needs(everybody), "missing": counts["missing"] if event.has_started else 0,
    }  # fmt: skip


def _done(event: Event, public_id: str) -> Registration | None:
    try:
        key = uuid.UUID(public_id)
    except ValueError:
        return None
    return expected(event).filter(public_id=key).first()


def _counts(everybody: RegistrationQuerySet) -> dict[str, int]:
    on_site, here = Q(seats__mode=Mode.ON_SITE), Q(stage=Stage.ATTENDED)
    return everybody.order_by().aggregate(
        all=Count("pk"), expected=Count("pk", filter=on_site),
        arrived=Count("pk", filter=on_site & here), here=Count("pk", filter=here),
        remote=Count("pk", filter=~on_site),
        missing=Count("pk", filter=on_site & Q(stage=Stage.CONFIRMED)),
    )  # fmt: skip


def _choices(counts: dict[str, int], shown: str) -> list[dict[str, object]]:
    told = (
        ("all", pgettext("participants", "All"), counts["all"]),
        ("missing", _("Not here yet"), counts["expected"] - counts["arrived"]),
        ("in", _("Here"), counts["here"]),
        ("remote", _("Remotely"), counts["remote"]),
    )
    return [
        {"key": key, "label": label, "count": count, "is_shown": key == shown}
        for key, label, count in told
    ]


def _needs(everybody: RegistrationQuerySet) -> list[Registration]:
    """What to remember today; the needs are deleted 14 days after the event."""
    told = everybody.exclude(diet="", accessibility="").exclude(stage=Stage.ABSENT)
    return list(told[:MOST_SHOWN])
