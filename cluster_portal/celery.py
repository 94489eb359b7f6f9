import os

from celery import Celery
from celery.signals import worker_init

from cluster_portal.core import finnish

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cluster_portal.settings")

app = Celery("cluster_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def load_dictionary(**_kwargs: object) -> None:
    """Before the worker forks, so that its processes share the dictionary's memory."""
    finnish.load()
