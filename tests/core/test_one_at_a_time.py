"""Downloads that hold a slot: a few at a time, freed by their owner only."""

from django.core.cache import cache

from cluster_portal.core.http import one_at_a_time as module
from cluster_portal.core.http.one_at_a_time import one_at_a_time


def chunks():
    yield b"1"
    yield b"2"


def test_slot_is_held_until_the_content_is_over():
    first = one_at_a_time("over", chunks())
    assert one_at_a_time("over", chunks()) is None

    assert b"".join(first) == b"12"

    assert one_at_a_time("over", chunks()) is not None


def test_download_closed_before_it_begins_frees_its_slot():
    one_at_a_time("closed", chunks()).close()

    assert one_at_a_time("closed", chunks()) is not None


def test_as_many_run_as_there_are_slots():
    held = [one_at_a_time("few", chunks(), slots=2) for _n in range(3)]

    assert [each is None for each in held] == [False, False, True]


def test_who_lost_the_slot_to_time_does_not_free_anothers():
    late = one_at_a_time("late", chunks())
    cache.delete(late.key)  # its life is over
    other = one_at_a_time("late", chunks())

    late.close()

    assert other is not None
    assert one_at_a_time("late", chunks()) is None


def test_slot_lives_as_long_as_the_download_goes_on(monkeypatch):
    monkeypatch.setattr(module, "RENEWED", -1)
    held = one_at_a_time("long", chunks())
    cache.touch(held.key, 1)
    told = []
    monkeypatch.setattr(cache, "touch", lambda key, life: told.append((key, life)))

    next(held)

    assert told == [(held.key, module.LIFE)]
