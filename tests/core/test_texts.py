import pytest

from cluster_portal.core import texts


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Esimerkki   Oy ", "Esimerkki Oy"),
        ("Esi\u200bmerkki\u202e Oy", "Esimerkki Oy"),
        ("A\u0308a\u0308ri", "Ääri"),
        ("a\r\nb\tc\x00", "a b c"),
    ],
)
def test_line_is_composed_visible_and_single(typed, stored):
    assert texts.one_line(typed) == stored


def test_prose_keeps_its_lines():
    assert texts.prose("a  \r\n\r\n  b\u200b\n") == "a\n\n  b"


@pytest.mark.parametrize("other", ["esimerkki oy", "ESIMERKKI  OY", "Esimerkki\u00a0Oy"])
def test_spellings_of_a_name_compare_equal(other):
    assert texts.comparable(other) == texts.comparable("Esimerkki Oy")
