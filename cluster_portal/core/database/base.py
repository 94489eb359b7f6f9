"""Django's PostgreSQL backend over a connection that gives up waiting (Django asks for `base`)."""

from __future__ import annotations

import time
from typing import Any, TypeVar

import psycopg
from django.db.backends.postgresql import base

Answer = TypeVar("Answer")
SILENT_SECONDS = 3.0
CHECK_SECONDS = 1.0  # for "SELECT 1" on a connection that lay idle


class ImpatientConnection(psycopg.Connection[Any]):
    """Waits for an answer at most `patience` seconds; a connection without an answer is closed."""

    patience: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except psycopg.errors._WaitTimeout:  # noqa: SLF001 -- psycopg has no public name for it
            if timeout:
                raise
            self.pgconn.finish()
            message = "the database gave no answer in time"
            raise psycopg.OperationalError(message) from None


class DatabaseWrapper(base.DatabaseWrapper):
    """A server that let connecting time out is not asked again for a moment, by the whole process:
    a page tries several times (session, account, error page) and would wait each time.
    """

    _silent_until = 0.0

    def get_new_connection(self, conn_params: dict[str, Any]) -> ImpatientConnection:
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        patience = conn_params.pop("patience", None)
        if patience and time.monotonic() < DatabaseWrapper._silent_until:
            message = "the database gave no answer a moment ago"
            raise psycopg.OperationalError(message)
        try:
            connection = ImpatientConnection.connect(**conn_params)
        except psycopg.errors.ConnectionTimeout:
            DatabaseWrapper._silent_until = time.monotonic() + SILENT_SECONDS
            raise
        connection.patience = patience
        return connection

    def is_usable(self) -> bool:
        if self.connection is None:
            return False
        patience, self.connection.patience = self.connection.patience, CHECK_SECONDS
        try:
            return super().is_usable()
        finally:
            self.connection.patience = patience
