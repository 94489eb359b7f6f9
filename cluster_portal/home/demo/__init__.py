"""The demo: servers, web, worker, beat and mail sink, supervised by one process.

Nothing here but `prepare` imports Django or Celery, so that starting servers costs nothing and
works before any setting exists.
"""
