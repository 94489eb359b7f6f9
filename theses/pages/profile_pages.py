"""What the pages of profiles show. Words and rows; every query starts from what may be seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core.lists import ListPage
from members.models import Affiliation, Coordinator, Organisation, User
from theses.filters import StudentFilters, SupervisorFilters
from theses.forms.profiles import InvitationForm
from theses.models import StudentProfile, SupervisorProfile, SupervisorSeats, Topic
from theses.models.approaches import Kind
from theses.models.choices import Language, Level, Stage
from theses.models.profiles import Openness
from theses.models.terms import coming_terms
from theses.pages.presentation import trail

if TYPE_CHECKING:
    import datetime

    from cluster_portal.core.visibility import Reader
    from theses.forms.texts import CleanText


def mine(user: Reader) -> dict[str, Any]:
    """My profiles and whom the student's one is open to."""
    student = StudentProfile.objects.editable_by(user).select_related("school").first()
    supervisor = SupervisorProfile.objects.editable_by(user).select_related("institution").first()
    context: dict[str, Any] = {
        "trail": trail(_("My profile")),
        "student": student,
        "supervisor": supervisor,
        "student_facts": student_facts(student) if student else [],
        "supervisor_facts": supervisor_facts(supervisor) if supervisor else [],
    }
    if student is not None:
        let_in = list(student.opened_to.order_by("name"))
        others = Organisation.objects.visible_to(user).members().order_by("name")
        context |= {
            "openness": [
                {"value": value, "label": label, "chosen": value == student.openness}
                for value, label in Openness.choices
            ],
            "let_in": let_in,
            "choosable": others.exclude(pk__in=[one.pk for one in let_in])[:500],
            "is_private": student.openness == Openness.PRIVATE,
            "readings": readers_of(student),
        }
    return context


def form_page(form: CleanText | None, name: str) -> dict[str, Any]:
    way = trail((_("My profile"), reverse("theses:profile")), name)
    return {"trail": way, "form": form, "name": name}


def student(
    profile: StudentProfile, user: Reader, form: InvitationForm | None = None
) -> dict[str, Any]:
    name, is_mine = profile.user.get_full_name(), profile.user_id == user.pk
    return {
        "trail": trail((_("Students"), reverse("theses:students")), name),
        "profile": profile,
        "name": name,
        "facts": student_facts(profile),
        "is_mine": is_mine,
        "readings": readers_of(profile) if is_mine else [],
        **_invitation(user, profile.user_id, Kind.INVITE_STUDENT, form),
    }


def supervisor(
    profile: SupervisorProfile, user: Reader, form: InvitationForm | None = None
) -> dict[str, Any]:
    name = profile.user.get_full_name()
    return {
        "trail": trail((_("Supervisors"), reverse("theses:supervisors")), name),
        "profile": profile,
        "name": name,
        "facts": supervisor_facts(profile),
        "is_mine": profile.user_id == user.pk,
        **_invitation(user, profile.user_id, Kind.INVITE_SUPERVISOR, form),
    }


def invitable(topics: Any, kind: str) -> Any:
    """The topics that somebody can be invited to: open, or without a supervisor yet."""
    if kind == Kind.INVITE_STUDENT:
        return topics.open().order_by("title")
    lacking = topics.filter(stage__in=[Stage.OPEN, Stage.RESERVED], supervisor=None)
    return lacking.order_by("title")


def _invitation(user: Reader, to: int, kind: Kind, form: InvitationForm | None) -> dict[str, Any]:
    """A form for those who have a topic to invite to."""
    if form is not None:
        return {"form": form}
    if not user.is_authenticated or user.pk == to:
        return {"form": None}
    topics = invitable(Topic.objects.editable_by(user), kind)
    return {"form": InvitationForm(topics=topics) if topics.exists() else None}


def student_facts(profile: StudentProfile) -> list[dict[str, Any]]:
    regions = [term.label for term in profile.regions.all()]
    places = ", ".join(regions) or _("Any region")
    if profile.is_remote:
        places = _("%(place)s or remote") % {"place": places}
    return [
        {"name": _("Level"), "value": profile.get_level_display()},
        {"name": _("Educational institution"), "value": profile.school_title},
        {"name": _("Study programme"), "value": profile.programme},
        {"name": _("Fields of education"), "value": _labels(profile.education_fields)},
        {"name": _("Themes"), "value": _labels(profile.terms)},
        {"name": _("Languages"), "value": capfirst(language_names(profile.languages))},
        {"name": _("Place"), "value": places},
        {"name": _("Pay"), "value": _("Only paid work") if profile.wants_pay else ""},
        {"name": _("Can begin"), "value": day_text(profile.available_from)},
        {"name": _("Ready by"), "value": day_text(profile.available_until)},
    ]


def supervisor_facts(profile: SupervisorProfile) -> list[dict[str, Any]]:
    institution = profile.institution
    return [
        {
            "name": _("Institution"),
            "value": institution.title,
            "url": institution.get_absolute_url(),
        },
        {"name": _("Levels"), "value": ", ".join(level_names(profile.levels))},
        {"name": _("Fields of education"), "value": _labels(profile.education_fields)},
        {"name": _("Themes"), "value": _labels(profile.terms)},
        {"name": _("Languages"), "value": capfirst(language_names(profile.languages))},
        {"name": _("Room for theses"), "value": ", ".join(_rooms(profile))},
    ]


def _rooms(profile: SupervisorProfile) -> list[str]:
    terms = set(coming_terms())
    words = _("%(term)s: %(free)d of %(capacity)d free")
    return [
        words % {"term": str(row).lower(), "free": row.free, "capacity": row.capacity}
        for row in profile.seats.all()
        if (row.year, row.half) in terms
    ]


def _labels(terms: Any) -> str:
    return ", ".join(term.label for term in terms.all())


def level_names(levels: list[str]) -> list[str]:
    return [str(Level(level).label) for level in levels]


def language_names(languages: list[str]) -> str:
    return ", ".join(str(Language(language).label) for language in languages)


def day_text(day: datetime.date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


@dataclass(frozen=True)
class Reading:
    """Some who can read a profile, with their names where they can be counted."""

    who: str
    names: list[str] = field(default_factory=list)


def readers_of(profile: StudentProfile) -> list[Reading]:
    """Nobody, while the profile is private."""
    if profile.openness == Openness.PRIVATE:
        return []
    if profile.openness == Openness.CHOSEN:
        found = _contacts_of_chosen(profile)
    else:
        found = [
            Reading(_("Contact persons of all organisations")),
            Reading(_("All supervisors in the list of supervisors")),
            Reading(_("Coordinators of the clusters"), _coordinators()),
        ]
    administrators = User.objects.filter(is_superuser=True, is_active=True)
    return [*found, Reading(_("Administrator of the service"), list(map(str, administrators)))]


def _contacts_of_chosen(profile: StudentProfile) -> list[Reading]:
    posts = Affiliation.objects.contacts()
    contacts = Prefetch("affiliations", posts.select_related("user"), to_attr="contact_posts")
    return [
        Reading(
            _("Contact persons of %(organisation)s") % {"organisation": organisation.title},
            [str(post.user) for post in organisation.contact_posts],  # type: ignore[attr-defined]
        )
        for organisation in profile.opened_to.prefetch_related(contacts).order_by("sort_name")
    ]


def _coordinators() -> list[str]:
    posts = Coordinator.objects.current().filter(user__is_active=True)
    people = User.objects.filter(coordinatorships__in=posts).distinct().order_by("sort_name")
    return list(map(str, people))


THESES = (gettext_lazy("Theses"), "theses:list")


def _students(user: Reader) -> Any:
    """Open to the reader, and still without a thesis."""
    visible = StudentProfile.objects.visible_to(user).exclude(user=user.pk)
    return visible.without_thesis().select_related("user", "school")


def _supervisors(user: Reader) -> Any:
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
    results="components/results_rows.html",
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
    results="components/results_rows.html",
    row=_supervisor_row,
    above=(THESES,),
)
