"""The web server: how many processes, and how one generation hands over to the next.

`systemctl reload portal-web` (SIGUSR2) starts a second master with the new code beside the old one,
on the same socket. When it has loaded the portal it tells systemd its number and asks the old one
to end, which finishes what it has begun. A new version that cannot start leaves the old one
serving.
"""

import os
import signal

from gunicorn import systemd

wsgi_app = "cluster_portal.wsgi"
bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")  # systemd's socket, where there is one, wins
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = 4
preload_app = True  # the Finnish dictionary is loaded once
control_socket_disable = True
limit_request_line = 8190
timeout = 60
graceful_timeout = 30
# Longer than a proxy or balancer keeps an idle connection, so that it is never the portal that ends
# one at the moment that a request is sent on it.
keepalive = 75


def pre_exec(server) -> None:
    """The next generation looks for systemd's sockets at 3, 4 …, from where gunicorn moved them."""
    if server.systemd:
        for number, listener in enumerate(server.LISTENERS, systemd.SD_LISTEN_FDS_START):
            os.dup2(listener.fileno(), number)


def when_ready(server) -> None:
    """The portal is loaded: this master is the service now."""
    systemd.sd_notify(f"MAINPID={os.getpid()}", server.log)
    if server.master_pid:
        os.kill(server.master_pid, signal.SIGTERM)


def child_exit(server, worker) -> None:
    """Its gauges of live processes go with it; what it counted stays."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client import multiprocess  # noqa: PLC0415  reads the folder when imported

        multiprocess.mark_process_dead(worker.pid)
