from django.urls import URLPattern, path

from theses.views import applications, offers, topics

app_name = "theses"
urlpatterns: list[URLPattern] = [
    path("", topics.topic_list, name="list"),
    path("propose/", offers.topic_propose, name="propose"),
    path("applications/<uuid:public_id>/", applications.application_detail, name="application"),
    path(
        "applications/<uuid:public_id>/<slug:action>/",
        applications.application_move,
        name="application_move",
    ),
    path("<slug:slug>/", topics.topic_detail, name="topic"),
    path("<slug:slug>/edit/", offers.topic_edit, name="topic_edit"),
    path("<slug:slug>/apply/", applications.topic_apply, name="topic_apply"),
    path("<slug:slug>/move/<slug:action>/", offers.topic_move, name="topic_move"),
]
