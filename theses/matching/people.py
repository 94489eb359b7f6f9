"""Students who opened themselves, and supervisors with room, for one topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from cluster_portal.core.matching import reasons
from cluster_portal.core.matching.features import Bag
from cluster_portal.core.matching.score import Match, best
from cluster_portal.core.matching.stored import corpus
from cluster_portal.core.vocabulary import Scheme
from theses.matching import constraints, fields, lessons
from theses.matching.topics import CARRIED, SPARE, texts_of
from theses.models import StudentField, StudentProfile, SupervisorField, SupervisorProfile

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.matching.features import Features
    from cluster_portal.core.visibility import Reader
    from theses.models import Topic


def students_for(topic: Topic, user: Reader, limit: int = 10) -> list[Match]:
    """Students whose profile is open to the reader and who could take the topic on."""
    prefetch_related_objects([topic], *CARRIED)
    rows = StudentProfile.objects.visible_to(user).without_thesis()
    rows = rows.filter(constraints.of_topic(topic), constraints.not_approached(topic))
    rows = rows.filter(user__is_active=True).exclude(openness="private").exclude(user=user.pk)
    rows = rows.exclude(pk__in=lessons.of_people(topic, user, "student").values("student"))
    ranked = _ranked(topic, user, "student", rows.distinct(), SPARE * limit)
    found = StudentProfile.objects.filter(pk__in=ranked).select_related("user", "school")
    found = found.prefetch_related("terms", "education_fields", "regions")
    return _told(topic, found, ranked, _student)[:limit]


def supervisors_for(topic: Topic, user: Reader, limit: int = 10) -> list[Match]:
    """Supervisors shown to the reader, with a seat this term; none where there is one already."""
    if topic.supervisor_id is not None:
        return []
    prefetch_related_objects([topic], *CARRIED)
    mine = [term.pk for term in topic.education_fields.all()]
    rows = SupervisorProfile.objects.visible_to(user).filter(is_open=True, user__is_active=True)
    rows = rows.filter(constraints.supervisors_of(topic, mine), constraints.not_approached(topic))
    rows = rows.exclude(pk__in=lessons.of_people(topic, user, "supervisor").values("supervisor"))
    ranked = _ranked(topic, user, "supervisor", rows.exclude(user=user.pk), SPARE * limit)
    found = SupervisorProfile.objects.filter(pk__in=ranked).select_related("user", "institution")
    found = found.prefetch_related("terms", "education_fields")
    return _told(topic, found, ranked, _supervisor)[:limit]


def _ranked(
    topic: Topic, user: Reader, who: str, rows: QuerySet[Any], limit: int
) -> dict[int, float]:
    """Scores by key, best first: by content and field; the length of a profile is no merit."""
    wanted = lessons.taught_topic(topic, user, who)
    scores = corpus(rows, wanted).scores(wanted)
    mine = frozenset(term.pk for term in topic.education_fields.all())
    links: Any = StudentField.objects if who == "student" else SupervisorField.objects
    theirs = fields.of(links.filter(profile__in=list(scores)), "profile")
    return dict(best(fields.weighed(scores, mine, theirs), limit))


def _told(topic: Topic, found: Any, ranked: dict[int, float], tell: Any) -> list[Match]:
    """With reasons, and only those that have a reason."""
    people = {person.pk: person for person in found}
    wanted = _in_text(topic)
    matches = [tell(topic, people[pk], ranked[pk], wanted) for pk in ranked if pk in people]
    return [match for match in matches if match.has_reason]


def _in_text(topic: Topic) -> Bag:
    bag = Bag()
    for text in texts_of(topic):
        bag.add(text, 1.0)
    return bag


def _student(topic: Topic, profile: StudentProfile, score: float, wanted: Bag) -> Match:
    told, found = _common(topic, profile, [profile.interests, profile.programme], wanted)
    regions = {term.pk for term in profile.regions.all()}
    if topic.region_id in regions:
        region = "".join(reasons.labels(Scheme.REGION, [topic.region_id]))
        told.append(_("Can work in the region: %(region)s") % {"region": region})
    elif topic.is_remote and profile.is_remote:
        told.append(_("Remote work suits"))
    return Match(profile, score, told, _doubts(found), found.is_reason)


def _supervisor(topic: Topic, profile: SupervisorProfile, score: float, wanted: Bag) -> Match:
    told, found = _common(topic, profile, [profile.expertise, profile.methods], wanted)
    told.append(_("Has room this term"))
    return Match(profile, score, told, _doubts(found), found.is_reason)


def _common(
    topic: Topic, profile: Any, theirs: list[str], wanted: Bag
) -> tuple[list[str], reasons.Why]:
    """Words are named as the person wrote them."""
    weights: Features = {
        name: weight for name, weight in profile.match_features().items() if name in wanted.weights
    }
    found = reasons.why(texts_of(topic), theirs, weights, dict.fromkeys(weights, 1.0))
    reasons.add_terms(found, reasons.Carried.by(topic), reasons.Carried.by(profile))
    told = reasons.shared(found)
    if found.fields:
        told.append(_("Field of education: %(fields)s") % {"fields": ", ".join(found.fields)})
    return told, found


def _doubts(found: reasons.Why) -> list[str]:
    shown = ", ".join(found.other_fields)
    return [_("Another field: %(fields)s") % {"fields": shown}] if shown else []
