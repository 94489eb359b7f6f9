"""Pictures that people send are decoded, encoded anew and kept small."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cluster_portal.core.files import pictures


def sent(name="merkki.png", kind="PNG", size=(300, 120), content=None, **options):
    if content is None:
        out = io.BytesIO()
        Image.new("RGB", size, "navy").save(out, kind, **options)
        content = out.getvalue()
    return SimpleUploadedFile(name, content)


def opened(upload):
    return Image.open(io.BytesIO(upload.content))


@pytest.mark.parametrize(
    ("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.jpeg", "JPEG"), ("a.webp", "WEBP")]
)
def test_picture_becomes_a_square_webp_on_white(name, kind):
    stored = opened(pictures.square(sent(name, kind)))

    assert (stored.format, stored.size) == ("WEBP", (300, 300))
    assert min(stored.getpixel((150, 3))) > 250


def test_large_picture_is_made_small():
    assert opened(pictures.square(sent(size=(3000, 2000)))).size == (512, 512)


def test_place_time_and_comments_are_gone():
    exif = Image.Exif()
    exif[0x010E] = "salainen paikka"
    exif.get_ifd(0x8825)[1] = "N"
    picture = sent("a.jpg", "JPEG", exif=exif, comment=b"kommentti")
    assert b"salainen paikka" in picture.read()
    picture.seek(0)

    stored = pictures.square(picture)

    assert not opened(stored).getexif()
    assert b"salainen" not in stored.content
    assert b"kommentti" not in stored.content


def test_turned_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    stored = opened(pictures.square(sent("a.jpg", "JPEG", size=(400, 100), exif=exif)))

    assert min(stored.getpixel((3, 200))) > 250
    assert max(stored.getpixel((200, 3))) < 150


def test_what_follows_the_picture_is_not_kept():
    whole = sent().read() + b"<script>alert(1)</script>"

    assert b"script" not in pictures.square(sent(content=whole)).content


def head_of_png(width, height):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    end = b"IDAT" + zlib.compress(b"")
    return b"".join([
        b"\x89PNG\r\n\x1a\n",
        struct.pack(">I", len(head)), chunk, struct.pack(">I", zlib.crc32(chunk)),
        struct.pack(">I", len(end) - 4), end, struct.pack(">I", zlib.crc32(end)),
    ])  # fmt: skip


@pytest.mark.parametrize("size", [(50_000, 50_000), (8_001, 100), (5_000, 5_000), (20_000, 16_000)])
def test_bomb_is_refused_before_it_is_decoded(size, monkeypatch):
    monkeypatch.setattr(Image.Image, "convert", lambda *_args: pytest.fail("decoded"))

    with pytest.raises(ValidationError):
        pictures.square(sent(content=head_of_png(*size)))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", SVG),
        ("logo.png", SVG),
        ("logo.png", b"<html>"),
        ("logo.gif", b"GIF89a\x01\x00\x01\x00"),
        ("logo.png", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
        ("logo.png", b""),
        ("logo.exe", b"MZ"),
        ("logo", b"\x89PNG"),
        ("logo.png", sent(size=(300, 300)).read()[:60]),
        ("logo.png", sent(size=(40, 40)).read()),
        ("logo.png", b"x" * (pictures.MAX_SIZE + 1)),
    ],
)
def test_anything_else_is_refused_with_a_reason(name, content):
    with pytest.raises(ValidationError) as refused:
        pictures.square(sent(name, content=content))

    assert name in refused.value.messages[0]


def test_animated_picture_keeps_its_first_frame():
    out = io.BytesIO()
    frames = [Image.new("RGB", (100, 100), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], duration=50)

    stored = opened(pictures.square(sent("a.webp", content=out.getvalue())))

    assert not getattr(stored, "is_animated", False)
    assert stored.getpixel((50, 50))[0] > 200
