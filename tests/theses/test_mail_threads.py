"""Letters about one match stand together in a mailbox."""

from __future__ import annotations

import pytest
from django.core import mail as django_mail

from cluster_portal.notifications.sending.delivery import deliver_due
from tests import factories
from tests.theses import factories as made
from theses.services import applications


@pytest.mark.django_db(transaction=True)
def test_letters_of_one_application_share_a_thread_and_another_has_its_own(
    company, home_cluster, student, lead
):
    topic = made.topic(company, home_cluster, places=2, contact=lead)
    other = factories.user("toinen@example.org")
    for person in (factories.verified(student), factories.verified(other)):
        sent = applications.apply(topic, by=person, motivation="Kiinnostaa.", school="Koulu")
        applications.accept_application(sent, by=lead)

    deliver_due()

    threads = {person.email: set() for person in (student, other)}
    for letter in django_mail.outbox:
        if letter.to[0] in threads:
            threads[letter.to[0]].add(letter.extra_headers["References"])
    assert [len(found) for found in threads.values()] == [1, 1]
    assert threads[student.email] != threads[other.email]
    assert len(django_mail.outbox) >= 6
