from django.urls import path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from cluster_portal.knowledge.views import standing

app_name = "pages"
urlpatterns = [
    path("<slug:key>/edit/", standing.page_edit, name="edit"),
    path("<slug:key>/versions/", standing.page_versions, name="versions"),
    path("<slug:key>/versions/<int:number>/restore/", standing.page_restore, name="restore"),
]

because(
    _("Sign in as a coordinator to edit the page."), "pages:edit", "pages:versions",
    "pages:restore",
)  # fmt: skip
