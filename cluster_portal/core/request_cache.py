"""What has been asked already within one request, one task or one letter.

Each is a scope of its own: nothing is carried from one to the next, and outside of a scope nothing
is cached. A service that changes an answer clears its part.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from django.http import HttpRequest, HttpResponse

Value = TypeVar("Value")

_answers: ContextVar[dict[tuple[Part[Any], Hashable], Any] | None] = ContextVar(
    "answers", default=None
)


@contextmanager
def scope() -> Iterator[None]:
    """Begins empty, also inside another scope; serves as a decorator as well."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def request_scope(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: every request is a scope."""
    return scope()(get_response)


class Part(Generic[Value]):
    """One part of the cache, named for whoever looks into it, with the type of its answers."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"<Part: {self.name}>"

    def get(self, key: Hashable, find: Callable[[], Value]) -> Value:
        """The answer of this scope, or what `find()` gives."""
        answers = _answers.get()
        if answers is None:
            return find()
        if (self, key) not in answers:
            answers[self, key] = find()
        return answers[self, key]

    def has(self, key: Hashable) -> bool:
        return (self, key) in (_answers.get() or {})

    def put(self, key: Hashable, value: Value) -> None:
        answers = _answers.get()
        if answers is not None:
            answers[self, key] = value

    def clear(self) -> None:
        answers = _answers.get() or {}
        for part, key in [each for each in answers if each[0] is self]:
            del answers[part, key]
