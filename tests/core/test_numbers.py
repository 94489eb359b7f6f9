import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cluster_portal.core.numbers import parse_hundredths, typed, whole_of


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("324049", 324_049_00),
        ("324 049", 324_049_00),
        ("324\u00a0049,5", 324_049_50),
        ("324\u202f049.50 €", 324_049_50),
        (" 0 ", 0),
        ("80,00 %", 80_00),
    ],
)
def test_sum_is_read_as_people_type_it(text, cents):
    assert parse_hundredths(text) == cents


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("129.619", "ambiguous"),
        ("129,619", "ambiguous"),
        ("1.234.567,89", "ambiguous"),
        ("-5", "negative"),
        ("−5", "negative"),
        ("12 34", "invalid"),
        ("1e309", "invalid"),
        ("NaN", "invalid"),
        ("١٢", "invalid"),
        ("", "invalid"),
        ("9" * 400, "invalid"),
        ("1,2345", "invalid"),
    ],
)
def test_sum_that_could_mean_something_else_is_refused(text, code):
    with pytest.raises(ValidationError) as refused:
        parse_hundredths(text)

    assert refused.value.code == code


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(min_value=0, max_value=10**12))
def test_what_is_offered_for_editing_is_read_back(cents):
    assert parse_hundredths(typed(cents)) == cents


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("12", 12), ("9" * 18, int("9" * 18))]
    + [(bad, None) for bad in ("", "-1", "1.5", " 1", "1\n", "²", "١٢", "9" * 19, "9" * 5000)],
)
def test_number_that_a_request_names(text, number):
    assert whole_of(text) == number
