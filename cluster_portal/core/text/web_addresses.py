"""Which addresses of the web a field takes, and what the portal's own pages are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.deconstruct import deconstructible
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models import Model

SLUG_LENGTH = 80


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


def free_slug(model: type[Model], title: str) -> str:
    """An address made of the title that no row of the model has yet."""
    plain = title.lower().translate(str.maketrans("åäöæø", "aaoao"))
    base = slugify(plain)[:SLUG_LENGTH].strip("-") or model._meta.model_name or "page"
    rows = model._default_manager.filter(slug__startswith=base)
    taken, number = set(rows.values_list("slug", flat=True)), 1
    while (slug := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return slug
