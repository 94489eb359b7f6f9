from django.urls import path

from cluster_portal.notifications.views import searches as views

app_name = "searches"

urlpatterns = [
    path("", views.search_list, name="list"),
    path("new/<slug:kind>/", views.search_new, name="new"),
    path("pause/<str:token>/", views.search_pause_by_link, name="pause_by_link"),
    path("<uuid:public_id>/", views.search_change, name="change"),
    path("<uuid:public_id>/pause/", views.search_pause, name="pause"),
    path("<uuid:public_id>/delete/", views.search_delete, name="delete"),
]
