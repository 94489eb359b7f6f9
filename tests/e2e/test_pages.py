"""Every open page, in each language, narrow and wide, light and dark."""

from __future__ import annotations

import pytest

PAGES = (
    "/",
    "/members/",
    "/members/join/",
    "/projects/",
    "/projects/challenges/",
    "/projects/programme/",
    "/theses/",
    "/theses/propose/",
    "/accounts/login/?next=/theses/propose/idea/",
    "/events/",
    "/search/?q=esimerkki",
    "/about/",
    "/privacy/",
    "/accessibility/",
    "/terms/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/no-such-page/",
)
LOOKS = (("", 320, False), ("/sv", 1280, True), ("/en", 375, False))


@pytest.mark.parametrize(("prefix", "width", "dark"), LOOKS)
def test_open_pages_are_accessible(visitor, company, prefix, width, dark):
    person = visitor(width=width, dark=dark)

    for path in PAGES:
        person.opens(f"{prefix}{path}")
