"""The example's students and supervisors, from the data file of people."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cluster_portal.core.vocabulary import Scheme, Term
from members.models import Organisation, User
from theses.demo import moment
from theses.forms.profiles import THEME_SCHEMES
from theses.models import StudentProfile, SupervisorProfile
from theses.models.profiles import Openness
from theses.models.terms import coming_terms
from theses.services import profiles
from theses.services.profiles import Links, Room, SupervisorDraft

if TYPE_CHECKING:
    from pathlib import Path


@transaction.atomic
def load(folder: Path, today: date) -> None:
    """Idempotent: a profile that is there already is left as it is."""
    people = tomllib.loads((folder / "people.toml").read_text(encoding="utf-8"))["user"]
    users = {user.email: user for user in User.objects.filter(email__endswith="@example.org")}
    for row in people:
        user = users.get(row["email"])
        if user is None:
            continue
        if "student" in row and not StudentProfile.objects.filter(user=user).exists():
            _student(user, row["student"], today)
        if "supervisor" in row and not SupervisorProfile.objects.filter(user=user).exists():
            _supervisor(user, row["supervisor"], today)


def _student(user: User, row: dict[str, Any], today: date) -> None:
    school = Organisation.objects.filter(external_id=row["institution"]).first()
    values = {
        "level": row["level"],
        "school": school,
        "school_name": "" if school else row["institution"],
        "programme": row.get("programme") or user.title or "–",
        "interests": row["text"],
        "languages": row["languages"],
        "is_remote": row.get("remote", True),
        "available_from": today + timedelta(days=row.get("available_in_days", 0)),
    }
    home = Organisation.objects.filter(municipality=row.get("municipality", "")).first()
    regions = [home.region] if home and home.region and row.get("municipality") else []
    links = Links(_fields(row), _themes(row), regions)
    profile = profiles.save_student(user, values, links, by=user)
    if row.get("open"):
        profiles.open_student(profile, Openness.COMMISSIONERS, by=user)
        opened = moment(today, -row.get("opened_days_ago", 0))
        StudentProfile.objects.filter(pk=profile.pk).update(opened_at=opened)


def _supervisor(user: User, row: dict[str, Any], today: date) -> None:
    values = {
        "institution": Organisation.objects.get(external_id=row["institution"]),
        "expertise": row["text"],
        "levels": row["levels"],
        "languages": row["languages"],
        "visibility": "public",
    }
    rooms = [Room(year, half, row["capacity"]) for year, half in coming_terms(today)]
    draft = SupervisorDraft(values, Links(_fields(row), _themes(row)), rooms)
    profiles.save_supervisor(user, draft, by=user)


def _fields(row: dict[str, Any]) -> list[Term]:
    return list(Term.objects.filter(scheme=Scheme.EDUCATION_FIELD, code__in=row["fields"]))


def _themes(row: dict[str, Any]) -> list[Term]:
    codes = row.get("interests", [])
    return list(Term.objects.filter(scheme__in=THEME_SCHEMES, code__in=codes))
