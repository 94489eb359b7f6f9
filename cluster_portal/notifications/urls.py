from django.urls import path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from cluster_portal.notifications.views import notices as views

app_name = "notifications"

urlpatterns = [
    path("", views.notice_list, name="inbox"),
    path("read/", views.notice_read_all, name="read_all"),
    path("preferences/", views.preference_edit, name="preferences"),
    path("address/", views.address_works, name="address_works"),
    path("preferences/undo/", views.preference_undo, name="preferences_undo"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("<uuid:public_id>/", views.notice_open, name="open"),
    path("<uuid:public_id>/read/", views.notice_read, name="read"),
]

# What one needs an account for, told on the pages of signing in and up.
because(
    _("Sign in to read your notifications."),
    *("notifications:inbox", "notifications:open", "notifications:read"),
    "notifications:read_all",
)
because(
    _("Sign in to choose what is mailed to you."),
    *("notifications:preferences", "notifications:preferences_undo"),
    "notifications:address_works",
)
because(
    _("You need an account to save a search and get what is new by it as mail."),
    "searches:new",
)
because(
    _("Sign in to see your saved searches."),
    *("searches:list", "searches:change", "searches:pause", "searches:delete"),
)
