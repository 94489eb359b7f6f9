"""Acts that meet: hiding and saving a profile, a form sent twice; each beside an unlocked twin."""

import pytest

from members.models import ExpertFace, ExpertProfile, TenderNotice
from members.models.experts import Stage
from members.services import experts, tenders
from tests import factories
from tests.members.test_experts import expert, told
from tests.members.test_tenders import draft
from tests.races import at_once, slowly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def hide_and_save(profile, monkeypatch):
    person = profile.user
    at_once(
        lambda: experts.move(profile, "hide", by=person),
        lambda: experts.save_profile(person, told(), by=person),
        step=slowly(monkeypatch, experts, "_draw"),
    )
    profile.refresh_from_db()
    return profile.stage, ExpertFace.objects.exists()


def test_saving_does_not_show_again_what_is_being_hidden(home_cluster, monkeypatch):
    profile = expert(home_cluster)

    assert hide_and_save(profile, monkeypatch) == (Stage.OFF, False)


def test_twin_that_does_not_lock_shows_it_again(home_cluster, monkeypatch):
    profile = expert(home_cluster)
    monkeypatch.setattr(
        experts, "_locked", lambda user: ExpertProfile.objects.filter(user=user).first()
    )

    assert hide_and_save(profile, monkeypatch) == (Stage.SHOWN, True)


def save_twice(person, monkeypatch):
    def save():
        experts.save_profile(person, told(), by=person)

    return at_once(save, save, step=slowly(monkeypatch, experts, "_draw"))


def test_first_form_sent_twice_makes_one_profile(home_cluster, monkeypatch):
    assert save_twice(factories.user(), monkeypatch) == []
    assert ExpertProfile.objects.count() == 1


def test_twin_that_does_not_take_turns_fails(home_cluster, monkeypatch):
    monkeypatch.setattr(experts, "_take_turns", lambda user: None)

    assert len(save_twice(factories.user(), monkeypatch)) == 1


def propose_twice(home_cluster, member, monkeypatch):
    def propose():
        tenders.propose(draft(), home_cluster, by=member)

    step = slowly(monkeypatch, tenders.search, "reindex")
    return at_once(propose, propose, step=step)


def test_notice_proposed_twice_at_once_is_one(home_cluster, member, monkeypatch):
    assert propose_twice(home_cluster, member, monkeypatch) == []
    assert TenderNotice.objects.count() == 1


def test_twin_that_does_not_wait_is_stopped_by_the_database(home_cluster, member, monkeypatch):
    monkeypatch.setattr(tenders, "_take_turns", lambda cluster: None)

    assert len(propose_twice(home_cluster, member, monkeypatch)) == 1
