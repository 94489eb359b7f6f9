"""What the weekly digest says below the name of an event."""

import datetime

from django.utils.translation import override

from cluster_portal.notifications.sending.rendering import plain
from tests.events import factories

CLOSES = datetime.datetime(2027, 3, 4, 14, 0, tzinfo=datetime.UTC)
STARTS = datetime.datetime(2027, 3, 11, 12, 0, tzinfo=datetime.UTC)


def test_new_events_say_when_and_those_that_close_by_when(home_cluster):
    event = factories.event(home_cluster)
    event.starts_at, event.ends_at = STARTS, STARTS + datetime.timedelta(hours=3)
    event.registration_closes_at = CLOSES

    with override("fi"):
        assert "to 11.3.2027 klo 14.00–17.00" in plain("events/_digest_new.txt", {"item": event})
        closing = plain("events/_digest_closing.txt", {"item": event}).strip()

    assert closing == "Ilmoittautuminen päättyy 4.3.2027 klo 16.00."
