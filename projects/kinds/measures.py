"""Mail about the action programme: its versions, its measures, what their owners report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import KindGroup, NothingToSay, of_group
from cluster_portal.notifications.sending.rendering import absolute
from members.services.recipients import contacts_of
from projects.models import Comment, GoalPart, Measure, Programme, ReportRequest
from projects.models.rounds import Outcome
from projects.pages.updates import headline
from projects.services import updates

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def _approved(mail: OutboxMail) -> dict[str, Any]:
    """Who only commented on the draft has no measure to answer for."""
    programme, reader = mail.about, mail.recipient
    if not isinstance(programme, Programme) or reader is None:
        raise NothingToSay
    address = [programme.home_cluster.slug, programme.version]
    owners = Measure.objects.of(programme).values("responsible")
    return {
        "title": programme.title,
        "has_measure": contacts_of(owners).filter(pk=reader.pk).exists(),
        "has_commented": programme.comments.filter(author=reader).exists(),
        "answers_url": absolute(reverse("projects:programme_stakeholders", args=address)),
    }


def _of_measure(mail: OutboxMail) -> dict[str, Any]:
    measure = mail.about
    if not isinstance(measure, Measure):
        return {"title": "", "ends_on": None}
    return {"title": f"{measure.label} {measure.title}", "ends_on": measure.ends_on}


def _report_asked(mail: OutboxMail) -> dict[str, Any]:
    """Silent once the link is closed or the report has been given."""
    rows = ReportRequest.objects.open().select_related("measure__goal", "organisation")
    request = rows.filter(pk=mail.values["request"]).first()
    if request is None or request.updates.exists():
        raise NothingToSay
    measure = request.measure
    return {
        "title": f"{measure.label} {measure.title}",
        "organisation": request.organisation.title,
        "reason": request.reason,
        "step": request.step,
        "ends_on": measure.ends_on,
        "expires": request.expires_at,
        "link": updates.link_of(request),
    }


def _report_told(mail: OutboxMail) -> dict[str, Any]:
    """The newest report of the measure, for its coordinators."""
    measure = mail.about
    last = measure.updates.newest_first().first() if isinstance(measure, Measure) else None
    if last is None:
        raise NothingToSay
    return {**_of_measure(mail), "told": headline(last), "text": last.text, "name": last.name}


def _report_passed(mail: OutboxMail) -> dict[str, Any]:
    names = {name: mail.values[name] for name in ("earlier", "later")}
    return {**_of_measure(mail), **names}


def _of_part(mail: OutboxMail) -> dict[str, Any]:
    part = mail.about
    if not isinstance(part, GoalPart):
        raise NothingToSay
    return {
        "goal": str(part.goal), "part": part.get_part_display(), "note": part.note,
        "organisation": part.organisation.title, "stage": part.stage, "reason": part.reason,
    }  # fmt: skip


def _comments_asked(mail: OutboxMail) -> dict[str, Any]:
    programme = mail.about
    if not isinstance(programme, Programme) or not programme.takes_comments:
        raise NothingToSay
    page = reverse(
        "projects:programme_comment", args=[programme.home_cluster.slug, programme.version]
    )
    return {"title": str(programme), "until": programme.comments_until, "link": absolute(page)}


def _commented(mail: OutboxMail) -> dict[str, Any]:
    comment = mail.about
    if not isinstance(comment, Comment):
        raise NothingToSay
    return {"title": str(comment.programme), "name": comment.name, "text": comment.text}


def _comment_answered(mail: OutboxMail) -> dict[str, Any]:
    """A draft may have left its reader's sight since: then the letter has the words alone."""
    comment, reader = mail.about, mail.recipient
    if not isinstance(comment, Comment) or comment.outcome == Outcome.NEW or reader is None:
        raise NothingToSay
    seen = Programme.objects.visible_to(reader).filter(pk=comment.programme_id).exists()
    return {
        "title": str(comment.programme), "text": comment.text, "answer": comment.answer,
        "outcome": comment.get_outcome_display(), "is_seen": seen,
    }  # fmt: skip


_kind = of_group(KindGroup.PROJECTS)

KINDS = [
    _kind("programme_approved", _("An action programme is in force"), _approved),
    _kind("measure_delayed", _("A measure of ours is late"), _of_measure),
    _kind("report_asked", _("A measure of ours waits for a report"), _report_asked),
    _kind("report_passed_on", _("The report of a measure was passed on"), _report_passed),
    _kind("measure_reported", _("The owner of a measure has reported"), _report_told),
    _kind("part_asked", _("Our organisation is asked for a part in a goal"), _of_part),
    _kind("part_answered", _("An organisation has answered for its part in a goal"), _of_part),
    _kind("comments_asked", _("A draft of the action programme can be commented"), _comments_asked),
    _kind("programme_commented", _("A comment on a draft of the action programme"), _commented),
    _kind("comment_answered", _("My comment on a draft has been answered"), _comment_answered),
]
