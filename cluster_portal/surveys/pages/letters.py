"""The campaign letter to those who have not answered, in the words of its form and its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.letter_audiences import LetterAudience, Narrowing, ReadyText
from cluster_portal.surveys.models import Round
from cluster_portal.surveys.services.letter_receivers import people_who_wait

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

WAITING = "surveys-waiting"


def _rounds(user: Reader) -> list[tuple[str, Any]]:
    rows = Round.objects.in_scope_of(user).open().filter(closes_at__gt=timezone.now())
    return [(survey_round.slug, survey_round.title) for survey_round in rows.order_by("closes_at")]


AUDIENCES = (
    LetterAudience(
        WAITING, _("People who have not answered a survey"), people_who_wait,
        _("You get this letter because %(cluster)s has asked you to answer a survey."),
        narrowings=(Narrowing("round", _("Survey"), _rounds),),
        order=54,
        ready=ReadyText(
            _("Your answer is still missing"),
            _(
                "We have asked you to answer a survey in the portal, and your answer is still "
                "missing. It takes some minutes; you can go on later or hand a part over to a "
                "colleague.\n\n"
                "You find the survey on your own desk. With your answer we know better "
                "what companies and organisations of our region need."
            ),
        ),
    ),
)  # fmt: skip
