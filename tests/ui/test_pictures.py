import xml.etree.ElementTree as ET
from datetime import date

import pytest

from cluster_portal.core import pictures
from cluster_portal.core.pictures import (
    Answers,
    Bar,
    Calendar,
    Caption,
    Level,
    Limits,
    Node,
    Part,
    Risk,
    Span,
)

NASTY = "<script>alert('\"&')</script>"
CAPTION = Caption("p", NASTY, NASTY)
CALENDAR = Calendar(date(2026, 1, 1), date(2028, 1, 1), date(2026, 11, 21))

DRAWN = {
    "bars": lambda: pictures.bars(CAPTION, [Bar(NASTY, 3, NASTY, NASTY), Bar("b", 0, "0")]),
    "balance": lambda: pictures.balance(CAPTION, [Part("a", NASTY, 3), Part("b", "public", 0)]),
    "programme": lambda: pictures.programme(
        CAPTION,
        [
            Span("1", NASTY, date(2026, 2, 1), date(2027, 2, 1), "late", 0.4, date(2026, 6, 1)),
            Span("1.1", "x", date(2026, 2, 1), date(2026, 2, 1), "done", 1.0),
        ],
        CALENDAR,
    ),
    "risk_matrix": lambda: pictures.risk_matrix(
        CAPTION, [Risk(1, NASTY, 5, 5), Risk(2, "b", 5, 5)]
    ),
    "network": lambda: pictures.network(
        CAPTION,
        Node("own", NASTY, NASTY),
        [Node("a", "A", "public"), Node("b", "B", "third"), Node("c", "C", "third")],
        [("own", "a", 2), ("a", "b", 1), ("a", "c", 1)],
    ),
    "sparkline": lambda: pictures.sparkline(CAPTION, [1, 2, 5], Limits(alarm=4, warning=3)),
    "level_profile": lambda: pictures.level_profile(
        CAPTION, [Level(NASTY, 3.6, 3.1, 2, 4), Level("b", 1), Level("c", 5, 5)]
    ),
    "answer_bars": lambda: pictures.answer_bars(
        CAPTION, [Answers(NASTY, (8, 18, 26, 33, 15)), Answers("b", (0, 100))]
    ),
}


@pytest.mark.parametrize("name", DRAWN)
def test_picture_is_sound_markup_with_a_name(name):
    drawing = ET.fromstring(DRAWN[name]())  # noqa: S314

    assert drawing.attrib["role"] == "img"
    assert drawing.find("title").text == NASTY
    assert drawing.find("desc").text == NASTY


@pytest.mark.parametrize("name", DRAWN)
def test_picture_has_no_style_script_or_colour_of_its_own(name):
    drawing = ET.fromstring(DRAWN[name]())  # noqa: S314

    tags = {element.tag for element in drawing.iter()}
    attributes = {key for element in drawing.iter() for key in element.attrib}

    assert tags <= {"svg", "title", "desc", "rect", "text", "path", "circle"}
    assert attributes.isdisjoint({"style", "fill", "stroke", "onclick"})


@pytest.mark.parametrize(("values", "over"), [([1, 5], True), ([5, 1], False)])
def test_last_value_beyond_the_alarm_is_marked(values, over):
    drawn = pictures.sparkline(Caption("k", "t", "d"), values, Limits(alarm=4))

    assert ("data-over" in drawn) is over


def test_pictures_without_data_are_drawn_empty():
    assert "<svg" in pictures.bars(CAPTION, [])
    assert "<svg" in pictures.balance(CAPTION, [Part("a", "public", 0)])


def test_label_of_a_bar_does_not_run_under_its_figure():
    drawn = pictures.bars(CAPTION, [Bar("Rauha " * 12, 3, "453 668 €"), Bar("Etsintä", 1, "1 €")])

    assert drawn.count("Rauha") < 8
    assert "…" in drawn
    assert "Etsintä" in drawn


def test_today_outside_the_calendar_is_not_drawn():
    calendar = CALENDAR._replace(today=date(2031, 1, 1))

    assert "today" not in pictures.programme(CAPTION, [], calendar)


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [(3.6, 3.1, "+0,5"), (2.4, 2.7, "−0,3"), (3.22, 3.18, "±0,0"), (3.2, None, "")],
)
def test_change_is_told_with_its_sign(now, before, words):
    assert pictures.change(now, before) == words


def test_level_stands_where_its_figure_says():
    drawn = pictures.level_profile(CAPTION, [Level("a", 3, 1, 2, 4)])

    root = ET.fromstring(drawn)  # noqa: S314
    places = {each.get("class"): each.get("cx") for each in root.iter("circle")}
    words = [each.text for each in root.iter("text")]
    assert places == {"level__before": "8", "level__now": "180"}
    assert words == ["a", "3,0 (+2,0)"]


def test_narrow_part_has_no_room_for_its_figure():
    drawn = pictures.answer_bars(CAPTION, [Answers("a", (7, 93))])

    words = [each.text for each in ET.fromstring(drawn).iter("text")]  # noqa: S314
    assert words == ["a", "93"]


@pytest.mark.parametrize(("parts", "tones"), [(2, [1, 5]), (3, [1, 3, 5]), (5, [1, 2, 3, 4, 5])])
def test_parts_reach_from_the_lightest_to_the_deepest(parts, tones):
    assert [pictures.part_depth(index, parts) for index in range(parts)] == tones
