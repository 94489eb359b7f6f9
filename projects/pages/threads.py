"""Threads: their list, and the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import BigIntegerField, DateField, TextField, Value
from django.db.models.functions import Cast
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from cluster_portal.core import thread, thread_shown
from cluster_portal.core.knots import NAMES, Column
from cluster_portal.core.visibility import audience
from cluster_portal.notifications.services import following
from projects.pages import thread_poster

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from cluster_portal.core.thread import Step, Thread
    from cluster_portal.core.visibility import Reader

ROOTS = {Column.NEED, Column.CHALLENGE}
MAKERS = 12


def begun(user: Reader) -> QuerySet[Any, Any]:
    """Where the threads begin that this reader sees, the newest first: key and primary key.

    A need or a challenge that something came of, and that came of nothing itself.
    """
    arms = [_begun(key, user) for key, (_m, knot) in thread.knots().items() if knot.column in ROOTS]
    return arms[0].union(*arms[1:], all=True).order_by("-begun_on", "-begun_pk")


def _begun(key: str, user: Reader) -> QuerySet[Any, Any]:
    model, knot = thread.knots()[key]
    rows = knot.rows(user).order_by().filter(thread.led_on(model, user))
    named = rows.exclude(thread.came_from(model, user)).annotate(
        begun_key=Value(key, TextField()), begun_pk=Cast("pk", BigIntegerField()),
        begun_on=Cast(knot.fields(user)["day"], DateField()),
    )  # fmt: skip
    return named.values_list("begun_key", "begun_pk", "begun_on")


def rows(found: list[tuple[Any, ...]], user: Reader) -> list[dict[str, Any]]:
    """Each thread as a line: what it began with, and how far it has come."""
    places = [thread.Place(key, pk) for key, pk, _day in found]
    threads = thread.of_places(places, user)
    return [_line(threads[place]) for place in places if threads[place].steps]


def _line(shown: Thread) -> dict[str, Any]:
    step = shown.step
    return {
        "title": step.title, "kind": step.kind, "who": step.who, "day": step.day,
        "url": url_of(step), "strip": thread_shown.strip(shown),
    }  # fmt: skip


def url_of(step: Step) -> str:
    return reverse("projects:thread", args=[step.place.key, step.address])


def found(key: str, address: str, user: Reader) -> Thread:
    """The thread through the thing of that type and address; 404 for what the reader cannot see."""
    if key not in thread.knots():
        raise Http404
    _model, knot = thread.knots()[key]
    try:
        pk = knot.rows(user).filter(**{knot.address[1]: address}).values_list("pk", flat=True).get()
    except (ValueError, ValidationError, ObjectDoesNotExist) as error:
        raise Http404 from error
    place = thread.Place(key, pk)
    return thread.of_places([place], user)[place]


def values(shown: Thread, user: Reader) -> dict[str, Any]:
    step = shown.step
    return {
        "thread": shown,
        "step": step,
        "steps": steps(shown),
        "poster": thread_poster.poster(shown),
        "makers": makers(shown),
        "followed": how_followed(shown, user),
        "coordinates": mends(user),
        "trail": trail(step.title),
        "current": "programme",
    }


def mends(user: Reader) -> bool:
    """Whether broken threads are the reader's to mend."""
    known = audience(user)
    return known.is_admin or bool(known.coordinates)


def trail(*names: str) -> list[dict[str, Any]]:
    above = [
        {"name": _("Action programme"), "url": reverse("projects:programme")},
        {"name": _("Threads"), "url": reverse("projects:threads")},
    ]
    return [*above, *({"name": name} for name in names)] if names else [
        above[0], {"name": _("Threads")},
    ]  # fmt: skip


def steps(shown: Thread) -> list[dict[str, Any]]:
    """The list under the poster: what is there, with what is missing at its place."""
    rows = [_step(step, number, shown) for number, step in enumerate(shown.steps, start=1)]
    rows += [
        {"column": column, "kind": NAMES[column], "state": "broken", "is_gap": True}
        for column in thread_poster.missing(shown)
    ]
    rows.sort(key=lambda row: row["column"])
    for index, row in enumerate(rows):
        row["rail"] = "end" if index == len(rows) - 1 else "line" if index else "start"
    return rows


def _step(step: Step, number: int, shown: Thread) -> dict[str, Any]:
    state = {"done": "done", "stopped": "broken"}.get(step.look, "now")
    return {
        "column": step.column, "number": number, "step": step, "kind": step.kind, "state": state,
        "is_here": step.place == shown.here,
    }  # fmt: skip


def makers(shown: Thread) -> list[dict[str, Any]]:
    """Who did what, each organisation once, in the order of the thread."""
    done: dict[str, dict[str, None]] = {}
    for step in shown.steps:
        if step.who:
            done.setdefault(step.who, {})[str(step.kind)] = None
    return [{"name": ", ".join(kinds), "value": who} for who, kinds in list(done.items())[:MAKERS]]


def how_followed(shown: Thread, user: Reader) -> dict[str, int]:
    """How many things on the thread can be followed, and how many of them the reader follows."""
    things = followable(shown)
    mine = following.followed_among(things, by=user) if user.is_authenticated and things else set()
    return {"of": len(things), "count": len(mine)}


def followable(shown: Thread) -> list[tuple[type[Model], int]]:
    models = {key: model for key, (model, _knot) in thread.knots().items()}
    return [
        (models[step.place.key], step.place.pk)
        for step in shown.steps if following.is_followable(models[step.place.key])
    ]  # fmt: skip
