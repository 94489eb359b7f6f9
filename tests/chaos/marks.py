"""What every test of these folders bears."""

from __future__ import annotations

import os

import pytest

from cluster_portal.home.demo.places import CHECKOUT


def mark(items: list[pytest.Item], folder: str) -> None:
    """They run one after the other: with xdist each worker would start a portal of its own."""
    inside = [item for item in items if item.path.is_relative_to(CHECKOUT / "tests" / folder)]
    for item in inside:
        item.add_marker(pytest.mark.chaos)
        item.add_marker(pytest.mark.smtp)
        item.add_marker(pytest.mark.django_db(transaction=True))
        if "PYTEST_XDIST_WORKER" in os.environ:
            item.add_marker(pytest.mark.skip(reason="one after the other: make chaos"))
