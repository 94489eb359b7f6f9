"""What is told of pilots and test environments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import KindGroup, NothingToSay, of_group
from cluster_portal.notifications.sending.rendering import absolute
from members.models import Organisation
from projects.models import Pilot, PilotMaker, TestEnvironment
from projects.models.pilots import Stage
from projects.models.testbeds import Stage as TestbedStage
from projects.services.pilot_makers import may_answer_for

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def _pilot(mail: OutboxMail) -> Pilot:
    if not isinstance(mail.about, Pilot):
        raise NothingToSay
    return mail.about


def _organisation(mail: OutboxMail) -> Organisation:
    """As far as the reader may see it."""
    rows = Organisation.objects.visible_to(mail.recipient) if mail.recipient else None
    found = rows.filter(pk=mail.values["organisation"]).first() if rows is not None else None
    if found is None:
        raise NothingToSay
    return found


def _asked(mail: OutboxMail) -> dict[str, Any]:
    """Silent once it was answered, or when the reader no longer answers for the organisation."""
    pilot, organisation = _pilot(mail), _organisation(mail)
    waiting = PilotMaker.objects.asked().filter(pilot=pilot, organisation=organisation).first()
    reader = mail.recipient
    if waiting is None or reader is None or not may_answer_for(organisation, reader):
        raise NothingToSay
    return {
        "title": pilot.title, "summary": pilot.summary, "organisation": organisation.title,
        "role": waiting.get_role_display(),
        "lead": pilot.organisation.title if pilot.organisation else "",
    }  # fmt: skip


def _answered(mail: OutboxMail) -> dict[str, Any]:
    return {
        "title": _pilot(mail).title, "organisation": _organisation(mail).title,
        "accepted": bool(mail.values.get("accepted")),
    }  # fmt: skip


def _removed(mail: OutboxMail) -> dict[str, Any]:
    """Of the pilot it has nothing: they may not see it any more."""
    if not isinstance(mail.about, Organisation):
        raise NothingToSay
    return {"organisation": mail.about.title}


def _moved(mail: OutboxMail) -> dict[str, Any]:
    return {
        "title": _pilot(mail).title, "stage": Stage(mail.values["stage"]).label,
        "reason": mail.values.get("reason", ""),
    }  # fmt: skip


def _due(mail: OutboxMail) -> dict[str, Any]:
    """Silent once it is closed."""
    pilot = _pilot(mail)
    if pilot.stage != Stage.CLOSING:
        raise NothingToSay
    page = reverse("projects:pilot_learnings", args=[pilot.slug])
    return {"title": pilot.title, "ended_on": pilot.ends_on, "write_url": absolute(page)}


def _testbed(mail: OutboxMail) -> dict[str, Any]:
    if not isinstance(mail.about, TestEnvironment):
        raise NothingToSay
    return {"title": mail.about.title, "stage": TestbedStage(mail.values["stage"]).label}


_kind = of_group(KindGroup.PROJECTS)

KINDS = [
    _kind("pilot_asked", _("My organisation is invited to a pilot"), _asked),
    _kind("pilot_answered", _("An organisation answers our invitation to a pilot"), _answered),
    _kind("pilot_left", _("An organisation is no longer a maker of our pilot"), _answered),
    _kind("pilot_removed", _("My organisation is no longer a maker of a pilot"), _removed),
    _kind("pilot_moved", _("Our pilot moved on"), _moved),
    _kind("pilot_learnings_due", _("Our pilot waits for its learnings"), _due),
    _kind("testbed_moved", _("Our test environment was published or changed its state"), _testbed),
]
