"""Which addresses of the web a field takes."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _


@deconstructible
class BeginsWith:
    """Narrows what a URL field takes to some schemes.

    Only an address that the field's own check lets pass is refused here: beside a second
    `URLValidator`, which knows no better, whatever is no address at all was told so twice.
    """

    def __init__(self, *schemes: str) -> None:
        self.schemes = schemes

    def __call__(self, value: str) -> None:
        scheme = value.partition(":")[0].lower()
        if scheme in URLValidator.schemes and scheme not in self.schemes:
            raise ValidationError(
                _("The address must begin with https://.")
                if self.schemes == ("https",)
                else _("The address must begin with https:// or http://."),
                code="scheme",
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BeginsWith) and self.schemes == other.schemes

    def __hash__(self) -> int:
        return hash(self.schemes)


HTTPS = BeginsWith("https")
WEB = BeginsWith("https", "http")
