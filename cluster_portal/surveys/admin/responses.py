"""Who is in which state of a round: the coordinators' table, with a day and an interviewer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from cluster_portal.core.admin.moves import MovesOnPage
from cluster_portal.core.errors import Refused
from cluster_portal.core.http import refusal_as_message
from cluster_portal.core.numbers import whole_of
from cluster_portal.surveys.models import Response, Round
from cluster_portal.surveys.models.responses import MOVES
from cluster_portal.surveys.models.rounds import Mode
from cluster_portal.surveys.pages.coverage import days_waited
from cluster_portal.surveys.services import invitations

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

    from members.models import User

MOST_INTERVIEWERS = 30


@admin.register(Response)
class ResponseAdmin(MovesOnPage):
    """The answers themselves stand on their own page; here is how far each is."""

    partitive = pgettext_lazy("partitive", "answer of a round")
    workflow = MOVES.without("send", "answer", "check", "decline", "rejoin")
    may_add = False
    list_display = ("asked", "round", "stage", "interviewer", "agreed_on", "waited", "reminders")
    list_filter = ("round", "stage", "interviewer", "organisation__sector", "organisation__region")
    search_fields = ("organisation__name", "person__last_name", "person__email")
    list_select_related = ("round", "organisation", "person", "interviewer")
    ordering = ("invited_at", "pk")
    actions = ("withdraw",)
    fields = (
        "round", "organisation", "person", "interviewer", "stage", "invited_at", "agreed_on",
        "held_on", "answered_on", "checked_at", "reminders", "reminded_at",
    )  # fmt: skip
    readonly_fields = fields
    change_form_template = "admin/surveys/response_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Response]:
        return super().get_queryset(request).filter(is_anonymous=False)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("Who was asked"), ordering="organisation__sort_name")
    def asked(self, response: Response) -> str:
        names = [str(each) for each in (response.organisation, response.person) if each]
        return " · ".join(names) or "–"

    @admin.display(description=gettext_lazy("waiting, days"))
    def waited(self, response: Response) -> str:
        days = days_waited(response)
        return "" if days is None else str(days)

    def move(
        self, obj: Response, action: str, *, by: User, reason: str = "", day: Any = None
    ) -> None:
        if action == "agree":
            invitations.agree(obj, day or timezone.localdate(), by=by)
        else:
            invitations.hold(obj, by=by, day=day)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """In the list of one round: an action for each who may interview in it."""
        found = super().get_actions(request)
        wanted = whole_of(request.GET.get("round__id__exact", ""))
        if wanted is None:
            return found
        survey_round = Round.objects.managed_by(request.user).filter(pk=wanted).first()
        if survey_round is None or survey_round.mode != Mode.INTERVIEWS:
            return found
        people = invitations.interviewers_for(survey_round)[:MOST_INTERVIEWERS]
        given = {f"give_to_{person.pk}": _giving_to(person) for person in people}
        return {**found, **{name: (act, name, words) for name, (act, words) in given.items()}}

    @admin.action(description=gettext_lazy("Take the chosen invitations back"))
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Response]) -> None:
        user: Any = request.user
        done = 0
        for response in self.manageable(request, queryset):
            try:
                invitations.withdraw_invitation(response, by=user)
                done += 1
            except Refused as refusal:
                messages.error(request, f"{self.asked(response)}: {refusal.message}")
        if done:
            words = ngettext("%(count)d invitation.", "%(count)d invitations.", done)
            messages.success(request, words % {"count": done})


def _giving_to(person: User) -> tuple[Any, str]:
    def give(_screen: Any, request: HttpRequest, queryset: QuerySet[Response]) -> None:
        user: Any = request.user
        rows = Response.objects.managed_by(user).filter(pk__in=queryset.values("pk"))
        with refusal_as_message(request):
            given = invitations.give_to_interviewer(rows, person, by=user)
            words = ngettext("%(count)d talk given.", "%(count)d talks given.", len(given))
            messages.success(request, words % {"count": len(given)})

    return give, _("Give to the interviewer %(name)s") % {"name": person}
