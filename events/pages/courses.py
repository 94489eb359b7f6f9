"""The list of courses, and the page of one: parts, reading, groups, register, certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from cluster_portal.core import audit, pictures
from cluster_portal.core.lists import ListPage
from cluster_portal.core.reading import about
from cluster_portal.core.visibility import audience
from cluster_portal.surveys.models import Round
from cluster_portal.surveys.services.subjects import rounds_about
from events.filters import CourseFilters
from events.models import Course, CourseCertificate, Event, Material, Registration, RiskEntry
from events.models.courses import MOVES, Stage
from events.models.event_choices import Stage as EventStage
from events.models.registrations import ACTIVE
from events.pages.words import span
from events.services.courses import progress_of
from members.services.needs import organisations_of

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from events.models import CourseGroup, GroupOutput

Row = dict[str, Any]
ON_DESK = 6
PART_LOOKS = {"attended": "done", "absent": "stopped", "confirmed": "next"}


def may_make(user: Reader) -> bool:
    return user.is_authenticated and organisations_of(user).exists()


def _rows(user: Reader) -> Any:
    rows = Course.objects.visible_to(user).exclude(stage=Stage.CANCELLED)
    rows = rows.select_related("organisation", "home_cluster")
    return rows.annotate(part_count=Count("parts", distinct=True)).order_by("stage", "-pk")


def row(course: Any) -> Row:
    owner = course.named_owner or course.home_cluster
    count = ngettext("%(count)d part", "%(count)d parts", course.part_count)
    return {
        "title": course.title, "url": course.get_absolute_url(), "text": course.summary,
        "kind": f"{owner} · {count % {'count': course.part_count}}",
        "state": Stage(course.stage).look, "state_text": course.get_stage_display(),
    }  # fmt: skip


COURSES = ListPage(
    "courses", gettext_lazy("Courses"), "events:courses", rows=_rows, filters=CourseFilters,
    counted=ngettext_lazy("%(count)d course", "%(count)d courses", "count"),
    page="events/course_list.html", results="components/results_rows.html", row=row,
    values=lambda found: {"may_make": may_make(found.user)},
    above=((gettext_lazy("Events"), "events:list"),),
)  # fmt: skip


def trail(*names: Any) -> list[dict[str, str]]:
    *links, last = names
    return [
        {"name": _("Events"), "url": reverse("events:list")},
        {"name": _("Courses"), "url": reverse("events:courses")},
        *({"name": str(each), "url": each.get_absolute_url()} for each in links),
        {"name": str(last)},
    ]


def values(course: Course, user: Reader) -> Row:
    is_editor = course.is_editable_by(user)
    takes_part = Course.objects.attended_by(user).filter(pk=course.pk).exists()
    parts = _parts(course, user)
    return {
        "course": course, "is_editor": is_editor, "takes_part": takes_part,
        "is_inside": is_editor or takes_part, "parts": parts, "trail": trail(course),
        "look": Stage(course.stage).look, "moves": MOVES.open_to(course, user),
        "url": course.get_absolute_url(), "can_enrol": _can_enrol(course, parts, user),
        "readings": course.readings.all(), "articles": about(course, user),
        "materials": _materials(course, user), "requires": _required(course, user),
        "groups": _groups(course, user) if is_editor or takes_part else [],
        "risk_count": course.risks.count() if course.has_register else 0,
        "certificate": _own_certificate(course, user),
        "progress": progress_of(course) if is_editor and course.stage in {Stage.OPEN, Stage.ENDED}
        else [],
        "certified": course.certificates.count() if is_editor else 0,
        "organisers": _organisers(parts, user) if is_editor else [],
        "rounds": _rounds(course, user), "why": _why(course, is_editor=is_editor),
        "still_held": _still_held(course, parts),
        "can_call_off": MOVES.may("cancel", course, user),
    }  # fmt: skip


def _parts(course: Course, user: Any) -> list[Row]:
    """Events that the reader sees, each with the reader's own state."""
    seen = {event.pk for event in Event.objects.visible_to(user).filter(
        course_part__course=course).only("pk")}  # fmt: skip
    own = {}
    if user.is_authenticated:
        rows = Registration.objects.filter(user=user, event__course_part__course=course)
        own = {row.event_id: row for row in rows.filter(stage__in=ACTIVE)}
    found = []
    for part in course.parts.select_related("event"):
        event, mine = part.event, own.get(part.event_id)
        if event.pk not in seen:
            continue
        found.append({
            "part": part, "event": event, "url": event.get_absolute_url(), "title": event.title,
            "kind": span(event.starts_at, event.ends_at), "text": event.summary,
            "tags": [] if part.is_required else [_("Optional")],
            **_part_state(event, mine),
            "is_mine": mine is not None,
        })  # fmt: skip
    return found


def _part_state(event: Event, mine: Registration | None) -> Row:
    if event.stage == EventStage.CANCELLED:
        return {"state": "stopped", "state_text": event.get_stage_display()}
    if mine is None:
        return {"state": "", "state_text": ""}
    return {"state": PART_LOOKS.get(mine.stage, "waiting"), "state_text": mine.get_stage_display()}


def _why(course: Course, *, is_editor: bool) -> str:
    """The reason of the last step: why it was called off, and to its own side why it came back."""
    steps = {Stage.CANCELLED: "course cancel"}
    if is_editor:
        steps[Stage.DRAFT] = "course send_back"
    last = audit.of(course).filter(action=steps.get(Stage(course.stage), "")).first()
    return last.reason if last is not None else ""


def _still_held(course: Course, parts: list[Row]) -> list[Row]:
    """What goes on although the course does not."""
    if course.stage != Stage.CANCELLED:
        return []
    going_on = ((each, each["event"]) for each in parts)
    return [
        each
        for each, event in going_on
        if event.stage == EventStage.PUBLISHED and not event.is_over
    ]


def _organisers(parts: list[Row], user: Reader) -> list[Event]:
    """The parts whose organiser's page the trainer may open, in the order of the course."""
    own = Event.objects.editable_by(user).filter(pk__in=[each["event"].pk for each in parts])
    keys = set(own.values_list("pk", flat=True))
    return [each["event"] for each in parts if each["event"].pk in keys]


def _can_enrol(course: Course, parts: list[Row], user: Reader) -> bool:
    if course.stage != Stage.OPEN or not user.is_authenticated:
        return False
    return any(each["event"].takes_registrations() and not each["is_mine"] for each in parts)


def _required(course: Course, user: Reader) -> Row | None:
    """The course whose certificate is needed, and whether the reader has it."""
    if course.requires is None:
        return None
    held = CourseCertificate.objects.filter(course=course.requires, user=user.pk)
    shown = Course.objects.visible_to(user).filter(pk=course.requires_id).exists()
    return {
        "title": course.requires.title, "url": course.requires.get_absolute_url() if shown else "",
        "is_held": user.pk is not None and held.exists(),
    }  # fmt: skip


def _materials(course: Course, user: Reader) -> list[Row]:
    rows = Material.objects.visible_to(user).filter(event__course_part__course=course)
    return [
        {
            "title": each.title, "kind": each.event.title,
            "url": each.link or reverse("events:material_file", args=[each.public_id]),
        }
        for each in rows.select_related("event").order_by("event__starts_at", "pk")
    ]  # fmt: skip


def _groups(course: Course, user: Reader) -> list[Row]:
    groups = course.groups.prefetch_related("members__user", "outputs")
    return [_group(group, user) for group in groups]


def _group(group: CourseGroup, user: Reader) -> Row:
    members = list(group.members.all())
    return {
        "group": group, "names": [str(each.user) for each in members],
        "is_mine": any(each.user_id == user.pk for each in members),
        "outputs": [_output(each) for each in group.outputs.all()],
    }  # fmt: skip


def _output(output: GroupOutput) -> Row:
    handed_at = timezone.localtime(output.handed_at)
    return {"title": output.title, "url": output.get_absolute_url(),
            "is_commented": bool(output.comment),
            "day": date_format(handed_at, "SHORT_DATE_FORMAT")}  # fmt: skip


def _own_certificate(course: Course, user: Any) -> CourseCertificate | None:
    if not user.is_authenticated:
        return None
    return CourseCertificate.objects.filter(course=course, user=user).first()


def _rounds(course: Course, user: Reader) -> list[Row]:
    """Feedback and the questions of three months later, for who may see the round."""
    rows = rounds_about(course).filter(pk__in=Round.objects.visible_to(user).values("pk"))
    return [
        {"title": each.title, "url": each.get_absolute_url(),
         "state": Stage.ENDED.look if each.stage != "open" else "open",
         "state_text": each.get_stage_display()}
        for each in rows.order_by("pk")
    ]  # fmt: skip


def of_event(event: Event, user: Reader) -> Course | None:
    """The course that an event is a part of, where the reader sees it."""
    return Course.objects.visible_to(user).filter(parts__event=event).defer("search").first()


# The risk register of the exercise.


def register(course: Course, user: Reader) -> Row:
    rows = sorted(course.risks.select_related("author"), key=lambda one: (-one.weight, one.pk))
    return {
        "course": course, "trail": trail(course, _("Risk register of the exercise")),
        "picture": _picture(rows), "is_open": course.stage not in {Stage.ENDED, Stage.CANCELLED},
        "risks": [_risk(each, number, user) for number, each in enumerate(rows, start=1)],
    }  # fmt: skip


def _risk(risk: RiskEntry, number: int, user: Reader) -> Row:
    related: Any = RiskEntry._meta.get_field("signal").related_model
    signal = None
    if risk.signal_id is not None:
        signal = related.objects.visible_to(user).filter(pk=risk.signal_id).first()
    given = f"{reverse('situation:signal_propose')}?risk={risk.public_id}"
    return {"risk": risk, "number": number, "signal": signal,
            "signal_url": "" if risk.signal_id else given}  # fmt: skip


def _picture(rows: list[RiskEntry]) -> Row | None:
    if not rows:
        return None
    spots = [
        pictures.Spot(number, "risk", each.likelihood, each.impact)
        for number, each in enumerate(rows, start=1)
    ]
    label = _("Likelihood and impact")
    caption = pictures.Caption(
        "register", label, _("Each risk stands by its likelihood and impact from 1 to 5.")
    )
    return {
        "heading": label, "level": "h2", "label": label, "note": "",
        "svg": pictures.register(caption, spots), "words": True,
        "head": [{"name": name} for name in (
            _("Number"), _("Risk"), _("Likelihood"), _("Impact"))],
        "rows": [
            [str(number), each.risk, str(each.likelihood), str(each.impact)]
            for number, each in enumerate(rows, start=1)
        ],
    }  # fmt: skip


def words_of(public_id: str, user: Reader) -> dict[str, str]:
    """What the form of a signal begins with that is started from a row of a register."""
    risk = RiskEntry.objects.visible_to(user).filter(public_id=public_id).first()
    return {"title": risk.risk[:160], "text": risk.detail or risk.risk} if risk else {}


# On desks.


def attended(user: Reader) -> Any:
    return Course.objects.attended_by(user).open()


def mine(user: Reader) -> list[Row]:
    """Courses that the reader takes part in."""
    rows = attended(user).defer("search").order_by("-pk")
    return [
        {"title": each.title, "url": each.get_absolute_url(), "text": each.summary}
        for each in rows[:ON_DESK]
    ]


def trained(user: Reader) -> Any:
    """Courses of the reader's organisation that are prepared or held, not those of a cluster."""
    if not user.is_authenticated:
        return Course.objects.none()
    own = Q(organisation__in=audience(user).edits) | Q(teller=user.pk)
    rows = Course.objects.editable_by(user).filter(own)
    return rows.filter(stage__in=(Stage.DRAFT, Stage.PROPOSED, Stage.OPEN))


def ours(user: Reader) -> list[Row]:
    """For the trainer: how far each is; one whose parts are over waits to be ended."""
    rows = trained(user).defer("search").annotate(last=Max("parts__event__ends_at"))
    return [_ours(each) for each in rows.order_by("-pk")[:ON_DESK]]


def _ours(course: Any) -> Row:
    is_over = course.stage == Stage.OPEN and course.last and course.last < timezone.now()
    return {
        "title": course.title, "url": course.get_absolute_url(), "text": course.summary,
        "state": "check" if is_over else Stage(course.stage).look,
        "state_text": _("All parts are over: end the course")
        if is_over else course.get_stage_display(),
    }  # fmt: skip
