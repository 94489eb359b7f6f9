"""The table of distinct words: what a mistyped word may have been meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import connection, models, transaction

from cluster_portal.core.search.terms import english_stem, swedish_stem
from cluster_portal.core.text import finnish

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MIN_TYPO = 4  # letters; shorter words are too near to each other
MIN_STEM = 5
MAX_CANDIDATES = 6
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class SearchWord(models.Model):
    """A word that some indexed text has, its base forms and compound parts included.

    Rows are added as documents are indexed and counted anew every night. There is no unique
    constraint on purpose: two transactions that index the same new word must not wait for each
    other; the nightly count removes the double.
    """

    word = models.CharField(max_length=60)
    folded = models.CharField(max_length=60)
    documents = models.PositiveIntegerField(default=1)

    class Meta:
        app_label = "core"
        indexes = [
            models.Index(fields=["word"], name="core_searchword_word"),
            models.Index(fields=["folded"], name="core_searchword_folded"),
            GinIndex(OpClass("folded", name="gin_trgm_ops"), name="core_searchword_trigram"),
        ]

    def __str__(self) -> str:
        return self.word


class SearchState(models.Model):
    """Which analyser wrote the vectors of a table; another one now means: index anew."""

    table = models.CharField(max_length=100, unique=True)
    analyser = models.CharField(max_length=60)
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "core"

    def __str__(self) -> str:
        return f"{self.table}: {self.analyser}"


def remember(words: Iterable[str]) -> None:
    """Add the words that the table does not have yet."""
    ordered = sorted({word for word in words if len(word) <= 60})
    if not ordered:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO core_searchword (word, folded, documents)
            SELECT n.word, n.folded, 1 FROM unnest(%s::text[], %s::text[]) AS n(word, folded)
            WHERE NOT EXISTS (SELECT 1 FROM core_searchword k WHERE k.word = n.word)
            """,
            [ordered, [finnish.fold(word) for word in ordered]],
        )


def searchable_models() -> list[type[models.Model]]:
    """Every concrete model with a search vector, whichever app it is in."""
    return [m for m in apps.get_models() if hasattr(m, "search_parts") and not m._meta.proxy]


@transaction.atomic
def refresh_counts() -> int:
    """Count the words of all documents anew; returns how many there are."""
    tables = [model._meta.db_table for model in searchable_models()]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("CREATE TEMP TABLE fresh_words (word text, n bigint) ON COMMIT DROP")
        for table in tables:
            cursor.execute(
                "INSERT INTO fresh_words SELECT word, ndoc FROM ts_stat(%s)"
                " WHERE word ~ '^[[:alpha:]]{4,40}$'",
                [f"SELECT search FROM {connection.ops.quote_name(table)}"],  # noqa: S608  a model's
            )
        cursor.execute("SELECT word, sum(n) FROM fresh_words GROUP BY word")
        rows = cursor.fetchall()
    SearchWord.objects.all().delete()
    fresh = (SearchWord(word=w, folded=finnish.fold(w), documents=n) for w, n in rows)
    SearchWord.objects.bulk_create(fresh, batch_size=5_000)
    return len(rows)


def same_but_for_dots(text: str) -> list[str]:
    """Words of the table with the same letters, the most frequent first; at most MAX_CANDIDATES."""
    rows = SearchWord.objects.filter(folded=finnish.fold(text)).order_by("-documents", "word")
    return list(dict.fromkeys(rows.values_list("word", flat=True)[:MAX_CANDIDATES]))


def is_beginning(text: str) -> bool:
    """Whether some word of the table goes on where `text` ends."""
    return SearchWord.objects.filter(folded__startswith=finnish.fold(text)).exists()


def continued(text: str) -> list[str]:
    """Words of the table that begin with `text`, the most frequent first."""
    if len(text) < MIN_TYPO:
        return []
    rows = SearchWord.objects.filter(folded__startswith=finnish.fold(text))
    return list(rows.order_by("-documents", "word").values_list("word", flat=True)[:MAX_CANDIDATES])


def candidates(text: str) -> list[str]:
    """Words of the table that `text` may stand for, the nearest first; at most MAX_CANDIDATES.

    Same letters without the dots come first; then one letter wrong, missing, too many or two
    swapped, also in an inflected form. All returned are equally near.
    """
    folded = finnish.fold(text)
    if not folded.isalpha() or len(folded) > 40:
        return []
    near = list(_same_or_one_off(folded)) if len(folded) >= MIN_TYPO else [folded]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            (SELECT word, folded, documents FROM core_searchword WHERE folded = ANY(%s) LIMIT 200)
            UNION
            (SELECT word, folded, documents FROM core_searchword
             WHERE length(%s) > 5 AND folded %% %s ORDER BY similarity(folded, %s) DESC LIMIT 40)
            """,
            [near, folded, folded, folded],
        )
        rows = cursor.fetchall()
    graded = [(grade, -n, word) for word, fold, n in rows if (grade := _grade(folded, word, fold))]
    best = min((grade for grade, _n, _word in graded), default=0)
    nearest = [word for grade, _n, word in sorted(graded) if grade == best]
    likely = [word for word in nearest if finnish.fold(word)[0] == folded[0]]
    return (likely or nearest)[:MAX_CANDIDATES]


def _grade(text: str, word: str, folded: str) -> int:
    """1 the same but for dots, 2 one letter off, 3 one letter off when inflected; 0 too far."""
    if text == folded:
        return 1
    if len(text) < MIN_TYPO:
        return 0
    if one_off(text, folded):
        return 2
    return 3 if _inflected_one_off(text, word, folded) else 0


def _inflected_one_off(text: str, word: str, folded: str) -> bool:
    for stem in (english_stem, swedish_stem):
        mine, other = stem(text), stem(folded)
        if len(mine) > MIN_STEM + 2 and (mine == other or one_off(mine, other)):
            return True
    return any(word in finnish.analyse(t).lemmas for t in _corrections(text, word, folded))


def _corrections(text: str, word: str, folded: str) -> Iterator[str]:
    """`text` with its beginning put right after a stem of `word`, its ending kept."""
    for cut in range(4):
        stem = folded[: len(folded) - cut]
        if len(stem) < MIN_STEM:
            return
        for size in (len(stem) - 1, len(stem), len(stem) + 1):
            if size < len(text) and one_off(text[:size], stem):
                yield word[: len(stem)] + text[size:]


def one_off(a: str, b: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours makes a into b."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    if len(a) != len(b):
        return rest_a[1:] == rest_b or rest_a == rest_b[1:]
    return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])


def _same_or_one_off(word: str) -> set[str]:
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {a + b[1:] for a, b in splits if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
    found |= {a + c + b[1:] for a, b in splits if b for c in _LETTERS}
    found |= {a + c + b for a, b in splits for c in _LETTERS}
    return found | {word}
