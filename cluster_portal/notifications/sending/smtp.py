"""Django's SMTP backend, which waits for the answer to a letter as long as RFC 5321 says.

Connecting and each other command have `EMAIL_TIMEOUT`. A server that has the whole letter may take
ten minutes to say so (RFC 5321 4.5.3.2.6); who hangs up sooner and comes again delivers it twice.
"""

import re
import smtplib
from typing import Any

from django.core.mail.backends import smtp

ANSWER_SECONDS = 600
TO_GO_ON, LINE_START = 354, re.compile(rb"(?m)^\.")


class LostAnswer(smtplib.SMTPException):
    """The server got the letter, or a part of it, and never said whether it took it."""


class Patient(smtplib.SMTP):
    def data(self, msg: Any) -> tuple[int, bytes]:
        code, words = self.docmd("data")
        if code != TO_GO_ON:
            raise smtplib.SMTPDataError(code, words)
        content = LINE_START.sub(b"..", msg)  # Django gives bytes with CRLF line ends
        ended = content if content.endswith(b"\r\n") else content + b"\r\n"
        return self._answer_to(ended + b".\r\n")

    def _answer_to(self, content: bytes) -> tuple[int, bytes]:
        connected = self.sock
        if connected is None:
            raise smtplib.SMTPServerDisconnected("please run connect() first")
        usual = connected.gettimeout()
        connected.settimeout(ANSWER_SECONDS)
        try:
            self.send(content)
            answer = self.getreply()
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            self.close()
            raise LostAnswer(f"{type(error).__name__}: {error}") from error
        connected.settimeout(usual)
        return answer


class PatientOverTLS(Patient, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return PatientOverTLS if self.use_ssl else Patient
