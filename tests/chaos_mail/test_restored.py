"""A database that comes back from an older copy, and what is forgotten on time (94, 95)."""

from __future__ import annotations

import datetime
import os
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from cluster_portal.home.demo import servers
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import MailState, OutboxMail
from members.models import Membership
from members.models.memberships import Stage
from members.services import erasure
from tests import factories, pgplugin
from tests.chaos.rig import PATIENCE

LETTERS = 5
OLD = 40
COPY = "portal_older_copy"
CHORES = "from cluster_portal.home.services import chores; print(chores.run_all())"


@contextmanager
def older_copy():
    """The address of a copy of the test's database as it is now."""
    sockets, name = Path(connection.settings_dict["HOST"]), connection.settings_dict["NAME"]
    connection.close()  # nobody may be connected while it is copied
    with servers.connect(sockets) as own:
        own.execute(f"CREATE DATABASE {COPY} TEMPLATE {name}".encode())
    try:
        yield servers.database_url(sockets, COPY)
    finally:
        with servers.connect(sockets) as own:
            own.execute(f"DROP DATABASE {COPY} WITH (FORCE)".encode())


def accounts_of_copy(email):
    here = connection.settings_dict
    with psycopg.connect(host=here["HOST"], user=here["USER"], dbname=COPY) as own:
        rows = own.execute("SELECT count(*) FROM members_user WHERE email = %s", [email])
        return rows.fetchone()[0]


@pytest.mark.skipif(pgplugin.IS_MIGRATED not in os.environ, reason="the server is another's")
def test_older_copy_sends_nothing_and_the_erased_stay_erased(post, settings, tmp_path, faults):
    settings.STATE_ROOT = str(tmp_path)
    state = {"STATE_ROOT": str(tmp_path)}
    post.act("after_restore", "--release", **state)
    stays = factories.verified(factories.user("jatkaa@example.org"))
    goes = factories.verified(factories.user("lahtee@example.org"))
    cluster = factories.cluster("pirkanmaa")
    for number in range(LETTERS):
        outbox.post("coordinator_granted", to=stays, key=str(number), about=cluster)

    with older_copy() as url:
        post.deliver(**state)
        left = len(post.seen)
        erasure.erase_account(goes, by=goes)
        old = {**state, "DATABASE_URL": url}
        post.deliver(**old)
        post.act("after_restore", **old)
        post.deliver(**old)
        held = len(post.seen) - left
        back = accounts_of_copy(goes.email)
        post.act("after_restore", "--release", **old)
        post.deliver(**old)
        released = len(post.seen) - left

    faults(
        "94",
        f"an older copy whose {LETTERS} letters have left, one erased since",
        lost=LETTERS - left,
        doubled=held,
        refused=LETTERS,
        recovered="held until somebody releases them; the erased are erased again",
    )
    assert (left, held, back, released) == (LETTERS, 0, 0, LETTERS)
    assert len(set(post.seen)) == LETTERS  # released, they bear the same Message-IDs


def test_forgotten_once_by_two_rounds_at_once(post, faults):
    cluster, now = factories.cluster("pirkanmaa"), timezone.now()
    person = factories.verified(factories.user())
    for number in range(OLD):
        rows = [
            OutboxMail.objects.create(
                kind="account_changed", recipient=person, key=f"{age}-{number}"
            )
            for age in ("old", "young")
        ]
        OutboxMail.objects.filter(pk=rows[0].pk).update(created_at=now - datetime.timedelta(366))
        factories.membership(factories.user(), cluster, stage=Stage.WITHDRAWN)
    OutboxMail.objects.update(state=MailState.DROPPED)
    first = Membership.objects.order_by("pk")[: OLD // 2].values_list("pk", flat=True)
    Membership.objects.filter(pk__in=list(first)).update(updated_at=now - datetime.timedelta(366))

    rounds = [post.run("shell", "--command", CHORES) for _ in range(2)]
    said = [child.communicate(timeout=PATIENCE)[0].decode() for child in rounds]
    again = post.act("shell", "--command", CHORES)

    mails = OutboxMail.objects.filter(kind="account_changed")
    late = mails.filter(key__startswith="old").count()
    late += Membership.objects.filter(pk__in=list(first)).count()
    young = mails.filter(key__startswith="young").count()
    faults(
        "95",
        f"two rounds at once forget {OLD} letters and {OLD // 2} applications",
        lost=OLD - young,
        doubled=late,
        recovered="what is young stays; the next round finds nothing more",
    )
    assert (late, young, Membership.objects.count()) == (0, OLD, OLD - OLD // 2)
    assert not [text for text in (*said, again) if "-1" in text], said
