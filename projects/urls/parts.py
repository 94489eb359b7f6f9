"""Addresses at which a project's own people keep it."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from projects.views import applications, partnerships, parts

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
    path("<slug:slug>/partners/", partnerships.project_partners, name="project_partners"),
    path(
        "<slug:slug>/partners/<uuid:public_id>/edit/", partnerships.partner_edit,
        name="partner_edit",
    ),
    path(
        "<slug:slug>/applications/<uuid:public_id>/completion/", applications.completion_ask,
        name="completion_ask",
    ),
    path("<slug:slug>/amendments/propose/", applications.amendment_ask, name="amendment_ask"),
    path(
        "<slug:slug>/amendments/<uuid:public_id>/", applications.amendment_decide,
        name="amendment_decide",
    ),
]  # fmt: skip

because(
    _("Sign in to look after the project."), "projects:project_edit",
    "projects:parts", "projects:part_add", "projects:part", "projects:part_remove",
    "projects:staff_leave",
    "projects:project_partners", "projects:partner_edit", "projects:completion_ask",
    "projects:amendment_ask", "projects:amendment_decide",
)  # fmt: skip
