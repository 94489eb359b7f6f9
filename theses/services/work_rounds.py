"""What the hourly round does for theses: what became of the result, and who should go on."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from cluster_portal.core import audit
from theses.models import Thesis
from theses.models.works import Stage
from theses.services.application_rounds import WAKING_HOURS
from theses.services.notices import offerers, tell
from theses.services.parties import tell_parties

ASK_USAGE_AFTER = datetime.timedelta(days=182)
MOST_AT_ONCE = 500


def run() -> int:
    """By day alone: these only ask and remind."""
    if timezone.localtime().hour not in WAKING_HOURS:
        return 0
    return ask_usage() + remind_interrupted()


@transaction.atomic
def ask_usage() -> int:
    """Half a year after finishing, once: the commissioner is asked what the result was used for."""
    last = timezone.localdate() - ASK_USAGE_AFTER
    rows = Thesis.objects.finished().filter(
        finished_on__lte=last, usage_at=None, usage_asked_at=None
    )
    found = list(
        rows.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:MOST_AT_ONCE]
    )
    for thesis in found:
        thesis.usage_asked_at = timezone.now()
        thesis.save(update_fields=["usage_asked_at"])
        entry = audit.record(thesis, "usage asked", by=None)
        tell("thesis_usage_asked", offerers(thesis.topic), entry, thesis)
    return len(found)


@transaction.atomic
def remind_interrupted() -> int:
    """On the day on which an interrupted thesis should go on, once: the day is then forgotten."""
    rows = Thesis.objects.filter(stage=Stage.INTERRUPTED, resumes_on__lte=timezone.localdate())
    found = list(
        rows.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:MOST_AT_ONCE]
    )
    for thesis in found:
        thesis.resumes_on = None
        thesis.save(update_fields=["resumes_on"])
        entry = audit.record(thesis, "time to go on", by=None)
        tell_parties("thesis_resumes", thesis, entry)
    return len(found)
