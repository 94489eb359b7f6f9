"""What machines ask: alive, able to serve, whom to write to, what to index."""

import datetime
from xml.etree import ElementTree as ET

import pytest
from django.db import OperationalError, connection

from cluster_portal.core.database import readiness
from cluster_portal.core.http import probes
from tests.events import factories as events

pytestmark = pytest.mark.server


def _away(execute, sql, params, many, context):
    raise OperationalError("the database system is shutting down")


def test_process_is_alive_without_a_database(client, db):
    with connection.execute_wrapper(_away):
        assert client.get("/livez").status_code == 200


def test_ready_says_how_old_the_oldest_mail_is(client, db):
    response = client.get("/readyz")

    assert response.json() == {
        "database": "ok",
        "storage": "ok",
        "oldest_mail_minutes": 0,
        "mail_is_held": False,
        "cache": "ok",
        "beat_seconds": None,
    }
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(("path", "status"), [("/livez", 200), ("/readyz", 200), ("/", 400)])
def test_probe_by_address_and_plain_http_is_answered(client, db, settings, path, status):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["localhost"]

    assert client.get(path, headers={"host": "10.1.2.3:8000"}).status_code == status


def test_ready_says_when_the_beat_last_worked(client, db, time_machine):
    time_machine.move_to("2027-03-01T12:00:00Z", tick=False)
    probes.see_beat()
    time_machine.move_to("2027-03-01T12:05:00Z", tick=False)

    assert client.get("/readyz").json()["beat_seconds"] == 300


def test_ready_says_that_the_cache_is_away(client, db, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "cluster_portal.core.http.cache.ForgivingRedisCache",
            "LOCATION": "unix:///nowhere",
        }
    }

    response = client.get("/readyz")

    assert (response.status_code, response.json()["cache"]) == (200, "away")


def test_not_ready_while_the_database_is_away(client, db, monkeypatch, tmp_path):
    monkeypatch.setitem(connection.settings_dict, "HOST", str(tmp_path))

    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"database": "away"})


def test_not_ready_when_the_mail_queue_cannot_be_read(client, db):
    with connection.execute_wrapper(_away):
        response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"database": "away"})


def test_ready_says_that_the_disk_is_full(client, db, monkeypatch):
    monkeypatch.setattr(readiness, "LEAST_FREE", 2**60)

    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"database": "ok", "storage": "full"})


def test_security_txt_holds_for_a_while(client, db):
    text = client.get("/.well-known/security.txt").content.decode()

    lines = dict(line.split(": ", 1) for line in text.splitlines() if line)
    expires = datetime.datetime.fromisoformat(lines["Expires"])
    assert lines["Contact"].startswith("mailto:")
    assert expires > datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=100)


def test_robots_are_kept_from_private_parts(client, db):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /me/" in text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in text


def test_sitemap_lists_public_objects_in_every_language(client, home_cluster):
    seen = events.event(home_cluster)
    hidden = events.event(home_cluster, visibility="members")

    response = client.get("/sitemap.xml")

    ET.fromstring(response.content)  # noqa: S314 - our own answer
    text = response.content.decode()
    assert f"<loc>http://localhost:8000/events/{seen.slug}/</loc>" in text
    assert f"http://localhost:8000/sv/events/{seen.slug}/" in text
    assert hidden.slug not in text


def test_sitemap_of_a_member_is_that_of_a_visitor(client, home_cluster, member):
    events.event(home_cluster, visibility="members")
    visitors = client.get("/sitemap.xml").content
    client.force_login(member)

    assert client.get("/sitemap.xml").content == visitors


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/robots.txt", "/sitemap.xml"])
def test_only_reading_is_allowed(client, db, path):
    assert client.post(path).status_code == 405
