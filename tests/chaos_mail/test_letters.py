"""Letters without a safe way, that cannot be written, or that nobody may get (74, 75, 78)."""

from __future__ import annotations

import pytest

from cluster_portal.core.visibility import Visibility
from cluster_portal.notifications import outbox, preferences
from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import MailState, OutboxMail
from cluster_portal.notifications.sending.delivery import MAX_FAULTS
from tests import factories
from tests.chaos_mail.conftest import make_due
from tests.theses import factories as made

LETTERS = 6


@pytest.fixture
def cluster(post):
    return factories.cluster("pirkanmaa")


def reader(name):
    return factories.verified(factories.user(f"{name}@example.org"))


def write(person, about, kind="coordinator_granted", key="1"):
    outbox.post(kind, to=person, key=key, about=about)


def state_of(name):
    return OutboxMail.objects.get(recipient__email=f"{name}@example.org").state


def test_nothing_leaves_in_clear_where_tls_is_asked_for(post, cluster, faults):
    """The server, or somebody between, does not offer STARTTLS."""
    for number in range(LETTERS):
        write(reader(f"lukija{number}"), cluster)

    post.deliver(EMAIL_URL=f"smtp+tls://127.0.0.1:{post.port}")
    in_clear = len(post.seen)
    waiting = OutboxMail.objects.filter(state=MailState.QUEUED)
    kept, said = waiting.count(), waiting.exclude(last_error="").count()
    make_due()
    post.deliver()

    faults(
        "74",
        f"STARTTLS is not offered, {LETTERS} letters",
        lost=LETTERS - len(set(post.seen)),
        doubled=post.copies,
        refused=LETTERS - in_clear,
        recovered="none leaves in clear; all leave once the way is right",
    )
    assert (in_clear, kept, len(post.seen)) == (0, LETTERS, LETTERS)
    assert said > 0


def test_letter_that_cannot_be_written_stops_no_other(post, cluster, faults):
    for number in range(LETTERS):
        write(reader(f"lukija{number}"), cluster)
    poison, newer = reader("myrkky"), reader("uudempi")
    for person in (poison, newer):
        write(person, cluster)
    rows = OutboxMail.objects.filter(recipient__in=[poison, newer])
    rows.filter(recipient=poison).update(kind="no_such_kind")
    rows.filter(recipient=newer).update(version=99)

    post.deliver()
    first, waiting = len(post.seen), set(rows.values_list("state", "attempts"))
    rows.update(attempts=MAX_FAULTS - 1)
    make_due()
    post.deliver()

    settled = set(rows.values_list("state", flat=True))
    faults(
        "75",
        f"2 letters that cannot be written among {LETTERS}",
        lost=LETTERS - first,
        doubled=post.copies,
        refused=2,
        recovered=f"the others leave; after {MAX_FAULTS} tries the two stand among the failed",
    )
    assert (first, waiting) == (LETTERS, {(MailState.QUEUED, 1)})
    assert settled == {MailState.FAILED}
    assert len(post.seen) == LETTERS


def test_what_nobody_may_get_any_more_does_not_leave(post, cluster, faults):
    firm = factories.organisation("Esimerkki Oy")
    topics = {
        name: made.topic(firm, cluster)
        for name in ("jatkaa", "kieltaa", "lahti", "salattu", "poistettu")
    }
    for name, topic in topics.items():
        write(reader(name), topic, "topic_published")

    settled = OutboxMail.objects.get(recipient__email="kieltaa@example.org").recipient
    preferences.unsubscribe(settled, KindGroup.THESES)
    gone = OutboxMail.objects.get(recipient__email="lahti@example.org").recipient
    gone.is_active = False
    gone.save()
    topics["salattu"].visibility = Visibility.PRIVATE
    topics["salattu"].save()
    topics["poistettu"].delete()
    post.deliver()

    faults(
        "78",
        "unsubscribed, closed, hidden, deleted before it left",
        lost=1 - min(1, len(post.seen)),
        doubled=post.copies,
        refused=4,
        recovered="the four are dropped with their reason; the fifth leaves",
    )
    assert [address for address, _id in post.seen] == ["jatkaa@example.org"]
    assert {state_of(name) for name in topics} == {MailState.SENT, MailState.DROPPED}
