"""Topics for a student, and topics that still lack a supervisor for one who has room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, prefetch_related_objects
from django.utils.translation import gettext as _

from theses.matching import constraints, lessons, reasons, wishes
from theses.matching.ranking import Match, Rarities, in_order
from theses.models import Topic, TopicTerm
from theses.models.choices import Language, Pay
from theses.pages.presentation import labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from theses.models import StudentProfile, SupervisorProfile

CARRIED = ("terms", "education_fields")


def topics_for(profile: StudentProfile, user: Reader, limit: int = 20) -> list[Match]:
    """Open topics that fit the student, best first; `user` is who reads the list."""
    prefetch_related_objects([profile], *CARRIED, "regions")
    wish = wish_of(profile, user)
    rarities = Rarities()
    ranked = ranked_for(profile, user, wish, limit, rarities)
    scores = dict(ranked)
    rare = rarities.of(wish.weights)
    found = {topic.pk: topic for topic in cards(scores)}
    hearer = _Hearer(is_herself=profile.user_id == user.pk)
    return [
        _match(profile, found[pk], scores[pk], wish, rare, hearer) for pk in scores if pk in found
    ]


def reasons_for(profile: StudentProfile, topic: Topic, user: Reader) -> list[str]:
    """Why one topic fits, for lists that know already that it does."""
    prefetch_related_objects([profile], *CARRIED, "regions")
    wish = wishes.of_student(profile)
    rare = Rarities().of(wish.weights)
    hearer = _Hearer(is_herself=profile.user_id == user.pk)
    return _match(profile, topic, 0.0, wish, rare, hearer).reasons


def ranked_for(
    profile: StudentProfile,
    user: Reader,
    wish: wishes.Wish,
    limit: int,
    rarities: Rarities | None = None,
) -> list[tuple[int, float]]:
    """Keys and scores only: what the night keeps."""
    regions = [term.pk for term in profile.regions.all()]
    possible = _to_be_seen(user).filter(
        constraints.of_student(profile, regions), constraints.not_taken_up(profile)
    )
    return in_order(possible, constraints.needs_of_student(profile, regions), wish, limit, rarities)


def _to_be_seen(user: Reader) -> QuerySet[Topic]:
    """Open topics that the reader may see and has not turned down."""
    refused = lessons.of_topics(user).values("topic")
    return Topic.objects.visible_to(user).open().exclude(pk__in=refused)


def wish_of(profile: StudentProfile, user: Reader) -> wishes.Wish:
    """What the student is after, and what her dismissals have taught."""
    wish = wishes.of_student(profile)
    lessons.teach_wish(wish, user)
    return wish


def cards(pks: Iterable[int]) -> QuerySet[Topic]:
    """Of topics that were found for the reader; their terms by key only."""
    themes = TopicTerm.objects.filter(topic=OuterRef("pk")).values("term_id")
    return Topic.objects.filter(pk__in=pks).for_cards().annotate(theme_ids=ArraySubquery(themes))


def _carried(topic: Any) -> reasons.Carried:
    if hasattr(topic, "theme_ids"):
        return reasons.Carried(frozenset(topic.theme_ids), frozenset(topic.field_ids))
    return reasons.Carried.by(topic)


def texts_of(topic: Topic) -> list[str]:
    """What a reason may quote of a topic: its page shows all of it."""
    return [
        *(topic.title, topic.title_sv, topic.title_en, ", ".join(topic.keywords)),
        *(topic.description, topic.summary_sv, topic.summary_en, topic.aim, topic.questions),
    ]


@dataclass(frozen=True)
class _Hearer:
    """Who reads the reasons: the person whom they are about, or a coordinator."""

    is_herself: bool

    def told(self, to_her: str, of_her: str) -> str:
        return to_her if self.is_herself else of_her

    def fields(self, labels: list[str]) -> str:
        said = self.told(
            _("Your field of education: %(fields)s"), _("Field of education: %(fields)s")
        )
        return said % {"fields": ", ".join(labels)}


def _match(
    profile: StudentProfile,
    topic: Topic,
    score: float,
    wish: wishes.Wish,
    rare: dict[str, float],
    hearer: _Hearer,
) -> Match:
    mine = [profile.interests, profile.programme]
    found = reasons.why(mine, texts_of(topic), wish.weights, rare)
    reasons.add_terms(found, reasons.Carried.by(profile), _carried(topic))
    told = reasons.shared(found)
    if found.fields:
        told.append(hearer.fields(found.fields))
    told += _circumstances(profile, topic, hearer)
    return Match(topic, score, told, _doubts(profile, topic, found))


def _circumstances(profile: StudentProfile, topic: Topic, hearer: _Hearer) -> list[str]:
    told = []
    regions = {term.pk for term in profile.regions.all()}
    if topic.region_id in regions:
        region = "".join(labels_of("region", [topic.region_id]))
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
    """Open topics without a supervisor in her field."""
    prefetch_related_objects([profile], *CARRIED)
    wish = wishes.of_supervisor(profile)
    lessons.teach_wish(wish, user)
    rarities = Rarities()
    possible = _to_be_seen(user).filter(constraints.of_supervisor(profile), supervisor=None)
    possible = possible.exclude(contact=profile.user_id)
    if wish.fields:
        possible = possible.filter(constraints.in_field_or_none(wish.fields))
    needs = constraints.needs_of_supervisor(profile)
    scores = dict(in_order(possible, needs, wish, limit, rarities))
    rare = rarities.of(wish.weights)
    found = {topic.pk: topic for topic in cards(scores)}
    hearer = _Hearer(is_herself=profile.user_id == user.pk)
    return [
        _offer(profile, found[pk], scores[pk], wish, rare, hearer) for pk in scores if pk in found
    ]


def _offer(
    profile: SupervisorProfile,
    topic: Any,
    score: float,
    wish: wishes.Wish,
    rare: dict[str, float],
    hearer: _Hearer,
) -> Match:
    found = reasons.why([profile.expertise, profile.methods], texts_of(topic), wish.weights, rare)
    reasons.add_terms(found, reasons.Carried.by(profile), _carried(topic))
    told = reasons.shared(found)
    if found.fields:
        told.append(hearer.fields(found.fields))
    return Match(topic, score, told)
