"""The portal with one page more: the bare POST that it is measured by."""

from django.conf import settings

from bench.__main__ import SETTINGS
from cluster_portal import wsgi
from cluster_portal.notifications import outbox

settings.ROOT_URLCONF = "bench.served_urls"
for name, value in SETTINGS.items():
    setattr(settings, name, value)
outbox.wake_hooks.clear()  # there is no broker here
application = wsgi.application
