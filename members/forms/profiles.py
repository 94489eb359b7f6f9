"""What an organisation tells of itself: its facts, its logo, that they still hold."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.files.pictures import PictureField
from cluster_portal.core.narrowing import Narrowing
from cluster_portal.core.text.addresses import clean_domain
from members.forms.members import LineField, OrganisationFields, ThemesField
from members.models.profiles import THEME_SCHEMES, Activity, WorkingLanguage


class VersionForm(forms.Form):
    """`version` notices that somebody else has saved since the page was opened."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def clean_version(self) -> datetime.datetime:
        try:
            version = datetime.datetime.fromisoformat(self.cleaned_data["version"])
        except ValueError:
            raise ValidationError(_("Open the page again.")) from None
        if version.tzinfo is None:
            raise ValidationError(_("Open the page again."))
        return version


class OrganisationEditForm(Narrowing, VersionForm, OrganisationFields):
    """A contact edits their organisation; whoever saves second sees what the first has saved."""

    summary = LineField(
        label=_("What you do, in one sentence"), max_length=160, required=False,
        help_text=_("Stands first on your page and on your line of the member directory."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Working languages"), choices=WorkingLanguage.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In which one can do business with you."),
    )  # fmt: skip
    activities = forms.MultipleChoiceField(
        label=_("What you gladly take part in"), choices=Activity.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    terms = ThemesField(label=_("Themes of the organisation"), schemes=THEME_SCHEMES)
    email_domains = forms.CharField(
        label=_("E-mail domains"), max_length=300, required=False,
        help_text=_("Colleagues with such an address may ask to be confirmed. Separate by commas."),
    )  # fmt: skip

    facts: tuple[str, ...] = (*OrganisationFields.facts, "summary", "languages", "activities")
    field_order = (
        "summary", "description", "activities", "languages", "website", "terms", "name", "name_sv",
        "name_en", "kind", "business_id", "size_class", "region", "municipality",
    )  # fmt: skip

    def clean_email_domains(self) -> list[str]:
        parts = self.cleaned_data["email_domains"].replace(";", ",").split(",")
        return list(dict.fromkeys(clean_domain(part) for part in parts if part.strip()))

    def values(self) -> dict[str, Any]:
        return {**self.details(), "email_domains": self.cleaned_data["email_domains"]}


class LogoForm(forms.Form):
    logo = PictureField(
        label=_("Picture file"), required=True, max_length=200,
        help_text=_("PNG, JPEG or WebP, at most 2 MB. It is shown as a square on white ground."),
    )  # fmt: skip
