"""Letters of a cluster: sent by a person, composed by a worker in chunks, stopped while they go.

Each chunk is one transaction: the letter is held, its receivers and their mail are written, and the
cursor moves. A worker that is killed leaves the cursor where it was, and the next one goes on.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.content import parts
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import kinds, outbox, preferences
from cluster_portal.notifications.models import (
    Channel,
    Letter,
    LetterReceiver,
    MailState,
    OutboxMail,
    Preference,
)
from cluster_portal.notifications.models.letters import MOVES, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.letter_audiences import LetterAudience
    from cluster_portal.core.visibility import Reader
    from cluster_portal.notifications.outbox import Guest, Values

KIND, TEST = "letter", "letter_test"
CHUNK = 500
FARTHEST = datetime.timedelta(days=365)


def audiences() -> dict[str, LetterAudience]:
    """All that the apps declare, by their keys."""
    return {each.key: each for each in parts(lambda one: one.letters)}


def chosen_audiences(letter: Letter) -> list[tuple[LetterAudience, dict[str, list[str]]]]:
    """Those of the letter, in their declared order, with what narrows them."""
    chosen = letter.chosen()
    return [(each, chosen[key]) for key, each in audiences().items() if key in chosen]


def people_of(letter: Letter) -> QuerySet[Any]:
    """Everybody in its audiences, once."""
    wanted = Q(pk__in=[])
    for each, narrowed in chosen_audiences(letter):
        wanted |= Q(pk__in=each.people(letter.cluster_id, narrowed).order_by().values("pk"))
    return get_user_model()._default_manager.filter(wanted)


def reachable(people: QuerySet[Any]) -> QuerySet[Any]:
    """Those with an open account and a confirmed address."""
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return people.filter(Exists(confirmed), is_active=True)


def guests_of(letter: Letter) -> dict[str, tuple[str, Guest]]:
    """Those without an account, by address, each with the key of the audience."""
    found: dict[str, tuple[str, Guest]] = {}
    for each, narrowed in chosen_audiences(letter):
        for guest in each.guests(letter.cluster_id, narrowed):
            found.setdefault(guest.email.lower(), (each.key, guest))
    for address in _reached_otherwise(letter, found) | preferences.refusing(found):
        found.pop(address, None)
    return found


def _reached_otherwise(letter: Letter, addresses: Iterable[str]) -> set[str]:
    """Whose account gets the letter itself, or wants no letters."""
    rows = EmailAddress.objects.filter(email__in=addresses, verified=True)
    off = Preference.objects.filter(group=kinds.KindGroup.LETTERS, channel=Channel.OFF)
    gets_it = Q(user__in=reachable(people_of(letter)).values("pk"))
    settled = rows.filter(gets_it | Q(user__in=off.values("user")))
    return {address.lower() for address in settled.values_list("email", flat=True)}


def mails_of(letter: Letter) -> QuerySet[OutboxMail]:
    return OutboxMail.objects.filter(kind=KIND, key=str(letter.pk))


def version_of(letter: Letter) -> str:
    """Changes with every change of the letter: what was looked at is what is sent."""
    return letter.updated_at.isoformat()


def _lock(letter: Letter) -> Letter:
    return Letter.objects.select_for_update(no_key=True, of=("self",)).get(pk=letter.pk)


@transaction.atomic
def send(letter: Letter, *, by: Reader, seen: str, at: datetime.datetime | None = None) -> Letter:
    """Now or at a moment; whoever presses twice is refused the second time."""
    letter = _lock(letter)
    move = MOVES.step("schedule" if at else "send", letter, by)
    if seen != version_of(letter):
        raise Refused(_("The letter was changed meanwhile. Look at it again before you send it."))
    if not reachable(people_of(letter)).exists() and not guests_of(letter):
        raise Refused(_("Nobody would get this letter. Choose to whom it goes."))
    if at:
        check_moment(at)
    letter.stage, letter.send_at = move.target, at
    letter.save(update_fields=["stage", "send_at"])
    audit.record(letter, "letter scheduled" if at else "letter sent", by=by)
    outbox.wake_after_commit()
    return letter


def check_moment(at: datetime.datetime) -> None:
    now = timezone.now()
    if at <= now:
        raise Refused(_("The moment of sending has passed."))
    if at > now + FARTHEST:
        raise Refused(_("A letter can be sent at most a year from now."))


@transaction.atomic
def take_back(letter: Letter, *, by: Reader) -> Letter:
    letter = _lock(letter)
    letter.stage = MOVES.step("take_back", letter, by).target
    letter.send_at = None
    letter.save(update_fields=["stage", "send_at", "updated_at"])
    audit.record(letter, "letter taken back", by=by)
    return letter


@transaction.atomic
def stop(letter: Letter, *, by: Reader) -> Letter:
    """What has not left stays; whoever did not get the letter does not see it either."""
    letter = _lock(letter)
    letter.stage = MOVES.step("stop", letter, by).target
    letter.save(update_fields=["stage"])
    waiting = mails_of(letter).filter(state=MailState.QUEUED, is_unanswered=False)
    rows = list(waiting.select_for_update(skip_locked=True, no_key=True, of=("self",)))
    held = OutboxMail.objects.filter(pk__in=[row.pk for row in rows])
    held.update(state=MailState.DROPPED, is_notice=False, last_error="stopped by the sender")
    missed = Q(user__in=[row.recipient_id for row in rows if row.recipient_id])
    missed |= Q(address__in=[row.guest_address for row in rows if row.guest_address])
    letter.receivers.filter(missed).delete()
    audit.record(letter, "letter stopped", by=by, details={"not sent": len(rows)})
    return letter


@transaction.atomic
def send_test(letter: Letter, *, by: Reader) -> None:
    """To oneself, in each language that it is written in."""
    entry = audit.record(letter, "letter tested", by=by)
    for language in letter.languages:
        values: Values = {"language": language}
        outbox.post(TEST, to=by, key=f"{entry.pk}:{language}", about=letter, values=values)


def send_due(now: datetime.datetime) -> None:
    """Harmless at any time, and by several at once."""
    while compose_some(now):
        pass
    finish_sent(now)


@transaction.atomic
def compose_some(now: datetime.datetime) -> bool:
    """The next readers of one due letter; False when there is none that nobody else holds."""
    letter = Letter.objects.claim(now)
    if letter is None:
        return False
    letter.stage = Stage.SENDING
    people = reachable(people_of(letter)).filter(pk__gt=letter.cursor)
    readers = list(people.order_by("pk").only("pk")[:CHUNK])
    if readers:
        _post_to_people(letter, readers)
        letter.cursor = readers[-1].pk
    else:
        _post_to_guests(letter)
        letter.composed_at = now
    letter.save(update_fields=["stage", "cursor", "composed_at"])
    return True


def _post_to_people(letter: Letter, readers: list[Any]) -> None:
    """Each reader by the first audience that has them: it says why they get the letter."""
    left = {reader.pk: reader for reader in readers}
    for each, narrowed in chosen_audiences(letter):
        rows = each.people(letter.cluster_id, narrowed).filter(pk__in=left)
        mine = [left.pop(pk) for pk in rows.order_by().values_list("pk", flat=True)]
        made = (LetterReceiver(letter=letter, user=one, audience=each.key) for one in mine)
        LetterReceiver.objects.bulk_create(made, batch_size=CHUNK, ignore_conflicts=True)
        _post(letter, mine, each.key)


def _post_to_guests(letter: Letter) -> None:
    for key, guest in guests_of(letter).values():
        made = [LetterReceiver(letter=letter, address=guest.email, audience=key)]
        LetterReceiver.objects.bulk_create(made, ignore_conflicts=True)
        _post(letter, [guest], key)


def _post(letter: Letter, readers: Iterable[Any], audience: str) -> None:
    values: Values = {"audience": audience}
    outbox.post_to_all(KIND, to=readers, key=str(letter.pk), about=letter, values=values)


def forget_guests() -> int:
    """To which addresses without an account letters went, when the mail itself is forgotten."""
    before = timezone.now() - outbox.KEPT
    return LetterReceiver.objects.filter(user=None, created_at__lt=before).delete()[0]


@transaction.atomic
def finish_sent(now: datetime.datetime) -> None:
    """A letter is sent when nothing of it waits any more."""
    composed = Letter.objects.filter(stage=Stage.SENDING, composed_at__isnull=False)
    for letter in composed.select_for_update(skip_locked=True, no_key=True, of=("self",)):
        if not mails_of(letter).filter(state=MailState.QUEUED).exists():
            letter.stage, letter.sent_at = Stage.SENT, now
            letter.save(update_fields=["stage", "sent_at"])
