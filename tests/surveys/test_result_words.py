"""The words above the columns of published tables."""

import pytest

from cluster_portal.surveys.pages.result_words import column_words
from cluster_portal.surveys.questionnaire import Question


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"minimum": 2025, "maximum": 2050}, "2030 – alle 2035"),
        ({"minimum": 0}, "2\u00a0030 – alle 2\u00a0035"),
        ({"minimum": 2025, "maximum": 2050, "unit": "km"}, "2\u00a0030 – alle 2\u00a0035 km"),
    ],
)
def test_a_year_is_not_divided_by_a_space(limits, words):
    question = Question(key="year", kind="number", text="Vuosi", **limits)

    assert column_words(question, {"from": "2030", "to": "2035"}) == words
