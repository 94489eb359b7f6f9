"""Notes what was refused to whom: 403, 429, and a 404 on what exists, but not for this account."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError
from django.http import Http404

from cluster_portal.core.audit import refusals
from cluster_portal.core.audit.refusals import Act
from members.views.sign_in_attempts import client_network

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)


def note_refusals(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        hidden = getattr(request, "not_shown", None)
        if hidden is not None:
            note(request, Act.NOT_SHOWN, hidden)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            note(request, Act.TOO_MANY)
        if response.status_code == HTTPStatus.FORBIDDEN and request.user.is_authenticated:
            note(request, Act.FORBIDDEN)
        return response

    def process_exception(request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, Http404) and request.user.is_authenticated:
            request.not_shown = sought(request, exception)  # type: ignore[attr-defined]

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def note(request: HttpRequest, act: Act, about: Model | None = None, account: Any = None) -> None:
    """A refusal stays one even when it cannot be written down."""
    account = account or (request.user.pk if request.user.is_authenticated else None)
    try:
        refusals.count(act, account, client_network(request), about)
    except DatabaseError:
        logger.exception("a refusal was not counted")


def sought(request: HttpRequest, exception: Http404) -> Model | None:
    """The object that `get_object_or_404` would have found if everybody could see everything."""
    kind = type(exception.__context__)
    models: list[Any] = apps.get_models()
    model = next((each for each in models if each.DoesNotExist is kind), None)
    match = request.resolver_match
    if model is None or match is None:
        return None
    named = {name: value for name, value in match.kwargs.items() if _is_key(model, name)}
    return model._base_manager.filter(**named).first() if named else None  # noqa: SLF001  of any model


def _is_key(model: type[Model], name: str) -> bool:
    try:
        field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return bool(getattr(field, "unique", False))
