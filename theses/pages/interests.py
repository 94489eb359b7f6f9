"""What concerns students and supervisors: the fields and themes of their profiles."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.interests import Interest, Interests, Mine, Reason
from members.pages.interests import term_names
from members.pages.tagging import UNTOLD, tagging, term_tag
from theses.models import StudentProfile, SupervisorProfile, Thesis

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cluster_portal.core.interests import Tag

PROFILES = (
    ("supervisor-theme", SupervisorProfile, "terms"),
    ("student-theme", StudentProfile, "terms"),
    ("supervisor-field", SupervisorProfile, "education_fields"),
    ("student-field", StudentProfile, "education_fields"),
)


def of(people: list[Any]) -> Mapping[int, Mapping[Tag, Interest]]:
    found: defaultdict[int, Mine] = defaultdict(dict)
    for reason, model, name in PROFILES:
        rows = model._default_manager.filter(user__in=people, **{f"{name}__isnull": False})
        rows = rows.exclude(**{f"{name}__scheme__in": UNTOLD}).order_by()
        for user, term, scheme in rows.values_list("user", name, f"{name}__scheme"):
            found[user][term_tag(term, scheme)] = Interest(reason, str(term))
    return found


INTERESTS = Interests(
    "theses", of,
    {
        "student-field": Reason(50, _("Because you study: %(name)s"), term_names),
        "student-theme": Reason(
            48, _("Because your student profile has the theme: %(name)s"), term_names
        ),
        "supervisor-field": Reason(35, _("Because you supervise in: %(name)s"), term_names),
        "supervisor-theme": Reason(
            33, _("Because your supervisor profile has the theme: %(name)s"), term_names
        ),
    },
)  # fmt: skip
TAGGING = (tagging("theses", Thesis, "application__topic"),)
