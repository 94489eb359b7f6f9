"""Erasing an account: what stops it, what it does, and doing it, whole, in one transaction.

1. their row is locked, so that two erasures are one; 2. every app lets go of them through its
services; 3. the row is locked against rows that would point at it, and 2 is done again for what
came meanwhile: from now on the database refuses such rows; 4. the row is deleted; 5. the ledgers
forget; 6. a last mail says so. Where others still need somebody to have been there, a row without a
person stands in (`hand_over`). docs/decisions/0009-erasure.md
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit, request_cache
from cluster_portal.core.audit import refusals
from cluster_portal.core.content import Person, parts
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.core.search import SearchWord
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import MailState, OutboxMail
from cluster_portal.notifications.outbox import Guest
from members.models import User
from members.models.users import ERASED
from members.services import tombstones

if TYPE_CHECKING:
    import datetime

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

FAREWELL = "account_erased"
STAND_INS: request_cache.Part[User] = request_cache.Part("stand-in of an erased user")


@dataclass(frozen=True)
class Effects:
    label: str | _StrPromise
    sentences: list[str]


def blockers(user: User) -> list[str]:
    """What must be settled first; empty when the account can go."""
    return [sentence for part in parts(lambda one: one.erasure) for sentence in part.blockers(user)]


def effects(user: User) -> list[Effects]:
    found = [Effects(part.label, part.effects(user)) for part in parts(lambda one: one.erasure)]
    return [each for each in found if each.sentences]


def erase_account(
    user: User, *, by: User | None, unused_since: datetime.datetime | None = None
) -> None:
    """`by=None` is the portal itself, which erases what nobody has signed in to `unused_since`.

    `Refused` while something stands in the way, or while their rows are held by another.
    """
    try:
        _erase(user.pk, by=by, unused_since=unused_since)
    except OperationalError:
        raise Refused(
            _("Something of this account is being handled just now. Try again in a moment.")
        ) from None


@request_cache.scope()
@transaction.atomic
def _erase(pk: int, *, by: User | None, unused_since: datetime.datetime | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '60s'")
    for may_still_write in (True, False):
        user = _locked(pk, no_key=may_still_write)
        _refuse_blocked(user)
        _refuse_used(user, unused_since)
        for part in parts(lambda one: one.erasure):
            part.erase(user)
    person = _person(user)
    farewell = Guest(user.email, user.first_name, user.language)
    entry = audit.record(user, "account erased", by=by)
    joined = user.date_joined
    user.delete()
    transaction.on_commit(partial(tombstones.remember, pk, joined))
    for part in parts(lambda one: one.erasure):
        part.forget(person)
    audit.blank_contexts(person.pk)
    refusals.forget_account(person.pk)
    SearchWord.objects.filter(word__in=person.name.lower().split()).delete()
    outbox.post(FAREWELL, to=farewell, key=str(entry.pk))


def drop_farewells() -> int:
    """The last mail's own row, as soon as the mail has left: nothing names them then."""
    left = OutboxMail.objects.filter(kind=FAREWELL).exclude(state=MailState.QUEUED)
    return left.delete()[0]


def _locked(pk: int, *, no_key: bool) -> User:
    """The fresh row; without `no_key` no row that points at it can be stored beside this."""
    user = User.objects.select_for_update(no_key=no_key).filter(pk=pk).first()
    if user is None or user.is_erased:
        raise Refused(_("The account has been erased already."))
    return user


def _refuse_blocked(user: User) -> None:
    found = blockers(user)
    if found:
        raise Refused(" ".join(found))


def _refuse_used(user: User, unused_since: datetime.datetime | None) -> None:
    """Signing in waits for the lock of their row, or has been before it."""
    if unused_since and (user.last_login or user.date_joined) >= unused_since:
        raise Overtaken


def _person(user: User) -> Person:
    return Person(user.pk, user.get_full_name(), tuple(addresses_of(user)))


def addresses_of(user: User) -> list[str]:
    """Theirs for certain: that of the account, and what they have shown to be theirs."""
    shown = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return sorted({user.email.lower(), *(address.lower() for address in shown)})


def hand_over(rows: QuerySet[Any], field: str, user: User, **blanks: Any) -> None:
    """Puts a row without a person in their place, where the row must go on having somebody."""
    if rows.exists():
        rows.update(**{field: _stand_in(user)}, **blanks)


def _stand_in(user: User) -> User:
    def make() -> User:
        made = User(email=f"{uuid4().hex}{ERASED}", language=user.language, is_active=False)
        made.set_unusable_password()
        made.save()
        return made

    return STAND_INS.get(user.pk, make)
