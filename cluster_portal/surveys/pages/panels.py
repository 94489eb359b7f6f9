"""Pictures of results with their tables; values for components/picture.html."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cluster_portal.core import pictures
from cluster_portal.surveys.models.questions import Kind
from cluster_portal.surveys.pages import levels
from cluster_portal.surveys.pages.published import is_answer, shares
from cluster_portal.surveys.pages.result_words import column_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cluster_portal.surveys.pages.levels import Level
    from cluster_portal.surveys.pages.published import Column, Part, Published
    from cluster_portal.surveys.questionnaire import Question, Section

LONGEST_LABEL = 44  # characters that fit above a bar on a phone
BESIDE_A_FIGURE = 32
Pic = dict[str, Any]


def shortened(text: str, longest: int = LONGEST_LABEL) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def decimal(value: float) -> str:
    return number_format(round(value, 1), 1)


def per_cent(share: int) -> str:
    return f"{share}\u00a0%"


def maturity(published: Published, before: Published | None) -> Pic | None:
    """A line for each section: now, in the round before, and the middle half of the answers."""
    rows = levels.profile(published, before)
    if not rows:
        return None
    top, title = levels.top(published), _("Maturity profile")
    drawn = [
        pictures.Level(shortened(r.section.title), r.now, r.before, r.low, r.high) for r in rows
    ]
    words = ", ".join(f"{row.section.title} {decimal(row.now)}" for row in rows)
    head = [
        _("Section"),
        _("Now"),
        pgettext("survey results", "Before"),
        pgettext("survey results", "Change"),
    ]
    return {
        "heading": title,
        "level": "h2",
        "note": _("Means on a scale of 1–%(top)s.") % {"top": top},
        "svg": pictures.level_profile(pictures.Caption("profile", title, words), drawn, top),
        "key": _profile_key(published, before, rows),
        "label": title,
        "caption": _("Means of the sections"),
        "head": [{"name": name, "num": place > 0} for place, name in enumerate(head)],
        "rows": [
            [
                row.section.title,
                decimal(row.now),
                "–" if row.before is None else decimal(row.before),
                pictures.change(row.now, row.before) or "–",
            ]
            for row in rows
        ],
    }


def _profile_key(
    published: Published, before: Published | None, rows: list[Level]
) -> list[dict[str, str]]:
    found = [{"kind": "running", "name": _round_words(published)}]
    if before and any(row.change is not None for row in rows):
        found.append({"kind": "ring", "name": _round_words(before)})
    return [*found, {"kind": "band", "name": _("Half of the answers lie in this range")}]


def _round_words(published: Published) -> str:
    survey_round = published.survey_round
    return f"{survey_round.title}, {date_format(timezone.localtime(survey_round.closes_at), 'F Y')}"


def of_section(section: Section, parts: Sequence[Part]) -> list[Pic]:
    """Scales and tables of one scale as bars in parts, each other question by itself."""
    claims = [_claims(section, *what, rows) for what, rows in _by_scale(section, parts).items()]
    return [*claims, *(_single(question, rows) for question, rows in _others(parts).items())]


Scale = tuple[tuple[str, str], ...]  # the keys of its steps, their words


def _by_scale(section: Section, parts: Sequence[Part]) -> dict[tuple[str, Scale], list[Part]]:
    """The scales of a section that have the same steps stand together, and the rows of a table."""
    found: dict[tuple[str, Scale], list[Part]] = {}
    for part in parts:
        scale = _scale(part.question)
        if scale:
            title = part.question.text if part.row else section.title
            found.setdefault((title, scale), []).append(part)
    return found


def _scale(question: Question) -> Scale:
    if question.kind == Kind.MATRIX:
        return tuple((option.key, option.text) for option in question.options)
    if question.kind != Kind.SCALE:
        return ()
    return tuple((str(step), str(step)) for step in range(1, question.steps + 1))


def _others(parts: Sequence[Part]) -> dict[Question, list[Part]]:
    found: dict[Question, list[Part]] = {}
    for part in parts:
        if not _scale(part.question):
            found.setdefault(part.question, []).append(part)
    return found


def _claims(section: Section, title: str, scale: Scale, parts: list[Part]) -> Pic:
    """A bar for each question; a merged part has the colour between those of its steps."""
    keys = [key for key, _text in scale]
    drawn = [pictures.Answers(part.label, *_parts_of_bar(part, keys)) for part in parts]
    key = f"bars-{section.key}-{parts[0].question.key}"
    caption = pictures.Caption(key, title, _claims_words(parts))
    return {
        "heading": title,
        "level": "h2",
        "note": _("Per cent of the answers; a stronger colour means more."),
        "svg": pictures.answer_bars(caption, drawn),
        "key": [
            {"depth": pictures.part_depth(place, len(scale)), "name": text}
            for place, (_key, text) in enumerate(scale)
        ],
        "label": title,
        "caption": _("Per cent of the answers. * counts those who did not answer, too."),
        "head": [
            {"name": _("Question")},
            *({"name": text, "num": True} for _key, text in scale),
            {"name": _("No answer"), "num": True},
            {"name": pgettext("survey", "Asked"), "num": True},
        ],
        "rows": [_claim_row(part) for part in parts],
    }


def _told(part: Part) -> list[tuple[Column, int]]:
    """Columns of answers with their share of those who answered, in per cent."""
    rows = [(c, count) for c, count in zip(part.columns, part.counts, strict=True) if is_answer(c)]
    parts_of_all = shares([count for _column, count in rows])
    return [(column, share) for (column, _count), share in zip(rows, parts_of_all, strict=True)]


def _parts_of_bar(part: Part, keys: list[str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    rows = _told(part)
    places = [[keys.index(key) for key in column["keys"]] for column, _share in rows]
    tones = tuple(pictures.part_depth(sum(each) / len(each), len(keys)) for each in places)
    return tuple(share for _column, share in rows), tones


def _claims_words(parts: Iterable[Part]) -> str:
    return "; ".join(f"{part.label} {_most_words(part)}" for part in parts)


def _most_words(part: Part) -> str:
    column, share = max(_told(part), key=lambda row: row[1])
    return _("most often %(answer)s, %(share)s") % {
        "answer": column_words(part.question, column),
        "share": per_cent(share),
    }


def _claim_row(part: Part) -> list[Any]:
    """A merged column spans its steps; a star says that it counts those who did not answer, too."""
    cells: list[Any] = [_with_ends(part)]
    for column, share in _told(part):
        mark = "*" if column.get("missing") else ""
        cells.append({"text": f"{share}{mark}", "span": len(column["keys"])})
    return [*cells, part.missing, part.total]


def _with_ends(part: Part) -> str:
    """The question and what the ends of its own scale mean."""
    question = part.question
    if question.kind != Kind.SCALE or not (question.low and question.high):
        return part.label
    return f"{part.label} (1 = {question.low}, {question.steps} = {question.high})"


def _single(question: Question, parts: list[Part]) -> Pic:
    """One question: a bar for each of its columns, of several options for each option."""
    rows = _option_rows(parts) if question.kind == Kind.MANY else _column_rows(parts[0])
    drawn = [
        pictures.Bar(shortened(label, BESIDE_A_FIGURE), count, f"{count} ({per_cent(share)})")
        for label, count, share in rows
    ]
    words = ", ".join(f"{label} {per_cent(share)}" for label, _count, share in rows)
    total = parts[0].total
    return {
        "heading": question.text,
        "level": "h2",
        "note": ngettext("%(count)s answer", "%(count)s answers", total) % {"count": total},
        "svg": pictures.bars(pictures.Caption(f"bars-{question.key}", question.text, words), drawn),
        "label": question.text,
        "head": [
            {"name": _("Answer")},
            {"name": _("Answers"), "num": True},
            {"name": _("Share"), "num": True},
        ],
        "rows": [[label, count, per_cent(share)] for label, count, share in rows],
    }


def _option_rows(parts: list[Part]) -> list[tuple[str, int, int]]:
    return [(part.label, part.counts[0], part.shares()[0]) for part in parts]


def _column_rows(part: Part) -> list[tuple[str, int, int]]:
    rows: Iterable[tuple[Column, int, int]] = zip(
        part.columns, part.counts, part.shares(), strict=True
    )
    return [(column_words(part.question, column), count, share) for column, count, share in rows]
