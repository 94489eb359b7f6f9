"""The lists of students who seek a topic and of supervisors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core.lists import ListPage
from theses.filters import StudentFilters, SupervisorFilters
from theses.models import StudentProfile, SupervisorProfile, SupervisorSeats
from theses.models.terms import coming_terms
from theses.pages.profile_pages import day_text, language_names, level_names

if TYPE_CHECKING:
    import datetime

THESES = (gettext_lazy("Theses"), "theses:list")


def _students(user: Any) -> Any:
    """Open to the reader, and still without a thesis."""
    visible = StudentProfile.objects.visible_to(user).exclude(user=user.pk)
    return visible.without_thesis().select_related("user", "school")


def _supervisors(user: Any) -> Any:
    visible = SupervisorProfile.objects.visible_to(user).filter(is_open=True)
    return with_room(visible).select_related("user", "institution")


def with_room(profiles: Any, day: datetime.date | None = None) -> Any:
    """Annotated with `has_room` in this term or the next, those with room first."""
    terms = Q()
    for year, half in coming_terms(day, 2):
        terms |= Q(year=year, half=half)
    free = SupervisorSeats.objects.filter(terms, profile=OuterRef("pk"), taken__lt=F("capacity"))
    return profiles.annotate(has_room=Exists(free)).order_by(
        "-has_room", "user__sort_name", "user__first_name", "pk"
    )


def _student_row(profile: StudentProfile) -> dict[str, Any]:
    ready = profile.available_from
    begins = _("Can begin %(day)s") % {"day": day_text(ready)} if ready else _("Available")
    return {
        "url": profile.get_absolute_url(),
        "title": profile.user.get_full_name(),
        "kind": " · ".join(filter(None, [profile.get_level_display(), profile.school_title])),
        "text": profile.interests[:200],
        "tags": [profile.programme, language_names(profile.languages)],
        "state": "open",
        "state_text": begins,
    }


def _supervisor_row(profile: Any) -> dict[str, Any]:
    return {
        "url": profile.get_absolute_url(),
        "title": profile.user.get_full_name(),
        "kind": profile.institution.title,
        "text": profile.expertise[:200],
        "tags": [*level_names(profile.levels), language_names(profile.languages)],
        "state": "open" if profile.has_room else "waiting",
        "state_text": _("Has room") if profile.has_room else _("No room now"),
    }


STUDENTS = ListPage(
    "students",
    gettext_lazy("Students"),
    "theses:students",
    rows=_students,
    filters=StudentFilters,
    counted=ngettext_lazy("%(count)d student", "%(count)d students", "count"),
    page="theses/student_list.html",
    results="theses/_person_results.html",
    row=_student_row,
    above=(THESES,),
)
SUPERVISORS = ListPage(
    "supervisors",
    gettext_lazy("Supervisors"),
    "theses:supervisors",
    rows=_supervisors,
    filters=SupervisorFilters,
    counted=ngettext_lazy("%(count)d supervisor", "%(count)d supervisors", "count"),
    page="theses/supervisor_list.html",
    results="theses/_person_results.html",
    row=_supervisor_row,
    above=(THESES,),
)
