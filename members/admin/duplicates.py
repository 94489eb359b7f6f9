"""Organisations that may be the same one twice, shown to coordinators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from members.services.organisations import possible_duplicates

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from members.models import (
        Organisation,
    )


def duplicates_of(organisation: Organisation | None) -> SafeString | str:
    if organisation is None or organisation.pk is None:
        return "–"
    rows = possible_duplicates(organisation).filter(visibility="public")
    return render_to_string(
        "admin/members/duplicates.html", {"rows": rows, "organisation": organisation}
    )
