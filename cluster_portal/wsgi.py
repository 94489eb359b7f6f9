import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cluster_portal.settings")

# Services wake the worker through shared tasks, so the web process must know the broker too.
from cluster_portal.celery import app as celery_app
from cluster_portal.core.http import routes
from cluster_portal.core.text import finnish

application = get_wsgi_application()
# Before the server forks: its workers share the memory, and their first visitors wait for neither.
finnish.load()
routes.load()

__all__ = ["application", "celery_app"]
