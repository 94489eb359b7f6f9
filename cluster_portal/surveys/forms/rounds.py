"""A round as a coordinator sets it up, whom it is asked of, and a day for a talk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cluster_portal.core.admin.scoped import CurrentStays
from cluster_portal.core.admin.ticks import TickList
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.surveys.models import Round
from cluster_portal.surveys.models.rounds import Mode, Stage
from cluster_portal.surveys.services.invitations import interviewers_for, may_be_asked
from cluster_portal.surveys.services.subjects import is_too_wide
from members.models import CurrentMember, Membership, User
from members.models.affiliations import Affiliation, Role
from members.models.content import LEVELS
from members.models.kinds import Kind, Sector

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class RoundForm(CurrentStays):
    """What is asked cannot change once the round is open; the closing day can be put off."""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        closes = values.get("closes_at")
        is_over = self.instance.stage in {Stage.CLOSED, Stage.PUBLISHED}
        if closes and closes <= timezone.now() and not is_over:
            self.add_error("closes_at", _("Choose a moment that is still ahead."))
        self._keep_promise(values.get("visibility"))
        self._keep_closed(values.get("visibility"))
        if values.get("previous") and values["previous"] == self.instance:
            self.add_error("previous", _("A round does not come before itself."))
        return values

    def _keep_promise(self, visibility: str | None) -> None:
        """Whoever answered was told who would see the results: once open, only fewer may."""
        promised = self.initial.get("visibility")
        if self.instance.stage == Stage.DRAFT or not visibility or not promised:
            return
        if LEVELS[visibility] < LEVELS[promised]:
            self.add_error(
                "visibility",
                _("Those who were asked were told that fewer see the results. Choose fewer."),
            )

    def _keep_closed(self, visibility: str | None) -> None:
        """Feedback on a closed event bears its title: it is no wider than the event, ever."""
        if "visibility" in self.errors or not visibility:
            return
        if is_too_wide(self.instance, visibility):
            self.add_error(
                "visibility",
                _("Fewer see what the feedback is about. Let no more see the results."),
            )


def _ticks(label: str | _StrPromise, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=TickList(label),
        help_text=gettext_lazy("None chosen: all."),
    )  # fmt: skip


class InviteForm(forms.Form):
    """All members of the cluster, narrowed as one likes; or the organisations that are picked.

    In a round that asks persons: those people of them, by role, and private members.
    """

    WHO = [
        ("members", gettext_lazy("Members of the cluster")),
        ("picked", gettext_lazy("The organisations picked below")),
    ]
    who = forms.ChoiceField(
        label=pgettext_lazy("survey", "Whom"), choices=WHO, initial="members",
        widget=forms.RadioSelect,
    )  # fmt: skip
    kinds = _ticks(gettext_lazy("Kind of organisation"), Kind.choices)
    sectors = _ticks(gettext_lazy("Sector"), Sector.choices)
    regions = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Region"), queryset=Term.objects.filter(scheme=Scheme.REGION),
        required=False, widget=TickList(gettext_lazy("Region")),
        help_text=gettext_lazy("None chosen: all."),
    )  # fmt: skip
    organisations = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Organisations"), queryset=Round.objects.none(), required=False,
        widget=TickList(gettext_lazy("Organisations")),
    )  # fmt: skip
    roles = _ticks(gettext_lazy("Role of the people"), Role.choices)
    private = forms.BooleanField(label=gettext_lazy("Private members, too"), required=False)
    interviewer = forms.ModelChoiceField(
        label=gettext_lazy("Interviewer"), queryset=User.objects.none(), required=False,
        help_text=gettext_lazy("Can be chosen later for each."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, survey_round: Round, user: Any) -> None:
        super().__init__(data)
        self.survey_round = survey_round
        fields: dict[str, Any] = self.fields
        self.choosable = may_be_asked(user)
        fields["organisations"].queryset = self.choosable.order_by("sort_name", "pk")
        fields["interviewer"].queryset = interviewers_for(survey_round)
        absent = {"interviewer"} if survey_round.mode != Mode.INTERVIEWS else set()
        if not survey_round.asks_persons:
            absent |= {"roles", "private"}
        for name in absent:
            del fields[name]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("who") == "picked" and not values.get("organisations"):
            self.add_error("organisations", _("Pick at least one."))
        return values

    def organisations_asked(self) -> Any:
        values = self.cleaned_data
        if values["who"] == "picked":
            return values["organisations"]
        members = CurrentMember.objects.filter(cluster=self.survey_round.home_cluster_id)
        rows = self.choosable.filter(pk__in=members.values("organisation"))
        for field, name in (("kind", "kinds"), ("sector", "sectors"), ("region", "regions")):
            if values[name]:
                rows = rows.filter(**{f"{field}__in": values[name]})
        return rows.order_by("sort_name", "pk")

    def people_asked(self) -> Any:
        values = self.cleaned_data
        posts = Affiliation.objects.confirmed().filter(
            organisation__in=self.organisations_asked().order_by().values("pk")
        )
        if values["roles"]:
            posts = posts.filter(role__in=values["roles"])
        people = User.objects.filter(pk__in=posts.values("user"))
        if values["private"]:
            own = Membership.objects.active().filter(cluster=self.survey_round.home_cluster_id)
            people = people | User.objects.filter(pk__in=own.values("person"))
        return people.filter(is_active=True).order_by("sort_name", "pk")

    def asked(self) -> list[Any]:
        rows = self.people_asked() if self.survey_round.asks_persons else self.organisations_asked()
        return list(rows)


class DayForm(forms.Form):
    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
