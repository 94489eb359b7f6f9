"""Writing minutes while the meeting goes on, and correcting what was approved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from events.models import Correction, Meeting, MeetingItem
from events.services.meetings import lock_to_edit

if TYPE_CHECKING:
    from uuid import UUID

    from members.models import User


@dataclass(frozen=True)
class Saved:
    """`overtaken` says that another has written meanwhile: `item` then has that one's text.

    `stamp` is the meeting's new one where the writer had seen everything else of it: who corrects
    minutes may then approve them without reading the page anew.
    """

    item: MeetingItem
    overtaken: bool
    stamp: str = ""


@transaction.atomic
def save_minutes(item: MeetingItem, text: str, *, version: int, by: User, seen: str = "") -> Saved:
    """Only over the version that the writer has seen; what is the same changes nothing."""
    meeting = lock_to_edit(item.meeting, by)
    item = MeetingItem.objects.select_related("writer").get(pk=item.pk)
    item.meeting = meeting
    if meeting.is_approved:
        raise Refused(
            _("The minutes were approved meanwhile. Keep your text as a correction instead.")
        )
    if not meeting.is_written:
        raise Refused(_("Minutes are written once the meeting has begun."))
    if item.minutes == text:
        return Saved(item, overtaken=False)
    if item.version != version:
        return Saved(item, overtaken=True)
    item.minutes, item.version = text, item.version + 1
    item.writer, item.written_at = by, timezone.now()
    item.save(update_fields=["minutes", "version", "writer", "written_at"])
    has_seen_all = seen == meeting.stamp
    meeting.save(update_fields=["updated_at"])  # who approves has read another text
    return Saved(item, overtaken=False, stamp=meeting.stamp if has_seen_all else "")


@transaction.atomic
def correct(item: MeetingItem, text: str, *, form_key: UUID, by: User) -> Correction:
    """Beside the approved text, which stays."""
    meeting = lock_to_edit(item.meeting, by)
    if not meeting.is_approved:
        raise Refused(_("The minutes are not approved yet. Change the text itself."))
    known = made_by(Correction, form_key, item=item, author=by)
    if known is not None:
        return known
    made = Correction.objects.create(
        form_key=form_key, meeting=meeting, item=item, text=text, author=by
    )
    audit.record(meeting, "minutes corrected", by=by, details={"item": item.number})
    return made


def may_write(meeting: Meeting, user: User) -> bool:
    return meeting.is_written and meeting.body.is_editable_by(user)
