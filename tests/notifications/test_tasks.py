import logging
import threading
import time

from cluster_portal.notifications.tasks import Doorbell


def test_doorbell_does_not_wait_for_a_frozen_broker():
    thawed = threading.Event()
    bell = Doorbell(thawed.wait)
    began = time.monotonic()

    for _ in range(100):
        bell.press()

    assert time.monotonic() - began < 5
    thawed.set()


def test_doorbell_rings_once_more_for_all_presses_while_it_rang():
    rings, first, may_end, second = [], threading.Event(), threading.Event(), threading.Event()

    def ring():
        rings.append(1)
        (first if len(rings) == 1 else second).set()
        may_end.wait(5)

    bell = Doorbell(ring)
    bell.press()
    first.wait(5)
    for _ in range(10):
        bell.press()
    may_end.set()

    assert second.wait(5)
    assert len(rings) == 2


def test_doorbell_survives_a_broker_that_is_away(caplog):
    rung = threading.Event()

    def ring():
        if not caplog.records:
            raise ConnectionError
        rung.set()

    bell = Doorbell(ring)
    with caplog.at_level(logging.WARNING):
        bell.press()
        while not caplog.records:
            time.sleep(0.01)
        bell.press()

    assert rung.wait(5)


def test_doorbell_rests_after_a_ring_so_that_a_burst_is_two_rings():
    rings, both = [], threading.Event()

    def ring():
        rings.append(time.monotonic())
        if len(rings) == 2:
            both.set()

    bell = Doorbell(ring, rest=1)
    began = time.monotonic()
    while time.monotonic() < began + 0.2:
        bell.press()
        time.sleep(0.005)

    assert both.wait(5)
    time.sleep(0.1)
    assert len(rings) == 2
    assert rings[1] - rings[0] >= 1


def test_doorbell_rings_at_once_when_it_has_rested():
    rung = threading.Event()
    bell = Doorbell(rung.set, rest=0.05)
    bell.press()
    rung.wait(5)
    time.sleep(0.1)
    rung.clear()

    bell.press()

    assert rung.wait(5)
