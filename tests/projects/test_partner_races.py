"""A role given twice, an invitation accepted while it is taken back or expires; with twins."""

import datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from projects.models import Partnership, Project
from projects.services import ideas, partnerships
from tests import factories
from tests.projects import factories as make
from tests.races import at_once, slowly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def unlocked(project):
    return Project.objects.get(pk=project.pk)


def member_of(cluster):
    made = factories.organisation()
    factories.membership(made, cluster)
    person = factories.user()
    factories.affiliation(person, made, role="contact")
    return made, person


def idea_of(home_cluster):
    owner, lead = member_of(home_cluster)
    return make.idea(home_cluster, organisation=owner, visibility="members"), lead


def outcomes(*acts):
    """What each of the acts came to, at once."""
    found = []

    def tried(act):
        def run():
            try:
                act()
                found.append("done")
            except (Refused, IntegrityError, Partnership.DoesNotExist) as fault:
                found.append(type(fault).__name__)

        return run

    at_once(*(tried(act) for act in acts))
    return sorted(found)


def give_one_role_to_two(home_cluster, monkeypatch):
    idea, lead = idea_of(home_cluster)
    role = make.role(idea)
    offers = [
        partnerships.offer(idea, firm, by=person, role=role)
        for firm, person in (member_of(home_cluster), member_of(home_cluster))
    ]
    slowly(monkeypatch, partnerships, "unmarked")
    first, second = offers
    return outcomes(
        lambda: partnerships.answer(first, "welcome", by=lead),
        lambda: partnerships.answer(second, "welcome", by=lead),
    )


def test_role_is_given_to_one_of_two(home_cluster, monkeypatch):
    assert give_one_role_to_two(home_cluster, monkeypatch) == ["Refused", "done"]


def test_twin_that_does_not_lock_runs_into_the_constraint(home_cluster, monkeypatch):
    monkeypatch.setattr(ideas, "locked", unlocked)

    assert give_one_role_to_two(home_cluster, monkeypatch) == ["IntegrityError", "done"]


def accept_while(home_cluster, monkeypatch, act, **values):
    """An invitation is being accepted, and before that is over somebody else acts on it."""
    idea, lead = idea_of(home_cluster)
    firm, person = member_of(home_cluster)
    row = partnerships.invite(make.role(idea), firm, by=lead)
    Partnership.objects.filter(pk=row.pk).update(**values)
    slowly(monkeypatch, partnerships, "unmarked")
    outcomes(lambda: partnerships.answer(row, "accept", by=person), lambda: act(row, lead))
    return row


def take_back_while_it_is_accepted(home_cluster, monkeypatch):
    """What the company is told that it has lost."""
    accept_while(
        home_cluster,
        monkeypatch,
        lambda row, lead: partnerships.remove(row, by=lead, reason="Syy."),
        stage="invited",
    )
    assert not Partnership.objects.exists()
    return OutboxMail.objects.get(kind="partner_removed").values["stage"]


def test_company_that_has_just_accepted_hears_that_it_is_out(home_cluster, monkeypatch):
    assert take_back_while_it_is_accepted(home_cluster, monkeypatch) == "accepted"


def test_twin_that_does_not_lock_says_that_an_invitation_was_taken_back(home_cluster, monkeypatch):
    monkeypatch.setattr(ideas, "locked", unlocked)

    assert take_back_while_it_is_accepted(home_cluster, monkeypatch) == "invited"


def expire_while_it_is_accepted(home_cluster, monkeypatch):
    """At midnight: who accepts is just in time, and the round just finds it late."""
    monkeypatch.setattr(Partnership, "is_overdue", False)
    row = accept_while(
        home_cluster,
        monkeypatch,
        lambda _row, _lead: partnerships.expire_overdue(),
        answer_by=timezone.localdate() - datetime.timedelta(days=1),
    )
    row.refresh_from_db()
    return row.stage, OutboxMail.objects.filter(kind="partner_answered").count()


def test_invitation_accepted_in_time_does_not_expire(home_cluster, monkeypatch):
    assert expire_while_it_is_accepted(home_cluster, monkeypatch) == ("accepted", 1)


def test_twin_that_does_not_lock_expires_what_was_accepted(home_cluster, monkeypatch):
    monkeypatch.setattr(ideas, "locked", unlocked)

    assert expire_while_it_is_accepted(home_cluster, monkeypatch) == ("expired", 2)
