import datetime

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

from cluster_portal.core.text.languages import calendar_word


@pytest.mark.parametrize(("language", "word"), [("fi", "ke"), ("sv", "ons"), ("en", "Wed")])
def test_days_are_small_in_finnish_and_swedish_only(language, word):
    with override(language):
        assert calendar_word(date_format(datetime.date(2026, 12, 9), "D")) == word
