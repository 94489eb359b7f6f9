"""What the owners of the example's programme have told, agreed, commented and reviewed."""

from __future__ import annotations

import datetime
import tomllib
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cluster_portal.surveys.models import Round
from members.models import Organisation, User
from projects.models import (
    Comment,
    Goal,
    GoalPart,
    InfluenceAct,
    InfluenceGoal,
    Mandate,
    Measure,
    MeasureUpdate,
    Programme,
    Reporter,
    Result,
    Review,
    Transfer,
)
from projects.models.programmes import Stage

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]


@transaction.atomic
def load(folder: Path, today: datetime.date) -> None:
    text = (folder / "programme_life.toml").read_text(encoding="utf-8")
    for row in tomllib.loads(text)["programme"]:
        programmes = Programme.objects.filter(home_cluster__slug=row["cluster"])
        programme = programmes.approved().first()
        if programme and not MeasureUpdate.objects.filter(measure__goal__programme=programme):
            _load(programme, row, today)
            _load_draft(programmes.filter(stage=Stage.DRAFT).first(), row, today)


def _load(programme: Programme, row: Row, today: datetime.date) -> None:
    programme.talks.set(Round.objects.filter(slug__in=row["talks"]))
    for one in row.get("report", []):
        _report(programme, one, today)
    for one in row.get("reporter", []):
        measure = _measure(programme, one["measure"])
        owner: Any = measure.responsible
        names = {"name": one["name"], "email": one["email"]}
        Reporter.objects.create(measure=measure, organisation=owner, **names)
    _load_lists(programme, row, today)
    for one in row["review"]:
        _review(programme, one, today)


def _load_lists(programme: Programme, row: Row, today: datetime.date) -> None:
    """Parts, mandates, transfers and influence: of the version in force, and of its draft."""
    for one in row["part"]:
        _part(programme, one, today)
    for position, one in enumerate(row["mandate"], start=1):
        values = {**one, "authority": _organisation(one.get("authority", ""))}
        Mandate.objects.create(programme=programme, position=position, **values)
    for position, one in enumerate(row["transfer"], start=1):
        values = {**one, "taker": _organisation(one.get("taker", ""))}
        by_on = _after(today, values.pop("by_in_days"))
        Transfer.objects.create(programme=programme, position=position, by_on=by_on, **values)
    for one in row["influence"]:
        _influence(programme, one, today)


def _after(today: datetime.date, days: int) -> datetime.date:
    return today + datetime.timedelta(days=days)


def _organisation(external_id: str) -> Any:
    """None for a row that names nobody."""
    return Organisation.objects.get(external_id=external_id) if external_id else None


def _measure(programme: Programme, label: str) -> Measure:
    goal, number = label.split(".")
    return Measure.objects.of(programme).get(goal__number=goal, number=number)


def _report(programme: Programme, row: Row, today: datetime.date) -> None:
    measure = _measure(programme, row["measure"])
    day = _after(today, -row["days_ago"])
    told = timezone.make_aware(datetime.datetime.combine(day, datetime.time(9)))
    MeasureUpdate.objects.create(
        measure=measure, organisation=measure.responsible, name=row["name"], told_at=told,
        state=row["state"], achieved=row.get("achieved"), progress=row.get("progress"),
        text=row["text"], evidence=row.get("evidence", []),
    )  # fmt: skip


def _part(programme: Programme, row: Row, today: datetime.date) -> None:
    stage = row.get("stage", "asked")
    answered = None if stage == "asked" else _after(today, -row["days_ago"])
    GoalPart.objects.create(
        goal=Goal.objects.get(programme=programme, number=row["goal"]),
        organisation=_organisation(row["organisation"]), part=row["part"], stage=stage,
        note=row.get("note", ""), reason=row.get("reason", ""), answered_on=answered,
    )  # fmt: skip


def _influence(programme: Programme, row: Row, today: datetime.date) -> None:
    rows = InfluenceGoal.objects.filter(programme=programme, parent=None)
    goal = rows.get(position=row["position"])
    goal.target, goal.channel = row["target"], row["channel"]
    goal.save()
    for act in row.get("act", []):
        on = _after(today, -act["days_ago"])
        InfluenceAct.objects.create(
            goal=goal, on=on, kind=act["kind"], title=act["title"],
            of_result=Result.objects.filter(slug=act.get("result", "")).first(),
        )  # fmt: skip


def _review(programme: Programme, row: Row, today: datetime.date) -> None:
    due = _after(today, row["in_days"])
    is_held = "words" in row
    Review.objects.create(
        programme=programme, due_on=due, months=row["months"], words=row.get("words", ""),
        held_on=due if is_held else None, counts=row["counts"] if is_held else None,
    )  # fmt: skip


def _tie(draft: Programme) -> None:
    """The rows of the draft continue those of the version in force, as if they were copies."""
    before = Programme.objects.approved().get(home_cluster=draft.home_cluster_id)
    for model in (Mandate, Transfer):
        earlier = dict(model.objects.filter(programme=before).values_list("position", "pk"))
        for row in model.objects.filter(programme=draft):
            row.continues_id = earlier[row.position]
            row.save()
    for act in InfluenceAct.objects.filter(goal__programme=draft).select_related("goal"):
        act.continues = InfluenceAct.objects.get(goal=act.goal.continues_id, title=act.title)
        act.save()


def _load_draft(draft: Programme | None, row: Row, today: datetime.date) -> None:
    if draft is None:
        return
    draft.comments_until = _after(today, row["comments_until_in_days"])
    draft.save()
    draft.talks.set(Round.objects.filter(slug__in=row["talks"]))
    _load_lists(draft, row, today)
    _tie(draft)
    for one in row["comment"]:
        author = User.objects.get(email=one["by"])
        post = author.affiliations.confirmed().select_related("organisation").first()
        Comment.objects.create(
            programme=draft, author=author, name=str(author), text=one["text"],
            kind=one.get("kind", "comment"),
            organisation=post.organisation if post else None,
            goal=draft.goals.filter(number=one.get("goal", 0)).first(),
            outcome=one.get("outcome", "new"), answer=one.get("answer", ""),
        )  # fmt: skip
