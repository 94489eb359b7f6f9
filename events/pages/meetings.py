"""What the page of a meeting shows, to whom: agenda, minutes, presence, papers, decisions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cluster_portal.core.content import Deadline
from cluster_portal.core.visibility import audience
from events.models import Attendance, Decision, DecisionReport, Meeting, MeetingItem, MeetingPaper
from events.models.bodies import Role
from events.models.decisions import READERS
from events.models.decisions import Stage as DecisionStage
from events.models.meetings import (
    AHEAD,
    MOVES,
    Answer,
    ItemKind,
    ItemState,
    Presence,
    Stage,
)
from events.pages import decisions
from events.pages.bodies import seats_of, trail
from events.pages.words import span
from events.services.decisions import open_before
from members.models.content import LEVELS

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from events.models import Body

Row = dict[str, Any]
ON_DESK, ON_BODY = 6, 12
READ_BY = dict(READERS)
# What a step says once it is done.
DONE = {
    "call": gettext_lazy(
        "The invitation is sent to all members, with the agenda and a calendar entry."
    ),
    "begin": gettext_lazy("The meeting has begun. What you write is saved as you write."),
    "close": gettext_lazy("The minutes went to the chair for approval."),
    "approve": gettext_lazy("The minutes are approved. Those responsible have their decisions."),
}
LOOKS = {Presence.REMOTE: "remote", Presence.AWAY: "away", Presence.UNKNOWN: "away"}


def inside(user: Reader) -> Any:
    """Meetings in which the reader takes part, or that they look after."""
    return Meeting.objects.inside(user).select_related("body")


def row(meeting: Meeting) -> Row:
    return {
        "title": meeting.title, "url": meeting.get_absolute_url(),
        "kind": span(meeting.starts_at, meeting.ends_at), "text": meeting.place,
        "state": Stage(meeting.stage).look, "state_text": meeting.get_stage_display(),
    }  # fmt: skip


def of_body(body: Body, user: Reader) -> list[Row]:
    rows = Meeting.objects.visible_to(user).filter(body=body).select_related("body")
    return [row(meeting) for meeting in rows[:ON_BODY]]


def coming(user: Reader) -> list[Row]:
    """For a desk: called meetings ahead with the reader's answer, and those that go on."""
    if not seats_of(user):
        return []
    ahead = Q(stage=Stage.CALLED, ends_at__gte=timezone.now())
    rows = Meeting.objects.inside(user).filter(ahead | Q(stage=Stage.RUNNING))
    own = Attendance.objects.filter(Q(seat__user=user.pk) | Q(deputy__user=user.pk))
    own = own.filter(meeting__in=rows.values("pk")).select_related("seat__user")
    said_of = {each.meeting_id: _said(each, user) for each in own}
    found = []
    rows = rows.filter(pk__in=own.values("meeting")).order_by("starts_at", "pk")
    for meeting in rows.select_related("body")[:ON_DESK]:
        said = said_of[meeting.pk]
        found.append(row(meeting) | (said if meeting.stage == Stage.CALLED else {}))
    return found


def _said(own: Attendance, user: Reader) -> Row:
    """The reader's own answer, or in whose place they are called."""
    answer = Answer(own.answer)
    if own.seat.user_id == user.pk:
        return {"state": answer.look, "state_text": answer.label}
    stands_for = _("Deputy of %(name)s") % {"name": own.seat}
    return {"state": Answer.COMES.look, "state_text": stands_for}


def in_review(user: Reader) -> Any:
    return Meeting.objects.inside(user).filter(stage=Stage.REVIEW)


def to_approve(user: Reader) -> list[Row]:
    """For a desk: minutes that wait for this chair, or for who looks after a body without one."""
    if not seats_of(user) and not _looks_after_some(user):
        return []
    rows = in_review(user).select_related("body")
    return [row(meeting) for meeting in rows[:ON_DESK] if MOVES.may("approve", meeting, user)]


def _looks_after_some(user: Reader) -> bool:
    known = audience(user)
    return bool(known.is_admin or known.coordinates or known.edits)


def deadlines(user: Reader) -> list[Deadline]:
    """Meetings that somebody is invited to: their calendar."""
    if not seats_of(user):
        return []
    comes = Q(seat__user=user.pk) & ~Q(answer=Answer.AWAY) | Q(deputy__user=user.pk)
    own = Attendance.objects.filter(comes)
    meetings = Meeting.objects.inside(user).coming().filter(pk__in=own.values("meeting"))
    return [
        Deadline(
            meeting.starts_at,
            pgettext("of a body", "Meeting"),
            meeting.title,
            meeting.get_absolute_url(),
        )
        for meeting in meetings.select_related("body")[:ON_DESK]
    ]


def in_calendar(user: Reader) -> QuerySet[Meeting]:
    """Those ahead and those held that the reader comes to, in an own seat or as a deputy."""
    if not seats_of(user):
        return Meeting.objects.none()
    comes = Q(seat__user=user.pk) & ~Q(answer=Answer.AWAY) | Q(deputy__user=user.pk)
    own = Attendance.objects.filter(comes)
    rows = Meeting.objects.inside(user).exclude(stage=Stage.CANCELLED)
    return rows.filter(pk__in=own.values("meeting")).select_related("body")


def values(meeting: Meeting, user: Reader) -> Row:
    is_inside = Meeting.objects.inside(user).filter(pk=meeting.pk).exists()
    is_editor = is_inside and meeting.body.is_editable_by(user)
    reads = is_inside or meeting.is_approved
    items = _items(meeting, user, reads=reads, is_inside=is_inside)
    day = timezone.localdate(meeting.starts_at)
    rows = _invited(meeting, day)
    moves = MOVES.open_to(meeting, user)
    own = next((each for each in rows if each.seat.user_id == user.pk and user.pk), None)
    return {
        "meeting": meeting, "body": meeting.body, "when": span(meeting.starts_at, meeting.ends_at),
        "look": Stage(meeting.stage).look, "items": items, "is_inside": is_inside,
        "is_editor": is_editor, "writes": is_editor and meeting.is_written, "reads": reads,
        "moves": [each for each in moves if each[0] != "approve"],
        "approval": [each for each in moves if each[0] == "approve"],
        "url": meeting.get_absolute_url(), "trail": trail(meeting.body, meeting),
        "proposals": _proposals(meeting) if is_inside else [],
        "may_propose": is_inside and meeting.stage in AHEAD,
        "is_planned": meeting.stage in AHEAD, "corrects": is_editor and meeting.is_approved,
        "people": [_person(each) for each in rows] if is_inside or meeting.is_approved else [],
        "presences": Presence.choices,
        "quorum": quorum(meeting, rows) if is_inside and rows else None,
        "corrected": [each["item"] for each in items if each["corrections"]],
        "is_live": meeting.stage in {Stage.CALLED, Stage.RUNNING},
        "own": own,
        "own_look": Answer(own.answer).look if own else "",
        "takes_answers": meeting.stage == Stage.CALLED,
        "answers": [choice for choice in Answer.choices if choice[0] != Answer.NONE],
        "deputies": meeting.body.seats.current(day).filter(role=Role.DEPUTY) if is_editor else [],
        "papers": [each for each in _papers(meeting, user) if each["item"] is None],
        "followed": followed(meeting, user) if is_inside else [], "about": about(meeting, user),
    }  # fmt: skip


def _invited(meeting: Meeting, day: datetime.date) -> list[Attendance]:
    """Before the meeting without those whose term will have ended by then."""
    rows = list(meeting.attendances.select_related("seat__user", "deputy__user"))
    return [row for row in rows if meeting.stage not in AHEAD or row.seat.sits_on(day)]


def about(meeting: Meeting, user: Reader) -> list[Row]:
    """What it is about, as far as the reader sees that."""
    named = (meeting.about_project, meeting.about_programme, meeting.about_challenge)
    return [
        {"title": str(each), "url": each.get_absolute_url()}
        for each in named
        if each and type(each).objects.visible_to(user).filter(pk=each.pk).exists()
    ]


def _items(meeting: Meeting, user: Reader, *, reads: bool, is_inside: bool) -> list[Row]:
    papers: dict[int | None, list[Row]] = defaultdict(list)
    for paper in _papers(meeting, user):
        papers[paper["item"]].append(paper)
    taken: dict[int, list[Row]] = defaultdict(list)
    rows = Decision.objects.visible_to(user).filter(meeting=meeting).naming_owners(user)
    rows = rows.select_related("owner", "organisation", "meeting__body", "item")
    for each in rows.order_by("pk"):
        taken[each.item_id].append(decision_row(each))
    return [
        {
            "item": item, "papers": papers[item.pk], "decisions": taken[item.pk],
            "is_movable": item.kind not in {ItemKind.OPENING, ItemKind.CLOSING},
            "is_follow_up": item.kind == ItemKind.FOLLOW_UP,
            "minutes": item.minutes if reads else "",
            "snapshot": kept(item, meeting.body, is_inside=is_inside),
            "is_told": bool(item.snapshot),
            "corrections": list(item.corrections.all()) if reads else [],
            "state": "next" if meeting.stage in AHEAD else "done",
        }
        for item in meeting.items.on().select_related("writer").prefetch_related("corrections")
    ]  # fmt: skip


def kept(item: MeetingItem, body: Body, *, is_inside: bool) -> list[str]:
    """What approved minutes tell of earlier decisions; a narrower one only to who takes part.

    Asked when they are read: by then the body may have opened its papers to more people.
    """
    lines = [line.split("\t", 1) for line in item.snapshot.splitlines()]
    return [told for level, told in lines if is_inside or LEVELS[level] <= body.papers_level]


def decision_row(decision: Decision) -> Row:
    return {
        "decision": decision, "url": decision.get_absolute_url(), "owner": decision.owner_words,
        "state": decisions.look(decision), "state_text": decisions.words(decision),
        "read_by": READ_BY.get(decision.visibility, decision.get_visibility_display()),
        "is_draft": decision.stage == DecisionStage.DRAFT,
    }  # fmt: skip


def followed(meeting: Meeting, user: Reader) -> list[Row]:
    rows = open_before(meeting) & Decision.objects.visible_to(user)
    rows = rows.naming_owners(user)
    rows = rows.select_related("owner", "organisation", "meeting__body", "item")
    told = DecisionReport.objects.filter(decision=OuterRef("pk")).order_by("-told_at", "-pk")
    rows = rows.annotate(told=Subquery(told.values("text")[:1]))
    return [decision_row(each) | {"told": each.told} for each in rows]


def _papers(meeting: Meeting, user: Reader) -> list[Row]:
    rows = MeetingPaper.objects.visible_to(user).filter(meeting=meeting)
    rows = rows.prefetch_related("versions").order_by("pk")
    return [_paper(paper, meeting.approved_at) for paper in rows]


def _paper(paper: MeetingPaper, approved_at: datetime.datetime | None) -> Row:
    """What came once the minutes were approved says so: who approved them had not read it."""
    versions = list(paper.versions.all())
    return {
        "paper": paper, "item": paper.item_id, "title": paper.title,
        "versions": [
            {"number": one.number, "url": one.get_absolute_url(), "name": one.name,
             "size": filesizeformat(one.size),
             "later": one.sent_at if approved_at and one.sent_at > approved_at else None}
            for one in versions
        ],
        "newest": versions[0] if versions else None, "readers": paper.get_read_by_display(),
    }  # fmt: skip


def _proposals(meeting: Meeting) -> list[MeetingItem]:
    rows = meeting.items.exclude(state=ItemState.ON).select_related("proposer")
    return list(rows.order_by("pk"))


def _person(row: Attendance) -> Row:
    """As drawn: present, remote or away; before the meeting their answer."""
    role = str(row.seat.get_role_display())
    stands_for = _("Deputy of %(name)s") % {"name": row.seat}
    said = stands_for if row.deputy_id else role
    return {
        "row": row, "name": str(row.deputy if row.deputy_id else row.seat),
        "seat": str(row.seat), "role": role[:1].lower() + role[1:],
        "stands_as": said[:1].lower() + said[1:],
        "has_deputy": row.deputy_id is not None, "look": LOOKS.get(Presence(row.presence), ""),
        "answer": row.get_answer_display(), "answer_look": Answer(row.answer).look,
        "presence": row.get_presence_display(), "is_present": row.is_present,
    }  # fmt: skip


def quorum(meeting: Meeting, rows: list[Attendance]) -> Row:
    """Of those who vote: how many are there (before the meeting, how many come), how many must."""
    voting = [each for each in rows if each.seat.is_voting]
    if meeting.stage in AHEAD:
        there = [each for each in voting if each.answer in {Answer.COMES, Answer.REMOTE}
                 or each.deputy_id]  # fmt: skip
    else:
        there = [each for each in voting if each.is_present]
    needed = meeting.body.quorum or len(voting) // 2 + 1
    return {"there": len(there), "all": len(voting), "needed": needed,
            "is_met": len(there) >= needed}  # fmt: skip


PRINTS = {
    "agenda": gettext_lazy("Agenda"),
    "minutes": gettext_lazy("Minutes of the meeting"),
    "decisions": gettext_lazy("List of decisions"),
}


def print_values(meeting: Meeting, user: Reader, form: str) -> Row:
    shown = values(meeting, user)
    if form == "decisions":
        shown["items"] = [each for each in shown["items"] if each["decisions"]]
    chair = meeting.attendances.filter(seat__role=Role.CHAIR).select_related("seat__user").first()
    secretary = meeting.attendances.filter(seat__role=Role.SECRETARY).first()
    people = shown["people"]
    return shown | {
        "there": [each for each in people if each["is_present"]],
        "away": [each for each in people if not each["is_present"]],
        "heading": PRINTS[form], "is_agenda": form == "agenda", "is_minutes": form == "minutes",
        "chair": chair.seat if chair else "", "secretary": secretary.seat if secretary else "",
        "trail": trail(meeting.body, meeting, PRINTS[form]),
        "files": {name: reverse("events:meeting_print", args=[meeting.public_id, name])
                  for name in PRINTS},
    }  # fmt: skip


def by(link: str) -> Callable[[list[int], Any], dict[int, list[Row]]]:
    """Meetings about projects, programmes or challenges, by the name of the meeting's field."""

    def found_by(pks: list[int], user: Reader) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = defaultdict(list)
        rows = Meeting.objects.visible_to(user).filter(**{f"{link}__in": pks})
        for meeting in rows.select_related("body"):
            found[getattr(meeting, f"{link}_id")].append(
                {
                    "kind": pgettext("of a body", "Meeting"),
                    "title": meeting.title,
                    "url": meeting.get_absolute_url(),
                }
            )
        return found

    return found_by
