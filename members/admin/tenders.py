"""Tender notices: the coordinators' list, form, steps and import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.admin.import_page import ImportForm, ImportPage
from cluster_portal.core.admin.moves import MovesOnPage
from members.models import Cluster, TenderNotice
from members.models.tenders import MOVES, Stage
from members.services import tenders
from members.services.tender_import import COLUMNS, import_tenders

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cluster_portal.core.imports import Report


class TenderImportForm(ImportForm):
    cluster = forms.ModelChoiceField(label=_("Home cluster"), queryset=Cluster.objects.none())


@admin.register(TenderNotice)
class TenderNoticeAdmin(ImportPage, MovesOnPage):
    """A new one waits like a proposal: who enters it publishes it with the next press."""

    partitive = pgettext_lazy("partitive", "tender notice")
    list_display = ["title", "buyer", "closes_at", "stage", "checked_on", "home_cluster"]
    list_filter = ["stage", "home_cluster", "visibility"]
    search_fields = ["title", "buyer", "external_id"]
    list_select_related = ["home_cluster"]
    prepopulated_fields = {"slug": ["title"]}
    exclude = ["search", "organisation"]
    readonly_fields = ["stage", "proposed_by", "published_at", "decision_reason"]
    workflow = MOVES
    waiting_stages = frozenset({Stage.PROPOSED})
    import_form = TenderImportForm
    import_columns = COLUMNS.known

    def move(self, obj: TenderNotice, action: str, *, by: Any, reason: str) -> None:
        tenders.move(obj, action, by=by, reason=reason)

    def save_related(
        self,
        request: HttpRequest,
        form: forms.ModelForm,
        formsets: list[forms.BaseModelFormSet],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        tenders.has_come(form.instance, before=form.initial.get("visibility", "") if change else "")

    def take_in(self, data: bytes, options: dict[str, Any], **how: Any) -> Report:
        cluster = Cluster.objects.managed_by(how["by"]).filter(pk=options["cluster"]).first()
        return import_tenders(
            data, by=how["by"], cluster=cluster, dry_run=how["dry_run"], progress=how["progress"]
        )

    def import_form_for(self, request: HttpRequest) -> ImportForm:
        form = super().import_form_for(request)
        cluster: Any = form.fields["cluster"]
        cluster.queryset = Cluster.objects.managed_by(request.user)
        return form

    def import_notes(self) -> list[str]:
        return [
            gettext("terms: themes and regions, by their names or codes."),
            gettext("closes: a moment such as 31.3.2027 16.15."),
        ]

    def import_example(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "external_id": "1", "title": gettext("What is bought"),
            "buyer": gettext("Buyer"), "summary": gettext("In a few sentences"),
            "closes": "31.3.2027 16.15", "link": "https://www.example.org/",
            "source": "www.example.org", "checked": "1.2.2027",
        }  # fmt: skip
