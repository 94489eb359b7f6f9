"""The coordinators' screens: pilots, their learnings, test environments.

Makers, permits, values and learnings are changed on the pilot's own pages, where its rules stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy, pgettext_lazy

from projects.admin.base import StagedAdmin
from projects.models import Pilot, TestEnvironment
from projects.models import pilots as pilot_rules
from projects.models import testbeds as testbed_rules
from projects.services.pilots import move_pilot
from projects.services.testbeds import move_testbed

if TYPE_CHECKING:
    from django.http import HttpRequest

    from members.models import User

OTHER_LANGUAGES: Any = (
    gettext_lazy("Swedish and English"),
    {"classes": ["collapse"], "fields": ["title_sv", "summary_sv", "title_en", "summary_en"]},
)


@admin.register(Pilot)
class PilotAdmin(StagedAdmin):
    partitive = pgettext_lazy("partitive", "pilot")
    workflow = pilot_rules.MOVES
    waiting_stages = frozenset({pilot_rules.Stage.CLOSING})
    list_display = ["title_fi", "stage", "home_cluster", "organisation", "starts_on", "ends_on"]
    list_filter = ["stage", "home_cluster"]
    search_fields = ["title_fi", "title_sv", "title_en"]
    list_select_related = ["home_cluster", "organisation"]
    readonly_fields = [
        "slug", "stage", "teller", "sectors", "published_at", "closed_at", "home_cluster",
        "organisation", "challenge", "proposal", "project", "testbed",
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["title_fi", "summary_fi", "slug", "stage", "stop_reason"]}),
        (
            gettext_lazy("Owner and readers"),
            {"fields": ["home_cluster", "organisation", "teller", "visibility", "sectors"]},
        ),
        (
            gettext_lazy("The card"),
            {
                "fields": [
                    "aim", "how", "place", "starts_on", "ends_on", "participants", "costs",
                    "reuse",
                ],
            },
        ),
        (
            gettext_lazy("Links"),
            {"fields": ["terms", "measures", "challenge", "proposal", "project", "testbed"]},
        ),
        OTHER_LANGUAGES,
    ]  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Begun on the portal, where the makers are asked."""
        return False

    def move(self, obj: Pilot, action: str, *, by: User, reason: str) -> None:
        move_pilot(obj, action, by=by, reason=reason)


@admin.register(TestEnvironment)
class TestEnvironmentAdmin(StagedAdmin):
    partitive = pgettext_lazy("partitive", "test environment")
    workflow = testbed_rules.MOVES
    list_display = ["title_fi", "stage", "home_cluster", "organisation", "place"]
    list_filter = ["stage", "home_cluster"]
    search_fields = ["title_fi", "title_sv", "title_en"]
    list_select_related = ["home_cluster", "organisation"]
    readonly_fields = [
        "slug", "stage", "teller", "published_at", "home_cluster", "organisation", "capability",
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["title_fi", "summary_fi", "slug", "stage"]}),
        (
            gettext_lazy("Owner and readers"),
            {"fields": ["home_cluster", "organisation", "teller", "visibility", "capability"]},
        ),
        (
            gettext_lazy("What it offers"),
            {
                "fields": [
                    "offers", "users", "permits", "availability", "price", "place", "region",
                    "languages", "link", "terms",
                ],
            },
        ),
        OTHER_LANGUAGES,
    ]  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Entered on the portal, for an organisation of the one who enters it."""
        return False

    def move(self, obj: TestEnvironment, action: str, *, by: User, reason: str) -> None:
        move_testbed(obj, action, by=by)
