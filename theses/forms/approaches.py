"""Turning to another party about a topic."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from theses.forms.texts import CleanText
from theses.services.approaches import ANSWER_WITHIN, LONGEST_WAIT

if TYPE_CHECKING:
    from django.db.models import QuerySet


class ApproachForm(CleanText):
    message = forms.CharField(
        label=_("Message"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6})
    )
    answer_by = forms.DateField(
        label=_("I hope for an answer by"), widget=forms.DateInput(format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = timezone.localdate() + datetime.timedelta(days=ANSWER_WITHIN)
        self.initial.setdefault("answer_by", day)

    def clean_answer_by(self) -> datetime.date:
        day, today = self.cleaned_data["answer_by"], timezone.localdate()
        if not today < day <= today + datetime.timedelta(days=LONGEST_WAIT):
            raise ValidationError(
                _("Choose a day between tomorrow and %(days)s days from now.")
                % {"days": LONGEST_WAIT}
            )
        return day


class OrganisationApproachForm(ApproachForm):
    """Of the organisations that the view offers; one alone is chosen already."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose an organisation"),
    )
    field_order = ("organisation", "message", "answer_by")

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = organisations
        first_two = list(organisations[:2])
        if len(first_two) == 1:
            self.initial["organisation"] = first_two[0]
