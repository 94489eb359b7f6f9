"""What is evidence of measures: the work tied to them, and what has come of that work.

Two statements for any number of measures and types: one follows the declared ties through what the
reader may see, a step back and from there a step on; the other reads what was found. What came of
work that the reader may not see is not told either.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from cluster_portal.core import thread, thread_shown
from cluster_portal.core.knots import BACK, FORTH, Column
from cluster_portal.core.thread import Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import LiteralString

    from django.db.models import Model

    from cluster_portal.core.thread import Step
    from cluster_portal.core.visibility import Reader

    Row = dict[str, Any]

OUT = {Column.RESULT, Column.USE}
COME = {Column.WORK, *OUT}
# It begins with SELECT, by which those who keep the history know that it changes nothing.
FOLLOW: LiteralString = """SELECT * FROM (
    WITH work (measure, key, pk) AS MATERIALIZED (
        SELECT walk.pk, step.key, step.pk
        FROM (SELECT %s::text AS way, %s::text AS key, given.pk
              FROM unnest(%s::bigint[]) AS given (pk)) AS walk
        CROSS JOIN LATERAL ({steps}) AS step (key, pk)
        WHERE EXISTS ({seen})
    )
    SELECT measure, key, pk FROM work
    UNION
    SELECT walk.measure, step.key, step.pk
    FROM (SELECT measure, %s::text AS way, key, pk FROM work) AS walk
    CROSS JOIN LATERAL ({steps}) AS step (key, pk)
    WHERE step.key = ANY(%s) AND EXISTS ({seen})
) AS followed"""


class Found(NamedTuple):
    """A thing that hangs on a measure, or came of work that does."""

    measure: int
    thing: Place


def evidence_of(model: type[Model], pks: Iterable[int], user: Reader) -> dict[int, list[Row]]:
    """Lines of each measure's evidence by its primary key, those that are done first."""
    found = _follow(thread.key_of(model), list(pks), user)
    seen = {step.place: step for step in thread.read({each.thing for each in found}, user)}
    steps: dict[int, dict[Place, Step]] = defaultdict(dict)
    for measure, thing in found:
        step = seen.get(thing)
        if step and _counts(step):
            steps[measure][thing] = step
    rows: dict[int, list[Row]] = defaultdict(list)
    for measure, each in steps.items():
        rows[measure] = _rows(each.values())
    return rows


def _counts(step: Step) -> bool:
    """A result counts once it is out; nothing that was stopped does."""
    return step.look != "stopped" and (step.column not in OUT or step.is_over)


def _rows(steps: Iterable[Step]) -> list[Row]:
    """A topic and the thesis that was written of it are one line, that of the thesis."""
    by_title: dict[str, Step] = {}
    for step in sorted(steps, key=lambda each: (each.column, each.place)):
        by_title[step.title] = step
    ordered = sorted(by_title.values(), key=lambda each: (not each.is_over, -each.column))
    return [thread_shown.row(step) for step in ordered]


def _follow(key: str, pks: list[int], user: Reader) -> list[Found]:
    steps, tied = thread.tied_steps()
    if not steps or not pks or not key:
        return []
    seen, may = thread.seen_steps(user)
    came = [each for each, (_model, knot) in thread.knots().items() if knot.column in COME]
    with connection.cursor() as cursor:
        values = [BACK, key, pks, *tied, *may, FORTH, *tied, came, *may]
        cursor.execute(FOLLOW.format(steps=steps, seen=seen), values)
        rows = cursor.fetchall()
    return [Found(measure, Place(thing_key, thing)) for measure, thing_key, thing in rows]
