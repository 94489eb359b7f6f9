"""Turning to another party about a topic."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from theses.forms.texts import CleanText, day_field, prose
from theses.models import Dismissal, StudentProfile, SupervisorProfile, Topic
from theses.services.approaches import ANSWER_WITHIN, LONGEST_WAIT

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader


class ApproachForm(CleanText):
    message = prose(_("Message"), 2000, rows=6)
    answer_by = day_field(_("I hope for an answer by"), required=True)

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


class IntroductionForm(CleanText):
    other = forms.IntegerField(min_value=1, max_value=2**31, widget=forms.HiddenInput)
    message = prose(_("Message"), 2000, rows=6)


class DismissForm(forms.Form):
    """A topic; with a person: that person for this topic. Only what the reader may see."""

    topic: forms.ModelChoiceField[Any] = forms.ModelChoiceField(queryset=None, to_field_name="slug")
    student: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None, to_field_name="public_id", required=False
    )
    supervisor: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None, to_field_name="slug", required=False
    )

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (
            ("topic", Topic), ("student", StudentProfile), ("supervisor", SupervisorProfile),
        ):  # fmt: skip
            field: Any = self.fields[name]
            field.queryset = model.objects.visible_to(user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("student") and cleaned.get("supervisor"):
            raise forms.ValidationError("A student or a supervisor, not both.")
        return cleaned


class RestoreForm(forms.Form):
    dismissal: forms.ModelChoiceField[Any] = forms.ModelChoiceField(queryset=None)

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["dismissal"]
        field.queryset = Dismissal.objects.editable_by(user)
