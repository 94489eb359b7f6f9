"""Web addresses in a text that a person typed."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

MOST, LONGEST = 3, 300
SCHEMES = ("https", "http")
is_web_address = URLValidator(schemes=SCHEMES)


def addresses_in(text: str) -> list[str]:
    """The first few whole http and https addresses, as they stand between the spaces.

    One that shows another host than it leads to is none: with a name before an @, or with letters
    that only look like others.
    """
    words = [word.strip(".,;:!?()«»”\"'") for word in text.split()]
    return [word for word in dict.fromkeys(words) if _is_plain(word)][:MOST]


def _is_plain(word: str) -> bool:
    if not word.isascii() or len(word) > LONGEST:
        return False
    try:
        is_web_address(word)
        return "@" not in urlsplit(word).netloc
    except (ValidationError, ValueError):
        return False
