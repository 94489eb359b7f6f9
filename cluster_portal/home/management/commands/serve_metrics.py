import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

from cluster_portal.home.figures import PortalCollector


def registry() -> CollectorRegistry:
    """What the processes of this machine counted, and what is asked at that moment."""
    made = CollectorRegistry()
    MultiProcessCollector(made)
    made.register(PortalCollector())
    return made


class Command(BaseCommand):
    help = (
        "Serve /metrics for Prometheus, with what the processes share in PROMETHEUS_MULTIPROC_DIR."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=9464)

    def handle(self, *args: Any, address: str, port: int, **options: Any) -> None:
        server, _thread = start_http_server(port, address, registry())
        self.stdout.write(f"http://{address}:{port}/metrics")
        signal.sigwait([signal.SIGTERM, signal.SIGINT])
        server.shutdown()
