"""The forms of allauth: addresses whichever way their domain is written, and people's names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text import cleaning
from cluster_portal.core.text.addresses import AddressField

if TYPE_CHECKING:
    from django.http import HttpRequest

    from members.models import User

# Names are shown in mails and lists: what looks like an address or markup is no name.
NO_NAME = ("://", "www.", "<", ">", "@")


def clean_name(text: str) -> str:
    name = cleaning.one_line(text)
    if not name or any(part in name.casefold() for part in NO_NAME):
        raise ValidationError(_("Write your name without addresses or other signs."))
    cleaning.refuse_links(name)
    return name


class ReadableAddress:
    """Puts our field in the place of allauth's, which refuses `@pähkinä.fi`."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"email", "login"} & set(self.fields):
            theirs = self.fields[name]
            self.fields[name] = AddressField(label=theirs.label, widget=theirs.widget)


class SignUpForm(ReadableAddress, account_forms.SignupForm):
    first_name = forms.CharField(
        label=_("First name"), max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )  # fmt: skip
    last_name = forms.CharField(
        label=_("Last name"), max_length=100, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )  # fmt: skip
    field_order = ("first_name", "last_name", "email", "password1")

    def clean_first_name(self) -> str:
        return clean_name(self.cleaned_data["first_name"])

    def clean_last_name(self) -> str:
        last = self.cleaned_data["last_name"]
        return clean_name(last) if last else ""

    def signup(self, request: HttpRequest, user: User) -> None:
        """The language of the page becomes the language in which the portal writes to them."""
        user.language = (get_language() or "fi")[:2]
        user.save(update_fields=["language"])


class LoginForm(ReadableAddress, account_forms.LoginForm):
    pass


class ResetForm(ReadableAddress, account_forms.ResetPasswordForm):
    pass


class AddEmailForm(ReadableAddress, account_forms.AddEmailForm):
    pass
