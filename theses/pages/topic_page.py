"""What a topic's page shows to one reader: the own application, the applicants, or the form."""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.visibility import audience
from theses.forms.applications import ApplicationForm
from theses.models import (
    Application,
    Approach,
    Place,
    SchoolGuide,
    SupervisorProfile,
    Thesis,
    ThreadLink,
    Topic,
    TopicEducationField,
)
from theses.models.applications import HOLDS_A_PLACE
from theses.models.choices import Stage
from theses.models.topic_workflow import MOVES
from theses.models.works import writes_elsewhere
from theses.pages import approach_page, finished_list, presentation, topic_facts
from theses.pages.application_page import applicants
from theses.pages.thread import ties_of_topic
from theses.services.applications import school_of
from theses.services.proposals import CAN_BE_SPLIT

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from cluster_portal.core.workflow import Move

# An owner is offered to renew when the end is this near; earlier it would only confuse.
RENEWABLE = datetime.timedelta(days=30)


def complete(rows: QuerySet[Any], user: Reader) -> Any:
    """The topics of `rows` with all that their page asks first, in one statement."""
    here = OuterRef("pk")
    fields = TopicEducationField.objects.filter(topic=here).order_by("term__position", "term")
    return rows.select_related(
        "organisation", "home_cluster", "contact", "supervisor", "school__thesis_guide"
    ).annotate(
        field_ids=ArraySubquery(fields.values("term_id")),
        has_parts=Exists(Topic.objects.filter(split_from=here)),
        has_links=Exists(ThreadLink.objects.filter(topic=here)),
        has_finished=Exists(Thesis.objects.finished().filter(application__topic=here)),
        place_count=_count(Place.objects.filter(topic=here)),
        taken_count=_count(Application.objects.filter(topic=here, stage__in=HOLDS_A_PLACE)),
        is_editor=Exists(Topic.objects.editable_by(user).filter(pk=here)),
        is_for_supervisor=Exists(SupervisorProfile.objects.acting(audience(user))),
    )


def _count(rows: QuerySet[Any]) -> Any:
    counted = rows.order_by().values("topic").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def values(user: Reader, topic: Any, form: ApplicationForm | None = None) -> dict[str, Any]:
    """All that the topic's page shows; the topic comes from `complete`.

    `form` is one that came back with errors.
    """
    topic.remember_editor(user, is_editor=topic.is_editor)
    offers = topic.is_editor
    of_topic = applicants(topic, user) if offers else None
    mine = _own_application(topic, user, of_topic)
    current = mine if mine and not mine.is_over else None
    can_apply = topic.is_open and not offers and current is None and topic.student_id is None
    return {
        "topic": topic,
        "trail": presentation.trail(topic.heading),
        "state": presentation.state_of(topic),
        "steps": presentation.steps_of(topic),
        "parties": topic_facts.parties_of(topic, user, mine=current, offers=offers),
        "facts": topic_facts.facts_of(topic),
        "questions": topic_facts.questions_of(topic),
        "parts": topic_facts.part_rows(topic, user)
        if topic.has_parts or topic.split_from_id
        else [],
        "guide": SchoolGuide.objects.for_topic(topic, user) if current or can_apply else None,
        "thread": ties_of_topic(topic, user) if topic.has_links else [],
        "finished": _finished(topic, user) if topic.has_finished else [],
        "offers": offers,
        "mine": presentation.application_row(mine, user) if mine else None,
        "is_closed": not (topic.is_open or offers or mine),
        **(_owner_values(topic, user, of_topic) if of_topic else {}),
        **_other_sides(topic, user, offers=offers),
        **_apply_values(topic, user, form, can_apply=can_apply),
    }


def _finished(topic: Topic, user: Reader) -> list[dict[str, Any]]:
    """What has come of the topic."""
    rows = Thesis.objects.visible_to(user).finished().filter(application__topic=topic)
    rows = rows.select_related(*finished_list.RELATED, "application__student").defer("search")
    return [finished_list.row_of(thesis) for thesis in rows.order_by("-finished_on", "-pk")]


def _own_application(
    topic: Topic, user: Reader, of_topic: dict[str, Any] | None
) -> Application | None:
    """Hers among the applicants where those were read, else asked for."""
    if not user.is_authenticated:
        return None
    if of_topic is not None:
        all_of_them = [row["application"] for row in reversed(of_topic["rows"])]
        return next((each for each in all_of_them if each.student_id == user.pk), None)
    rows = Application.objects.visible_to(user).filter(topic=topic, student=user.pk)
    mine = rows.order_by("-pk").first()
    if mine is not None:
        mine.topic = topic
    return mine


def _apply_values(
    topic: Topic, user: Any, form: ApplicationForm | None, *, can_apply: bool
) -> dict[str, Any]:
    """A form for who may apply, the way in for a visitor, nothing for others."""
    if form is None and can_apply and user.is_authenticated:
        form = ApplicationForm(initial={"school": school_of(user)})
    return {
        "must_sign_in": can_apply and not user.is_authenticated,
        "form": form,
        "here": f"{topic.get_absolute_url()}#apply",
    }


def _other_sides(topic: Any, user: Any, *, offers: bool) -> dict[str, Any]:
    """What an organisation and a supervisor can do, and the reader's messages."""
    seeks_supervisor = topic.supervisor_id is None and topic.stage in {Stage.OPEN, Stage.RESERVED}
    if not user.is_authenticated:
        return {"sought": topic.seeks_commissioner and topic.student_id is not None}
    is_students_own, is_idle = topic.student_id == user.pk, writes_elsewhere(topic)
    return {
        "can_commission": topic.seeks_commissioner
        and not is_students_own
        and bool(audience(user).edits)
        and not is_idle,
        "can_supervise": seeks_supervisor
        and not is_students_own
        and topic.is_for_supervisor
        and not is_idle,
        "can_ask_organisation": offers and topic.seeks_commissioner and not is_idle,
        "is_idle": is_idle,
        "approaches": _approaches(topic, user),
    }


def _approaches(topic: Topic, user: Reader) -> list[dict[str, Any]]:
    rows = Approach.objects.visible_to(user).filter(topic=topic)
    rows = rows.select_related("by", "to", "organisation").order_by("-pk")[:20]
    return [
        {
            "url": row.get_absolute_url(),
            "kind": row.get_kind_display(),
            "title": approach_page.title_of(row),
            **approach_page.look_of(row),
            "until": row.answer_by if row.stage == "pending" else None,
        }
        for row in rows
    ]


def _owner_values(topic: Topic, user: Reader, of_topic: dict[str, Any]) -> dict[str, Any]:
    """An idea has its student, so nobody applies to it."""
    is_draft = topic.stage == Stage.DRAFT
    is_ours = _is_ours(topic, user)
    returned = _returned(topic) if is_draft and topic.published_at is None else ""
    reviews = topic.stage == Stage.IN_REVIEW and topic.home_cluster_id in audience(user).coordinates
    is_for_applicants = topic.published_at is not None and topic.student_id is None
    return {
        "moves": moves_of(topic, user),
        "can_withdraw": MOVES.may("withdraw", topic, user),
        "can_split": topic.stage in CAN_BE_SPLIT and not (topic.split_from_id or topic.student_id),
        "is_draft": is_draft,
        "is_in_review": topic.stage == Stage.IN_REVIEW,
        "is_ours": is_ours,
        "is_my_turn": reviews or (is_ours and bool(returned)),
        "seeks": topic.stage in {Stage.OPEN, Stage.RESERVED},
        "returned": returned,
        "expires_on": topic.expires_on if topic.stage == Stage.OPEN else None,
        "applicants": of_topic,
        "shows_applicants": is_for_applicants or bool(of_topic["rows"]),
    }


def _is_ours(topic: Topic, user: Reader) -> bool:
    """Whether the reader is of the topic's own side, and not its coordinator alone."""
    people = {topic.contact_id, topic.student_id, topic.supervisor_id}
    return user.pk in people or topic.organisation_id in audience(user).edits


def moves_of(topic: Topic, user: Reader) -> list[tuple[str, Move]]:
    """The steps as buttons: withdrawing has a page of its own, renewing is for when it is due."""
    moves = dict(MOVES.open_to(topic, user))
    moves.pop("withdraw", None)
    if not _is_ending(topic):
        moves.pop("renew", None)
    if "submit" in moves and "publish" in moves:
        moves.pop("submit")
    elif "submit" in moves and not topic.home_cluster.reviews_topics:
        moves["submit"] = dataclasses.replace(moves["submit"], label=_("Publish"))
    return list(moves.items())


def _is_ending(topic: Topic) -> bool:
    if topic.stage == Stage.EXPIRED:
        return True
    until = topic.expires_on
    return until is not None and until <= timezone.localdate() + RENEWABLE


def _returned(topic: Topic) -> str:
    """Why the coordinator returned it, as long as it has not been sent anew."""
    last = audit.of(topic).filter(action__in=["send_back", "submit"]).first()
    return last.reason if last is not None and last.action == "send_back" else ""
