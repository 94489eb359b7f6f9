"""Publishing a round of 5 000 answers: reading them, counting, merging what is too small.

Beside it the bare work: reading the same rows and counting one question in each of them.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from bench.report import ratio
from bench.web import processor_seconds
from cluster_portal.core.vocabulary import Scheme, terms
from cluster_portal.surveys.models import (
    Option,
    Question,
    Response,
    Round,
    Section,
    Template,
    Version,
)
from cluster_portal.surveys.services.publishing import publish, tables
from members.models import Cluster, User
from members.models.kinds import Sector

if TYPE_CHECKING:
    from bench.report import Report

ANSWERS = 5_000
SCALES, CHOICES, MANIES, NUMBERS, ROWS = 24, 6, 4, 4, 20


def run(report: Report) -> None:
    survey_round = _fill()

    def ours() -> None:
        tables(survey_round)

    def bare() -> None:
        rows = Response.objects.filter(round=survey_round).countable()
        Counter(given.get("scale-0") for given in rows.values_list("answers", flat=True).iterator())

    report.section(f"Surveys: the tables of {ANSWERS} answers to 58 questions and rows")
    began, worked = time.perf_counter(), processor_seconds()
    ours()
    report.add("tables made: server time", processor_seconds() - worked, "s", goal=1)
    report.add("tables made: by the clock", time.perf_counter() - began, "s")
    report.add("times reading and counting one question", ratio(ours, bare, times=5), "×", goal=8)
    office = User.objects.create_superuser("office@bench.example")
    worked = processor_seconds()
    publish(survey_round, by=office)
    report.add("published: server time", processor_seconds() - worked, "s", goal=1)
    report.add("tables stored", survey_round.tables.count())


def _fill() -> Round:
    version = _version()
    regions = [term.code for term in terms(Scheme.REGION)]
    cluster = Cluster.objects.create(
        slug="bench", name_fi="K", name_sv="K", name_en="K", founded=2011,
        region=terms(Scheme.REGION)[0],
    )  # fmt: skip
    now = timezone.now()
    survey_round = Round.objects.create(
        slug="bench", title_fi="Kierros", version=version, home_cluster=cluster, stage="closed",
        opened_at=now, closes_at=now, closed_at=now,
    )  # fmt: skip
    chance = random.Random(7)
    Response.objects.bulk_create(
        (
            Response(
                round=survey_round, stage="checked", answers=_answers(chance),
                sector=chance.choices(Sector.values, [4, 2, 5, 20, 6])[0],
                region=regions[int(len(regions) * chance.random() ** 2)],
                answered_on=timezone.localdate(now),
            )
            for _ in range(ANSWERS)
        ),
        batch_size=1000,
    )  # fmt: skip
    return survey_round


def _version() -> Version:
    template = Template.objects.create(name_fi="Kysely")
    version = Version.objects.create(template=template, number=1)
    section = Section.objects.create(version=version, position=1, key="all", title_fi="Kaikki")
    kinds = {"scale": SCALES, "choice": CHOICES, "many": MANIES, "number": NUMBERS, "matrix": 1}
    for kind, count in kinds.items():
        for number in range(count):
            question = Question.objects.create(
                section=section, key=f"{kind}-{number}", kind=kind, text_fi="Kysymys?"
            )
            if kind in ("choice", "many", "matrix"):
                _options(question, 6, is_row=False)
            if kind == "matrix":
                _options(question, ROWS, is_row=True)
    return version


def _options(question: Question, count: int, *, is_row: bool) -> None:
    Option.objects.bulk_create(
        Option(question=question, position=n, key=str(n), text_fi=str(n), is_row=is_row)
        for n in range(count)
    )


def _answers(chance: random.Random) -> dict[str, Any]:
    keys = [str(number) for number in range(6)]
    found: dict[str, Any] = {
        f"scale-{n}": chance.choices(range(1, 6), [3, 6, 8, 5, 1])[0] for n in range(SCALES)
    }
    found |= {f"choice-{n}": chance.choices(keys, [9, 5, 2, 1, 1, 1])[0] for n in range(CHOICES)}
    found |= {f"many-{n}": chance.sample(keys, chance.randint(1, 3)) for n in range(MANIES)}
    found |= {f"number-{n}": str(int(1000 * chance.random() ** 3)) for n in range(NUMBERS)}
    return found | {"matrix-0": {str(row): chance.choice(keys) for row in range(ROWS)}}
