"""Who moves a letter from which stage to which."""

import pytest
from django.utils import timezone

from cluster_portal.notifications.models import Letter, letters
from tests.notifications.letter_writing import letter
from tests.workflows import reasoned, steps, wanted

WRITERS = "office admin"
LETTER = {
    "send": (WRITERS, {"draft": "sending"}),
    "schedule": (WRITERS, {"draft": "scheduled"}),
    "take_back": (WRITERS, {"scheduled": "draft"}),
    "stop": (WRITERS, {"sending": "cancelled"}),
}


@pytest.mark.parametrize("stage", letters.Stage)
def test_letter_moves_by_its_table(stage, cast, home_cluster):
    made = letter(home_cluster)
    now = timezone.now()
    sent_at = now if stage == letters.Stage.SENT else None
    Letter.objects.update(stage=stage, send_at=now, composed_at=now, sent_at=sent_at)
    made.refresh_from_db()

    assert steps(letters.MOVES, made, cast) == wanted(LETTER, stage)


def test_no_step_of_a_letter_needs_a_reason():
    assert reasoned(letters.MOVES) == set()
