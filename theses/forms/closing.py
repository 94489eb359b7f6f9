"""Withdrawing a topic and splitting it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from members.models.organisations import Kind
from theses.forms.texts import CleanText
from theses.models.choices import Level
from theses.services.closing import Why

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from theses.models import Topic

SCHOOLS = (Kind.UNIVERSITY, Kind.UAS, Kind.VOCATIONAL)


class WithdrawForm(CleanText):
    why = forms.ChoiceField(label=_("Why"), choices=Why, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("In your own words"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Told to the applicants after the reason above."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("why") == Why.OTHER and not values.get("reason"):
            self.add_error("reason", _("Tell the reason in your own words."))
        return values


class PartForm(CleanText):
    title = forms.CharField(label=_("Title of the part"), min_length=5, max_length=200)
    school = forms.ModelChoiceField(
        label=_("For the students of"),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose a school"),
    )
    levels = forms.MultipleChoiceField(
        label=_("Level"), choices=Level, widget=forms.CheckboxSelectMultiple
    )
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=50, initial=1)

    def __init__(self, *args: Any, user: Reader, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        schools = Organisation.objects.visible_to(user).filter(kind__in=SCHOOLS)
        field.queryset = schools.order_by("name")
        self.initial.setdefault("levels", topic.levels)
