"""Topics for a student, and topics that still lack a supervisor for one who has room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, prefetch_related_objects
from django.utils.translation import gettext as _

from cluster_portal.core.matching import reasons
from cluster_portal.core.matching.score import Corpus, Match, best
from cluster_portal.core.matching.stored import corpus
from cluster_portal.core.vocabulary import Scheme
from theses.matching import constraints, fields, lessons
from theses.models import Topic, TopicEducationField, TopicTerm
from theses.models.choices import Language, Pay

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from cluster_portal.core.matching.features import Features
    from cluster_portal.core.visibility import Reader
    from theses.models import StudentProfile, SupervisorProfile

CARRIED = ("terms", "education_fields")
SPARE = 2  # times as many are looked at as are shown: some have no reason to be told


def topics_for(
    profile: StudentProfile, user: Reader, limit: int = 20, of_open: Corpus | None = None
) -> list[Match]:
    """Open topics that fit the student and why, best first; `user` is who reads the list.

    `of_open` has been read once for many students (`corpus_of_open`).
    """
    prefetch_related_objects([profile], *CARRIED, "regions")
    wish = wish_of(profile, user)
    topics = of_open or corpus(possible_for(profile, user), wish)
    scores = topics.scores(wish)
    if of_open:
        possible = set(possible_for(profile, user).order_by().values_list("pk", flat=True))
        scores = {pk: score for pk, score in scores.items() if pk in possible}
    scores = dict(best(_with_fields(profile, scores), SPARE * limit))
    rare = topics.rarities(wish)
    found = {topic.pk: topic for topic in cards(scores)}
    hearer = _Hearer(is_self=profile.user_id == user.pk)
    matches = [
        _match(profile, found[pk], scores[pk], wish, rare, hearer) for pk in scores if pk in found
    ]
    return [match for match in matches if match.has_reason][:limit]


def fit_of(profile: StudentProfile, topic: Topic, user: Reader) -> Match:
    """Why one topic fits, for lists that have its score already."""
    prefetch_related_objects([profile], *CARRIED, "regions")
    wish = profile.match_features()
    hearer = _Hearer(is_self=profile.user_id == user.pk)
    return _match(profile, topic, 0.0, wish, dict.fromkeys(wish, 1.0), hearer)


def _with_fields(profile: StudentProfile | SupervisorProfile, scores: dict[int, float]) -> Any:
    mine = frozenset(term.pk for term in profile.education_fields.all())
    links = TopicEducationField.objects.filter(topic__in=list(scores))
    return fields.weighed(scores, mine, fields.of(links, "topic"))


def possible_for(profile: StudentProfile, user: Reader) -> QuerySet[Topic]:
    regions = [term.pk for term in profile.regions.all()]
    return _to_be_seen(user).filter(
        constraints.of_student(profile, regions), constraints.not_taken_up(profile)
    )


def corpus_of_open() -> Corpus:
    """Of all open topics: for many students at once, each of whom is asked what is possible."""
    return corpus(Topic.objects.open())


def _to_be_seen(user: Reader) -> QuerySet[Topic]:
    """Open topics that the reader may see and has not turned down."""
    refused = lessons.of_topics(user).values("topic")
    return Topic.objects.visible_to(user).open().exclude(pk__in=refused)


def wish_of(profile: StudentProfile, user: Reader) -> Features:
    """What the student is after, and what the reader's dismissals have taught."""
    return lessons.taught_wish(profile.match_features(), user)


def cards(pks: Iterable[int]) -> QuerySet[Topic]:
    """Of topics that were found for the reader; their terms by key only."""
    themes = TopicTerm.objects.filter(topic=OuterRef("pk")).values("term_id")
    return Topic.objects.filter(pk__in=pks).for_cards().annotate(theme_ids=ArraySubquery(themes))


def _carried(topic: Any) -> reasons.Carried:
    if hasattr(topic, "theme_ids"):
        return reasons.Carried(frozenset(topic.theme_ids), frozenset(topic.field_ids))
    return reasons.Carried.by(topic)


def texts_of(topic: Topic) -> list[str]:
    """What a reason may quote of a topic: its page shows all of it in the reader's language."""
    return [
        *(topic.heading, ", ".join(topic.keywords), topic.summary),
        *(topic.description, topic.aim, topic.questions),
    ]


@dataclass(frozen=True)
class _Hearer:
    """Who reads the reasons: the person whom they are about, or a coordinator."""

    is_self: bool

    def told(self, to_self: str, of_other: str) -> str:
        return to_self if self.is_self else of_other

    def fields(self, labels: list[str]) -> str:
        said = self.told(
            _("Your field of education: %(fields)s"), _("Field of education: %(fields)s")
        )
        return said % {"fields": ", ".join(labels)}


def _match(
    profile: StudentProfile,
    topic: Topic,
    score: float,
    wish: Features,
    rare: dict[str, float],
    hearer: _Hearer,
) -> Match:
    mine = [profile.interests, profile.programme]
    found = reasons.why(mine, texts_of(topic), wish, rare)
    reasons.add_terms(found, reasons.Carried.by(profile), _carried(topic))
    told = reasons.shared(found)
    if found.fields:
        told.append(hearer.fields(found.fields))
    told += _circumstances(profile, topic, hearer)
    return Match(topic, score, told, _doubts(profile, topic, found), found.is_reason)


def _circumstances(profile: StudentProfile, topic: Topic, hearer: _Hearer) -> list[str]:
    told = []
    regions = {term.pk for term in profile.regions.all()}
    if topic.region_id in regions:
        region = "".join(reasons.labels(Scheme.REGION, [topic.region_id]))
        said = hearer.told(
            _("In a region you named: %(region)s"), _("In a named region: %(region)s")
        )
        told.append(said % {"region": region})
    elif topic.is_remote and profile.is_remote and regions:
        told.append(_("Can be done remotely"))
    if profile.wants_pay and topic.pay == Pay.YES:
        told.append(hearer.told(_("Paid, as you wish"), _("Paid, as is wished")))
    if len(profile.languages) == 1 and profile.languages[0] in topic.languages:
        language = Language(profile.languages[0]).label
        told.append(_("The language of the thesis can be %(language)s") % {"language": language})
    return told


def _doubts(profile: StudentProfile, topic: Topic, found: reasons.Why) -> list[str]:
    told = []
    if found.other_fields:
        fields = ", ".join(found.other_fields)
        told.append(_("Meant for another field: %(fields)s") % {"fields": fields})
    if profile.wants_pay and topic.pay == Pay.AGREED:
        told.append(_("Whether it is paid is agreed on separately"))
    return told


def topics_to_supervise(profile: SupervisorProfile, user: Reader, limit: int = 10) -> list[Match]:
    """Open topics without a supervisor in the profile's field."""
    prefetch_related_objects([profile], *CARRIED)
    wish = lessons.taught_wish(profile.match_features(), user)
    possible = _to_be_seen(user).filter(constraints.of_supervisor(profile), supervisor=None)
    possible = possible.exclude(contact=profile.user_id)
    if mine := [term.pk for term in profile.education_fields.all()]:
        possible = possible.filter(constraints.in_field_or_none(mine))
    topics = corpus(possible, wish)
    scores = dict(best(_with_fields(profile, topics.scores(wish)), SPARE * limit))
    rare = topics.rarities(wish)
    found = {topic.pk: topic for topic in cards(scores)}
    hearer = _Hearer(is_self=profile.user_id == user.pk)
    matches = [
        _offer(profile, found[pk], scores[pk], wish, rare, hearer) for pk in scores if pk in found
    ]
    return [match for match in matches if match.has_reason][:limit]


def _offer(
    profile: SupervisorProfile,
    topic: Topic,
    score: float,
    wish: Features,
    rare: dict[str, float],
    hearer: _Hearer,
) -> Match:
    found = reasons.why([profile.expertise, profile.methods], texts_of(topic), wish, rare)
    reasons.add_terms(found, reasons.Carried.by(profile), _carried(topic))
    told = reasons.shared(found)
    if found.fields:
        told.append(hearer.fields(found.fields))
    return Match(topic, score, told, has_reason=found.is_reason)
