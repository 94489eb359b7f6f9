from django.urls import path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from cluster_portal.notifications.views import digests as views

app_name = "digests"

urlpatterns = [
    path("", views.digest_list, name="list"),
    path("preview/", views.digest_preview, name="preview"),
    path("<str:period>/", views.digest_detail, name="detail"),
]

because(_("Sign in to read your digests."), "digests:list", "digests:preview", "digests:detail")
