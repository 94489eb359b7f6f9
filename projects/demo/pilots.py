"""The example's test environments and pilots, with what was learned in them."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cluster_portal.core import search, vocabulary
from cluster_portal.core.text.languages import LANGUAGES
from cluster_portal.core.vocabulary import Scheme, Term
from members.models import Capability, Cluster, Organisation, User
from projects.demo.measures import measures_named
from projects.models import Challenge, Learning, Pilot, TestEnvironment
from projects.models.proposals import Stage as Proposed

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
NOON = time(12)


@transaction.atomic
def load(folder: Path, today: date) -> None:
    for row in _rows(folder, "testbeds", "testbed"):
        if not TestEnvironment.objects.filter(slug=row["slug"]).exists():
            _load_testbed(row, today)
    for row in _rows(folder, "pilots", "pilot"):
        if not Pilot.objects.filter(slug=row["slug"]).exists():
            _load_pilot(row, today)


def _rows(folder: Path, file: str, key: str) -> list[Row]:
    found: list[Row] = tomllib.loads((folder / f"{file}.toml").read_text(encoding="utf-8"))[key]
    return found


def _texts(row: Row, *stems: str) -> Row:
    names = [f"{stem}_{language}" for stem in stems for language in LANGUAGES]
    return {name: row[name] for name in names if name in row}


def _some(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names if name in row}


def _owned(row: Row) -> Row:
    return {
        "slug": row["slug"],
        "home_cluster": Cluster.objects.get(slug=row["cluster"]),
        "organisation": Organisation.objects.get(external_id=row["organisation"]),
        "teller": User.objects.filter(email=row.get("teller", "")).first(),
        "visibility": row.get("visibility", "public"),
        "stage": row["stage"],
    }


def _terms(codes: list[str]) -> list[Term]:
    schemes = [scheme for scheme in Scheme.values if scheme not in {"region", "trl"}]
    found = (vocabulary.find(scheme, code) for code in codes for scheme in schemes)
    return [term for term in found if term]


def _moment(today: date, days_ago: int | None) -> datetime | None:
    if days_ago is None:
        return None
    return timezone.make_aware(datetime.combine(today - timedelta(days=days_ago), NOON))


def _load_testbed(row: Row, today: date) -> None:
    testbed = TestEnvironment(
        **_owned(row),
        **_texts(row, "title", "summary"),
        **_some(row, "offers", "users", "permits", "availability", "price", "place", "languages"),
        region=vocabulary.find(Scheme.REGION, row["region"]),
        capability=Capability.objects.filter(slug=row.get("capability", "")).first(),
        published_at=_moment(today, row["published_days_ago"]),
    )
    testbed.full_clean()
    testbed.save()
    testbed.terms.set(_terms(row.get("terms", [])))
    search.reindex(testbed)


def _load_pilot(row: Row, today: date) -> None:
    pilot = Pilot(
        **_owned(row),
        **_texts(row, "title", "summary"),
        **_some(row, "aim", "how", "place", "participants", "costs", "reuse", "measured_words",
                "measured_goal", "stop_reason"),
        starts_on=today + timedelta(days=row["starts_in_days"]),
        ends_on=today + timedelta(days=row["ends_in_days"]),
        published_at=_moment(today, row.get("published_days_ago")),
        closed_at=_moment(today, row.get("closed_days_ago")),
        testbed=TestEnvironment.objects.filter(slug=row.get("testbed", "")).first(),
        challenge=Challenge.objects.filter(slug=row.get("challenge", "")).first(),
        sectors=_sectors(row),
    )  # fmt: skip
    if pilot.challenge is not None:
        pilot.proposal = pilot.challenge.proposals.filter(stage=Proposed.CHOSEN).first()
    pilot.full_clean()
    pilot.save()
    pilot.terms.set(_terms(row.get("terms", [])))
    pilot.measures.set(measures_named(row.get("measures", [])))
    _load_parts(pilot, row, today)
    search.reindex(pilot)


def _sectors(row: Row) -> list[str]:
    """Of those who are with it."""
    makers = [each["organisation"] for each in row["maker"] if "answer" not in each]
    rows = Organisation.objects.filter(external_id__in=makers)
    return sorted(set(rows.values_list("sector", flat=True)))


def _load_parts(pilot: Pilot, row: Row, today: date) -> None:
    for each in row["maker"]:
        organisation = Organisation.objects.get(external_id=each["organisation"])
        answer = each.get("answer", "accepted")
        pilot.makers.create(organisation=organisation, role=each["role"], answer=answer)
    for each in row.get("permit", []):
        days = each.pop("granted_in_days", None)
        on = None if days is None else today + timedelta(days=days)
        pilot.permits.create(**each, granted_on=on)
    for each in row.get("value", []):
        pilot.measured.create(**each)
    for number, each in enumerate(row.get("learning", []), start=1):
        learning = Learning.objects.create(pilot=pilot, number=number, **each)
        learning.terms.set(pilot.terms.all())
        search.reindex(learning)
