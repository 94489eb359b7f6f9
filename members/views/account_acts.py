"""Acts on accounts in the ledger: signing in and out, failures, passwords, addresses, factors.

Django and allauth tell of these by signals alone; between our own modules there are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from django.contrib.auth import signals as auth_signals

from cluster_portal.core import audit
from cluster_portal.core.audit.refusals import Act
from members.models import User
from members.views.refused import note
from members.views.sign_in_attempts import client_network

if TYPE_CHECKING:
    from django.dispatch import Signal
    from django.http import HttpRequest

ACTS: dict[str, Signal] = {
    "signed in": auth_signals.user_logged_in,
    "signed out": auth_signals.user_logged_out,
    "password set": account_signals.password_set,
    "password changed": account_signals.password_changed,
    "password reset": account_signals.password_reset,
    "address added": account_signals.email_added,
    "address changed": account_signals.email_changed,
    "address removed": account_signals.email_removed,
    "second factor added": factor_signals.authenticator_added,
    "second factor removed": factor_signals.authenticator_removed,
    "second factor renewed": factor_signals.authenticator_reset,
}


def connect() -> None:
    for action, signal in ACTS.items():
        signal.connect(_recorder(action), weak=False, dispatch_uid=action)
    auth_signals.user_login_failed.connect(_sign_in_failed, dispatch_uid="sign-in failed")
    factor_signals.authentication_failed.connect(_factor_failed, dispatch_uid="factor failed")


def _recorder(action: str) -> Any:
    def receive(request: HttpRequest | None, user: User | None, **values: Any) -> None:
        """Without a request (a test client's `force_login`) nothing is known of the network."""
        if user is None:
            return
        details: dict[str, object] = {}
        if request is not None and request.META.get("REMOTE_ADDR"):
            details["network"] = client_network(request)
        factor = values.get("authenticator")
        if factor is not None:
            details["factor"] = factor.type
        audit.record(user, action, by=user, details=details)

    return receive


def _sign_in_failed(credentials: dict[str, Any], request: HttpRequest | None, **_: Any) -> None:
    if request is None:
        return
    account = User.objects.filter(email__iexact=credentials.get("email") or "").first()
    note(request, Act.SIGN_IN, account=account.pk if account else None)


def _factor_failed(request: HttpRequest, user: User, **_: Any) -> None:
    note(request, Act.SECOND_FACTOR, account=user.pk)
