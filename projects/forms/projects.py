"""The form of what everybody reads of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from cluster_portal.core import vocabulary
from cluster_portal.core.vocabulary import Term
from members.matching import NAMED
from members.models import Organisation
from projects.forms.challenges import prose
from projects.forms.parts import day, refuse_disorder, title
from projects.models.projects import Instrument
from projects.models.shared import Scope

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from projects.models import Project


class ProjectForm(forms.Form):
    """What everybody reads of the project."""

    title_fi = title(gettext_lazy("Title in Finnish"), limit=200, min_length=5)
    title_sv = title(gettext_lazy("Title in Swedish"), limit=200, required=False)
    title_en = title(gettext_lazy("Title in English"), limit=200, required=False)
    summary_fi = prose(
        3, label=gettext_lazy("Summary in Finnish"), max_length=600,
        help_text=gettext_lazy("One or two sentences. It stands on the list."),
    )  # fmt: skip
    summary_sv = prose(3, label=gettext_lazy("Summary in Swedish"), max_length=600, required=False)
    summary_en = prose(3, label=gettext_lazy("Summary in English"), max_length=600, required=False)
    description_fi = prose(
        10, label=gettext_lazy("About the project, in Finnish"), max_length=10_000, required=False,
        help_text=gettext_lazy("Headings begin with ##, lists with a hyphen."),
    )  # fmt: skip
    description_sv = prose(
        6, label=gettext_lazy("About the project, in Swedish"), max_length=10_000, required=False
    )
    description_en = prose(
        6, label=gettext_lazy("About the project, in English"), max_length=10_000, required=False
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Level of activity"), choices=Scope, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Where the work has an effect. You may choose several."),
    )  # fmt: skip
    starts_on = day(gettext_lazy("Starts on"), required=False)
    ends_on = day(gettext_lazy("Ends on"), required=False)
    instrument = forms.ChoiceField(
        label=gettext_lazy("Funding instrument"), required=False,
        choices=[("", gettext_lazy("Not known yet")), *Instrument.choices],
    )  # fmt: skip
    funder = forms.ModelChoiceField(
        label=gettext_lazy("Funder"), queryset=Organisation.objects.none(), required=False,
        empty_label=gettext_lazy("Not in the portal, or not known yet"),
        help_text=gettext_lazy("It stands among the facts of the project."),
    )  # fmt: skip
    code = title(gettext_lazy("Project code"), limit=40, required=False)
    terms = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Themes"), queryset=Term.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, project: Project, user: Reader, **kwargs: Any) -> None:
        chosen = list(project.terms.all())
        kept = {name: getattr(project, name) for name in self.base_fields if name != "terms"}
        kwargs["initial"] = {**kept, "terms": [term.pk for term in chosen]}
        super().__init__(*args, **kwargs)
        self.of_origin = [term for term in chosen if term.scheme not in NAMED]
        funder: Any = self.fields["funder"]
        shown = Organisation.objects.visible_to(user).standing().values("pk")
        funder.queryset = Organisation.objects.filter(
            Q(pk__in=shown) | Q(pk=project.funder_id)
        ).order_by("sort_name")
        terms: Any = self.fields["terms"]
        terms.queryset = Term.objects.filter(scheme__in=NAMED)
        every = [term for scheme in NAMED for term in vocabulary.terms(scheme)]
        first = sorted(every, key=lambda term: term not in chosen)
        terms.choices = [(term.pk, term.label) for term in first]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        refuse_disorder(self, values)
        return values

    @property
    def values(self) -> dict[str, Any]:
        """With the terms of its origin that are not offered here."""
        values = dict(self.cleaned_data)
        return values | {"terms": [*values["terms"], *self.of_origin]}
