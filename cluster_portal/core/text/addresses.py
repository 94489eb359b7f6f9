"""E-mail addresses: the form in which they are kept and compared, and who shares a mailbox.

A browser turns `@pähkinä.fi` in an e-mail field into `@xn--phkin-grae.fi`, people write the former,
and mail servers know the latter: that one is kept, the readable one is shown.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 120
# Providers that deliver an address with and without dots to the same mailbox, by their names.
DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def normal_domain(text: str) -> str:
    """The form that the name system knows; what is no name of it stays as it is, in lower case."""
    domain = text.strip().removeprefix("@").casefold()
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain


def readable_domain(domain: str) -> str:
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain


def normal_address(text: str) -> str:
    """`Maija@Pähkinä.fi` as `maija@xn--phkin-grae.fi`."""
    address = text.strip().lower()
    local, at, domain = address.rpartition("@")
    return f"{local}@{normal_domain(domain)}" if at else address


def clean_domain(text: str) -> str:
    """The normal form of a domain that somebody has written; `ValidationError` if it is none."""
    domain = normal_domain(text)
    if len(domain) > LONGEST or not _DOMAIN.fullmatch(domain):
        raise ValidationError(
            _("“%(value)s” is not a domain of e-mail addresses."), params={"value": text[:60]}
        )
    return domain


def mailbox_of(address: str) -> str:
    """The mailbox behind an address, for counting; never an address to send to.

    Case and what follows a plus sign make no other mailbox, nor do dots at some providers.
    """
    local, at, domain = address.strip().casefold().rpartition("@")
    if not at:
        return domain
    local = local.partition("+")[0] or local
    domain = normal_domain(domain.rstrip("."))
    if domain in DOTLESS:
        local, domain = local.replace(".", "") or local, DOTLESS[domain]
    return f"{local}@{domain}"


def names_of(domain: str) -> list[str]:
    """The domains that lead to the same mailboxes as this one, itself included."""
    return sorted({domain, *(name for name, same in DOTLESS.items() if same == domain)})


class AddressField(forms.EmailField):
    """An e-mail address, whichever way its domain is written."""

    def to_python(self, value: object) -> Any:
        text = super().to_python(value)
        return normal_address(text) if isinstance(text, str) else text
