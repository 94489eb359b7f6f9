"""Who is asked in a round: inviting, who interviews whom, agreeing on a day, holding the talk."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox
from cluster_portal.surveys.models import Response, Round
from cluster_portal.surveys.models.responses import MOVES, UNANSWERED
from cluster_portal.surveys.models.rounds import Mode, Role
from cluster_portal.surveys.models.rounds import Stage as RoundStage
from cluster_portal.surveys.services.responses import locked, require_open
from members.models import Affiliation, Coordinator, Membership, Organisation, User

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

    from cluster_portal.core.visibility import Reader

INVITED, INTERVIEW = "survey_invitation", "survey_interview"
MOST_AT_ONCE = 2000


@dataclass(frozen=True)
class Invited:
    """What an invitation has brought about; `silent` are those in which there is nobody to ask."""

    new: list[Response]
    known: int
    silent: list[Organisation]


def may_be_asked(by: User) -> Any:
    """Organisations that a coordinator can invite: members, and profiles that nobody claimed."""
    return Organisation.objects.managed_by(by).standing()


def people_to_ask(survey_round: Round, by: User) -> Any:
    """The people of these organisations, and private members of the cluster."""
    posts = Affiliation.objects.confirmed().filter(organisation__in=may_be_asked(by).order_by())
    own = Membership.objects.active().filter(cluster=survey_round.home_cluster_id)
    people = Q(pk__in=posts.values("user")) | Q(pk__in=own.values("person"))
    return User.objects.filter(people, is_active=True)


def interviewers_for(survey_round: Round) -> Any:
    """The cluster's coordinators, and the colleagues of their organisations."""
    posts = Coordinator.objects.current().filter(cluster=survey_round.home_cluster_id)
    theirs = Affiliation.objects.confirmed().filter(user__in=posts.values("user"))
    colleagues = Affiliation.objects.confirmed().filter(
        organisation__in=theirs.values("organisation")
    )
    mine = Q(pk__in=posts.values("user")) | Q(pk__in=colleagues.values("user"))
    return User.objects.filter(mine, is_active=True).order_by("sort_name", "pk")


@transaction.atomic
def invite(
    survey_round: Round,
    asked: Iterable[Organisation] | Iterable[User],
    *,
    by: User,
    interviewer: User | None = None,
) -> Invited:
    """Each is asked once, however often it is invited; told at once where the round is open."""
    survey_round = _locked_for(survey_round, by)
    chosen = list(asked)
    if not chosen:
        raise Refused(_("Choose whom to invite."))
    if len(chosen) > MOST_AT_ONCE:
        raise Refused(_("Invite at most %(count)d at a time.") % {"count": MOST_AT_ONCE})
    _refuse_strangers(survey_round, chosen, interviewer, by)
    name = "person" if survey_round.asks_persons else "organisation"
    known = set(survey_round.responses.values_list(name, flat=True))
    rows = [
        Response(round=survey_round, interviewer=interviewer, **{name: one})
        for one in {each.pk: each for each in chosen}.values()
        if one.pk not in known
    ]
    if not survey_round.asks_persons:
        _name_people(survey_round, rows)
    made = Response.objects.bulk_create(rows, batch_size=500)
    audit.record(survey_round, "invited", by=by, details={"count": len(made)})
    if survey_round.stage == RoundStage.OPEN:
        tell_invited(survey_round)
    if interviewer and made:
        _tell_interviewer(survey_round, interviewer, by)
    people = asked_of(made)
    silent = [row.organisation for row in made if row.organisation and not people[row.pk]]
    return Invited(made, len(chosen) - len(made), silent)


def _refuse_strangers(
    survey_round: Round, chosen: Sequence[Model], interviewer: User | None, by: User
) -> None:
    rows = people_to_ask(survey_round, by) if survey_round.asks_persons else may_be_asked(by)
    keys = {each.pk for each in chosen}
    if len(set(rows.filter(pk__in=keys).values_list("pk", flat=True))) < len(keys):
        raise Refused(_("You cannot invite all of these."))
    if interviewer and not interviewers_for(survey_round).contains(interviewer):
        raise Refused(_("Choose a coordinator or one of their colleagues."))


def turn_of(survey_round: Round) -> Round:
    """The round, once nobody else invites, reminds, opens or closes in it."""
    return Round.objects.select_for_update(no_key=True, of=("self",)).get(pk=survey_round.pk)


def _locked_for(survey_round: Round, by: User) -> Round:
    """The round's row is the lock under which nobody is invited twice."""
    survey_round = turn_of(survey_round)
    if not Round.objects.editable_by(by).contains(survey_round):
        raise Refused(_("You cannot do this."))
    if survey_round.stage not in {RoundStage.DRAFT, RoundStage.OPEN}:
        raise Refused(_("The round has closed. Open it again to invite more."))
    if survey_round.mode in {Mode.OPEN, Mode.ANONYMOUS}:
        raise Refused(_("In this round nobody is invited one by one."))
    return survey_round


def _name_people(survey_round: Round, rows: list[Response]) -> None:
    """Where a representative or deputy is asked: the first of each organisation who is one."""
    if survey_round.role == Role.CONTACT:
        return
    posts = Affiliation.objects.confirmed().filter(
        organisation__in=[row.organisation_id for row in rows], role=survey_round.role,
        user__is_active=True,
    )  # fmt: skip
    found = dict(posts.order_by("-pk").values_list("organisation", "user"))
    for row in rows:
        row.person_id = found.get(row.organisation_id or 0)


def asked_of(responses: Sequence[Response]) -> dict[int, list[User]]:
    """Who answers each: the person asked, as long as they belong there; else the contacts."""
    people: dict[int, list[User]] = {row.pk: [] for row in responses}
    named = User.objects.filter(is_active=True).in_bulk([r.person_id for r in responses])
    organisations = [row.organisation_id for row in responses if row.organisation_id]
    posts = Affiliation.objects.confirmed().filter(
        organisation__in=organisations, user__is_active=True
    )
    belong = set(posts.filter(user__in=named).values_list("organisation", "user"))
    contacts = defaultdict(list)
    for post in Affiliation.objects.contacts().filter(pk__in=posts).select_related("user"):
        contacts[post.organisation_id].append(post.user)
    for row in responses:
        person = named.get(row.person_id or 0)
        is_theirs = row.organisation_id is None or (row.organisation_id, row.person_id) in belong
        if person and is_theirs:
            people[row.pk] = [person]
        elif row.organisation_id:
            people[row.pk] = contacts[row.organisation_id]
    return people


def tell_invited(survey_round: Round) -> None:
    """Posts what has not been told; of two who open or invite at once the second finds nothing."""
    rows = list(survey_round.responses.filter(invited_at=None).select_related("organisation"))
    kind = INTERVIEW if survey_round.mode == Mode.INTERVIEWS else INVITED
    for response_pk, people in asked_of(rows).items():
        response = next(row for row in rows if row.pk == response_pk)
        outbox.post_to_all(kind, to=people, key=str(response.public_id), about=response)
    Response.objects.filter(pk__in=[row.pk for row in rows]).update(invited_at=timezone.now())


@transaction.atomic
def invite_again(made: Round, before: Round, *, by: User) -> None:
    """Into the next round: who was asked in the last one and can still be asked."""
    if made.mode in {Mode.OPEN, Mode.ANONYMOUS}:
        return
    rows = before.responses.filter(is_anonymous=False)
    if made.asks_persons:
        people = people_to_ask(made, by).filter(pk__in=rows.values("person"))
        if people.exists():
            invite(made, people, by=by)
        return
    organisations = may_be_asked(by).filter(pk__in=rows.values("organisation"))
    if organisations.exists():
        invite(made, organisations, by=by)


@transaction.atomic
def withdraw_invitation(response: Response, *, by: User) -> None:
    """Takes back what nobody has begun to answer."""
    survey_round = turn_of(response.round)
    response = locked(response)
    if not Round.objects.editable_by(by).contains(survey_round):
        raise Refused(_("You cannot do this."))
    if response.stage not in UNANSWERED or response.answers:
        raise Refused(_("Somebody has begun to answer: the invitation stays."))
    audit.record(
        survey_round, "invitation withdrawn", by=by,
        details={"organisation": response.organisation_id},
    )  # fmt: skip
    response.delete()


@transaction.atomic
def give_to_interviewer(
    responses: Iterable[Response], interviewer: User, *, by: User
) -> list[Response]:
    """Who holds these talks from now on; those that are over stay with who held them."""
    keys = [row.pk for row in responses]
    rows = Response.objects.filter(pk__in=keys, stage__in=UNANSWERED).order_by("pk")
    rows = rows.select_for_update(no_key=True, of=("self",)).select_related("round")
    changed = [row for row in rows if row.interviewer_id != interviewer.pk]
    for survey_round in {row.round for row in changed}:
        if not Round.objects.editable_by(by).contains(survey_round):
            raise Refused(_("You cannot do this."))
        if not interviewers_for(survey_round).contains(interviewer):
            raise Refused(_("Choose a coordinator or one of their colleagues."))
    for row in changed:
        row.interviewer = interviewer
        row.save(update_fields=["interviewer"])
        audit.record(row, "given to interviewer", by=by, details={"to": interviewer.pk})
    for survey_round in {row.round for row in changed}:
        _tell_interviewer(survey_round, interviewer, by)
    return changed


def _tell_interviewer(survey_round: Round, interviewer: User, by: User) -> None:
    if interviewer.pk == by.pk:
        return
    entry = audit.record(survey_round, "interviewer named", by=by)
    outbox.post("survey_interviewer", to=interviewer, key=str(entry.pk), about=survey_round)


@transaction.atomic
def agree(response: Response, day: datetime.date, *, by: User) -> Response:
    """A day for the talk; the other side is told."""
    response = locked(response)
    require_open(response.round)
    response.stage = MOVES.step("agree", response, by).target
    if day < timezone.localdate():
        raise Refused(_("Choose today or a coming day."))
    response.agreed_on = day
    response.save(update_fields=["stage", "agreed_on"])
    entry = audit.record(response, "day agreed", by=by, details={"day": day.isoformat()})
    readers = {each.pk: each for each in asked_of([response])[response.pk]}
    if response.interviewer_id:
        readers[response.interviewer_id] = response.interviewer  # type: ignore[assignment]
    told = [reader for pk, reader in readers.items() if pk != by.pk]
    outbox.post_to_all("survey_day_agreed", to=told, key=str(entry.pk), about=response)
    return response


@transaction.atomic
def hold(response: Response, *, by: User, day: datetime.date | None = None) -> Response:
    """The talk was held; whoever presses becomes its interviewer where it had none."""
    response = locked(response)
    require_open(response.round)
    response.stage = MOVES.step("hold", response, by).target
    day = day or timezone.localdate()
    if day > timezone.localdate():
        raise Refused(_("That day is still ahead."))
    response.held_on = day
    if response.interviewer_id is None:
        response.interviewer = by
    response.save(update_fields=["stage", "held_on", "interviewer"])
    audit.record(response, "talk held", by=by, details={"day": day.isoformat()})
    return response


def agreeable_by(user: Reader) -> Any:
    """The talks that the reader holds, in rounds that take answers."""
    rows = Response.objects.filter(
        round__stage=RoundStage.OPEN, round__closes_at__gt=timezone.now(),
        round__mode=Mode.INTERVIEWS, stage__in=UNANSWERED,
    )  # fmt: skip
    scope = Q(interviewer=None, round__home_cluster__in=audience(user).coordinates)
    return rows.filter(Q(interviewer=user.pk) | scope)


def answered_side(survey_round: Round) -> Any:
    """People whose answers have come: of organisations the person or contacts who answer."""
    counted = survey_round.responses.countable()
    contacts = Affiliation.objects.contacts().filter(
        user=OuterRef("pk"), organisation__in=counted.filter(person=None).values("organisation")
    )
    named = Q(pk__in=counted.values("person"))
    return User.objects.filter(named | Q(Exists(contacts)), is_active=True)
