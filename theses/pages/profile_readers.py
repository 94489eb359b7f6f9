"""Who can read a student's profile, named to the student: `StudentProfile.visible_to` in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from members.models import Affiliation, Coordinator, User
from members.models.affiliations import Role
from theses.models.profiles import Openness

if TYPE_CHECKING:
    from theses.models import StudentProfile


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
    posts = Affiliation.objects.confirmed().filter(role=Role.CONTACT, user__is_active=True)
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
