"""A version's life on its page: comments, year clock, influence, mandates, what goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core.visibility import audience
from members.models import Organisation
from projects.models import Comment, InfluenceAct, InfluenceGoal, Result
from projects.models.measures import State
from projects.models.programmes import Stage
from projects.pages.programmes import every_line
from projects.services.rounds import may_comment

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from projects.models import Programme, Review
    from projects.pages.programmes import GoalBlock


def values(programme: Programme, user: Reader) -> dict[str, Any]:
    """The lists of a version that its reader has been found to see, one statement each."""
    return {
        "may_comment": may_comment(programme, user),
        "comments": comments(programme, user) if programme.stage == Stage.DRAFT else [],
        "clock": clock(programme),
        "influence_goals": InfluenceGoal.objects.tree(programme),
        "is_office": is_office(programme, user),
    }


def continuity(programme: Programme, user: Reader) -> dict[str, Any]:
    """Influence goals with what was done, mandates, and what goes on after the project."""
    seen = Organisation.objects.visible_to(user)
    return {
        "influence_goals": influence(programme, user),
        "is_office": is_office(programme, user),
        "mandates": list(programme.mandates.prefetch_related(Prefetch("authority", seen))),
        "transfers": list(programme.transfers.prefetch_related(Prefetch("taker", seen))),
    }


def influence(programme: Programme, user: Reader) -> list[InfluenceGoal]:
    """Main goals with their parts, each with statements, meetings and the results that are seen."""
    results = Result.objects.visible_to(user).out().defer("search")
    acts = InfluenceAct.objects.prefetch_related(Prefetch("of_result", results))
    return InfluenceGoal.objects.prefetch_related(Prefetch("acts", acts)).tree(programme)


def continuity_address(programme: Programme) -> str:
    return reverse(
        "projects:programme_continuity", args=[programme.home_cluster.slug, programme.version]
    )


def is_office(programme: Programme, user: Reader) -> bool:
    known = audience(user)
    return known.is_admin or programme.home_cluster_id in known.coordinates


def comments(programme: Programme, user: Reader) -> list[Comment]:
    rows = Comment.objects.visible_to(user).filter(programme=programme)
    return list(rows.select_related("goal", "organisation"))


def clock(programme: Programme) -> list[dict[str, Any]]:
    """What has been looked at and what comes next, by date."""
    items = [
        (review.held_on or review.due_on, _review(review)) for review in programme.reviews.all()
    ]
    if programme.comments_until:
        state = "current" if programme.takes_comments else "done"
        items.append((programme.comments_until, {"what": _("Comments end"), "state": state}))
    items.sort(key=lambda item: item[0])
    return [{**item, "when_text": date_format(day)} for day, item in items]


def _review(review: Review) -> dict[str, Any]:
    what = _("12-month review") if review.months == 12 else _("6-month review")
    if review.held_on is None:
        late = review.due_on < timezone.localdate()
        return {"what": what, "state": "late" if late else "", "review": review}
    return {"what": what, "state": "done", "text": f"{review.words} {counted(review)}".strip()}


def counted(review: Review) -> str:
    """Done 5, in progress 10: how the measures stood on the day."""
    counts = review.counts or {}
    words = [f"{State(key).label} {counts[key]}" for key in State.values if counts.get(key)]
    return ", ".join(words)


def report_head() -> list[str]:
    return [
        _("Number"), _("Measure"), _("Goal"), _("Responsible party"), _("Starts"), _("Ends"),
        _("State"), _("Done"), _("Indicator"), _("Figure"), _("Told"), _("What was told"),
        _("Evidence"),
    ]  # fmt: skip


def report_rows(blocks: list[GoalBlock]) -> list[list[str]]:
    """Every measure as a row of the follow-up report and its CSV."""
    return [
        [
            line.measure.label, line.measure.title, line.measure.goal.title,
            line.owner or _("missing"), date_format(line.measure.starts_on),
            date_format(line.measure.ends_on), line.state_words, f"{line.percent} %",
            line.measure.indicator, line.figures,
            date_format(timezone.localtime(line.told.told_at), "DATE_FORMAT") if line.told else "",
            line.told.text if line.told else "",
            "; ".join(str(link["title"]) for link in line.evidence),
        ]
        for line in every_line(blocks)
    ]  # fmt: skip
