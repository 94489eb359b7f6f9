"""A topic's way from draft to finished thesis."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.core.text import cleaning
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import saved_searches
from cluster_portal.notifications.services import following
from theses.models import Application, Place, Thesis, Topic, TopicEducationField, TopicTerm
from theses.models import applications as applying
from theses.models import works as work
from theses.models.choices import TAKEN, Stage
from theses.models.topic_workflow import MOVES, TEXTS
from theses.models.topics import RESERVED_SLUGS
from theses.services import closing
from theses.services.links import set_links, set_terms
from theses.services.parties import coordinators, locked, offerers, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import Model

    from cluster_portal.core.vocabulary import Term
    from members.models import User

    Links = dict[str, Model | None]

SHORTEST_RENEWAL, LONGEST_RENEWAL = 30, 365  # days


def free_slug(title: str) -> str:
    """An address made of the title that no topic has yet."""
    return cleaning.free_slug(Topic.objects.all(), title, empty="aihe", reserved=RESERVED_SLUGS)


@transaction.atomic
def create_topic(
    topic: Topic,
    *,
    by: User | None,
    fields: Iterable[Term] = (),
    terms: Iterable[Term] = (),
    places: int = 1,
    links: Links | None = None,
) -> Topic:
    """Stores a draft with its places. An address taken meanwhile by another makes a second try."""
    topic.slug = topic.slug or free_slug(topic.title)
    try:
        with transaction.atomic():
            topic.save(force_insert=True)
    except IntegrityError:
        topic.slug = free_slug(topic.title)
        topic.save(force_insert=True)
    set_terms(TopicEducationField, fields, topic=topic)
    set_terms(TopicTerm, terms, topic=topic)
    set_places(topic, places)
    set_links(topic, links or {})
    search.reindex(topic)
    audit.record(topic, "created", by=by)
    return topic


def offer_topic(values: dict[str, Any], *, by: User, **parts: Any) -> Topic:
    """A draft of one who speaks for the organisation, and becomes the topic's contact person."""
    organisation, cluster = values["organisation"], values["home_cluster"]
    known = audience(by)
    is_ours = known.is_admin or organisation.pk in known.edits or cluster.pk in known.coordinates
    if not is_ours:
        raise Refused(_("You cannot offer topics for this organisation."))
    topic = Topic(**{"publicity_accepted_at": timezone.now(), **values}, contact=by)
    return create_topic(topic, by=by, **parts)


@transaction.atomic
def edit_topic(
    topic: Topic,
    values: dict[str, Any],
    *,
    by: User | None,
    seen: str = "",
    **parts: Any,
) -> tuple[str, ...]:
    """Sets what differs; returns the names of what changed. A published text gets a new version.

    `parts` are `fields`, `terms`, `places` and `links`, each left alone when it is not given.
    `seen` is the `stamp` of what the editor saw; another's change since is not lost.
    """
    topic = locked(topic)
    if seen and seen != topic.stamp:
        raise Overtaken
    changed = [name for name, value in values.items() if getattr(topic, name) != value]
    seen_by = audit.change(
        visibility=(topic.visibility, values.get("visibility", topic.visibility))
    )
    for name in changed:
        setattr(topic, name, values[name])
    is_new_version = topic.published_at and set(changed) & set(TEXTS)
    if is_new_version:
        topic.version += 1
    changed += [name for name, value in parts.items() if _set_part(topic, name, value)]
    if not changed:
        return ()
    topic.save()
    search.reindex(topic)
    details = {"changed": changed, "version": topic.version, **seen_by}
    audit.record(topic, "edited", by=by, details=details)
    if topic.stage == Stage.OPEN:
        saved_searches.published("topics", topic.pk, since=topic.published_at)
    return tuple(changed)


def _set_part(topic: Topic, name: str, value: object) -> bool:
    if value is None:
        return False
    setters: dict[str, Callable[[Topic, Any], bool]] = {
        "fields": lambda topic, terms: set_terms(TopicEducationField, terms, topic=topic),
        "terms": lambda topic, terms: set_terms(TopicTerm, terms, topic=topic),
        "places": set_places,
        "links": set_links,
    }
    has_changed = setters[name](topic, value)
    if has_changed and name == "places":
        reopen_if_room(topic)
    return has_changed


def set_places(topic: Topic, count: int) -> bool:
    """Under the topic's lock. Places go from the end; one that a student holds stays."""
    places = list(Place.objects.filter(topic=topic).order_by("number"))
    spare = places[count:]
    if Application.objects.filter(place__in=spare).exists():
        raise Refused(_("A place that has been given to a student cannot be taken away."))
    Place.objects.filter(pk__in=[place.pk for place in spare]).delete()
    Place.objects.bulk_create(
        Place(topic=topic, number=number) for number in range(len(places) + 1, count + 1)
    )
    return len(places) != count


def reopen_if_room(topic: Topic) -> None:
    """A reserved topic that got another place takes applications again; saving is the caller's."""
    if topic.stage == Stage.RESERVED and free_places(topic):
        topic.stage = Stage.OPEN
        saved_searches.published("topics", topic.pk)


# A topic is as far as the last of its theses.
_BEHIND = (
    (work.Stage.SEEKING, Stage.RESERVED),
    (work.Stage.MATCHED, Stage.RESERVED),
    (work.Stage.AGREED, Stage.AGREED),
    (work.Stage.IN_PROGRESS, Stage.IN_PROGRESS),
    (work.Stage.INTERRUPTED, Stage.IN_PROGRESS),
    (work.Stage.FINISHED, Stage.FINISHED),
)


def follow_theses(topic: Topic, *, by: User | None) -> None:
    """Under the topic's lock: open while a place is free, else where its last thesis stands."""
    if topic.stage != Stage.OPEN and topic.stage not in TAKEN:
        return
    stages = set(
        Thesis.objects.filter(application__topic=topic)
        .exclude(stage=work.Stage.ENDED)
        .values_list("stage", flat=True)
    )
    reached = next((step for stage, step in _BEHIND if stage in stages), Stage.OPEN)
    stage = Stage.OPEN if free_places(topic) else reached
    if stage != topic.stage:
        topic.stage = stage
        topic.save(update_fields=["stage", "updated_at"])
        entry = audit.record(topic, str(stage), by=by)
        following.tell(topic, "moved", key=str(entry.pk), by=by)
        if stage == Stage.OPEN:
            saved_searches.published("topics", topic.pk)


def free_places(topic: Topic) -> list[Place]:
    held = Application.objects.filter(stage__in=applying.HOLDS_A_PLACE, topic=topic)
    return list(Place.objects.filter(topic=topic).exclude(pk__in=held.values("place")))


@transaction.atomic
def move_topic(
    topic: Topic, action: str, *, by: User, reason: str = "", details: dict[str, Any] | None = None
) -> Topic:
    """Takes one step of the table, and tells those whom it concerns.

    Where the cluster does not review topics, sending one in opens it at once.
    """
    topic = locked(topic)
    move = MOVES.step(action, topic, by)
    reason = reason.strip()
    if move.needs_reason and not reason:
        raise Refused(_("Give a reason."))
    if action == "renew":
        topic.closes_on = renewed_until(topic)
    stage = Stage(move.target)
    if stage == Stage.IN_REVIEW and not topic.home_cluster.reviews_topics:
        action, stage = "publish", Stage.OPEN
    _enter(topic, stage, reason)
    topic.save()
    entry = audit.record(topic, action, by=by, reason=reason, details=details)
    following.tell(topic, "moved", key=str(entry.pk), by=by)
    _CONSEQUENCES.get(action, _nothing)(topic, by, reason, entry)
    return topic


def publish_topic(topic: Topic, *, by: User) -> Topic:
    return move_topic(topic, "publish", by=by)


def withdraw_topic(topic: Topic, *, by: User, reason: str = "", why: str = "") -> Topic:
    """`why` is one of `closing.Why`; every applicant gets it in the own language."""
    said = closing.reason_in_words(why, reason)
    details = {"why": why, "words": reason.strip()}
    return move_topic(topic, "withdraw", by=by, reason=said, details=details)


@transaction.atomic
def withdraw_left_topic(topic: Topic, *, by: User, why: str) -> Topic:
    """The topic of who leaves the portal, even where the right to it has ended with the school."""
    topic = locked(topic)
    if topic.stage in MOVES.moves["withdraw"].sources:
        reason = closing.reason_in_words(why, "")
        details: dict[str, object] = {"why": why, "words": ""}
        _enter(topic, Stage.WITHDRAWN, reason)
        topic.save()
        entry = audit.record(topic, "withdraw", by=by, reason=reason, details=details)
        following.tell(topic, "moved", key=str(entry.pk), by=by)
        _CONSEQUENCES["withdraw"](topic, by, reason, entry)
    return topic


def renewed_until(topic: Topic) -> datetime.date | None:
    """The new last day to apply: as long from today as it was open before, never sooner.

    None, for a year at a time, where the topic has none.
    """
    if topic.closes_on is None:
        return None
    opened = topic.renewed_at or topic.published_at or topic.created_at
    span = (topic.closes_on - timezone.localdate(opened)).days
    days = min(max(span, SHORTEST_RENEWAL), LONGEST_RENEWAL)
    return max(topic.closes_on, timezone.localdate() + datetime.timedelta(days=days))


def _enter(topic: Topic, stage: Stage, reason: str) -> None:
    if stage in {Stage.IN_REVIEW, Stage.OPEN}:
        _refuse_unready(topic)
    if stage == Stage.OPEN:
        now = timezone.now()
        topic.renewed_at = now if topic.published_at else None
        topic.published_at = topic.published_at or now
        saved_searches.published("topics", topic.pk, since=now)
    if stage == Stage.WITHDRAWN:
        topic.closing_reason = reason
    topic.stage = stage


def _refuse_unready(topic: Topic) -> None:
    """A draft may be stored half filled in; what is shown to students is whole."""
    if topic.publicity_accepted_at is None:
        raise Refused(_("Accept first, in the form, that a finished thesis is public."))
    if not topic.levels:
        raise Refused(_("Choose at least one level."))
    if not topic.description.strip():
        raise Refused(_("Describe first what the topic is about."))
    if not topic.languages:
        raise Refused(_("Choose at least one language of the thesis."))
    if topic.has_closed:
        raise Refused(_("The last day to apply has passed. Choose a later day first."))


def _nothing(topic: Topic, by: User, reason: str, entry: audit.AuditEntry) -> None:
    return None


def _after_submit(topic: Topic, by: User, reason: str, entry: audit.AuditEntry) -> None:
    tell("topic_submitted", coordinators(topic), entry, topic, but=by)


def _after_publish(topic: Topic, by: User, reason: str, entry: audit.AuditEntry) -> None:
    tell("topic_published", offerers(topic), entry, topic, but=by)


def _after_send_back(topic: Topic, by: User, reason: str, entry: audit.AuditEntry) -> None:
    tell("topic_returned", offerers(topic), entry, topic, but=by, reason=reason)


def _after_withdraw(topic: Topic, by: User, reason: str, entry: audit.AuditEntry) -> None:
    """Every pending applicant and approach gets an answer with the reason, in its language."""
    why, words = str(entry.details.get("why", "")), str(entry.details.get("words", reason))
    closing.answer_everyone(topic, by=by, why=why, words=words)


_CONSEQUENCES = {
    "submit": _after_submit,
    "publish": _after_publish,
    "send_back": _after_send_back,
    "withdraw": _after_withdraw,
}


@transaction.atomic
def expire_overdue() -> int:
    """Closes open topics whose time is over; the commissioner is told. Returns how many."""
    overdue = Topic.objects.overdue().select_for_update(skip_locked=True, no_key=True, of=("self",))
    topics = list(overdue[:500])
    for topic in topics:
        topic.stage = Stage.EXPIRED
        topic.save(update_fields=["stage", "updated_at"])
        entry = audit.record(topic, "expired", by=None)
        following.tell(topic, "moved", key=str(entry.pk))
        tell("topic_expired", offerers(topic), entry, topic, until=str(topic.expires_on))
    return len(topics)
