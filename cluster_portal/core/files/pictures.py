"""Pictures that pages show: decoded and encoded anew, so that nothing is kept but their colours.

Place, time, comments, profiles and whatever hides behind the picture are gone. The size is judged
by the head of the file, before anything is decoded; drawings that are programs (SVG) are refused.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from cluster_portal.core.files import FileMissing, Upload, clean_name

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict

READ = ("PNG", "JPEG", "WEBP")
ENDINGS = (".png", ".jpg", ".jpeg", ".webp")
MAX_SIZE = 2 * 1024 * 1024
MAX_SIDE, MAX_PIXELS = 8_000, 16_000_000
MIN_SIDE = 48
SIDE = 512  # of the square that is stored
LONGEST = 1600  # side of a picture that keeps its shape
ENDING, MEDIA_TYPE = "webp", "image/webp"
# What Pillow raises at broken files, besides its own kinds of OSError.
BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, OverflowError, MemoryError,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


class PictureField(forms.FileField):
    """One picture; cleaned to an `Upload` of a WebP on white ground, square unless told."""

    def __init__(self, *, is_square: bool = True, **kwargs: Any) -> None:
        self.is_square = is_square
        super().__init__(widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}), **kwargs)

    def clean(self, data: QueryDict | None, initial: Any = None) -> Any:
        sent = super().clean(data, initial)
        return encoded(sent, is_square=self.is_square) if sent else None


def square(sent: UploadedFile) -> Upload:
    return encoded(sent, is_square=True)


def encoded(sent: UploadedFile, *, is_square: bool) -> Upload:
    """The picture as it is stored; `ValidationError` says what is wrong and what would do."""
    name = clean_name(sent.name or "")
    values = {"name": name, "limit": filesizeformat(MAX_SIZE), "side": MIN_SIDE}
    if not name.lower().endswith(ENDINGS):
        raise ValidationError(
            _("“%(name)s” cannot be taken. A PNG, JPEG or WebP will do.") % values
        )
    if (sent.size or 0) > MAX_SIZE:
        raise ValidationError(_("“%(name)s” is too large: at most %(limit)s.") % values)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            content = _encoded_anew(sent.read(), is_square=is_square)
    except BROKEN:
        message = _(
            "“%(name)s” is not a whole picture of usual size. Save it anew as PNG or JPEG, each "
            "side at least %(side)d pixels."
        )
        raise ValidationError(message % values) from None
    return Upload(f"{name.rpartition('.')[0]}.{ENDING}", ENDING, content)


def _encoded_anew(content: bytes, *, is_square: bool) -> bytes:
    """Only the first of several pictures in one file is decoded."""
    limit = SIDE if is_square else LONGEST
    with Image.open(io.BytesIO(content), formats=READ) as source:
        _refuse_unfit(*source.size)
        source.draft("RGB", (limit, limit))  # a large JPEG is read at a part of its size
        upright = ImageOps.exif_transpose(source).convert("RGBA")
    upright.thumbnail((limit, limit))
    width, height = (max(upright.size),) * 2 if is_square else upright.size
    ground = Image.new("RGBA", (width, height), "white")
    ground.alpha_composite(upright, ((width - upright.width) // 2, (height - upright.height) // 2))
    out = io.BytesIO()
    ground.convert("RGB").save(out, "WEBP", quality=88)
    return out.getvalue()


def _refuse_unfit(width: int, height: int) -> None:
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise Image.DecompressionBombError
    if min(width, height) < MIN_SIDE:
        raise ValueError


def shown(stored: str) -> FileResponse:
    """The picture inside a page; `FileMissing` when it is gone. Its address changes with it."""
    try:
        content = default_storage.open(stored, "rb")
    except OSError:
        raise FileMissing(stored) from None
    response = FileResponse(content, content_type=MEDIA_TYPE)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
