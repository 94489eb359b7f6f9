"""Test environments as answers: to needs for a solution, for knowledge, and for a partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.answers import Answers
from cluster_portal.core.visibility import audience
from members.models.needs import Kind
from members.services.recipients import contacts_of
from projects.models import TestEnvironment

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def _open(user: Reader) -> Any:
    rows = TestEnvironment.objects.visible_to(user).open()
    return rows.select_related("organisation").defer("search")


def _shown(testbed: TestEnvironment) -> dict[str, Any]:
    owner = testbed.named_owner
    return {
        "kind": " · ".join(filter(None, [_("Test environment"), owner.title if owner else ""])),
        "title": testbed.title,
        "url": testbed.get_absolute_url(),
        "emblem": owner.name if owner else testbed.title_fi,
        "sector": owner.sector if owner else "",
        "ask_url": reverse("members:contact", args=["testbed", testbed.slug]),
    }


def _mine(user: Reader) -> Any:
    return TestEnvironment.objects.filter(organisation__in=audience(user).organisations)


TESTBEDS = Answers(
    "testbeds", gettext_lazy("Test environments"), TestEnvironment, _open,
    kinds=dict.fromkeys((Kind.SOLUTION, Kind.KNOWLEDGE, Kind.PARTNER), Q()),
    texts=TestEnvironment.match_texts, show=_shown,
    owners=lambda row: contacts_of([row.organisation_id]), mine=_mine, regions="region",
)  # fmt: skip
