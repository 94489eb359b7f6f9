"""What an answer becomes, on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cluster_portal.surveys.models import FactKind
from cluster_portal.surveys.models.facts import Stage
from cluster_portal.surveys.models.responses import speaks_for
from cluster_portal.surveys.services import facts

if TYPE_CHECKING:
    from collections.abc import Collection

    from cluster_portal.core.visibility import Reader
    from cluster_portal.surveys.models import Response
    from cluster_portal.surveys.questionnaire import Section


def values(
    response: Response, user: Reader, sections: Collection[Section]
) -> dict[str, Any] | None:
    """For `surveys/_facts.html`, of these sections; None where nothing can become of them."""
    keys = {section.key for section in sections}
    offered = [offer for offer in facts.offers(response) if offer.section.key in keys]
    if not offered:
        return None
    speaks = speaks_for(response, user)
    before = facts.recorded_before(response) if any(each.is_waiting for each in offered) else {}
    return {
        "waiting": [
            _row(offer) | _before(before.get(offer.section.key), user)
            for offer in offered
            if offer.is_waiting
        ],
        "decided": [_decided(offer, user) for offer in offered if not offer.is_waiting],
        "can_decide": speaks and any(offer.is_waiting for offer in offered),
    }


def _row(offer: facts.Offer) -> dict[str, Any]:
    return {
        "key": offer.section.key,
        "kind": FactKind(offer.section.becomes).label,
        "title": _name(offer),
        "told": [
            {"name": question.text, "value": question.words(offer.told.get(question.fills))}
            for question in offer.questions
        ],
        "becomes": _becomes(offer.section.becomes),
    }


def _before(fact: Any, user: Reader) -> dict[str, Any]:
    """The same section recorded in an earlier round: then a second record is not proposed."""
    if fact is None:
        return {}
    return {"recorded": localdate(fact.decided_at), "recorded_url": _url(fact.record, user)}


def _name(offer: facts.Offer) -> str:
    """What it is called: the first answer in words that the record takes."""
    texts = [q for q in offer.questions if q.is_free_text] or list(offer.questions)
    first = texts[0] if texts else None
    return first.words(offer.told.get(first.fills)) if first else offer.section.title


def _decided(offer: facts.Offer, user: Reader) -> dict[str, Any]:
    fact: Any = offer.fact
    record = fact.record
    return {
        **_row(offer),
        "state": Stage(fact.stage).look,
        "state_text": fact.get_stage_display(),
        "url": _url(record, user),
        "has_changed": offer.has_changed and fact.stage == Stage.CONFIRMED,
        "can_record": fact.stage == Stage.REFUSED,
    }


def _url(record: Any, user: Reader) -> str:
    if record is None or not hasattr(record, "get_absolute_url"):
        return ""
    seen = type(record)._default_manager.visible_to(user).filter(pk=record.pk).exists()
    return record.get_absolute_url() if seen else ""


def _becomes(kind: str) -> str:
    """Who will see it."""
    return {
        FactKind.CAPABILITY: _("Published among the capabilities of your organisation."),
        FactKind.NEED: _("Published to the members of the network as a need of your organisation."),
        FactKind.SKILL_GAP: _("Members see it without the name of your organisation."),
        FactKind.INFRASTRUCTURE: _("Only your organisation and the coordinators see it."),
        FactKind.CIRCULAR_CASE: _("Members see it with the name of your organisation."),
        FactKind.FUNDING_NEED: _("Only your organisation and the coordinators see it."),
    }[FactKind(kind)]
