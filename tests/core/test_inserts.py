"""Several rows in one prepared statement: one message, one transaction, on any connection."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection

from cluster_portal.core.inserts import Part, insert, run


def stored(word: str, **taken: str) -> tuple | None:
    row = insert("written", Group(name=word), "FROM asked", **taken)
    return run([Part("asked", "SELECT %s::text AS word", ("sana",)), row], "SELECT id FROM written")


@pytest.mark.django_db
def test_a_row_takes_values_of_the_object_and_of_the_source():
    stored("Käyttäjä 100 %s ; '--")
    stored("", name="asked.word")

    assert set(Group.objects.values_list("name", flat=True)) == {"Käyttäjä 100 %s ; '--", "sana"}


@pytest.mark.django_db
def test_a_row_that_a_unique_rule_refuses_is_left_out():
    stored("same")

    assert stored("same") is None
    assert Group.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_each_connection_prepares_it_once(django_assert_num_queries):
    connection.close()
    with django_assert_num_queries(2):
        stored("first")
    with django_assert_num_queries(1):
        stored("second")

    connection.close()
    with django_assert_num_queries(2):
        stored("third")


@pytest.mark.django_db(transaction=True)
def test_what_goes_before_it_is_of_the_same_transaction():
    before = Part("", "INSERT INTO auth_group (name) VALUES (%s)", ("before",))
    fails = Part("fails", "INSERT INTO auth_group (name) VALUES (NULL) RETURNING id")

    with pytest.raises(IntegrityError):
        run([fails], "SELECT id FROM fails", before=before)

    assert not Group.objects.exists()
