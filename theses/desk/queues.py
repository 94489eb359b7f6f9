"""What waits in theses on the coordinators' today page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from cluster_portal.core.content import QueueState
from theses.models import Application, Approach, Thesis, Topic
from theses.models.choices import Stage as TopicStage
from theses.models.works import ACTIVE, Light, Stage
from theses.pages import boards

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader

LONG = 30  # days without a student


def _state(label: str, rows: QuerySet[Any], since: str, url: str) -> QueueState:
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min(since))
    return QueueState(label, url=url, **found)


def without_student(user: Reader) -> QueueState:
    rows = boards.ordered(boards.without_student(user), "oldest", str(LONG))
    label = _("Topics without a student for over %(days)s days") % {"days": LONG}
    url = reverse("admin:theses_board", args=["topics-without-student"])
    return _state(label, rows, "since", f"{url}?older={LONG}")


def without_supervisor(user: Reader) -> QueueState:
    rows = Thesis.objects.in_scope_of(user).filter(stage__in=ACTIVE, supervisor=None)
    url = reverse("admin:theses_thesis_changelist")
    return _state(_("Theses without a supervisor"), rows, "created_at", f"{url}?supervised=no")


def red_lights(user: Reader) -> QueueState:
    rows = Thesis.objects.in_scope_of(user).filter(stage=Stage.IN_PROGRESS, light=Light.RED)
    url = reverse("admin:theses_thesis_changelist")
    query = "light__exact=red&stage__exact=in_progress"
    return _state(_("Theses that need help"), rows, "light_at", f"{url}?{query}")


def unanswered_approaches(user: Reader) -> QueueState:
    rows = Approach.objects.in_scope_of(user).pending()
    url = reverse("admin:theses_approach_changelist")
    label = _("Offers and invitations without an answer")
    return _state(label, rows, "created_at", f"{url}?stage__exact=pending")


def in_review(user: Reader) -> QueueState:
    rows = Topic.objects.managed_by(user).filter(stage=TopicStage.IN_REVIEW)
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min("updated_at"))
    url = reverse("admin:theses_topic_changelist")
    return QueueState(_("Topics to review"), url=f"{url}?stage__exact=in_review", **found)


def unanswered(user: Reader) -> QueueState:
    rows = Application.objects.in_scope_of(user).pending()
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min("submitted_at"))
    url = reverse("admin:theses_application_changelist")
    label = _("Unanswered thesis applications")
    return QueueState(label, url=f"{url}?stage__exact=submitted", **found)
