"""Bodies and who sits in them."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

from django.utils import timezone

from cluster_portal.core import search
from events.models import Body, BodyMember

_numbers = itertools.count(1)


def body(cluster: Any, **values: Any) -> Body:
    """A steering group that only its members see."""
    number = next(_numbers)
    values = {
        "slug": f"ryhma-{number}", "kind": "steering_group", "title_fi": f"Ohjausryhmä {number}",
        "summary_fi": "Päättää ja seuraa.", "visibility": "group", **values,
    }  # fmt: skip
    made = Body.objects.create(home_cluster=cluster, **values)
    search.reindex(made)
    return made


def seat(body: Body, user: Any = None, role: str = "member", **values: Any) -> BodyMember:
    """From a year ago until further notice."""
    since = timezone.localdate() - datetime.timedelta(days=365)
    return BodyMember.objects.create(body=body, user=user, role=role, **{"since": since, **values})
