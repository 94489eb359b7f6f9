"""The mailbox that returned mail comes to: a Maildir, an mbox file or a folder of an IMAP server.

Addresses: maildir:///path, mbox:///path, imaps://user:password@host[:port][/folder].
"""

from __future__ import annotations

import imaplib
import mailbox
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Message = tuple[bytes, Callable[[], None]]

PATIENCE = 30  # seconds


@contextmanager
def messages(url: str) -> Iterator[Iterator[Message]]:
    """Each message as it came, with the call that takes it out of the mailbox."""
    parts = urlsplit(url)
    if parts.scheme == "imaps":
        with _signed_in(url) as server:
            yield _of_server(server)
            server.expunge()
        return
    box = _opened(parts.scheme, unquote(parts.path))
    box.lock()
    try:
        yield _of_box(box)
    finally:
        box.close()


def _opened(scheme: str, path: str) -> mailbox.Mailbox[mailbox.Message]:
    if scheme == "maildir":
        return mailbox.Maildir(path, create=False)
    if scheme == "mbox":
        return mailbox.mbox(path, create=False)
    raise ValueError(f"no such mailbox: {scheme}")


def _of_box(box: mailbox.Mailbox[mailbox.Message]) -> Iterator[Message]:
    def remove(key: str) -> Callable[[], None]:
        def done() -> None:
            box.discard(key)
            box.flush()

        return done

    for key in list(box.keys()):
        yield box.get_bytes(key), remove(key)


@contextmanager
def _signed_in(url: str) -> Iterator[imaplib.IMAP4]:
    parts = urlsplit(url)
    with imaplib.IMAP4_SSL(parts.hostname or "", parts.port or 993, timeout=PATIENCE) as server:
        server.login(unquote(parts.username or ""), unquote(parts.password or ""))
        folder = unquote(parts.path.strip("/")) or "INBOX"
        answer, words = server.select(f'"{folder}"')
        if answer != "OK":
            raise OSError(f"the mailbox cannot be opened: {words!r}")
        yield server


def _of_server(server: imaplib.IMAP4) -> Iterator[Message]:
    def remove(number: str) -> Callable[[], None]:
        return lambda: _flag(server, number)

    _answer, found = server.search(None, "UNDELETED")
    for number in found[0].decode().split():
        _answer, parts = server.fetch(number, "(BODY.PEEK[])")
        whole = next((part[1] for part in parts if isinstance(part, tuple)), b"")
        yield whole, remove(number)


def _flag(server: imaplib.IMAP4, number: str) -> None:
    server.store(number, "+FLAGS", r"(\Deleted)")
