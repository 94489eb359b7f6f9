import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter, page_link
from projects.models import Challenge, Measure, Programme, Project
from projects.models.challenges import MOVES as CHALLENGE_MOVES
from projects.models.projects import MOVES, PATH
from projects.models.projects import Stage as ProjectStage
from projects.services.challenges import close_overdue, move_challenge
from projects.services.programmes import approve_programme, delay_overdue
from projects.services.projects import move_project
from tests.projects import factories as make


def told(kind):
    return sorted(OutboxMail.objects.filter(kind=kind).values_list("recipient__email", flat=True))


@pytest.fixture
def project(home_cluster, company):
    return make.project(home_cluster, organisation=company, stage="applied")


def test_step_tells_the_contacts_but_not_who_took_it(project, lead, member, office):
    move_project(project, "grant", by=office)

    assert Project.objects.get().stage == "granted"
    assert told("project_moved") == [lead.email]
    assert audit.of(project).get(action="grant").actor == office


def test_own_contact_takes_a_step(project, lead):
    move_project(project, "grant", by=lead)

    assert Project.objects.get().stage == "granted"
    assert told("project_moved") == []


@pytest.mark.parametrize("person", ["outsider", "member", "other_office"])
def test_step_is_refused_to_others(person, project, request):
    with pytest.raises(Refused):
        move_project(project, "grant", by=request.getfixturevalue(person))


@pytest.mark.parametrize("reason", ["", "   ", "Asia on SALASSA PIDETTÄVÄ"])
def test_side_exit_needs_a_reason_that_may_be_stored(reason, project, office):
    with pytest.raises(Refused):
        move_project(project, "reject", by=office, reason=reason)

    assert Project.objects.get().stage == "applied"


def test_step_out_of_turn_is_refused(project, office):
    with pytest.raises(Refused):
        move_project(project, "start", by=office)


def test_every_stage_can_be_left_or_is_an_end():
    left = {stage for move in MOVES.moves.values() for stage in move.sources}

    assert set(ProjectStage) - left == {ProjectStage.FOLLOW_UP, ProjectStage.DISCONTINUED}
    assert {move.target for move in MOVES.moves.values()} >= set(PATH) - {ProjectStage.IDEA}


@pytest.fixture
def challenge(home_cluster, company):
    return make.challenge(home_cluster, organisation=company, stage="draft", published_at=None)


def test_challenge_goes_through_review_to_readers(challenge, lead, office):
    move_challenge(challenge, "submit", by=lead)
    move_challenge(challenge, "publish", by=office)

    challenge.refresh_from_db()
    assert (challenge.stage, challenge.published_at is not None) == ("open", True)
    assert told("challenge_submitted") == [office.email]
    assert told("challenge_moved") == [lead.email]


def test_contact_cannot_publish(challenge, lead):
    with pytest.raises(Refused):
        move_challenge(challenge, "publish", by=lead)


def test_challenge_past_its_deadline_is_not_published(challenge, office):
    Challenge.objects.update(closes_at=timezone.now())

    with pytest.raises(Refused):
        move_challenge(challenge, "publish", by=office)


def test_unmatched_challenge_is_kept_with_its_reason(challenge, office):
    Challenge.objects.update(stage="closed", published_at=timezone.now())

    move_challenge(challenge, "give_up", by=office, reason="Kukaan ei vastannut.")

    assert Challenge.objects.get().decided_at is not None
    assert audit.of(challenge).get(action="give_up").reason == "Kukaan ei vastannut."
    assert not CHALLENGE_MOVES.open_to(Challenge.objects.get(), office)


def test_round_closes_what_is_over_once(home_cluster, company, lead):
    make.challenge(home_cluster, organisation=company)
    over = make.challenge(home_cluster, organisation=company, closes_at=timezone.now())

    closed = [close_overdue(), close_overdue()]

    assert closed == [1, 0]
    assert Challenge.objects.get(stage="closed") == over
    assert told("challenge_moved") == [lead.email]


def test_programme_without_owner_is_refused_and_says_what_is_missing(home_cluster, office):
    draft = make.programme(home_cluster)
    make.measure(draft, goal=6, number=3)

    with pytest.raises(Refused) as refused:
        approve_programme(draft, by=office)

    assert "6.3" in refused.value.message
    assert "Ylläpitävä taho puuttuu." in refused.value.message
    assert Programme.objects.get().stage == "draft"


def test_empty_programme_is_refused(home_cluster, company, office):
    draft = make.programme(home_cluster, organisation=company)

    with pytest.raises(Refused):
        approve_programme(draft, by=office)


def test_approval_replaces_the_version_in_force(home_cluster, company, office, lead):
    old = make.approved_programme(home_cluster, company)
    new = make.programme(home_cluster, version=2, organisation=company)
    make.measure(new, responsible=company)

    approve_programme(new, by=office)

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.stage, new.stage, new.approved_by) == ("replaced", "approved", office)
    assert told("programme_approved") == [lead.email]


def test_approval_is_refused_to_another_clusters_coordinator(home_cluster, company, other_office):
    draft = make.programme(home_cluster, organisation=company)
    make.measure(draft, responsible=company)

    with pytest.raises(Refused):
        approve_programme(draft, by=other_office)


def test_database_refuses_approval_without_owners(home_cluster, company):
    draft = make.programme(home_cluster, organisation=company)
    make.measure(draft)

    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.update(stage="approved", approved_on=timezone.localdate())


def test_database_refuses_to_take_the_owner_from_an_approved_measure(home_cluster, company):
    make.approved_programme(home_cluster, company)

    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.update(responsible=None)


def test_database_refuses_an_approved_programme_without_maintainer(home_cluster, company):
    make.approved_programme(home_cluster, company)

    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.update(organisation=None)


def test_overdue_measure_is_delayed_and_its_owner_told_once(home_cluster, company, lead):
    make.approved_programme(home_cluster, company)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Measure.objects.update(ends_on=yesterday)

    touched = [delay_overdue(), delay_overdue()]

    assert touched == [1, 0]
    assert Measure.objects.get().state == "delayed"
    assert told("measure_delayed") == [lead.email]


def test_letter_about_a_measure_leads_through_signing_in(home_cluster, company, lead):
    make.approved_programme(home_cluster, company)
    Measure.objects.update(ends_on=timezone.localdate() - datetime.timedelta(days=1))

    delay_overdue()

    text = letter(OutboxMail.objects.get(kind="measure_delayed")).text
    assert page_link(Measure.objects.get().get_absolute_url()) in text


def test_measure_late_again_after_it_got_more_time_is_told_of_again(home_cluster, company, lead):
    make.approved_programme(home_cluster, company)
    today = timezone.localdate()
    Measure.objects.update(ends_on=today - datetime.timedelta(days=9))
    delay_overdue()

    Measure.objects.update(ends_on=today - datetime.timedelta(days=1))

    assert [delay_overdue(), delay_overdue()] == [1, 0]
    assert told("measure_delayed") == [lead.email] * 2


@pytest.mark.parametrize(
    "values",
    [
        {"stage": "nonsense"},
        {"slug": "challenges"},
        {"visibility": "everyone"},
        {"instrument": "lottery"},
        {"scopes": ["galactic"]},
        {"starts_on": datetime.date(2026, 2, 1), "ends_on": datetime.date(2026, 1, 1)},
    ],
)
def test_database_refuses_an_impossible_project(values, home_cluster):
    project = make.project(home_cluster)

    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(**values)


def test_project_has_one_lead(home_cluster, company, project):
    make.partnership(project, company, role="lead")

    with pytest.raises(IntegrityError), transaction.atomic():
        make.partnership(project, make.project(home_cluster).organisation or company, role="lead")
