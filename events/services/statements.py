"""Joint statements: written, signed by organisations through their contacts, published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.notifications import outbox
from events.models import Body, BodyMember, Signature, Statement
from events.models.bodies import Role
from events.models.statements import MOVES, Stage
from events.services import bodies
from events.services.meeting_notices import leaders_of, tell_seat
from members.models import Organisation, User
from members.services.recipients import contacts_of
from projects.services import entries

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet


@transaction.atomic
def write_statement(body: Body, values: dict[str, Any], *, form_key: UUID, by: User) -> Statement:
    body = bodies.lock(body, by)
    known = made_by(Statement, form_key, body=body)
    if known is not None:
        return known
    statement = Statement.objects.create(body=body, form_key=form_key, **values)
    search.reindex(statement)
    audit.record(statement, "statement written", by=by)
    return statement


def _lock(statement: Statement) -> Statement:
    rows = Statement.objects.select_related("body").select_for_update(of=("self",))
    return rows.get(pk=statement.pk)


@transaction.atomic
def edit_statement(
    statement: Statement, values: dict[str, Any], *, by: User, seen: str = ""
) -> Statement:
    """What somebody may have signed is changed by nobody."""
    statement = _lock(statement)
    if not statement.body.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    if statement.stage != Stage.DRAFT:
        raise Refused(_("The statement is open for signing, so its words stay."))
    entries.refuse_changed(statement, values, seen)
    entries.assign(statement, values)
    statement.save()
    search.reindex(statement)
    audit.record(statement, "statement edited", by=by)
    return statement


@transaction.atomic
def move_statement(statement: Statement, action: str, *, by: User) -> Statement:
    statement = _lock(statement)
    statement.stage = Stage(MOVES.step(action, statement, by).target)
    if statement.stage == Stage.PUBLISHED:
        statement.published_at = timezone.now()
    statement.save()
    entry = audit.record(statement, f"statement {action}", by=by)
    kind = "statement_open" if statement.stage == Stage.OPEN else "statement_published"
    outbox.post_to_all(kind, to=_concerned(statement, by), key=str(entry.pk), about=statement)
    return statement


def _concerned(statement: Statement, by: User) -> QuerySet[User]:
    """Who sits in the body or its groups, and the contacts of organisations that sit there or have
    signed: only a contact signs."""
    seats = BodyMember.objects.current().filter(of_whole(statement.body_id))
    signed = statement.signatures.values("organisation")
    contacts = contacts_of(Organisation.objects.filter(
        Q(pk__in=seats.exclude(organisation=None).values("organisation")) | Q(pk__in=signed)
    ))  # fmt: skip
    sitting = seats.exclude(user=None).values("user")
    people = User.objects.filter(Q(pk__in=sitting) | Q(pk__in=contacts.values("pk")))
    return people.filter(is_active=True).exclude(pk=by.pk).order_by("pk")


def of_whole(body: Any) -> Q:
    """Seats of a body and of its groups."""
    return Q(body=body) | Q(body__parent=body)


def to_sign(user: Reader) -> QuerySet[Statement]:
    """Open ones that an organisation whose contact the reader is, and that sits there, lacks."""
    signed = Signature.objects.filter(
        statement=OuterRef(OuterRef("pk")), organisation=OuterRef("organisation")
    )  # fmt: skip
    seats = BodyMember.objects.current().filter(
        of_whole(OuterRef("body")), ~Exists(signed), organisation__in=audience(user).edits
    )  # fmt: skip
    return Statement.objects.visible_to(user).filter(Exists(seats), stage=Stage.OPEN)


def signing_for(statement: Statement, user: Reader) -> QuerySet[Organisation]:
    """Organisations for which the reader can still sign."""
    mine = Organisation.objects.filter(pk__in=audience(user).edits)
    if statement.stage != Stage.OPEN:
        return mine.none()
    return mine.exclude(pk__in=statement.signatures.values("organisation")).order_by("sort_name")


@transaction.atomic
def sign(statement: Statement, organisation: Organisation, *, by: User) -> Signature:
    """Once for an organisation, by its contact, while the statement is open."""
    statement = _lock(statement)
    if organisation.pk not in audience(by).edits:
        raise Refused(_("An organisation signs through its contact person."))
    if statement.stage != Stage.OPEN:
        raise Refused(_("The statement is not open for signing."))
    made, is_new = Signature.objects.get_or_create(
        statement=statement, organisation=organisation, defaults={"signer": by}
    )
    if is_new:
        entry = audit.record(statement, "statement signed", by=by,
                             details={"organisation": organisation.pk})  # fmt: skip
        for seat in _secretaries(statement.body, by):
            tell_seat("statement_signed", seat, entry.pk, statement,
                      organisation=organisation.title)  # fmt: skip
    return made


def _secretaries(body: Body, by: User) -> list[BodyMember]:
    """The secretary; in a body without one the chair."""
    leaders = list(leaders_of(body, but=by))
    return [seat for seat in leaders if seat.role == Role.SECRETARY] or leaders


@transaction.atomic
def take_back(statement: Statement, organisation: Organisation, *, by: User) -> None:
    """Until the statement is published."""
    statement = _lock(statement)
    if organisation.pk not in audience(by).edits or statement.stage != Stage.OPEN:
        raise Refused(_("The signature can no longer be taken back."))
    statement.signatures.filter(organisation=organisation).delete()
    audit.record(statement, "signature taken back", by=by,
                 details={"organisation": organisation.pk})  # fmt: skip
