"""The limits of signing in at the door: whose network, what is told, and the second factor."""

from __future__ import annotations

import ipaddress
import math
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base import forms as mfa_forms
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils import timezone

from members.services import sign_in_limits

if TYPE_CHECKING:
    import datetime

    from django.http import HttpRequest, HttpResponse

    from members.models import FailedSignIns

IPV6_NETWORK = 64  # bits: what one home or school has for itself
WAIT_SECONDS = 300


def client_network(request: HttpRequest) -> str:
    """The client's address as our own proxies saw it; of IPv6 its network, of which it has many."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), IPV6_NETWORK), strict=False))


def begin(request: HttpRequest, account: str, network: str) -> FailedSignIns:
    try:
        return sign_in_limits.begin(account, network)
    except sign_in_limits.MustWait as refused:
        raise ImmediateHttpResponse(must_wait(request, refused.until)) from None


def end(request: HttpRequest, attempt: FailedSignIns, *, is_right: bool) -> None:
    if is_right:
        sign_in_limits.succeeded(attempt)
        return
    sign_in_limits.failed(attempt)
    if attempt.waits_until:
        raise ImmediateHttpResponse(must_wait(request, attempt.waits_until))


def must_wait(request: HttpRequest, until: datetime.datetime) -> HttpResponse:
    """The same for every address, whether or not there is such an account."""
    seconds = max(1, math.ceil((until - timezone.now()).total_seconds()))
    page = render(request, "account/must_wait.html", {"minutes": math.ceil(seconds / 60)})
    return refusal(page, seconds)


def too_many(request: HttpRequest) -> HttpResponse:
    return refusal(render(request, "errors/429.html"), WAIT_SECONDS)


def refusal(page: HttpResponse, seconds: int) -> HttpResponse:
    page.status_code = 429
    page.headers["Retry-After"] = str(seconds)
    return page


class _LimitedCode(mfa_forms.BaseAuthenticateForm):
    """Codes are counted by account alone: only one who knows the password comes this far."""

    def clean_code(self) -> str:
        request = context.request
        attempt = begin(request, f"second factor of {self.user.pk}", "")
        try:
            code = super().clean_code()
        except ValidationError:
            end(request, attempt, is_right=False)
            raise
        end(request, attempt, is_right=True)
        return code


class CodeForm(_LimitedCode, mfa_forms.AuthenticateForm):
    pass


class CodeAgainForm(_LimitedCode, mfa_forms.ReauthenticateForm):
    pass
