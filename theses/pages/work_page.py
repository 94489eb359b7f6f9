"""What the workspace of a thesis shows to one of its parties. Words and rows; no decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core import origin
from theses.forms.works import LightForm
from theses.models import Agreement, SchoolGuide, Thesis
from theses.models.supervision import MOVES as REQUEST_MOVES
from theses.models.supervision import Stage as RequestStage
from theses.models.works import ACTIVE, MOVES, Light, Stage, is_commissioner, is_student
from theses.pages import turns
from theses.pages.presentation import trail
from theses.pages.thread import links_of_topic
from theses.services.parties import sides_of

if TYPE_CHECKING:
    import datetime

    from cluster_portal.core.visibility import Reader
    from members.models import User
    from theses.models import Milestone, SupervisionRequest

# These have a page of their own, for they need more than a reason.
WITH_A_FORM = ("finish", "interrupt")


def trail_of(thesis: Thesis, *more: str) -> list[dict[str, str]]:
    here = _("Workspace")
    return trail(thesis.topic, (here, thesis.workspace_url) if more else here, *more)


def values(thesis: Thesis, user: Reader, light_form: LightForm | None = None) -> dict[str, Any]:
    turn = turns.of_thesis(thesis, user)
    sets_light = is_student(thesis, user) and thesis.stage == Stage.IN_PROGRESS
    reports = list(thesis.light_reports.select_related("by")[:12])
    return {
        "thesis": thesis,
        "topic": thesis.topic,
        "trail": trail_of(thesis),
        "turn": turn,
        "turn_link": _turn_link(thesis, turn) if turn.is_mine else _way_on(thesis, user),
        "steps": turns.steps_of_thesis(thesis, turn),
        "look": Stage(thesis.stage).look,
        "is_active": thesis.stage in ACTIVE,
        "is_student": is_student(thesis, user),
        "parties": parties_of(thesis),
        **_of_supervision(thesis, user),
        **_of_agreement(thesis, user),
        "milestones": [_milestone_row(row, thesis) for row in thesis.milestones.all()],
        "light": {"look": Light(thesis.light).look, "words": thesis.get_light_display()},
        "reports": [_report_item(row) for row in reports],
        "light_form": (light_form or LightForm()) if sets_light else None,
        "is_begun": thesis.started_on is not None,
        "thread": links_of_topic(thesis.topic, user),
        "starts": origin.starts_of(thesis, user),
        **_of_end(thesis, user),
        "facts": facts_of(thesis),
        "guide": SchoolGuide.objects.for_thesis(thesis),
    }


def _turn_link(thesis: Thesis, turn: turns.Turn) -> dict[str, str] | None:
    """Where on the page, or on which page, the reader does what is waited for."""
    if turn.confirms:
        return {"url": "#agreement", "name": _("Read and confirm the agreement")}
    if thesis.stage == Stage.SEEKING and thesis.supervisor_id:
        return None
    page = _turn_page(thesis)
    if page:
        return _way_to(page, thesis)
    anchors = {Stage.IN_PROGRESS: "#light" if thesis.light == Light.RED else "#milestones"}
    return {"url": anchors.get(Stage(thesis.stage), "#moves"), "name": _("Go to it on this page")}


def _way_on(thesis: Thesis, user: Reader) -> dict[str, str] | None:
    """Whoever proposed the topic need not only wait for an organisation to come."""
    topic = thesis.topic
    if not topic.seeks_commissioner or not is_commissioner(thesis, user):
        return None
    url = reverse("theses:topic_invite", args=[topic.slug])
    return {"url": url, "name": _("Ask an organisation to commission")}


def _turn_page(thesis: Thesis) -> str:
    """A page of its own, where the step has one."""
    if thesis.stage == Stage.MATCHED:
        return "agreement_edit"
    if thesis.stage == Stage.IN_PROGRESS:
        return "work_report" if thesis.ready_at and thesis.light != Light.RED else ""
    return "work_supervisors" if thesis.stage == Stage.SEEKING else ""


def _way_to(page: str, thesis: Thesis) -> dict[str, str]:
    names = {
        "work_supervisors": _("Ask supervisors"),
        "agreement_edit": _("Edit the agreement"),
        "work_report": _("Read and finish"),
    }
    return {"url": reverse(f"theses:{page}", args=[thesis.public_id]), "name": names[page]}


def parties_of(thesis: Thesis) -> list[dict[str, Any]]:
    """Who they are and how they are reached; only the parties themselves come here."""
    topic, student, supervisor = thesis.topic, thesis.application.student, thesis.supervisor
    speaks = topic.organisation_id and topic.contact is not None and topic.contact.is_active
    contact = topic.contact if speaks else None
    profile = getattr(supervisor, "supervisor_profile", None) if supervisor else None
    organisation = topic.organisation.title if topic.organisation else ""
    return [
        _party(_("Student"), student, thesis.application.school),
        _party(_("Commissioner"), contact, organisation),
        _party(_("Supervisor"), supervisor, profile.institution.title if profile else ""),
    ]


def _party(role: str, person: User | None, place: str) -> dict[str, Any]:
    gone = person is not None and not person.is_active
    is_in = bool(person or place) and not gone
    return {
        "role": role,
        "name": person.get_full_name() if person else place or _("Not known yet"),
        "place": place if person else "",
        "title": person.title if person else "",
        "email": person.email if person and not gone else "",
        "state": "in" if is_in else "missing",
        "status": "done" if is_in else "waiting",
        "status_text": _("Taking part") if is_in else _("Sought"),
    }


def _of_supervision(thesis: Thesis, user: Reader) -> dict[str, Any]:
    rows = thesis.requests.select_related("supervisor__supervisor_profile__institution")
    found = [request_row(row, thesis, user) for row in rows.order_by("rank")]
    supervisor = thesis.supervisor
    return {
        "requests": found,
        "may_ask": thesis.stage in ACTIVE,
        "seeks_supervisor": thesis.stage == Stage.SEEKING and supervisor is None,
        "supervisor_gone": supervisor is not None and not supervisor.is_active,
    }


def request_row(request: SupervisionRequest, thesis: Thesis, user: Reader) -> dict[str, Any]:
    request.thesis = thesis
    profile = getattr(request.supervisor, "supervisor_profile", None)
    until = ""
    if request.stage == RequestStage.ASKED and request.answer_by:
        day = date_format(request.answer_by, "DATE_FORMAT")
        until = _("Answers by %(day)s") % {"day": day}
    return {
        "name": request.supervisor.get_full_name(),
        "place": profile.institution.title if profile else "",
        "look": RequestStage(request.stage).look,
        "words": request.get_stage_display(),
        "until": until,
        "reason": request.reason,
        "url": request.get_absolute_url(),
        "is_queued": request.stage == RequestStage.QUEUED,
        "may_withdraw": REQUEST_MOVES.may("withdraw", request, user),
    }


def agreement_of(thesis: Thesis) -> Agreement:
    """A thesis that came by another way than the match may lack the row until it is saved."""
    return Agreement.objects.filter(thesis=thesis).first() or Agreement(thesis=thesis)


def _of_agreement(thesis: Thesis, user: Reader) -> dict[str, Any]:
    agreement = agreement_of(thesis)
    mine = [side for side in sides_of(thesis, user) if not getattr(agreement, f"{side}_at")]
    known = thesis.stage in ACTIVE and thesis.stage != Stage.SEEKING
    return {
        "agreement": agreement,
        "points": points_of(agreement),
        "confirmations": [
            {"role": _("Student"), "at": agreement.student_at},
            {"role": _("Commissioner"), "at": agreement.commissioner_at},
            {"role": _("Supervisor"), "at": agreement.supervisor_at},
        ],
        "may_confirm": bool(mine) and known and agreement.is_complete,
        "waits_for_points": known and not agreement.is_complete,
    }


def points_of(agreement: Agreement) -> list[dict[str, Any]]:
    signed = date_format(agreement.signed_on, "DATE_FORMAT") if agreement.signed_on else ""
    settled = ("not_needed", "granted")
    return [
        _point(_("Contract signed on"), signed or _("Not signed yet"), "", is_done=bool(signed)),
        _point(
            _("Permits"),
            agreement.get_permits_display(),
            agreement.permits_note,
            is_done=agreement.permits in settled,
        ),
        _point(
            _("Material"),
            agreement.get_data_display(),
            agreement.data_note,
            is_done=agreement.data != "open",
        ),
        _point(
            _("Rights in the results"),
            agreement.get_rights_display(),
            agreement.rights_note,
            is_done=agreement.rights != "open",
        ),
    ]


def _point(name: str, words: Any, note: str, *, is_done: bool) -> dict[str, Any]:
    return {"name": name, "words": words, "note": note, "look": "done" if is_done else "waiting"}


def _milestone_row(row: Milestone, thesis: Thesis) -> dict[str, Any]:
    is_late = row.done_on is None and row.due_on < timezone.localdate()
    if row.done_on:
        look, words = "done", _("Done")
    elif thesis.stage not in ACTIVE:
        look, words = "", _("Not marked as done")
    else:
        look, words = ("late", _("Late")) if is_late else ("", _("To come"))
    return {"row": row, "look": look, "words": words}


def _report_item(row: Any) -> dict[str, Any]:
    return {
        "when": timezone.localtime(row.at),
        "what": row.get_light_display(),
        "text": row.note,
        "state": "late" if row.light == Light.RED else "done",
    }


def _of_end(thesis: Thesis, user: Reader) -> dict[str, Any]:
    """The steps that are open, and what can still be told of a finished thesis."""
    moves = MOVES.open_to(thesis, user)
    is_done = thesis.stage == Stage.FINISHED
    return {
        "moves": [(name, move) for name, move in moves if name not in WITH_A_FORM],
        "may_interrupt": any(name == "interrupt" for name, _move in moves),
        "may_finish": any(name == "finish" for name, _move in moves),
        "may_report": thesis.stage == Stage.IN_PROGRESS,
        "may_tell_usage": is_done and is_commissioner(thesis, user),
        "may_show_author": is_done and is_student(thesis, user),
    }


def facts_of(thesis: Thesis) -> list[dict[str, Any]]:
    topic = thesis.topic
    return [
        {"name": _("Topic"), "value": topic.heading, "url": topic.get_absolute_url()},
        {"name": _("Level"), "value": thesis.get_level_display()},
        {"name": _("Student chosen"), "value": _date(timezone.localdate(thesis.created_at))},
        {"name": _("Began on"), "value": _date(thesis.started_on)},
        {"name": _("Should be ready by"), "value": _date(thesis.target_on)},
        {"name": _("Goes on"), "value": _date(thesis.resumes_on)},
        {"name": _("Finished on"), "value": _date(thesis.finished_on)},
        {"name": _("Cluster"), "value": topic.home_cluster.name},
    ]


def _date(day: datetime.date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
