"""Reporting of measures: asking by a signed link, telling, passing the question on."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.notifications import outbox
from cluster_portal.notifications.outbox import Guest
from cluster_portal.notifications.services import following
from members.models import Affiliation, User
from members.models.affiliations import Role
from members.services.recipients import contacts_of, coordinators_of
from projects.models import Measure, MeasureUpdate, Reporter, ReportRequest
from projects.models.measures import State
from projects.models.programmes import Stage
from projects.models.updates import LINK_LIVES, Reason, Step, may_report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import Organisation

SALT = "projects.report"
LONGEST_NAME = 120
MOST_A_DAY = 12  # reports of one measure


@dataclass(frozen=True)
class Told:
    """What an owner reports; an empty figure says nothing of it."""

    state: str
    achieved: int | None = None
    progress: int | None = None
    text: str = ""
    evidence: list[str] = field(default_factory=list)


# Links


def link_of(request: ReportRequest) -> str:
    """The page that the receiver of a request opens without signing in."""
    token = signing.dumps(str(request.public_id), salt=SALT)
    return f"{settings.SITE_URL}{reverse('projects:report_by_link', args=[token])}"


def request_of(token: str) -> ReportRequest | None:
    """What a whole link names as long as it is valid and its receiver still has the task."""
    try:
        public_id = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    rows = ReportRequest.objects.open().filter(public_id=public_id)
    request = rows.select_related("user", "organisation", "measure__responsible").first()
    return request if request and _still_concerned(request) else None


def _still_concerned(request: ReportRequest) -> bool:
    """An account must still belong to the organisation, or be asked as its coordinator.

    A person without an account must still be the one who is named to report.
    """
    if request.user is None:
        rows = Reporter.objects.filter(measure=request.measure_id, email__iexact=request.email)
        return rows.filter(organisation=request.organisation_id).exists()
    return request.user.is_active and may_report(request.measure, request.user)


# Asking


@transaction.atomic
def ask_for_report(
    measure: Measure,
    people: Iterable[User | Guest],
    *,
    by: User | None,
    reason: str = Reason.ASKED,
    step: int = Step.CONTACT,
) -> list[ReportRequest]:
    """A new link to each; links that they have got before open nothing any more."""
    measure = lock(measure)
    asked = []
    for person in people:
        request = _new_request(measure, person, reason=reason, step=step, by=by)
        _revoke(measure.report_requests.filter(user=request.user, email=request.email))
        request.save()
        entry = audit.record(measure, "report asked", by=by, details={"reason": reason})
        values: outbox.Values = {"request": request.pk}
        about = measure if isinstance(person, User) else None
        outbox.post("report_asked", to=person, key=str(entry.pk), about=about, values=values)
        asked.append(request)
    return asked


def _new_request(
    measure: Measure, person: User | Guest, *, reason: str, step: int, by: User | None
) -> ReportRequest:
    now = timezone.now()
    if measure.responsible is None:
        raise Refused(_("The measure has no responsible party."))
    request = ReportRequest(
        measure=measure, organisation=measure.responsible, reason=reason, step=step, asked_by=by,
        asked_at=now, expires_at=now + LINK_LIVES,
    )  # fmt: skip
    if isinstance(person, User):
        request.user = person
    else:
        request.name, request.email, request.language = person.name, person.email, person.language
    return request


def _revoke(requests: Any) -> int:
    return requests.filter(revoked_at=None).update(revoked_at=timezone.now())


def people_of(measure: Measure, step: int) -> list[User | Guest]:
    """Who is asked at a step of the chain: reporter or contact, deputy, others, coordinator."""
    if step == Step.COORDINATOR:
        return list(_office(measure))
    contacts = contacts_of([measure.responsible_id])
    reporter = Reporter.objects.filter(measure=measure, organisation=measure.responsible).first()
    if step == Step.CONTACT:
        if reporter:
            return [Guest(reporter.email, reporter.name, reporter.language)]
        return list(contacts)
    rows = Affiliation.objects.confirmed().filter(organisation=measure.responsible_id)
    deputies = rows.filter(role=Role.DEPUTY)
    chosen = deputies if step == Step.DEPUTY else rows.exclude(pk__in=deputies)
    people = User.objects.filter(pk__in=chosen.values("user"), is_active=True).order_by("pk")
    return list(people if reporter else people.exclude(pk__in=contacts.values("pk")))


@transaction.atomic
def ask_by_hand(measure: Measure, *, by: User) -> list[ReportRequest]:
    """A coordinator asks now, whoever comes first of the chain."""
    if not Measure.objects.managed_by(by).current().filter(pk=measure.pk).exists():
        raise Refused(_("You cannot do this."))
    for step in (Step.CONTACT, Step.DEPUTY, Step.OTHERS):
        people = people_of(measure, step)
        if people:
            return ask_for_report(measure, people, by=by, step=step)
    raise Refused(_("The responsible organisation has nobody who could be asked."))


@transaction.atomic
def revoke_links(measure: Measure, *, by: User) -> int:
    """Every link of the measure that has been sent opens nothing from now on."""
    if not Measure.objects.managed_by(by).filter(pk=measure.pk).exists():
        raise Refused(_("You cannot do this."))
    count = _revoke(lock(measure).report_requests)
    audit.record(measure, "report links revoked", by=by, details={"count": count})
    return count


@transaction.atomic
def pass_on(request: ReportRequest, guest: Guest) -> ReportRequest:
    """Who was asked names another person, who gets a link; the old link closes.

    Who was asked, the organisation's contacts and the coordinators are told whom it went to.
    """
    measure = lock(request.measure)
    is_open = ReportRequest.objects.open().filter(pk=request.pk).exists()
    if not is_open or not _still_concerned(request):
        raise Refused(_("This link is not valid any more."))
    _revoke(ReportRequest.objects.filter(pk=request.pk))
    Reporter.objects.update_or_create(
        measure=measure, defaults={"organisation": request.organisation, **asdict(guest)}
    )
    made = ask_for_report(measure, [guest], by=request.user, reason=Reason.PASSED_ON)[0]
    entry = audit.record(measure, "report passed on", by=request.user)
    values: outbox.Values = {"earlier": request.addressee, "later": guest.name}
    to = {*contacts_of([measure.responsible_id]), *_office(measure)}
    if request.user:
        to.add(request.user)  # whoever holds a forwarded link acts in this person's name
    outbox.post_to_all("report_passed_on", to=to, key=str(entry.pk), about=measure, values=values)
    return made


def _office(measure: Measure) -> Iterable[User]:
    return coordinators_of([measure.goal.programme.home_cluster_id])


# Telling


@transaction.atomic
def report(
    measure: Measure,
    told: Told,
    *,
    by: User | None,
    request: ReportRequest | None = None,
    seen: int = 0,
) -> MeasureUpdate:
    """One report at a time: the measure's row is the lock, `seen` the report that was on the page.

    The same report sent twice is one. By a link, the request says who tells.
    """
    measure = lock(measure)
    last = measure.updates.newest_first().first()
    teller = _teller(measure, by, request)
    update = MeasureUpdate(measure=measure, request=request, **asdict(told), **teller)
    if last and seen != last.pk and _is_same(last, update):
        return last  # a second press; the same situation told again later is a report
    if seen != (last.pk if last else 0):
        raise Overtaken(
            _("Somebody else has reported meanwhile. Check what was told and send again.")
        )
    _refuse_flood(measure)
    update.full_clean()
    update.save()
    _apply(measure, update)
    entry = audit.record(measure, "reported", by=by, details={"state": update.state})
    to = coordinators_of([measure.goal.programme.home_cluster_id], but=by)
    outbox.post_to_all("measure_reported", to=to, key=str(entry.pk), about=measure)
    following.tell(measure, "reported", key=str(entry.pk), by=by)
    return update


def _refuse_flood(measure: Measure) -> None:
    """Each report is written to the coordinators and stays in the history."""
    since = timezone.now() - datetime.timedelta(days=1)
    if measure.updates.filter(told_at__gt=since).count() >= MOST_A_DAY:
        raise Refused(_("Much has been told of this measure today. Go on tomorrow."))


def lock(measure: Measure) -> Measure:
    """The row as it is once nobody else writes it; of a replaced version nothing is told."""
    Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    found = Measure.objects.with_programme().select_related("responsible").get(pk=measure.pk)
    if found.goal.programme.stage != Stage.APPROVED:
        raise Refused(_("A newer version of the programme is in force. Open the measure again."))
    return found


def _teller(measure: Measure, by: User | None, request: ReportRequest | None) -> dict[str, Any]:
    if request is not None:
        is_open = ReportRequest.objects.open().filter(pk=request.pk, measure=measure.pk).exists()
        if not is_open or not _still_concerned(request):
            raise Refused(_("This link is not valid any more."))
        asked = request.user  # a reminder may have reached a coordinator
        return {
            "by": asked,
            "name": request.addressee[:LONGEST_NAME],
            "organisation": _speaks_for(measure, asked) if asked else measure.responsible,
        }
    if by is None or not may_report(measure, by):
        raise Refused(_("You cannot do this."))
    return {"by": by, "name": str(by)[:LONGEST_NAME], "organisation": _speaks_for(measure, by)}


def _speaks_for(measure: Measure, user: User) -> Organisation | None:
    """The responsible organisation; none where the coordinator tells."""
    rows = Affiliation.objects.confirmed().filter(user=user, organisation=measure.responsible)
    return measure.responsible if rows.exists() else None


SAME = ("by_id", "name", "state", "achieved", "progress", "text", "evidence")


def _is_same(last: MeasureUpdate, update: MeasureUpdate) -> bool:
    return all(getattr(last, name) == getattr(update, name) for name in SAME)


def _apply(measure: Measure, update: MeasureUpdate) -> None:
    """A figure that the portal counts is not overwritten."""
    measure.state = update.state
    measure.done_on = timezone.localdate() if update.state == State.DONE else None
    if update.achieved is not None and not measure.counts:
        measure.achieved = update.achieved
    if update.progress is not None:
        measure.progress = update.progress
    measure.save(update_fields=["state", "done_on", "achieved", "progress"])
    search.reindex(measure)
