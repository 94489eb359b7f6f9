"""What a desk shows of articles: the reader's own, and the coordinators' queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cluster_portal.core.states import QueueState
from cluster_portal.core.visibility import audience
from cluster_portal.knowledge.models import Agreement, Article, Signal, SituationReview
from cluster_portal.knowledge.models.articles import Stage
from cluster_portal.knowledge.models.reviews import Stage as ReviewStage
from cluster_portal.knowledge.models.signals import Stage as SignalStage
from members.models import Membership

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

ON_DESK = 12
UNDER_WAY = (Stage.DRAFT, Stage.IN_REVIEW, Stage.SCHEDULED)


def articles_of(user: Reader) -> Any:
    """Those under way that the reader writes, or that somebody writes for their organisation."""
    if not user.is_authenticated:
        return Article.objects.none()
    mine = Q(author=user.pk) | Q(organisation__in=audience(user).organisations)
    return Article.objects.visible_to(user).filter(mine, stage__in=UNDER_WAY)


def my_articles(user: Reader) -> list[dict[str, Any]]:
    rows = articles_of(user).for_rows()
    return [
        {
            "title": article.title, "url": article.get_absolute_url(),
            "kind": article.get_kind_display(), "state": Stage(article.stage).look,
            "state_text": article.get_stage_display(),
        }
        for article in rows.order_by("-updated_at", "-pk")[:ON_DESK]
    ]  # fmt: skip


def to_review(user: Reader) -> QueueState:
    waiting = Article.objects.managed_by(user).filter(stage=Stage.IN_REVIEW)
    found = waiting.order_by().aggregate(count=Count("pk"), oldest=Min("updated_at"))
    url = reverse("admin:knowledge_article_changelist")
    return QueueState(_("Articles to review"), url=f"{url}?stage__exact=in_review", **found)


def reviews_to_approve(user: Reader) -> QueueState:
    waiting = SituationReview.objects.managed_by(user).filter(stage=ReviewStage.PROPOSED)
    found = waiting.order_by().aggregate(count=Count("pk"), oldest=Min("updated_at"))
    url = reverse("admin:knowledge_situationreview_changelist")
    return QueueState(
        _("Situation reviews to approve"), url=f"{url}?stage__exact=proposed", **found
    )


def signals_to_assess(user: Reader) -> QueueState:
    waiting = Signal.objects.managed_by(user).filter(stage=SignalStage.PROPOSED)
    found = waiting.order_by().aggregate(count=Count("pk"), oldest=Min("updated_at"))
    url = reverse("admin:knowledge_signal_changelist")
    return QueueState(_("Signals to assess"), url=f"{url}?stage__exact=proposed", **found)


def asked_opinion(user: Reader) -> Any:
    """Proposed reviews on which an organisation that the reader answers for has said nothing."""
    said = Agreement.objects.filter(
        review=OuterRef(OuterRef("pk")), organisation=OuterRef("organisation")
    )
    own = Membership.objects.active().filter(
        cluster=OuterRef("home_cluster"), organisation__in=audience(user).edits
    )
    rows = SituationReview.objects.filter(stage=ReviewStage.PROPOSED)
    return rows.filter(Exists(own.exclude(Exists(said))))


def opinions_asked(user: Reader) -> list[dict[str, Any]]:
    rows = asked_opinion(user).select_related("home_cluster__region").newest_first()
    return [
        {
            "title": review.title, "url": review.get_absolute_url(), "text": review.lead,
            "kind": _("Does your organisation agree?"), "state": ReviewStage.PROPOSED.look,
            "state_text": review.get_stage_display(),
        }
        for review in rows[:ON_DESK]
    ]  # fmt: skip
