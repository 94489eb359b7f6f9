from django.urls import path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from cluster_portal.notifications.views import letters as views

app_name = "letters"

urlpatterns = [
    path("", views.letter_list, name="list"),
    path("<uuid:public_id>/", views.letter_detail, name="letter"),
]

because(
    _("Sign in to read the letters that clusters have sent to you."),
    "letters:list",
    "letters:letter",
)
