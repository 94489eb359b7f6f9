"""People recorded with a membership: who has been invited, who has answered, who is written to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.admin.moves import MovesOnPage
from cluster_portal.core.admin.scoped import CurrentStays, ScopedAdmin
from cluster_portal.core.errors import Refused
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending import rendering
from members.models import NamedPerson, Organisation
from members.models import named_people as rules
from members.models.affiliations import Role
from members.models.named_people import Stage
from members.services import named_people

if TYPE_CHECKING:
    from django.db.models import ForeignKey, QuerySet
    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse

    from cluster_portal.notifications.sending.rendering import Letter
    from members.models import User

EXPIRED = "expired"
SHOWN = 200
WRITERS = {"invite": named_people.invite_people, "remind": named_people.remind_people}


class StateFilter(admin.SimpleListFilter):
    """The states, and what has run out without an answer."""

    title = _("state")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [*Stage.choices, (EXPIRED, _("Invitation has expired"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == EXPIRED:
            return queryset.filter(pk__in=NamedPerson.objects.expired().values("pk"))
        return queryset.filter(stage=self.value()) if self.value() in Stage.values else queryset


class NamedPersonForm(CurrentStays):
    class Meta:
        model = NamedPerson
        fields = (
            "cluster", "organisation", "name", "email", "role", "title", "language", "phone",
            "since", "until", "agreement_on", "source",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        refuse_marked(values.get("name"), values.get("title"), values.get("source"))
        is_private = not values.get("organisation", self.instance.organisation)
        if is_private and not values.get("since", self.instance.since):
            self.add_error("since", gettext("A private member has a day of joining."))
        if not is_private and any(values.get(day) for day in ("since", "until", "agreement_on")):
            self.add_error("since", gettext("An organisation’s days are those of its membership."))
        if is_private and values.get("role", Role.MEMBER) != Role.MEMBER:
            self.add_error("role", gettext("This role needs an organisation."))
        return values


@admin.register(NamedPerson)
class NamedPersonAdmin(MovesOnPage, ScopedAdmin):
    partitive = pgettext_lazy("partitive", "named person")
    form = NamedPersonForm
    change_list_template = "admin/members/named_list.html"
    is_reading_recorded = True
    may_delete = True
    list_display = (
        "name", "organisation", "role", "email", "state", "invited_at", "reminded_at",
        "answered_at",
    )  # fmt: skip
    list_filter = (StateFilter, "role", "cluster")
    list_select_related = ("organisation", "cluster")
    search_fields = ("name", "email", "organisation__name")
    actions = ("invite_selected", "remind_selected")
    workflow = rules.MOVES
    facts = ("name", "email", "role", "title", "language", "phone")
    fieldsets = (
        (None, {"fields": ("cluster", "organisation", *facts)}),
        (_("Of a private member"), {"fields": ("since", "until", "agreement_on")}),
        (_("Invitation"), {"fields": (
            "source", "stage", "invited_at", "invited_by", "reminded_at", "answered_at", "user",
        )}),
    )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Who has answered looks after their own account."""
        always = ("stage", "invited_at", "invited_by", "reminded_at", "answered_at", "user")
        if obj is None:
            return always
        fixed = ("cluster", "organisation", "source", *always)
        is_own = obj.stage == Stage.ACCEPTED
        days = ("since", "until", "agreement_on")
        return (*fixed, *self.facts, *days) if is_own else fixed

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:  # fmt: skip
        """Members of the coordinator's clusters."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == "organisation":
            field.queryset = Organisation.objects.managed_by(request.user)
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("organisation", "cluster")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        rows = NamedPerson.objects.in_scope_of(request.user)
        counts = dict(rows.order_by().values_list("stage").annotate(count=Count("pk")))
        states = [
            {"value": stage.value, "label": stage.label, "count": counts.get(stage.value, 0)}
            for stage in Stage
        ]
        expired = {
            "value": EXPIRED,
            "label": _("Invitation has expired"),
            "count": rows.expired().count(),
        }
        context = {"states": [*states, expired], **(extra_context or {})}
        return super().changelist_view(request, context)

    @admin.display(description=_("state"), ordering="stage")
    def state(self, obj: NamedPerson) -> str:
        return gettext("Invitation has expired") if obj.is_expired else obj.get_stage_display()

    def save_model(
        self, request: HttpRequest, obj: NamedPerson, form: ModelForm, change: bool
    ) -> None:  # fmt: skip
        by: Any = request.user
        values = {name: form.cleaned_data[name] for name in form.changed_data}
        if change:
            stored = NamedPerson.objects.get(pk=obj.pk)
            named_people.change_person(stored, values, by=by)
        else:
            obj.pk = named_people.record_new(obj, by=by).pk
        obj.refresh_from_db()

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return self.response_post_save_change(request, None)

    def delete_model(self, request: HttpRequest, obj: NamedPerson) -> None:
        named_people.forget([obj.pk])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[NamedPerson]) -> None:
        rows = self.manageable(request, queryset)
        named_people.forget(list(rows.values_list("pk", flat=True)))

    def move(self, obj: NamedPerson, action: str, *, by: User, reason: str) -> None:
        if not WRITERS[action]([obj], by=by):
            raise Refused(gettext("The membership is not in force any more."))

    # Writing to many

    @admin.action(description=_("Invite the chosen people"))
    def invite_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        return self._write(request, queryset, "invite")

    @admin.action(description=_("Remind the chosen people"))
    def remind_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        return self._write(request, queryset, "remind")

    def _write(self, request: HttpRequest, queryset: QuerySet[Any], action: str) -> Any:
        """First who gets what; only the second press writes."""
        rows: Any = self.manageable(request, queryset).order_by("sort_name", "pk")
        by: Any = request.user
        if "confirmed" in request.POST:
            written = WRITERS[action](rows, by=by)
            told = ngettext(
                "%(count)d letter is on its way.", "%(count)d letters are on their way.",
                len(written),
            )  # fmt: skip
            return messages.success(request, told % {"count": len(written)})
        people, in_force = list(rows), set(rows.in_force().values_list("pk", flat=True))
        ready = [p for p in people if p.pk in in_force and named_people.may(action, p, by)]
        others = [(p, _why_not(p, action, in_force)) for p in people if p not in ready]
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Invite people") if action == "invite" else gettext("Remind people"),
            "opts": self.model._meta, "action": f"{action}_selected",
            "ready": ready[:SHOWN], "count": len(ready), "others": others[:SHOWN],
            "keys": [person.pk for person in people],
            "letter": _letter(ready[0], action, by=by) if ready else None,
        }  # fmt: skip
        return TemplateResponse(request, "admin/members/write_to_named.html", context)


def _why_not(person: NamedPerson, action: str, in_force: set[int]) -> str:
    if not person.email:
        return gettext("no address")
    if person.pk not in in_force:
        return gettext("the membership is not in force, or waits to be confirmed")
    if person.stage == Stage.INVITED and action == "remind":
        return gettext("reminded already, or the invitation has expired")
    return person.get_stage_display().lower()


def _letter(person: NamedPerson, action: str, *, by: User) -> Letter:
    """The letter as it would leave; its link is left out, for it is the reader's alone."""
    with transaction.atomic():
        WRITERS[action]([person], by=by)
        mail = OutboxMail.objects.filter(guest_address=person.email).latest("pk")
        letter = rendering.letter(mail)
        transaction.set_rollback(True)
    text = re.sub(r"/named/link/\S+", "/named/link/…", letter.text)
    return replace(letter, text=text)
