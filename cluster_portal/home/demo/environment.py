"""The variables that every process of the demo gets: what `settings.py` reads, and no more."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from cluster_portal.home.demo import servers
from cluster_portal.home.demo.places import Places, write_whole

PREFERRED = (
    *("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "EMAIL_URL"),
    *("SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS"),
)
LONG_STATEMENTS = {"STATEMENT_TIMEOUT_MS": "60000"}  # for the worker and beat
ANY_STATEMENT = {"STATEMENT_TIMEOUT_MS": "0"}  # for migrations and the like


@dataclass(frozen=True)
class Ports:
    """Where the web server and the mail sink listen; kept for commands that run beside the demo."""

    web: int = 8000
    mail: int = 8025

    def save(self, data: Path) -> None:
        write_whole(data / "ports.json", json.dumps(asdict(self)))

    @classmethod
    def load(cls, data: Path) -> "Ports":
        try:
            return cls(**json.loads((data / "ports.json").read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return cls()


def given(name: str) -> str:
    """What the caller's environment says; an empty variable says nothing."""
    return os.environ.get(name, "").strip()


def variables(places: Places, ports: Ports) -> dict[str, str]:
    """The caller's environment, the demo's values, and over these the caller's services."""
    chosen = {name: given(name) for name in PREFERRED if given(name)}
    return os.environ | _demo_values(places, ports) | chosen | _broker(places)


def _demo_values(places: Places, ports: Ports) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "cluster_portal.settings",
        "DEMO": "1",
        "DEBUG": "0",
        "SECRET_KEY": secret_key(places.data),
        "SITE_URL": f"http://localhost:{ports.web}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "DATABASE_URL": servers.database_url(places.sockets, role=servers.ROLE),
        # Of a given database only the caller knows the owner.
        "DATABASE_OWNER_URL": (
            "" if given("DATABASE_URL") else servers.database_url(places.sockets)
        ),
        "REDIS_URL": f"unix://{places.sockets}/valkey.sock",
        "EMAIL_URL": f"smtp://127.0.0.1:{ports.mail}",
        "QUIET_HOURS": "",  # who tries the demo at night reads the mail at once
        "DEMO_MAIL_DIR": str(places.mail),
        "STATIC_ROOT": str(places.static),
        "MEDIA_ROOT": str(places.media),
        "STATE_ROOT": str(places.media.parent / "state"),
        "CELERY_BEAT_FILE": str(places.data / "celerybeat-schedule"),
        "PYTHONUNBUFFERED": "1",
    }


def _broker(places: Places) -> dict[str, str]:
    """Celery has its own name for a unix socket, and its own database on it."""
    if given("CELERY_BROKER_URL"):
        return {"CELERY_BROKER_URL": given("CELERY_BROKER_URL")}
    if given("REDIS_URL"):
        return {"CELERY_BROKER_URL": given("REDIS_URL")}
    return {"CELERY_BROKER_URL": f"redis+socket://{places.sockets}/valkey.sock?virtual_host=1"}


def secret_key(data: Path) -> str:
    """Made once per data folder, so that a restart signs nobody out; readable by us alone."""
    path = data / "secret-key"
    if not path.exists():
        write_whole(path, secrets.token_urlsafe(64))
    return path.read_text().strip()
