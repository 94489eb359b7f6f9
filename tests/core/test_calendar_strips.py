"""Strips of periods over months: on a phone no word leaves the paper."""

import datetime
import re

import pytest

from cluster_portal.core import pictures
from cluster_portal.core.pictures.calendars import Period

TODAY = datetime.date(2026, 12, 1)
MONTHS = pictures.months_from(TODAY, 6)
WORDS = "11 september 2027 kl. 16.00"


@pytest.mark.parametrize("closes", [*range(5, 200, 13), None])
@pytest.mark.parametrize("opens", [-40, 5, 60, 150])
def test_words_of_a_narrow_strip_stay_on_the_paper(opens, closes):
    last = None if closes is None else TODAY + datetime.timedelta(days=max(opens, 0) + closes)
    period = Period("Haku", WORDS, TODAY + datetime.timedelta(days=opens), last)
    caption = pictures.Caption("k", "Haut", "Haut")

    drawn = str(pictures.calendar_strip(caption, [period], MONTHS, is_tall=True))

    x, css = re.search(rf'<text x="([\d.-]+)" y="[\d.]+" class="([^"]*)">{WORDS}', drawn).groups()
    width = 6.8 * len(WORDS)  # of letters at 12.5 px
    left = float(x) - (width if "end" in css.split() else 0)
    assert left >= 0
    assert left + width <= 360


def test_narrow_strip_tells_the_short_words():
    period = Period("Haku", WORDS, TODAY, TODAY, short="11.9.2027 kl. 16.00")
    caption = pictures.Caption("k", "Haut", "Haut")

    assert "11.9.2027" in str(pictures.calendar_strip(caption, [period], MONTHS, is_tall=True))
    assert WORDS in str(pictures.calendar_strip(caption, [period], MONTHS))
