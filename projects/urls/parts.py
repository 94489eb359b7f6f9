"""Addresses at which a project's own people keep it."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from projects.views import parts

urls: list[URLPattern] = [
    path("<slug:slug>/edit/", parts.project_edit, name="project_edit"),
    path("<slug:slug>/parts/<slug:kind>/", parts.part_list, name="parts"),
    path("<slug:slug>/parts/<slug:kind>/propose/", parts.part_add, name="part_add"),
    path("<slug:slug>/parts/<slug:kind>/<uuid:public_id>/", parts.part_edit, name="part"),
    path(
        "<slug:slug>/parts/<slug:kind>/<uuid:public_id>/remove/", parts.part_remove,
        name="part_remove",
    ),
    path("<slug:slug>/staff/<uuid:public_id>/leave/", parts.staff_leave, name="staff_leave"),
]  # fmt: skip

because(
    _("Sign in to look after the project."), "projects:project_edit",
    "projects:parts", "projects:part_add", "projects:part", "projects:part_remove",
    "projects:staff_leave",
)  # fmt: skip
