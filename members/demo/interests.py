"""What people of the example follow, and how often their digest comes."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType

from cluster_portal.core import vocabulary
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.notifications import preferences
from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import Follow, Preference
from members.models import User

if TYPE_CHECKING:
    import datetime
    from pathlib import Path


def load(folder: Path, _today: datetime.date) -> None:
    """Once a person: what they have chosen since stays."""
    rows = tomllib.loads((folder / "interests.toml").read_text(encoding="utf-8"))["reader"]
    for row in rows:
        user = User.objects.get(email=row["email"])
        if not Preference.objects.filter(user=user, group=KindGroup.DIGEST).exists():
            _load_reader(user, row)


def _load_reader(user: User, row: dict[str, Any]) -> None:
    preferences.set_channels(user, {KindGroup.DIGEST: row["digest"]})
    preferences.set_weekday(user, row.get("weekday", 0))
    kind = ContentType.objects.get_for_model(Term)
    chosen = dict.fromkeys((*row.get("themes", []), *row.get("regions", [])), False)
    Follow.objects.bulk_create(
        Follow(user=user, about_type=kind, about_id=_term(code).pk, is_muted=is_muted)
        for code, is_muted in (chosen | dict.fromkeys(row.get("muted", []), True)).items()
    )


def _term(code: str) -> Term:
    """Codes of digits are those of regions here."""
    schemes = [Scheme.REGION] if code.isdigit() else Scheme.values
    found = (vocabulary.find(scheme, code) for scheme in schemes)
    return next(term for term in found if term)
