"""Limits of signing in: by account and network together, in the database, never a lasting lock.

From the sixth failure on that pair waits, ever longer, up to a quarter of an hour. Whoever locks
somebody out this way does so only from the network that they share; a network alone waits only far
above what a school does. An attempt is counted before the password is looked at and taken back when
it was right, so that parallel guesses are counted too.
"""

from __future__ import annotations

import datetime
import unicodedata
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from members.models import FailedSignIns

FREE_FAILURES = 5
WAITS = [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 15)]
FORGOTTEN_AFTER = timedelta(hours=1)
NETWORK_FAILURES = 300
NETWORK_WINDOW = timedelta(minutes=5)


class MustWait(Exception):
    """Too many failures; the next attempt is looked at after `until`."""

    def __init__(self, until: datetime.datetime) -> None:
        super().__init__(until)
        self.until = until


def begin(account: str, network: str) -> FailedSignIns:
    """Counts an attempt as failed until `succeeded`; `MustWait` when it is not to be looked at.

    `waits_until` of the answer is when the next attempt may come, should this one fail.
    """
    now = timezone.now()
    everybody = FailedSignIns.objects.filter(account="", network=network, waits_until__gt=now)
    for row in everybody:
        raise MustWait(row.waits_until or now)
    return _count(_hash(account), network, now)


@transaction.atomic
def _count(account: str, network: str, now: datetime.datetime) -> FailedSignIns:
    row = _locked(account, network, now)
    if row.waits_until and row.waits_until > now:
        raise MustWait(row.waits_until)
    row.failures += 1
    row.forgotten_at = now + FORGOTTEN_AFTER
    if row.failures > FREE_FAILURES:
        row.waits_until = now + WAITS[min(row.failures - FREE_FAILURES, len(WAITS)) - 1]
    row.save()
    return row


def succeeded(attempt: FailedSignIns) -> None:
    FailedSignIns.objects.filter(pk=attempt.pk).delete()


@transaction.atomic
def failed(attempt: FailedSignIns) -> None:
    """Counts it for the network too; from the 300th within five minutes all of it waits."""
    if not attempt.network:
        return
    now = timezone.now()
    row = _locked("", attempt.network, now)
    if not row.failures:
        row.forgotten_at = now + NETWORK_WINDOW
    row.failures += 1
    if row.failures >= NETWORK_FAILURES:
        row.waits_until = row.forgotten_at
    row.save()


def _locked(account: str, network: str, now: datetime.datetime) -> FailedSignIns:
    rows = FailedSignIns.objects.select_for_update()
    defaults = {"forgotten_at": now + NETWORK_WINDOW}
    row, _is_new = rows.get_or_create(account=account, network=network, defaults=defaults)
    if row.forgotten_at <= now:
        row.failures, row.waits_until = 0, None
    return row


def clear(accounts: list[str]) -> None:
    """A new password makes all guesses so far worthless, from whichever network."""
    FailedSignIns.objects.filter(account__in=[_hash(account) for account in accounts]).delete()


def forget() -> int:
    """The hourly round: what counts no more."""
    return FailedSignIns.objects.filter(forgotten_at__lte=timezone.now()).delete()[0]


def _hash(account: str) -> str:
    name = unicodedata.normalize("NFKC", account.strip()).casefold()
    return salted_hmac("members.sign_in_limits", name, algorithm="sha256").hexdigest()
