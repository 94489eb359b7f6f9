from django.urls import URLPattern

app_name = "theses"
urlpatterns: list[URLPattern] = []
