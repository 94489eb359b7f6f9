"""Messages about applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay
from cluster_portal.notifications.sending.rendering import absolute, page_link
from theses.models import Application

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

    from cluster_portal.notifications.models import OutboxMail


def _of_application(mail: OutboxMail) -> dict[str, Any]:
    application = mail.about
    if not isinstance(application, Application):
        return {"title": ""}
    topic = application.topic
    organisation = topic.named_owner
    return {
        "is_own_idea": topic.student_id is not None and topic.student_id == application.student_id,
        "work_url": _work_url(application),
        "title": topic.heading,
        "organisation": organisation.title if organisation else "",
        "student": application.student.get_full_name(),
        "topic_url": page_link(topic.get_absolute_url()),
        "list_url": absolute(reverse("theses:list")),
        "answer_by": application.answer_by,
    }


def _work_url(application: Application) -> str:
    thesis = getattr(application, "thesis", None) if application.holds_a_place else None
    return absolute(thesis.workspace_url) if thesis is not None else ""


def _of_interview(mail: OutboxMail) -> dict[str, Any]:
    """With the times as they are when the mail leaves; `time` is the one that was taken."""
    application = mail.about
    if not isinstance(application, Application):
        return {"title": ""}
    times = list(application.interview_times.all())
    return {
        **_of_application(mail),
        "times": times,
        "time": next((each for each in times if each.is_chosen), None),
        "meeting": application.meeting,
        "addresses": (addresses := addresses_in(application.meeting)),
        "apart": [each for each in addresses if each not in application.meeting.split()],
        "calendar_url": absolute(reverse("theses:interview_ics", args=[application.public_id])),
    }


def _of_waiting(mail: OutboxMail) -> dict[str, Any]:
    """Those named in the row that still wait, when the reader still decides them."""
    if mail.recipient is None:
        raise NothingToSay("nobody to ask")
    pks = [int(pk) for pk in str(mail.values.get("applications", "")).split()]
    rows = Application.objects.visible_to(mail.recipient).pending().filter(pk__in=pks)
    rows = rows.select_related("topic", "student").order_by("answer_by", "pk")
    found = [
        {
            "url": absolute(row.get_absolute_url()),
            "title": row.topic.heading,
            "student": row.student.get_full_name(),
            "sent": row.submitted_at,
            "answer_by": row.answer_by,
        }
        for row in rows
    ]
    if not found:
        raise NothingToSay("all have been answered")
    return {"applications": found, "count": len(found), "url": found[0]["url"]}


def _kind(
    name: str,
    label: str | _StrPromise,
    context: Callable[[OutboxMail], dict[str, Any]] = _of_application,
    *,
    may_stop: bool = True,
) -> Kind:
    return Kind(name, label, KindGroup.THESES, context, can_unsubscribe=may_stop)


KINDS = [
    _kind("topic_withdrawn", _("A topic I applied to was withdrawn"), may_stop=False),
    _kind("thesis_application_received", _("Application to my topic")),
    _kind("thesis_application_sent", _("My application was sent")),
    _kind("thesis_application_accepted", _("My application was accepted"), may_stop=False),
    _kind("thesis_application_declined", _("My application was declined"), may_stop=False),
    _kind("thesis_application_withdrawn", _("An applicant stepped back")),
    _kind("thesis_application_reminded", _("The commissioner was reminded of my application")),
    _kind(
        "thesis_applications_waiting",
        _("Applications wait for my answer"),
        _of_waiting,
        may_stop=False,
    ),
    _kind(
        "thesis_interview_proposed",
        _("I am invited to an interview"),
        _of_interview,
        may_stop=False,
    ),
    _kind(
        "thesis_interview_agreed",
        _("The time of an interview is agreed"),
        _of_interview,
        may_stop=False,
    ),
    _kind(
        "thesis_interview_other_times", _("A student asks for other interview times"), _of_interview
    ),
]


MOST, LONGEST = 3, 300
SCHEMES = ("https", "http")
is_web_address = URLValidator(schemes=SCHEMES)


def addresses_in(text: str) -> list[str]:
    """The first few whole http and https addresses, as they stand between the spaces.

    One that shows another host than it leads to is none: with a name before an @, or with letters
    that only look like others.
    """
    words = [word.strip(".,;:!?()«»”\"'") for word in text.split()]
    return [word for word in dict.fromkeys(words) if _is_plain(word)][:MOST]


def _is_plain(word: str) -> bool:
    if not word.isascii() or len(word) > LONGEST:
        return False
    try:
        is_web_address(word)
        return "@" not in urlsplit(word).netloc
    except (ValidationError, ValueError):
        return False
