"""What `make chaos` prints: by fault what was lost, doubled, refused, and how it recovered.

A test marked `chaos` takes the fixture `faults` and calls it once per fault, before it asserts, so
that a run that fails shows its figures too:

    faults("67", "60 letters, worker killed 4 times", lost=0, doubled=2, recovered="next worker")

Cases are the numbers of the list of cases (docs/security-model.md). No such test outlives its time.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

PROPERTY = "fault"
SECONDS = 600  # of one test, its preparations apart; two cores may be busy with something else
HEADS = ("case", "fault", "lost", "doubled", "refused", "recovered")
Tell = Callable[..., None]


@pytest.fixture
def faults(request: pytest.FixtureRequest) -> Tell:
    def tell(
        case: str,
        fault: str,
        *,
        lost: int = 0,
        doubled: int = 0,
        refused: int = 0,
        recovered: str = "",
    ) -> None:
        row = (case, fault, str(lost), str(doubled), str(refused), recovered)
        request.node.user_properties.append((PROPERTY, row))

    return tell


@contextmanager
def bounded(item: pytest.Item) -> Iterator[None]:
    if item.get_closest_marker("chaos") is None:
        yield
        return

    def give_up(*_: object) -> None:
        raise TimeoutError(f"{item.name} takes longer than {SECONDS} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    with bounded(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    with bounded(item):
        return (yield)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        if report.when == "call"
    ]
    told = [
        (*row, "" if report.passed else "FAILED")
        for report in reports
        for name, row in report.user_properties
        if name == PROPERTY
    ]
    if told:
        terminalreporter.write_sep("-", "faults")
        for line in table(sorted(told, key=_order)):
            terminalreporter.write_line(line)


def _order(row: tuple[str, ...]) -> tuple[int, str]:
    digits = row[0].split(",")[0].split("–")[0]
    return (int(digits) if digits.isdigit() else 0, row[1])


def table(rows: list[tuple[str, ...]]) -> list[str]:
    """Columns as wide as their longest word; figures to the right."""
    rows = [(*HEADS, ""), *rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if 2 <= column <= 4 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
