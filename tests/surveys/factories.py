"""Questionnaires, rounds and answers, for tests."""

from __future__ import annotations

import datetime
import itertools
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cluster_portal.surveys.models import (
    Option,
    Question,
    Response,
    Round,
    Section,
    Template,
    Version,
)
from cluster_portal.surveys.models.responses import COUNTED

if TYPE_CHECKING:
    from members.models import Cluster

_numbers = itertools.count(1)

# A small questionnaire of every kind of question; the second section appears by an answer.
PLAIN: dict[str, list[dict[str, Any]]] = {
    "basics": [
        {"key": "exports", "kind": "choice", "is_required": True, "options": ["yes", "no"]},
        {"key": "suppliers", "kind": "number", "minimum": 0},
        {"key": "sales", "kind": "money", "is_narrow": True},
        {"key": "drill", "kind": "date"},
        {"key": "risks", "kind": "many", "options": ["power", "cyber", "staff"]},
    ],
    "exporting": [
        {"key": "where", "kind": "text", "is_required": True, "shown_if": ("exports", ["yes"])},
        {"key": "plan", "kind": "scale", "steps": 5},
        {"key": "table", "kind": "matrix", "options": ["none", "some"], "rows": ["a", "b"]},
    ],
}


def version(
    sections: dict[str, list[dict[str, Any]]] = PLAIN,
    *,
    template: Template | None = None,
    published: bool = True,
    **values: Any,
) -> Version:
    template = template or Template.objects.create(name_fi="Varautumiskysely", **values)
    made = Version.objects.create(template=template, number=template.versions.count() + 1)
    by_key: dict[str, Question] = {}
    for place, (key, questions) in enumerate(sections.items(), 1):
        becomes = str(questions[0].get("becomes", "")) if questions else ""
        section = Section.objects.create(
            version=made, position=place, key=key, title_fi=key.capitalize(), becomes=becomes
        )
        for number, row in enumerate(questions, 1):
            by_key[row["key"]] = _question(section, number, dict(row), by_key)
    if published:
        made.published_at = timezone.now()
        made.save()
    return made


def _question(
    section: Section, position: int, row: dict[str, Any], by_key: dict[str, Question]
) -> Question:
    row.pop("becomes", None)
    options, rows = row.pop("options", []), row.pop("rows", [])
    condition = row.pop("shown_if", None)
    if condition:
        row |= {"shown_if": by_key[condition[0]], "shown_if_keys": condition[1]}
    made = Question.objects.create(
        section=section, position=position, **{"text_fi": f"{row['key'].capitalize()}?", **row}
    )
    for is_row, keys in ((False, options), (True, rows)):
        for place, key in enumerate(keys, 1):
            Option.objects.create(
                question=made, position=place, key=key, text_fi=key.capitalize(), is_row=is_row
            )
    return made


def survey_round(cluster: Cluster, **values: Any) -> Round:
    """One that takes answers until next month, unless told otherwise."""
    now = timezone.now()
    stage = values.setdefault("stage", "open")
    begun = {} if stage == "draft" else {"opened_at": now - datetime.timedelta(days=7)}
    if stage in ("closed", "published"):
        begun["closed_at"] = now
    if stage == "published":
        begun["tables_published_at"] = now
    values.setdefault("version", None)
    values["version"] = values["version"] or version()
    return Round.objects.create(
        home_cluster=cluster,
        **{
            "slug": f"kierros-{next(_numbers)}",
            "title_fi": "Varautumiskysely 2026",
            "closes_at": now + datetime.timedelta(days=30),
            **begun,
            **values,
        },
    )


def response(in_round: Round, **values: Any) -> Response:
    stage = values.setdefault("stage", "invited")
    today = timezone.localdate()
    if stage in COUNTED:
        values.setdefault("answered_on", today)
    if stage == "agreed":
        values.setdefault("agreed_on", today)
    return Response.objects.create(round=in_round, **values)
