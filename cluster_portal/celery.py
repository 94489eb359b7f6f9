import os
import time
from typing import Any

from celery import Celery, Task
from celery.schedules import crontab
from celery.signals import task_failure, task_postrun, task_prerun, task_success, worker_init

from cluster_portal.core import request_cache
from cluster_portal.core.http import figures, probes
from cluster_portal.core.text import finnish

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cluster_portal.settings")


class ScopedTask(Task):
    """Each task asks anew; what it has asked, it does not ask twice."""

    @request_cache.scope()
    def __call__(self, *args: Any, **kwargs: Any) -> object:
        return super().__call__(*args, **kwargs)


app = Celery("cluster_portal", task_cls=ScopedTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "deliver due mail": {"task": "notifications.deliver_due", "schedule": 20.0},
    "deliver urgent mail": {"task": "notifications.deliver_urgent", "schedule": 20.0},
    "send letters": {"task": "notifications.send_letters", "schedule": 20.0},
    "tell many followers": {"task": "notifications.expand_news", "schedule": 20.0},
    "read what came back": {"task": "notifications.read_bounces", "schedule": 300.0},
    "tell of saved searches": {"task": "notifications.tell_searchers", "schedule": 60.0},
    "compose digests": {
        "task": "notifications.compose_digests",
        "schedule": crontab(hour="8-18", minute=0),
    },
    "refresh search words": {
        "task": "core.refresh_search_words",
        "schedule": crontab(hour=3, minute=30),
    },
    "match students": {
        "task": "theses.match_students",
        "schedule": crontab(hour="2-23", minute="15-59/20"),
    },
    "match needs": {"task": "members.match_needs", "schedule": 60.0},
    "heed additions": {"task": "core.heed_additions", "schedule": 60.0},
    "close challenges": {"task": "projects.close_challenges", "schedule": 60.0},
    "match challenges": {"task": "projects.match_challenges", "schedule": 60.0},
    "match calls": {"task": "projects.match_calls", "schedule": 60.0},
    "publish articles": {"task": "knowledge.publish_due", "schedule": 60.0},
    "tend imports": {"task": "core.tend_imports", "schedule": 60.0},
    "close what is over": {"task": "home.hourly_round", "schedule": crontab(minute=5)},
}


@worker_init.connect
def load_dictionary(**_kwargs: object) -> None:
    """Before the worker forks, so that its processes share the dictionary's memory."""
    finnish.load()


@task_prerun.connect
def begin_task(task: Task, **_kwargs: object) -> None:
    task.request.began = time.perf_counter()


@task_postrun.connect
def measure_task(task: Task, **_kwargs: object) -> None:
    if began := getattr(task.request, "began", None):
        figures.task_seconds.labels(task.name).observe(time.perf_counter() - began)


@task_failure.connect
def count_failure(sender: Task, **_kwargs: object) -> None:
    figures.task_failures.labels(sender.name).inc()


@task_success.connect
def note_success(sender: Task, **_kwargs: object) -> None:
    figures.task_success.labels(sender.name).set_to_current_time()
    if sender.name == probes.BEAT_TASK:
        probes.see_beat()
