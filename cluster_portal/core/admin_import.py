"""The import page of an admin list: a preview that names every fault, then all rows or none."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit, exports, spreadsheets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.imports import Report

KEPT_SECONDS = 3600
SHOWN_ROWS = 200


class ImportForm(forms.Form):
    """`file` the first time; `token` names the previewed file the second time."""

    file = forms.FileField(label=_("File (CSV or XLSX)"), required=False)
    token = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def clean_file(self) -> bytes | None:
        upload = self.cleaned_data["file"]
        if upload is None:
            return None
        if upload.size > spreadsheets.MAX_BYTES:
            limit = spreadsheets.MAX_BYTES // 10**6
            raise forms.ValidationError(
                _("The file is too large: at most %(limit)d megabytes."), params={"limit": limit}
            )
        return upload.read()


def record_export(by: Any, name: str, rows: int) -> None:
    """Who has taken which list out of the portal; the row of the act is her own."""
    audit.record(by, "exported", by=by, details={"list": name, "rows": rows})


def takes(column: str, choices: Iterable[tuple[str, Any]]) -> str:
    """What may stand in a column, with what it means."""
    return f"{column}: " + ", ".join(f"{code} = {label}" for code, label in choices)


class ImportPage:
    """A ModelAdmin with a page `import/`. Subclasses give `import_form` and `take_in`.

    `import_notes` says what the cells take; `import_example` is a row that one can begin from.
    """

    import_form: type[ImportForm] = ImportForm
    import_columns: tuple[str, ...] = ()
    change_list_template: Any = "admin/list_with_import.html"

    def take_in(self, data: bytes, form: ImportForm, *, by: Any, dry_run: bool) -> Report:
        raise NotImplementedError

    def import_example(self, request: HttpRequest) -> dict[str, Any]:
        """Cells by their columns."""
        raise NotImplementedError

    def import_notes(self) -> list[str]:
        return []

    def import_form_for(self, request: HttpRequest) -> ImportForm:
        return self.import_form(request.POST or None, request.FILES or None)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.import_view)  # type: ignore[attr-defined]
        return [
            path("import/", view, name=self._import_name),
            *super().get_urls(),  # type: ignore[misc]
        ]

    @property
    def _import_name(self) -> str:
        meta = self.model._meta  # type: ignore[attr-defined]
        return f"{meta.app_label}_{meta.model_name}_import"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        url = reverse(f"admin:{self._import_name}")
        return super().changelist_view(  # type: ignore[misc]
            request, {"import_url": url, **(extra_context or {})}
        )

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        if request.method == "GET" and "example" in request.GET:
            return self._example(request)
        form = self.import_form_for(request)
        report, token = None, ""
        if request.method == "POST" and form.is_valid():
            data, token = self._file(request, form)
            is_real = "write" in request.POST
            if data is None:
                again = gettext("Choose the file again.")
                form.add_error("file", again if token else gettext("Choose a file."))
            else:
                report = self.take_in(data, form, by=request.user, dry_run=not is_real)
        return self._answer(request, form, report, token)

    def _example(self, request: HttpRequest) -> HttpResponse:
        cells = self.import_example(request)
        row = [cells.get(column, "") for column in self.import_columns]
        return exports.csv_response("example", self.import_columns, [row])

    def _file(self, request: HttpRequest, form: ImportForm) -> tuple[bytes | None, str]:
        """A new file is kept for the second step; nobody but its sender can name it."""
        data, token = form.cleaned_data["file"], form.cleaned_data["token"]
        if data is None:
            return cache.get(f"import:{request.user.pk}:{token}") if token else None, token
        token = secrets.token_urlsafe(16)
        cache.set(f"import:{request.user.pk}:{token}", data, KEPT_SECONDS)
        return data, token

    def _answer(
        self, request: HttpRequest, form: ImportForm, report: Report | None, token: str
    ) -> HttpResponse:
        if report is not None and report.is_written:
            messages.success(request, " ".join(report.sentences()))
        meta = self.model._meta  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": gettext("Import"),
            "opts": meta,
            "form": form,
            "report": report,
            "token": token,
            "columns": self.import_columns,
            "notes": [gettext("Separate several values in one cell by |."), *self.import_notes()],
            "sentences": report.sentences() if report else [],
            "results": report.results[:SHOWN_ROWS] if report else [],
            "can_write": bool(report and report.dry_run and not report.faults),
        }
        return TemplateResponse(request, "admin/import.html", context)
