"""The questionnaires that come with the portal, from `data/*.toml`.

A loader runs after every migration. A file that has changed becomes a new version; rounds keep the
version that they were made from.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from cluster_portal.core.text.languages import LANGUAGES
from cluster_portal.surveys.models import Option, Question, Section, Template, Version
from cluster_portal.surveys.models.questions import Kind
from cluster_portal.surveys.services.outlines import Outline
from cluster_portal.surveys.services.template_checks import faults

DATA = Path(__file__).parents[1] / "data"
Row = dict[str, Any]
# What a file may say, and how the model calls it.
OF_TEMPLATE = {"key", "purpose", "name", "description", "sections"}
OF_SECTION = {"key", "title", "help", "becomes", "questions"}
OF_QUESTION = {
    "key", "kind", "text", "help", "required", "long", "fills", "shown_if", "options", "rows",
    "scheme", "steps", "low", "high", "unit", "minimum", "maximum", "narrow",
}  # fmt: skip
OF_CONDITION = {"question", "answers"}
OF_OPTION = {"key", *LANGUAGES}
FLAGS = {"required": "is_required", "long": "is_long", "narrow": "is_narrow"}


class Fault(ValueError):
    """What is wrong in a file, and where."""


@transaction.atomic
def load_ready_made(folder: Path = DATA) -> int:
    """Brings the ready-made questionnaires to what the files say; returns how many were new.

    One whose file is gone is no longer offered.
    """
    files = [
        tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))
    ]
    ready_made = Template.objects.exclude(key="")
    ready_made.exclude(key__in=[row["key"] for row in files]).update(is_retired=True)
    known = dict(
        Version.objects.filter(template__in=ready_made).order_by("number")
        .values_list("template__key", "checksum")
    )  # fmt: skip
    changed = [row for row in files if known.get(row["key"]) != checksum(row)]
    for row in changed:
        _load(row)
    return len(changed)


def checksum(row: Row) -> str:
    """Of what a file says; its comments and line breaks may change."""
    return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()


def _load(row: Row) -> None:
    outline = read(row)
    found = faults(outline)
    if found:
        raise Fault(f"{row['key']}: {' '.join(found)}")
    values = {"purpose": row["purpose"], "is_retired": False}
    values |= _texts(row, "name", row["key"]) | _texts(row, "description", row["key"])
    template, _is_new = Template.objects.update_or_create(key=row["key"], defaults=values)
    newest = template.newest()
    number = newest.number + 1 if newest else 1
    version = Version.objects.create(template=template, number=number, checksum=checksum(row))
    outline.write_to(version)
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])


def read(row: Row) -> Outline:
    """The unsaved rows of a file; raises `Fault` at what it must not say or leaves out."""
    where = row.get("key", "a file without a key")
    _refuse_unknown(row, OF_TEMPLATE, where)
    outline = Outline()
    for position, each in enumerate(row.get("sections", []), start=1):
        _read_section(outline, each, position, where)
    return outline


def _refuse_unknown(row: Row, known: set[str], where: str) -> None:
    unknown = set(row) - known
    if unknown:
        raise Fault(f"{where}: unknown {', '.join(sorted(unknown))}")


def _texts(row: Row, stem: str, where: str) -> dict[str, str]:
    """The text in all languages; nothing where the file has none."""
    texts = row.get(stem, {})
    if texts and set(texts) != set(LANGUAGES):
        raise Fault(f"{where}: {stem} is not in all languages")
    return {f"{stem}_{language}": text for language, text in texts.items()}


def _read_section(outline: Outline, row: Row, position: int, where: str) -> None:
    where = f"{where}, {row.get('key', '')}"
    _refuse_unknown(row, OF_SECTION, where)
    section = Section(
        key=row["key"], position=position, becomes=row.get("becomes", ""),
        **_texts(row, "title", where), **_texts(row, "help", where),
    )  # fmt: skip
    outline.sections.append(section)
    for number, each in enumerate(row.get("questions", []), start=1):
        _read_question(outline, section, each, number)


def _read_question(outline: Outline, section: Section, row: Row, position: int) -> None:
    where = f"{section.key}, {row.get('key', '')}"
    _refuse_unknown(row, OF_QUESTION, where)
    if row["kind"] not in Kind.values:
        raise Fault(f"{where}: unknown kind {row['kind']}")
    condition = row.get("shown_if", {})
    _refuse_unknown(condition, OF_CONDITION, where)
    plain = ("key", "kind", "unit", "minimum", "maximum", "steps", "scheme", "fills")
    question = Question(
        section=section, position=position, shown_if_keys=condition.get("answers", []),
        **{name: row[name] for name in plain if name in row},
        **{field: True for name, field in FLAGS.items() if row.get(name)},
        **_texts(row, "text", where), **_texts(row, "help", where),
        **_texts(row, "low", where), **_texts(row, "high", where),
    )  # fmt: skip
    outline.questions.append(question)
    if condition:
        outline.shown_if[question.key] = condition["question"]
    _read_options(outline, question, row.get("options", []), where)
    _read_options(outline, question, row.get("rows", []), where, is_row=True)


def _read_options(
    outline: Outline, question: Question, rows: list[Row], where: str, *, is_row: bool = False
) -> None:
    for position, row in enumerate(rows, start=1):
        if set(row) != OF_OPTION:
            raise Fault(f"{where}: an option has a key and a text in each language")
        texts = {f"text_{language}": row[language] for language in LANGUAGES}
        outline.options.append(
            Option(question=question, position=position, key=row["key"], is_row=is_row, **texts)
        )
