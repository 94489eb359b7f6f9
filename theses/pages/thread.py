"""The thread of a thesis: needs, challenges, projects and measures that it answers, and back."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import search, thread, thread_shown
from cluster_portal.core.database.columns import listed
from cluster_portal.core.knots import Column
from cluster_portal.core.visibility import audience
from members.models import Need
from projects.models import Challenge, Measure, Project
from projects.pages.thread import tell_result
from theses.models import Thesis, ThreadLink, Topic
from theses.models.choices import TAKEN, Stage
from theses.models.works import Stage as WorkStage

if TYPE_CHECKING:
    from collections.abc import Callable

    from cluster_portal.core.origin import Row
    from cluster_portal.core.visibility import Reader


KINDS = {
    "need": _("Need"), "challenge": _("Challenge"), "project": _("Project"),
    "measure": _("Measure"),
}  # fmt: skip
MODELS: dict[str, Any] = {
    "need": Need, "challenge": Challenge, "project": Project, "measure": Measure,
}  # fmt: skip
PER_KIND, PK_DIGITS = 10, 18


def links_of_topic(topic: Topic, user: Reader) -> list[dict[str, Any]]:
    """What the topic hangs on, as far as the reader may see it, with the link's own key."""
    rows = list(ThreadLink.objects.filter(topic=topic).order_by("pk"))
    found: list[dict[str, Any]] = []
    for kind, model in MODELS.items():
        wanted = {getattr(row, f"{kind}_id"): row.pk for row in rows if getattr(row, f"{kind}_id")}
        if not wanted:
            continue
        seen = model.objects.visible_to(user).filter(pk__in=wanted)
        if kind == "measure":
            seen = seen.with_programme()
        found += [
            {
                "kind": KINDS[kind],
                "title": str(obj),
                "url": obj.get_absolute_url(),
                "link": wanted[obj.pk],
            }
            for obj in seen
        ]
    return found


def ties_of_topic(topic: Topic, user: Reader) -> list[Row]:
    """What its page names of its thread beside the theses written of it."""
    shown = thread.on_page(topic, user)
    ties = shown.neighbours(shown.here)
    return [thread_shown.row(step) for step in ties if step.column != Column.RESULT]


def results_of_thesis(thesis: Thesis, user: Reader) -> list[Row]:
    """What was told of a finished thesis."""
    shown = thread.on_page(thesis, user)
    ties = shown.neighbours(shown.here)
    return [thread_shown.row(step) for step in ties if step.place.key == "results"]


def ties_of_thesis(thesis: Thesis, user: Reader) -> list[Row]:
    """What a finished thesis answers: all of its thread but the topic between them."""
    shown = thread.on_page(thesis, user)
    others = [step for step in shown.steps if step.column != Column.RESULT]
    return [thread_shown.row(step) for step in others if step.place.key != "topics"]


def found_anchors(q: str, user: Reader) -> list[dict[str, Any]]:
    """What a thesis could be tied to, by words: a few of each kind that the reader may see."""
    if not q:
        return []
    needs = Need.objects.visible_to(user).open()
    titles = Q(title_fi__icontains=q) | Q(title_sv__icontains=q) | Q(title_en__icontains=q)
    found = {
        "need": search.ranked(search.search(needs, q)),
        "challenge": search.ranked(search.search(Challenge.objects.visible_to(user), q)),
        "project": search.ranked(search.search(Project.objects.visible_to(user), q)),
        "measure": Measure.objects.choosable_by(user).filter(titles).order_by("pk"),
    }
    return [
        {
            "kind": KINDS[kind],
            "title": str(obj),
            "url": obj.get_absolute_url(),
            "anchor": f"{kind}:{obj.pk}",
        }
        for kind, rows in found.items()
        for obj in rows[:PER_KIND]
    ]


def anchor_named(name: str, user: Reader) -> tuple[str, Any] | None:
    """The object that a row of `found_anchors` named, if the reader may see it."""
    kind, _colon, pk = name.partition(":")
    if kind not in MODELS or not (pk.isascii() and pk.isdigit() and len(pk) < PK_DIGITS):
        return None
    rows = MODELS[kind].objects
    offered = rows.choosable_by(user) if kind == "measure" else rows.visible_to(user)
    obj = offered.filter(pk=int(pk)).first()
    return (kind, obj) if obj is not None else None


KIND, FINISHED = _("Thesis topic"), _("Finished thesis")
SHOWN = frozenset({Stage.OPEN, *TAKEN}) - {Stage.FINISHED}


def topics_by(anchor: str) -> Callable[[list[int], Any], dict[int, list[Row]]]:
    """Results of challenges, projects or measures, by the name of the link's field."""
    return partial(_results, anchor)


def _results(anchor: str, pks: list[int], user: Reader) -> dict[int, list[Row]]:
    """Open topics and those being worked on, then finished theses, in one statement."""
    seen = Topic.objects.visible_to(user).values("pk")
    theses = Thesis.objects.visible_to(user).finished().filter(application__topic=OuterRef("topic"))
    rows = (
        ThreadLink.objects.filter(**{f"{anchor}__in": pks}, topic__in=seen)
        .select_related("topic")
        .annotate(
            finished=listed(theses.order_by("-finished_on", "-pk"), title="title", slug="slug")
        )
    )
    topics: dict[int, list[Row]] = defaultdict(list)
    finished: dict[int, list[Row]] = defaultdict(list)
    for row in rows.order_by("-topic"):
        pk = getattr(row, f"{anchor}_id")
        if row.topic.stage in SHOWN:
            topics[pk].append(_row(KIND, row.topic.heading, row.topic.get_absolute_url()))
        finished[pk] += [_finished(**one) for one in row.finished]
    return {pk: topics[pk] + finished[pk] for pk in {*topics, *finished}}


def _finished(title: str, slug: str) -> Row:
    return _row(FINISHED, title, reverse("theses:finished_thesis", args=[slug]))


def _row(kind: object, title: str, url: str) -> Row:
    return {"kind": kind, "title": title, "url": url}


def result_of_thesis(thesis: Thesis, user: Reader) -> str:
    """The form of a result, for a party of a finished thesis who speaks for an organisation."""
    if thesis.stage != WorkStage.FINISHED or not Thesis.objects.editable_by(user).contains(thesis):
        return ""
    return tell_result("thesis", thesis.slug, user)


def told_thesis(slug: str, user: Reader) -> Thesis | None:
    """The one that a result is to be told of, as far as the reader may."""
    return Thesis.objects.editable_by(user).finished().filter(slug=slug).first()


def first_words(thesis: Thesis) -> dict[str, Any]:
    """What a result takes from its thesis."""
    topic = thesis.topic
    return {
        "organisation": topic.organisation, "home_cluster": topic.home_cluster,
        "terms": topic.terms.all(), "link": thesis.repository_url,
    }  # fmt: skip


def topic_of_need(need: Need, user: Reader) -> str:
    """The form of a topic, filled in from the need, for whoever can offer one."""
    return _form("need", need.slug, user)


def topic_of_challenge(challenge: Challenge, user: Reader) -> str:
    return _form("challenge", challenge.slug, user)


def _form(anchor: str, slug: str, user: Reader) -> str:
    known = audience(user)
    can_offer = known.edits or known.coordinates or known.is_admin
    return f"{reverse('theses:propose_organisation')}?{anchor}={slug}" if can_offer else ""
