"""A cache that is away or frozen costs one short wait, then nothing for ten seconds."""

import socket
import time

import pytest

from cluster_portal.core.http.cache import ForgivingRedisCache

pytestmark = pytest.mark.server


@pytest.fixture(autouse=True)
def _forgotten(monkeypatch):
    monkeypatch.setattr(ForgivingRedisCache, "_away_until", 0.0)


@pytest.fixture
def frozen(tmp_path):
    """Redis that takes connections and never answers; `calls` are those taken."""
    path = str(tmp_path / "redis.sock")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        listener.setblocking(False)
        cache = ForgivingRedisCache(f"unix://{path}", {"OPTIONS": {"socket_timeout": 0.5}})
        yield cache, listener


def _connections(listener):
    count = 0
    while True:
        try:
            listener.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


def test_frozen_cache_is_waited_for_once(frozen):
    cache, listener = frozen
    began = time.monotonic()

    answers = [cache.get("a", "none"), cache.get_many(["a"]), cache.add("a", 1), cache.incr("a")]

    assert answers == ["none", {}, True, 1]
    assert time.monotonic() - began < 1.9
    assert _connections(listener) == 1


def test_cache_is_tried_again_after_a_while(frozen, monkeypatch):
    cache, listener = frozen
    cache.get("a")
    monkeypatch.setattr(ForgivingRedisCache, "_away_until", time.monotonic())

    cache.get("a")

    assert _connections(listener) == 2
