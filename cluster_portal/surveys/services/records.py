"""Making a record of what a section of an answer states, by the kind of the record."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import capfirst

from cluster_portal.core import audit, search, vocabulary
from cluster_portal.core.errors import Refused
from cluster_portal.core.text import cleaning
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.surveys.models import (
    CircularCase,
    FactKind,
    FundingNeed,
    InfrastructureNeed,
    Response,
    SkillGap,
)
from cluster_portal.surveys.models.rounds import Mode
from members.models import Capability, Need, User
from members.models.capabilities import Source
from members.services import capabilities, needs

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

Told = dict[str, Any]  # answers by the field of the record that they fill
SOURCE_NOTE = 200


def make(kind: str, response: Response, section: str, told: Told, *, by: User) -> Model:
    return _MAKERS[kind](response, section, told, by)


def _term(scheme: Scheme, told: Told, name: str) -> Term | None:
    return vocabulary.find(scheme, str(told[name])) if told.get(name) else None


def _number(told: Told, name: str) -> int | None:
    """A whole number: the answer is one already, a key, or a decimal as text."""
    text = str(told.get(name, "")).split(".")[0]
    return int(text) if text.isdecimal() and len(text) < 7 else None


def _checked(made: Any, *but: str) -> Any:
    """Refuses what the record's own rules do not take, in one sentence."""
    try:
        made.full_clean(exclude=[*but, "search"], validate_unique=False)
    except ValidationError as error:
        raise Refused(_sentence(made, error)) from error
    return made


def _sentence(made: Any, error: ValidationError) -> str:
    names = {field.name: field.verbose_name for field in made._meta.fields}
    found = error.message_dict.items()
    rows = [f"{capfirst(str(names.get(name, '')))}: {said[0]}" for name, said in found]
    return " ".join(rows)


def source_of(response: Response) -> tuple[str, datetime.date]:
    day = response.answered_on or timezone.localdate()
    return str(response.round.title)[:SOURCE_NOTE], day


def _capability(response: Response, _section: str, told: Told, by: User) -> Capability:
    """Published at once where it tells all that others need; else a draft to be finished."""
    organisation, (note, day) = response.organisation, source_of(response)
    is_interview = response.round.mode == Mode.INTERVIEWS
    values = {
        "organisation": organisation, "home_cluster": response.round.home_cluster,
        "kind": told.get("kind", ""), "title_fi": told.get("title", ""),
        "summary_fi": told.get("summary", ""), "trl": _number(told, "trl"),
        "delivery": told.get("delivery", ""), "references": told.get("references", ""),
        "dual_use": _term(Scheme.DUAL_USE, told, "dual_use"),
        "source": Source.INTERVIEW if is_interview else Source.OWNER,
        "source_note": note, "sourced_on": day,
    }  # fmt: skip
    if told.get("power_cut"):
        values |= {"power_cut": told["power_cut"], "in_disruption": told["power_cut"]}
    _checked(Capability(**values), "slug")
    codes = told.get("terms") or []
    found = (vocabulary.find(Scheme.SECURITY_TASK, code) for code in codes)
    made = capabilities.create_capability(
        values, by=by, terms=[term for term in found if term],
        regions=[organisation.region] if organisation and organisation.region else [],
    )  # fmt: skip
    try:
        with transaction.atomic():
            return capabilities.move_capability(made, "publish", by=by)
    except Refused:
        return made


def _need(response: Response, section: str, told: Told, by: User) -> Need:
    """Told for the organisation and published for the members of the network."""
    day = told.get("needed_by")
    needed_by = datetime.date.fromisoformat(day) if day else None
    values = {
        "what": told.get("what", ""), "purpose": told.get("purpose", ""),
        "kind": told.get("kind", "solution"), "visibility": Visibility.MEMBERS,
        "needed_by": needed_by if needed_by and needed_by >= timezone.localdate() else None,
        "organisation": response.organisation,
        "form_key": uuid.uuid5(response.public_id, section),
    }  # fmt: skip
    _checked(Need(**values), "home_cluster", "slug", "person")
    return needs.move_need(needs.tell_need(values, by=by), "publish", by=by)


def _entry(model: Any, response: Response, by: User, **values: Any) -> Any:
    note, day = source_of(response)
    made = model(
        home_cluster=response.round.home_cluster, organisation=response.organisation,
        response=response, entered_by=by, source=note, sourced_on=day, **values,
    )  # fmt: skip
    if response.organisation and not values.get("region"):
        made.region = response.organisation.region
    _checked(made, "slug")
    return made


def _stored(made: Any, by: User) -> Any:
    made.save()
    audit.record(made, "created", by=by)
    return made


def _skill_gap(response: Response, _section: str, told: Told, by: User) -> SkillGap:
    made = _entry(
        SkillGap, response, by, field=_term(Scheme.EDUCATION_FIELD, told, "field"),
        occupation=told.get("occupation", ""), shortage=_number(told, "shortage"),
        year=_number(told, "year") or (response.answered_on and response.answered_on.year),
        region=_term(Scheme.REGION, told, "region"),
    )  # fmt: skip
    return _stored(made, by)


def _infrastructure(response: Response, _section: str, told: Told, by: User) -> InfrastructureNeed:
    made = _entry(
        InfrastructureNeed, response, by, sector=_term(Scheme.CRITICAL_SECTOR, told, "sector"),
        need_type=told.get("need_type", ""), urgency=told.get("urgency", ""),
        justification=told.get("justification", ""),
        region=_term(Scheme.REGION, told, "region"),
    )  # fmt: skip
    return _stored(made, by)


def _funding(response: Response, _section: str, told: Told, by: User) -> FundingNeed:
    made = _entry(
        FundingNeed, response, by, what=told.get("what", ""),
        theme=_term(Scheme.VITAL_FUNCTION, told, "theme"), amount=told.get("amount", ""),
        priority=_number(told, "priority"), region=_term(Scheme.REGION, told, "region"),
    )  # fmt: skip
    return _stored(made, by)


def _circular(response: Response, _section: str, told: Told, by: User) -> CircularCase:
    made = _entry(
        CircularCase, response, by, sector=told.get("sector", ""),
        side_stream=told.get("side_stream", ""), replaces=told.get("replaces", ""),
        quantity=told.get("quantity", ""), readiness=_number(told, "readiness"),
        potential=told.get("potential", ""), region=_term(Scheme.REGION, told, "region"),
    )  # fmt: skip
    return save_case(made, by=by)


def save_case(made: CircularCase, *, by: User) -> CircularCase:
    """An address taken meanwhile by another makes a second try."""
    for last in (False, True):
        made.slug = cleaning.free_slug(
            CircularCase.objects.all(), made.side_stream, empty="sivuvirta"
        )
        try:
            with transaction.atomic():
                made.save(force_insert=True)
            break
        except IntegrityError:
            if last:
                raise
    search.reindex(made)
    audit.record(made, "created", by=by)
    return made


_MAKERS: dict[str, Callable[[Response, str, Told, User], Model]] = {
    FactKind.CAPABILITY: _capability,
    FactKind.NEED: _need,
    FactKind.SKILL_GAP: _skill_gap,
    FactKind.INFRASTRUCTURE: _infrastructure,
    FactKind.CIRCULAR_CASE: _circular,
    FactKind.FUNDING_NEED: _funding,
}
