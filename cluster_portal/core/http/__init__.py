"""What stands between a request and a view: headers, malformed input, bounds, refusals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import is_valid_path, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from cluster_portal.core.errors import Refused
from cluster_portal.core.http.overtaken import is_overtaken, see_what_is_saved

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.forms import Form

    from cluster_portal.core.search import Hits

MAX_OFFSET = 10_000
# The same as the proxy's client_max_body_size.
MAX_BODY = 20 * 1024 * 1024
_CONTROL = re.compile(r"[\x00\ud800-\udfff]")
GetResponse = Callable[[HttpRequest], HttpResponse]


def security_headers(get_response: GetResponse) -> GetResponse:
    """Headers on every response; what CSP and Django's own middleware do not set."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()"
        )
        if request.resolver_match and request.resolver_match.app_name == "admin":
            # Django's admin sets widths and positions from its own scripts; elsewhere nothing may.
            response.__dict__["_csp_update"] = {"style-src-attr": ["'unsafe-inline'"]}
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


# What a supervisor or a balancer asks of one process, on its own address.
PROBES = ("/livez", "/readyz")


def name_probes(get_response: GetResponse) -> GetResponse:
    """A probe asks by an address (`127.0.0.1`, a container's), which is no name of the portal.

    Only these two answer to it; they depend on no host and tell no secret.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info in PROBES:
            request.META["HTTP_HOST"] = urlsplit(settings.SITE_URL).netloc
        return get_response(request)

    return middleware


def refuse_malformed(get_response: GetResponse) -> GetResponse:
    """A NUL byte or lone surrogate anywhere in path, query or form is a 400, not a 500.

    A body over `MAX_BODY` is refused before a byte of it is read (413).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse | None:
        if _body_size(request) > MAX_BODY:
            return render(request, "errors/413.html", status=413)
        _refuse_controls([request.path, *request.COOKIES.values()])
        for data in (request.GET, request.POST):
            for key, values in data.lists():
                _refuse_controls([key, *values])
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def _body_size(request: HttpRequest) -> int:
    """As announced; of a body without a length Django reads nothing."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return int(announced) if announced.isascii() and announced.isdigit() else 0


def _refuse_controls(texts: list[str]) -> None:
    if any(_CONTROL.search(text) for text in texts):
        raise BadRequest("control characters")


def answer_unreadable(get_response: GetResponse) -> GetResponse:
    """Who opens an address that only takes forms gets a page with the way back, still a 405.

    One comes there from the sign-in, a reload, or a change of language after a refused form.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        context = {"page_above": _page_above(request)}
        page = render(request, "errors/405.html", context, status=response.status_code)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return middleware


def _page_above(request: HttpRequest) -> str:
    """The nearest page above: buttons post to addresses below the page that they are on."""
    if request.resolver_match and request.resolver_match.app_name == "admin":
        return reverse("admin:index")
    above = (f"{path}/" for path in PurePosixPath(request.path_info).parents)
    return next(filter(is_valid_path, above), "/")


def safe_next(request: HttpRequest, default: str) -> str:
    """`next` of the form or query when it stays on this site, else `default`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return default


def with_next(path: str, going: str) -> str:
    """The address of a page on the way (signing in, say) that leads on to `going`, if anywhere."""
    return f"{path}?{urlencode({'next': going})}" if going else path


@contextmanager
def refusal_as_message(request: HttpRequest) -> Iterator[None]:
    """A service's "no" becomes a message on the next page."""
    try:
        yield
    except Refused as refusal:
        messages.error(request, refusal.message)


def has_done(request: HttpRequest, form: Form, act: Callable[[], object], said: str = "") -> bool:
    """Whether the form came filled in and its service did it; a "no" becomes the form's error."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        form.add_error(None, ValidationError(refusal.message, code=refusal.code))
        if is_overtaken(form):
            see_what_is_saved(form)
        return False
    if said:
        messages.success(request, said)
    return True


class _CountedPaginator(Paginator):
    """A paginator that is told the count, so that none is asked of the database."""

    def __init__(self, *args: Any, count: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if count is not None:
            self.__dict__["count"] = count


def page_of(
    request: HttpRequest,
    queryset: QuerySet[Any] | list[Any] | Hits,
    per_page: int = 20,
    *,
    count: int | None = None,
) -> Page[Any]:
    """The page that `?page=` asks for; 404 for anything that is not a page within the bound.

    Pass `count` when a facet query has already counted the rows.
    """
    raw = request.GET.get("page") or "1"
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 6):
        raise Http404
    number = int(raw)
    paginator = _CountedPaginator(queryset, per_page, count=count)
    if number < 1 or (number - 1) * per_page > MAX_OFFSET or number > paginator.num_pages:
        raise Http404
    return paginator.page(number)
