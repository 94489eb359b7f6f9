import xml.etree.ElementTree as ET
from datetime import date

import pytest

from cluster_portal.core import pictures
from cluster_portal.core.pictures import Bar, Calendar, Caption, Limits, Node, Part, Risk, Span

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


def test_today_outside_the_calendar_is_not_drawn():
    calendar = CALENDAR._replace(today=date(2031, 1, 1))

    assert "today" not in pictures.programme(CAPTION, [], calendar)
