"""Who was heard of the goals: the talks, which are survey rounds, and the comment round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef

from cluster_portal.core.database.columns import counted
from cluster_portal.surveys.models import Response, Round
from cluster_portal.surveys.models.responses import COUNTED, Stage
from members.models import Organisation
from members.pages.owner_names import name_in_language
from projects.models import Comment
from projects.models.programmes import Stage as ProgrammeStage
from projects.pages.rounds import comments, is_office

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from projects.models import Programme

HEARD = COUNTED | {Stage.HELD}


def values(programme: Programme, user: Reader) -> dict[str, Any]:
    """Rounds that the reader sees with how many were heard; who, as far as the reader may know."""
    answers = Response.objects.filter(round=OuterRef("pk"))
    rounds = Round.objects.visible_to(user).begun().filter(pk__in=programme.talks.values("pk"))
    talks = rounds.annotate(
        asked=counted(answers), heard=counted(answers.filter(stage__in=sorted(HEARD)))
    ).newest_first()
    return {
        "talks": talks,
        "stakeholders": _answers(programme, user),
        "commenters": _commenters(programme, user),
        "comments": _kept(programme, user),
    }


def _answers(programme: Programme, user: Reader) -> Any:
    rows = Response.objects.visible_to(user).filter(
        round__in=programme.talks.values("pk"), organisation__isnull=False, is_anonymous=False
    )
    return rows.select_related("organisation", "round").order_by("organisation__name", "round")


def _commenters(programme: Programme, user: Reader) -> Any:
    """Organisations whose people have commented, with how often."""
    seen = Organisation.objects.visible_to(user).values("pk")
    rows = Comment.objects.visible_to(user).filter(programme=programme, organisation__in=seen)
    named = rows.annotate(shown=name_in_language("organisation__name"))
    return named.values("shown").annotate(count=Count("pk")).order_by(F("shown"))


def _kept(programme: Programme, user: Reader) -> list[Comment]:
    """What was said of the draft and what became of it, once the draft's page shows it no more:
    all of it for the office, for others their own."""
    if programme.stage == ProgrammeStage.DRAFT or not user.is_authenticated:
        return []
    rows = comments(programme, user)
    return rows if is_office(programme, user) else [one for one in rows if one.author_id == user.pk]
