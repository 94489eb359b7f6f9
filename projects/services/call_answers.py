"""Funding calls as answers to needs for funding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.answers import Answers
from members.models import User
from members.models.needs import Kind
from projects.models import FundingCall

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def _open(user: Reader) -> Any:
    return FundingCall.objects.visible_to(user).not_closed().defer("search")


def _shown(call: FundingCall) -> dict[str, Any]:
    """As the need's page tells it; the funder is reached through the call's own page."""
    return {
        "kind": call.funder,
        "title": call.title,
        "url": call.get_absolute_url(),
        "emblem": call.funder,
        "sector": "",
        "ask_url": "",
    }


def _nobody(_row: FundingCall) -> Any:
    """A funder is not told of a need: its call stands here as it was read from its own page."""
    return User.objects.none()


def _none(_user: Reader) -> Any:
    return FundingCall.objects.none()


CALLS = Answers(
    "calls", _("Funding calls"), FundingCall, _open, kinds={Kind.FUNDING: Q()},
    texts=FundingCall.match_texts, show=_shown, owners=_nobody, mine=_none, regions="terms",
    owner="",
)  # fmt: skip
