"""Decisions: the list of all that a reader sees, the page of one, what is due."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from cluster_portal.core.content import Deadline
from cluster_portal.core.lists import ListPage, Order
from cluster_portal.core.request_cache import Part
from cluster_portal.core.visibility import audience
from events.filters import DecisionFilters
from events.models import Body, Decision, Meeting
from events.models.decisions import MOVES, UNDONE, Stage
from events.pages.bodies import trail
from events.services.decisions import BY_LINK
from projects.models import Result

if TYPE_CHECKING:
    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader

Row = dict[str, Any]
ON_DESK, ON_BODY, MOST_PROMISED = 8, 12, 40
PROMISED: Part[list[Decision]] = Part("decisions on a desk")
ORDER = (F("due_on").asc(nulls_last=True), "pk")
# What is still to be done comes first, whatever its day.
URGENT = (Case(When(stage__in=sorted(UNDONE), then=0), default=1), *ORDER)


def _rows(user: Reader) -> Any:
    rows = found(user).select_related("owner", "organisation")
    return rows.naming_owners(user).order_by(*ORDER)


def found(user: Reader) -> Any:
    """By search: nothing of minutes that are not approved yet, not even inside."""
    rows = Decision.objects.visible_to(user).exclude(stage=Stage.DRAFT)
    return rows.select_related("meeting__body", "item")


def row(decision: Decision) -> Row:
    return {
        "decision": decision, "title": decision.text, "url": decision.get_absolute_url(),
        "label": decision.label, "owner": decision.owner_words, "due": decision.due_on,
        "is_late": decision.is_late, "state": look(decision), "state_text": words(decision),
    }  # fmt: skip


def look(decision: Decision) -> str:
    return "late" if decision.is_late else Stage(decision.stage).look


def words(decision: Decision) -> str:
    """Late by how many days; else the state."""
    if decision.is_late and decision.due_on:
        days = (timezone.localdate() - decision.due_on).days
        late = ngettext("Late by %(count)s day", "Late by %(count)s days", days)
        return late % {"count": days}
    return str(decision.get_stage_display())


def shares(decisions: Any) -> Row:
    """How many are in each state; one that is late counts as late."""
    found = decisions.order_by().values_list("stage", "due_on")
    today = timezone.localdate()
    count = Counter(
        "late" if stage in UNDONE and due and due < today else Stage(stage).look
        for stage, due in found[:2000]
    )
    names = (
        ("done", _("done")), ("running", _("under way")), ("waiting", _("not begun")),
        ("late", _("late")), ("stopped", _("dropped")),
    )  # fmt: skip
    key = [{"look": name, "count": count[name], "words": said} for name, said in names]
    bar = [name for name, _said in names for _each in range(min(count[name], 60))]
    return {"key": [each for each in key if each["count"]], "bar": bar}


def _shares_of(found: Found) -> Row:
    """Of what is found, also where htmx draws the results alone."""
    return {"shares": shares(found.filters.qs)}


DECISIONS = ListPage(
    "decisions", gettext_lazy("Follow-up of decisions"), "events:decisions", rows=_rows,
    filters=DecisionFilters,
    counted=ngettext_lazy("%(count)d decision", "%(count)d decisions", "count"),
    page="events/decision_list.html", results="events/_decision_results.html", row=row,
    orders=(
        Order("due", gettext_lazy("Most urgent first"), lambda: URGENT),
        Order("newest", gettext_lazy("Newest first"), lambda: ("-created_at", "-pk")),
    ),
    values=_shares_of, above=((gettext_lazy("Bodies"), "events:bodies"),),
)  # fmt: skip


def line(decision: Decision) -> Row:
    """For a desk or a body's page."""
    due = date_format(decision.due_on, "SHORT_DATE_FORMAT") if decision.due_on else ""
    return {
        "title": decision.text, "url": decision.get_absolute_url(), "kind": decision.label,
        "text": " · ".join(filter(None, [decision.owner_words, due])),
        "state": look(decision), "state_text": words(decision),
    }  # fmt: skip


def mine(user: Reader) -> list[Row]:
    """What the reader, or an organisation that they look after, has promised and not done."""
    return [line(each) for each in _promised(user)[:ON_DESK]]


def _promised(user: Reader) -> list[Decision]:
    """Read once for the card and the deadlines, the most urgent first."""
    if not user.is_authenticated:
        return []
    own = Q(owner=user.pk) | Q(owner=None, organisation__in=audience(user).edits)
    rows = _rows(user).undone().filter(own)
    return PROMISED.get(user.pk, lambda: list(rows[:MOST_PROMISED]))


def of_body(body: Body, user: Reader) -> list[Row]:
    rows = _rows(user).filter(meeting__body=body).undone()
    return [line(each) for each in rows[:ON_BODY]]


def by_result(pks: list[int], user: Reader) -> dict[int, list[Row]]:
    """Decisions in which results were used, by their keys: a part of the thread."""
    found: dict[int, list[Row]] = defaultdict(list)
    rows = _rows(user).filter(results__in=pks).annotate(source=F("results"))
    for each in rows:
        found[each.source].append(
            {"kind": _("Decision"), "title": each.text, "url": each.get_absolute_url()}
        )
    return found


def actions(decision: Decision, user: Reader) -> list[str]:
    return [name for name, _move in MOVES.open_to(decision, user)]


def link_actions(decision: Decision) -> list[str]:
    """What the holder of a letter's link can tell."""
    return [name for name in BY_LINK if decision.stage in MOVES.moves[name].sources]


def values(decision: Decision, user: Reader) -> Row:
    """The meeting is linked only for who may open it: a decision may be all that they see."""
    meeting = Meeting.objects.visible_to(user).filter(pk=decision.meeting_id).first()
    is_leader = Body.objects.editable_by(user).filter(pk=decision.meeting.body_id).exists()
    side = is_leader or bool(actions(decision, user))
    return {
        **row(decision), "meeting": meeting, "is_leader": is_leader,
        "reports": list(decision.reports.select_related("author")) if side else [],
        "results": list(Result.objects.visible_to(user).filter(pk__in=decision.results.all())),
        "owner_has_left": is_leader and decision.owner_has_left,
        "trail": trail(meeting, _("Decision")) if meeting else [{"name": _("Decision")}],
    }  # fmt: skip


def deadlines(user: Reader) -> list[Deadline]:
    """The days by which the reader has promised something."""
    today = timezone.localdate()
    own = [(each.due_on, each) for each in _promised(user) if each.due_on and each.due_on >= today]
    return [
        Deadline(_at_noon(day), _("Decision"), each.text, each.get_absolute_url())
        for day, each in own[:ON_DESK]
    ]


def _at_noon(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
