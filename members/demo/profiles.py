"""What the pages of the example's organisations tell; some with a made-up logo, some grown old."""

from __future__ import annotations

import datetime
import io
import tomllib
from typing import TYPE_CHECKING, Any

from django.db import transaction
from PIL import Image, ImageDraw

from cluster_portal.core import files, search
from cluster_portal.core.files import Upload
from cluster_portal.core.files.pictures import ENDING, SIDE
from members.models import Organisation
from members.services.profiles import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

TOLD = ("summary", "languages", "activities", "website")


@transaction.atomic
def load(folder: Path, today: datetime.date) -> None:
    rows = tomllib.loads((folder / "profiles.toml").read_text(encoding="utf-8"))
    for organisation in Organisation.objects.filter(external_id__in=rows, summary=""):
        _tell(organisation, rows[organisation.external_id], today)
        search.reindex(organisation)


def _tell(organisation: Organisation, row: dict[str, Any], today: datetime.date) -> None:
    for name in TOLD:
        setattr(organisation, name, row[name])
    days = row.get("confirmed_days_ago")
    organisation.confirmed_on = None if days is None else today - datetime.timedelta(days=days)
    if "logo" in row:
        drawn = Upload(f"logo.{ENDING}", ENDING, _mark(*row["logo"]))
        organisation.logo = files.store(drawn, FOLDER)
    organisation.save()


def _mark(dark: str, light: str) -> bytes:
    """A simple mark that belongs to nobody."""
    picture = Image.new("RGB", (SIDE, SIDE), "white")
    drawing = ImageDraw.Draw(picture)
    drawing.ellipse((56, 56, SIDE - 56, SIDE - 56), fill=dark)
    drawing.pieslice((120, 120, SIDE - 120, SIDE - 120), 200, 340, fill=light)
    drawing.rectangle((236, 180, 276, SIDE - 130), fill=light)
    out = io.BytesIO()
    picture.save(out, "WEBP", lossless=True)
    return out.getvalue()
