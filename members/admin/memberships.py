"""The queue of applications and the memberships that came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.admin.moves import MovesOnPage
from cluster_portal.core.admin.scoped import ScopedAdmin
from members.admin.duplicates import WithReader, duplicates_of
from members.admin.recording import RecordsMembers
from members.models import (
    Membership,
    NamedPerson,
)
from members.models import memberships as membership_rules
from members.models.memberships import COORDINATORS_TURN, Stage
from members.services import applications, memberships

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from members.models import User


class WaitingFilter(admin.SimpleListFilter):
    """What a coordinator has to act on, against all."""

    title = _("whose turn")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("yes", _("Coordinator's turn")), ("applicant", _("Applicant's turn"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "yes":
            return queryset.filter(stage__in=COORDINATORS_TURN)
        if self.value() == "applicant":
            return queryset.filter(stage=Stage.MORE_INFORMATION)
        return queryset


@admin.register(Membership)
class MembershipAdmin(RecordsMembers, WithReader, MovesOnPage, ScopedAdmin):
    partitive = pgettext_lazy("partitive", "membership")
    counted_as = pgettext_lazy("partitive", "application")
    is_reading_recorded = True
    list_display = ("member_name", "cluster", "stage", "submitted_at", "age", "since")
    list_filter = (WaitingFilter, "stage", "cluster")
    list_select_related = ("organisation", "person", "cluster")
    search_fields = (
        "organisation__name", "person__last_name", "person__email", "applicant__email",
    )  # fmt: skip
    ordering = ("-submitted_at", "-pk")
    workflow = membership_rules.MOVES
    waiting_stages = COORDINATORS_TURN
    waiting_order = ("submitted_at", "pk")
    fieldsets = (
        (None, {"fields": ("cluster", "stage", "member_name", "applicant", "age")}),
        (_("Application"), {"fields": (
            "motive", "wishes", "themes", "values_accepted_at", "representative_name",
            "representative_email", "deputy_name", "deputy_email", "organisation_facts",
            "duplicates", "says_another",
        )}),
        (_("Handling"), {"fields": (
            "question", "answer", "submitted_at", "decided_at", "decided_by", "decision_reason",
            "agreement_on", "since", "until", "source", "named",
        )}),
    )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Only the day of an awaited agreement is written here; all else goes by the steps."""
        names: list[Any] = [name for _title, part in self.fieldsets for name in part["fields"]]
        if obj is not None and obj.stage == Stage.ACCEPTED:
            names.remove("agreement_on")
        return names

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:  # fmt: skip
        """Buttons to save only where there is something to write."""
        obj = kwargs.get("obj")
        is_awaited = obj is not None and obj.stage == Stage.ACCEPTED
        context |= {"show_save": is_awaited, "show_save_and_continue": is_awaited}
        return super().render_change_form(request, context, *args, **kwargs)

    def waiting(self, request: HttpRequest) -> QuerySet[Membership]:
        mine = Membership.objects.decidable_by(request.user)
        return mine.filter(stage__in=self.waiting_stages)

    def move(
        self, obj: Membership, action: str, *, by: User, reason: str = "", day: Any = None
    ) -> None:
        steps: dict[str, Any] = {
            "take_up": lambda: applications.take_up(obj, by=by),
            "ask": lambda: applications.ask(obj, by=by, question=reason),
            "approve": lambda: applications.approve(obj, by=by),
            "reject": lambda: applications.reject(obj, by=by, reason=reason),
            "activate": lambda: applications.activate(obj, by=by, agreement_on=obj.agreement_on),
            "end": lambda: memberships.end(obj, by=by, reason=reason, day=day),
            "renew": lambda: memberships.renew(obj, by=by, reason=reason, day=day),
            "revert": lambda: memberships.revert(obj, by=by, reason=reason),
            "take_back": lambda: memberships.take_back(obj, by=by, reason=reason),
            "agree": lambda: memberships.agree(obj, by=by),
            "disagree": lambda: memberships.disagree(obj, by=by),
            "reply": lambda: applications.reply(obj, by=by, answer=reason),
            "withdraw": lambda: applications.withdraw(obj, by=by),
            "submit": lambda: applications.submit(obj, by=by),
        }
        steps[action]()

    @admin.display(description=_("Member or applicant"))
    def member_name(self, obj: Membership) -> str:
        return str(obj.member)

    @admin.display(description=_("waiting, days"))
    def age(self, obj: Membership) -> str:
        if obj.submitted_at is None or obj.stage not in membership_rules.PENDING:
            return ""
        return str((timezone.now() - obj.submitted_at).days)

    @admin.display(description=_("Named people"))
    def named(self, obj: Membership) -> SafeString | str:
        """Who was recorded with the organisation in this cluster, and what they answered."""
        if obj.organisation_id is None:
            return "–"
        rows = NamedPerson.objects.filter(organisation=obj.organisation_id, cluster=obj.cluster_id)
        return render_to_string("admin/members/named_rows.html", {"rows": rows})

    @admin.display(description=_("expectations"))
    def wishes(self, obj: Membership) -> str:
        return "; ".join(str(membership_rules.Expectation(code).label) for code in obj.expectations)

    @admin.display(description=_("themes of interest"))
    def themes(self, obj: Membership) -> str:
        return ", ".join(term.label for term in obj.interests.all())

    @admin.display(description=_("organisation"))
    def organisation_facts(self, obj: Membership) -> SafeString | str:
        """All of a new organisation, which the applicant wrote; of another, where its page is."""
        if obj.organisation is None:
            return "–"
        is_own = obj.organisation.is_brought and obj.organisation.brought_by_id == obj.applicant_id
        values = {"organisation": obj.organisation, "is_own": is_own}
        return render_to_string("admin/members/organisation_facts.html", values) or "–"

    @admin.display(description=_("possible duplicates"))
    def duplicates(self, obj: Membership) -> SafeString | str:
        return duplicates_of(obj.organisation, obj.reader)  # type: ignore[attr-defined]
