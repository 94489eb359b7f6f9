"""The import page of an admin list: a preview that names every fault, then all rows or none."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit, exports, tasks
from cluster_portal.core.admin.scoped import ScopedAdmin
from cluster_portal.core.imports import jobs, spreadsheets
from cluster_portal.core.imports.jobs import ImportJob

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse, QueryDict

    from cluster_portal.core.imports import Columns, Report
    from cluster_portal.core.visibility import Reader

DECISION = "decide:"


class ImportForm(forms.Form):
    """`file` the first time; `token` names the job of the previewed file the second time."""

    file = forms.FileField(label=_("File (CSV or XLSX)"), required=False)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

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

    def options(self) -> dict[str, Any]:
        """What else was chosen, as it can be stored: objects by their keys."""
        chosen = {k: v for k, v in self.cleaned_data.items() if k not in {"file", "token"}}
        return {name: getattr(value, "pk", value) for name, value in chosen.items()}


def record_export(by: Any, name: str, rows: int) -> None:
    """Who has taken which list out of the portal; the row of the act is their own."""
    audit.record(by, "exported", by=by, details={"list": name, "rows": rows})


def takes(column: str, choices: Iterable[tuple[str, Any]]) -> str:
    """What may stand in a column, with what it means."""
    return f"{column}: " + ", ".join(f"{code} = {label}" for code, label in choices)


class ImportPage(ScopedAdmin):
    """A ModelAdmin with a page `import/`. Subclasses give `import_form` and `take_in`.

    `import_notes` says what the cells take; `import_example` is a row that one can begin from.
    """

    import_form: type[ImportForm] = ImportForm
    import_columns: tuple[str, ...] = ()
    import_words: Columns | None = None  # whose other headings the page and the example name
    change_list_template = "admin/list_with_import.html"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        jobs.importers[self.model._meta.label] = self.take_in

    def take_in(self, data: bytes, options: dict[str, Any], **how: Any) -> Report:
        """`options` are the form's; `how` holds by, dry_run, decisions and progress."""
        raise NotImplementedError

    def import_example(self, request: HttpRequest) -> dict[str, Any]:
        """Cells by their columns."""
        raise NotImplementedError

    def import_notes(self) -> list[str]:
        return []

    def import_next(self) -> tuple[str, str] | None:
        """Where the coordinator goes on when the rows have been written: address and words."""
        return None

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Whoever adds rows one by one, unless a list has another way to add them."""
        return self.has_add_permission(request)

    def import_form_for(self, request: HttpRequest) -> ImportForm:
        return self.import_form(request.POST or None, request.FILES or None)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.import_view)
        return [
            path("import/", view, name=self._import_name),
            *super().get_urls(),
        ]

    @property
    def _import_name(self) -> str:
        meta = self.model._meta
        return f"{meta.app_label}_{meta.model_name}_import"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        is_open = self.has_import_permission(request)
        url = reverse(f"admin:{self._import_name}") if is_open else ""
        return super().changelist_view(request, {"import_url": url, **(extra_context or {})})

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_import_permission(request):
            raise PermissionDenied
        if request.method == "GET" and "example" in request.GET:
            return self._example(request)
        form = self.import_form_for(request)
        is_sent = request.method == "POST"
        job = (
            self._sent(request, form)
            if is_sent
            else self._own(request.user)
            .filter(public_id=_as_uuid(request.GET.get("job", "")))
            .first()
        )
        if job and not is_sent:
            form.initial = job.options  # what was chosen stays chosen for the second step
        elif job and job.is_small:
            jobs.run_job(job)
        elif job:
            _wake_worker(job.pk)
            return redirect(f"{request.path}?job={job.public_id}")
        return self._answer(request, form, job)

    def _example(self, request: HttpRequest) -> HttpResponse:
        cells = self.import_example(request)
        row = [cells.get(column, "") for column in self.import_columns]
        return exports.csv_response("example", self._headings(), [row])

    def _headings(self) -> tuple[str, ...]:
        words = self.import_words
        return tuple(words.word(each) if words else each for each in self.import_columns)

    def _own(self, user: Reader) -> QuerySet[ImportJob]:
        label = self.model._meta.label
        return ImportJob.objects.visible_to(user).filter(importer=label)

    def _sent(self, request: HttpRequest, form: ImportForm) -> ImportJob | None:
        """A new job for a new file; else the one that the form names."""
        if not form.is_valid():
            return None
        is_real, data = "write" in request.POST, form.cleaned_data["file"]
        if data is not None:
            return ImportJob.objects.create(
                importer=self.model._meta.label,
                by_id=request.user.pk or 0, data=data, options=form.options(), is_real=is_real,
            )  # fmt: skip
        token = form.cleaned_data["token"]
        job = self._own(request.user).filter(public_id=token).first() if token else None
        if job is None:
            message = gettext("Choose the file again.") if token else gettext("Choose a file.")
            form.add_error("file", message)
            return None
        jobs.retry_job(job, _decisions(request.POST), form.options(), is_real=is_real)
        return job

    def _answer(
        self, request: HttpRequest, form: ImportForm, job: ImportJob | None
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Import"),
            "opts": self.model._meta,
            "form": form,
            "job": job,
            "report": job.report if job else None,
            "token": job.public_id if job else "",
            "next": self.import_next(),
            "columns": self._headings(),
            "notes": [gettext("Separate several values in one cell by |."), *self.import_notes()],
        }
        return TemplateResponse(request, "admin/import.html", context)


def _wake_worker(pk: int) -> None:
    """After the commit; with the broker away the job waits for the sweep."""

    def wake() -> None:  # not a partial, which Django cannot name in its log
        tasks.run_import.apply_async((pk,), retry=False)

    transaction.on_commit(wake, robust=True)


def _decisions(posted: QueryDict) -> dict[str, str]:
    """By the key of the row that they are about."""
    names = [name for name in posted if name.startswith(DECISION) and posted[name]]
    return {name.removeprefix(DECISION): str(posted[name]) for name in names}


def _as_uuid(text: str) -> uuid.UUID:
    """One that nothing has where the text is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
