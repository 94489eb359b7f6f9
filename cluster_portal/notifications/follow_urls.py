from django.urls import path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from cluster_portal.notifications.views import following as views
from cluster_portal.notifications.views import interests

app_name = "following"

urlpatterns = [
    path("", views.followed_list, name="list"),
    path("interests/", interests.interests_edit, name="interests"),
    path("<slug:kind>/<slug:slug>/", views.follow_change, name="change"),
]

because(_("Sign in to follow this and to hear what becomes of it."), "following:change")
because(_("Sign in to see what you follow."), "following:list", "following:interests")
