"""Addresses of a project's documents, discussion and status reports."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from projects.views import discussions, documents, funder_report, status_reports

urls: list[URLPattern] = [
    path("<slug:slug>/documents/", documents.document_list, name="documents"),
    path("<slug:slug>/documents/propose/", documents.document_add, name="document_add"),
    path("<slug:slug>/documents/<uuid:public_id>/", documents.document_detail, name="document"),
    path(
        "<slug:slug>/documents/<uuid:public_id>/version/", documents.document_version,
        name="document_version",
    ),
    path(
        "<slug:slug>/documents/<uuid:public_id>/edit/", documents.document_edit,
        name="document_edit",
    ),
    path(
        "<slug:slug>/documents/<uuid:public_id>/remove/", documents.document_remove,
        name="document_remove",
    ),
    path("documents/<uuid:public_id>/", documents.document_file, name="document_file"),
    path("<slug:slug>/discussion/", discussions.discussion_list, name="discussions"),
    path("<slug:slug>/discussion/propose/", discussions.discussion_begin, name="discussion_begin"),
    path(
        "<slug:slug>/discussion/<uuid:public_id>/", discussions.discussion_detail,
        name="discussion",
    ),
    path("<slug:slug>/funder-report/", funder_report.funder_report, name="funder_report"),
    path(
        "<slug:slug>/funder-report/report.xlsx", funder_report.funder_report_file,
        name="funder_report_file",
    ),
    path("<slug:slug>/reports/", status_reports.status_report_list, name="status_reports"),
    path(
        "<slug:slug>/reports/propose/", status_reports.status_report_add,
        name="status_report_add",
    ),
    path(
        "<slug:slug>/reports/<uuid:public_id>/", status_reports.status_report_detail,
        name="status_report",
    ),
    path(
        "<slug:slug>/reports/<uuid:public_id>/edit/", status_reports.status_report_edit,
        name="status_report_edit",
    ),
    path("messages/<uuid:public_id>/", discussions.message, name="message"),
    path("messages/<uuid:public_id>/change/", discussions.message_change, name="message_change"),
    path("messages/<uuid:public_id>/remove/", discussions.message_remove, name="message_remove"),
]  # fmt: skip

because(
    _("Sign in to discuss with the partners."), "projects:discussions", "projects:discussion",
    "projects:discussion_begin", "projects:message", "projects:message_change",
    "projects:message_remove",
)  # fmt: skip
because(
    _("Sign in to write a status report."), "projects:status_report_add",
    "projects:status_report_edit",
)  # fmt: skip
because(
    _("Sign in to work on the documents of the project."), "projects:document_add",
    "projects:document_version", "projects:document_edit", "projects:document_remove",
)  # fmt: skip
because(
    _("Sign in to read the report for the funder."), "projects:funder_report",
    "projects:funder_report_file",
)  # fmt: skip
