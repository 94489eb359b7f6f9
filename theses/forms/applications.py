"""Applying to a topic."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from theses.forms.texts import CleanText


class ApplicationForm(CleanText):
    motivation = forms.CharField(
        label=_("Why does the topic interest you?"),
        help_text=_("A few sentences will do. Tell also how far you are in your studies."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    school = forms.CharField(label=_("Educational institution and degree"), max_length=200)
    is_public = forms.BooleanField(label=_("I understand that a finished thesis is public."))
