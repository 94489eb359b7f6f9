from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    default = True
    name = "cluster_portal.home"
    label = "home"
    verbose_name = _("Portal")


class PortalAdminConfig(SimpleAdminConfig):
    default = False
    default_site = "cluster_portal.core.admin.site.PortalAdminSite"
