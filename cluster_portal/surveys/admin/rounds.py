"""Rounds: the coordinators' list and form, inviting, reminding, the next round, the link."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cluster_portal.core.admin.moves import MovesOnPage
from cluster_portal.core.admin.scoped import ScopedTabularInline, choosable
from cluster_portal.core.errors import Refused
from cluster_portal.core.http import refusal_as_message
from cluster_portal.surveys.forms.rounds import InviteForm, RoundForm
from cluster_portal.surveys.models import FollowUp, Round
from cluster_portal.surveys.models.rounds import MOVES, Stage
from cluster_portal.surveys.pages import coverage as pages
from cluster_portal.surveys.services import invitations, reminders, rounds
from members.models import Cluster

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse

    from members.models import User

CHANGE = "admin:surveys_round_change"
ASKED = ("version", "mode", "role", "home_cluster")
FOLDED = ["collapse"]
FIRST_PROPOSED = datetime.timedelta(days=21)


class FollowUpInline(ScopedTabularInline):
    """Shown with the results once these are published; prepared before that."""

    model = FollowUp
    fields = ("title", "reason", "responsible", "due_on", "state", "outcome", "link")


@admin.register(Round)
class RoundAdmin(MovesOnPage):
    partitive = pgettext_lazy("partitive", "round")
    form = RoundForm
    change_form_template = "admin/surveys/round_form.html"
    workflow = MOVES.without("publish")
    waiting_stages = frozenset({Stage.CLOSED})
    waiting_order = ("closed_at", "pk")
    list_display = ("title_fi", "mode", "stage", "closes_at", "answered")
    list_filter = ("stage", "mode", "home_cluster")
    search_fields = ("title_fi", "title_sv", "title_en")
    list_select_related = ("home_cluster",)
    inlines = (FollowUpInline,)
    fieldsets = (
        (None, {"fields": ("title_fi", "intro_fi", "home_cluster")}),
        (gettext_lazy("What is asked, of whom"), {"fields": ("version", "mode", "role")}),
        (gettext_lazy("When, and who sees the results"), {"fields": (
            "closes_at", "visibility", "reminder_limit", "reminder_days", "expected", "previous",
        )}),
        (gettext_lazy("In Swedish"), {"fields": ("title_sv", "intro_sv"), "classes": FOLDED}),
        (gettext_lazy("In English"), {"fields": ("title_en", "intro_en"), "classes": FOLDED}),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Round]:
        return pages.with_counts(super().get_queryset(request))

    @admin.display(description=gettext_lazy("answered of asked"))
    def answered(self, survey_round: Round) -> str:
        return pages.answered_words(survey_round)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is asked, and of whom, stands once somebody has been asked."""
        if obj is None:
            return ()
        if obj.stage == Stage.DRAFT:
            return ("mode",) if obj.responses.exists() else ()
        return ASKED

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The coordinator's one cluster, and three weeks to answer."""
        clusters = list(choosable(Cluster, request.user)[:2])
        given = super().get_changeform_initial_data(request)
        day = timezone.localtime() + FIRST_PROPOSED
        return {
            "home_cluster": clusters[0].pk if len(clusters) == 1 else None,
            "closes_at": day.replace(hour=16, minute=0, second=0, microsecond=0),
            **given,
        }

    def save_model(self, request: HttpRequest, obj: Round, form: ModelForm, change: bool) -> None:
        user: Any = request.user
        if change:
            super().save_model(request, obj, form, change)
        else:
            rounds.create_round(obj, by=user)

    def move(self, obj: Round, action: str, *, by: User, reason: str) -> None:
        steps: dict[str, Any] = {
            "open": lambda: rounds.open_round(obj, by=by),
            "close": lambda: rounds.close_round(obj, by=by),
            "reopen": lambda: rounds.reopen_round(obj, by=by, reason=reason),
        }
        steps[action]()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kw: Any
    ) -> Any:
        if kw.get("obj") is not None:
            context["panel"] = pages.panel(kw["obj"])
        return super().render_change_form(request, context, *args, **kw)

    def get_urls(self) -> list[Any]:
        own = (
            ("invite", self.invite_view), ("remind", self.remind_view),
            ("repeat", self.repeat_view),
        )  # fmt: skip
        return [
            *(
                path(
                    f"<int:pk>/{name}/",
                    self.admin_site.admin_view(view),
                    name=f"surveys_round_{name}",
                )
                for name, view in own
            ),
            *super().get_urls(),
        ]

    def _found(self, request: HttpRequest, pk: int) -> Round:
        survey_round = Round.objects.managed_by(request.user).filter(pk=pk).first()
        if survey_round is None:
            raise Http404
        return survey_round

    def _page(
        self, request: HttpRequest, survey_round: Round, name: str, values: dict[str, Any]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "round": survey_round,
            **values,
        }  # fmt: skip
        form = values.get("form")
        status = 422 if form is not None and form.errors else 200
        return TemplateResponse(request, f"admin/surveys/{name}.html", context, status=status)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def invite_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Chosen first, then shown by name, then invited."""
        survey_round = self._found(request, pk)
        data = request.POST if request.method == "POST" else None
        form = InviteForm(data, survey_round=survey_round, user=request.user)
        values: dict[str, Any] = {"form": form, "title": _("Invite")}
        if data is not None and form.is_valid():
            if "confirmed" in data and self._is_invited(request, survey_round, form):
                return redirect(CHANGE, pk)
            values |= pages.invitation(survey_round, form.asked())
        return self._page(request, survey_round, "round_invite", values)

    def _is_invited(self, request: HttpRequest, survey_round: Round, form: InviteForm) -> bool:
        user: Any = request.user
        interviewer = form.cleaned_data.get("interviewer")
        try:
            done = invitations.invite(survey_round, form.asked(), by=user, interviewer=interviewer)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            return False
        count = len(done.new)
        words = ngettext("%(count)d was invited.", "%(count)d were invited.", count)
        messages.success(request, words % {"count": count})
        if done.silent:
            names = ", ".join(each.name for each in done.silent[:10])
            messages.warning(request, _("Nobody to write to in: %(names)s.") % {"names": names})
        return True

    @method_decorator(require_POST)
    def remind_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        survey_round = self._found(request, pk)
        user: Any = request.user
        with refusal_as_message(request):
            count = reminders.remind(survey_round, by=user)
            words = ngettext("%(count)d person was reminded.", "%(count)d people were reminded.",
                             count)  # fmt: skip
            messages.success(request, words % {"count": count})
        return redirect(CHANGE, pk)

    @method_decorator(require_POST)
    def repeat_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        survey_round = self._found(request, pk)
        user: Any = request.user
        with refusal_as_message(request):
            made = rounds.repeat_round(survey_round, by=user)
            messages.success(request, _("The next round is a draft. Look at it, then open it."))
            return redirect(CHANGE, made.pk)
        return redirect(CHANGE, pk)
