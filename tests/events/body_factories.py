"""Bodies and who sits in them."""

from __future__ import annotations

import datetime
import itertools
import uuid
from typing import Any

from django.utils import timezone

from cluster_portal.core import search
from events.models import Body, BodyMember, Decision, Meeting, MeetingItem
from events.services.decisions import take_decision

_numbers = itertools.count(1)


def body(cluster: Any, **values: Any) -> Body:
    """A steering group that only its members see."""
    number = next(_numbers)
    values = {
        "slug": f"ryhma-{number}", "kind": "steering_group", "title_fi": f"Ohjausryhmä {number}",
        "summary_fi": "Päättää ja seuraa.", "visibility": "group", **values,
    }  # fmt: skip
    made = Body.objects.create(home_cluster=cluster, **values)
    search.reindex(made)
    return made


def seat(body: Body, user: Any = None, role: str = "member", **values: Any) -> BodyMember:
    """From a year ago until further notice."""
    since = timezone.localdate() - datetime.timedelta(days=365)
    return BodyMember.objects.create(body=body, user=user, role=role, **{"since": since, **values})


def meeting(body: Body, by: Any, **values: Any) -> Meeting:
    """Planned for next week, with the matters that every agenda has."""
    starts = timezone.now() + datetime.timedelta(days=7)
    number = body.meetings.count() + 1
    if values.get("stage") == "approved":
        values["approved_at"] = timezone.now()
    made = Meeting.objects.create(
        body=body, teller=by,
        **{"starts_at": starts, "ends_at": starts + datetime.timedelta(hours=2),
           "year": starts.year, "number": number, **values},
    )  # fmt: skip
    for place, kind in enumerate(("opening", "follow_up", "closing"), start=1):
        MeetingItem.objects.create(meeting=made, kind=kind, title=f"Kohta {kind}", number=place)
    return made


def decision(item: MeetingItem, by: Any, **values: Any) -> Decision:
    """Written into the minutes, for the body and who is responsible."""
    values = {
        "text": "Näin päätettiin.", "visibility": "group",
        "due_on": timezone.localdate() + datetime.timedelta(days=30), **values,
    }  # fmt: skip
    return take_decision(item, values, form_key=uuid.uuid4(), by=by)
