"""Preview of an organisation file: processor time of 5 000 rows and peak memory of 10 000.

The memory is what Python holds at most beyond what it held before (`tracemalloc`).
"""

import time
import tracemalloc

from bench.report import Report
from members.models import Organisation
from members.services.organisation_import import import_organisations

TIMED, WEIGHED = 5_000, 10_000
GOAL_SECONDS = 30
GOAL_MEGABYTES = 250
HEAD = "external_id;name;kind;municipality;description\n"


def run(report: Report) -> None:
    began = time.process_time()
    _preview(TIMED)
    seconds = time.process_time() - began
    report.add(f"preview of {TIMED} organisations", seconds, "s", goal=GOAL_SECONDS)

    tracemalloc.start()
    _preview(WEIGHED)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    report.add(f"peak memory at {WEIGHED} organisations", peak / 10**6, "MB", goal=GOAL_MEGABYTES)
    report.add("written by a preview", Organisation.objects.count(), "rows", goal=0)


def _preview(count: int) -> None:
    rows = "".join(
        f"r{n};Varautujat {n} Oy;company;Tampere;Kuvaus numero {n}.\n" for n in range(count)
    )
    found = import_organisations((HEAD + rows).encode(), by=None, dry_run=True)
    assert len(found.results) == count, found.faults[:3]  # noqa: S101
