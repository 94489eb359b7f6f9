"""Ideas of events: posted, read by a coordinator, supported, and what they become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import Visibility, audience
from cluster_portal.notifications import outbox
from events.models import Event, Idea, Support
from events.models.events import UNPUBLISHED
from events.models.ideas import BECOMES, MOVES, Stage
from members.models import Cluster
from members.services.recipients import coordinators_of
from projects.services.projects import checked_reason

if TYPE_CHECKING:
    import uuid

    from django.db.models import Model

    from cluster_portal.core.visibility import Reader
    from members.models import User

MOST_OF_GUESTS = 30  # of one event
MOST_WAITING = 5  # of one person: more of them would keep others' from being read


@transaction.atomic
def propose_idea(
    title: str, text: str, *, by: User | None, form_key: uuid.UUID, event: Event | None
) -> Idea:
    """Waits for a coordinator; the same form makes one idea. `by=None` is a participant without an
    account, by the link of a letter."""
    known = made_by(Idea, form_key, author=by)
    if known is not None:
        return known
    cluster = event.home_cluster if event else _cluster_of(by)
    if cluster is None:
        raise Refused(_("Only members bring up ideas outside an event."))
    if event is not None and event.stage in UNPUBLISHED:
        raise Refused(_("The event has not been published yet."))
    waiting = Idea.objects.filter(author=by, stage=Stage.PROPOSED)
    if by is None:
        waiting = waiting.filter(event=event)
    if waiting.count() >= (MOST_WAITING if by else MOST_OF_GUESTS):
        raise Refused(_("Your earlier ideas wait to be read. Write more when they are published."))
    idea = Idea(
        form_key=form_key, title=title, text=text, author=by, event=event, home_cluster=cluster,
        visibility=event.visibility if event else Visibility.MEMBERS,
    )  # fmt: skip
    idea.save()
    entry = audit.record(idea, "idea proposed", by=by)
    outbox.post_to_all(
        "idea_proposed", to=coordinators_of([idea.home_cluster_id], but=by), key=str(entry.pk),
        about=idea,
    )  # fmt: skip
    return idea


def _cluster_of(user: User | None) -> Cluster | None:
    if user is None:
        return None
    return Cluster.objects.filter(pk__in=audience(user).member_clusters).order_by("pk").first()


@transaction.atomic
def move_idea(idea: Idea, action: str, *, by: User, reason: str = "") -> Idea:
    """Published, closed or hidden with a reason, or taken back by its author.

    The author is told of what others do. What is hidden was never published for those who ask;
    when it is published again, it stands where it was.
    """
    idea = Idea.objects.select_for_update().get(pk=idea.pk)
    move = MOVES.step(action, idea, by)
    reason = checked_reason(move, reason) or (_("Taken back") if action == "take_back" else "")
    idea.stage, idea.reason = Stage(move.target), reason
    if idea.stage == Stage.PUBLISHED:
        idea.published_at = idea.published_at or timezone.now()
        idea.stage = Stage.MOVED if idea.has_become else Stage.PUBLISHED
    elif action == "hide":
        idea.published_at = None
    idea.save(update_fields=["stage", "reason", "published_at", "updated_at"])
    entry = audit.record(idea, f"idea {action}", by=by, reason=reason)
    if idea.author and idea.author != by:
        outbox.post(
            "idea_moved", to=idea.author, key=str(entry.pk), about=idea,
            values={"stage": idea.stage, "reason": reason},
        )  # fmt: skip
    return idea


@transaction.atomic
def support_idea(idea: Idea, *, by: User, is_given: bool) -> None:
    """Given or taken back; twice is once."""
    idea = Idea.objects.select_for_update(no_key=True).get(pk=idea.pk)
    if idea.stage != Stage.PUBLISHED:
        raise Refused(_("This idea does not gather support any more."))
    if idea.author_id == by.pk:
        raise Refused(_("It is your own idea."))
    if is_given:
        Support.objects.get_or_create(idea=idea, user=by)
    else:
        Support.objects.filter(idea=idea, user=by).delete()


def may_take_on(idea: Idea, user: Reader) -> bool:
    """Who makes something else of it: its author and those who coordinate."""
    known = audience(user)
    return bool(known.is_admin or known.coordinates or idea.author_id == user.pk)


@transaction.atomic
def tie(public_id: str, made: Model, by: User) -> None:
    """What was made from the idea continues it; the first one is told as what it became."""
    idea = Idea.objects.visible_to(by).filter(public_id=public_id).first()
    if idea is None or not may_take_on(idea, by):
        return
    idea = Idea.objects.select_for_update().get(pk=idea.pk)
    field = next((name for name in BECOMES if _holds(name, made)), "")
    if not field or idea.has_become or idea.stage != Stage.PUBLISHED:
        return
    setattr(idea, field, made)
    idea.stage = Stage.MOVED
    idea.save(update_fields=[field, "stage", "updated_at"])
    entry = audit.record(idea, "idea went on", by=by, details={field: made.pk})
    if idea.author and idea.author != by:
        outbox.post(
            "idea_moved", to=idea.author, key=str(entry.pk), about=idea,
            values={"stage": Stage.MOVED, "reason": ""},
        )  # fmt: skip


def _holds(name: str, made: Model) -> bool:
    related: Any = Idea._meta.get_field(name).related_model
    return isinstance(made, related)
