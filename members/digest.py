"""What a digest says of capabilities and needs: those that are new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import since
from cluster_portal.core.digest_section import DigestSection
from members.models import Need
from members.pages.capability_sections import of_interest

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def _open_needs(user: Reader) -> Any:
    return Need.objects.visible_to(user).open().defer("search")


NEEDS = (
    DigestSection(
        "new-needs", _("New needs"), since("published_at", _open_needs), per_audience=True,
        template="members/_digest_need.txt",
    ),
)  # fmt: skip
CAPABILITIES = (
    DigestSection(
        "new-capabilities", _("New capabilities and solutions"),
        since("published_at", of_interest), per_audience=True,
    ),
)  # fmt: skip
