"""What participants have told beside their name, as columns of the organiser's lists and files.

`columns` and `cells` belong together: the cells of a registration stand in the columns' order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from events.models import Event, Registration


def columns(_event: Event) -> list[str]:
    return [_("Dietary needs"), _("Accessibility needs")]


def cells(_event: Event, registrations: Iterable[Registration]) -> dict[int, list[str]]:
    """By the primary key of the registration."""
    return {row.pk: [row.diet, row.accessibility] for row in registrations}
