"""Two web servers on ports of their own behind nginx, the second through PgBouncer's transactions:
a session and a limit hold on both.
"""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from contextlib import contextmanager

import pytest

from tests import factories
from tests.chaos.rig import Browser, at_once, free_port, wait_until
from tests.events.factories import event

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
OK, FOUND, TOO_MANY = 200, 302, 429
WRONG = "väärä-salasana"
CONFIGURATION = """
pid {folder}/nginx.pid; error_log {folder}/nginx.log; daemon off;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    upstream portal {{ server 127.0.0.1:{first}; server 127.0.0.1:{second}; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://portal;
            proxy_set_header Host localhost;
            add_header X-Machine $upstream_addr always;
        }}
    }}
}}
"""
pytestmark = pytest.mark.skipif(NGINX is None, reason="apt install nginx-light")


@contextmanager
def balancer(portal):
    port, folder = free_port(), portal.folder / "balancer"
    folder.mkdir(exist_ok=True)
    first, second = portal.ports
    text = CONFIGURATION.format(folder=folder, first=first, second=second, port=port)
    (folder / "nginx.conf").write_text(text)
    with subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")]) as child:
        try:
            wait_until(lambda: Browser(port, {}).get("/livez")[0] == OK)
            yield port
        finally:
            child.terminate()


def test_session_is_one_on_both(portal, faults):
    person = factories.verified(factories.user())
    with balancer(portal) as port:
        here = portal.browser(person)
        both = [Browser(number, here.cookies) for number in portal.ports]
        balanced = Browser(port, here.cookies)
        asked = [balanced.head_of("/me/") for _ in range(40)]
        machines = Counter(head["X-Machine"] for _, head in asked)
        signed_in = [one.get("/me/")[0] for one in both]
        balanced.post("/accounts/logout/")
        signed_out = [one.get("/me/")[0] for one in both]
    faults(
        "8",
        "40 pages of one session over nginx and two servers",
        lost=sum(status != OK for status, _ in asked),
        recovered=f"{len(machines)} servers answered; signed out on one is out on both",
    )
    assert {status for status, _ in asked} == {OK}
    assert len(machines) == 2
    assert (signed_in, signed_out) == ([OK, OK], [FOUND, FOUND])


def test_failed_sign_ins_are_counted_on_both(portal, faults):
    person = factories.verified(factories.user("omistaja@example.org"))
    form = {"login": person.email, "password": WRONG}

    answers = [portal.browser(None, n).post("/accounts/login/", **form)[0] for n in range(8)]

    faults(
        "1, 2",
        "8 wrong passwords in turns on two servers",
        refused=answers.count(TOO_MANY),
        recovered="counted in the database; the sixth waits wherever it comes",
    )
    assert answers == [OK] * 5 + [TOO_MANY] * 3


def test_forms_through_transaction_pooling(portal, faults):
    """40 forms at once to the server behind PgBouncer, which has four connections for them."""
    if not portal.is_pooled:
        pytest.skip("apt install pgbouncer")
    made = event(factories.cluster("pirkanmaa"), places=20)
    people = [factories.verified(factories.user()) for _ in range(40)]
    browsers = [portal.browser(one, 1) for one in people]

    address = f"/events/{made.slug}/register/"
    answers = at_once([lambda b=one: b.post(address, mode="on_site")[0] for one in browsers])

    held = made.registrations.holding().count()
    faults(
        "50",
        "40 forms at once through PgBouncer, 4 connections",
        lost=40 - made.registrations.count(),
        refused=sum(status != FOUND for status in answers),
        recovered=f"{held} of 20 places held",
    )
    assert (set(answers), held, made.registrations.count()) == ({FOUND}, 20, 40)
