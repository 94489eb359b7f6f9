from django.urls import path

from cluster_portal.home.views import desk, pages, search

app_name = "home"
urlpatterns = [
    path("", pages.front, name="front"),
    path("search/", search.search, name="search"),
    path("me/", desk.desk, name="desk"),
    path("about/", pages.about, name="about"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("terms/", pages.terms, name="terms"),
]
