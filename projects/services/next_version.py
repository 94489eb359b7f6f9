"""What a version of the programme takes over from the one before: its rows when the draft is made,
and what has happened to them meanwhile when the draft comes into force."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from cluster_portal.core import origin
from cluster_portal.notifications.services import following
from projects.models import Goal, GoalPart, InfluenceGoal, Mandate, Measure, Programme, Transfer
from projects.models.measures import PROGRESS, take_over
from projects.models.ownership import Part, Stage
from projects.models.updates import move_reports
from projects.services.ownership import settle_owner

if TYPE_CHECKING:
    from collections.abc import Iterable

MANDATE = (
    "authority", "authority_words", "task_fi", "task_sv", "task_en", "role_fi", "role_sv",
    "role_en",
)  # fmt: skip
TRANSFER = ("taker", "by_on", "funding", "state")
ACT = ("kind", "on", "title", "link", "of_result")
ANSWER = (
    "stage", "reason", "person", "answered_by", "answered_on", "answered_at", "asked_at", "note",
)  # fmt: skip


# The draft


def copy_rows(source: Programme, target: Programme) -> None:
    for goal in source.goals.all():
        measures, parts = list(goal.measures.all()), list(goal.parts.all())
        _copy(goal, programme=target)
        for part in parts:
            _copy_part(part, goal)
        for measure in measures:
            implementers = list(measure.implementers.all())
            _copy(measure, goal=goal, public_id=uuid.uuid4())
            measure.implementers.set(implementers)
    _copy_lists(source, target)


def _copy(row: Any, **values: Any) -> None:
    """The object becomes a new row that knows which one it continues."""
    values = {"continues_id": row.pk, "pk": None, **values}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def _copy_part(part: GoalPart, goal: Goal) -> None:
    part.pk, part.goal, part.public_id = None, goal, uuid.uuid4()
    part.save(force_insert=True)


def _copy_lists(source: Programme, target: Programme) -> None:
    """Mandates, transfers and influence goals with what has been done for them."""
    rows: list[Mandate | Transfer] = [*source.mandates.all(), *source.transfers.all()]
    for row in rows:
        _copy(row, programme=target)
    target.talks.set(source.talks.all())
    for main in InfluenceGoal.objects.tree(source):
        parts = main.shown_parts
        _copy_influence(main, target)
        for part in parts:
            part.parent = main
            _copy_influence(part, target)


def _copy_influence(goal: InfluenceGoal, target: Programme) -> None:
    acts = list(goal.acts.all())
    _copy(goal, programme=target)
    for act in acts:
        _copy(act, goal=goal)


# Into force


def carry_over(programme: Programme) -> None:
    """What was told, answered and done in the version in force while this one was a draft."""
    _carry_measures(programme)
    _carry_parts(programme)
    earlier = Programme.objects.filter(
        home_cluster=programme.home_cluster_id, version__lt=programme.version
    )
    before = earlier.order_by("-version").first()
    if before is not None:
        programme.talks.add(*before.talks.all())  # who was heard has been heard
        _carry_lists(before, programme)


def _carry_measures(programme: Programme) -> None:
    """Progress and links pass to the successors; the lock lets no update be lost on the way."""
    measures = Measure.objects.of(programme).filter(continues__isnull=False).order_by("pk")
    continued = Measure.objects.filter(pk__in=measures.values("continues")).order_by("pk")
    earlier = {one.pk: one for one in continued.select_for_update(of=("self",))}
    for measure in measures.select_for_update(of=("self",)):
        before = earlier[measure.continues_id]
        take_over(measure, before)
        measure.save(update_fields=PROGRESS)
        origin.move_results(before, measure)
        move_reports(before, measure)
        following.move(before, measure)


def _carry_parts(programme: Programme) -> None:
    """The later word counts, wherever it was said; who was asked meanwhile is asked here, too."""
    goals = {goal.continues_id: goal for goal in programme.goals.filter(continues__isnull=False)}
    rows = Goal.objects.filter(pk__in=[*goals, *(goal.pk for goal in goals.values())])
    list(rows.order_by("pk").select_for_update(of=("self",), no_key=True))
    there = {
        (part.goal_id, part.organisation_id): part
        for part in GoalPart.objects.filter(goal__in=goals.values())
    }
    # Who has stepped back makes room for who owns the goal instead.
    parts = sorted(GoalPart.objects.filter(goal__in=goals), key=_owns)
    for part in parts:
        goal = goals[part.goal_id]
        mine = there.get((goal.pk, part.organisation_id))
        if mine is not None:
            _carry_answer(part, mine)
        elif part.asked_at > programme.created_at:
            _make_room(part, goal)
            _copy_part(part, goal)
        settle_owner(goal.pk, part.organisation_id)


def _owns(part: GoalPart) -> bool:
    return part.part == Part.OWNER and part.stage == Stage.ACCEPTED


def _carry_answer(earlier: GoalPart, part: GoalPart) -> None:
    if earlier.moved_at <= part.moved_at:
        return
    part.part = earlier.part
    for name in ANSWER:
        setattr(part, name, getattr(earlier, name))
    _make_room(part, part.goal)
    part.save()


def _make_room(part: GoalPart, goal: Goal) -> None:
    """A goal has one owner: where the draft has another by now, this one is asked anew."""
    others = goal.parts.filter(part=Part.OWNER, stage=Stage.ACCEPTED).exclude(pk=part.pk)
    if _owns(part) and others.exclude(organisation=part.organisation_id).exists():
        part.stage, part.person = Stage.ASKED, ""
        part.answered_on = part.answered_at = part.answered_by = None


def _carry_lists(before: Programme, programme: Programme) -> None:
    for name, fields in (("mandates", MANDATE), ("transfers", TRANSFER)):
        _carry_rows(getattr(before, name), getattr(programme, name), fields, programme=programme)
    for goal in programme.influence_goals.filter(continues__isnull=False).select_related(
        "continues"
    ):
        earlier: Any = goal.continues
        _carry_rows(earlier.acts, goal.acts, ACT, goal=goal)


def _carry_rows(earlier: Any, own: Any, fields: Iterable[str], **home: Any) -> None:
    """What was written last stands; what was added since the draft was made is added."""
    drafted_at = (home.get("programme") or home["goal"]).created_at
    rows = {row.continues_id: row for row in own.all()}
    for before in earlier.select_for_update(of=("self",)).order_by("pk"):
        row = rows.get(before.pk)
        if row is not None and before.updated_at > row.updated_at:
            for name in fields:
                setattr(row, name, getattr(before, name))
            row.save()
        elif row is None and before.created_at > drafted_at:
            _copy(before, **home)
