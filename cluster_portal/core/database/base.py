"""Django's PostgreSQL backend over a connection that gives up waiting (Django asks for `base`)."""

from __future__ import annotations

from typing import Any, TypeVar

import psycopg
from django.db.backends.postgresql import base

Answer = TypeVar("Answer")
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
    def get_new_connection(self, conn_params: dict[str, Any]) -> ImpatientConnection:
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        patience = conn_params.pop("patience", None)
        connection = ImpatientConnection.connect(**conn_params)
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
