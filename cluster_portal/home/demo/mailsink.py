"""A small SMTP server that keeps every mail as a file: `<folder>/<moment>-<number>.eml`.

python -m cluster_portal.home.demo.mailsink FOLDER SOCKET_DESCRIPTOR
"""

import asyncio
import itertools
import signal
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST_MAIL = 10_000_000  # bytes


class Keeper:
    """Answers 250 only when the mail is in its place under its final name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = itertools.count(1)

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{next(self.numbers)}"
        partial = self.folder / f"{name}.part"
        try:
            partial.write_bytes(envelope.original_content or b"")
            partial.rename(self.folder / f"{name}.eml")
        except OSError as error:
            return f"452 the mail cannot be kept: {error.strerror}"
        return "250 kept"


async def serve(folder: Path, listener: socket.socket) -> None:
    """Until SIGTERM."""
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    keeper = Keeper(folder)

    def session() -> SMTP:
        return SMTP(
            keeper,
            hostname="localhost",
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            loop=loop,
        )

    server = await loop.create_server(session, sock=listener)
    await stopping.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), socket.socket(fileno=int(sys.argv[2]))))
