"""What the portal adds to allauth: mail by outbox, clean names, limits, sealed second factors."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.utils import setup_user_email
from allauth.core import context as request_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.db import transaction
from django.db.models import Case, F, Q, When
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cluster_portal.core.http import sign_in, with_next
from cluster_portal.core.text.addresses import mailbox_of, names_of
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import MailTrouble, OutboxMail
from cluster_portal.notifications.outbox import Guest
from cluster_portal.notifications.sending import sealing
from members.kinds.accounts import CHANGES
from members.models import User
from members.models.users import ERASED
from members.services import sign_in_limits
from members.views import sign_in_attempts

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

AN_HOUR = datetime.timedelta(hours=1)
MOST_AN_HOUR = 5


class AccountAdapter(DefaultAccountAdapter):
    def post_login(self, request: HttpRequest, user: User, **values: Any) -> HttpResponse:
        """Whose mail comes back hears of it at once, and where to mend it."""
        if MailTrouble.objects.of_person(user).stopped().exists():
            messages.warning(
                request,
                _("Mail to your address comes back. Look at “What you get by e-mail”."),
            )
        answer: HttpResponse = super().post_login(request, user, **values)
        return answer

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Posts to the outbox; links and tokens are made when the worker sends."""
        name = template_prefix.rpartition("/")[2]
        going = sign_in.going_to(request_context.request)
        post = {
            "email_confirmation": _post_confirmation,
            "email_confirmation_signup": _post_confirmation,
            "password_reset_key": _post_reset,
            "unknown_account": _post_unknown,
            "account_already_exists": _post_already,
        }.get(name, _post_change)
        post(email, {**context, "name": name, "going": going})

    def respond_email_verification_sent(
        self, request: HttpRequest, user: User | None
    ) -> HttpResponseRedirect:
        """The page that tells of the message leads on to where they were going, too.

        Without a user the address has an account already: then as much work is done as a new
        account is, so that the time of the answer does not tell.
        """
        if user is None:
            _rehearse_sign_up(request)
        told = reverse("account_email_verification_sent")
        return redirect(with_next(told, sign_in.going_to(request)))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing of allauth's own: it counts in the cache, which may be away."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The sixth failure is told to wait, the same for unknown accounts."""
        network = sign_in_attempts.client_network(request)
        attempt = sign_in_attempts.begin(request, credentials.get("email", ""), network)
        user = super().authenticate(request, **credentials)
        sign_in_attempts.end(request, attempt, is_right=user is not None)
        return user

    def set_password(self, user: Any, password: str) -> None:
        """Who has chosen a new password waits for no guess at the old one."""
        super().set_password(user, password)
        addresses = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
        sign_in_limits.clear([user.email, *addresses])


def admin_login(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The admin's own login form is the portal's: the same limits, second factor and page."""

    def login(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            data = request.POST.copy()
            data.setdefault("login", data.get("username", ""))
            request.POST = data  # type: ignore[assignment]
            # Found by its address: allauth's views import our sign-up form from this module.
            return resolve(reverse("account_login")).func(request)
        return view(request, **kwargs)

    login.login_required = False  # type: ignore[attr-defined]
    return login


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps lie encrypted in the database."""

    def encrypt(self, text: str) -> str:
        return sealing.seal({"secret": text})

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)["secret"]


@transaction.atomic
def _rehearse_sign_up(request: HttpRequest) -> None:
    """Makes an account like any other, then drops it; a letter is sent either way."""
    name = uuid4().hex
    user = User(email=f"{name}{ERASED}", first_name=name)
    user.set_password(name)
    user.save()
    user.save(update_fields=["language"])
    setup_user_email(request, user, [EmailAddress(email=user.email)])
    transaction.set_rollback(True)


def _post_confirmation(email: str, context: dict[str, Any]) -> None:
    address = EmailAddress.objects.filter(user=context["user"], email__iexact=email).first()
    if address:
        to = _reader(context["user"], email)
        _post("account_confirm", to, context["going"], {"address": address.pk})


def _post_reset(email: str, context: dict[str, Any]) -> None:
    user = context["user"]
    to = _reader(user, email)
    _post("account_reset", to, context["going"], {"user": user.pk})


def _post_unknown(email: str, context: dict[str, Any]) -> None:
    _post("account_unknown", _guest(email), context["going"])


def _post_already(email: str, context: dict[str, Any]) -> None:
    owner = User.objects.filter(email__iexact=email).first()
    to = _reader(owner, email) if owner else _guest(email)
    _post("account_already", to, context["going"])


def _post_change(email: str, context: dict[str, Any]) -> None:
    user, what = context.get("user"), context["name"]
    to = _reader(user, email) if user else _guest(email)
    values = {"what": what if what in CHANGES else "other"}
    outbox.post("account_changed", to=to, key=str(uuid4()), values=values)


def _post(kind: str, to: Any, going: str, values: dict[str, str | int] | None = None) -> None:
    """A mail that anybody can cause: beyond a few an hour to one mailbox it is left out, silently.

    The last ones still work, so that flooding somebody does not keep them from their account. Where
    they were going is kept like a secret: an invitation's address is one.
    """
    if _recent(kind, mailbox_of(to.email)) < MOST_AN_HOUR:
        secrets = {"next": going} if going else None
        outbox.post(kind, to=to, key=str(uuid4()), values=values, secrets=secrets)


def _recent(kind: str, mailbox: str) -> int:
    """How many went to this mailbox within the hour, by any of the addresses that lead to it."""
    address = Case(When(recipient=None, then=F("guest_address")), default=F("recipient__email"))
    same_domain = Q()
    for name in names_of(mailbox.rpartition("@")[2]):
        same_domain |= Q(written_to__iendswith=f"@{name}")
    rows = OutboxMail.objects.filter(kind=kind, created_at__gte=timezone.now() - AN_HOUR)
    rows = rows.alias(written_to=address).filter(same_domain, written_to__istartswith=mailbox[0])
    return sum(mailbox_of(found) == mailbox for found in rows.values_list(address, flat=True))


def _reader(user: Any, email: str) -> Any:
    """The user, when the mail goes to their login address; else that address in their language."""
    if user.email.lower() == email.lower():
        return user
    return Guest(email=email, name=user.first_name, language=user.language)


def _guest(email: str) -> Guest:
    return Guest(email=email, name="", language=(get_language() or "fi")[:2])
