"""Students who opened themselves, and supervisors with room, for one topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from theses.matching import constraints, lessons, reasons, student_index, wishes
from theses.matching.features import Bag, Features
from theses.matching.ranking import Match, Rarities
from theses.matching.topics import CARRIED, texts_of
from theses.models import StudentProfile, SupervisorProfile
from theses.pages.presentation import labels_of

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from theses.models import Topic

READ = 300  # profiles read for a topic on the spot, those opened or renewed last


def students_for(topic: Topic, user: Reader, limit: int = 10) -> list[Match]:
    """Students whose profile is open to the reader and who could take the topic on."""
    prefetch_related_objects([topic], *CARRIED)
    rows = StudentProfile.objects.visible_to(user).without_thesis()
    rows = rows.filter(constraints.of_topic(topic), constraints.not_approached(topic))
    rows = rows.filter(user__is_active=True).exclude(openness="private").exclude(user=user.pk)
    rows = rows.exclude(pk__in=lessons.of_people(topic, user, "student").values("student"))
    rows = rows.order_by("-opened_at", "-pk").distinct()
    taught = lessons.of_topic_taught(topic, user, "student")
    read = rows.filter(student_index.has_been_read())
    best = student_index.best(read, taught, _fields_of(topic), limit)
    best += list(rows.exclude(student_index.has_been_read()).values_list("pk", flat=True)[:READ])
    found = StudentProfile.objects.filter(pk__in=best).select_related("user", "school")
    found = found.prefetch_related("terms", "education_fields", "regions")
    return _ranked(topic, taught, list(found), wishes.of_student, _student, limit)


def supervisors_for(topic: Topic, user: Reader, limit: int = 10) -> list[Match]:
    """Supervisors shown to the reader, with a seat this term; none where there is one already."""
    if topic.supervisor_id is not None:
        return []
    prefetch_related_objects([topic], *CARRIED)
    fields = [term.pk for term in topic.education_fields.all()]
    rows = SupervisorProfile.objects.visible_to(user).filter(is_open=True, user__is_active=True)
    rows = rows.filter(constraints.supervisors_of(topic, fields), constraints.not_approached(topic))
    rows = rows.exclude(pk__in=lessons.of_people(topic, user, "supervisor").values("supervisor"))
    rows = rows.exclude(user=user.pk)
    rows = rows.select_related("user", "institution").order_by("-updated_at", "-pk")
    found = list(rows.prefetch_related("terms", "education_fields")[:READ])
    taught = lessons.of_topic_taught(topic, user, "supervisor") if found else {}
    return _ranked(topic, taught, found, wishes.of_supervisor, _supervisor, limit)


def _ranked(
    topic: Topic, features: Features, profiles: list[Any], wish_of: Any, tell: Any, limit: int
) -> list[Match]:
    """By content and field; among people the length of a profile is no merit."""
    if not profiles:
        return []
    fields = _fields_of(topic)
    rare = Rarities().of(features)
    scored = []
    for profile in profiles:
        wish = wish_of(profile)
        content = wishes.content_score(wish.weights, features, rare) / size_of(wish.weights)
        score = wishes.with_field(content, wish.fields, fields)
        if score > 0:
            scored.append((score, profile, wish))
    scored.sort(key=lambda row: (-row[0], row[1].pk))
    return [
        Match(profile, score, *tell(topic, profile, wish, rare))
        for score, profile, wish in scored[:limit]
    ]


def _fields_of(topic: Topic) -> frozenset[int]:
    return frozenset(term.pk for term in topic.education_fields.all())


def size_of(weights: Features) -> float:
    return max(1.0, sum(weight * weight for weight in weights.values()) ** 0.5 / 4)


def _student(
    topic: Topic, profile: StudentProfile, wish: wishes.Wish, rare: dict[str, float]
) -> tuple[list[str], list[str]]:
    theirs = [profile.interests, profile.programme]
    told, found = _common(topic, profile, theirs, wish.weights, rare)
    regions = {term.pk for term in profile.regions.all()}
    if topic.region_id in regions:
        region = "".join(labels_of("region", [topic.region_id]))
        told.append(_("Can work in the region: %(region)s") % {"region": region})
    elif topic.is_remote and profile.is_remote:
        told.append(_("Remote work suits"))
    return told, _doubts(found)


def _supervisor(
    topic: Topic, profile: SupervisorProfile, wish: wishes.Wish, rare: dict[str, float]
) -> tuple[list[str], list[str]]:
    theirs = [profile.expertise, profile.methods]
    told, found = _common(topic, profile, theirs, wish.weights, rare)
    told.append(_("Has room this term"))
    return told, _doubts(found)


def _common(
    topic: Topic, profile: Any, theirs: list[str], weights: Features, rare: dict[str, float]
) -> tuple[list[str], reasons.Why]:
    """Words are named as the person wrote them."""
    bag = Bag()
    for text in texts_of(topic):
        bag.add(text, 1.0)
    wanted = {name: weight for name, weight in weights.items() if name in bag.weights}
    found = reasons.why(texts_of(topic), theirs, wanted, rare)
    reasons.add_terms(found, reasons.Carried.by(topic), reasons.Carried.by(profile))
    told = reasons.shared(found)
    if found.fields:
        told.append(_("Field of education: %(fields)s") % {"fields": ", ".join(found.fields)})
    return told, found


def _doubts(found: reasons.Why) -> list[str]:
    fields = ", ".join(found.other_fields)
    return [_("Another field: %(fields)s") % {"fields": fields}] if fields else []
