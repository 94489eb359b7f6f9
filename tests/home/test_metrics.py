"""What monitoring reads; rules and dashboard ask only for figures that exist."""

import json
import re

import pytest
from prometheus_client import REGISTRY as OWN
from prometheus_client import CollectorRegistry, generate_latest

from cluster_portal.core.http import figures
from cluster_portal.home.demo.places import CHECKOUT
from cluster_portal.home.figures import PortalCollector
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import MailState, OutboxMail
from tests import factories
from tests.notifications.conftest import verified

pytestmark = pytest.mark.server
MONITORING = CHECKOUT / "deploy" / "monitoring"


@pytest.fixture
def state(settings, tmp_path):
    settings.STATE_ROOT = str(tmp_path)
    return tmp_path


def read():
    registry = CollectorRegistry()
    registry.register(PortalCollector())
    return generate_latest(registry).decode()


def post(*keys):
    reader = verified("aino@example.org")
    for key in keys:
        outbox.post("coordinator_granted", to=reader, key=key, about=factories.cluster())


def test_mail_that_waits_is_counted_by_kind(db, state):
    post("1", "2")
    OutboxMail.objects.filter(key="2").update(state=MailState.FAILED)

    text = read()

    assert 'portal_mail_waiting{kind="coordinator_granted"} 1.0' in text
    assert "portal_mail_failed 1.0" in text
    assert "aino" not in text


def test_backup_that_failed_is_told_with_the_age_of_the_one_before(db, state):
    noted = {"make": {"ok": False, "at": 2, "fault": "…", "ok_at": 1}}
    (state / "backup.json").write_text(json.dumps(noted))

    text = read()

    assert 'portal_backup_ok{act="make"} 0.0' in text
    assert 'portal_backup_age_seconds{act="make"}' in text


def test_requests_are_counted_by_view_and_never_by_address(client, db):
    client.get("/olematon-osoite/?q=salasana")
    client.get("/livez")

    text = generate_latest(OWN).decode()
    assert 'portal_requests_total{method="GET",status="404",view="(none)"}' in text
    assert 'view="plain:livez"' in text
    assert "olematon" not in text


def test_rules_and_dashboard_ask_for_figures_that_exist(db, state):
    post("1")
    (state / "backup.json").write_text(json.dumps({"make": {"ok": True, "at": 1, "ok_at": 1}}))
    figures.requests.labels("a", "GET", 200).inc()
    known = set(re.findall(r"^# TYPE (\w+)", read() + generate_latest(OWN).decode(), re.MULTILINE))
    asked = set()
    for file in ("alerts.yml", "dashboard.json"):
        asked |= set(re.findall(r"\bportal_\w+", (MONITORING / file).read_text()))
    asked = {re.sub(r"_(bucket|total)$", "", name) for name in asked}
    known = {re.sub(r"_total$", "", name) for name in known} | {"portal_beat_seconds"}

    assert asked - known == set()
