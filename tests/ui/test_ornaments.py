"""Emblems, portraits, scenes and the map of regions."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from cluster_portal.core import pictures
from cluster_portal.core.pictures import Caption, Pair, Part

HOSTILE = Caption("k", '<b>"&', "<script>")


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 – made by the portal


def test_emblem_is_the_same_for_the_same_name_and_another_for_another():
    first = pictures.emblem("Esimerkki Oy", "business")

    assert first == pictures.emblem(" esimerkki oy ", "business")
    assert first != pictures.emblem("Malli Oy", "business")


def test_emblem_holds_no_word_of_its_name():
    drawn = pictures.emblem("<b>Esimerkki</b>", '"><b>', "s")

    parsed(drawn)
    assert "Esimerkki" not in drawn


@pytest.mark.parametrize("kind", pictures.SCENES)
@pytest.mark.parametrize("wide", [False, True])
def test_scene_is_well_formed_and_hidden(kind, wide):
    root = parsed(pictures.scene(kind, wide=wide))

    assert root.get("aria-hidden") == "true"


def test_portrait_is_hidden_and_without_a_name():
    root = parsed(pictures.portrait("Väinö Ääriesimerkki", "third"))

    assert root.get("aria-hidden") == "true"


def test_map_shows_figures_and_depths_of_regions():
    drawn = pictures.finland(HOSTILE, {"06": 5, "11": 2}, {"06": "34", "11": ""})
    root = parsed(drawn)

    deep = [each for each in root.iter("path") if each.get("data-depth") == "5"]
    words = [each.text for each in root.iter("text")]
    assert (len(deep), words) == (1, ["34"])


def test_neighbours_share_a_border():
    assert pictures.neighbours("06") == ("02", "04", "05", "07", "13", "14")
    assert pictures.neighbours("21") == ()
    assert pictures.neighbours("nowhere") == ()


@pytest.mark.parametrize(("count", "step"), [(0, 0), (1, 1), (4, 2), (14, 3), (29, 4), (900, 5)])
def test_depth_has_five_steps(count, step):
    assert pictures.depth(count) == step


def test_charts_of_nothing_are_still_pictures():
    parsed(pictures.strip(HOSTILE, [Part("Yritykset", "business", 0)]))
    parsed(pictures.both_ways(HOSTILE, []))
    parsed(pictures.both_ways(HOSTILE, [Pair("<b>", 0, 0)]))
    parsed(pictures.ladder(HOSTILE, 0))
