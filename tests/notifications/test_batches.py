"""Letters are prepared fifty at a time; each is judged and sent as if it were alone."""

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster_portal.notifications import delivery, kinds, outbox, preferences
from cluster_portal.notifications.delivery import deliver_some
from cluster_portal.notifications.kinds import KindGroup, NothingToSay
from cluster_portal.notifications.models import Channel, MailState, OutboxMail
from cluster_portal.notifications.outbox import Guest
from cluster_portal.notifications.postman import Postman
from members.models import Organisation
from tests import factories
from tests.events import factories as made_events
from tests.notifications.conftest import deliver_all, verified
from tests.theses import factories as made_theses
from tests.theses import parties
from tests.theses.factories import topic

pytestmark = pytest.mark.usefixtures("notice")


def post_mixed(number):
    """A person with five letters: of three kinds and about three models, one of them to a guest."""
    reader = verified(f"reader{number}@example.org", language=("fi", "sv", "en")[number % 3])
    cluster = factories.cluster()
    outbox.post("coordinator_granted", to=reader, key=str(number), about=cluster)
    outbox.post("topic_published", to=reader, key=str(number), about=topic(None, cluster))
    outbox.post("test_notice", to=reader, key=str(number), about=factories.organisation())
    outbox.post("test_notice", to=reader, key=f"{number}-alone", values={"name": number})
    outbox.post("test_notice", to=Guest(f"g{number}@example.org", "G", "fi"), key=str(number))


def statements(postman):
    with CaptureQueriesContext(connection) as captured:
        deliver_some(postman)
    return len(captured)


def test_fifty_letters_cost_as_many_statements_as_five_but_one_for_each_sent(db, postman):
    post_mixed(0)
    deliver_some(postman)  # content types are known from now on
    post_mixed(1)
    few = statements(postman)
    for number in range(2, 12):
        post_mixed(number)

    many = statements(postman)

    assert len(django_mail.outbox) == 60
    assert many - 50 <= few - 5


def membership():
    applied = factories.membership(factories.organisation(), factories.cluster())
    applied.applicant = verified()
    applied.save()
    return "application_approved", applied.applicant, applied


def affiliation():
    asked = factories.affiliation(verified(), factories.organisation())
    return "affiliation_confirmed", asked.user, asked


def application():
    sent = made_theses.application(topic(None, factories.cluster()), verified())
    return "thesis_application_accepted", sent.student, sent


def interview():
    return "thesis_interview_agreed", *application()[1:]


def thesis():
    student, company = verified(), factories.organisation()
    work = parties.thesis(topic(company, factories.cluster()), student, parties.supervisor(company))
    return "thesis_matched", student, work


def request():
    _kind, student, work = thesis()
    return "supervision_reminder", student, work.requests.get()


def registration():
    came = made_events.registration(made_events.event(factories.cluster()), verified())
    return "registration_confirmed", came.user, came


@pytest.mark.parametrize(
    "make", [membership, affiliation, application, interview, thesis, request, registration]
)
def test_six_letters_of_a_kind_cost_as_many_statements_as_two(db, postman, make):
    """Each about a thing of its own, for a reader of her own."""
    counts = []
    for number in (2, 2, 6):  # content types are known after the first
        for _letter in range(number):
            kind, reader, about = make()
            outbox.post(kind, to=reader, key="1", about=about)
        counts.append(statements(postman) - number)

    assert len(django_mail.outbox) == 10
    assert counts[2] <= counts[1]


def test_letters_without_a_letter_are_settled_by_one_statement(db, postman):
    for number in range(20):
        reader = verified(f"reader{number}@example.org")
        preferences.set_channels(reader, {KindGroup.EVENTS: Channel.WEEKLY})
        outbox.post("test_notice", to=reader, key="1")

    with CaptureQueriesContext(connection) as captured:
        deliver_some(postman)

    assert OutboxMail.objects.filter(state=MailState.WEEKLY).count() == 20
    assert len([one for one in captured if one["sql"].lstrip().startswith("UPDATE")]) == 1


def broken_words(mail):
    raise RuntimeError


def broken_statement(mail):
    return {"rows": list(OutboxMail.objects.extra(where=["no_such_column"]))}


def broken_preparation(mails):
    raise RuntimeError


@pytest.mark.parametrize(
    "changes",
    [
        {"context": broken_words},
        {"context": broken_statement},
        {"prepare": broken_preparation},
        {"needs": ("nothing",)},
        {},  # without templates
    ],
    ids=["words", "statement", "preparation", "needs", "templates"],
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
    """Of a batch about hidden things everyone gets what she may see, and nothing else."""
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


def test_batch_ends_when_what_it_knows_grows_old(reader, postman, monkeypatch):
    monkeypatch.setattr(delivery, "KNOWN_SECONDS", 0)
    for key in "12":
        outbox.post("test_notice", to=reader, key=key)
    assert deliver_some(postman)
    preferences.unsubscribe(reader, KindGroup.EVENTS)

    assert deliver_some(postman)

    assert len(django_mail.outbox) == 1
    assert OutboxMail.objects.get(key="2").state == MailState.DROPPED


@pytest.mark.django_db(transaction=True)
def test_row_changed_while_its_letter_leaves_keeps_the_change(reader, postman, monkeypatch):
    """As when a name is erased: what was rendered before must not bring it back."""
    outbox.post("test_notice", to=reader, key="1", values={"name": "Pirkko"})
    send = Postman.send

    def send_late(self, letter):
        OutboxMail.objects.update(titles={"fi": "Notice: –"}, values={"name": "–"})
        send(self, letter)

    monkeypatch.setattr(Postman, "send", send_late)
    deliver_all(postman)

    row = OutboxMail.objects.get()
    assert (row.state, row.titles) == (MailState.SENT, {"fi": "Notice: –"})
    assert len(django_mail.outbox) == 1


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
