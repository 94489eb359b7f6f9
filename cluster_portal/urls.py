from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from members.views.accounts import admin_login

admin.autodiscover()
admin.site.login = admin_login(secure_admin_login(admin.site.login))  # type: ignore[method-assign]

urlpatterns = [
    path("", include("cluster_portal.home.urls_plain")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("accounts/", include("allauth.urls")),
        path("", include("members.urls")),
        path("surveys/", include("cluster_portal.surveys.urls")),
        path("projects/", include("projects.urls")),
        path("theses/", include("theses.urls")),
        path("events/", include("events.urls")),
        path("pages/", include("cluster_portal.knowledge.urls.pages")),
        path("news/", include("cluster_portal.knowledge.urls.articles")),
        path("situation/", include("cluster_portal.knowledge.urls.situation")),
        path("library/", include("cluster_portal.knowledge.urls.library")),
        path("me/notifications/", include("cluster_portal.notifications.urls")),
        path("me/letters/", include("cluster_portal.notifications.letter_urls")),
        path("me/digests/", include("cluster_portal.notifications.digest_urls")),
        path("me/following/", include("cluster_portal.notifications.follow_urls")),
        path("certificates/", include("events.urls.certificates")),
        path("me/calendar/", include("events.urls.calendar")),
        path("me/searches/", include("cluster_portal.notifications.search_urls")),
        path("", include("cluster_portal.home.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "cluster_portal.home.views.errors.bad_request"
handler403 = "cluster_portal.home.views.errors.permission_denied"
handler404 = "cluster_portal.home.views.errors.page_not_found"
handler500 = "cluster_portal.home.views.errors.server_error"
handler429 = "cluster_portal.home.views.errors.too_many_requests"
