"""Signals of the future as a content type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import (
    Card,
    Chore,
    Content,
    Demo,
    Erasure,
    Following,
    Found,
    PersonalData,
    Queue,
    Yearly,
)
from cluster_portal.knowledge import desk, digest, erasure, exports
from cluster_portal.knowledge.demo import signals as demo
from cluster_portal.knowledge.models import Signal, SignalUse
from cluster_portal.knowledge.pages import signals
from cluster_portal.knowledge.services.signals import match_waiting

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def followed(user: Reader) -> Any:
    return Signal.objects.visible_to(user).followed()


SIGNALS = Content(
    "signals", 84, signals.TITLE, Signal,
    lists=(signals.SIGNALS,),
    search=(Found("signals", signals.TITLE, followed),),
    desk=(Card("signals-mine", _("Signals that I have proposed"), signals.mine, order=58,
               among=signals.proposed_by),),
    queues=(Queue("signals-to-assess", desk.signals_to_assess, days=7),),
    digest=digest.SIGNALS,
    following=(
        Following(
            "signals", signals.TITLE, Signal.objects.visible_to, Signal.get_stage_display,
            {"moved": _("The signal has moved on."), "used": _("It was used in a decision.")},
        ),
    ),
    yearly=(
        Yearly("signals", _("Signals published"), followed, "published_at"),
        Yearly("signal-uses", _("Decisions in which a signal was used"),
               SignalUse.objects.visible_to, "used_on"),
    ),
    exports=(PersonalData("signals", _("Signals that I have proposed or supported"),
                          exports.signals),),
    erasure=(Erasure("signals", signals.TITLE, erasure.signal_effects, erasure.leave_signals,
                     forget=erasure.forget_signals),),
    chores=(Chore("signal-opportunities", match_waiting),),
    demo=(Demo("signals", demo.load, order=73),),
)  # fmt: skip

TYPES = (SIGNALS,)
