"""What the web log holds: no token, no reset key, no search word, no traceback of a refusal."""

import json
import logging
import re

import pytest
import structlog
from django.urls import reverse

from cluster_portal.core.http import logs
from tests import house

CONFIRMS = "account_confirm_email"
CONFIRM = "/accounts/confirm-email/MQ:1tPxYz:8Jq0kT3vB5/"
LINES = {
    f"GET {CONFIRM}": "GET /accounts/confirm-email/…/",
    "GET /accounts/password/reset/key/3-d8kq2x-2f6f09b1c4/": "GET /accounts/password/reset/key/…/",
    "POST /sv/events/link/ab:1tPx:sig/cancel/": "POST /sv/events/link/…/cancel/",
    "GET /search/?q=salainen+sana&page=2": "GET /search/?…",
    "Not Found: /members/invitations/eyJ:1tP:x/": "Not Found: /members/invitations/…/",
    'see "/notifications/unsubscribe/a:b:c/?x=1"': 'see "/notifications/unsubscribe/…/?…"',
    "GET /theses/kyberturvallisuuden-harjoitus-2027/": (
        "GET /theses/kyberturvallisuuden-harjoitus-2027/"
    ),
    "Is 1/2 more? Yes": "Is 1/2 more? Yes",
}


@pytest.fixture
def lines():
    """What the one handler writes, as objects."""
    written = []
    settings = logs.configuration("INFO")
    formatter = settings["formatters"]["json"]
    handler = logging.Handler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=formatter["processors"], foreign_pre_chain=formatter["foreign_pre_chain"]
        )
    )
    handler.emit = lambda record: written.append(json.loads(handler.format(record)))
    for each in settings["filters"].values():
        handler.addFilter(each["()"]())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize("text", LINES)
def test_secrets_of_an_address_are_left_out(text):
    assert logs.redacted(text) == LINES[text]


def test_every_route_with_a_secret_is_known():
    paths = [
        reverse(
            name,
            kwargs={
                part: "open" if part == "slug" else "SECRET"
                for part in route.pattern.regex.groupindex
            },
        )
        for name, route in house.routes()
        if {"token", "uidb36"} & set(route.pattern.regex.groupindex) or name == CONFIRMS
    ]

    assert len(paths) >= 8
    assert [path for path in paths if "SECRET" in logs.redacted(path)] == []


def test_web_log_holds_no_token_and_no_search_word(client, db, lines):
    client.get("/search/?q=salainen")
    client.get("/events/link/avain:1tPxYz:allekirjoitus/")
    client.get(CONFIRM)

    text = json.dumps(lines, ensure_ascii=False)
    assert "/search/?…" in text
    assert "/events/link/…/" in text
    assert not re.search("salainen|avain|allekirjoitus|8Jq0kT3vB5", text)


def test_refused_lookup_of_the_admin_is_a_quiet_400(client, office, lines):
    client.force_login(office)

    response = client.get("/admin/members/organisation/?members__email__startswith=a")

    assert response.status_code == 400
    assert {line["level"] for line in lines} <= {"info", "warning"}
    assert [line["level"] for line in lines if "Lookup" in line["logger"]] == ["info"]
    assert "Traceback" not in json.dumps(lines)


def test_proxy_leaves_out_the_same():
    conf = (house.ROOT / "deploy/nginx/portal.conf").read_text(encoding="utf-8")

    assert "(?:" + "|".join(logs.BEFORE_SECRETS) + ")" in conf
    assert "$request " not in conf
    assert not re.search(r"\$(request_uri|args|http_referer|query_string)\b(?!;)", conf)
