"""Organisations that may be the same one twice, shown to coordinators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.template.loader import render_to_string

from cluster_portal.core.admin.scoped import ScopedAdmin
from members.models import Organisation
from members.services.organisations import possible_duplicates

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from cluster_portal.core.visibility import Reader


class WithReader(ScopedAdmin):
    """Each object of a page knows who reads it: what is shown of others depends on that."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            found.reader = request.user
        return found


def duplicates_of(organisation: Organisation | None, reader: Reader) -> SafeString | str:
    """Public ones, and hidden ones in the coordinator's scope: two applications may be alike."""
    if organisation is None or organisation.pk is None:
        return "–"
    own = Organisation.objects.in_scope_of(reader).values("pk")
    rows = possible_duplicates(organisation).filter(Q(visibility="public") | Q(pk__in=own))
    return render_to_string(
        "admin/members/duplicates.html", {"rows": rows, "organisation": organisation}
    )
