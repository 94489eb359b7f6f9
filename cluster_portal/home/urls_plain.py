"""Addresses without a language: machines read them, and the demo's mail reader."""

from django.urls import path

from cluster_portal.home.views import demo, health, sitemap

app_name = "plain"
urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path(".well-known/security.txt", health.security_txt, name="security_txt"),
    path("robots.txt", health.robots_txt, name="robots_txt"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("demo/mail/", demo.mail_list, name="mail_list"),
    path("demo/mail/<str:name>", demo.mail_detail, name="mail_detail"),
    path("demo/mail/<str:name>/file", demo.mail_file, name="mail_file"),
]
