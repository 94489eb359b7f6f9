"""Anonymous answers: by a link that many know, without anything that leads to a person."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cluster_portal.core.errors import Refused
from cluster_portal.surveys.models import Response, Round
from cluster_portal.surveys.models.responses import Stage
from cluster_portal.surveys.models.rounds import Mode
from cluster_portal.surveys.questionnaire import Questionnaire

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

TOKEN_LENGTH = 24
HOUR = 3600


def token_of(survey_round: Round) -> str:
    """The same for everybody: it shows that one was given the link, not who."""
    made = salted_hmac("surveys.feedback", str(survey_round.pk), algorithm="sha256").hexdigest()
    return made[:TOKEN_LENGTH]


def link_of(survey_round: Round) -> str:
    return reverse("surveys:feedback", args=[survey_round.slug, token_of(survey_round)])


def find(slug: str, token: str) -> Round | None:
    """The anonymous round that the link leads to; a draft is not there yet."""
    rows = Round.objects.begun().filter(mode=Mode.ANONYMOUS, slug=slug)
    survey_round = rows.select_related("version").first()
    if survey_round is None or not hmac.compare_digest(token_of(survey_round), token):
        return None
    return survey_round


def count_sending(survey_round: Round, network: str) -> int:
    """How many forms this network has sent within the hour, this one included.

    Only a count stands in the cache, below a fingerprint that changes each hour, and for an hour.
    """
    told = f"{network} {survey_round.pk} {timezone.now():%Y-%m-%d %H}"
    key = f"feedback-{salted_hmac('surveys.feedback.sent', told, algorithm='sha256').hexdigest()}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # it has run out in between
        return 1


@transaction.atomic
def give(survey_round: Round, answers: Mapping[str, Any], *, form_key: UUID) -> Response:
    """Stores one answer of nobody; the same form sent twice makes one.

    No act is recorded and the row has no versions: both would say who was signed in, and when.
    """
    survey_round = Round.objects.select_for_update(no_key=True).get(pk=survey_round.pk)
    if not survey_round.takes_answers:
        raise Refused(_("The round has closed. Answers are no longer taken."))
    questionnaire = Questionnaire.of(survey_round.version)
    given = {key: value for key, value in answers.items() if value is not None}
    given = questionnaire.trimmed(given)
    missing = questionnaire.missing(given)
    if missing:
        raise Refused(_("Answer this, too: “%(question)s”") % {"question": missing[0].text})
    if not given:
        raise Refused(_("Answer at least one question."))
    return _stored(survey_round, given, form_key)


def _stored(survey_round: Round, given: Mapping[str, Any], form_key: UUID) -> Response:
    """A key that another answer has is none that a page of this round was given."""
    values = {"stage": Stage.CHECKED, "answers": given, "answered_on": timezone.localdate()}
    try:
        response, _is_new = Response.objects.get_or_create(
            public_id=form_key, round=survey_round, is_anonymous=True, defaults=values
        )
    except IntegrityError as error:
        raise Refused(_("Open the page again.")) from error
    return response
