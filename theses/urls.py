from django.urls import URLPattern, path

from theses import views

app_name = "theses"
urlpatterns: list[URLPattern] = [
    path("", views.topic_list, name="list"),
    path("propose/", views.topic_propose, name="propose"),
    path("applications/<uuid:public_id>/", views.application_detail, name="application"),
    path(
        "applications/<uuid:public_id>/<slug:action>/",
        views.application_move,
        name="application_move",
    ),
    path("<slug:slug>/", views.topic_detail, name="topic"),
    path("<slug:slug>/edit/", views.topic_edit, name="topic_edit"),
    path("<slug:slug>/apply/", views.topic_apply, name="topic_apply"),
    path("<slug:slug>/move/<slug:action>/", views.topic_move, name="topic_move"),
]
