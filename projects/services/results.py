"""The way of a result: review, publishing, what came of its recommendations, its uses."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, files, search
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from cluster_portal.core.text.classified import unmarked
from cluster_portal.notifications import outbox
from cluster_portal.notifications.services import following
from members.services.recipients import contacts_of, coordinators_of
from projects.models import Recommendation, Result, ResultFile, ResultUse
from projects.models.recommendations import USE_MOVES, State, UseStage
from projects.models.results import MOVES, Stage
from projects.services.arrivals import content_came
from projects.services.entries import refuse_late
from projects.services.projects import checked_reason
from projects.services.result_telling import FOLDER, locked

if TYPE_CHECKING:
    from members.models import User

# Uses that one person tells in a day, and that wait for an answer of one result at a time.
A_DAY, FROM_PERSON, MOST_WAITING = datetime.timedelta(days=1), 10, 30


@transaction.atomic
def move_result(result: Result, action: str, *, by: User, reason: str = "") -> Result:
    """Takes one step; coordinators hear of what waits for them, the result's side of the rest."""
    result = locked(result)
    move = MOVES.step(action, result, by)
    reason = checked_reason(move, reason)
    if action in {"submit", "publish"} and result.missing:
        raise Refused(_("Something is still missing. Check the result before you send it."))
    result.stage = move.target
    if move.target == Stage.PUBLISHED:
        _give_number(result)
    result.save()
    search.reindex(result)
    entry = audit.record(result, action, by=by, reason=reason, details={"stage": move.target})
    content_came(result)
    following.tell(result, "moved", key=str(entry.pk), by=by)
    if move.target == Stage.IN_REVIEW:
        kind = "result_submitted"
        readers = list(coordinators_of([result.home_cluster_id], but=by))
    else:
        kind, readers = "result_moved", side_of(result, but=by)
    outbox.post_to_all(
        kind, to=readers, key=str(entry.pk), about=result,
        values={"stage": move.target, "reason": reason},
    )  # fmt: skip
    return result


def _give_number(result: Result) -> None:
    """The next of the year, one after another; one that has a number keeps it."""
    if result.published_at is None:
        result.published_at = timezone.now()
    if result.number is not None:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('projects.result'))")
    result.year = timezone.localtime(result.published_at).year
    last = Result.objects.filter(year=result.year).aggregate(last=Max("number"))["last"]
    result.number = (last or 0) + 1


def side_of(result: Result, *, but: User | None = None) -> list[User]:
    """The organisation's contacts, and who told the result, as long as they belong to it."""
    people = {person.pk: person for person in contacts_of([result.organisation_id])}
    teller = result.teller
    if teller and teller.is_active and Result.objects.editable_by(teller).contains(result):
        people[teller.pk] = teller
    return [person for person in people.values() if person != but]


@transaction.atomic
def follow_up(
    point: Recommendation, values: dict[str, Any], *, by: User, seen: str = ""
) -> Recommendation:
    """What has happened to a recommendation."""
    result = locked(point.result)
    point = Recommendation.objects.select_for_update(of=("self",)).get(pk=point.pk)
    if not result.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    refuse_late(point, seen)
    before = point.state
    point.state, point.follow_up = values["state"], values["follow_up"]
    point.followed_on = timezone.localdate()
    point.save()
    entry = audit.record(
        result, "recommendation followed up", by=by,
        details={"number": point.position, **audit.change(state=(before, point.state))},
    )  # fmt: skip
    if before != point.state:
        following.tell(result, "followed_up", key=str(entry.pk), by=by)
    return point


@transaction.atomic
def tell_use(result: Result, values: dict[str, Any], *, by: User) -> ResultUse:
    """Any member who reads the result tells where it was used; the same form tells once.

    Who edits the result needs nobody's confirmation.
    """
    result = locked(result)
    known = made_by(ResultUse, values["form_key"], teller=by, result=result)
    if known is not None:
        return known
    if result.stage != Stage.PUBLISHED or not Result.objects.visible_to(by).contains(result):
        raise Refused(_("This page is not shown any more."))
    _refuse_flood(result, by)
    use = ResultUse.objects.create(result=result, teller=by, **values)
    entry = audit.record(result, "use told", by=by, details={"use": use.pk})
    if result.is_editable_by(by):
        return answer_use(use, "confirm_use", by=by)
    readers = {person.pk: person for person in side_of(result, but=by)}
    for person in coordinators_of([result.home_cluster_id], but=by):
        readers.setdefault(person.pk, person)
    outbox.post_to_all("result_use_told", to=readers.values(), key=str(entry.pk), about=use)
    return use


def _refuse_flood(result: Result, by: User) -> None:
    since = timezone.now() - A_DAY
    if ResultUse.objects.filter(teller=by, told_at__gt=since).count() >= FROM_PERSON:
        raise Refused(_("You have told many uses today. Go on tomorrow."))
    if result.uses.filter(stage=UseStage.TOLD).count() >= MOST_WAITING:
        raise Refused(_("Many uses of this result wait for an answer. Try again later."))


@transaction.atomic
def answer_use(use: ResultUse, action: str, *, by: User, reason: str = "") -> ResultUse:
    """Confirmed, it marks its recommendation as used; who told it hears of it."""
    result = locked(use.result)
    use = ResultUse.objects.select_for_update(of=("self",)).get(pk=use.pk)
    move = USE_MOVES.step(action, use, by)
    use.reason = unmarked(checked_reason(move, reason))
    use.stage, use.answered_at = move.target, timezone.now()
    use.save()
    if use.stage == UseStage.CONFIRMED and use.recommendation_id:
        Recommendation.objects.filter(pk=use.recommendation_id).update(
            state=State.USED, followed_on=timezone.localdate()
        )
    entry = audit.record(result, action, by=by, reason=reason, details={"use": use.pk})
    if use.stage == UseStage.CONFIRMED:
        following.tell(result, "used", key=str(entry.pk), by=by)
    teller = use.teller
    if teller and teller.is_active and teller != by:
        outbox.post("result_use_answered", to=teller, key=str(entry.pk), about=use)
    return use


def sweep_files() -> int:
    def known(names: list[str]) -> set[str]:
        return set(ResultFile.objects.filter(file__in=names).values_list("file", flat=True))

    return files.sweep(FOLDER, known)


def move_measures(earlier: int, later: int) -> None:
    """Results go on being evidence of the measure that continues theirs."""
    for result in Result.objects.filter(measures=earlier).order_by("pk"):
        result.measures.add(later)
        result.measures.remove(earlier)
