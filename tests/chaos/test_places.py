"""Places of events under a crowd that comes over two web servers (50–54)."""

from __future__ import annotations

from collections import Counter

import pytest

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import MailState, OutboxMail
from events.models import Registration, Seats
from events.services import places
from events.services import registrations as services
from tests import factories
from tests.chaos.rig import at_once, in_transaction, wait_until
from tests.events.factories import details, event

FOUND = 302


@pytest.fixture
def cluster(portal):
    return factories.cluster("pirkanmaa")


def crowd(portal, count):
    people = [factories.verified(factories.user()) for _ in range(count)]
    return people, [portal.browser(one, number) for number, one in enumerate(people)]


def registering(made, browsers):
    return [
        lambda b=one: b.post(f"/events/{made.slug}/register/", mode="on_site") for one in browsers
    ]


def stages(made):
    rows = Registration.objects.filter(event=made)
    return Counter(rows.values_list("stage", flat=True))


def all_sent():
    return not OutboxMail.objects.exclude(state=MailState.SENT).exists()


def test_sixty_for_ten_places(portal, cluster, faults):
    made = event(cluster, places=10)
    people, browsers = crowd(portal, 60)

    answers = at_once(registering(made, browsers))

    seconds = wait_until(all_sent)
    rows = Registration.objects.filter(event=made)
    letters, known = Counter(portal.sink.seen), stages(made)
    faults(
        "50",
        "60 people for 10 places, two web servers",
        lost=len(people) - rows.values("user").distinct().count(),
        doubled=rows.count()
        - rows.values("user").distinct().count()
        + sum(count - 1 for count in letters.values()),
        refused=sum(status != FOUND for status, _ in answers),
        recovered=f"{known['confirmed']} in, {known['waiting']} wait; mail in {seconds:.0f} s",
    )
    assert {status for status, _ in answers} == {FOUND}
    assert known == {"confirmed": 10, "waiting": 50}
    assert Seats.objects.get(event=made).taken == 10
    assert len(letters) == len(portal.sink.seen) == 60


def test_same_person_twenty_times(portal, cluster, faults):
    made = event(cluster, places=10)
    person = factories.verified(factories.user())
    browsers = [portal.browser(person, number) for number in range(20)]

    answers = at_once(registering(made, browsers))

    wait_until(all_sent)
    rows = Registration.objects.filter(event=made).count()
    faults(
        "51",
        "one person's form 20 times at once",
        lost=1 - min(rows, 1),
        doubled=rows - 1 + len(portal.sink.seen) - 1,
        refused=sum(status not in (FOUND, 422) for status, _ in answers),
        recovered="one registration, one letter",
    )
    assert stages(made) == {"confirmed": 1}
    assert len(portal.sink.seen) == 1
    assert {status for status, _ in answers} <= {FOUND, 422}


def test_cancelling_coming_and_more_places_at_once(portal, cluster, faults):
    made = event(cluster, places=10)
    office = factories.coordinator(cluster)
    people, browsers = crowd(portal, 25)
    first = [services.register(made, "on_site", details(p), by=p) for p in people[:15]]
    seats = made.seats.get()

    answers = at_once(
        [
            *(in_transaction(services.cancel_registration, row, by=row.user) for row in first[:5]),
            in_transaction(places.set_capacity, seats, 12, by=office),
            *registering(made, browsers[15:]),
        ]
    )

    known, seats = stages(made), Seats.objects.get(event=made)
    holding = Registration.objects.holding().filter(event=made)
    kept = {row.pk for row in first[5:]} - set(holding.values_list("pk", flat=True))
    faults(
        "52",
        "5 cancel, 10 come, places 10 to 12, at once",
        lost=sum(known.values()) - known["cancelled"] - 20 + len(kept),
        doubled=max(0, holding.count() - 12),
        refused=sum(isinstance(answer, Exception) for answer in answers),
        recovered=f"{holding.count()} of 12 places held, the first in line first",
    )
    assert holding.count() == seats.taken == 12
    assert not kept
    assert known["waiting"] == 8


def test_head_of_the_line_is_gone(portal, cluster, faults):
    made = event(cluster, places=1)
    people, _ = crowd(portal, 3)
    rows = [services.register(made, "on_site", details(p), by=p) for p in people]
    people[1].is_active = False
    people[1].save()

    services.cancel_registration(rows[0], by=people[0])

    holder = Registration.objects.holding().get(event=made)
    faults("53", "first in line is deactivated", recovered="the next one has the place")
    assert holder.user == people[2]


def test_fewer_places_than_are_taken(portal, cluster, faults):
    made = event(cluster, places=3)
    people, _ = crowd(portal, 3)
    for person in people:
        services.register(made, "on_site", details(person), by=person)

    with pytest.raises(Refused):
        places.set_capacity(made.seats.get(), 2, by=factories.coordinator(cluster))

    faults("54", "places cut below who is in", refused=1, recovered="nobody dropped unsaid")
    assert stages(made) == {"confirmed": 3}
