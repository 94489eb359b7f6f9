import datetime

import pytest
from django.utils import timezone, translation

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from tests.theses import parties
from theses.models import LightReport
from theses.models.choices import Stage as TopicStage
from theses.models.works import Light, Stage
from theses.services import workspace

WHOLE = {
    "signed_on": datetime.date(2026, 1, 15),
    "permits": "not_needed",
    "data": "public",
    "rights": "licence",
}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def mentor(company):
    return parties.supervisor(company, name="mentor")


@pytest.fixture
def thesis(topic, student, lead, mentor):
    return parties.thesis(topic, student, mentor)


@pytest.fixture
def running(topic, student, lead, mentor):
    return parties.working(topic, student, mentor)


def told(kind):
    rows = OutboxMail.objects.filter(kind=kind).order_by("recipient__email")
    return [row.recipient.email for row in rows]


def agree(thesis, *people):
    for person in people:
        workspace.confirm_agreement(thesis, by=person)
    thesis.refresh_from_db()
    return thesis


def test_thesis_is_agreed_when_all_three_have_confirmed(thesis, student, lead, mentor):
    workspace.change_agreement(thesis, WHOLE, by=lead)

    assert agree(thesis, student, lead).stage == Stage.MATCHED
    assert agree(thesis, mentor).stage == Stage.AGREED

    topic = thesis.topic
    topic.refresh_from_db()
    assert topic.stage == TopicStage.AGREED
    assert len(told("thesis_agreed")) == 3


@pytest.mark.parametrize(
    "open_point",
    [{"signed_on": None}, {"permits": "applied"}, {"data": "open"}, {"rights": "open"}],
)
def test_unsettled_list_cannot_be_confirmed(thesis, student, lead, open_point):
    workspace.change_agreement(thesis, {**WHOLE, **open_point}, by=lead)

    with pytest.raises(Refused, match="Settle every point"):
        workspace.confirm_agreement(thesis, by=student)


def test_change_asks_all_anew_and_tells_the_others(thesis, student, lead, mentor):
    workspace.change_agreement(thesis, WHOLE, by=lead)
    agree(thesis, student, mentor)

    workspace.change_agreement(thesis, {"rights": "transfer"}, by=lead)

    agreement = thesis.agreement
    agreement.refresh_from_db()
    assert [agreement.student_at, agreement.commissioner_at, agreement.supervisor_at] == [None] * 3
    assert told("agreement_changed").count("student@example.org") == 2


def test_saving_the_same_changes_nothing(thesis, student, lead):
    workspace.change_agreement(thesis, WHOLE, by=lead)
    agree(thesis, student)

    workspace.change_agreement(thesis, WHOLE, by=lead)

    thesis.agreement.refresh_from_db()
    assert thesis.agreement.student_at is not None


def test_changing_what_was_agreed_opens_it_again(thesis, student, lead, mentor):
    workspace.change_agreement(thesis, WHOLE, by=lead)
    agree(thesis, student, lead, mentor)

    workspace.change_agreement(thesis, {"data": "agreed"}, by=student)

    thesis.refresh_from_db()
    assert thesis.stage == Stage.MATCHED


def test_coordinator_does_not_confirm_for_the_commissioner(thesis, lead, office):
    workspace.change_agreement(thesis, WHOLE, by=office)

    with pytest.raises(Refused, match="parties themselves"):
        workspace.confirm_agreement(thesis, by=office)


def test_coordinator_confirms_where_the_commissioner_has_nobody(thesis, lead, office):
    lead.is_active = False
    lead.save()
    workspace.change_agreement(thesis, WHOLE, by=office)

    assert workspace.confirm_agreement(thesis, by=office).commissioner_at is not None


def test_stranger_cannot_change_the_agreement(thesis, member):
    with pytest.raises(Refused):
        workspace.change_agreement(thesis, WHOLE, by=member)


def test_agreement_waits_for_the_supervisor(topic, student, lead):
    seeking = parties.thesis(topic, student)
    workspace.change_agreement(seeking, WHOLE, by=student)

    with pytest.raises(Refused, match="all three parties are known"):
        workspace.confirm_agreement(seeking, by=student)


def test_usual_milestones_are_proposed_once_in_the_students_language(thesis, student, lead, mentor):
    student.language = "fi"
    student.save()
    workspace.change_agreement(thesis, WHOLE, by=lead)

    agree(thesis, student, lead, mentor)
    workspace.propose_milestones(thesis)

    rows = list(thesis.milestones.all())
    assert len(rows) == 6
    assert rows[-1].due_on == timezone.localdate() + datetime.timedelta(days=150)
    assert rows[0].title == "Suunnitelma"


def test_milestone_is_added_ticked_and_removed(running, mentor):
    values = {"title": "Haastattelut", "due_on": timezone.localdate()}
    made = workspace.save_milestone(running, values, by=mentor)

    assert workspace.tick_milestone(made, by=mentor).done_on == timezone.localdate()
    assert workspace.tick_milestone(made, by=mentor).done_on is None
    workspace.remove_milestone(made, by=mentor)
    assert not running.milestones.exists()


def test_stranger_adds_no_milestone(running, member):
    with pytest.raises(Refused):
        workspace.save_milestone(running, {"title": "X"}, by=member)


def test_milestones_stay_few(running, mentor):
    values = {"title": "Vaihe", "due_on": timezone.localdate()}
    for _ in range(40):
        workspace.save_milestone(running, values, by=mentor)

    with pytest.raises(Refused, match="At most 40"):
        workspace.save_milestone(running, values, by=mentor)


def test_target_lies_after_the_beginning(running, mentor):
    with pytest.raises(Refused, match="before it began"):
        workspace.set_target(running, running.started_on - datetime.timedelta(days=1), by=mentor)


def test_green_light_tells_nobody(running, student):
    workspace.set_light(running, Light.GREEN, by=student)

    assert told("thesis_light") == []
    assert LightReport.objects.get().light == Light.GREEN


def test_yellow_is_told_to_the_other_parties(running, student, office):
    workspace.set_light(running, Light.YELLOW, by=student)

    assert told("thesis_light") == ["lead@example.org", "mentor@example.org"]


def test_red_is_told_to_the_coordinator_too(running, student, office):
    workspace.set_light(running, Light.RED, by=student, note="Aineistoa ei saada.")

    assert told("thesis_light") == ["lead@example.org", "mentor@example.org", "office@example.org"]
    running.refresh_from_db()
    assert (running.light, running.light_note) == (Light.RED, "Aineistoa ei saada.")


def test_red_demands_a_message(running, student):
    with pytest.raises(Refused, match="stuck"):
        workspace.set_light(running, Light.RED, by=student, note="  ")


def test_supervisor_cannot_set_the_light(running, mentor):
    with pytest.raises(Refused, match="student herself"):
        workspace.set_light(running, Light.GREEN, by=mentor)


def test_light_is_set_only_while_the_work_goes_on(thesis, student):
    with pytest.raises(Refused, match="while the work goes on"):
        workspace.set_light(thesis, Light.YELLOW, by=student)
