"""Acts that meet on a signal, a document and a review; each beside a twin that does not lock."""

import uuid

import pytest

from cluster_portal.core import files
from cluster_portal.core.errors import Refused
from cluster_portal.knowledge.models import LibraryVersion, Signal, SituationReview
from cluster_portal.knowledge.services import library, signals, situation
from projects.services.documents import Sent
from tests.knowledge import situation_factories as make
from tests.races import at_once, slowly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def refused(act, *args, **values):
    """The act, which takes a refusal for an answer."""

    def run():
        try:
            act(*args, **values)
        except Refused:
            pass

    return run


def edit_twice(signal, office, monkeypatch):
    step = slowly(monkeypatch, signals.search, "reindex")
    at_once(*[
        refused(signals.edit_signal, signal, {"title_fi": title}, by=office, seen=signal.stamp)
        for title in ("Ensimmäinen otsikko", "Toinen otsikko")
    ],
        step=step,
    )  # fmt: skip
    signal.refresh_from_db()
    return signal.title_fi


def test_second_editor_of_a_signal_is_told_of_the_first(home_cluster, office, monkeypatch):
    signal = make.signal(home_cluster)

    assert edit_twice(signal, office, monkeypatch) == "Ensimmäinen otsikko"


def test_twin_that_does_not_lock_loses_the_first_edit(home_cluster, office, monkeypatch):
    signal = make.signal(home_cluster)
    monkeypatch.setattr(signals, "locked", lambda one: Signal.objects.get(pk=one.pk))

    assert edit_twice(signal, office, monkeypatch) == "Toinen otsikko"


def send_two_versions(document, office, monkeypatch):
    step = slowly(monkeypatch, files, "store")

    def send(content):
        upload = files.Upload("ohje.txt", "txt", content)
        return lambda: library.add_version(document, Sent(upload, uuid.uuid4()), by=office)

    errors = at_once(send(b"Toinen."), send(b"Kolmas."), step=step)
    numbers = LibraryVersion.objects.filter(document=document).values_list("number", flat=True)
    return len(errors), sorted(numbers)


def test_two_who_send_a_version_get_two_numbers(home_cluster, office, monkeypatch):
    document = make.document(home_cluster)

    assert send_two_versions(document, office, monkeypatch) == (0, [1, 2, 3])


def test_twin_that_does_not_lock_the_document_fails(home_cluster, office, monkeypatch):
    document = make.document(home_cluster)
    monkeypatch.setattr(library, "_locked", lambda one, by: one)

    assert send_two_versions(document, office, monkeypatch) == (1, [1, 2])


def agree_while_it_is_approved(review, company, lead, office, monkeypatch):
    """Whether an opinion was written on what is approved already."""
    step = slowly(monkeypatch, situation, "may_agree_for")
    at_once(
        refused(situation.agree, review, company, agrees=True, otherwise="", by=lead),
        refused(situation.move_review, review, "approve", by=office, reason="Kokous 4/2026"),
        step=step,
    )
    review.refresh_from_db()
    given = review.agreements.get()
    assert review.stage == "approved"
    return given.given_at > review.approved_at


def test_opinion_is_given_before_the_approval(home_cluster, company, lead, office, monkeypatch):
    review = make.review(home_cluster, stage="proposed")

    assert not agree_while_it_is_approved(review, company, lead, office, monkeypatch)


def test_twin_that_does_not_lock_the_review_agrees_too_late(
    home_cluster, company, lead, office, monkeypatch
):
    review = make.review(home_cluster, stage="proposed")
    monkeypatch.setattr(situation, "_locked", lambda one: SituationReview.objects.get(pk=one.pk))

    assert agree_while_it_is_approved(review, company, lead, office, monkeypatch)
