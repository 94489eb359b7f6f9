"""Mail of sign-up, sign-in and passwords: tokens are made when the worker sends, not before."""

from __future__ import annotations

import datetime
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from allauth.account import app_settings as account_settings
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http import with_next
from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay, no_context
from cluster_portal.notifications.sending import sealing
from cluster_portal.notifications.sending.rendering import absolute
from members.models import User

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

    from cluster_portal.notifications.models import OutboxMail

# What allauth tells an account's owner, by the last part of its template's name.
CHANGES = {
    "password_changed": _("Your password was changed."),
    "password_set": _("A password was set for your account."),
    "password_reset": _("Your password was reset."),
    "email_changed": _("The e-mail address of your account was changed."),
    "email_confirm": _("An e-mail address of your account was confirmed."),
    "email_deleted": _("An e-mail address was removed from your account."),
    "totp_activated": _("An authenticator app was added to your account."),
    "totp_deactivated": _("The authenticator app was removed from your account."),
    "recovery_codes_generated": _("New recovery codes were made for your account."),
    "webauthn_added": _("A passkey was added to your account."),
    "webauthn_removed": _("A passkey was removed from your account."),
}


def secret(mail: OutboxMail, name: str) -> str:
    return sealing.unseal(mail.secrets)[name]


def _on_the_way(mail: OutboxMail, name: str) -> str:
    """A page of signing in or up that leads on to where the reader was going."""
    return with_next(reverse(name), sealing.unseal(mail.secrets).get("next", ""))


def _before_signing_in(mail: OutboxMail, path: str) -> str:
    """A page after which they sign in; without a place to go to it says itself how to go on."""
    signing_in = _on_the_way(mail, "account_login")
    return absolute(with_next(path, signing_in if "?" in signing_in else ""))


def confirmation(mail: OutboxMail) -> dict[str, Any]:
    address = EmailAddress.objects.filter(
        pk=mail.values["address"], verified=False, user__is_active=True
    ).first()
    if address is None:
        raise NothingToSay
    key = EmailConfirmationHMAC(address).key
    return {"url": _before_signing_in(mail, reverse("account_confirm_email", args=[key]))}


def reset(mail: OutboxMail) -> dict[str, Any]:
    user = User.objects.filter(pk=mail.values["user"], is_active=True).first()
    if user is None:
        raise NothingToSay
    token = account_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    key = quote(f"{user_pk_to_url_str(user)}-{token}")
    return {"url": _before_signing_in(mail, path.replace("UID-KEY", key))}


def unknown(mail: OutboxMail) -> dict[str, Any]:
    return {"url": absolute(_on_the_way(mail, "account_signup"))}


def already(mail: OutboxMail) -> dict[str, Any]:
    return {
        "url": absolute(_on_the_way(mail, "account_login")),
        "reset_url": absolute(_on_the_way(mail, "account_reset_password")),
    }


def changed(mail: OutboxMail) -> dict[str, Any]:
    what = CHANGES.get(
        mail.values["what"], _("The security settings of your account were changed.")
    )
    return {"what": what, "url": absolute(reverse("account_reset_password"))}


def unused(mail: OutboxMail) -> dict[str, Any]:
    going_on = datetime.date.fromisoformat(str(mail.values["going_on"]))
    return {"going_on": going_on, "url": absolute(reverse("account_login"))}


def _kind(
    name: str,
    label: str | _StrPromise,
    context: Callable[[OutboxMail], dict[str, Any]],
    lifetime: timedelta | None = None,
    *,
    urgent: bool = True,
) -> Kind:
    return Kind(
        name, label=label, group=KindGroup.ACCOUNT, context=context, can_unsubscribe=False,
        in_inbox=False, lifetime=lifetime, urgent=urgent,
    )  # fmt: skip


KINDS = (
    _kind("account_confirm", _("Confirm your e-mail address"), confirmation, timedelta(days=1)),
    _kind("account_reset", _("Choose a new password"), reset, timedelta(hours=1)),
    _kind("account_unknown", _("There is no account"), unknown, timedelta(hours=1)),
    _kind("account_already", _("You already have an account"), already, timedelta(days=1)),
    _kind("account_changed", _("Your account was changed"), changed),
    _kind("account_unused", _("Your account is about to be erased"), unused, urgent=False),
    _kind("account_erased", _("Your account has been erased"), no_context, urgent=False),
)
