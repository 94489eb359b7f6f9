from django.urls import path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from events.views import my_calendar as views

app_name = "my_calendar"

urlpatterns = [
    path("", views.my_month, name="month"),
    path("address/", views.feed_change, name="change"),
    path("<str:token>.ics", views.feed, name="feed"),
]

because(_("Sign in to see your calendar."), "my_calendar:month", "my_calendar:change")
