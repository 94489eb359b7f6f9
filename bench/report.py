"""The table that `make bench` prints."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    what: str
    value: float
    unit: str
    goal: float | None
    at_least: bool

    @property
    def is_met(self) -> bool:
        if self.goal is None:
            return True
        return self.value >= self.goal if self.at_least else self.value <= self.goal


@dataclass
class Report:
    """Collects figures; a goal is an upper bound unless `at_least` says otherwise."""

    title: str = ""
    rows: list[tuple[str, Row]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def section(self, title: str) -> None:
        """What follows belongs under this heading."""
        self.title = title
        print(f"… {title}", flush=True)

    def add(
        self,
        what: str,
        value: float,
        unit: str = "",
        *,
        goal: float | None = None,
        at_least: bool = False,
    ) -> None:
        self.rows.append((self.title, Row(what, value, unit, goal, at_least)))

    def tell(self, line: str) -> None:
        """A line of words below all figures."""
        self.lines.append(line)

    def missed(self) -> list[Row]:
        return [row for _, row in self.rows if not row.is_met]

    def show(self) -> None:
        width = max((len(row.what) for _, row in self.rows), default=0)
        last = None
        for title, row in self.rows:
            if title != last:
                print(f"\n{title}")
                last = title
            print(f"  {row.what:<{width}}  {_number(row.value):>10} {row.unit:<8}{_verdict(row)}")
        print("", *self.lines, sep="\n")
        print(f"\n{len(self.rows)} figures, {len(self.missed())} goals missed")


def milliseconds(work: Callable[[], object], *, times: int = 30, warm: int = 3) -> float:
    """The median of so many runs after warming up."""
    for _ in range(warm):
        work()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def ratio(work: Callable[[], object], yardstick: Callable[[], object], *, times: int = 30) -> float:
    """How many times longer `work` takes; measured in turns, so that a busy machine hurts both."""
    for _ in range(3):
        work()
        yardstick()
    pairs = [(_once(work), _once(yardstick)) for _ in range(times)]
    return statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)


def _once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:.2f}"


def _verdict(row: Row) -> str:
    if row.goal is None:
        return ""
    sign = "≥" if row.at_least else "≤"
    return f"goal {sign} {_number(row.goal)}  {'ok' if row.is_met else 'MISSED'}"
