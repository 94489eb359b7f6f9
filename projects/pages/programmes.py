"""The action programme as its page shows it: figures, goals with measures, the calendar."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.core import pictures, thread_evidence
from cluster_portal.core.database.columns import listed
from cluster_portal.core.templatetags.ui import percent
from members.models import Organisation
from members.pages.owner_names import name_in_language
from projects.models import Goal, Measure, MeasureUpdate, Programme
from projects.models.measures import State, take_over
from projects.models.programmes import Stage
from projects.pages.figures import with_seen_source
from projects.pages.measure_lines import MeasureLine, Told
from projects.pages.ownership import parts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from cluster_portal.core.origin import Row
    from cluster_portal.core.visibility import Reader

LONGEST_LABEL = 28


@dataclass(frozen=True)
class GoalBlock:
    goal: Goal
    lines: list[MeasureLine]

    @property
    def percent(self) -> int:
        counted = [each.percent for each in self.lines]
        return sum(counted) // len(counted) if counted else 0

    @property
    def is_done(self) -> bool:
        return bool(self.lines) and all(line.measure.state == State.DONE for line in self.lines)

    @property
    def is_late(self) -> bool:
        return any(line.measure.is_late for line in self.lines)

    @property
    def words(self) -> str:
        """Done, 62 % or 62 %, delayed: what stands beside its bar."""
        if self.is_done:
            return pgettext("goal", "done")
        if self.is_late:
            return _("%(percent)s, delayed") % {"percent": percent(self.percent)}
        return percent(self.percent)


FILTERS: dict[str, Callable[[MeasureLine], bool]] = {
    "in_progress": lambda line: line.shape == "running",
    "late": lambda line: line.shape == "late",
    "done": lambda line: line.shape == "done",
    "ownerless": lambda line: line.is_ownerless,
}


def implementer_names(seen: Any) -> Any:
    """Of the organisations that a reader sees, those that carry out a measure, by name."""
    links = Measure.implementers.through.objects.filter(measure=OuterRef(OuterRef("pk")))
    rows = seen.filter(pk__in=links.values("organisation")).order_by("name")
    return ArraySubquery(rows.values_list(name_in_language()))


def goal_blocks(programme: Programme, user: Reader) -> list[GoalBlock]:
    """Goals with their measures; what the reader may not see of links and owners is left out.

    A draft shows how far the measures are that it continues, and what hangs on them.
    """
    seen = Organisation.objects.visible_to(user)
    later = Measure.objects.visible_to(user).exclude(goal__programme__stage=Stage.DRAFT)
    if programme.stage != Stage.REPLACED:  # asked of no other version
        later = later.none()
    measures = with_seen_source(Measure.objects.visible_to(user), user).prefetch_related(
        Prefetch("successors", later.with_programme(), to_attr="seen_successors"),
    ).select_related("responsible", "continues").annotate(
        owner_seen=Exists(seen.filter(pk=OuterRef("responsible"))),
        implementer_names=implementer_names(seen),
        last_told=listed(MeasureUpdate.objects.last_of_measure(user), at="told_at", text="text"),
    )  # fmt: skip
    owner_seen = Exists(seen.filter(pk=OuterRef("owner")))
    rows = programme.goals.select_related("owner", "lead_region").annotate(
        owner_seen=owner_seen, seen_parts=parts_of(user)
    )
    goals: list[Any] = list(
        rows.prefetch_related(Prefetch("measures", measures.order_by("number")))
    )
    every = [measure for goal in goals for measure in goal.measures.all()]
    if programme.stage == Stage.DRAFT:
        for measure in every:
            if measure.continues:
                take_over(measure, measure.continues)
    sources = [_source(measure, programme).pk for measure in every]
    evidence = thread_evidence.evidence_of(Measure, sources, user)
    return [
        GoalBlock(goal, [_line(m, evidence[_source(m, programme).pk]) for m in goal.measures.all()])
        for goal in goals
    ]


def _source(measure: Measure, programme: Programme) -> Measure:
    """Whose links are shown: a draft's measure has none of its own yet."""
    return measure.continues or measure if programme.stage == Stage.DRAFT else measure


def _line(measure: Any, evidence: list[Row]) -> MeasureLine:
    successor = next(iter(measure.seen_successors), None)
    told = [
        Told(datetime.datetime.fromisoformat(one["at"]), one["text"]) for one in measure.last_told
    ]
    return MeasureLine(measure, evidence, successor, next(iter(told), None))


def every_line(blocks: list[GoalBlock]) -> list[MeasureLine]:
    return [line for block in blocks for line in block.lines]


def stats(blocks: list[GoalBlock]) -> list[dict[str, Any]]:
    lines = every_line(blocks)
    figures = {name: sum(map(test, lines)) for name, test in FILTERS.items()}
    return [
        {"label": pgettext("figure", "measures"), "value": len(lines)},
        {"label": pgettext("figure", "done"), "value": figures["done"]},
        {"label": pgettext("figure", "in progress"), "value": figures["in_progress"]},
        {"label": pgettext("figure", "delayed"), "value": figures["late"]},
        {"label": pgettext("figure", "without an owner"), "value": figures["ownerless"]},
    ]


def picture(blocks: list[GoalBlock]) -> dict[str, Any] | None:
    """Goals as bars on a calendar; below a goal, its measures that are late or ownerless."""
    lines = every_line(blocks)
    if not lines:
        return None
    spans: list[pictures.Span] = []
    for block in blocks:
        if block.lines:
            spans.append(_goal_span(block))
            spans += [_span(x) for x in block.lines if x.is_ownerless or x.shape == "late"]
    starts = min(span.start for span in spans)
    ends = max(span.end for span in spans)
    calendar = pictures.Calendar(_quarter(starts), _quarter(ends, after=1), timezone.localdate())
    caption = pictures.Caption("programme", _("Timeline of the action programme"), _told(blocks))
    return {
        "heading": _("Timeline of the programme"),
        "level": "h2",
        "note": _("The filled part of a bar is done."),
        "label": _("Timeline of the programme"),
        "wide": True,
        "svg": pictures.programme(caption, spans, calendar),
        "key": _key(),
        "caption": _("Measures, time, progress and responsible party"),
        "head": [{"name": name} for name in _head()],
        "rows": [_table_row(line) for line in lines],
    }


def _key() -> list[dict[str, Any]]:
    return [
        {"name": State.DONE.label, "kind": "done"},
        {"name": State.IN_PROGRESS.label, "kind": "running"},
        {"name": State.DELAYED.label, "kind": "late"},
        {"name": _("No responsible party"), "kind": "free"},
    ]


def _head() -> list[str]:
    return [
        _("Measure"), _("Starts"), _("Ends"), _("Done"), _("State"), _("Responsible party"),
    ]  # fmt: skip


def _table_row(line: MeasureLine) -> list[str]:
    measure = line.measure
    return [
        f"{measure.label} {measure.title}", date_format(measure.starts_on),
        date_format(measure.ends_on), percent(line.percent), line.state_words,
        line.owner or pgettext("responsible party", "missing"),
    ]  # fmt: skip


def _told(blocks: list[GoalBlock]) -> str:
    """The picture in words, for those who do not see it."""
    lines = every_line(blocks)
    late = [line.measure.label for line in lines if line.shape == "late"]
    free = [line.measure.label for line in lines if line.is_ownerless]
    sentences = [f"{block.goal.number} {block.goal.title}: {block.words}." for block in blocks]
    if late:
        sentences.append(_("Delayed: %(numbers)s.") % {"numbers": ", ".join(late)})
    if free:
        sentences.append(_("Without an owner: %(numbers)s.") % {"numbers": ", ".join(free)})
    return " ".join(sentences)


def _goal_span(block: GoalBlock) -> pictures.Span:
    measures = [line.measure for line in block.lines]
    state = "done" if block.is_done else "late" if block.is_late else "part"
    return pictures.Span(
        str(block.goal.number), _short(block.goal.title),
        min(measure.starts_on for measure in measures),
        max(measure.ends_on for measure in measures), state, block.percent / 100,
    )  # fmt: skip


def _span(line: MeasureLine) -> pictures.Span:
    measure = line.measure
    return pictures.Span(
        measure.label, _short(measure.title), measure.starts_on, measure.ends_on,
        "free" if line.is_ownerless else "late", line.percent / 100,
    )  # fmt: skip


def _short(title: str) -> str:
    """What fits beside the bars; the table below has the whole title."""
    if len(title) <= LONGEST_LABEL:
        return title
    return f"{title[: LONGEST_LABEL - 1].rstrip(' ,;-–')}…"


def _quarter(day: datetime.date, *, after: int = 0) -> datetime.date:
    """The first day of the quarter of `day`, or of one after it."""
    months = day.year * 12 + (day.month - 1) // 3 * 3 + 3 * after
    return datetime.date(months // 12, months % 12 + 1, 1)


def narrowed(blocks: list[GoalBlock], wanted: str) -> dict[str, Any]:
    """The goals with only the measures of one state, and the choices with their counts."""
    lines = every_line(blocks)
    names = {
        "": _("All"),
        "in_progress": State.IN_PROGRESS.label,
        "late": State.DELAYED.label,
        "done": State.DONE.label,
        "ownerless": _("No responsible party"),
    }
    test = FILTERS.get(wanted)
    shown = blocks
    if test:
        kept = [GoalBlock(b.goal, [line for line in b.lines if test(line)]) for b in blocks]
        shown = [block for block in kept if block.lines]
    counts = {"": len(lines)} | {key: sum(map(each, lines)) for key, each in FILTERS.items()}
    chips = [
        {"value": key, "name": name, "count": counts[key],
         "chosen": key == (wanted if test else "")}
        for key, name in names.items()
        if counts[key] or not key
    ]  # fmt: skip
    return {"blocks": shown, "chips": chips, "is_narrowed": test is not None}


def goals_in_short(programme: Programme) -> list[dict[str, Any]]:
    """Number, title and progress of each goal, without what hangs on its measures."""
    goals = programme.goals.prefetch_related("measures")
    blocks = [GoalBlock(goal, [MeasureLine(m) for m in goal.measures.all()]) for goal in goals]
    return [
        {
            "key": f"goal-progress-{block.goal.pk}",
            "label": str(block.goal),
            "percent": block.percent,
            "words": block.words,
        }
        for block in blocks
    ]
