"""A measure with what hangs on it, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.models.measures import State
from projects.models.programmes import Stage
from projects.pages.figures import Counted, counted_of, fewest_of

if TYPE_CHECKING:
    import datetime

    from cluster_portal.core.origin import Row
    from projects.models import Measure

SHAPES = {
    State.NOT_STARTED: "waiting",
    State.IN_PROGRESS: "running",
    State.DELAYED: "late",
    State.DONE: "done",
    State.DISCONTINUED: "stopped",
}
MOST_EVIDENCE = 3  # of a measure on the page of the programme


@dataclass(frozen=True)
class Told:
    """What the owner of a measure told last, and when."""

    told_at: datetime.datetime
    text: str


@dataclass(frozen=True)
class MeasureLine:
    """One measure with what hangs on it."""

    measure: Measure
    evidence: list[Row] = field(default_factory=list)
    successor: Measure | None = None
    told: Told | None = None

    @property
    def first_evidence(self) -> list[Row]:
        """What the programme's page has room for; the measure's own page shows all."""
        return self.evidence[:MOST_EVIDENCE]

    @property
    def further_evidence(self) -> int:
        return max(0, len(self.evidence) - MOST_EVIDENCE)

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
