"""Funding calls: the coordinators' list, form and import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.admin.import_page import ImportForm, ImportPage, takes
from cluster_portal.core.visibility import Visibility
from members.models import Cluster
from members.models.kinds import Sector
from projects.admin.base import ContentAdmin
from projects.budget import CostModel
from projects.models import FundingCall
from projects.models.projects import Instrument
from projects.services.call_import import COLUMNS, import_calls
from projects.services.calls import tell_changes

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cluster_portal.core.imports import Report

VISIBILITIES = [each for each in Visibility.choices if each[0] != Visibility.GROUP]


class CallImportForm(ImportForm):
    cluster = forms.ModelChoiceField(label=_("Home cluster"), queryset=Cluster.objects.none())


@admin.register(FundingCall)
class FundingCallAdmin(ImportPage, ContentAdmin):
    partitive = pgettext_lazy("partitive", "funding call")
    list_display = ["title_fi", "funder", "opens_at", "closes_at", "checked_on", "home_cluster"]
    list_filter = ["instrument", "home_cluster", "visibility"]
    search_fields = ["title_fi", "title_sv", "title_en", "funder", "external_id"]
    list_select_related = ["home_cluster"]
    prepopulated_fields = {"slug": ["title_fi"]}
    exclude = ["search"]
    import_form = CallImportForm
    import_columns = COLUMNS.known

    def save_related(
        self,
        request: HttpRequest,
        form: forms.ModelForm,
        formsets: list[forms.BaseModelFormSet],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        if change:
            call = form.instance
            key = call.updated_at.isoformat()
            tell_changes(call, form.changed_data, key=key, by=request.user)

    def take_in(self, data: bytes, options: dict[str, Any], **how: Any) -> Report:
        cluster = Cluster.objects.managed_by(how["by"]).filter(pk=options["cluster"]).first()
        return import_calls(
            data, by=how["by"], cluster=cluster, dry_run=how["dry_run"], progress=how["progress"]
        )

    def import_form_for(self, request: HttpRequest) -> ImportForm:
        form = super().import_form_for(request)
        cluster: Any = form.fields["cluster"]
        cluster.queryset = Cluster.objects.managed_by(request.user)
        return form

    def import_notes(self) -> list[str]:
        return [
            takes("instrument", Instrument.choices),
            takes("applicants", Sector.choices),
            takes("cost_models", CostModel.choices),
            takes("visibility", VISIBILITIES),
            gettext("terms: themes and regions, by their names or codes."),
            gettext("opens, closes: a moment such as 31.3.2027 16.15; closes may be empty."),
        ]

    def import_example(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "external_id": "1", "title": gettext("Name of the call"),
            "summary": gettext("What is funded."), "funder": "Business Finland",
            "instrument": Instrument.BUSINESS_FINLAND, "opens": "1.2.2027 8.00",
            "closes": "31.3.2027 16.15", "applicants": f"{Sector.BUSINESS}|{Sector.RESEARCH}",
            "cost_models": CostModel.ACTUAL, "link": "https://www.example.org/",
            "source": "www.example.org", "checked": "1.2.2027",
        }  # fmt: skip
