"""One SMTP connection, kept while letters leave, opened anew after any error."""

import smtplib
from types import TracebackType
from typing import Self

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend


class Unreachable(Exception):
    """The mail server cannot be spoken to: no letter's fault, so the round ends."""


class Postman:
    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None
        self.is_stuck = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.hang_up()

    def send(self, letter: EmailMultiAlternatives) -> None:
        connection = self._connected()
        try:
            connection.send_messages([letter])
        except BaseException:
            self.hang_up()
            raise

    def hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            try:
                connection.close()
            except (OSError, smtplib.SMTPException):
                pass

    def _connected(self) -> BaseEmailBackend:
        if self._connection is None:
            connection = get_connection()
            try:
                connection.open()
            except (OSError, smtplib.SMTPException) as error:
                self.is_stuck = True
                raise Unreachable(describe(error)) from error
            self._connection = connection
        return self._connection


def is_permanent(error: Exception) -> bool:
    """The server has refused this reader or this letter for good (5xx to RCPT or DATA)."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _words in error.recipients.values()]
        case smtplib.SMTPDataError():
            codes = [error.smtp_code]
        case _:
            return False
    return bool(codes) and all(500 <= code < 600 for code in codes)


def describe(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
