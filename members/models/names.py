"""The normal form of an organisation's name: what two spellings of one name share."""

from __future__ import annotations

import re
import unicodedata

from cluster_portal.core.text import cleaning

# Letters that look like Latin ones, in lower case: a capital decides where the two differ.
_CYRILLIC = dict(zip("авекмнорстухіјѕһԛԝӏ", "abekmhopctyxijshqwl", strict=True))
_GREEK = dict(zip("αβεζηικμνορτυχ", "abezhikmnoptyx", strict=True))
_LATIN = {"\u0131": "i", "\u0251": "a", "\u0261": "g"}
_LOOK_ALIKE = str.maketrans(_CYRILLIC | _GREEK | _LATIN)
_MARKS = re.compile(r"[^\w+&#]+|_+")
# What kind of body it is in law; written at either end of the name, and often left out.
_LEGAL_FORMS = frozenset({
    "oy", "oyj", "ab", "abp", "oyab", "osakeyhtiö", "aktiebolag", "ay", "ky", "kb", "tmi", "osk",
    "ltd", "inc", "gmbh", "ry", "rf", "rp", "yhdistys", "förening", "sr", "säätiö", "stiftelse",
})  # fmt: skip


def normal_name(name: str) -> str:
    """One name for `Nokia Oyj`, `NOKIA  OYJ`, `Oy Nokia Ab` and one with a Cyrillic letter.

    Case, spaces, marks, forms of Unicode, look-alike letters and the legal form do not count; a
    name of nothing but legal forms keeps them. Empty for a name without letters and digits.
    """
    text = cleaning.one_line(unicodedata.normalize("NFKC", name)).casefold().translate(_LOOK_ALIKE)
    words = _MARKS.sub(" ", unicodedata.normalize("NFC", text)).split()
    kept = list(words)
    while kept and kept[-1] in _LEGAL_FORMS:
        kept.pop()
    while kept and kept[0] in _LEGAL_FORMS:
        kept.pop(0)
    return " ".join(kept or words)
