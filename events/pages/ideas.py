"""The board of ideas, and one idea with what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Count, F
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.knots import Column, Knot, Tie
from events.models import Event, Idea
from events.models.ideas import BECOMES, MOVES, OPEN, Stage
from events.services.ideas import may_take_on
from members.models import Need
from projects.models import Challenge, Project

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

ORDERS = ("supported", "newest", "moved", "waiting")
LOOKS = {
    Stage.PROPOSED: ("check", "waiting"),
    Stage.PUBLISHED: ("new", "open"),
    Stage.MOVED: ("moved", "done"),
    Stage.CLOSED: ("check", "stopped"),
}
BECAME = {
    "project": gettext_lazy("This became a project idea"),
    "challenge": gettext_lazy("This became a challenge"),
    "need": gettext_lazy("This became a need"),
    "topic": gettext_lazy("This became a thesis topic"),
}
# Where each begins, and what it is called on the idea's page.
STARTS = (
    (gettext_lazy("Make it a project idea"), "projects:project_propose"),
    (gettext_lazy("Make it a challenge"), "projects:challenge_propose"),
    (gettext_lazy("Make it a thesis topic"), "theses:propose_organisation"),
    (gettext_lazy("Make it a need"), "members:need_propose"),
)


def board(user: Reader, order: str, event: Event | None) -> Any:
    """The rows of the board in an order of `ORDERS`; `waiting` is for those who read them first."""
    rows = Idea.objects.visible_to(user).with_support(user).select_related("event", "author")
    if event is not None:
        rows = rows.filter(event=event)
    if order == "waiting":
        return rows.filter(stage=Stage.PROPOSED).order_by("created_at", "pk")
    mine = rows.filter(stage__in=OPEN)
    if order == "moved":
        return mine.filter(stage=Stage.MOVED).order_by("-updated_at", "-pk")
    if order == "newest":
        return mine.order_by("-published_at", "-pk")
    return mine.order_by("-support", "-published_at", "-pk")


def counts(user: Reader, event: Event | None) -> dict[str, int]:
    """How many there are of each state that the reader sees."""
    rows = Idea.objects.visible_to(user)
    if event is not None:
        rows = rows.filter(event=event)
    found = dict(rows.order_by().values_list("stage").annotate(Count("pk")))
    return {
        "moved": found.get(Stage.MOVED, 0), "gathering": found.get(Stage.PUBLISHED, 0),
        "closed": found.get(Stage.CLOSED, 0), "waiting": found.get(Stage.PROPOSED, 0),
        "shown": found.get(Stage.MOVED, 0) + found.get(Stage.PUBLISHED, 0),
    }  # fmt: skip


def chips(order: str, counted: dict[str, int]) -> list[dict[str, Any]]:
    told = [
        ("supported", _("Most supported"), None), ("newest", _("Newest"), None),
        ("moved", _("Went on"), counted["moved"]),
    ]  # fmt: skip
    if counted["waiting"]:
        told.append(("waiting", _("Wait to be read"), counted["waiting"]))
    return [
        {"key": key, "label": label, "count": count, "is_shown": key == order}
        for key, label, count in told
    ]


def drawn(idea: Idea, user: Reader) -> dict[str, Any]:
    """An idea of `with_support` as the board and its page draw it."""
    look, shape = LOOKS[Stage(idea.stage)]
    return {
        "idea": idea, "look": look, "shape": shape, "state": idea.get_stage_display(),
        "author": str(idea.author) if idea.author else "",
        "may_support": user.is_authenticated and idea.stage == Stage.PUBLISHED
        and idea.author_id != user.pk,
        "became": became(idea, user),
    }  # fmt: skip


def became(idea: Idea, user: Reader) -> dict[str, Any] | None:
    """What it became, in words; with an address where the reader may see it."""
    for name in BECOMES:
        pk = getattr(idea, f"{name}_id")
        if pk is None:
            continue
        model: Any = Idea._meta.get_field(name).related_model
        thing = model.objects.visible_to(user).filter(pk=pk).first()
        return {
            "words": BECAME[name], "title": str(thing) if thing else "",
            "url": thing.get_absolute_url() if thing else "",
        }  # fmt: skip
    return None


def starts(idea: Idea, user: Reader) -> list[dict[str, str]]:
    """The forms that make something of an idea: for its author and those who coordinate."""
    if not may_take_on(idea, user) or idea.stage != Stage.PUBLISHED:
        return []
    given = urlencode({"idea": str(idea.public_id)})
    return [{"title": str(title), "url": f"{reverse(name)}?{given}"} for title, name in STARTS]


def moves(idea: Idea, user: Reader) -> Any:
    return MOVES.open_to(idea, user)


def words_of(public_id: str, user: Reader) -> dict[str, str]:
    """What a form begins with that is started from an idea."""
    idea = Idea.objects.visible_to(user).filter(public_id=public_id, stage=Stage.PUBLISHED).first()
    return {"title": idea.title, "text": idea.text or idea.title} if idea else {}


def of_event(event: Event, user: Reader) -> int:
    return Idea.objects.visible_to(user).filter(event=event, stage__in=OPEN).count()


def _shown(user: Reader) -> Any:
    return Idea.objects.visible_to(user).filter(stage__in=OPEN)


def _fields(_user: Reader) -> dict[str, Any]:
    return {"title": F("title"), "text": F("text"), "day": TruncDate("published_at")}


IDEA = Knot(
    Column.NEED, gettext_lazy("Idea of an event"), _shown, _fields, ("events:idea", "public_id"),
    "stage", Stage, over=(Stage.MOVED,),
)  # fmt: skip


def ties() -> tuple[Tie, ...]:
    """Topics are of a sibling app, which is there once all apps are loaded."""
    return (
        Tie("idea-of-event", Event, Idea, Idea, "event", "pk"),
        Tie("project-of-idea", Idea, Project, Idea, "pk", "project"),
        Tie("challenge-of-idea", Idea, Challenge, Idea, "pk", "challenge"),
        Tie("need-of-idea", Idea, Need, Idea, "pk", "need"),
        Tie("topic-of-idea", Idea, apps.get_model("theses", "Topic"), Idea, "pk", "topic"),
    )
