"""Which school's guide a reader of a topic or thesis needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from theses.models import SchoolGuide, StudentProfile

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from theses.models import Thesis, Topic


def of_thesis(thesis: Thesis) -> SchoolGuide | None:
    """What the student's own school asks; of the topic's school where she has named none."""
    profile = getattr(thesis.application.student, "student_profile", None)
    school = (profile.school_id if profile else None) or thesis.topic.school_id
    return SchoolGuide.objects.select_related("school").filter(school=school).first()


def of_topic(topic: Topic, user: Reader) -> SchoolGuide | None:
    """Of the school whose students the topic is for, else of the reader's own."""
    if topic.school is not None:
        return getattr(topic.school, "thesis_guide", None)
    hers = StudentProfile.objects.editable_by(user).exclude(school=None).values("school")
    return SchoolGuide.objects.select_related("school").filter(school__in=hers).first()
