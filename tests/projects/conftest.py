from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _finnish() -> Iterator[None]:
    """A page asked for in another language leaves that language active in the test's thread."""
    with translation.override("fi"):
        yield
