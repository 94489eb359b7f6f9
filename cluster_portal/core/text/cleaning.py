"""Text as people type or paste it, brought to the form in which it is stored and compared."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

# Direction overrides, zero-width and other invisible characters: they change what a reader
# believes to see. U+200D joins some emoji, which no name or title here needs.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# What a mail program makes a link of by itself, in a letter that shows a name or a title.
_LINK = re.compile(
    r"://|\bwww\.|\w\.(?:fi|ax|se|ee|ru|su|eu|de|me|co|uk|us|cn|tk|com|net|org|info|biz|io|app|dev"
    r"|xyz|top|site|shop|link|click|online)(?![\w-])",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"://|\bwww\.|\w\.\w+/", re.IGNORECASE)


def refuse_links(*texts: str) -> None:
    """For names of persons and for titles, wherever they are typed."""
    if any(_LINK.search(text) for text in texts):
        raise ValidationError(_("Write this without a web address."))


def refuse_addresses(*names: str) -> None:
    """For names of organisations, some of which are called by a domain: `Oikotie.fi Oy`."""
    if any(_ADDRESS.search(name) for name in names):
        raise ValidationError(_("Write this without a web address."))


def has_control(text: str) -> bool:
    """Whether the text holds a character that no document of words has."""
    return bool(_CONTROL.search(text))


def one_line(text: str) -> str:
    """A name or title: composed, visible characters on one line, single spaces."""
    clean = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(_CONTROL.sub(" ", clean).split())


def prose(text: str) -> str:
    """Text of several lines: the same, but lines and indents stay as they are."""
    clean = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    lines = _CONTROL.sub(" ", clean.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def free_slug(rows: QuerySet[Any], name: str, *, empty: str, reserved: Collection[str] = ()) -> str:
    """An address made of the name that none of `rows` has yet; `empty` where nothing is left."""
    plain = name.lower().translate(str.maketrans("åäöæø", "aaoao"))
    base = slugify(plain)[:80].strip("-") or empty
    taken = {*rows.filter(slug__startswith=base).values_list("slug", flat=True), *reserved}
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
