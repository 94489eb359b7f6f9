"""Logs of web and workers as one JSON object a line, with the request's id in each.

No line holds what opens something or what somebody looked for: tokens of links and reset keys are
parts of a path, search words and more tokens the query. `deploy/nginx/portal.conf` does the same.
"""

from __future__ import annotations

import logging
import re
from typing import Any

import structlog

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]

LEFT_OUT = "…"
# What stands before a secret in an address of ours or of allauth's.
BEFORE_SECRETS = (
    *(
        "confirm-email",
        "events/link",
        "invitations",
        "reset/key",
    ),
    *("meetings/link", "decisions/link", "bodies/link", "courses/link"),
    *("capabilities/confirm", "contact/confirm", "members/confirm", "named/link"),
    *(
        "searches/pause",
        "me/calendar",
        "theses/renew",
        "unsubscribe",
        "feedback",
        "programme/report",
        "certificates",
    ),
)
_SECRET = re.compile(rf"(/(?:{'|'.join(BEFORE_SECRETS)})/)[^/\s?\"'<>]+")
_QUERY = re.compile(r"(/[^\s?\"'<>]*\?)[^\s\"'<>]+")


def redacted(text: str) -> str:
    """The text with the secrets and the queries of the addresses in it left out."""
    return _QUERY.sub(rf"\1{LEFT_OUT}", _SECRET.sub(rf"\1{LEFT_OUT}", text))


def redact(_logger: Any, _method: str, event: Any) -> Any:
    """The last step before a line is written: its message, its values, its traceback."""
    return {
        name: redacted(value) if isinstance(value, str) else value for name, value in event.items()
    }


class RefusedQuietly(logging.Filter):
    """A request that Django refuses as suspicious is answered with 400; it is no fault of ours that
    needs a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.levelno, record.levelname = logging.INFO, "INFO"
            record.exc_info = None
        return True


def configuration(level: str) -> dict[str, Any]:
    """Sets structlog up and returns the `LOGGING` of the standard library that goes with it."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": _SHARED,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "filters": {"refused": {"()": RefusedQuietly}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "filters": ["refused"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        # Every request that was refused has a line of its own already, with its code.
        "loggers": {"django.request": {"level": "ERROR"}},
    }
