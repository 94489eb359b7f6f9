from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThesesConfig(AppConfig):
    name = "theses"
    verbose_name = _("Theses")

    def ready(self) -> None:
        from theses import kinds

        kinds.register()
