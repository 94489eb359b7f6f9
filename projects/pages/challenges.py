"""A challenge's page and card, as plain values for the templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cluster_portal.core import origin
from cluster_portal.core.visibility import Visibility, audience
from members.models import Organisation
from projects.models import Challenge
from projects.models.challenges import Stage, waits_for
from projects.models.shared import Scope

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader

SHAPES = {
    Stage.OPEN: "open",
    Stage.CLOSED: "waiting",
    Stage.SOLVED: "done",
    Stage.UNMATCHED: "stopped",
    Stage.WITHDRAWN: "stopped",
}
NEAR_DAYS = 14
MOST_TEASERS = 20
FOR = {
    Visibility.ACCOUNTS: gettext_lazy("Everyone who has signed in can read the whole challenge."),
    Visibility.MEMBERS: gettext_lazy("Members of the clusters can read the whole challenge."),
    Visibility.CLUSTER: gettext_lazy(
        "Members of the cluster can read the whole challenge: %(cluster)s."
    ),
    Visibility.GROUP: gettext_lazy("Those whom its owner has named can read the whole challenge."),
}


def shape(challenge: Challenge) -> str:
    if challenge.stage == Stage.OPEN and not challenge.is_open:
        return SHAPES[Stage.CLOSED]
    return SHAPES.get(Stage(challenge.stage), "waiting")


def state_words(challenge: Challenge) -> str:
    """Open until 18.12.2026 klo 16.00, or the state's own name."""
    if challenge.is_open:
        return _("Open until %(moment)s") % {"moment": moment(challenge.closes_at)}
    if challenge.stage == Stage.OPEN:
        return str(Stage.CLOSED.label)
    return str(challenge.get_stage_display())


def moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def until(at: Any) -> str:
    return _("until %(moment)s") % {"moment": moment(at)}


def days_left(challenge: Challenge) -> str:
    """“9 days left” when it is near; empty otherwise."""
    if not challenge.is_open:
        return ""
    days = (timezone.localtime(challenge.closes_at).date() - timezone.localdate()).days
    if days > NEAR_DAYS:
        return ""
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def with_owner(rows: QuerySet[Challenge], user: Reader) -> QuerySet[Any]:
    """With its organisation, and whether the reader may see who that is (`owner_seen`)."""
    owner = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
    return rows.select_related("organisation").annotate(owner_seen=Exists(owner))


def card(challenge: Any) -> dict[str, Any]:
    return {
        "kind": challenge.organisation.title if challenge.owner_seen else _("Challenge"),
        "title": challenge.title,
        "url": challenge.get_absolute_url(),
        "text": challenge.summary,
        "state": shape(challenge),
        "state_text": state_words(challenge),
        "meta": days_left(challenge),
    }


def row(challenge: Challenge) -> dict[str, Any]:
    """A challenge as a line on other pages."""
    return {
        "url": challenge.get_absolute_url(),
        "title": challenge.title,
        "kind": _("Challenge"),
        "text": challenge.summary,
        "state": shape(challenge),
        "state_text": state_words(challenge),
    }


def teasers(user: Reader) -> list[dict[str, Any]]:
    """Open challenges of which this reader sees the teaser alone."""
    teased = Challenge.objects.teased_to(user).open().order_by("closes_at", "pk")
    return [row(challenge) for challenge in teased[:MOST_TEASERS]]


def teaser(slug: str, user: Reader) -> dict[str, Any]:
    """What a reader who may not open the challenge sees of it; 404 for one without a teaser."""
    rows = Challenge.objects.teased_to(user).select_related("home_cluster")
    challenge = get_object_or_404(rows, slug=slug)
    cluster = challenge.home_cluster
    return {
        "challenge": challenge,
        "state": shape(challenge),
        "state_text": state_words(challenge),
        "days_left": days_left(challenge),
        "facts": [
            {"name": _("Deadline"), "value": moment(challenge.closes_at)},
            {"name": _("Cluster"), "value": cluster.name, "url": cluster.get_absolute_url()},
        ],
        "whose": FOR[Visibility(challenge.visibility)] % {"cluster": cluster.name},
        "is_for_members": challenge.visibility in {Visibility.MEMBERS, Visibility.CLUSTER},
        "trail": _trail(challenge),
    }


def _trail(challenge: Challenge) -> list[dict[str, str]]:
    return [
        {"name": _("Challenges"), "url": reverse("projects:challenges")},
        {"name": challenge.title},
    ]


def values(challenge: Any, *, user: Reader) -> dict[str, Any]:
    return {
        "challenge": challenge,
        "state": shape(challenge),
        "state_text": state_words(challenge),
        "days_left": days_left(challenge),
        "is_my_turn": waits_for(challenge, user),
        "steps": steps(challenge),
        "parts": parts(challenge),
        "facts": facts(challenge),
        "owner": challenge.organisation if challenge.owner_seen else None,
        "contact": challenge.contact if audience(user).is_member else None,
        "terms": challenge.terms.all(),
        "thread": origin.thread_of(challenge, user),
        "trail": _trail(challenge),
    }


def parts(challenge: Challenge) -> list[dict[str, str]]:
    """The texts that were filled in, in the order in which a reader needs them."""
    texts = [
        (_("Background"), challenge.background),
        (_("Need"), challenge.need),
        (_("Current practice"), challenge.current_practice),
        (_("Limits"), challenge.limits),
        (_("Desired outcome"), challenge.outcome),
    ]
    return [{"heading": heading, "text": text} for heading, text in texts if text]


def steps(challenge: Challenge) -> list[dict[str, Any]]:
    """Published, open, evaluation, decision; empty for what is not published."""
    published = challenge.published_at
    if published is None:
        return []
    decided = challenge.decided_at is not None
    ended = challenge.stage in {Stage.UNMATCHED, Stage.WITHDRAWN}
    open_now = challenge.is_open
    last = challenge.get_stage_display() if decided or ended else _("Decision")
    return [
        {"name": _("Published"), "note": date_format(timezone.localtime(published), "DATE_FORMAT"),
         "state": "done"},
        {"name": _("Open for solutions"), "note": until(challenge.closes_at),
         "state": "current" if open_now else "done"},
        {"name": _("Evaluation"), "note": "",
         "state": "" if open_now else "done" if decided or ended else "current"},
        {"name": last, "note": date_format(timezone.localtime(challenge.decided_at), "DATE_FORMAT")
         if decided else "", "state": "stopped" if ended else "done" if decided else ""},
    ]  # fmt: skip


def facts(challenge: Any) -> list[dict[str, Any]]:
    owner = challenge.organisation if challenge.owner_seen else None
    levels = ", ".join(str(Scope(code).label) for code in challenge.scopes).lower()
    cluster = challenge.home_cluster
    return [
        {
            "name": _("Challenge from"), "value": owner.title if owner else "",
            "url": owner.get_absolute_url() if owner else "",
        },
        {"name": _("Deadline"), "value": moment(challenge.closes_at)},
        {"name": _("Level of activity"), "value": levels},
        {"name": _("Cluster"), "value": cluster.name, "url": cluster.get_absolute_url()},
    ]  # fmt: skip
