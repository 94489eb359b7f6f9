"""The kinds of message about signals of the future."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.knowledge.models import Signal
from cluster_portal.knowledge.models.signals import Stage
from cluster_portal.knowledge.services.signals import fits_of
from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def _of_signal(mail: OutboxMail) -> dict[str, Any]:
    signal = mail.about
    if not isinstance(signal, Signal):
        raise NothingToSay
    stage = mail.values.get("stage", signal.stage)
    return {
        "title": signal.title, "stage": Stage(stage).label,
        "reason": mail.values.get("reason", ""),
    }  # fmt: skip


def _for_you(mail: OutboxMail) -> dict[str, Any]:
    """Which of the reader's own capabilities fit, and why; silent once it is not followed."""
    reader = mail.recipient
    if reader is None:
        raise NothingToSay
    signal = Signal.objects.visible_to(reader).followed().filter(pk=mail.about_id).first()
    fits = fits_of(signal, reader) if signal else []
    if signal is None or not fits:
        raise NothingToSay
    return {
        "title": signal.title, "opportunity": signal.opportunity,
        "fits": [
            {"title": match.object.title, "why": "; ".join(match.reasons)}
            for match in fits
        ],
    }  # fmt: skip


KINDS = (
    Kind("signal_proposed", _("A signal waits for a coordinator"), KindGroup.KNOWLEDGE,
         _of_signal),
    Kind("signal_moved", _("My signal moved on"), KindGroup.KNOWLEDGE, _of_signal),
    Kind("signal_for_you", _("A signal is an opportunity for us"), KindGroup.KNOWLEDGE, _for_you),
)  # fmt: skip
