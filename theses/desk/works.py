"""The cards of the desk about theses under way and requests to supervise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core.request_cache import Part
from cluster_portal.core.visibility import audience
from theses.models import SupervisionRequest, Thesis
from theses.models.supervision import Stage as RequestStage
from theses.models.works import ACTIVE, Light, Stage
from theses.pages import turns

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

ON_DESK = 12
ON_CARDS: Part[list[Thesis]] = Part("theses on a desk")
CARD_ROWS: Part[list[dict[str, Any]]] = Part("rows of theses on a desk")

RELATED = (
    *("supervisor", "application__student", "application__topic__organisation"),
    *("application__topic__contact", "agreement"),
)


def _theses(user: Reader) -> list[Thesis]:
    """The reader's theses under way and stuck ones in scope, read once for both cards."""
    return ON_CARDS.get(user.pk, lambda: list(_read(user)))


def _read(user: Reader) -> Any:
    mine = Q(pk__in=Thesis.objects.mine(user).values("pk"))
    stuck = Q(light=Light.RED, stage=Stage.IN_PROGRESS)
    rows = Thesis.objects.editable_by(user).filter(mine | stuck, stage__in=ACTIVE)
    rows = rows.select_related(*RELATED).prefetch_related("milestones")
    return rows.defer("search").order_by("-pk")[: 4 * ON_DESK]


def _has_part(thesis: Thesis, user: Reader) -> bool:
    topic = thesis.topic
    people = {thesis.application.student_id, thesis.supervisor_id, topic.contact_id}
    return user.pk in people or topic.organisation_id in audience(user).edits


def my_turns(user: Reader) -> list[dict[str, Any]]:
    """Those that stand still until the reader acts."""
    return [row for row in _rows(user) if row["waits"]]


def my_theses(user: Reader) -> list[dict[str, Any]]:
    """The reader's others under way."""
    return sorted(
        (row for row in _rows(user) if not row["waits"]), key=lambda row: not row["is_mine"]
    )


def _rows(user: Reader) -> list[dict[str, Any]]:
    """Made once for both cards."""

    def made() -> list[dict[str, Any]]:
        mine = [thesis for thesis in _theses(user) if _has_part(thesis, user)]
        return [_row(thesis, user) for thesis in mine[:ON_DESK]]

    return CARD_ROWS.get(user.pk, made)


def _row(thesis: Thesis, user: Reader) -> dict[str, Any]:
    turn = turns.of_thesis(thesis, user)
    is_slow = thesis.stage == Stage.IN_PROGRESS and thesis.light != Light.GREEN
    look = Light(thesis.light).look if is_slow else Stage(thesis.stage).look
    return {
        "url": thesis.workspace_url,
        "title": thesis.title,
        "kind": str(thesis.application.student),
        "text": f"{turn.who}: {turn.what}" if turn.who else turn.what,
        "state": look,
        "state_text": thesis.get_light_display() if is_slow else thesis.get_stage_display(),
        "action": _("Open it") if turn.is_mine else "",
        "is_mine": turn.is_mine,
        "waits": turn.waits,
    }


def asked_of(user: Reader) -> Any:
    return SupervisionRequest.objects.visible_to(user).filter(
        supervisor=user.pk, stage=RequestStage.ASKED
    )


def to_answer(user: Reader) -> list[dict[str, Any]]:
    """The most urgent first."""
    related = ("thesis__application__student", "thesis__application__topic__organisation")
    return [
        {
            "url": row.get_absolute_url(),
            "title": row.thesis.title,
            "kind": str(row.thesis.application.student),
            "text": "",
            "state": "waiting",
            "state_text": _until(row),
            "action": _("Answer"),
        }
        for row in asked_of(user).select_related(*related).order_by("answer_by", "pk")[:ON_DESK]
    ]


def _until(row: SupervisionRequest) -> str:
    day = date_format(row.answer_by, "SHORT_DATE_FORMAT") if row.answer_by else ""
    return _("Answer by %(day)s") % {"day": day}


def red_lights(user: Reader) -> list[dict[str, Any]]:
    """Theses that are stuck: for their commissioners and the coordinators.

    The supervisor, whose turn it is, has them among what waits.
    """
    stuck = [
        thesis
        for thesis in _theses(user)
        if thesis.light == Light.RED
        and thesis.stage == Stage.IN_PROGRESS
        and user.pk not in {thesis.application.student_id, thesis.supervisor_id}
    ]
    stuck.sort(key=lambda thesis: (thesis.light_at or thesis.created_at, thesis.pk))
    return [
        {
            "url": f"{thesis.workspace_url}#light",
            "title": thesis.title,
            "kind": str(thesis.application.student),
            "text": thesis.light_note[:200],
            "state": "late",
            "state_text": thesis.get_light_display(),
            "action": _("Open it"),
        }
        for thesis in stuck[:ON_DESK]
    ]
