"""The example's rounds with their answers, from a plain data file. Nobody is written to."""

from __future__ import annotations

import datetime
import itertools
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from cluster_portal.core import audit, search, vocabulary
from cluster_portal.core.vocabulary import Scheme
from cluster_portal.surveys.demo.answers import Answerer
from cluster_portal.surveys.models import FollowUp, Response, Round, Template
from cluster_portal.surveys.models.responses import COUNTED
from cluster_portal.surveys.models.responses import Stage as ResponseStage
from cluster_portal.surveys.models.rounds import Mode, Stage
from cluster_portal.surveys.questionnaire import Questionnaire
from members.models import Affiliation, Cluster, Organisation, User
from members.services.organisations import free_slug

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
REMINDED_AGO = datetime.timedelta(days=3)
TEXTS = ("title_fi", "title_sv", "title_en", "intro_fi", "intro_sv", "intro_en", "mode", "expected")


@dataclass(frozen=True)
class Asked:
    """One of those asked: an organisation, or somebody unknown."""

    number: int
    organisation: Organisation | None
    stage: str
    sections: int | None = None


def load(folder: Path, today: datetime.date) -> None:
    """What is there already is left as people have made it since."""
    rows = tomllib.loads((folder / "surveys.toml").read_text(encoding="utf-8"))
    with transaction.atomic():
        companies = _companies(rows["companies"])
        for row in rows["round"]:
            if not Round.objects.filter(slug=row["slug"]).exists():
                _load_round(row, rows, companies, today)


def _companies(rows: list[list[str]]) -> list[Organisation]:
    """Profiles that the coordinators made of those whom they interview."""
    cluster = Cluster.objects.get(slug="pohjois-savo")
    region = vocabulary.find(Scheme.REGION, "11")
    found = []
    for name, town in rows:
        company = Organisation.objects.filter(name=name).first()
        if company is None:
            company = Organisation.objects.create(
                name=name, slug=free_slug(name), kind="company", municipality=town, region=region,
                is_shadow=True, introduced_by=cluster,
            )  # fmt: skip
            search.reindex(company)
        found.append(company)
    return found


def _load_round(
    row: Row, rows: Row, companies: list[Organisation], today: datetime.date
) -> None:  # fmt: skip
    made = _made_round(row)
    asked = _asked(row, companies)
    questionnaire = Questionnaire.of(made.version)
    responses = [_response(made, each, row, rows, questionnaire) for each in asked]
    if not made.is_anonymous:
        _name_people(responses, made)
    Response.objects.bulk_create(responses)
    for told in row.get("follows", []):
        values = {name: told[name] for name in told if name not in {"in_days", "who"}}
        due_on = today + datetime.timedelta(days=told["in_days"])
        FollowUp.objects.create(round=made, responsible=told["who"], due_on=due_on, **values)
    audit.record(made, "created", by=_project_manager(made.home_cluster))


def _made_round(row: Row) -> Round:
    now = timezone.now()
    closes = row["closes_in_days"]
    about = _event(row.get("about_event", ""))
    made = Round(
        slug=row["slug"], home_cluster=Cluster.objects.get(slug=row["cluster"]),
        version=Template.objects.get(key=row["template"]).newest(),
        stage=Stage.CLOSED if closes < 0 else Stage.OPEN,
        opened_at=now - datetime.timedelta(days=row["opened_days_ago"]),
        closes_at=_evening(now + datetime.timedelta(days=closes)),
        previous=Round.objects.filter(slug=row.get("previous", "")).first(),
        **{name: row[name] for name in TEXTS if name in row}, **about,
    )  # fmt: skip
    made.closed_at = made.closes_at if closes < 0 else None
    made.save()
    return made


def _evening(moment: datetime.datetime) -> datetime.datetime:
    return timezone.localtime(moment).replace(hour=16, minute=0, second=0, microsecond=0)


def _event(slug: str) -> Row:
    """What feedback is asked of; the app of events stands above this one."""
    kind = ContentType.objects.filter(app_label="events", model="event").first()
    if not slug or kind is None:
        return {}
    event = kind.model_class()._default_manager.filter(slug=slug).first()  # type: ignore[union-attr]
    return {"about_type": kind, "about_id": event.pk} if event else {}


def _asked(row: Row, companies: list[Organisation]) -> list[Asked]:
    """The organisations in their order with the states that are left after those named."""
    own = {each["organisation"]: each for each in row.get("own", [])}
    rest = [
        each
        for each in _organisations(row["asked"], companies)
        if each is None or each.external_id not in own
    ]
    stages = itertools.chain.from_iterable([s] * count for s, count in row["states"].items())
    named = [
        Asked(0, Organisation.objects.get(external_id=code), each["stage"], each.get("sections"))
        for code, each in own.items()
    ]
    others = [
        Asked(number, organisation, stage)
        for number, (organisation, stage) in enumerate(zip(rest, stages, strict=False), start=1)
    ]
    return named + others


def _organisations(who: str, companies: list[Organisation]) -> list[Organisation | None]:
    if who == "anybody":
        return [None] * 1000
    if who == "companies":
        own = Organisation.objects.filter(kind="company", is_shadow=False).exclude(external_id="")
        return [*own.members().order_by("pk"), *companies]
    return list(Organisation.objects.members().exclude(external_id="").order_by("pk"))


def _response(
    made: Round, asked: Asked, row: Row, rows: Row, questionnaire: Questionnaire
) -> Response:  # fmt: skip
    owner = asked.organisation
    seed = owner.slug if owner else f"{made.slug} {asked.number}"
    answerer = Answerer(
        number=asked.number, seed=seed, region=owner.region.code if owner and owner.region else "",
        today=timezone.localdate(), given=rows["given"], ranges=rows["ranges"],
        shift=row.get("shift", {}), round_slug=made.slug,
    )  # fmt: skip
    is_told = asked.stage in COUNTED or asked.stage == ResponseStage.HELD or asked.sections
    response = Response(
        round=made, organisation=owner, stage=asked.stage, is_anonymous=made.is_anonymous,
        answers=answerer.answers(questionnaire, asked.sections) if is_told else {},
    )  # fmt: skip
    _date(response, made, asked.number)
    return response


def _date(response: Response, made: Round, number: int) -> None:
    """One after another while the round was open."""
    opened = made.opened_at or timezone.now()
    span = min(made.closes_at, timezone.now()) - opened
    at = opened + span * ((number * 7 % 40 + 1) / 42)
    if response.stage in COUNTED:
        response.answered_on = timezone.localtime(at).date()
        _freeze_background(response)
    if not made.is_anonymous:
        response.invited_at = opened
        _date_steps(response, made, at, number)


def _date_steps(response: Response, made: Round, at: datetime.datetime, number: int) -> None:
    is_counted = response.stage in COUNTED
    if made.stage == Stage.OPEN and response.stage == ResponseStage.INVITED:
        response.reminders, response.reminded_at = 1, timezone.now() - REMINDED_AGO
    if response.answers:
        response.saved_at, response.revision = at, 1
    response.answered_at = at if is_counted else None
    response.checked_at = at if response.stage == ResponseStage.CHECKED else None
    if response.stage == ResponseStage.AGREED:
        response.agreed_on = timezone.localdate() + datetime.timedelta(days=3 + number % 5)
    if made.mode == Mode.INTERVIEWS and (is_counted or response.stage == ResponseStage.HELD):
        response.held_on = timezone.localtime(at).date()


def _freeze_background(response: Response) -> None:
    owner = response.organisation
    if owner is not None:
        response.sector, response.kind = owner.sector, owner.kind
        response.region = owner.region.code if owner.region else ""


def _name_people(responses: list[Response], made: Round) -> None:
    """Who confirmed: the organisation's contact, where it has one; who interviewed."""
    posts = Affiliation.objects.confirmed().filter(role="contact").order_by("-pk")
    contacts = dict(posts.values_list("organisation", "user"))
    manager = _project_manager(made.home_cluster)
    for response in responses:
        if response.stage == ResponseStage.CHECKED:
            response.checked_by_id = contacts.get(response.organisation_id or 0)
        if made.mode == Mode.INTERVIEWS:
            response.interviewer = manager
            response.written = response.answers if response.stage in COUNTED else None


def _project_manager(cluster: Cluster) -> User:
    return User.objects.filter(coordinatorships__cluster=cluster).order_by("pk")[0]
