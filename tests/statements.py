"""How many statements a page costs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from unittest import mock

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cluster_portal.core import vocabulary

if TYPE_CHECKING:
    from django.test import Client

FRAME = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def of_page(client: Client, path: str) -> list[str]:
    """The statements of a page that has been asked for once before, without its transaction's."""
    vocabulary.forget_terms()
    with mock.patch.object(vocabulary, "KEPT_SECONDS", math.inf):  # else read anew each minute
        client.get(path)
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(path)
    vocabulary.forget_terms()
    assert answer.status_code == 200
    return [each["sql"] for each in caught if not each["sql"].startswith(FRAME)]
