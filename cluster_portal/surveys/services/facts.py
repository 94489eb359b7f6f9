"""What an answer states becomes records: offered, confirmed or refused by the organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.surveys.models import Fact, Response
from cluster_portal.surveys.models.facts import Stage
from cluster_portal.surveys.models.responses import Stage as ResponseStage
from cluster_portal.surveys.models.responses import speaks_for
from cluster_portal.surveys.questionnaire import Questionnaire, fingerprint
from cluster_portal.surveys.services import records
from cluster_portal.surveys.services.responses import locked

if TYPE_CHECKING:
    from collections.abc import Collection

    from cluster_portal.surveys.questionnaire import Question, Section
    from members.models import User


@dataclass(frozen=True)
class Offer:
    """A section that can become a record, and what has become of it (`fact`), if anything."""

    section: Section
    told: dict[str, Any]
    questions: tuple[Question, ...]
    fact: Fact | None = None

    @property
    def is_waiting(self) -> bool:
        return self.fact is None

    @property
    def has_changed(self) -> bool:
        """Whether the answers are others now than when the record was made of them."""
        return self.fact is not None and self.fact.told != fingerprint(self.told)


def offers(response: Response) -> list[Offer]:
    """The sections that describe a record, in their order; none before the answers are checked."""
    if response.stage != ResponseStage.CHECKED:
        return []
    facts = {fact.section_key: fact for fact in response.facts.select_related("record_type")}
    questionnaire = Questionnaire.of(response.round.version)
    answers = questionnaire.trimmed(response.answers)
    missing = {question.key for question in questionnaire.missing(response.answers)}
    found = []
    for section in questionnaire.sections:
        filling = [q for q in section.questions if q.fills and q.is_answered(answers)]
        is_whole = bool(filling) and not any(q.key in missing for q in section.questions)
        if section.becomes and (is_whole or section.key in facts):
            told = {question.fills: answers[question.key] for question in filling}
            found.append(Offer(section, told, tuple(filling), facts.get(section.key)))
    return found


def recorded_before(response: Response) -> dict[str, Fact]:
    """By section: what the organisation recorded of the same one in an earlier round, the last."""
    earlier = Fact.objects.filter(
        response__in=Response.objects.before(response), stage=Stage.CONFIRMED
    )
    rows = earlier.select_related("record_type").order_by("decided_at", "pk")
    return {fact.section_key: fact for fact in rows}


@transaction.atomic
def confirm_facts(
    response: Response, sections: Collection[str], *, by: User, revision: int
) -> list[Fact]:
    """Makes the records of these sections; one that is there already is left as it is.

    `revision` is that of the answers which the presser has read.
    """
    response, asked = _asked(response, sections, by)
    if revision != response.revision:
        raise Refused(_("The answers have changed meanwhile. Read them again."))
    return [_confirm(response, offer, by) for offer in asked if not _is_made(offer)]


@transaction.atomic
def refuse_facts(response: Response, sections: Collection[str], *, by: User) -> list[Fact]:
    """The answers stay answers. What has been recorded stays recorded."""
    response, asked = _asked(response, sections, by)
    made = []
    for offer in asked:
        if offer.is_waiting:
            fact = _fact(response, offer, Stage.REFUSED, by)
            fact.save()
            audit.record(response, "fact_refused", by=by, details={"section": offer.section.key})
            made.append(fact)
    return made


def _asked(
    response: Response, sections: Collection[str], by: User
) -> tuple[Response, list[Offer]]:  # fmt: skip
    """Under the response's lock, so that two presses make one record."""
    response = locked(response)
    if not speaks_for(response, by):
        raise Refused(_("You cannot do this."))
    asked = [offer for offer in offers(response) if offer.section.key in sections]
    if not asked:
        raise Refused(_("Choose at least one."))
    return response, asked


def _is_made(offer: Offer) -> bool:
    return offer.fact is not None and offer.fact.stage == Stage.CONFIRMED


def _fact(response: Response, offer: Offer, stage: Stage, by: User) -> Fact:
    fact = offer.fact or Fact(response=response, section_key=offer.section.key)
    fact.kind, fact.stage, fact.decided_by = offer.section.becomes, stage, by
    fact.told = fingerprint(offer.told)
    return fact


def _confirm(response: Response, offer: Offer, by: User) -> Fact:
    fact = _fact(response, offer, Stage.CONFIRMED, by)
    kind, key = offer.section.becomes, offer.section.key
    try:
        fact.record = records.make(kind, response, key, offer.told, by=by)
    except Refused as refusal:
        words = _("%(section)s: %(reason)s")
        named = {"section": offer.section.title, "reason": refusal.message}
        raise Refused(words % named) from refusal
    fact.save()
    audit.record(response, "fact_confirmed", by=by, details={"section": key, "kind": kind})
    return fact
