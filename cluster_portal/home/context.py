"""What every page's frame needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from cluster_portal.core.registries import navigation


def site(request: HttpRequest) -> dict[str, Any]:
    return {"nav": list(navigation), "is_demo": settings.DEMO, "site_url": settings.SITE_URL}
