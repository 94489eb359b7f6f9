"""The example's clusters, organisations, people and applications, from plain data files.

Loading twice changes nothing: what is there already is left as people have made it since.
"""

from __future__ import annotations

import datetime
import tomllib
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from cluster_portal.core import audit, search, vocabulary
from cluster_portal.core.vocabulary import Scheme, Term
from members.models import (
    Affiliation,
    Cluster,
    ClusterMilestone,
    Coordinator,
    CoordinatorTerm,
    Membership,
    Organisation,
    User,
)
from members.models.affiliations import Stage as AffiliationStage
from members.models.memberships import Stage
from members.services.organisation_import import import_organisations
from members.services.organisations import free_slug

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "demo-salasana-2026"  # noqa: S105 - printed by `make demo` for everybody
TEXTS = ("name", "summary", "story", "values")
LANGUAGES = ("fi", "sv", "en")
Row = dict[str, Any]


def load(folder: Path, today: datetime.date) -> None:
    with transaction.atomic():
        for row in _rows(folder, "clusters.toml", "cluster"):
            _load_cluster(row)
        _import_organisations(folder)
        _load_extras(_toml(folder, "organisations_extra.toml"))
        for row in _rows(folder, "clusters.toml", "cluster"):
            _load_terms(row)
        for row in _rows(folder, "people.toml", "user"):
            _load_user(row)
        for row in _rows(folder, "applications.toml", "application"):
            _load_application(row)


def _toml(folder: Path, name: str) -> Row:
    return tomllib.loads((folder / name).read_text(encoding="utf-8"))


def _rows(folder: Path, name: str, key: str) -> list[Row]:
    return _toml(folder, name).get(key, [])


def _term(scheme: str, code: str) -> Term:
    found = vocabulary.find(scheme, code)
    if found is None:
        raise ValueError(f"no term {code} in {scheme}")
    return found


def _terms(codes: list[str]) -> list[Term]:
    schemes = [scheme for scheme in Scheme.values if scheme not in {"region", "trl"}]
    found = (vocabulary.find(scheme, code) for code in codes for scheme in schemes)
    return [term for term in found if term]


def _load_cluster(row: Row) -> None:
    texts = {
        f"{name}_{lang}": row.get(f"{name}_{lang}", "") for name in TEXTS for lang in LANGUAGES
    }
    cluster, is_new = Cluster.objects.get_or_create(
        slug=row["slug"],
        defaults={"region": _term("region", row["region"]), "founded": row["founded"], **texts},
    )
    if not is_new:
        return
    for milestone in row.get("milestone", []):
        ClusterMilestone.objects.create(cluster=cluster, **milestone)


def _load_terms(row: Row) -> None:
    cluster = Cluster.objects.get(slug=row["slug"])
    if cluster.terms.exists():
        return
    for term in row.get("coordinator_term", []):
        organisation = Organisation.objects.get(external_id=term["organisation"])
        CoordinatorTerm.objects.create(cluster=cluster, **{**term, "organisation": organisation})


def _import_organisations(folder: Path) -> None:
    """The import itself, once: the example does not undo people's edits."""
    if Organisation.objects.exclude(external_id="").exists():
        return
    report = import_organisations((folder / "organisations.csv").read_bytes(), by=None)
    if report.faults:
        raise ValueError("\n".join(report.sentences()))


def _load_extras(extras: dict[str, Row]) -> None:
    for external_id, row in extras.items():
        organisation = Organisation.objects.filter(external_id=external_id).first()
        if organisation is None or organisation.introduced_by or organisation.memberships.exists():
            continue
        _extend(organisation, row)
        for membership in row.get("memberships", []):
            _load_membership(membership, organisation=organisation)


def _extend(organisation: Organisation, row: Row) -> None:
    for name in ("short_name", "size_class", "valid_from", "valid_until", "description"):
        setattr(organisation, name, row.get(name, getattr(organisation, name)))
    for name in ("parent", "successor"):
        if name in row:
            setattr(organisation, name, Organisation.objects.get(external_id=row[name]))
    organisation.is_shadow = row.get("is_shadow", False)
    if "introduced_by" in row:
        organisation.introduced_by = Cluster.objects.get(slug=row["introduced_by"])
    organisation.confirmed_on = None if organisation.is_shadow else timezone.localdate()
    organisation.save()
    search.reindex(organisation)


def _load_membership(row: Row, **member: Any) -> None:
    cluster = Cluster.objects.get(slug=row["cluster"])
    stage = Stage.ENDED if "until" in row else Stage.ACTIVE
    Membership.objects.get_or_create(
        cluster=cluster, since=row["since"], until=row.get("until"), stage=stage, **member
    )


def _load_user(row: Row) -> None:
    if User.objects.filter(email__iexact=row["email"]).exists():
        return
    is_admin = row.get("administrator", False)
    user = User.objects.create_user(
        row["email"], PASSWORD, first_name=row["first_name"], last_name=row["last_name"],
        language=row["language"], title=row.get("title", ""), is_superuser=is_admin,
        is_staff=is_admin or bool(row.get("coordinates")),
    )  # fmt: skip
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for each in row.get("coordinates", []):
        cluster = Cluster.objects.get(slug=each["cluster"])
        Coordinator.objects.create(user=user, cluster=cluster, since=each["since"])
    for each in row.get("person_memberships", []):
        _load_membership(each, person=user)
    for each in row.get("affiliation", []):
        _load_affiliation(user, each)


def _load_affiliation(user: User, row: Row) -> None:
    Affiliation.objects.create(
        user=user,
        organisation=Organisation.objects.get(external_id=row["organisation"]),
        role=row["role"],
        stage=row.get("stage", AffiliationStage.CONFIRMED),
        since=row.get("since", timezone.localdate()),
    )


def _load_application(row: Row) -> None:
    applicant = User.objects.get(email=row["applicant"])
    if applicant.applications.exists():
        return
    now = timezone.now()
    is_person = row["kind"] == "person"
    membership = Membership.objects.create(
        cluster=Cluster.objects.get(slug=row["cluster"]),
        applicant=applicant,
        person=applicant if is_person else None,
        organisation=None if is_person else _applicant_organisation(row["organisation"]),
        stage=row["stage"],
        motive=row.get("motive", ""),
        expectations=row.get("expectations", []),
        question=row.get("question", ""),
        submitted_at=now - datetime.timedelta(days=row["submitted_days_ago"]),
        values_accepted_at=now - datetime.timedelta(days=row["submitted_days_ago"]),
        **{name: row.get(name, "") for name in STATED},
    )
    membership.interests.set(_terms(row.get("interests", [])))
    audit.record(membership, "application submitted", by=applicant)
    if row["stage"] == Stage.MORE_INFORMATION:
        asker = User.objects.get(email=row["question_by"])
        audit.record(membership, "more information asked", by=asker, reason=row["question"])


STATED = ("representative_name", "representative_email", "deputy_name", "deputy_email")


def _applicant_organisation(row: Row) -> Organisation:
    values = {**row, "region": _term("region", row["region"])}
    terms = _terms(values.pop("terms", []))
    made = Organisation.objects.create(slug=free_slug(row["name"]), visibility="private", **values)
    made.terms.set(terms)
    search.reindex(made)
    return made
