"""The action programme as its page shows it: figures, goals with measures, the calendar."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.core import origin, pictures
from cluster_portal.core.templatetags.ui import percent
from members.models import Organisation
from projects.models import Goal, Measure, MeasureUpdate, Programme
from projects.models.measures import State, take_over
from projects.models.programmes import Stage
from projects.pages.figures import Counted, counted_of, fewest_of, with_seen_source

if TYPE_CHECKING:
    from collections.abc import Callable

    from cluster_portal.core.origin import Row
    from cluster_portal.core.visibility import Reader

SHAPES = {
    State.NOT_STARTED: "waiting",
    State.IN_PROGRESS: "running",
    State.DELAYED: "late",
    State.DONE: "done",
    State.DISCONTINUED: "stopped",
}
LONGEST_LABEL = 28


@dataclass(frozen=True)
class MeasureLine:
    """One measure with what hangs on it."""

    measure: Measure
    evidence: list[Row] = field(default_factory=list)
    successor: Measure | None = None
    told: MeasureUpdate | None = None

    @property
    def is_ownerless(self) -> bool:
        return self.measure.responsible_id is None

    @property
    def owner(self) -> str:
        """Its name; a dash for one that this reader may not know of, empty where there is none."""
        responsible = self.measure.responsible
        if responsible is None:
            return ""
        return responsible.title if getattr(self.measure, "owner_seen", False) else "–"

    @property
    def shape(self) -> str:
        return "late" if self.measure.is_late else SHAPES[State(self.measure.state)]

    @property
    def words(self) -> str:
        """The state with its day: Delayed, the deadline was 31.10.2026."""
        measure = self.measure
        if measure.is_late:
            return self._late()
        sentences = {
            State.DONE: (_("Done %(day)s"), measure.done_on or measure.ends_on),
            State.IN_PROGRESS: (_("In progress until %(day)s"), measure.ends_on),
            State.NOT_STARTED: (_("Not started, begins %(day)s"), measure.starts_on),
        }
        if measure.state not in sentences:
            return str(measure.get_state_display())
        sentence, day = sentences[State(measure.state)]
        return sentence % {"day": date_format(day)}

    @property
    def state_words(self) -> str:
        """The state alone, for tables."""
        late = State.DELAYED.label if self.measure.is_late else self.measure.get_state_display()
        return str(late)

    def _late(self) -> str:
        day = {"day": date_format(self.measure.ends_on)}
        if self.measure.ends_on < timezone.localdate():
            return _("Delayed, the deadline was %(day)s") % day
        return _("Delayed, deadline %(day)s") % day

    @property
    def told_words(self) -> str:
        """When its owner last told how it goes on."""
        if self.told is None:
            return ""
        day = date_format(timezone.localtime(self.told.told_at), "DATE_FORMAT")
        return pgettext("report", "Told %(day)s.") % {"day": day}

    @property
    def counted(self) -> Counted | None:
        return counted_of(self.measure)

    @property
    def percent(self) -> int:
        """Nothing where it would tell a figure of few."""
        is_open = self.measure.state != State.DONE and self.measure.target
        return 0 if is_open and fewest_of(self.measure) else self.measure.percent

    @property
    def figures(self) -> str:
        """38 (target 45), where the indicator has a target; else only what is counted."""
        fewest = fewest_of(self.measure)
        reached = str(self.measure.achieved or 0)
        if fewest:
            reached = _("fewer than %(count)s") % {"count": fewest}
        if self.measure.target is None:
            is_counted = self.counted and self.measure.achieved is not None
            return reached if is_counted else ""
        words = {"reached": reached, "target": self.measure.target}
        return _("%(reached)s (target %(target)d)") % words


def row(measure: Measure) -> dict[str, Any]:
    """A measure as a line on other pages."""
    line = MeasureLine(measure)
    kind, programme = _("Measure of the action programme"), measure.goal.programme
    if programme.stage == Stage.REPLACED:
        kind = _("Measure of version %(version)s of the action programme") % {
            "version": programme.version
        }
    return {
        "url": measure.get_absolute_url(),
        "title": str(measure),
        "kind": kind,
        "text": "",
        "state": line.shape,
        "state_text": line.words,
    }


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


def goal_blocks(programme: Programme, user: Reader) -> list[GoalBlock]:
    """Goals with their measures; what the reader may not see of links and owners is left out.

    A draft shows how far the measures are that it continues, and what hangs on them.
    """
    seen = Organisation.objects.visible_to(user)
    later = Measure.objects.visible_to(user).exclude(goal__programme__stage=Stage.DRAFT)
    if programme.stage != Stage.REPLACED:  # asked of no other version
        later = later.none()
    measures = with_seen_source(Measure.objects.visible_to(user), user).prefetch_related(
        Prefetch("implementers", seen),
        Prefetch("successors", later.with_programme(), to_attr="seen_successors"),
        Prefetch("updates", MeasureUpdate.objects.last_seen_by(user), to_attr="seen_updates"),
    ).select_related("responsible", "continues").annotate(
        owner_seen=Exists(seen.filter(pk=OuterRef("responsible")))
    )  # fmt: skip
    owner_seen = Exists(seen.filter(pk=OuterRef("owner")))
    rows = programme.goals.select_related("owner", "lead_region").annotate(owner_seen=owner_seen)
    goals: list[Any] = list(
        rows.prefetch_related(Prefetch("measures", measures.order_by("number")))
    )
    every = [measure for goal in goals for measure in goal.measures.all()]
    if programme.stage == Stage.DRAFT:
        for measure in every:
            if measure.continues:
                take_over(measure, measure.continues)
    sources = [_source(measure, programme).pk for measure in every]
    evidence = origin.results_of(Measure, sources, user)
    return [
        GoalBlock(goal, [_line(m, evidence[_source(m, programme).pk]) for m in goal.measures.all()])
        for goal in goals
    ]


def _source(measure: Measure, programme: Programme) -> Measure:
    """Whose links are shown: a draft's measure has none of its own yet."""
    return measure.continues or measure if programme.stage == Stage.DRAFT else measure


def _line(measure: Any, evidence: list[Row]) -> MeasureLine:
    successor, told = (
        next(iter(measure.seen_successors), None),
        next(iter(measure.seen_updates), None),
    )
    return MeasureLine(measure, evidence, successor, told)


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
