"""Withdrawing a topic: why, in words for each reader, and the answers to those whom it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cluster_portal.core import audit
from theses.models import Approach
from theses.models import applications as applying
from theses.models.approaches import TO_TOPIC
from theses.models.approaches import Stage as ApproachStage
from theses.services.parties import tell, tell_without_page

if TYPE_CHECKING:
    from members.models import User
    from theses.models import Topic


class Why(models.TextChoices):
    """Templates of a reason; the owner may add own words."""

    FILLED = "filled", gettext_lazy("The topic was given to a student elsewhere")
    CANCELLED = "cancelled", gettext_lazy("The project behind the topic was cancelled")
    OUTDATED = "outdated", gettext_lazy("The topic is out of date")
    OTHER = "other", gettext_lazy("Another reason, in my own words")


# Reasons that follow from an answer to somebody else.
OTHER_COMMISSIONER, OTHER_SUPERVISOR = "other_commissioner", "other_supervisor"
LEFT = "left"


def reason_in_words(why: str, words: str) -> str:
    """The template's sentence in the active language, and the owner's own words after it."""
    sentences = {
        str(Why.FILLED): _("The topic has been given to a student found elsewhere."),
        str(Why.CANCELLED): _("The project behind the topic has been cancelled."),
        str(Why.OUTDATED): _("The topic is out of date: the need behind it has changed."),
        OTHER_COMMISSIONER: _("Another organisation commissions the topic."),
        OTHER_SUPERVISOR: _("Another supervisor was found."),
        LEFT: _("The person has left the portal."),
    }
    template = sentences.get(why, "")
    return " ".join(part for part in (template, words.strip()) if part)


def concerned_by(topic: Topic) -> dict[str, int]:
    """How many applicants, asked ones and offerers are told when the topic is withdrawn."""
    approaches = Approach.objects.pending().filter(topic=topic)
    offers = approaches.filter(kind__in=TO_TOPIC).count()
    return {
        "applicants": topic.applications.pending().count(),
        "offers": offers,
        "invitations": approaches.count() - offers,
    }


def answer_everyone(topic: Topic, *, by: User, why: str, words: str) -> None:
    """Under the topic's lock: nobody is left waiting for a topic that is gone."""
    _answer_applicants(topic, by=by, why=why, words=words)
    close_approaches(topic, by=by, why=why, words=words)


def _answer_applicants(topic: Topic, *, by: User, why: str, words: str) -> None:
    for application in topic.applications.pending().select_for_update().select_related("student"):
        with override(application.student.language):
            reason = reason_in_words(why, words)
        application.stage = applying.Stage.DECLINED
        application.reason = reason
        application.decided_at = timezone.now()
        application.decided_by = by
        application.save()
        told = audit.record(application, "topic withdrawn", by=by, reason=reason)
        tell("topic_withdrawn", [application.student], told, application, reason=reason)


def close_approaches(
    topic: Topic, *, by: User, why: str = "", words: str = "", kinds: list[Any] | None = None
) -> None:
    """Under the topic's lock: offers are declined with the reason, invitations taken back."""
    rows = Approach.objects.pending().filter(topic=topic)
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    for approach in rows.select_for_update(of=("self",)).select_related("by", "to"):
        if approach.kind in TO_TOPIC:
            _decline(approach, by=by, why=why, words=words)
        else:
            _take_back(approach, by=by)


def _decline(approach: Approach, *, by: User, why: str, words: str) -> None:
    with override(approach.by.language):
        reason = reason_in_words(why, words)
    approach.stage, approach.reason = ApproachStage.DECLINED, reason
    approach.answered_at, approach.answered_by = timezone.now(), by
    approach.save()
    entry = audit.record(approach, "decline", by=by, reason=reason)
    tell("approach_declined", [approach.by], entry, approach, but=by, reason=reason)


def _take_back(approach: Approach, *, by: User) -> None:
    """The addressee no longer sees what was taken back, so the message leads nowhere."""
    approach.stage = ApproachStage.WITHDRAWN
    approach.answered_at, approach.answered_by = timezone.now(), by
    approach.save()
    entry = audit.record(approach, "withdraw", by=by)
    if approach.to is not None:
        tell_without_page("approach_withdrawn", [approach.to], entry, title=approach.topic.heading)
