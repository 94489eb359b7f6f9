"""What a topic's page tells of it: facts, the three parties and their next steps, its kin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Scheme
from theses.models import SupervisorProfile, Thesis, Topic
from theses.models.choices import TAKEN, Contract, Origin, Permits, Stage
from theses.pages.presentation import labels_of, place_of, row_of

if TYPE_CHECKING:
    import datetime

    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from theses.models import Application

Party = dict[str, str]
PROPOSER = {
    Origin.ORGANISATION: pgettext_lazy("proposer", "organisation"),
    Origin.SUPERVISOR: pgettext_lazy("proposer", "supervisor"),
    Origin.STUDENT: pgettext_lazy("proposer", "student"),
}


def _field_ids(topic: Topic) -> list[int]:
    """Brought along by the topic's own statement, or asked for."""
    if hasattr(topic, "field_ids"):
        return topic.field_ids
    return list(topic.education_fields.values_list("pk", flat=True))


def facts_of(topic: Any) -> list[dict[str, Any]]:
    """The facts panel."""
    organisation, day = topic.named_owner, _day
    pairs = [
        (_("Organisation"), organisation.title if organisation else ""),
        (_("Proposed by"), PROPOSER[topic.origin]),
        (_("For the students of"), topic.school.title if topic.school else ""),
        (_("Level"), ", ".join(topic.level_labels)),
        (_("Field of education"), ", ".join(labels_of(Scheme.EDUCATION_FIELD, _field_ids(topic)))),
        (_("Language of the thesis"), capfirst(", ".join(topic.language_labels))),
        (_("Places"), _places(topic)),
        (_("Place"), place_of(topic)),
        (_("Pay"), topic.get_pay_display()),
        (_("Agreement"), _agreement(topic)),
        (_("Permits"), topic.get_permits_display() if topic.permits != Permits.UNKNOWN else ""),
        (_("Can begin"), day(topic.starts_on)),
        (_("Schedule"), topic.schedule),
        (_("Last day to apply"), day(topic.closes_on)),
        (_("Cluster"), topic.home_cluster.name),
        (_("Keywords"), ", ".join(topic.keywords)),
    ]
    facts: list[dict[str, Any]] = [{"name": name, "value": value} for name, value in pairs]
    if organisation and organisation.visibility == Visibility.PUBLIC:
        facts[0]["url"] = organisation.get_absolute_url()
    return [*facts, *_linked_facts(topic)]


def _linked_facts(topic: Topic) -> list[dict[str, Any]]:
    guide = getattr(topic.school, "thesis_guide", None)
    versions = reverse("theses:topic_versions", args=[topic.slug])
    changed = topic.version if topic.published_at and topic.version > 1 else ""
    return [
        {
            "name": _("School’s agreement form"),
            "value": topic.school.title if guide and topic.school and guide.agreement_url else "",
            "url": guide.agreement_url if guide else "",
        },
        {"name": _("Version"), "value": changed, "url": versions},
    ]


def _places(topic: Any) -> str:
    """Of a topic for several students; counted by the statement that reads the topic."""
    count = getattr(topic, "place_count", 1)
    if count <= 1:
        return ""
    left = max(count - topic.taken_count, 0)
    return _("%(count)s, of which free: %(left)s") % {"count": count, "left": left}


def _agreement(topic: Topic) -> str:
    """An idea without commissioner has nobody yet to agree with."""
    if topic.organisation_id is None and topic.contract == Contract.OPEN:
        return ""
    return str(topic.get_contract_display())


def _day(day: datetime.date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def parties_of(
    topic: Topic, user: Reader, *, mine: Application | None, offers: bool
) -> list[Party]:
    """Commissioner, student, supervisor: who is there, who is sought, and what each does next."""
    is_inside = offers or (mine is not None and mine.holds_a_place)
    return [
        {"role": _("Commissioner"), **_commissioner(topic)},
        {"role": _("Student"), **_student(topic, user, mine, offers=offers)},
        {"role": _("Supervisor"), **_supervisor(topic, user, is_inside=is_inside)},
    ]


def _commissioner(topic: Topic) -> Party:
    if topic.organisation_id is None:
        next_step = _("An organisation offers to commission the topic")
        return _missing(_("No commissioner yet"), next_step if topic.seeks_commissioner else "")
    name = topic.named_owner.title if topic.named_owner else _("Not named yet")
    steps = {
        str(Stage.OPEN): _("Chooses the student among the applicants"),
        str(Stage.RESERVED): _("Makes the agreement with the student and the school"),
    }
    if topic.student_id is not None:
        steps.pop(str(Stage.OPEN))
    return _taking_part(name, steps.get(topic.stage, ""))


def _student(topic: Topic, user: Reader, mine: Application | None, *, offers: bool) -> Party:
    if topic.stage in TAKEN:
        is_planning = topic.stage in {Stage.RESERVED, Stage.AGREED}
        return _taking_part(_("Chosen"), _("Plans the work") if is_planning else "")
    if topic.student_id is not None:
        name = _("You, whose idea it is") if topic.student_id == user.pk else _("Has the idea")
        return _taking_part(name, _("Waits for a commissioner") if topic.is_open else "")
    if offers or (not topic.is_open and mine is None):
        words = _("Sought") if topic.is_open else _("Not chosen")
        return {**_missing(_("Not chosen yet"), ""), "status_text": words}
    until = _day(topic.expires_on)
    return {
        "name": _("You have applied") if mine else _("This could be you"),
        "state": "you",
        "status": "waiting",
        "status_text": str(mine.get_stage_display()) if mine else _("Sought"),
        "next": "" if mine else _("Applies by %(day)s") % {"day": until},
    }


def _supervisor(topic: Topic, user: Reader, *, is_inside: bool) -> Party:
    """Named when the profile is visible to the reader, or when both take part."""
    if topic.supervisor is not None:
        profiles = SupervisorProfile.objects.visible_to(user).filter(user=topic.supervisor_id)
        profile = profiles.first()
        is_named = profile is not None or is_inside
        name = str(topic.supervisor) if is_named else _("Named, from an educational institution")
        next_step = _("Accepts the plan and its limits") if topic.is_open else ""
        url = profile.get_absolute_url() if profile is not None else ""
        return {**_taking_part(name, next_step), "url": url}
    if topic.stage in TAKEN and _has_supervised_thesis(topic):
        return _taking_part(_("From the student’s own school"), "")
    sought = topic.stage in {Stage.OPEN, Stage.RESERVED}
    next_step = _("Offers to supervise, or is asked when the student is known") if sought else ""
    return _missing(_("From the student’s own school"), next_step)


def _has_supervised_thesis(topic: Topic) -> bool:
    theses = Thesis.objects.filter(application__topic=topic, supervisor__isnull=False)
    return theses.exclude(stage="ended").exists()


def _taking_part(name: str, next_step: str) -> Party:
    return {
        "name": name,
        "state": "in",
        "status": "done",
        "status_text": _("Taking part"),
        "next": next_step,
    }


def _missing(name: str, next_step: str) -> Party:
    return {
        "name": name,
        "state": "missing",
        "status": "waiting",
        "status_text": _("Sought"),
        "next": next_step,
    }


def kin_of(topic: Topic, user: Reader) -> QuerySet[Topic]:
    """The other parts of a split topic, and the whole that they are parts of."""
    whole = topic.split_from_id or topic.pk
    rows = Topic.objects.visible_to(user).filter(Q(split_from=whole) | Q(pk=whole))
    rows = rows.exclude(pk=topic.pk).exclude(stage=Stage.WITHDRAWN)
    return rows.for_cards().select_related("organisation", "school").order_by("split_from", "pk")


def questions_of(topic: Topic) -> list[str]:
    """One a line, with or without the sign of a list before it."""
    return [line.lstrip("-*• ") for line in topic.questions.splitlines() if line.strip()]


def part_rows(topic: Topic, user: Reader) -> list[dict[str, Any]]:
    found = []
    for part in kin_of(topic, user):
        row = row_of(part)
        school = part.school.title if part.school else _("The whole topic")
        found.append({**row, "kind": school if part.split_from_id else _("The whole topic")})
    return found
