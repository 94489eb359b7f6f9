"""Builders of projects, challenges and programmes; each makes one valid, public object."""

from __future__ import annotations

import datetime
import itertools
import uuid
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils import timezone

from cluster_portal.core.files import Upload
from projects.budget import Basis, Cost, CostKind, CostModel, FundingKind, Rounding, Source
from projects.models import (
    BusinessOutcome,
    Challenge,
    FundingCall,
    Goal,
    Learning,
    Measure,
    Partnership,
    Pilot,
    Programme,
    Project,
    ProjectLegacy,
    Recommendation,
    Result,
    ResultFile,
    ResultUse,
    StatusReport,
    TestEnvironment,
    TransferItem,
    WantedRole,
)
from projects.services import discussions
from projects.services.budgets import Plan
from projects.services.documents import Sent, add_document

if TYPE_CHECKING:
    from members.models import Cluster, Organisation, User
    from projects.models import Discussion, ProjectDocument

_numbers = itertools.count(1)
SEED_COSTS = (Cost(CostKind.STAFF, 324_049_00),)
SEED_SOURCES = (
    Source(FundingKind.EU_STATE, Basis.PERCENT, percent=80_00),
    Source(FundingKind.OWN_MUNICIPAL, Basis.AMOUNT, cents=500_00),
    Source(FundingKind.MUNICIPAL, Basis.REMAINDER),
    Source(FundingKind.OTHER_PUBLIC, Basis.AMOUNT),
    Source(FundingKind.PRIVATE, Basis.AMOUNT),
)


def seed_plan(**values: Any) -> Plan:
    """The budget of the seed's own project."""
    parts = {"costs": SEED_COSTS, "sources": SEED_SOURCES, "is_public": True, **values}
    return Plan(CostModel.FR40, Rounding.TRUNCATE, **parts)


def project(cluster: Cluster, **values: Any) -> Project:
    number = next(_numbers)
    values = {
        "slug": f"hanke-{number}", "title_fi": f"Hanke {number}", "summary_fi": "Lyhyesti.",
        "stage": "running", **values,
    }  # fmt: skip
    return Project.objects.create(home_cluster=cluster, **values)


def idea(cluster: Cluster, *, published: bool = True, **values: Any) -> Project:
    moment = timezone.now() if published else None
    return project(cluster, **{"stage": "idea", "published_at": moment, **values})


def role(idea: Project, **values: Any) -> WantedRole:
    number = idea.wanted_roles.count() + 1
    values = {"position": number, "name_fi": f"Rooli {number}", **values}
    return WantedRole.objects.create(project=idea, **values)


def partnership(project: Project, organisation: Organisation, **values: Any) -> Partnership:
    values = {"role": "partner", "stage": "accepted", **values}
    return Partnership.objects.create(project=project, organisation=organisation, **values)


def challenge(cluster: Cluster, **values: Any) -> Challenge:
    """An open one with two weeks left."""
    number = next(_numbers)
    now = timezone.now()
    values = {
        "slug": f"haaste-{number}", "title_fi": f"Haaste {number}", "summary_fi": "Lyhyesti.",
        "background": "Taustaa.", "need": "Tarve.", "stage": "open", "published_at": now,
        "closes_at": now + datetime.timedelta(days=14), **values,
    }  # fmt: skip
    return Challenge.objects.create(home_cluster=cluster, **values)


def programme(cluster: Cluster, **values: Any) -> Programme:
    """A draft without goals; use `measure` to fill it."""
    values = {"title_fi": "Toimenpideohjelma", "summary_fi": "Lyhyesti.", **values}
    return Programme.objects.create(home_cluster=cluster, **values)


def approved_programme(cluster: Cluster, organisation: Organisation, **values: Any) -> Programme:
    made = programme(cluster, organisation=organisation, **values)
    measure(made, responsible=organisation)
    made.stage, made.approved_on = "approved", timezone.localdate()
    made.save()
    return made


def measure(programme: Programme, *, goal: int = 1, **values: Any) -> Measure:
    """One in progress that ends in a month."""
    today = timezone.localdate()
    parent, _is_new = Goal.objects.get_or_create(
        programme=programme, number=goal, defaults={"title_fi": f"Tavoite {goal}"}
    )
    values = {
        "number": next(_numbers), "title_fi": "Toimenpide", "state": "in_progress",
        "starts_on": today - datetime.timedelta(days=30),
        "ends_on": today + datetime.timedelta(days=30), **values,
    }  # fmt: skip
    return Measure.objects.create(goal=parent, **values)


def call(cluster: Cluster, **values: Any) -> FundingCall:
    """An open one with two weeks left."""
    number = next(_numbers)
    now = timezone.now()
    values = {
        "slug": f"haku-{number}", "title_fi": f"Haku {number}", "summary_fi": "Lyhyesti.",
        "funder": "Business Finland", "instrument": "business_finland",
        "opens_at": now - datetime.timedelta(days=7),
        "closes_at": now + datetime.timedelta(days=14),
        "link": "https://www.example.org/", "source": "example.org", "checked_on": now.date(),
        **values,
    }  # fmt: skip
    return FundingCall.objects.create(home_cluster=cluster, **values)


def pilot(
    cluster: Cluster, organisation: Organisation, *others: Organisation, **values: Any
) -> Pilot:
    """A draft with a full card; all that are named take part."""
    number = next(_numbers)
    today = timezone.localdate()
    makers = [organisation, *others]
    told = values.get("stage", "draft") != "draft"
    values = {
        "slug": f"kokeilu-{number}", "title_fi": f"Kokeilu {number}", "summary_fi": "Toimiiko?",
        "aim": "Tavoite.", "place": "Kuopio", "starts_on": today, "visibility": "public",
        "ends_on": today + datetime.timedelta(days=14),
        "sectors": sorted({each.sector for each in makers}),
        "published_at": timezone.now() if told else None,
        "closed_at": timezone.now() if values.get("stage") == "closed" else None, **values,
    }  # fmt: skip
    made = Pilot.objects.create(home_cluster=cluster, organisation=organisation, **values)
    for each in makers:
        made.makers.create(organisation=each, role="tester", answer="accepted")
    return made


def learning(pilot: Pilot, **values: Any) -> Learning:
    values = {"kind": "advice", "title": "Kaksi on enemmän kuin yksi", **values}
    number = pilot.learnings.count() + 1
    made = Learning.objects.create(pilot=pilot, number=number, **values)
    Learning.objects.filter(pk=made.pk).reindex()
    return made


def testbed(cluster: Cluster, organisation: Organisation, **values: Any) -> TestEnvironment:
    """One that can be used."""
    number = next(_numbers)
    values = {
        "slug": f"testi-{number}", "title_fi": f"Testiympäristö {number}",
        "summary_fi": "Sali.", "offers": "Kokeiluja.", "stage": "open", "visibility": "public",
        "published_at": timezone.now(), **values,
    }  # fmt: skip
    return TestEnvironment.objects.create(home_cluster=cluster, organisation=organisation, **values)


def result(cluster: Cluster, **values: Any) -> Result:
    """A published brief with one recommendation."""
    number = next(_numbers)
    values = {
        "slug": f"tulos-{number}", "title_fi": f"Tulos {number}", "summary_fi": "Lyhyesti.",
        "why": "Koska.", "stage": "published", "published_at": timezone.now(), "year": 2026,
        "number": number, **values,
    }  # fmt: skip
    made = Result.objects.create(home_cluster=cluster, **values)
    if made.organisation is not None:
        made.makers.add(made.organisation)
    Recommendation.objects.create(
        result=made, position=1, title="Malli otetaan käyttöön", detail="Kunta, tänä vuonna."
    )
    return made


def use(of: Result, **values: Any) -> ResultUse:
    values = {
        "decided_by": "Kunnanhallitus 214 §", "decided_on": timezone.localdate(), **values
    }  # fmt: skip
    return ResultUse.objects.create(result=of, **values)


def result_file(of: Result) -> ResultFile:
    content = ContentFile(b"%PDF-1.4 %%EOF", name="raportti.pdf")
    return ResultFile.objects.create(result=of, name="raportti.pdf", file=content, size=14)


def legacy(project: Project, **values: Any) -> ProjectLegacy:
    """All that a project must tell before it ends."""
    values = {"learnings": "Aloita ajoissa.", "no_result_reason": "Ei valmistunut.", **values}
    return ProjectLegacy.objects.create(project=project, **values)


def transfer(of: Project, **values: Any) -> TransferItem:
    return TransferItem.objects.create(project=of, **{"what": "Tiedonjakoalusta", **values})


def outcome(cluster: Cluster, owner: Organisation, **values: Any) -> BusinessOutcome:
    values = {"kind": "product", "year": timezone.localdate().year - 1, **values}
    return BusinessOutcome.objects.create(home_cluster=cluster, organisation=owner, **values)


def document(of: Project, by: User, read_by: str = "partners") -> ProjectDocument:
    sent = Sent(Upload("suunnitelma.pdf", "pdf", b"%PDF-1.7\n%%EOF"), uuid.uuid4())
    return add_document(of, sent, title="Suunnitelma", read_by=read_by, by=by)


def discussion(of: Project, by: User, text: str = "Milloin kokous on?") -> Discussion:
    return discussions.begin(of, "Kokous", text, form_key=uuid.uuid4(), by=by)


def status_report(of: Project, **values: Any) -> StatusReport:
    """Of the last month, for the partners."""
    today = timezone.localdate()
    values = {
        "starts_on": today - datetime.timedelta(days=30), "ends_on": today, "done": "Työtä.",
        "coming": "Lisää työtä.", **values,
    }  # fmt: skip
    return StatusReport.objects.create(project=of, **values)
