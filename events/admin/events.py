"""The coordinators' screen of events, with their places and programme.

Every change of places, time or state goes through the services, so that the queue moves and
everyone concerned is told, whoever edits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cluster_portal.core import audit, exports
from cluster_portal.core.admin.moves import MovesOnPage
from cluster_portal.core.admin.scoped import CurrentStays, ScopedAdmin, ScopedTabularInline
from cluster_portal.core.database.merging import MergingForm
from cluster_portal.core.http import refusal_as_message
from cluster_portal.surveys.services.rounds import round_about
from events.models import (
    AgendaItem,
    Event,
    Seats,
)
from events.models.event_choices import Mode, Stage
from events.models.events import MOVES
from events.models.seats import MOST_SEATS
from events.pages import participants
from events.services import events as event_services
from events.services import places

if TYPE_CHECKING:
    import datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest, QueryDict

    from members.models import User


class SeatsForm(MergingForm):
    """A capacity below the places taken is refused; the way of taking part stays as it is."""

    class Meta:
        model = Seats
        fields = ["mode", "capacity"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["mode"].disabled = True

    def clean_capacity(self) -> int | None:
        capacity = self.cleaned_data["capacity"]
        seats = self.instance
        if seats.pk and capacity is not None and capacity + seats.extra < seats.taken:
            raise ValidationError(
                _("%(taken)d people already have a place; cancel registrations first.")
                % {"taken": seats.taken}
            )
        return capacity


class EventForm(CurrentStays):
    """A published event that moves asks for a closing day that fits its new time."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        closes = cleaned.get("registration_closes_at")
        if not (starts and ends and closes):
            return cleaned
        if closes > ends:
            self.add_error("registration_closes_at", _("Registration closes after the event."))
        elif self._moves_from(closes, starts):
            text = _(
                "The event moves: give registration a new closing time too. If it stays closed, "
                "give the present moment."
            )
            self.add_error("registration_closes_at", text)
        return cleaned

    def _moves_from(self, closes: datetime.datetime, starts: datetime.datetime) -> bool:
        """Whether a published event moves, and its closing time has stayed and no longer fits."""
        is_published = self.instance.pk and self.instance.stage == Stage.PUBLISHED
        if not is_published or self.initial["starts_at"] == starts:
            return False
        has_stayed = self.initial["registration_closes_at"] == closes
        return has_stayed and (closes <= timezone.now() or closes > starts)


class SeatsInline(ScopedTabularInline):
    model = Seats
    form = SeatsForm
    min_num = 1
    max_num = len(Mode)
    fields = ["mode", "capacity", "extra", "taken"]
    readonly_fields = ["extra", "taken"]


class AgendaInline(ScopedTabularInline):
    model = AgendaItem
    fields = ["starts_at", "ends_at", "title", "room", "stream", "speaker", "speaker_agreed"]


class ExtraPlacesForm(forms.Form):
    seats = forms.ModelChoiceField(Seats.objects.none(), label=gettext_lazy("Way of taking part"))
    places = forms.IntegerField(
        label=gettext_lazy("Extra places"), min_value=1, max_value=MOST_SEATS, initial=1
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: QueryDict | None, *, event: Event) -> None:
        super().__init__(data)
        seats: Any = self.fields["seats"]
        seats.queryset = event.seats.filter(capacity__isnull=False)


@admin.register(Event)
class EventAdmin(MovesOnPage, ScopedAdmin):
    partitive = pgettext_lazy("partitive", "event")
    workflow = MOVES
    waiting_stages = frozenset({Stage.PROPOSED})
    form = EventForm
    list_display = ["title", "kind", "stage", "starts_at", "home_cluster", "taken_of_places"]
    list_filter = ["stage", "kind", "home_cluster"]
    search_fields = ["title_fi", "title_sv", "title_en", "venue", "municipality"]
    date_hierarchy = "starts_at"
    ordering = ["-starts_at", "-pk"]
    prepopulated_fields = {"slug": ["title_fi"]}
    readonly_fields = ["stage", "published_at", "teller"]
    inlines = [SeatsInline, AgendaInline]
    change_form_template = "admin/events/event/change_form.html"
    fieldsets = [
        (None, {"fields": ["title_fi", "slug", "kind", "stage", "published_at", "teller"]}),
        (
            gettext_lazy("Who organises, who sees"),
            {
                "fields": [
                    *("home_cluster", "organisation", "co_hosts", "visibility", "admission"),
                    *("invited_organisations", "is_restricted"),
                ]
            },
        ),
        (
            gettext_lazy("Time and place"),
            {
                "fields": [
                    *("starts_at", "ends_at", "venue", "municipality", "remote_link"),
                    *("registration_opens_at", "registration_closes_at"),
                ]
            },
        ),
        (
            gettext_lazy("Texts"),
            {
                "fields": [
                    *("language", "summary_fi", "description", "title_sv", "summary_sv"),
                    *("title_en", "summary_en", "terms", "from_challenge", "from_project"),
                    "measures",
                ]
            },
        ),
        (
            gettext_lazy("Practical matters"),
            {
                "fields": [
                    *("queue", "offer_hours", "requires", "asks_diet", "asks_access"),
                    *("has_photography", "gives_certificate"),
                ]
            },
        ),
        (
            gettext_lazy("After the event"),
            {"fields": ["recording_link", "aftermath", "registrations_kept_until"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return (
            super().get_queryset(request).select_related("home_cluster").prefetch_related("seats")
        )

    @admin.display(description=gettext_lazy("title"), ordering="title_fi")
    def title(self, event: Event) -> str:
        return event.title

    @admin.display(description=gettext_lazy("taken of places"))
    def taken_of_places(self, event: Event) -> str:
        return ", ".join(
            f"{each.get_mode_display()} {each.taken}/{'∞' if each.total is None else each.total}"
            for each in event.seats.all()
        )

    def save_model(
        self, request: HttpRequest, obj: Event, form: forms.ModelForm, change: bool
    ) -> None:
        user: Any = request.user
        event_services.save_event(obj, by=user)

    def save_formset(
        self,
        request: HttpRequest,
        form: forms.ModelForm,
        formset: forms.BaseModelFormSet,
        change: bool,
    ) -> None:
        if formset.model is not Seats:
            super().save_formset(request, form, formset, change)
            return
        user: Any = request.user
        for seats in formset.save(commit=False):
            if seats.pk is None:
                seats.save()
                continue
            with refusal_as_message(request):
                stored = Seats.objects.get(pk=seats.pk)
                places.set_capacity(stored, seats.capacity, by=user)
        for seats in formset.deleted_objects:
            seats.delete()

    def save_related(
        self,
        request: HttpRequest,
        form: forms.ModelForm,
        formsets: list[forms.BaseModelFormSet],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        event_services.settle(form.instance)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/extra/", view(self.extra), name="events_event_extra"),
            path(
                "<int:pk>/participants.csv",
                view(self.participants),
                name="events_event_participants",
            ),
            path("<int:pk>/feedback/", view(self.feedback), name="events_event_feedback"),
            *super().get_urls(),
        ]

    def move(self, obj: Event, action: str, *, by: User, reason: str) -> None:
        event_services.move_event(obj, action, by=by, reason=reason)

    def _found(self, request: HttpRequest, pk: int) -> Event:
        event = Event.objects.managed_by(request.user).filter(pk=pk).first()
        if event is None:
            raise Http404
        return event

    def extra(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET asks how many places of which kind and why, POST adds them."""
        event = self._found(request, pk)
        label = _("Add extra places")
        data = request.POST if request.method == "POST" else None
        form = ExtraPlacesForm(data, event=event)
        user: Any = request.user
        if data is not None and form.is_valid():
            said = form.cleaned_data
            with refusal_as_message(request):
                places.add_extra(said["seats"], said["places"], by=user, reason=said["reason"])
                messages.success(request, _("Done: %(step)s") % {"step": label})
            return redirect("admin:events_event_change", event.pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": event,
            "title": label,
            "form": form,
        }
        return render(request, "admin/events/event/step.html", context)

    def feedback(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET asks, POST makes the draft of an anonymous round, to be looked at and opened."""
        event = self._found(request, pk)
        user: Any = request.user
        if request.method == "POST":
            with refusal_as_message(request):
                return redirect("admin:surveys_round_change", round_about(event, by=user).pk)
            return redirect("admin:events_event_change", event.pk)
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "original": event,
            "title": _("Ask the participants for feedback"), "form": forms.Form(),
        }  # fmt: skip
        return render(request, "admin/events/event/step.html", context)

    def participants(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The list of participants as a file for a spreadsheet; taking it out is recorded."""
        event = self._found(request, pk)
        user: Any = request.user
        audit.record(event, "participants exported", by=user)
        return exports.csv_response(
            event.slug, participants.header(event), participants.rows(event)
        )
