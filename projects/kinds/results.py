"""The kinds of message about results and where they were used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import KindGroup, NothingToSay, of_group
from projects.models import ResultUse
from projects.models.recommendations import UseStage
from projects.models.results import Stage

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def _of_result(mail: OutboxMail) -> dict[str, Any]:
    return {
        "title": mail.about.title if mail.about else "",
        "stage": Stage(mail.values["stage"]).label,
        "reason": mail.values.get("reason", ""),
    }


def _of_use(mail: OutboxMail) -> dict[str, Any]:
    use = mail.about
    if not isinstance(use, ResultUse):
        raise NothingToSay
    return {
        "title": use.result.title, "decided_by": use.decided_by,
        "is_confirmed": use.stage == UseStage.CONFIRMED, "reason": use.reason,
    }  # fmt: skip


_kind = of_group(KindGroup.PROJECTS)

RESULTS = [
    _kind("result_submitted", _("A result waits for review"), _of_result),
    _kind("result_moved", _("Our result moved on"), _of_result),
    _kind("result_use_told", _("Somebody used our result in a decision"), _of_use),
    _kind("result_use_answered", _("An answer to the use that I told of"), _of_use),
]
