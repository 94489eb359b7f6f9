"""The questionnaires that come with the portal, as their files say them."""

from __future__ import annotations

import tomllib

import pytest
from django.utils.translation import override

from cluster_portal.surveys.models import Template
from cluster_portal.surveys.models.templates import Purpose
from cluster_portal.surveys.services.outlines import Outline
from cluster_portal.surveys.services.ready_made import DATA, Fault, load_ready_made, read
from cluster_portal.surveys.services.template_checks import faults, remarks

FILES = sorted(DATA.glob("*.toml"))


def rows_of(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_can_be_asked_in_three_languages(path, db):
    row = rows_of(path)

    outline = read(row)

    assert row["key"] == path.stem
    assert faults(outline) == []
    assert remarks(outline) == []
    keys = [question.key for question in outline.questions]
    assert len(keys) == len(set(keys))
    for each in (*outline.sections, *outline.questions, *outline.options):
        each.clean_fields(exclude=["version", "section", "question", "shown_if"])
        each.clean()


def test_every_purpose_but_other_has_one():
    purposes = {rows_of(path)["purpose"] for path in FILES}

    assert purposes == set(Purpose.values) - {Purpose.OTHER}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_length_fits_who_answers(path):
    row = rows_of(path)
    count = len(read(row).questions)

    low, high = (5, 10) if row["purpose"] == Purpose.FEEDBACK else (12, 30)
    assert low <= count <= high


def test_loading_again_changes_nothing(db):
    assert Template.objects.exclude(key="").count() == len(FILES)

    assert load_ready_made() == 0


SMALL = """
key = "small"
purpose = "other"
name.fi = "Pieni"
name.sv = "Liten"
name.en = "Small"
[[sections]]
key = "only"
title.fi = "Osa"
title.sv = "Del"
title.en = "Part"
[[sections.questions]]
key = "first"
kind = "choice"
text.fi = "Mitä?"
text.sv = "Vad?"
text.en = "What?"
options = [
  { key = "yes", fi = "Kyllä", sv = "Ja", en = "Yes" },
  { key = "no", fi = "Ei", sv = "Nej", en = "No" },
]
[[sections.questions]]
key = "second"
kind = "text"
text.fi = "Miksi?"
text.sv = "Varför?"
text.en = "Why?"
shown_if = { question = "first", answers = ["yes"] }
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "small.toml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def test_changed_file_becomes_a_new_version_beside_the_old_one(db, folder):
    load_ready_made(folder)
    (folder / "small.toml").write_text(SMALL.replace("Mitä?", "Mitä tänään?"), encoding="utf-8")

    assert load_ready_made(folder) == 1

    versions = Template.objects.get(key="small").versions.order_by("number")
    texts = [Outline.of(version).questions[0].text_fi for version in versions]
    assert texts == ["Mitä?", "Mitä tänään?"]
    assert all(version.is_published for version in versions)


def test_changed_comment_changes_nothing(db, folder):
    load_ready_made(folder)
    (folder / "small.toml").write_text(f"# why\n{SMALL}", encoding="utf-8")

    assert load_ready_made(folder) == 0


def test_file_that_is_gone_is_no_longer_offered(db, folder):
    load_ready_made(folder)
    (folder / "small.toml").unlink()

    load_ready_made(folder)

    assert Template.objects.get(key="small").is_retired


def test_branching_is_stored(db, folder):
    load_ready_made(folder)

    outline = Outline.of(Template.objects.get(key="small").newest())

    assert outline.shown_if == {"second": "first"}
    assert outline.questions[1].shown_if_keys == ["yes"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('kind = "text"', 'kind = "text"\nrequird = true', "requird"),
        ('kind = "text"', 'kind = "essay"', "essay"),
        ('text.sv = "Vad?"\n', "", "languages"),
        ('sv = "Nej", ', "", "language"),
        ('question = "first"', 'question = "second"', "comes after"),
        ('answers = ["yes"]', 'answers = ["maybe"]', "Choose again"),
        ('key = "second"', 'key = "first"', "the key"),
        ('kind = "text"', 'kind = "text"\nfills = "what"', "no record"),
        ('{ key = "no", fi = "Ei", sv = "Nej", en = "No" },', "", "two options"),
        ('title.fi = "Osa"', 'becomes = "need"\ntitle.fi = "Osa"', "no answer fills"),
    ],
)
def test_fault_in_a_file_is_named(db, folder, before, after, said):
    assert before in SMALL
    (folder / "small.toml").write_text(SMALL.replace(before, after), encoding="utf-8")

    with override("en"), pytest.raises(Fault, match=said):
        load_ready_made(folder)


@pytest.mark.parametrize(
    ("fills", "said"), [("colour", "does not have"), ("kind", "do not fit"), ("what", "")]
)
def test_field_of_the_record_must_exist_and_fit(db, fills, said):
    row = tomllib.loads(SMALL)
    row["sections"][0]["becomes"] = "need"
    question = row["sections"][0]["questions"][0 if fills == "kind" else 1]
    question["fills"] = fills

    with override("en"):
        found = faults(read(row))

    assert [said in each for each in found] == ([True] if said else [])
