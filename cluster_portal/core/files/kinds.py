"""The kinds of file that can be sent, each known by its content.

`examine` returns what is to be stored – pictures without the place and time they carry – and
raises `Unfit` for what is broken, dangerous or something else. Archives are judged by their
directory before anything of them is unpacked; no XML is parsed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from cluster_portal.core.text.cleaning import has_control

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_SIDE, MAX_PIXELS = 12_000, 50_000_000
MAX_PARTS, MAX_UNPACKED = 2_000, 60 * 1024 * 1024
MAX_SEGMENTS = 5_000
MAX_READ = 2 * 1024 * 1024


class Unfit(Exception):
    """Not a whole file of its kind."""


def no_text(_content: bytes) -> str:
    return ""


@dataclass(frozen=True)
class Kind:
    """`text_of` gives the words that can be read cheaply, to look for markings in them."""

    media_type: str
    examine: Callable[[bytes], bytes]
    text_of: Callable[[bytes], str] = no_text


# PDF


def _pdf(content: bytes) -> bytes:
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise Unfit
    return content


# An escaped character is a token of its own, so that no text is read twice.
_TOKEN = re.compile(rb"\\.|[\[\]]|\(((?:[^()\\]|\\.)*)\)", re.DOTALL)


def _pdf_text(content: bytes) -> str:
    """What is written in plain strings; fonts with codes of their own stay unread."""
    left, at, found = MAX_READ, content.find(b"stream"), b""
    while at >= 0 and left > 0:
        end = content.find(b"endstream", at)
        if end < 0:
            break
        plain = _inflated(content[at + len(b"stream") : end].lstrip(b"\r\n"), left)
        left -= len(plain)
        found += _strings(plain) if b"BT" in plain and b"Tf" in plain else b""
        at = content.find(b"stream", end + len(b"endstream"))
    return found.decode("latin-1")


def _inflated(packed: bytes, limit: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, limit)
    except zlib.error:
        return b""


def _strings(page: bytes) -> bytes:
    """The strings that a page shows; those of one array make one word."""
    words, is_array = [], False
    for token in _TOKEN.finditer(page):
        text = token.group(1)
        if text is None:
            is_array = token.group() == b"["
            words.append(b"" if is_array else b" ")
        else:
            words.append(text if is_array else text + b" ")
    return b"".join(words)


# Pictures: rewritten part by part, keeping only what draws.

_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"sBIT",
    b"pHYs",
}


def _refuse_huge(width: int, height: int) -> None:
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and width * height <= MAX_PIXELS):
        raise Unfit


def _png(content: bytes) -> bytes:
    if not content.startswith(_PNG_HEAD) or content[12:16] != b"IHDR":
        raise Unfit
    _refuse_huge(int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big"))
    kept, at, name = [_PNG_HEAD], len(_PNG_HEAD), b""
    while name != b"IEND":
        size = int.from_bytes(content[at : at + 4], "big")
        end = at + 12 + size
        name = content[at + 4 : at + 8]
        if end > len(content) or not name:
            raise Unfit
        if zlib.crc32(content[at + 4 : end - 4]) != int.from_bytes(content[end - 4 : end], "big"):
            raise Unfit
        if name in _PNG_KEPT:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


# Markers of JPEG: start of scan, end, and the frames that carry the size.
_SCAN, _END = 0xDA, 0xD9
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def _jpeg(content: bytes) -> bytes:
    if not content.startswith(b"\xff\xd8\xff"):
        raise Unfit
    kept, has_frame = [content[:2]], False
    for marker, segment in _segments(content):
        if marker in _FRAMES:
            _refuse_huge(*(int.from_bytes(segment[n : n + 2], "big") for n in (7, 5)))
            has_frame = True
        if _draws(marker, segment[4:]):
            kept.append(segment)
    if not has_frame:
        raise Unfit
    return b"".join([*kept, b"\xff\xd9"])


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each part up to the end of the picture; what follows it is left out."""
    at = 2
    for _number in range(MAX_SEGMENTS):
        marker = _marker_at(content, at)
        if marker == _END:
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if end < at + 4 or end > len(content):
            raise Unfit
        following = _NEXT_MARKER.search(content, end) if marker == _SCAN else None
        if marker == _SCAN and following is None:
            raise Unfit
        end = following.start() if following else end
        yield marker, content[at:end]
        at = end
    raise Unfit


def _marker_at(content: bytes, at: int) -> int:
    if at + 2 > len(content) or content[at] != 0xFF:
        raise Unfit
    return content[at + 1]


def _draws(marker: int, body: bytes) -> bool:
    """Whether a segment is needed to draw: of the applications' own, only JFIF, colours, Adobe."""
    if marker == 0xE2:
        return body.startswith(b"ICC_PROFILE\x00")
    return marker in {0xE0, 0xEE} or not (0xE1 <= marker <= 0xEF or marker == 0xFE)


# Documents that are archives inside


def _archive(content: bytes, main: str) -> bytes:
    """Judged by the directory alone: number and size of the parts, the main one, no programs."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Unfit from None
    names = {part.filename for part in parts}
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unfit
    is_program = any("vbaproject" in name.lower() or name.startswith("Basic/") for name in names)
    if not content.startswith(b"PK\x03\x04") or main not in names or is_program:
        raise Unfit
    return content


def _docx(content: bytes) -> bytes:
    return _archive(content, "word/document.xml")


def _odt(content: bytes) -> bytes:
    return _archive(content, "content.xml")


_TAG = re.compile(r"<(/?)[a-z]+:(\w+)[^<>]*>")


def _archive_text(content: bytes, main: str) -> str:
    """The first megabytes of the main part without its tags; a lying directory reads as short."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)).open(main) as part:
            markup = part.read(MAX_READ).decode("utf-8", "replace")
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
        raise Unfit from None
    spaced = _TAG.sub(lambda tag: " " if tag[2] in {"p", "h", "tab", "br", "s"} else "", markup)
    return unescape(spaced)


def _docx_text(content: bytes) -> str:
    return _archive_text(content, "word/document.xml")


def _odt_text(content: bytes) -> str:
    return _archive_text(content, "content.xml")


# Plain text


def _txt(content: bytes) -> bytes:
    if has_control(_txt_text(content)):
        raise Unfit
    return content


def _txt_text(content: bytes) -> str:
    for coding in (
        "utf-8-sig",
        "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "cp1252",
    ):
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    raise Unfit


KINDS = {
    "pdf": Kind("application/pdf", _pdf, _pdf_text),
    "docx": Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _docx,
        _docx_text,
    ),
    "odt": Kind("application/vnd.oasis.opendocument.text", _odt, _odt_text),
    "txt": Kind("text/plain; charset=utf-8", _txt, _txt_text),
    "png": Kind("image/png", _png),
    "jpg": Kind("image/jpeg", _jpeg),
    "jpeg": Kind("image/jpeg", _jpeg),
}
