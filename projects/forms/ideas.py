"""Writing an idea in steps: the thought, the roles, the frame, and who reads it."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core import vocabulary
from cluster_portal.core.visibility import Visibility, audience
from cluster_portal.core.vocabulary import Term
from members.forms.members import LineField, ProseField
from members.matching import NAMED
from members.models import Cluster, Organisation
from members.services.needs import organisations_of
from projects.forms.challenges import ask_for
from projects.forms.content import HundredthsField
from projects.models import FundingCall
from projects.models.partnerships import MAX_CENTS
from projects.models.roles import MOST_ROLES
from projects.models.shared import Scope
from projects.services.ideas import RoleLine

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader
    from projects.models import Project

SPARE_ROLES = 3
FIVE_YEARS = datetime.timedelta(days=5 * 365)
TOLD = ("title_fi", "summary_fi", "description_fi", "aim")
FRAME = ("size_cents", "duration_months", "trl_now", "trl_goal", "roles_by", "call", "scopes")
READERS = [
    (Visibility.MEMBERS.value, gettext_lazy("Members of all clusters")),
    (Visibility.CLUSTER.value, gettext_lazy("Members of the cluster")),
    (Visibility.GROUP.value, gettext_lazy("Only those who are in, invited or offering")),
]


def _prose(rows: int, limit: int, **values: Any) -> ProseField:
    return ProseField(max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **values)


class ThoughtForm(forms.Form):
    """The first step, from which the draft is made."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Whose idea is it?"), queryset=Organisation.objects.none(),
        required=False, empty_label=gettext_lazy("My own, without an organisation"),
    )  # fmt: skip
    cluster = forms.ModelChoiceField(
        label=gettext_lazy("Which cluster is it for?"), queryset=Cluster.objects.none(),
        help_text=gettext_lazy("Its coordinator reads the idea and publishes it."),
    )  # fmt: skip
    title_fi = LineField(
        label=gettext_lazy("Name of the idea"), min_length=5, max_length=160,
        help_text=gettext_lazy("In a few words, what would be done."),
    )  # fmt: skip
    summary_fi = _prose(
        2, 300, label=gettext_lazy("The idea in one or two sentences"), required=False,
        help_text=gettext_lazy("This stands on the list. Say what would change, and for whom."),
    )  # fmt: skip
    description_fi = _prose(
        6, 4000, label=gettext_lazy("The thought"), required=False,
        help_text=gettext_lazy("What is the problem, and how would you go at it?"),
    )  # fmt: skip
    aim = _prose(
        3, 2000, label=gettext_lazy("What would there be in the end?"), required=False,
        help_text=gettext_lazy("A method, a device, a trial, a course …"),
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, user: Reader, idea: Project | None = None, **kwargs: Any
    ) -> None:
        given = kwargs.pop("initial", {})
        kwargs["initial"] = (
            {name: getattr(idea, name) for name in TOLD}
            if idea
            else {"form_key": uuid.uuid4(), **given}
        )
        super().__init__(*args, **kwargs)
        for name in ("summary_fi", "description_fi"):
            ask_for(self.fields[name])
        if idea is not None:
            del self.fields["organisation"], self.fields["form_key"], self.fields["cluster"]
        else:
            self._offer_owners(user)

    def _offer_owners(self, user: Reader) -> None:
        field: Any = self.fields["organisation"]
        field.queryset = organisations_of(user).order_by("sort_name", "pk")
        offered = list(field.queryset[:2])
        if not offered:
            del self.fields["organisation"]
        elif "organisation" not in self.initial:
            self.initial["organisation"] = offered[0].pk if len(offered) == 1 else None
        if audience(user).is_member or offered:
            del self.fields["cluster"]
        else:
            clusters: Any = self.fields["cluster"]
            clusters.queryset = Cluster.objects.order_by("pk")

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class RolesForm(forms.Form):
    """A line for each role, the present ones first; an empty line is no role."""

    def __init__(self, *args: Any, idea: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = list(idea.wanted_roles.all())
        sent = self._sent_keys()
        beside = [role for role in roles if str(role.pk) not in sent.values()]
        known = {str(role.pk): role for role in roles}
        lines = max([*(number + 1 for number in sent), len(sent) + len(beside)])
        self.count = min(MOST_ROLES, lines + SPARE_ROLES)
        for number in range(self.count):
            role = known.get(sent[number]) if number in sent else next(iter(beside), None)
            beside = beside if number in sent else beside[1:]
            self._add(number, has_key=number in sent or role is not None)
            if role is not None:
                self.initial.update({
                    f"name_{number}": role.name_fi, f"note_{number}": role.note,
                    f"pk_{number}": role.pk, f"closed_{number}": role.is_closed,
                })  # fmt: skip
            elif self.is_bound:
                self.initial.update({f"name_{number}": "", f"note_{number}": ""})

    def _sent_keys(self) -> dict[int, str]:
        """Which roles the lines of a sent form are about: others may have been removed since."""
        keys = {number: self.data.get(f"pk_{number}", "") for number in range(MOST_ROLES)}
        return {number: key for number, key in keys.items() if key}

    def _add(self, number: int, *, has_key: bool) -> None:
        told = {"number": number + 1}
        self.fields[f"name_{number}"] = LineField(
            label=_("Role %(number)s") % told, max_length=120, required=False,
        )  # fmt: skip
        self.fields[f"note_{number}"] = LineField(
            label=_("What is expected of role %(number)s") % told, max_length=300, required=False,
        )  # fmt: skip
        if not has_key:
            return
        self.fields[f"pk_{number}"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, min_value=1
        )
        self.fields[f"closed_{number}"] = forms.BooleanField(
            label=_("No longer looked for"), required=False
        )

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The fields of each role, for the page."""
        names = ("name", "note", "pk", "closed")
        return [
            {name: self[f"{name}_{n}"] for name in names if f"{name}_{n}" in self.fields}
            for n in range(self.count)
        ]

    @property
    def roles(self) -> list[RoleLine]:
        values = self.cleaned_data
        return [
            RoleLine(
                name=values[f"name_{n}"], note=values[f"note_{n}"], pk=values.get(f"pk_{n}"),
                is_closed=values.get(f"closed_{n}", False),
            )
            for n in range(self.count)
            if values[f"name_{n}"]
        ]  # fmt: skip


def _number(label: str | _StrPromise, most: int, **values: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=most, required=False, **values)


class FrameForm(forms.Form):
    size_cents = HundredthsField(
        label=gettext_lazy("Rough size, €"), required=False,
        help_text=gettext_lazy("A guess is enough, for example 300 000."),
    )  # fmt: skip
    duration_months = _number(gettext_lazy("Duration in months"), 120)
    trl_now = _number(
        gettext_lazy("Maturity now (TRL 1–9)"), 9,
        help_text=gettext_lazy("Only if something is developed: 1 is a thought, 9 is in use."),
    )  # fmt: skip
    trl_goal = _number(gettext_lazy("Maturity aimed at (TRL 1–9)"), 9)
    call = forms.ModelChoiceField(
        label=gettext_lazy("Which funding call?"), queryset=FundingCall.objects.none(),
        required=False, empty_label=gettext_lazy("Not known yet"),
    )  # fmt: skip
    roles_by = forms.DateField(
        label=gettext_lazy("Partners are looked for until"), required=False,
        widget=forms.DateInput(format="%Y-%m-%d"),
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Level of activity"), choices=Scope, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Where the work has an effect. You may choose several."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Reader, idea: Project, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(idea, name) for name in FRAME}
        super().__init__(*args, **kwargs)
        self.idea = idea
        field: Any = self.fields["call"]
        seen = FundingCall.objects.visible_to(user)
        present = Q(pk=idea.call_id)
        still_open = Q(pk__in=FundingCall.objects.not_closed().values("pk"))
        field.queryset = seen.filter(still_open | present).soonest_first()

    def clean_size_cents(self) -> int | None:
        cents: int = self.cleaned_data["size_cents"] or 0
        if not 0 <= cents <= MAX_CENTS:
            raise ValidationError(_("Write a sum between 0 and 100 billion euros."))
        return cents or None

    def clean_roles_by(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["roles_by"]
        today = timezone.localdate()
        if day and day != self.idea.roles_by and not today <= day <= today + FIVE_YEARS:
            raise ValidationError(_("Choose a day that has not passed."))
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        now, goal = values.get("trl_now"), values.get("trl_goal")
        if now and goal and goal < now:
            self.add_error("trl_goal", _("The aim is at least what there is now."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ReadersForm(forms.Form):
    """The last step: who reads it, and by which themes it is found."""

    visibility = forms.ChoiceField(
        label=gettext_lazy("Who reads the idea?"), choices=READERS, widget=forms.RadioSelect
    )
    asks_public = forms.BooleanField(
        label=gettext_lazy("I would like everyone to be able to read it"), required=False,
        help_text=gettext_lazy("A coordinator says yes first. Until then it is read as above."),
    )  # fmt: skip
    terms = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Themes"), queryset=Term.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("By these partners and funding calls find the idea."),
    )  # fmt: skip

    def __init__(self, *args: Any, idea: Project, **kwargs: Any) -> None:
        chosen = [term.pk for term in idea.terms.all()]
        kwargs["initial"] = {
            "visibility": idea.visibility, "terms": chosen,
            "asks_public": idea.public_asked_at is not None,
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        self.of_origin = [term for term in idea.terms.all() if term.scheme not in NAMED]
        if idea.visibility == Visibility.PUBLIC:
            del self.fields["asks_public"]
        field: Any = self.fields["visibility"]
        if idea.visibility not in dict(READERS):
            present = Visibility(idea.visibility)
            field.choices = [(present.value, present.label), *READERS]
        terms: Any = self.fields["terms"]
        terms.queryset = Term.objects.filter(scheme__in=NAMED)
        every = [term for scheme in NAMED for term in vocabulary.terms(scheme)]
        first = sorted(every, key=lambda term: term.pk not in chosen)
        terms.choices = [(term.pk, term.label) for term in first]

    @property
    def values(self) -> dict[str, Any]:
        """With the terms of its origin that are not offered here."""
        values = dict(self.cleaned_data)
        return values | {"terms": [*values["terms"], *self.of_origin]}
