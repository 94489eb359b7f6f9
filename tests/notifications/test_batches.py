"""Of many letters each is judged and sent as if it were alone."""

import pytest
from django.core import mail as django_mail
from django.db.models import Q
from django.utils import timezone

from cluster_portal.notifications import kinds, outbox
from cluster_portal.notifications.kinds import KindGroup, NothingToSay
from cluster_portal.notifications.models import MailState, OutboxMail
from cluster_portal.notifications.sending.postman import Postman
from members.models import Organisation
from tests import factories
from tests.notifications.conftest import deliver_all, verified

pytestmark = pytest.mark.usefixtures("notice")


def broken_words(mail):
    raise RuntimeError


def broken_statement(mail):
    return {"rows": list(OutboxMail.objects.extra(where=["no_such_column"]))}


@pytest.mark.parametrize(
    "changes",
    [
        {"context": broken_words},
        {"context": broken_statement},
        {},  # without templates
    ],
    ids=["words", "statement", "templates"],
)
def test_one_poisoned_letter_among_fifty_spoils_only_itself(db, postman, monkeypatch, changes):
    poison = kinds.Kind("poison", label="x", group=KindGroup.EVENTS, **changes)
    monkeypatch.setitem(kinds._kinds, poison.name, poison)
    people = [verified(f"reader{number}@example.org") for number in range(49)]
    outbox.post_to_all("test_notice", to=people[:25], key="1")
    outbox.post("poison", to=people[0], key="1", about=factories.organisation())
    outbox.post_to_all("test_notice", to=people[25:], key="1")

    deliver_all(postman)

    bad = OutboxMail.objects.get(kind="poison")
    assert sorted(sent.to[0] for sent in django_mail.outbox) == sorted(one.email for one in people)
    assert (bad.state, bad.attempts) == (MailState.QUEUED, 1)
    assert bad.due_at > timezone.now()


def test_refused_reader_among_many_does_not_stop_the_others(db, postman, monkeypatch):
    people = [verified(f"reader{number}@example.org") for number in range(10)]
    outbox.post_to_all("test_notice", to=people, key="1")
    send = Postman.send

    def refuse_one(self, letter):
        if letter.to == [people[4].email]:
            raise ValueError
        send(self, letter)

    monkeypatch.setattr(Postman, "send", refuse_one)
    deliver_all(postman)

    assert len(django_mail.outbox) == 9
    assert OutboxMail.objects.get(state=MailState.QUEUED).recipient == people[4]


def test_each_reader_is_judged_by_her_own_eyes(db, postman):
    """Of a batch about hidden things everyone gets what they may see, and nothing else."""
    owned = [factories.organisation() for _number in range(4)]
    people = [verified(f"reader{number}@example.org") for number in range(8)]
    for person, company in zip(people, owned * 2, strict=True):
        factories.affiliation(person, company)
        for about in owned:
            outbox.post("test_notice", to=person, key=str(about.pk), about=about)
    outbox.post_to_all("test_notice", to=people, key="open", about=factories.cluster())
    Organisation.objects.filter(pk__in=[one.pk for one in owned]).update(visibility="private")

    deliver_all(postman)

    got = {person.email: [] for person in people}
    for sent in django_mail.outbox:
        got[sent.to[0]].append(sent.subject)
    assert all(len(subjects) == 2 for subjects in got.values())
    for person, company in zip(people, owned * 2, strict=True):
        assert any(company.name in subject for subject in got[person.email])
    hidden = OutboxMail.objects.filter(state=MailState.DROPPED, is_notice=False)
    assert hidden.count() == 8 * 3


def test_administrator_sees_what_the_others_of_the_batch_do_not(db, postman):
    company = factories.organisation(visibility="private")
    readers = [verified("reader@example.org"), verified("admin@example.org", is_superuser=True)]
    outbox.post_to_all("test_notice", to=readers, key="1", about=company)

    deliver_all(postman)

    assert [sent.to for sent in django_mail.outbox] == [["admin@example.org"]]


def test_readers_for_whom_the_context_differs_get_their_own_letters(db, postman, notice):
    def context(mail):
        if mail.recipient.email.startswith("c"):
            raise NothingToSay
        return {"about": {"name": mail.recipient.email}}

    notice(context=context)
    people = [verified(f"{letter}@example.org") for letter in "abc"]
    outbox.post_to_all("test_notice", to=people, key="1")

    deliver_all(postman)

    assert {sent.to[0]: sent.subject for sent in django_mail.outbox} == {
        "a@example.org": "Notice: a@example.org",
        "b@example.org": "Notice: b@example.org",
    }
    assert OutboxMail.objects.get(~Q(state=MailState.SENT)).state == MailState.DROPPED
