"""What the pages show of a topic: rows, steps, parties, facts. Words only, no queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Scheme, terms
from theses.models.applications import MOVES
from theses.models.choices import Pay, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.visibility import Reader
    from theses.models import Application, Topic

LOOKS = {
    Stage.DRAFT: "", Stage.IN_REVIEW: "waiting", Stage.OPEN: "open", Stage.RESERVED: "waiting",
    Stage.AGREED: "running", Stage.IN_PROGRESS: "running", Stage.FINISHED: "done",
    Stage.WITHDRAWN: "stopped", Stage.EXPIRED: "late",
}  # fmt: skip
WAY = (Stage.OPEN, Stage.RESERVED, Stage.AGREED, Stage.IN_PROGRESS, Stage.FINISHED)
APPLICATION_LOOKS = {
    "submitted": "waiting", "accepted": "done", "declined": "stopped", "withdrawn": "stopped",
    "completed": "done",
}  # fmt: skip


def labels_of(scheme: str, pks: Iterable[int]) -> list[str]:
    """Terms by primary key from the vocabulary that the process holds."""
    wanted = set(pks)
    return [term.label for term in terms(scheme) if term.pk in wanted]


def place_of(topic: Topic) -> str:
    region = "".join(labels_of(Scheme.REGION, [topic.region_id] if topic.region_id else []))
    places = [word for word in dict.fromkeys([topic.municipality, region]) if word]
    where = ", ".join(places)
    if topic.is_remote and where:
        return _("%(place)s or remote") % {"place": where}
    return _("Remote") if topic.is_remote else where


def state_of(topic: Topic) -> dict[str, str]:
    """The state's look and its words, with the last day to apply where there is one."""
    if topic.is_open and topic.closes_on:
        day = date_format(topic.closes_on, "DATE_FORMAT")
        return {"look": LOOKS[Stage.OPEN], "words": _("Open until %(day)s") % {"day": day}}
    if topic.stage == Stage.OPEN and topic.has_closed:
        return {"look": "waiting", "words": _("Applications closed, choice pending")}
    return {"look": LOOKS[Stage(topic.stage)], "words": str(topic.get_stage_display())}


def row_of(topic: Topic) -> dict[str, Any]:
    """A line of a list; the topic comes from `for_cards`."""
    organisation = topic.named_owner.title if topic.named_owner else ""
    fields = labels_of(Scheme.EDUCATION_FIELD, getattr(topic, "field_ids", ()))
    languages = ", ".join(topic.language_labels)
    pay = str(topic.get_pay_display()) if topic.pay == Pay.YES else ""
    state = state_of(topic)
    return {
        "url": topic.get_absolute_url(),
        "title": topic.heading,
        "kind": " · ".join(filter(None, [", ".join(topic.level_labels), organisation])),
        "tags": [tag for tag in (*fields[:2], languages, place_of(topic), pay) if tag],
        "state": state["look"],
        "state_text": state["words"],
    }


def application_row(application: Application, user: Reader) -> dict[str, Any]:
    """An application for one who may see it, with the steps open to her."""
    newer = application.topic.version > application.topic_version
    return {
        "application": application,
        "url": application.get_absolute_url(),
        "look": APPLICATION_LOOKS[application.stage],
        "words": application.get_stage_display(),
        "moves": MOVES.open_to(application, user),
        "has_newer_topic": newer and application.stage == "submitted",
    }


def application_steps(application: Application) -> list[dict[str, str]]:
    """Sent, waiting, answered: where the application stands."""
    sent = date_format(localtime(application.submitted_at), "SHORT_DATE_FORMAT")
    steps = [{"name": _("Sent"), "note": sent, "state": "done"}]
    waiting = application.stage == "submitted"
    steps.append({"name": _("Being read"), "note": "", "state": "current" if waiting else "done"})
    if waiting:
        return [*steps, {"name": _("The answer"), "note": "", "state": ""}]
    when = application.decided_at
    note = date_format(localtime(when), "SHORT_DATE_FORMAT") if when else ""
    good = application.stage in {"accepted", "completed"}
    name = str(application.get_stage_display())
    return [*steps, {"name": name, "note": note, "state": "done" if good else "stopped"}]


def steps_of(topic: Topic) -> list[dict[str, str]]:
    reviewed = topic.published_at is not None
    note = date_format(localtime(topic.published_at), "DATE_FORMAT") if topic.published_at else ""
    stage = Stage(topic.stage)
    first = "done" if reviewed else ("current" if stage != Stage.WITHDRAWN else "stopped")
    steps = [{"name": _("Reviewed"), "note": note, "state": first}]
    at = WAY.index(stage) if stage in WAY else -1
    for number, step in enumerate(WAY):
        state = "done" if number < at else ("current" if number == at else "")
        steps.append({"name": str(step.label), "note": "", "state": state})
    if stage in {Stage.WITHDRAWN, Stage.EXPIRED} and reviewed:
        steps[1] = {"name": str(stage.label), "note": "", "state": "stopped"}
    return steps


def parties_of(topic: Topic, *, mine: Application | None, offers: bool) -> list[dict[str, str]]:
    organisation = topic.named_owner.title if topic.named_owner else _("Not named yet")
    parties = [
        {
            "role": _("Commissioner"), "name": organisation, "state": "in",
            "status": "done", "status_text": _("Taking part"),
        }
    ]  # fmt: skip
    if topic.stage in WAY[1:]:
        student = {"name": _("Chosen"), "state": "in", "status": "done", "words": _("Taking part")}
    else:
        name = _("You have applied") if mine else _("This could be you")
        words = _("Sought") if topic.is_open else _("Not chosen")
        student = {
            "name": _("Not chosen yet") if offers else name,
            "state": "missing" if offers else "you",
            "status": "waiting",
            "words": str(mine.get_stage_display()) if mine else words,
        }
    return [*parties, _party(_("Student"), student), _party(_("Supervisor"), _supervisor())]


def _supervisor() -> dict[str, str]:
    words = _("Named later")
    return {
        "name": _("From the student’s own school"),
        "state": "missing",
        "status": "waiting",
        "words": words,
    }


def _party(role: str, values: dict[str, str]) -> dict[str, str]:
    return {"role": role, "status_text": values.pop("words"), **values}


def facts_of(topic: Topic) -> list[dict[str, Any]]:
    """The facts panel; wants `education_fields` prefetched."""
    organisation = topic.named_owner
    closes = date_format(topic.closes_on, "DATE_FORMAT") if topic.closes_on else ""
    starts = date_format(topic.starts_on, "DATE_FORMAT") if topic.starts_on else ""
    pairs = [
        (_("Organisation"), organisation.title if organisation else ""),
        (_("Level"), ", ".join(topic.level_labels)),
        (_("Field of education"), ", ".join(t.label for t in topic.education_fields.all())),
        (_("Language of the thesis"), capfirst(", ".join(topic.language_labels))),
        (_("Place"), place_of(topic)),
        (_("Pay"), topic.get_pay_display()),
        (_("Can begin"), starts),
        (_("Schedule"), topic.schedule),
        (_("Last day to apply"), closes),
        (_("Cluster"), topic.home_cluster.name),
        (_("Keywords"), ", ".join(topic.keywords)),
    ]
    facts: list[dict[str, Any]] = [{"name": name, "value": value} for name, value in pairs]
    if organisation and organisation.visibility == Visibility.PUBLIC:
        facts[0]["url"] = organisation.get_absolute_url()
    return facts
