"""What the example tells of ideas: wanted roles, co-editors, supports, applications."""

from __future__ import annotations

import datetime
import tomllib
from typing import TYPE_CHECKING, Any

from cluster_portal.core import search, vocabulary
from cluster_portal.core.text.languages import LANGUAGES
from cluster_portal.core.vocabulary import Scheme, Term
from members.models import Organisation, User
from projects.demo.work import later, load_completions
from projects.models import (
    Application,
    FundingCall,
    Partnership,
    Project,
    ProjectEditor,
    Support,
    WantedRole,
)
from projects.models.applications import DECIDED, SENT, Stage
from projects.models.editors import EditorStage

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]


def load_ideas(folder: Path, today: datetime.date) -> None:
    rows = tomllib.loads((folder / "projects.toml").read_text(encoding="utf-8"))["project"]
    for row in rows:
        project = Project.objects.get(slug=row["slug"])
        if not project.wanted_roles.exists() and not project.applications.exists():
            _load(project, row, today)


def _load(project: Project, row: Row, today: datetime.date) -> None:
    for position, sought in enumerate(row.get("sought", []), start=1):
        _load_role(project, sought, position, today)
    for one in row.get("application", []):
        _load_application(project, one, today)
    _set_frame(project, row, today)
    project.author = User.objects.filter(email=row.get("author", "")).first()
    project.call = FundingCall.objects.filter(slug=row.get("call", "")).first()
    project.save()
    for person in User.objects.filter(email__in=row.get("editors", [])):
        ProjectEditor.objects.create(
            project=project, user=person, stage=EditorStage.ACCEPTED, named_by=project.author
        )
    for person in User.objects.filter(email__in=row.get("supporters", [])):
        Support.objects.create(project=project, user=person)
    search.reindex(project)


def _set_frame(project: Project, row: Row, today: datetime.date) -> None:
    for name in ("aim", "duration_months", "trl_now", "trl_goal"):
        if name in row:
            setattr(project, name, row[name])
    if "size" in row:
        project.size_cents = row["size"] * 100
    if "roles_in_days" in row:
        project.roles_by = today + datetime.timedelta(days=row["roles_in_days"])


def _load_role(project: Project, row: Row, position: int, today: datetime.date) -> None:
    names = {f"name_{code}": row.get(f"title_{code}", "") for code in LANGUAGES}
    role = WantedRole.objects.create(
        project=project, position=position, note=row.get("note", ""), **names
    )
    found = (vocabulary.find(scheme, code) for code in row.get("terms", []) for scheme in Scheme)
    role.terms.set([term for term in found if isinstance(term, Term)])
    if "partner" not in row:
        return
    partners = Partnership.objects.filter(project=project, organisation__external_id=row["partner"])
    days = row.get("answer_in_days")
    partners.update(
        wanted_role=role,
        note=row.get("words", ""),
        answer_by=None if days is None else today + datetime.timedelta(days=days),
        invited_by=User.objects.filter(email=row.get("invited_by", "")).first(),
    )


def _load_application(project: Project, row: Row, today: datetime.date) -> None:
    days = row.get("submitted_days_ago")
    submitted = row.get("submitted_on")
    if days is not None:
        submitted = today - datetime.timedelta(days=days)
    stage = str(row["stage"]).removesuffix("_asked")
    funder = Organisation.objects.get(external_id=row["funder"])
    decided = later(row, "decided", today) or row.get("completed_on") or submitted
    application = Application.objects.create(
        project=project, funder=funder.name, stage=stage, title=row.get("title", project.title_fi),
        summary=project.summary_fi, plan=project.description_fi,
        amount_cents=row["amount"] * 100,
        submitted_on=submitted if stage in SENT else None,
        decided_on=decided if stage in DECIDED else None,
        granted_cents=row["amount"] * 100 if stage == Stage.GRANTED else None,
    )  # fmt: skip
    load_completions(application, row.get("completion", []), today)
