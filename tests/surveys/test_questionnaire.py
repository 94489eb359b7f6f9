"""What a questionnaire shows, takes and misses."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from cluster_portal.surveys.models import Option, Question
from cluster_portal.surveys.questionnaire import Questionnaire
from tests.surveys import factories as make

TAKEN = {
    "exports": [("yes", "yes"), ("", None)],
    "suppliers": [("1 234,50", "1234.50"), ("0", "0"), (" ", None)],
    "sales": [("1 000", 100_000), ("12,5", 1250)],
    "drill": [("31.3.2026", "2026-03-31"), ("2026-03-31", "2026-03-31")],
    "risks": [(["staff", "power"], ["power", "staff"]), ([], None)],
    "where": [("  Ruotsi\u202e ", "Ruotsi"), ("\x00", None)],
    "plan": [("5", 5), ("", None)],
    "table": [({"a": "some", "b": "", "c": "none"}, {"a": "some"}), ({}, None)],
}
REFUSED = {
    "exports": "maybe",
    "suppliers": "-1",
    "sales": "129.619",
    "drill": "31.2.2026",
    "risks": ["power", "war"],
    "where": "TL III",
    "plan": "6",
    "table": {"a": "all"},
}


@pytest.fixture
def plain(db):
    return Questionnaire.of(make.version())


@pytest.mark.parametrize(("key", "raw", "value"), [(k, *c) for k in TAKEN for c in TAKEN[k]])
def test_answer_is_stored_as_a_plain_value(plain, key, raw, value):
    assert plain.by_key[key].clean(raw) == value


@pytest.mark.parametrize("key", REFUSED)
def test_wrong_answer_is_refused(plain, key):
    with pytest.raises(ValidationError):
        plain.by_key[key].clean(REFUSED[key])


def test_text_that_is_too_long_is_refused(plain):
    with pytest.raises(ValidationError, match="300"):
        plain.by_key["where"].clean("a" * 301)


def test_hidden_question_is_neither_missing_nor_kept(plain):
    answers = {"exports": "no", "where": "Ruotsi"}

    assert plain.trimmed(answers) == {"exports": "no"}
    assert plain.missing(answers) == []


def test_shown_question_is_missing(plain):
    assert [q.key for q in plain.missing({"exports": "yes"})] == ["where"]


def test_question_behind_a_hidden_one_is_hidden(db):
    chain = Questionnaire.of(make.version({"all": [
        {"key": "a", "kind": "choice", "options": ["yes", "no"]},
        {"key": "b", "kind": "choice", "options": ["yes"], "shown_if": ("a", ["yes"])},
        {"key": "c", "kind": "text", "shown_if": ("b", ["yes"])},
    ]}))  # fmt: skip

    assert chain.visible({"a": "no", "b": "yes"}) == {"a"}


def test_matrix_is_answered_when_every_row_is(plain):
    table = plain.by_key["table"]

    assert not table.is_answered({"table": {"a": "some"}})
    assert table.is_answered({"table": {"a": "some", "b": "none"}})


def test_answers_are_told_in_words(plain):
    words = {
        "exports": ("yes", "Yes"),
        "suppliers": ("1234.50", "1234,50"),
        "sales": (100_000, "1\u00a0000 €"),
        "risks": (["power", "staff"], "Power, Staff"),
        "plan": (3, "3/5"),
        "table": ({"a": "some"}, "A: Some"),
    }

    assert {key: plain.by_key[key].words(value) for key, (value, _text) in words.items()} == {
        key: text for key, (_value, text) in words.items()
    }


@pytest.mark.parametrize("count", [1, 40])
def test_questionnaire_is_read_with_three_statements(db, count):
    made = make.version({"all": [
        {"key": f"q{n}", "kind": "choice", "options": ["yes"]} for n in range(count)
    ]})  # fmt: skip

    with CaptureQueriesContext(
        connection,
    ) as read:
        Questionnaire.of(made)

    assert len(read) == 3


@pytest.mark.parametrize("change", ["update", "delete", "insert"])
def test_published_version_does_not_change(db, change):
    question = make.version().sections.get(key="basics").questions.get(key="exports")
    changes = {
        "update": lambda: Question.objects.filter(pk=question.pk).update(text_fi="Muu?"),
        "delete": lambda: question.options.first().delete(),
        "insert": lambda: Option.objects.create(question=question, key="more", text_fi="Ehkä"),
    }

    with pytest.raises(IntegrityError):
        changes[change]()


def test_draft_changes(db):
    question = make.version(published=False).sections.get(key="basics").questions.first()

    question.text_fi = "Muu?"
    question.save()

    assert Question.objects.get(pk=question.pk).text_fi == "Muu?"
