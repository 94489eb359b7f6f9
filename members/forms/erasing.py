"""What somebody must type before an account is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from members.models import User


class EraseForm(forms.Form):
    address = forms.CharField(
        label=_("Type the e-mail address of the account"),
        help_text=_("So that nothing is erased by one wrong press."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._address = user.email

    def clean_address(self) -> str:
        typed = str(self.cleaned_data["address"])
        if typed.strip().casefold() != self._address.casefold():
            raise ValidationError(_("This is not the address of the account."))
        return typed
