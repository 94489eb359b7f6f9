from django.urls import path

from events.views import certificates

app_name = "certificates"

urlpatterns = [
    path("", certificates.find, name="find"),
    path("<str:code>/", certificates.check, name="check"),
]
