"""The ledgers from the test's side: time moved back, and the role that may only add to them."""

from contextlib import contextmanager

from django.db import connection

from cluster_portal.core.database import ledgers

ROLE = "portal_in_tests"


@contextmanager
def opened():
    """As the tables' owner, with the setting that the amending function makes for itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'on', true)", [ledgers.DOOR_SETTING])
        yield
        cursor.execute("SELECT set_config(%s, 'off', true)", [ledgers.DOOR_SETTING])


@contextmanager
def as_portal():
    """What runs here has the rights that the portal runs with; all of it goes with the test."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        ledgers.protect(ROLE)
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield
        cursor.execute("RESET ROLE")
