"""Telling a result in steps; what came of its recommendations; where it was used."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import vocabulary
from cluster_portal.core.files import FilesField
from cluster_portal.core.narrowing import Narrowing
from cluster_portal.core.numbers import sane_day
from cluster_portal.core.text.web_addresses import WEB
from cluster_portal.core.visibility import Visibility, audience
from cluster_portal.core.vocabulary import Term
from members.forms.members import LineField
from members.matching import NAMED
from members.models import Organisation
from members.services.needs import organisations_of
from projects.forms.challenges import ask_for, keep_present, prose
from projects.models import Measure, Project, Recommendation
from projects.models.recommendations import State
from projects.models.results import MAX_RECOMMENDATIONS, Kind, Language, Level

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from projects.models import Result

READERS = [
    (Visibility.PUBLIC.value, _("Everyone")),
    (Visibility.MEMBERS.value, _("Members of all clusters")),
    (Visibility.CLUSTER.value, _("Members of the home cluster")),
]
LONGEST_COST = 120
MOST_COSTS = 5


def own_projects(user: Reader) -> Any:
    """Whose packages the user may add a result to: what they edit, or their organisation runs."""
    editable = Project.objects.editable_by(user).values("pk")
    own = Q(organisation__in=audience(user).organisations) | Q(pk__in=editable)
    return Project.objects.visible_to(user).filter(own)


class WhatForm(forms.Form):
    """The first step, from which the draft is made."""

    organisation = forms.ModelChoiceField(
        label=_("Whose result is it?"), queryset=Organisation.objects.none()
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind)
    level = forms.ChoiceField(
        label=_("Whose decision does it serve?"), choices=Level, widget=forms.RadioSelect,
        initial=Level.ADMINISTRATIVE,
    )  # fmt: skip
    title_fi = LineField(
        label=_("Heading"), min_length=5, max_length=160,
        help_text=_("Say what should be done, not what was studied."),
    )  # fmt: skip
    summary_fi = prose(
        3, label=_("The result in two sentences"), required=False, max_length=300,
        help_text=_("What can be done, and what it takes. At most 300 characters."),
    )  # fmt: skip
    why = prose(
        4, label=_("Why now?"), required=False, max_length=700,
        help_text=_("What happened, what was found out. At most 700 characters."),
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, user: Reader, result: Result | None = None, **kwargs: Any
    ) -> None:
        given = kwargs.pop("initial", {})
        names = ("kind", "level", "title_fi", "summary_fi", "why")
        kwargs["initial"] = (
            {name: getattr(result, name) for name in names}
            if result
            else {"form_key": uuid.uuid4(), **given}
        )
        super().__init__(*args, **kwargs)
        for name in ("summary_fi", "why"):
            ask_for(self.fields[name])
        if result is not None:
            del self.fields["organisation"], self.fields["form_key"]
        else:
            self._offer_owners(self.fields["organisation"], user)

    def _offer_owners(self, field: Any, user: Reader) -> None:
        field.queryset = organisations_of(user).order_by("sort_name", "pk")
        offered = list(field.queryset[:2])
        if len(offered) == 1:
            field.empty_label, field.initial = None, offered[0].pk

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class BriefForm(forms.Form):
    """What is to be decided, what it costs, what changed, what is not known."""

    costs = prose(
        4, label=_("What does it cost?"), required=False, max_length=600,
        help_text=_(
            "At most five lines. On each: what it is, a colon, what it costs. "
            "For example: An exercise: half a day a year, 8 volunteers"
        ),
    )  # fmt: skip
    unknown = prose(
        3, label=_("What is not known?"), required=False, max_length=500,
        help_text=_("Who reads it can trust the rest more."),
    )  # fmt: skip
    figure_title = LineField(
        label=_("What was measured?"), required=False, max_length=80,
        help_text=_("If there is one figure that shows the change. It is drawn as a picture."),
    )  # fmt: skip
    before_words = LineField(label=_("Before, in words"), required=False, max_length=60)
    before = forms.IntegerField(
        label=_("Before, the figure"), required=False, min_value=0, max_value=10**9
    )
    after_words = LineField(label=_("Now, in words"), required=False, max_length=60)
    after = forms.IntegerField(
        label=_("Now, the figure"), required=False, min_value=0, max_value=10**9
    )

    def __init__(self, *args: Any, result: Result, **kwargs: Any) -> None:
        rows = {row.position: row for row in result.recommendations.all()}
        kwargs["initial"] = {name: getattr(result, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        plain = dict(self.fields)
        self.fields.clear()
        for number in range(1, MAX_RECOMMENDATIONS + 1):
            self._add_point(number, rows.get(number))
        self.fields.update(plain)

    def _add_point(self, number: int, row: Recommendation | None) -> None:
        self.fields[f"point{number}"] = LineField(
            label=_("Recommendation %(number)s") % {"number": number}, max_length=120,
            required=False, initial=row.title if row else "",
            help_text=_("What should be decided, in one sentence.") if number == 1 else "",
        )  # fmt: skip
        self.fields[f"detail{number}"] = LineField(
            label=_("%(number)s: who does it, by when") % {"number": number}, max_length=200,
            required=False, initial=row.detail if row else "",
        )  # fmt: skip

    def clean_costs(self) -> str:
        text: str = self.cleaned_data["costs"]
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > MOST_COSTS or any(len(line) > LONGEST_COST for line in lines):
            raise ValidationError(
                _("At most %(lines)s lines of %(length)s characters each.")
                % {"lines": MOST_COSTS, "length": LONGEST_COST}
            )
        return text

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        told = [values.get(name) is not None for name in ("before", "after")]
        if any(told) and not all(told):
            self.add_error("after", _("Give both figures, or neither."))
        if all(told) and not values.get("figure_title"):
            self.add_error("figure_title", _("Tell what the figures measure."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        points = [
            (values.pop(f"point{number}"), values.pop(f"detail{number}"))
            for number in range(1, MAX_RECOMMENDATIONS + 1)
        ]
        return {**values, "points": [(title, detail) for title, detail in points if title]}


class SourcesForm(Narrowing):
    """Who made it, of what, where the whole of it is, what it is evidence of."""

    makers = forms.ModelMultipleChoiceField(
        label=_("Who made it?"), queryset=Organisation.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    other_makers = LineField(
        label=_("Others who made it"), required=False, max_length=300,
        help_text=_("Organisations that are not in the portal."),
    )  # fmt: skip
    sources = prose(2, label=_("Sources"), required=False, max_length=500)
    link = forms.URLField(
        label=_("Link to the whole of it"), required=False, max_length=500, validators=[WEB],
        assume_scheme="https",
    )  # fmt: skip
    uploads = FilesField(
        label=_("Files"), required=False,
        help_text=_("The report, the model or the data itself. At most three at a time."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("In which languages is it?"), choices=Language, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    project = forms.ModelChoiceField(
        label=_("Which project did it come of?"), queryset=Project.objects.none(), required=False
    )
    measures = forms.ModelMultipleChoiceField(
        label=_("Which measures is it evidence of?"), queryset=Measure.objects.none(),
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, user: Reader, result: Result, **kwargs: Any) -> None:
        names = ("other_makers", "sources", "link", "languages", "project")
        kwargs["initial"] = {name: getattr(result, name) for name in names}
        kwargs["initial"] |= {
            name: [row.pk for row in getattr(result, name).all()] for name in ("makers", "measures")
        }
        super().__init__(*args, **kwargs)
        seen = Organisation.objects.visible_to(user).standing().members()
        kept_makers = Organisation.objects.filter(pk__in=kwargs["initial"]["makers"])
        rows = Organisation.objects.filter(pk__in=seen.values("pk")) | kept_makers
        self._offer("makers", rows.order_by("sort_name", "pk"))
        kept = Project.objects.visible_to(user).filter(pk=result.project_id).values("pk")
        projects = Project.objects.filter(
            Q(pk__in=own_projects(user).values("pk")) | Q(pk__in=kept)
        )
        self._offer("project", projects.order_by("title_fi", "pk"))
        self._offer("measures", Measure.objects.choosable_by(user))

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field: Any = self.fields[name]
        field.queryset = rows

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ReadersForm(Narrowing):
    """The last step: who sees it, its themes, its heading in the other languages."""

    visibility = forms.ChoiceField(
        label=_("Who may read it?"), choices=READERS, widget=forms.RadioSelect
    )
    terms = forms.ModelMultipleChoiceField(
        label=_("Themes"), queryset=Term.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("By these those who need it find it. Not required."),
    )  # fmt: skip
    title_sv = LineField(label=_("Heading in Swedish"), required=False, max_length=160)
    summary_sv = prose(2, label=_("In two sentences in Swedish"), required=False, max_length=300)
    title_en = LineField(label=_("Heading in English"), required=False, max_length=160)
    summary_en = prose(2, label=_("In two sentences in English"), required=False, max_length=300)

    def __init__(self, *args: Any, result: Result, **kwargs: Any) -> None:
        names = ("visibility", "title_sv", "summary_sv", "title_en", "summary_en")
        chosen = [term.pk for term in result.terms.all()]
        kwargs["initial"] = {name: getattr(result, name) for name in names} | {"terms": chosen}
        super().__init__(*args, **kwargs)
        keep_present(self.fields["visibility"], result.visibility)
        field: Any = self.fields["terms"]
        field.queryset = Term.objects.filter(scheme__in=NAMED)
        every = [term for scheme in NAMED for term in vocabulary.terms(scheme)]
        first = sorted(every, key=lambda term: term.pk not in chosen)
        field.choices = [(term.pk, term.label) for term in first]

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class FollowUpForm(forms.Form):
    state = forms.ChoiceField(label=_("State"), choices=State, widget=forms.RadioSelect)
    follow_up = LineField(
        label=_("What has happened?"), required=False, max_length=500,
        help_text=_("Shown to everyone who can read the result."),
    )  # fmt: skip

    def __init__(self, *args: Any, point: Recommendation, **kwargs: Any) -> None:
        kwargs["initial"] = {"state": point.state, "follow_up": point.follow_up}
        super().__init__(*args, **kwargs)


class UseForm(forms.Form):
    """Where a result was used: any member tells it in a minute."""

    recommendation = forms.ModelChoiceField(
        label=_("Which recommendation?"), queryset=Recommendation.objects.none(), required=False,
        empty_label=_("The result as a whole"),
    )  # fmt: skip
    decided_by = LineField(
        label=_("Who decided?"), min_length=3, max_length=160,
        help_text=_("The body and the section, for example: Municipal board, section 214."),
    )  # fmt: skip
    decided_on = forms.DateField(
        label=_("When?"), widget=forms.DateInput(format="%Y-%m-%d"), validators=[sane_day]
    )
    link = forms.URLField(
        label=_("Link to the decision"), required=False, max_length=500, validators=[WEB],
        assume_scheme="https",
    )  # fmt: skip
    note = LineField(label=_("How was it used?"), required=False, max_length=300)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, result: Result, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid.uuid4()}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["recommendation"]
        field.queryset = result.recommendations.all()
        if not result.recommendations.exists():
            del self.fields["recommendation"]

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if day > timezone.localdate() or day.year < 2000:
            raise ValidationError(_("Give the day of a decision that has been made."))
        return day

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
