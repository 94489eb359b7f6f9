from django.urls import path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from cluster_portal.knowledge.views import library

app_name = "library"
urlpatterns = [
    path("", library.library_list, name="list"),
    path("feed.xml", library.library_feed, name="feed"),
    path("add/", library.document_add, name="add"),
    path("files/<uuid:public_id>/", library.document_file, name="file"),
    path("<slug:slug>/", library.document_detail, name="document"),
    path("<slug:slug>/edit/", library.document_edit, name="edit"),
    path("<slug:slug>/version/", library.document_version, name="version"),
    path("<slug:slug>/remove/", library.document_remove, name="remove"),
]

because(
    _("Sign in to look after documents of the library."),
    "library:add", "library:edit", "library:version", "library:remove",
)  # fmt: skip
