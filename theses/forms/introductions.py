"""A coordinator's introduction: whom, and in which words."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from theses.forms.texts import CleanText


class IntroductionForm(CleanText):
    other = forms.IntegerField(min_value=1, max_value=2**31, widget=forms.HiddenInput)
    message = forms.CharField(
        label=_("Message"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6})
    )
