"""What a supervisor sees of a request, and whom the parties can ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cluster_portal.core import search
from theses import matching
from theses.forms.works import ORDER
from theses.models import StudentProfile, SupervisorProfile
from theses.models.choices import Level
from theses.models.supervision import LIVE, MOVES, Stage
from theses.models.terms import free_seats, free_seats_of
from theses.pages import turns, work_page
from theses.pages.presentation import trail
from theses.pages.profile_pages import with_room
from theses.pages.topic_facts import facts_of, questions_of

if TYPE_CHECKING:
    from django.http import QueryDict

    from cluster_portal.core.visibility import Reader
    from theses.models import SupervisionRequest, Thesis, Topic

SHOWN = 20
MAX_QUERY = 200


def values(request: SupervisionRequest, user: Reader) -> dict[str, Any]:
    """The page of a request: what it is about, who asks, and until when."""
    thesis, topic = request.thesis, request.thesis.topic
    is_asked = request.supervisor_id == user.pk
    room = free_seats(request.supervisor) if is_asked else 0
    moves = [
        (name, move)
        for name, move in MOVES.open_to(request, user)
        if not (name == "wait" and room) and not (name == "accept" and is_asked and not room)
    ]
    answers = request.stage in {Stage.ASKED, Stage.WAITING}
    return {
        "request_row": request,
        "thesis": thesis,
        "topic": topic,
        "trail": trail(thesis.title),
        "look": Stage(request.stage).look,
        "is_asked": is_asked,
        "answers": answers and is_asked,
        "is_full": is_asked and answers and not room,
        "room": room,
        "moves": moves,
        "turn": turns.of_request(request, user),
        "reasons": reasons_of(request.supervisor, topic),
        "facts": facts_of(topic),
        "questions": questions_of(topic),
        "sees_work": work_page.sides_of(thesis, user),
    }


def reasons_of(supervisor: Any, topic: Topic) -> list[str]:
    """Why this supervisor, from the profile and the topic alone."""
    profile = getattr(supervisor, "supervisor_profile", None)
    if profile is None:
        return []
    reasons = []
    fields = {term.pk for term in topic.education_fields.all()}
    shared = [term.label for term in profile.education_fields.all() if term.pk in fields]
    if shared:
        reasons.append(_("Same field: %(names)s") % {"names": ", ".join(shared)})
    levels = [label for code, label in _labels(topic) if code in profile.levels]
    if levels:
        reasons.append(_("You supervise this level: %(names)s") % {"names": ", ".join(levels)})
    themes = set(topic.terms.values_list("pk", flat=True))
    common = [term.label for term in profile.terms.all() if term.pk in themes]
    if common:
        reasons.append(_("Same themes: %(names)s") % {"names": ", ".join(common)})
    return reasons


def _labels(topic: Topic) -> list[tuple[str, str]]:
    return list(zip(topic.levels, topic.level_labels, strict=True))


def askable(thesis: Thesis, user: Reader) -> Any:
    """Whom this reader can see and this thesis could ask."""
    live = thesis.requests.filter(stage__in=LIVE).values("supervisor")
    rows = SupervisorProfile.objects.visible_to(user).filter(is_open=True, user__is_active=True)
    rows = rows.exclude(user__in=live).exclude(user=thesis.application.student_id)
    if thesis.supervisor_id:
        rows = rows.exclude(user=thesis.supervisor_id)
    return rows


def candidates(thesis: Thesis, user: Reader, q: str) -> list[SupervisorProfile]:
    """Found by words, else those who fit the topic best; each with `room` and `why`."""
    rows = askable(thesis, user)
    if q:
        found = search.ranked(search.search(rows, q))
        profiles = list(found.select_related("user", "institution")[:SHOWN])
        reasons: dict[int, list[str]] = {}
    else:
        matches = matching.supervisors_for(thesis.topic, user, SHOWN)
        reasons = {match.object.pk: match.reasons for match in matches}
        known = with_room(rows).select_related("user", "institution")
        best = {profile.pk: profile for profile in known.filter(pk__in=reasons)}
        profiles = [best[pk] for pk in reasons if pk in best]
        others = known.exclude(pk__in=reasons).alias(fits=Q(levels__overlap=_levels(thesis)))
        order = ("-fits", *known.query.order_by)
        profiles += list(others.order_by(*order)[: SHOWN - len(profiles)])
    levels = set(_levels(thesis))
    profiles.sort(key=lambda profile: levels.isdisjoint(profile.levels))
    return _told(profiles, reasons, thesis, user)


def _levels(thesis: Thesis) -> list[str]:
    return [thesis.level] if thesis.level else list(thesis.topic.levels)


def _told(
    profiles: list[SupervisorProfile], reasons: dict[int, list[str]], thesis: Thesis, user: Reader
) -> list[SupervisorProfile]:
    """Each with the room there is, what speaks for asking and what against.

    The student's school is compared for those alone who may read it in the profile.
    """
    room = free_seats_of(profiles)
    students = StudentProfile.objects.visible_to(user).filter(user=thesis.application.student_id)
    own = set(students.exclude(school=None).values_list("school", flat=True))
    for profile in profiles:
        profile.__dict__["why"] = reasons.get(profile.pk, [])
        profile.__dict__["doubts"] = _doubts(profile, _levels(thesis), own)
        profile.__dict__["room"] = room[profile.pk]
    return profiles


def _doubts(profile: SupervisorProfile, levels: list[str], own: set[int]) -> list[str]:
    """Neither forbids asking; whoever asks should know."""
    found = []
    if not set(levels) & set(profile.levels):
        names = [str(Level(level).label) for level in profile.levels]
        found.append(_("Supervises other levels: %(names)s") % {"names": ", ".join(names)})
    if own and profile.institution_id not in own:
        found.append(_("From another school than the student"))
    return found


def posted(thesis: Thesis, user: Reader, data: QueryDict) -> list[SupervisorProfile]:
    """Those beside whose names something was written."""
    slugs = [key.removeprefix(ORDER) for key in data if key.startswith(ORDER) and data[key]]
    rows = askable(thesis, user).filter(slug__in=slugs[:100])
    return _told(list(rows.select_related("user", "institution")), {}, thesis, user)
