"""Writing status reports, and being reminded of the next one."""

from __future__ import annotations

import datetime
import logging
from typing import TYPE_CHECKING, Any

from django.db import OperationalError, transaction
from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Subquery,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.notifications import outbox
from members.services.recipients import contacts_of, coordinators_of
from projects.models import Project, StatusReport
from projects.models.projects import Stage
from projects.models.status_reports import FIRST_AFTER
from projects.services.ideas import side_of

if TYPE_CHECKING:
    from uuid import UUID

    from members.models import User

logger = logging.getLogger(__name__)

UNDER_WAY = (Stage.RUNNING, Stage.AMENDMENT, Stage.CLOSING)
A_DAY, MOST_A_DAY = datetime.timedelta(days=1), 5  # of one project
REMINDED_WITHIN = datetime.timedelta(days=30)  # an outage of the round does not swallow a reminder


@transaction.atomic
def write_report(
    project: Project, values: dict[str, Any], *, form_key: UUID, by: User
) -> StatusReport:
    """The partners' contacts and the coordinators are told."""
    project = _locked(project, by)
    known = made_by(StatusReport, form_key, project=project, author=by)
    if known is not None:
        return known
    _refuse_flood(project)
    report = StatusReport.objects.create(project=project, form_key=form_key, author=by, **values)
    entry = audit.record(report, "status reported", by=by, details={"state": report.light})
    partners = list(project.partnerships.accepted().values_list("organisation", flat=True))
    readers = {person.pk: person for person in contacts_of(partners, but=by)}
    readers |= {person.pk: person for person in coordinators_of([project.home_cluster_id], but=by)}
    outbox.post_to_all("status_reported", to=readers.values(), key=str(entry.pk), about=report)
    return report


def _refuse_flood(project: Project) -> None:
    """Each report is mailed to the partners; the project's lock makes the count hold."""
    since = timezone.now() - A_DAY
    if StatusReport.objects.filter(project=project, written_at__gt=since).count() >= MOST_A_DAY:
        raise Refused(_("Many reports have been written today. Go on tomorrow."))


@transaction.atomic
def change_report(
    report: StatusReport, values: dict[str, Any], *, by: User, seen: str
) -> StatusReport:
    """`seen` is the stamp of what the editor saw; another's change since is not lost."""
    _locked(report.project, by)
    report = StatusReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if seen != report.stamp:
        raise Overtaken
    changed = [name for name, value in values.items() if getattr(report, name) != value]
    for name in changed:
        setattr(report, name, values[name])
    report.save()
    if changed:
        audit.record(report, "status report changed", by=by, details={"fields": changed})
    return report


def _locked(project: Project, by: User) -> Project:
    project = Project.objects.select_for_update(of=("self",), no_key=True).get(pk=project.pk)
    if not project.is_editable_by(by):
        raise Refused(_("The project’s editors write its status reports."))
    return project


def due() -> Any:
    """Projects under way whose next report is due, with its day as `report_due`."""
    last = StatusReport.objects.filter(project=OuterRef("pk")).order_by("-ends_on", "-pk")
    first = Cast(ExpressionWrapper(F("starts_on") + FIRST_AFTER, DateTimeField()), DateField())
    day = Case(When(Exists(last), then=Subquery(last.values("next_on")[:1])), default=first)
    rows = Project.objects.filter(stage__in=UNDER_WAY).annotate(report_due=day)
    return rows.filter(report_due__lte=timezone.localdate())


def remind() -> int:
    """Once for each day on which a report is due: the outbox knows what it has told already."""
    recent = due().filter(report_due__gte=timezone.localdate() - REMINDED_WITHIN)
    return sum(_tried(project) for project in recent.defer("search").order_by("pk"))


def _tried(project: Project) -> int:
    """What fails for one project holds up none of the rest."""
    try:
        return _remind(project)
    except OperationalError:
        raise
    except Exception:
        logger.exception("status report of project %s: nobody could be reminded", project.pk)
        return 0


@transaction.atomic
def _remind(project: Any) -> int:
    people = side_of(project)
    outbox.post_to_all(
        "status_report_due", to=people, key=f"{project.pk}:{project.report_due}", about=project
    )
    return len(people)
