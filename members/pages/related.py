"""The register of related clusters, by how they relate to ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from members.models import RelatedCluster
from members.models.related import Relation

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def values(user: Reader) -> dict[str, Any]:
    rows = sorted(
        RelatedCluster.objects.visible_to(user).with_shown(), key=lambda row: row.name.casefold()
    )
    groups = [(each.label, [row for row in rows if row.relation == each]) for each in Relation]
    return {
        "groups": [{"label": label, "rows": found} for label, found in groups if found],
        "current": "members",
        "trail": [
            {"name": _("Members"), "url": reverse("members:list")},
            {"name": _("The network in figures"), "url": reverse("members:figures")},
            {"name": _("Related clusters")},
        ],
    }
