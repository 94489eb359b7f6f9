"""A second coordinator: named by a coordinator, confirmed or refused by the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.admin.moves import MovesOnPage
from cluster_portal.core.admin.scoped import ScopedAdmin
from cluster_portal.core.errors import Refused
from cluster_portal.core.text.addresses import AddressField
from cluster_portal.core.visibility import audience
from members.forms.members import ProseField
from members.models import Cluster, Nomination
from members.models import nominations as rules
from members.services import nominations

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

    from members.models import User

DAY = {"type": "date"}


class NamingForm(forms.ModelForm):
    """Whom a coordinator names; the service tells what stands in the way."""

    address = AddressField(
        label=_("E-mail address"),
        help_text=_("The address of an account in the portal that the person has confirmed."),
    )
    reason = ProseField(
        label=_("Reason"), max_length=2000, widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("The administrator and the person read it."),
    )  # fmt: skip
    by: User

    class Meta:
        model = Nomination
        fields = ("cluster", "since", "until")
        widgets = {
            "since": forms.DateInput(DAY, format="%Y-%m-%d"),
            "until": forms.DateInput(DAY, format="%Y-%m-%d"),
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                nominations.check_naming(self.named(), by=self.by)
            except Refused as refusal:
                raise ValidationError(refusal.message) from None
        return values

    def named(self) -> nominations.Named:
        given = self.cleaned_data
        names = ("cluster", "address", "since", "until", "reason")
        return nominations.Named(**{name: given[name] for name in names})

    def _post_clean(self) -> None:
        """The instance is made by the service."""


@admin.register(Nomination)
class NominationAdmin(MovesOnPage, ScopedAdmin):
    partitive = pgettext_lazy("partitive", "naming of a coordinator")
    list_display = ("user", "cluster", "stage", "named_by", "named_at", "since", "until")
    list_filter = ("stage", "cluster")
    list_select_related = ("user", "cluster", "named_by")
    search_fields = ("user__last_name", "user__email")
    workflow = rules.MOVES
    waiting_stages = frozenset({rules.Stage.PROPOSED})
    waiting_order = ("named_at", "pk")
    shown = (
        "user", "cluster", "stage", "named_by", "named_at", "since", "until", "reason",
        "decided_by", "decided_at", "decision_reason",
    )  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return self.shown if obj else ("cluster", "address", "since", "until", "reason")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        return self.shown if obj else ()

    def get_form(
        self,
        request: HttpRequest,
        obj: Model | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        form: Any = type("Form", (NamingForm,), {"by": request.user})
        mine = Cluster.objects.managed_by(request.user)
        only = mine.first() if len(audience(request.user).coordinates) == 1 else None
        form.base_fields["cluster"].queryset = mine
        form.base_fields["cluster"].initial = only
        form.base_fields["since"].initial = timezone.localdate
        return form

    def save_model(
        self, request: HttpRequest, obj: Nomination, form: NamingForm, change: bool
    ) -> None:  # fmt: skip
        by: Any = request.user
        obj.pk = nominations.name_coordinator(form.named(), by=by).pk
        obj.refresh_from_db()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Nothing is saved once somebody is named: all else goes by the steps."""
        if kwargs.get("obj") is not None:
            context |= {"show_save": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def waiting(self, request: HttpRequest) -> QuerySet[Nomination]:
        return Nomination.objects.confirmable_by(request.user)

    def move(self, obj: Nomination, action: str, *, by: User, reason: str) -> None:
        steps: dict[str, Any] = {
            "confirm": lambda: nominations.confirm(obj, by=by),
            "refuse": lambda: nominations.refuse(obj, by=by, reason=reason),
            "withdraw": lambda: nominations.withdraw(obj, by=by),
            "end": lambda: nominations.end(obj, by=by, reason=reason),
        }
        steps[action]()
