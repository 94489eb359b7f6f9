"""The one way to tell somebody something: `post`, inside the transaction that causes it."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils import timezone

from cluster_portal.notifications import kinds
from cluster_portal.notifications.models import MailState, OutboxMail
from cluster_portal.notifications.sending import sealing

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

# What PostgreSQL's JSON cannot hold: NUL and lone surrogates.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


Values = dict[str, str | int]


@dataclass(frozen=True)
class Guest:
    """A reader without an account."""

    email: str
    name: str
    language: str


def post(
    kind: str,
    *,
    to: "Reader | Guest",
    key: str,
    about: models.Model | None = None,
    values: Values | None = None,
    secrets: dict[str, str] | None = None,
) -> None:
    """Queue one message; a repeat with the same kind, key and reader changes nothing.

    `secrets` are stored encrypted and blanked once the message has left.
    """
    row = compose(kind, to=to, key=key, about=about, values=values)
    row.secrets = sealing.seal(secrets or {})
    _insert([row])


def compose(
    kind: str,
    *,
    to: "Reader | Guest",
    key: str = "",
    about: models.Model | None = None,
    values: Values | None = None,
) -> OutboxMail:
    """The row that `post` inserts, for a service that writes it with others in one statement.

    Such a service fills in what it does not know yet, and calls `wake_after_commit`.
    """
    return _addressed(_row(kind, key, about, values or {}), to)


def post_to_all(
    kind: str,
    *,
    to: "Iterable[Reader | Guest]",
    key: str,
    about: models.Model | None = None,
    values: Values | None = None,
    due_at: datetime.datetime | None = None,
) -> None:
    """The same message to many readers, in a few statements.

    With `due_at` it waits, so that its kind can tell at once what has come until then.
    """
    rows = [_addressed(_row(kind, key, about, values or {}), reader) for reader in to]
    for row in rows:
        row.due_at = due_at or row.due_at
    _insert(rows)


def post_each(
    kind: str,
    readers: "Iterable[tuple[Reader | Guest, models.Model]]",
    *,
    key: str,
    values: Values | None = None,
) -> None:
    """To each reader about a thing of their own, whose primary key completes the `key`."""
    _insert(
        [
            _addressed(_row(kind, f"{key}:{about.pk}", about, values or {}), reader)
            for reader, about in readers
        ]
    )


def post_composed(rows: list[OutboxMail]) -> None:
    """Messages of several readers, each composed about a thing of their own, in one statement."""
    _insert(rows)


def _row(kind_name: str, key: str, about: models.Model | None, values: Values) -> OutboxMail:
    kind = kinds.get(kind_name)
    row = OutboxMail(
        kind=kind.name,
        key=key,
        version=kind.version,
        priority=kind.priority,
        is_notice=kind.in_inbox,
        values={name: _storable(value) for name, value in values.items()},
    )
    if about is not None:
        if not hasattr(getattr(type(about), "objects", None), "visible_to"):
            raise TypeError(f"{about!r} needs visible_to before mail can be about it")
        row.about_type = ContentType.objects.get_for_model(about)
        row.about_id = about.pk
    return row


def _storable(value: object) -> str | int:
    return value if isinstance(value, int) else UNSTORABLE.sub("", str(value))


def _addressed(row: OutboxMail, reader: "Reader | Guest") -> OutboxMail:
    if isinstance(reader, Guest):
        row.guest_address = reader.email
        row.guest_name = UNSTORABLE.sub("", reader.name)[:200]
        row.guest_language = reader.language
        row.is_notice = False
        return row
    row.recipient_id = reader.pk
    return row


_told: ContextVar[list[str] | None] = ContextVar("told", default=None)


@contextmanager
def listening() -> Iterator[list[str]]:
    """The names of those who are told something within, each once, as it is posted."""
    names: list[str] = []
    token = _told.set(names)
    try:
        yield names
    finally:
        _told.reset(token)


def _note(rows: list[OutboxMail]) -> None:
    names = _told.get()
    if names is None:
        return
    models.prefetch_related_objects(rows, "recipient")
    for row in rows:
        name = row.guest_name or row.guest_address if row.recipient is None else str(row.recipient)
        if name not in names:
            names.append(name)


_told_before: ContextVar[bool] = ContextVar("told_before", default=False)


@contextmanager
def told_before() -> Iterator[None]:
    """What is posted within was mailed once already: the inbox shows it, and no letter leaves."""
    token = _told_before.set(True)
    try:
        yield
    finally:
        _told_before.reset(token)


def _insert(rows: list[OutboxMail]) -> None:
    _note(rows)
    if _told_before.get():
        for row in rows:
            row.finish(MailState.DROPPED, "told before")
    OutboxMail.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    wake_after_commit()


# `apps.py` appends the Celery task, so that rules know no broker; without it the sweeper delivers.
wake_hooks: list[Callable[[], None]] = []


def wake() -> None:
    for hook in wake_hooks:
        hook()


def wake_after_commit() -> None:
    """Once per transaction, however many messages it posts."""
    if not any(hook is wake for _, hook, *_ in connection.run_on_commit):
        transaction.on_commit(wake, robust=True)


KEPT = datetime.timedelta(days=365)


AT_ONCE = 5000


def forget_mail() -> int:
    """The oldest first. A message that still waits is kept however old it is."""
    done = OutboxMail.objects.exclude(state=MailState.QUEUED)
    oldest = OutboxMail.objects.order_by("pk").values("pk")[:AT_ONCE]
    old = done.filter(pk__in=oldest, created_at__lt=timezone.now() - KEPT)
    return old.delete()[0]
