"""The passage of a text that answers a query, with the matching words marked."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cluster_portal.core.search.queries import MIN_PREFIX, Word, words_of
from cluster_portal.core.search.terms import TOKEN, document_terms, is_stop_word, normalise

MAX_TEXT = 20_000


def snippet(text: str, q: str, *, length: int = 240) -> SafeString:
    """About `length` characters of plain `text` around its hits, escaped, hits in `<mark>`.

    Give it only text that the reader may see. Without a hit it is the beginning of the text.
    """
    text = " ".join(normalise(text[:MAX_TEXT]).split())
    hits = _hits(text, words_of(q))
    start, end = _window(text, hits, length)
    pieces, at = ["… " if start else ""], start
    for first, last in hits:
        if first >= start and last <= end:
            pieces += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
            at = last
    pieces += [escape(text[at:end]), " …" if end < len(text) else ""]
    return mark_safe("".join(pieces))  # noqa: S308  every piece of the text is escaped above


def _hits(text: str, words: list[Word]) -> list[tuple[int, int]]:
    wanted = frozenset().union(*(_all_terms(word) for word in words))
    last = words[-1].text.lower() if words else ""
    hits = []
    for match in TOKEN.finditer(text) if wanted else ():
        token = match.group()
        if is_stop_word(token):
            continue
        terms = document_terms(token, "")
        begins = len(last) >= MIN_PREFIX and token.lower().startswith(last)
        if begins or not wanted.isdisjoint(terms.whole | terms.parts):
            hits.append(match.span())
    return hits


def _all_terms(word: Word) -> frozenset[str]:
    return word.terms.union(*(_all_terms(piece) for piece in word.together))


def _window(text: str, hits: list[tuple[int, int]], length: int) -> tuple[int, int]:
    """The stretch of `length` with the most hits, begun and ended between words."""
    if len(text) <= length:
        return 0, len(text)
    best, start = 0, 0
    for first, _last in hits:
        count = sum(first <= other and last <= first + length - 60 for other, last in hits)
        if count > best:
            best, start = count, max(0, first - 60)
    if start:
        start = text.find(" ", start) + 1
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + length // 2)
    return start, end
