"""What the coordinators say when they take the answers of a round out of the portal."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text.classified import refuse_marked

CSV, XLSX = "csv", "xlsx"


class RawAnswersForm(forms.Form):
    reason = forms.CharField(
        label=_("What the answers are needed for"), max_length=500,
        help_text=_("Recorded with your name; the cluster’s other coordinators see it."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )  # fmt: skip
    format = forms.ChoiceField(
        label=_("File"), choices=[(XLSX, _("Excel (XLSX)")), (CSV, _("CSV"))], initial=XLSX
    )
    narrow = forms.BooleanField(
        label=_("Narrow questions, too (dual use, money)"), required=False,
        help_text=_("Their columns are marked. They must not be passed on."),
    )  # fmt: skip

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        refuse_marked(reason)
        return reason
