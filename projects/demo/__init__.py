"""The example's programme, challenges, projects and budgets, from plain data files.

Loading twice changes nothing: what is there already is left as people have made it since.
"""

from __future__ import annotations

import datetime
import tomllib
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cluster_portal.core import audit, counting, search, vocabulary
from cluster_portal.core.files import Upload
from cluster_portal.core.text.languages import LANGUAGES
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.notifications.services import following
from members.models import Cluster, Need, Organisation, User
from projects.budget import Basis, Cost, CostKind, Source
from projects.demo.measures import measures_named
from projects.models import (
    ActualCost,
    Challenge,
    FundingCall,
    Goal,
    InfluenceGoal,
    Measure,
    Partnership,
    Programme,
    Project,
    ProjectStep,
    Proposal,
    Question,
)
from projects.models.measures import State
from projects.services.budgets import Plan, save_budget
from projects.services.figures import bind_figure
from projects.services.programmes import new_version
from projects.services.proposal_files import keep_files

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
CLOSING_HOUR = datetime.time(16)


@transaction.atomic
def load(folder: Path, today: datetime.date) -> None:
    for row in _rows(folder, "programme"):
        _load_programme(row, today)
    for row in _rows(folder, "challenges", "challenge"):
        _load_challenge(row, today)
    for row in _rows(folder, "calls", "call"):
        _load_call(row, today)
    for row in _rows(folder, "projects", "project"):
        _load_project(row, today)
    for row in _rows(folder, "budget"):
        _load_budget(row, today)


def load_threads(folder: Path, _today: datetime.date) -> None:
    """Ties challenges to the needs that they continue, once those are there."""
    for row in _rows(folder, "challenges", "challenge"):
        if "from_need" in row:
            untied = Challenge.objects.filter(slug=row["slug"], from_need=None)
            untied.update(from_need=Need.objects.get(slug=row["from_need"]))


def load_figures(folder: Path, _today: datetime.date) -> None:
    """Binds figures to what is counted, once that is there: after the rounds of the example."""
    for row in _rows(folder, "programme"):
        programmes = Programme.objects.approved().filter(home_cluster__slug=row["cluster"])
        for programme in programmes.filter(version=row["version"]):
            if programme.approved_by is not None:
                _bind_figures(programme, row, by=programme.approved_by)


def _bind_figures(programme: Programme, row: Row, *, by: User) -> None:
    cluster = programme.home_cluster
    for goal in row.get("goal", []):
        for each in goal.get("measure", []):
            key, chosen = each.get("counts", ""), each.get("count_by", {})
            if key and counting.figure(key, chosen, cluster) is not None:
                measures = Measure.objects.of(programme).filter(counts="", counted_at=None)
                place = {"goal__number": goal["number"], "number": each["number"]}
                for measure in measures.filter(**place):
                    bind_figure(measure, key, chosen, by=by)


def _rows(folder: Path, file: str, key: str = "") -> list[Row]:
    text = (folder / f"{file}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text).get(key or file, [])


def _texts(row: Row, *stems: str) -> Row:
    """Those language versions that the row has."""
    names = [f"{stem}_{language}" for stem in stems for language in LANGUAGES]
    return {name: row[name] for name in names if name in row}


def _organisation(external_id: str | None) -> Organisation | None:
    return Organisation.objects.get(external_id=external_id) if external_id else None


def _terms(codes: list[str]) -> list[Term]:
    schemes = [scheme for scheme in Scheme.values if scheme not in {"region", "trl"}]
    found = (vocabulary.find(scheme, code) for code in codes for scheme in schemes)
    return [term for term in found if term]


def _day(row: Row, key: str, today: datetime.date) -> datetime.date | None:
    """`<key>_on`, or `<key>_in_days` from today."""
    if f"{key}_in_days" in row:
        return today + datetime.timedelta(days=row[f"{key}_in_days"])
    return row.get(f"{key}_on")


def _moment(today: datetime.date, days: int) -> datetime.datetime:
    day = today + datetime.timedelta(days=days)
    return timezone.make_aware(datetime.datetime.combine(day, CLOSING_HOUR))


# The action programme: a later version may start from an earlier one.


def _load_programme(row: Row, today: datetime.date) -> None:
    cluster = Cluster.objects.get(slug=row["cluster"])
    if Programme.objects.filter(home_cluster=cluster, version=row["version"]).exists():
        return
    approver = User.objects.filter(email=row.get("approved_by", "")).first()
    programme = Programme(home_cluster=cluster, version=row["version"])
    if "based_on" in row:
        source = Programme.objects.get(home_cluster=cluster, version=row["based_on"])
        coordinator = source.approved_by or User.objects.filter(is_superuser=True)[0]
        programme = new_version(source, by=coordinator)
    _set_texts(programme, row)
    for goal in row.get("goal", []):
        _load_goal(programme, goal, today)
    for change in row.get("change", []):
        _change_measure(programme, change, today)
    for main in row.get("influence_goal", []):
        _load_influence_goal(programme, main)
    if row["stage"] == "approved":
        programme.stage = row["stage"]
        programme.approved_on, programme.approved_by = row["approved_on"], approver
        programme.save()
        search.reindex(Measure.objects.of(programme))
        audit.record(programme, "approve", by=approver)


def _set_texts(programme: Programme, row: Row) -> None:
    texts = _texts(row, "title", "summary")
    for name, value in (texts | {"visibility": row["visibility"]}).items():
        setattr(programme, name, value)
    programme.organisation = _organisation(row.get("organisation"))
    programme.save()
    programme.commenters.set(User.objects.filter(email__in=row.get("comment_round", [])))


def _load_goal(programme: Programme, row: Row, today: datetime.date) -> None:
    goal = Goal.objects.create(
        programme=programme, number=row["number"], owner=_organisation(row.get("owner")),
        lead_region=vocabulary.find(Scheme.REGION, row.get("lead_region", "")),
        **_texts(row, "title", "description", "example", "aim"),
    )  # fmt: skip
    for each in row.get("measure", []):
        values = _measure_values(each, today)
        measure = Measure.objects.create(goal=goal, number=each["number"], **values)
        names = each.get("implementers", [])
        measure.implementers.set(Organisation.objects.filter(external_id__in=names))


def _measure_values(row: Row, today: datetime.date) -> Row:
    values = _texts(row, "title", "others", "indicator", "note", "follow_up")
    plain = ("target", "achieved", "progress", "state", "done_on")
    values |= {name: row[name] for name in plain if name in row}
    for key in ("starts", "ends"):
        day = _day(row, key, today)
        values |= {f"{key}_on": day} if day else {}
    if "responsible" in row:
        values["responsible"] = _organisation(row["responsible"])
    if values.get("state") == State.DELAYED:  # the example is not told of as news
        values["told_late_of"] = values["ends_on"]
    return values


def _change_measure(programme: Programme, row: Row, today: datetime.date) -> None:
    goal, number = row["measure"].split(".")
    measure = Measure.objects.of(programme).get(goal__number=goal, number=number)
    for name, value in _measure_values(row, today).items():
        setattr(measure, name, value)
    measure.save()


def _load_influence_goal(programme: Programme, row: Row) -> None:
    main = InfluenceGoal.objects.create(
        programme=programme, position=row["position"], **_texts(row, "title")
    )
    for position, part in enumerate(row.get("parts", []), start=1):
        InfluenceGoal.objects.create(
            programme=programme, parent=main, position=position, **_texts(part, "title")
        )


# Challenges and projects.


def _load_challenge(row: Row, today: datetime.date) -> None:
    if Challenge.objects.filter(slug=row["slug"]).exists():
        return
    parts = (
        "background", "need", "current_practice", "limits", "not_to_tell", "outcome", "solution",
    )  # fmt: skip
    decided = row.get("decided_days_ago")
    challenge = Challenge(
        slug=row["slug"],
        home_cluster=Cluster.objects.get(slug=row["cluster"]),
        organisation=_organisation(row["organisation"]),
        contact=User.objects.filter(email=row.get("contact", "")).first(),
        from_need=Need.objects.filter(slug=row.get("from_need", "")).first(),
        visibility=row["visibility"],
        stage=row.get("stage", "open"),
        scopes=row.get("scopes", []),
        has_teaser=row.get("has_teaser", False),
        proposer_sectors=row.get("proposer_sectors", []),
        closes_at=_moment(today, row["closes_in_days"]),
        published_at=_moment(today, -row["published_days_ago"]),
        decision_on=_day(row, "decision", today),
        matched_at=timezone.now(),  # the example is not told of as news
        decided_at=None if decided is None else _moment(today, -decided),
        **{name: row.get(name, "") for name in parts},
        **_texts(row, "title", "summary"),
    )
    challenge.full_clean()
    challenge.save()
    challenge.terms.set(_terms(row.get("terms", [])))
    for one in row.get("question", []):
        _load_question(challenge, one, today)
    for one in row.get("proposal", []):
        _load_proposal(challenge, one, today)
    search.reindex(challenge)


def _load_question(challenge: Challenge, row: Row, today: datetime.date) -> None:
    asker = User.objects.get(email=row["asked_by"])
    organisation = asker.affiliations.confirmed().select_related("organisation").first()
    asked = _moment(today, -row["asked_days_ago"])
    question = Question.objects.create(
        challenge=challenge, asker=asker, text=row["text"], answer=row.get("answer", ""),
        organisation=organisation.organisation if organisation else None,
        is_anonymous=row.get("is_anonymous", False),
        answered_at=asked + datetime.timedelta(days=2) if "answer" in row else None,
    )  # fmt: skip
    Question.objects.filter(pk=question.pk).update(asked_at=asked)


def _load_proposal(challenge: Challenge, row: Row, today: datetime.date) -> None:
    days, decided = row.get("sent_days_ago"), "reason" in row
    proposal = Proposal(
        challenge=challenge,
        organisation=_organisation(row["organisation"]),
        author=User.objects.filter(email=row["by"]).first(),
        stage=row.get("stage", "sent"),
        title=row["title"], what=row["text"], trl=row.get("trl"),
        sent_at=None if days is None else _moment(today, -days),
        decided_at=challenge.decided_at if decided else None,
        **{name: row.get(name, "") for name in ("evidence", "wanted", "price", "reason")},
    )  # fmt: skip
    proposal.full_clean()
    proposal.save()
    sent = row.get("file", [])
    keep_files(proposal, [Upload(each["name"], "txt", each["text"].encode()) for each in sent])


def _load_call(row: Row, today: datetime.date) -> None:
    if FundingCall.objects.filter(slug=row["slug"]).exists():
        return
    plain = ("visibility", "funder", "instrument", "applicants", "eligibility", "cost_models")
    closes = row.get("closes_in_days")
    call = FundingCall(
        slug=row["slug"],
        home_cluster=Cluster.objects.get(slug=row["cluster"]),
        opens_at=_moment(today, row["opens_in_days"]),
        closes_at=None if closes is None else _moment(today, closes),
        checked_on=today - datetime.timedelta(days=row["checked_days_ago"]),
        **{name: row[name] for name in (*plain, "link", "source") if name in row},
        **_texts(row, "title", "summary"),
    )
    call.full_clean(exclude=["search"])
    call.save()
    regions = (vocabulary.find(Scheme.REGION, code) for code in row["regions"])
    call.terms.set([*_terms(row["terms"]), *filter(None, regions)])
    search.reindex(call)
    # The example is not told of as news; the ideas find it.
    FundingCall.objects.filter(pk=call.pk).update(matched_at=timezone.now())
    for person in User.objects.filter(email__in=row.get("followed_by", [])):
        following.follow(call, by=person)


def _load_project(row: Row, today: datetime.date) -> None:
    if Project.objects.filter(slug=row["slug"]).exists():
        return
    plain = ("visibility", "stage", "scopes", "instrument")
    project = Project(
        slug=row["slug"],
        home_cluster=Cluster.objects.get(slug=row["cluster"]),
        organisation=_organisation(row["organisation"]),
        funder=_organisation(row.get("funder")),
        starts_on=_day(row, "starts", today),
        ends_on=_day(row, "ends", today),
        **{name: row[name] for name in plain if name in row},
        **_texts(row, "title", "summary", "description"),
    )
    project.full_clean()
    project.save()
    project.terms.set(_terms(row.get("terms", [])))
    project.challenges.set(Challenge.objects.filter(slug__in=row.get("challenges", [])))
    project.measures.set(measures_named(row.get("measures", [])))
    for partner in row.get("partner", []):
        _load_partner(project, partner)
    for step in row.get("step", []):
        ProjectStep.objects.create(project=project, **step)
    search.reindex(project)


def _load_partner(project: Project, row: Row) -> None:
    Partnership.objects.create(
        project=project,
        organisation=Organisation.objects.get(external_id=row["organisation"]),
        role=row["role"], stage=row["stage"],
        cost_share_cents=row["cost_share"] * 100 if "cost_share" in row else None,
        **_texts(row, "task"),
    )  # fmt: skip


def _load_budget(row: Row, today: datetime.date) -> None:
    project = Project.objects.get(slug=row["project"])
    if hasattr(project, "budget"):
        return
    costs = [_cost(cost, project) for cost in row.get("cost", [])]
    if row.get("revenue"):
        costs.append(Cost(CostKind.INCOME, row["revenue"] * 100))
    sources = [_source(source) for source in row.get("funding", [])]
    plan = Plan(row["cost_model"], row["rounding"], costs, sources, row["is_public"])
    budget = save_budget(project, plan, by=None)
    if budget.result.net != row["net_costs"] * 100:
        raise ValueError(f"net costs of {project.slug} come to {budget.result.net} cents")
    for spent in row.get("spent", []):
        ActualCost.objects.create(
            budget=budget, organisation=_partner(spent), kind=spent["kind"],
            day=today + datetime.timedelta(days=spent["in_days"]), form_key=uuid.uuid4(),
            amount_cents=int(Decimal(spent["amount"]) * 100), note=spent.get("note", ""),
        )  # fmt: skip


def _partner(row: Row) -> Organisation:
    return Organisation.objects.get(external_id=row["organisation"])


def _cost(row: Row, project: Project) -> Cost:
    """`year` counts from the one in which the project begins, 0 for that one."""
    partner = _partner(row).pk if "organisation" in row else None
    year = project.starts_on.year + row["year"] if project.starts_on and "year" in row else None
    return Cost(row["kind"], row["amount"] * 100, partner, year, row.get("note", ""))


def _source(row: Row) -> Source:
    """A sum beside another basis than the sum itself is there for checking only."""
    basis = row["basis"]
    cents = row["amount"] * 100 if basis == Basis.AMOUNT else 0
    percent = int(Decimal(row["percent"]) * 100) if basis == Basis.PERCENT else 0
    return Source(row["kind"], basis, cents, percent)
