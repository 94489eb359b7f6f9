"""The content types of the surveys app."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cluster_portal.core.content import Content

TYPES: list[Content] = []
