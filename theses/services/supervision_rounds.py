"""The hourly round for supervision: reminders, answers that never came, closed accounts."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cluster_portal.core import audit
from theses.models import Agreement, SupervisionRequest, Thesis
from theses.models.supervision import Stage
from theses.models.works import ACTIVE
from theses.models.works import Stage as WorkStage
from theses.services import seats
from theses.services.application_rounds import WAKING_HOURS
from theses.services.asking import ask_next, ask_waiting
from theses.services.notices import coordinators, tell
from theses.services.parties import everyone_of, locked_thesis
from theses.services.supervision import go_on, last_rank

REMIND_BEFORE = datetime.timedelta(days=3)
MOST_AT_ONCE = 500


def run() -> int:
    """Nobody is reminded in the night; what has run out does not wait for the morning."""
    reminded = remind_asked() if timezone.localtime().hour in WAKING_HOURS else 0
    return reminded + expire_unanswered() + replace_closed_accounts() + ask_waiting()


@transaction.atomic
def remind_asked() -> int:
    """Once, three days before the last day; not on the day of asking itself."""
    today = timezone.localdate()
    rows = SupervisionRequest.objects.filter(
        stage=Stage.ASKED,
        reminded_at=None,
        answer_by__gte=today,
        answer_by__lte=today + REMIND_BEFORE,
        asked_at__date__lt=today,
    )
    found = list(
        rows.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:MOST_AT_ONCE]
    )
    for request in found:
        request.reminded_at = timezone.now()
        request.save(update_fields=["reminded_at"])
        entry = audit.record(request, "reminded", by=None)
        tell("supervision_reminder", [request.supervisor], entry, request)
    return len(found)


def expire_unanswered() -> int:
    """Who has not answered in time, or has closed her account: the next one is asked."""
    gone = Q(stage__in=[Stage.ASKED, Stage.WAITING], supervisor__is_active=False)
    late = Q(stage=Stage.ASKED, answer_by__lt=timezone.localdate())
    rows = SupervisionRequest.objects.filter(gone | late).order_by("pk")
    rows = rows.select_related("thesis__application__topic")
    return sum(_expire(row) for row in rows[:MOST_AT_ONCE])


@transaction.atomic
def _expire(row: SupervisionRequest) -> bool:
    thesis = locked_thesis(row.thesis)
    rows = SupervisionRequest.objects.select_for_update(of=("self",)).select_related("supervisor")
    request = rows.get(pk=row.pk)
    if request.stage != row.stage:  # answered in the meantime
        return False
    request.thesis = thesis
    request.stage = Stage.EXPIRED
    request.save(update_fields=["stage"])
    entry = audit.record(request, "expired", by=None)
    tell("supervision_withdrawn", [request.supervisor], entry, request, had=str(Stage.EXPIRED))
    go_on(request, entry, by=None)
    return True


def replace_closed_accounts() -> int:
    """A thesis whose supervisor's account was closed is not lost: others are told to choose anew.

    Before it is agreed she leaves it at once; a thesis under way keeps her name until a new
    supervisor accepts. Her request, marked as no longer needed, remembers that this was done.
    """
    done = SupervisionRequest.objects.filter(
        thesis=OuterRef("pk"), supervisor=OuterRef("supervisor"), stage=Stage.WITHDRAWN
    )
    rows = Thesis.objects.filter(~Exists(done), supervisor__is_active=False, stage__in=ACTIVE)
    rows = rows.select_related("application__topic").order_by("pk")
    return sum(_replace(row) for row in rows[:MOST_AT_ONCE])


@transaction.atomic
def _replace(row: Thesis) -> bool:
    thesis = locked_thesis(row)
    gone = thesis.supervisor
    if gone is None or gone.is_active or thesis.stage not in ACTIVE:
        return False
    hers = thesis.requests.filter(supervisor=gone, stage=Stage.ACCEPTED)
    if not hers.update(stage=Stage.WITHDRAWN):
        rank = last_rank(thesis) + 1
        thesis.requests.create(supervisor=gone, rank=rank, stage=Stage.WITHDRAWN)
    if thesis.stage in {WorkStage.SEEKING, WorkStage.MATCHED}:
        seats.free(thesis)
        thesis.supervisor, thesis.stage = None, WorkStage.SEEKING
        thesis.save(update_fields=["supervisor", "stage", "updated_at"])
        Agreement.objects.filter(thesis=thesis).update(supervisor_at=None)
    entry = audit.record(thesis, "supervisor left", by=None)
    following = ask_next(thesis, by=None)
    people = {person.pk: person for person in (*everyone_of(thesis), *coordinators(thesis.topic))}
    name = following.supervisor.get_full_name() if following else ""
    tell("thesis_supervisor_gone", people.values(), entry, thesis, following=name)
    return True
