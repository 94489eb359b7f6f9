"""Topics for a student, and topics that still lack a supervisor for one who has room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _

from cluster_portal.core.visibility import Visibility, audience
from theses.matching import constraints, lessons, reasons, wishes
from theses.matching.ranking import Match, Rarities, in_order
from theses.models import Topic
from theses.models.choices import Language, Pay
from theses.presentation import labels_of

if TYPE_CHECKING:
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
    found = {topic.pk: topic for topic in cards(user, list(scores))}
    return [_match(profile, found[pk], scores[pk], wish, rare) for pk in scores if pk in found]


def reasons_for(profile: StudentProfile, topic: Topic, user: Reader) -> list[str]:
    """Why one topic fits, for lists that know already that it does."""
    prefetch_related_objects([profile], *CARRIED, "regions")
    wish = wishes.of_student(profile)
    rare = Rarities().of(wish.weights)
    return _match(profile, topic, 0.0, wish, rare).reasons


def ranked_for(
    profile: StudentProfile,
    user: Reader,
    wish: wishes.Wish,
    limit: int,
    rarities: Rarities | None = None,
) -> list[tuple[int, float]]:
    """Keys and scores only: what the night keeps."""
    regions = [term.pk for term in profile.regions.all()]
    fits = constraints.of_student(profile, regions)
    eligible = Topic.objects.open().filter(fits, _coarsely_seen(user))
    exact = Topic.objects.visible_to(user).filter(constraints.not_taken_up(profile))
    exact = exact.exclude(pk__in=lessons.of_topics(user).values("topic"))
    return in_order(eligible, exact, wish, limit, rarities)


def wish_of(profile: StudentProfile, user: Reader) -> wishes.Wish:
    """What the student is after, and what her dismissals have taught."""
    wish = wishes.of_student(profile)
    lessons.teach_wish(wish, user)
    return wish


def _coarsely_seen(user: Reader) -> Q:
    """What the reader may see by the columns of the index; `visible_to` has the last word."""
    known = audience(user)
    if known.is_admin:
        return Q()
    rungs = [Visibility.PUBLIC]
    rungs += [Visibility.ACCOUNTS] if known.user_id is not None else []
    rungs += [Visibility.MEMBERS] if known.is_member else []
    ours = known.member_clusters | known.coordinates
    return Q(visibility__in=rungs) | Q(home_cluster__in=ours) if ours else Q(visibility__in=rungs)


def cards(user: Reader, pks: list[int]) -> QuerySet[Topic]:
    rows = Topic.objects.visible_to(user).filter(pk__in=pks).for_cards()
    return rows.prefetch_related("terms", "education_fields")


def texts_of(topic: Topic) -> list[str]:
    """What a reason may quote of a topic: its page shows all of it."""
    return [
        *(topic.title, topic.title_sv, topic.title_en, ", ".join(topic.keywords)),
        *(topic.description, topic.summary_sv, topic.summary_en, topic.aim, topic.questions),
    ]


def _match(
    profile: StudentProfile, topic: Topic, score: float, wish: wishes.Wish, rare: dict[str, float]
) -> Match:
    mine = [profile.interests, profile.programme]
    found = reasons.why(mine, texts_of(topic), wish.weights, rare)
    reasons.add_terms(found, profile, topic)
    told = reasons.shared(found)
    if found.fields:
        told.append(_("Your field of education: %(fields)s") % {"fields": ", ".join(found.fields)})
    return Match(
        topic, score, told + _circumstances(profile, topic), _doubts(profile, topic, found)
    )


def _circumstances(profile: StudentProfile, topic: Topic) -> list[str]:
    told = []
    regions = {term.pk for term in profile.regions.all()}
    if topic.region_id in regions:
        region = "".join(labels_of("region", [topic.region_id]))
        told.append(_("In a region you named: %(region)s") % {"region": region})
    elif topic.is_remote and profile.is_remote and regions:
        told.append(_("Can be done remotely"))
    if profile.wants_pay and topic.pay == Pay.YES:
        told.append(_("Paid, as you wish"))
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
    eligible = Topic.objects.open().filter(
        constraints.of_supervisor_narrowly(profile), _coarsely_seen(user)
    )
    exact = Topic.objects.visible_to(user).filter(supervisor__isnull=True)
    exact = exact.exclude(contact=profile.user_id)
    exact = exact.exclude(pk__in=lessons.of_topics(user).values("topic"))
    if wish.fields:
        exact = exact.filter(constraints.in_field_or_none(wish.fields))
    scores = dict(in_order(eligible, exact, wish, limit, rarities))
    rare = rarities.of(wish.weights)
    found = {topic.pk: topic for topic in cards(user, list(scores))}
    return [_offer(profile, found[pk], scores[pk], wish, rare) for pk in scores if pk in found]


def _offer(
    profile: SupervisorProfile, topic: Any, score: float, wish: wishes.Wish, rare: dict[str, float]
) -> Match:
    found = reasons.why([profile.expertise, profile.methods], texts_of(topic), wish.weights, rare)
    reasons.add_terms(found, profile, topic)
    told = reasons.shared(found)
    if found.fields:
        told.append(_("Your field of education: %(fields)s") % {"fields": ", ".join(found.fields)})
    return Match(topic, score, told)
