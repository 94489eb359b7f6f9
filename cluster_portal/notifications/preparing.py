"""From due rows to letters: what may go is asked and loaded for all of them at once.

Per batch and model, never per letter: readers with their audiences and choices, what the messages
are about, whether their readers may see it, and what their kinds need to know. What cannot be
prepared together is prepared alone, so that a poisoned row spoils nothing but itself.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import DatabaseError, connection, transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from cluster_portal.core.visibility import audiences_of
from cluster_portal.notifications import kinds, preferences, sight
from cluster_portal.notifications.letters import letter_of
from cluster_portal.notifications.models import Channel, MailState, OutboxMail
from cluster_portal.notifications.rendering import titles

logger = logging.getLogger(__name__)


Letter = tuple[OutboxMail, EmailMultiAlternatives]


class NotToBeSent(Exception):
    """The row is settled without a letter."""

    def __init__(self, state: MailState, reason: str) -> None:
        super().__init__(reason)
        self.state = state
        self.reason = reason


@dataclass
class Prepared:
    """Letters to send, rows that were settled without one, and those that failed."""

    letters: list[Letter] = field(default_factory=list)
    settled: list[OutboxMail] = field(default_factory=list)
    failed: list[tuple[OutboxMail, Exception]] = field(default_factory=list)

    def try_with(self, mail: OutboxMail, work: Callable[[OutboxMail], None]) -> bool:
        """Do a row's part of the work; False when that settled the row or failed."""
        try:
            work(mail)
        except NotToBeSent as answer:
            mail.finish(answer.state, answer.reason)
            self.settled.append(mail)
        except kinds.NothingToSay as answer:
            mail.finish(MailState.DROPPED, str(answer) or "nothing to say any more")
            self.settled.append(mail)
        except DatabaseError:
            raise  # the transaction is broken for all
        except Exception as error:
            logger.exception("mail %s cannot be rendered", mail.pk)
            self.failed.append((mail, error))
        else:
            return True
        return False


def prepare(mails: list[OutboxMail]) -> Iterator[Prepared]:
    """All of them together, or each alone when that cannot be done."""
    if not mails:
        return
    session = connection.connection
    try:
        with transaction.atomic():
            together = _together(mails)
    except Exception as error:
        # Leaving the block has opened a session in the place of one that was lost.
        if connection.connection is not session or not connection.is_usable():
            raise  # the claims have ended with the session
        if len(mails) == 1:
            logger.exception("mail %s cannot be prepared", mails[0].pk)
            yield Prepared(failed=[(mails[0], error)])
        else:
            for mail in mails:
                yield from prepare([mail])
    else:
        yield together


def _together(mails: list[OutboxMail]) -> Prepared:
    """1. who reads, and what about; 2. refuse what may not go; 3. load for the rest; 4. print."""
    prepared = Prepared()
    _introduce_readers(mails)
    prefetch_related_objects(mails, "about")
    refuse = partial(_refuse_pointless, visible=_visible(mails))
    going = [mail for mail in mails if prepared.try_with(mail, refuse)]
    _load_needs(going)
    for mail in going:
        prepared.try_with(mail, partial(_print, letters=prepared.letters))
    return prepared


def _introduce_readers(mails: list[OutboxMail]) -> None:
    """One object for each reader, who knows what she is and what she wants."""
    people = {mail.recipient.pk: mail.recipient for mail in mails if mail.recipient}
    audiences_of(people.values())
    preferences.remember(people.values())
    for mail in mails:
        if mail.recipient:
            mail.recipient = people[mail.recipient.pk]


def _visible(mails: list[OutboxMail]) -> set[sight.Sight]:
    return sight.seen(
        (mail.recipient, (mail.about_type_id, mail.about_id))
        for mail in mails
        if mail.recipient and mail.about_type_id is not None and mail.about_id is not None
    )


def _load_needs(mails: list[OutboxMail]) -> None:
    by_kind: dict[str, list[OutboxMail]] = defaultdict(list)
    for mail in mails:
        by_kind[mail.kind].append(mail)
    for name, same in by_kind.items():
        kind = kinds.get(name)
        prefetch_related_objects([mail.about for mail in same if mail.about], *kind.needs)
        kind.prepare(same)


def _refuse_pointless(mail: OutboxMail, visible: set[sight.Sight]) -> None:
    """Raise NotToBeSent for what has lost its reader, its object or its time."""
    kind = kinds.get(mail.kind)
    if mail.version > kind.version:
        raise ValueError(f"written by a newer release: version {mail.version}")
    if kind.lifetime and timezone.now() > mail.created_at + kind.lifetime:
        raise NotToBeSent(MailState.DROPPED, "too late to be of use")
    if mail.recipient and not mail.recipient.is_active:
        raise NotToBeSent(MailState.DROPPED, "the account is closed")
    if mail.about_id is not None:
        _refuse_hidden(mail, visible)


def _refuse_hidden(mail: OutboxMail, visible: set[sight.Sight]) -> None:
    """Neither mail nor notice of what is gone, or is no longer the reader's to see."""
    if mail.about is None:
        mail.is_notice = False
        raise NotToBeSent(MailState.DROPPED, "what it is about is gone")
    if mail.recipient and (mail.recipient.pk, mail.about_type_id, mail.about_id) not in visible:
        mail.is_notice = False
        raise NotToBeSent(MailState.DROPPED, "the reader may no longer see what it is about")


def _print(mail: OutboxMail, letters: list[Letter]) -> None:
    """The notice's titles for the inbox, and the letter where the reader wants one."""
    if mail.recipient:
        mail.titles = titles(mail) if mail.is_notice else {}
        _refuse_unwanted(mail, mail.recipient)
    letters.append((mail, letter_of(mail)))


def _refuse_unwanted(mail: OutboxMail, reader: Any) -> None:
    kind = kinds.get(mail.kind)
    channel = preferences.channel_for(reader, kind)
    if channel == Channel.OFF:
        raise NotToBeSent(MailState.DROPPED, "switched off by the reader")
    if channel == Channel.WEEKLY and kind.group != kinds.KindGroup.DIGEST:
        raise NotToBeSent(MailState.WEEKLY, "")
