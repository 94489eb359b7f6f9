"""What a digest says of capabilities: those that are new."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import DigestSection, since
from members.pages.capability_sections import of_interest

CAPABILITIES = (
    DigestSection(
        "new-capabilities", _("New capabilities and solutions"),
        since("published_at", of_interest), per_audience=True,
    ),
)  # fmt: skip
