"""Workers of the night as Celery has them: `python -m bench.matching_worker`.

One process loads the dictionary and forks `WORKERS` others, which take chunk after chunk. Each
prints a line of JSON: students, seconds, CPU seconds, and its own memory in MB after the first
chunks and at the end. Own is what it shares with no other process.
"""

import json
import os
import re
import sys
import time
from pathlib import Path

import django

SETTLED = 4  # chunks, after which the memory should grow no more


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cluster_portal.settings")
    django.setup()
    from cluster_portal.core import finnish  # noqa: PLC0415  after the setup
    from theses.services import suggestions  # noqa: PLC0415

    finnish.load()
    children = []
    for _worker in range(suggestions.WORKERS):
        child = os.fork()
        if not child:
            _work(suggestions.match_next_chunk)
            os._exit(0)
        children.append(child)
    failed = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    suggestions.finish_if_done()
    return int(any(failed))


def _work(match_next_chunk) -> None:
    began, chunks, settled = time.perf_counter(), 0, 0.0
    while match_next_chunk():
        chunks += 1
        settled = own_memory() if chunks <= SETTLED else settled
    figures = {
        "chunks": chunks,
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time(),
        "settled": settled,
        "own": own_memory(),
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


def own_memory() -> float:
    shares = Path("/proc/self/smaps_rollup").read_text()
    return sum(map(int, re.findall(r"^Private_\w+:\s+(\d+)", shares, re.MULTILINE))) / 1024


if __name__ == "__main__":
    sys.exit(main())
