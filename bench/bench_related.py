"""Natural questions, as those ask who do not know the content: what the search answers them.

`natural_set/questions.tsv` holds a question and the texts that it is about, by the sets of the
search (a, b, c). The questions were written before the related answer was. Figures are the share of
the wanted among the first ten shown (of ten at most), and how many questions get nothing at all.
`SHOW=1` lists what is missed.
"""

import os
from collections.abc import Callable
from statistics import fmean

from django.db import connection

from bench.bench_search_quality import BenchTopic, _lines, _second, _third
from bench.report import Report
from cluster_portal.core import search as finder

SHOWN = 10


def run(report: Report) -> None:
    with connection.schema_editor() as editor:
        editor.create_model(BenchTopic)
    names = _fill()
    questions = [line.split("\t") for line in _lines("natural_set/questions.tsv")]
    report.section(f"Natural questions: {len(questions)} over {len(names)} texts")
    _report(report, questions, names, "containing the words", _containing)
    _report(report, questions, names, "with what is related", _both)


def _fill() -> dict[int, str]:
    """All texts of the three sets, numbered through; their names by number."""
    sets = {
        "a": [line.split("\t") for line in _lines("search_topics.tsv")],
        "b": [_second(line) for line in _lines("second_set/topics.psv")],
        "c": [_third(line) for line in _lines("third_set/texts.psv")],
    }
    names: dict[int, str] = {}
    made = []
    for letter, rows in sets.items():
        for number, title, body, *keywords in rows:
            names[len(names) + 1] = f"{letter}{int(number)}"
            words = ", ".join(keywords)
            made.append(BenchTopic(number=len(names), title=title, body=body, keywords=words))
    finder.reindex(BenchTopic.objects.bulk_create(made))
    return names


def _report(
    report: Report,
    questions: list[list[str]],
    names: dict[int, str],
    what: str,
    answer: Callable[[str], list[int]],
) -> None:
    shares, empty = [], 0
    for question, keys in questions:
        wanted = set(keys.split())
        shown = [names[number] for number in answer(question)[:SHOWN]]
        shares.append(len(wanted.intersection(shown)) / min(SHOWN, len(wanted)))
        empty += not shown
        if os.environ.get("SHOW"):
            print(f"{shares[-1]:.2f} {question}: missed {wanted - set(shown)}, shown {shown}")
    report.add(f"{what}: share of the wanted", fmean(shares))
    report.add(f"{what}: questions without any answer", empty)


def _containing(q: str) -> list[int]:
    rows = finder.ranked(finder.search(BenchTopic.objects.all(), q))
    return list(rows.values_list("number", flat=True)[:SHOWN])


def _both(q: str) -> list[int]:
    first = _containing(q)
    rows = BenchTopic.objects.all()
    known = rows.filter(number__in=first).values_list("pk", flat=True)
    return first + [row.number for row in finder.related(rows, q, list(known))]
