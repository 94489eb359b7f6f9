"""No word that a member typed makes the subject of a letter to somebody else."""

import re

import pytest

from cluster_portal.notifications import kinds
from cluster_portal.notifications.sending import mail_templates
from cluster_portal.notifications.sending.rendering import header_safe
from tests import house

# Titles of published or reviewed content, days, numbers, and the reader's own search.
MAY_BE_SHOWN = {
    *("title", "event.title", "stage", "cluster", "search.name"),
    *("day", "due", "count", "counter", "week", "year", "going_on", "until"),
}
SHOWN = re.compile(r"{{\s*([\w.]+)")
RENAMED = re.compile(r"(\w+)=([\w.]+)")
# A coordinator, or the organiser of a published event, writes the subject too.
LETTERS = {"letter", "letter_test", "event_letter"}
# What is about content that nobody has published or reviewed yet.
UNREVIEWED = {
    "challenge_submitted",
    "event_submitted",
    "event_taken_back",
    "topic_submitted",
    "signal_proposed",
}


def shown_in(kind):
    source = (house.ROOT / f"templates/mail/{kind.name}.md").read_text(encoding="utf-8")
    subject = source.partition("\n\n")[0]
    renamed = dict(RENAMED.findall(subject))
    return {renamed.get(name, name) for name in SHOWN.findall(subject)}


@pytest.mark.parametrize("kind", kinds.every(), ids=lambda kind: kind.name)
def test_subject_shows_nothing_that_a_stranger_typed(kind):
    allowed = set() if kind.name in UNREVIEWED else MAY_BE_SHOWN
    allowed = {"subject"} if kind.name in LETTERS else allowed

    assert shown_in(kind) <= allowed


@pytest.mark.parametrize(
    "name", ["organisation_invitation", "application_received", "contact_request"]
)
def test_subject_to_a_stranger_is_neutral(name):
    typed = dict.fromkeys(["name", "person", "sender", "organisation", "inviter"], "VOITIT!")

    subject = header_safe(mail_templates.subject(f"mail/{name}.md", {**typed, "values": typed}))

    assert subject
    assert "VOITIT!" not in subject
