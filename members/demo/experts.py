"""Experts of the example; loading twice changes nothing."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cluster_portal.core import vocabulary
from cluster_portal.core.vocabulary import Scheme, Term
from members.models import Organisation, User
from members.models.expert_fields import EXPERTISE
from members.services import experts
from members.services.experts import Told

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

TEXTS = ("keywords", "summary", "background", "availability", "phone")


def load(folder: Path, today: datetime.date) -> None:
    data = tomllib.loads((folder / "experts.toml").read_text(encoding="utf-8"))
    for row in data["expert"]:
        user = User.objects.get(email=row["email"])
        if experts.profile_of(user) is None:
            chosen = {name: level for level, names in row["shows"].items() for name in names}
            choices = {"profile": row["seen_by"], **chosen}
            shown = row.get("shown", True)
            experts.save_all(user, _told(row, today), choices, show=shown, by=user)


def _told(row: dict[str, Any], today: datetime.date) -> Told:
    values: dict[str, Any] = {name: row.get(name, "") for name in TEXTS}
    place = row.get("organisation")
    values |= {
        "languages": row["languages"],
        "organisation": Organisation.objects.get(external_id=place) if place else None,
        "region": vocabulary.find(Scheme.REGION, row["region"]),
        "is_remote": row["remote"],
    }
    if "until_in_days" in row:
        values["available_until"] = today + timedelta(days=row["until_in_days"])
    return Told(values, [_term(code) for code in row["terms"]], row["offers"])


def _term(code: str) -> Term:
    found = next(filter(None, (vocabulary.find(scheme, code) for scheme in EXPERTISE)), None)
    if found is None:
        raise ValueError(f"no term {code}")
    return found
