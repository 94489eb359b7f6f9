"""An account that is erased while its holder acts, and what every answer bears (93, 101)."""

from __future__ import annotations

import pytest

from cluster_portal.notifications.models import MailState, OutboxMail
from events.models import Registration, Seats
from members.models import User
from members.services import erasure
from tests import factories
from tests.chaos.rig import at_once, in_transaction, wait_until
from tests.events.factories import event

ROUNDS = 5
HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
)


@pytest.fixture
def cluster(portal):
    return factories.cluster("pirkanmaa")


def test_erased_while_registering_and_reading(portal, cluster, faults):
    statuses, letters = [], 0
    for number in range(ROUNDS):
        made = event(cluster, places=5)
        person = factories.verified(factories.user())
        browser, reader = portal.browser(person, number), portal.browser(person, number + 1)
        address = f"/events/{made.slug}/register/"
        answers = at_once(
            [
                lambda b=browser, a=address: b.post(a, mode="on_site"),
                lambda b=reader: b.get("/me/"),
                in_transaction(erasure.erase_account, person, by=person),
            ]
        )
        statuses += [answer[0] for answer in answers[:2]]
        if isinstance(answers[2], Exception):  # it was being handled: at the next try
            erasure.erase_account(User.objects.get(pk=person.pk), by=person)
        assert not User.objects.filter(pk=person.pk).exists()
        assert not Registration.objects.active().filter(event=made).exists()
        assert Seats.objects.get(event=made).taken == 0
        waits = OutboxMail.objects.filter(recipient_id=person.pk, state=MailState.QUEUED)
        letters += waits.count()
    wait_until(lambda: not OutboxMail.objects.filter(state=MailState.QUEUED).exists())
    broken = [status for status in statuses if not status or status >= 500]
    faults(
        "93",
        f"erased while registering and reading, {ROUNDS} times",
        lost=0,
        refused=sum(status not in (200, 302) for status in statuses),
        recovered="nobody left with a place, a letter or an account",
    )
    assert (broken, letters) == ([], 0)


PATHS = (
    *("/", "/members/", "/events/", "/theses/", "/projects/", "/search/?q=turva", "/robots.txt"),
    *("/accounts/login/", "/accounts/signup/", "/nothing/", "/events/%00/", "/me/", "/admin/"),
    *("/livez", "/readyz", "/.well-known/security.txt", "/privacy/", "/static/nothing.css"),
)


def test_every_answer_bears_its_headers(portal, cluster, faults):
    member = portal.browser(factories.verified(factories.user()))
    asked = [(browser, path) for browser in (portal.browser(), member) for path in PATHS]

    answers = [(path, *browser.head_of(path)) for browser, path in asked]

    lacking = [(path, name) for path, _, head in answers for name in HEADERS if name not in head]
    stored = [
        path
        for path, status, head in answers[len(PATHS) :]
        if "session" in head.get("Vary", "") and "no-store" not in head.get("Cache-Control", "")
    ]
    faults(
        "101",
        f"{len(answers)} answers of a running server, errors too",
        lost=len(lacking),
        recovered="each bears policy, nosniff, referrer, opener and resource policy",
    )
    assert lacking == []
    assert stored == []
    assert not [path for path, status, _ in answers if status >= 500]
