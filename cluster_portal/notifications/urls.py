from django.urls import path

from cluster_portal.notifications.views import notices as views

app_name = "notifications"

urlpatterns = [
    path("", views.notice_list, name="inbox"),
    path("read/", views.notice_read_all, name="read_all"),
    path("preferences/", views.preference_edit, name="preferences"),
    path("preferences/undo/", views.preference_undo, name="preferences_undo"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("<uuid:public_id>/", views.notice_open, name="open"),
    path("<uuid:public_id>/read/", views.notice_read, name="read"),
]
