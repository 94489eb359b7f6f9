"""Messages about supervising, the agreement and the work itself, as long as the thesis lives.

All of one thesis carry its title at the end of the subject, so that mail programs keep them
together.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.notifications.kinds import Kind, KindGroup
from cluster_portal.notifications.sending.rendering import absolute
from theses.models import SupervisionRequest, Thesis
from theses.models.works import STEPPED_BACK
from theses.pages.turns import commissioner_of, of_thesis

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cluster_portal.notifications.models import OutboxMail


def _of_thesis(mail: OutboxMail) -> dict[str, Any]:
    thesis = mail.about
    if not isinstance(thesis, Thesis):
        return {"title": "", "facts": []}
    supervisor = thesis.supervisor.get_full_name() if thesis.supervisor else ""
    return {
        "title": thesis.title,
        "go_url": absolute(thesis.workspace_url),
        "facts": _filled(
            (_("Thesis"), thesis.title),
            (_("Student"), thesis.application.student.get_full_name()),
            (_("Commissioner"), _commissioner(thesis)),
            (_("Supervisor"), supervisor),
            (_("Goes on"), _day(mail.values.get("resumes_on"))),
            (_("Reason"), _reason(thesis, mail)),
            (_("Message"), mail.values.get("note")),
        ),
    }


def _reason(thesis: Thesis, mail: OutboxMail) -> Any:
    reason = mail.values.get("reason")
    return thesis.why_it_ended if reason == STEPPED_BACK else reason


def _of_confirmation(mail: OutboxMail) -> dict[str, Any]:
    """With those who are still to confirm; nobody, once all have."""
    context, thesis = _of_thesis(mail), mail.about
    turn = of_thesis(thesis, AnonymousUser()) if isinstance(thesis, Thesis) else None
    if turn is not None and turn.confirms:
        still = _filled((_("Still to confirm"), turn.who))
        context["facts"] = [*context["facts"], *still]
    return context


def _of_finish(mail: OutboxMail) -> dict[str, Any]:
    """To the student also that the profile is closed, if it was open."""
    is_own = mail.values.get("closed") == mail.recipient_id
    return {**_of_thesis(mail), "is_profile_closed": is_own and mail.recipient_id is not None}


def _of_request(mail: OutboxMail) -> dict[str, Any]:
    """A supervisor who is only asked learns no more of the student than the request's page says."""
    request = mail.about
    if not isinstance(request, SupervisionRequest):
        return {"title": "", "facts": []}
    thesis = request.thesis
    until = date_format(request.answer_by, "DATE_FORMAT") if request.answer_by else ""
    return {
        "title": thesis.title,
        "go_url": absolute(request.get_absolute_url()),
        "facts": _filled(
            (_("Thesis"), thesis.title),
            (_("Student"), thesis.application.student.get_full_name()),
            (_("Commissioner"), _commissioner(thesis)),
            (_("Answer by"), until if request.stage == "asked" else ""),
            (_("Message"), request.message),
        ),
    }


def _of_school(_mail: OutboxMail) -> dict[str, Any]:
    return {"title": "", "go_url": absolute(reverse("theses:supervisors"))}


def _commissioner(thesis: Thesis) -> str:
    """Who offers the topic is none before an organisation stands behind it."""
    return commissioner_of(thesis.topic) if thesis.topic.organisation_id else ""


def _filled(*pairs: tuple[str, Any]) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in pairs if value]


def _day(stored: str | int | None) -> str:
    return date_format(datetime.date.fromisoformat(str(stored)), "DATE_FORMAT") if stored else ""


def _kind(name: str, label: str | _StrPromise, *, may_stop: bool = True) -> Kind:
    context = _OTHERS.get(name, _of_thesis)
    return Kind(name, label, KindGroup.THESES, context, can_unsubscribe=may_stop)


_REQUESTS = (
    *("supervision_asked", "supervision_reminder", "supervision_waiting", "supervision_withdrawn"),
)
_OTHERS = {
    **dict.fromkeys(_REQUESTS, _of_request),
    "agreement_confirmed": _of_confirmation,
    "school_supervisor_left": _of_school,
    "thesis_finished": _of_finish,
}

KINDS = [
    _kind("supervision_asked", gettext_lazy("I am asked to supervise"), may_stop=False),
    _kind("supervision_reminder", gettext_lazy("My answer about supervising is missing")),
    _kind("supervision_waiting", gettext_lazy("A thesis waits until I have room")),
    _kind("supervision_withdrawn", gettext_lazy("A request to supervise is closed")),
    _kind("supervision_answered", gettext_lazy("A supervisor has answered")),
    _kind("thesis_supervisor_found", gettext_lazy("A supervisor has been found")),
    _kind("thesis_supervisor_changed", gettext_lazy("The supervisor has changed")),
    _kind("thesis_supervisor_gone", gettext_lazy("A new supervisor is needed"), may_stop=False),
    _kind("thesis_supervisor_left", gettext_lazy("A supervisor has left"), may_stop=False),
    _kind("school_supervisor_left", gettext_lazy("A supervisor has left your school")),
    _kind("thesis_matched", gettext_lazy("All three parties have accepted"), may_stop=False),
    _kind("agreement_changed", gettext_lazy("The agreement has changed"), may_stop=False),
    _kind("agreement_confirmed", gettext_lazy("Somebody has confirmed the agreement")),
    _kind("thesis_agreed", gettext_lazy("The thesis has been agreed on"), may_stop=False),
    _kind("thesis_begun", gettext_lazy("The work on the thesis has begun")),
    _kind("thesis_interrupted", gettext_lazy("The thesis is interrupted")),
    _kind("thesis_resumed", gettext_lazy("The thesis goes on")),
    _kind("thesis_resumes", gettext_lazy("An interrupted thesis should go on")),
    _kind("thesis_ended", gettext_lazy("The thesis has ended unfinished"), may_stop=False),
    _kind("thesis_light", gettext_lazy("A thesis is slow or stuck")),
    _kind("thesis_ready", gettext_lazy("A thesis waits to be finished"), may_stop=False),
    _kind("thesis_finished", gettext_lazy("The thesis is finished")),
    _kind("thesis_usage_asked", gettext_lazy("I am asked what a result was used for")),
    _kind("thesis_usage_told", gettext_lazy("What a result was used for")),
]
