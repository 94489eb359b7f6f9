from django.urls import path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from cluster_portal.home.views import desk, erasing, my_data, pages, search

app_name = "home"
urlpatterns = [
    path("", pages.front, name="front"),
    path("search/", search.search, name="search"),
    path("me/", desk.desk, name="desk"),
    path("me/first-steps/hide/", desk.first_steps_hide, name="first_steps_hide"),
    path("me/first-steps/show/", desk.first_steps_show, name="first_steps_show"),
    path("start/<slug:key>/", pages.start, name="start"),
    path("me/data/", my_data.my_data, name="my_data"),
    path("me/data/my-data.json", my_data.my_data_file, name="my_data_file"),
    path("me/data/erase/", erasing.account_erase, name="account_erase"),
    path("me/data/erased/", erasing.account_erased, name="account_erased"),
    path("about/", pages.about, name="about"),
    path("contact/", pages.contact, name="contact"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("terms/", pages.terms, name="terms"),
]

# What one needs an account for, told on the pages of signing in and up.
because(
    _("Sign in to open your own desk."),
    "home:desk",
    "home:first_steps_hide",
    "home:first_steps_show",
)
because(
    _("Sign in to see what the portal knows of you."),
    *("home:my_data", "home:my_data_file", "home:account_erase"),
)
