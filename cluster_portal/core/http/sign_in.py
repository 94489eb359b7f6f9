"""Where a visitor was going when they were asked to sign in, and why that page asks for it.

Each app says in its `urls.py` what one needs an account for, one sentence for each closed
address; the pages of signing in and up tell it. The sentence comes from the address alone, so that
it says nothing about what lies behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation

from cluster_portal.core.http import safe_next

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls import ResolverMatch
    from django.utils.functional import _StrPromise

LONGEST = 1000  # it travels in links of letters, which mail programs must still open

# By the name of the view; a namespace with its colon ("admin:") stands for all of its pages.
_reasons: dict[str, _StrPromise] = {}


def because(reason: _StrPromise, *view_names: str) -> None:
    _reasons.update(dict.fromkeys(view_names, reason))


def reason_of(view_name: str) -> str:
    namespace = f"{view_name.rpartition(':')[0]}:"
    return str(_reasons.get(view_name) or _reasons.get(namespace) or "")


def going_to(request: HttpRequest | None) -> str:
    """The address that `next` names, when it is one of ours; else nothing."""
    wanted = safe_next(request, "") if request is not None else ""
    return wanted if len(wanted) <= LONGEST else ""


def reason(request: HttpRequest) -> str:
    """What they were about to do, in the page's language; nothing when it is not known."""
    match = _page(urlsplit(going_to(request)).path)
    return reason_of(match.view_name) if match else ""


def _page(path: str) -> ResolverMatch | None:
    """Addresses are resolved in their own language; they may have changed the page's since."""
    with translation.override(translation.get_language_from_path(path) or "fi"):
        try:
            return resolve(path) if path else None
        except Resolver404:
            return None
