import pytest
from django.core.exceptions import ValidationError

from cluster_portal.core.text import cleaning


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
    assert cleaning.one_line(typed) == stored


def test_prose_keeps_its_lines():
    assert cleaning.prose("a  \r\n\r\n  b\u200b\n") == "a\n\n  b"


@pytest.mark.parametrize(
    "typed",
    [
        "Maija www.evil.fi",
        "https://evil.example/x",
        "evil.fi",
        "Voita nyt: EVIL.COM/x",
        "x@evil.ru",
    ],
)
def test_name_that_a_mail_program_would_link_is_refused(typed):
    with pytest.raises(ValidationError, match="verkko-osoitetta"):
        cleaning.refuse_links(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "J.R. Virtanen",
        "St. Michel ry",
        "Versio 2.0",
        "Oy A.B. Ab",
        "Kyber/fyysinen",
        "Node.js",
        "a.k.a.",
    ],
)
def test_name_with_dots_is_no_link(typed):
    cleaning.refuse_links(typed)
