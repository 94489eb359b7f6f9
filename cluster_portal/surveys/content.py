"""The content types of the surveys app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import Content, Erasure, PersonalData
from cluster_portal.surveys import erasure, exports

ANSWERS = Content(
    "survey-answers", 46, _("Answers to questionnaires"),
    exports=(
        PersonalData("survey-answers", _("Answers to questionnaires"), exports.answers),
    ),
    erasure=(
        Erasure(
            "survey-answers", _("Answers to questionnaires"), erasure.effects, erasure.erase
        ),
    ),
)  # fmt: skip

TYPES = [ANSWERS]
