"""Finding a supervisor: asked in ranked order, the answer, and the match of all three."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from theses.models import Agreement, SupervisionRequest, Thesis
from theses.models.supervision import ANSWER_DAYS, FEWEST_DAYS, LIVE, MOST_DAYS, MOVES, Stage
from theses.models.terms import free_seats
from theses.models.works import ACTIVE, acts, is_party
from theses.models.works import Stage as WorkStage
from theses.services import seats
from theses.services.parties import (
    coordinators,
    everyone_of,
    is_daytime,
    locked_thesis,
    offerers,
    tell,
    tell_parties,
)
from theses.services.seats import ask_next, ask_waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from members.models import User


MOST_LIVE = 10


@transaction.atomic
def choose_supervisors(
    thesis: Thesis,
    supervisors: Sequence[User],
    *,
    by: User,
    message: str = "",
    days: int = ANSWER_DAYS,
) -> SupervisionRequest | None:
    """Puts them at the end of the order; whoever comes first is asked at once and returned."""
    thesis = locked_thesis(thesis)
    _refuse_stranger(thesis, by)
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise Refused(
            _("The time to answer is %(fewest)s–%(most)s days.")
            % {"fewest": FEWEST_DAYS, "most": MOST_DAYS}
        )
    for supervisor in supervisors:
        _refuse_unaskable(thesis, supervisor)
    waiting = thesis.requests.filter(stage__in=LIVE).exclude(stage=Stage.ACCEPTED)
    if waiting.count() + len(supervisors) > MOST_LIVE:
        raise Refused(_("At most %(most)s supervisors at a time.") % {"most": MOST_LIVE})
    rank = last_rank(thesis)
    for number, supervisor in enumerate(supervisors, start=rank + 1):
        _create(thesis, supervisor, rank=number, asked_by=by, message=message.strip(), days=days)
    audit.record(thesis, "supervisors chosen", by=by, details={"count": len(supervisors)})
    return ask_next(thesis, by=by)


def _create(thesis: Thesis, supervisor: User, **values: object) -> SupervisionRequest:
    """The same person chosen by two parties at once is one request and a sentence."""
    try:
        with transaction.atomic():
            return SupervisionRequest.objects.create(thesis=thesis, supervisor=supervisor, **values)
    except IntegrityError:
        name = supervisor.get_full_name()
        raise Refused(_("%(person)s has been chosen already.") % {"person": name}) from None


def _refuse_stranger(thesis: Thesis, by: User) -> None:
    if not is_party(thesis, by):
        raise Refused(_("You cannot do this."))
    if thesis.stage not in ACTIVE:
        raise Refused(
            _("This can no longer be done: the state is now “%(stage)s”.")
            % {"stage": thesis.get_stage_display()}
        )


def _refuse_unaskable(thesis: Thesis, supervisor: User) -> None:
    names = {"person": supervisor.get_full_name()}
    if not (supervisor.is_active and acts(supervisor)):
        raise Refused(
            _("%(person)s has no supervisor’s profile, so she cannot be asked here.") % names
        )
    if supervisor.pk == thesis.application.student_id:
        raise Refused(_("A student cannot supervise her own thesis."))
    if supervisor.pk == thesis.supervisor_id:
        raise Refused(_("%(person)s supervises this thesis already.") % names)


def last_rank(thesis: Thesis) -> int:
    return thesis.requests.aggregate(last=Max("rank"))["last"] or 0


@transaction.atomic
def move_request(request: SupervisionRequest, *, up: bool, by: User) -> SupervisionRequest:
    """One step in the order of those who have not been asked yet."""
    thesis = locked_thesis(request.thesis)
    _refuse_stranger(thesis, by)
    queued = list(
        thesis.requests.filter(stage=Stage.QUEUED).select_for_update(of=("self",)).order_by("rank")
    )
    place = next((n for n, row in enumerate(queued) if row.pk == request.pk), None)
    if place is None:
        raise Refused(_("Only those who have not been asked yet can change places."))
    other = place - 1 if up else place + 1
    if 0 <= other < len(queued):
        _swap(queued[place], queued[other], aside=last_rank(thesis) + 1)
        audit.record(thesis, "order of asking", by=by)
    return queued[place]


def _swap(first: SupervisionRequest, second: SupervisionRequest, *, aside: int) -> None:
    ranks = first.rank, second.rank
    for row, rank in ((first, aside), (second, ranks[0]), (first, ranks[1])):
        row.rank = rank
        row.save(update_fields=["rank"])


@transaction.atomic
def answer(
    request: SupervisionRequest, action: str, *, by: User, reason: str = ""
) -> SupervisionRequest:
    """Accept, wait or decline by the supervisor asked; withdraw by those who asked."""
    thesis = locked_thesis(request.thesis)
    rows = SupervisionRequest.objects.select_for_update(of=("self",)).select_related("supervisor")
    request = rows.get(pk=request.pk)
    request.thesis = thesis
    move = MOVES.step(action, request, by)
    if move.needs_reason and not reason.strip():
        raise Refused(_("Give a reason."))
    if action == "wait" and free_seats(request.supervisor):
        raise Refused(_("You have room this term: accept, or decline with a reason."))
    if action == "accept":
        _accept(request, by=by)
    else:
        _turn_down(request, Stage(move.target), by=by, reason=reason.strip())
    return request


def _accept(request: SupervisionRequest, *, by: User) -> None:
    """1. the seat, for the old one's; 2. nobody else need answer; 3. the match."""
    thesis = request.thesis
    if thesis.stage not in ACTIVE:
        raise Refused(_("This thesis no longer needs a supervisor."))
    had = thesis.supervisor
    thesis.seat = seats.exchange(thesis, request.supervisor)
    thesis.supervisor = request.supervisor
    close_requests(thesis, by=by, but=request)
    request.stage, request.answered_at = Stage.ACCEPTED, timezone.now()
    request.save(update_fields=["stage", "answered_at"])
    thesis.save(update_fields=["supervisor", "seat", "updated_at"])
    Agreement.objects.filter(thesis=thesis).update(supervisor_at=None)
    entry = audit.record(request, "accept", by=by)
    if not settle(thesis, by=by):
        kind = "thesis_supervisor_changed" if had else "thesis_supervisor_found"
        tell_parties(kind, thesis, entry, but=by, person=request.supervisor.get_full_name())


def close_requests(
    thesis: Thesis, *, by: User | None, but: SupervisionRequest | None = None
) -> None:
    """Nobody else need answer; who has been asked, waits or supervised until now is told so."""
    rows = thesis.requests.filter(stage__in=LIVE)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    for row in rows.select_for_update(of=("self",)).select_related("supervisor"):
        had, row.stage = row.stage, Stage.WITHDRAWN
        row.save(update_fields=["stage"])
        entry = audit.record(row, "withdraw", by=by)
        if had != Stage.QUEUED:
            tell("supervision_withdrawn", [row.supervisor], entry, row, but=by, had=had)


def _turn_down(request: SupervisionRequest, stage: Stage, *, by: User, reason: str) -> None:
    had = request.stage
    request.stage, request.reason, request.answered_at = stage, reason, timezone.now()
    request.save(update_fields=["stage", "reason", "answered_at"])
    entry = audit.record(request, str(stage), by=by, reason=reason)
    if stage == Stage.WITHDRAWN and had != Stage.QUEUED:
        tell("supervision_withdrawn", [request.supervisor], entry, request, had=had)
    go_on(request, entry, by=by)


def go_on(request: SupervisionRequest, entry: audit.AuditEntry, *, by: User | None) -> None:
    """The next one is asked; student and commissioner hear what the answer was and who is next."""
    thesis = request.thesis
    following = ask_next(thesis, by=None)
    if request.stage == Stage.WITHDRAWN:
        return
    name = following.supervisor.get_full_name() if following else ""
    people = [thesis.application.student, *offerers(thesis.topic)]
    told = {person.pk: person for person in people if person.pk != request.supervisor_id}
    values = {
        "answer": str(request.stage),
        "reason": request.reason,
        "person": request.supervisor.get_full_name(),
        "following": name,
        "waiting": _who_has_no_room(thesis) if request.stage != Stage.WAITING else "",
    }
    tell("supervision_answered", told.values(), entry, thesis, but=by, **values)


def _who_has_no_room(thesis: Thesis) -> str:
    """The first of those who take the thesis on as soon as they have room."""
    rows = thesis.requests.filter(stage=Stage.WAITING).select_related("supervisor")
    first = rows.order_by("rank").first()
    return first.supervisor.get_full_name() if first else ""


@transaction.atomic
def take_on(thesis: Thesis, supervisor: User, *, by: User) -> Thesis:
    """A supervisor found through the topic; without room the request waits for it."""
    thesis = locked_thesis(thesis)
    if thesis.stage not in ACTIVE or thesis.supervisor_id == supervisor.pk:
        return thesis
    _refuse_unaskable(thesis, supervisor)
    request = thesis.requests.filter(supervisor=supervisor, stage__in=LIVE).first()
    if request is None:
        rank = last_rank(thesis) + 1
        request = _create(thesis, supervisor, rank=rank, asked_by=by)
    request.thesis = thesis
    if free_seats(supervisor):
        _accept(request, by=by)
        return request.thesis
    ask_next(thesis, by=by)
    return thesis


def settle(thesis: Thesis, *, by: User | None) -> bool:
    """Under the thesis's lock: matched as soon as student, commissioner and supervisor are in."""
    topic = thesis.topic
    if thesis.stage != WorkStage.SEEKING or not (thesis.supervisor_id and topic.organisation_id):
        return False
    thesis.stage = WorkStage.MATCHED
    thesis.save(update_fields=["stage", "updated_at"])
    entry = audit.record(thesis, "matched", by=by)
    tell_parties("thesis_matched", thesis, entry)
    return True


REMIND_BEFORE = datetime.timedelta(days=3)
MOST_AT_ONCE = 500


def run_hourly() -> int:
    """Nobody is reminded in the night; what has run out does not wait for the morning."""
    reminded = remind_asked() if is_daytime() else 0
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
    """Who has not answered in time, or has closed the account: the next one is asked."""
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

    Before it is agreed the supervisor leaves at once; a thesis under way keeps the name until a
    new one accepts. The request, marked as no longer needed, remembers that this was done.
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
    accepted = thesis.requests.filter(supervisor=gone, stage=Stage.ACCEPTED)
    if not accepted.update(stage=Stage.WITHDRAWN):
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
