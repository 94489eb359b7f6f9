import datetime

import pytest
from django.utils import timezone, translation

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from members.services import affiliations
from tests import factories
from tests.theses import factories as made
from tests.theses import parties
from theses.models import SupervisionRequest, Thesis, Topic
from theses.models.choices import Origin
from theses.models.supervision import Stage
from theses.models.terms import free_seats
from theses.models.works import Stage as WorkStage
from theses.models.works import is_party
from theses.services import applications, leavers, seats, supervision


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def first(company):
    return parties.supervisor(company, name="first")


@pytest.fixture
def second(company):
    return parties.supervisor(company, name="second")


@pytest.fixture
def thesis(topic, student, lead):
    return parties.thesis(topic, student)


def told(kind):
    rows = OutboxMail.objects.filter(kind=kind).order_by("recipient__email")
    return [row.recipient.email for row in rows]


def stages(thesis):
    rows = thesis.requests.order_by("rank").select_related("supervisor")
    return [(row.supervisor.last_name, row.stage) for row in rows]


def ask(thesis, by, *people, **values):
    return supervision.choose_supervisors(thesis, people, by=by, **values)


def overdue(thesis):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    thesis.requests.filter(stage=Stage.ASKED).update(answer_by=yesterday)


def test_first_of_the_order_is_asked(thesis, student, first, second):
    request = ask(thesis, student, first, second)

    assert request.supervisor == first
    assert request.answer_by == timezone.localdate() + datetime.timedelta(days=10)
    assert stages(thesis) == [("first", "asked"), ("second", "queued")]
    assert told("supervision_asked") == ["first@example.org"]


def test_commissioner_can_choose_too(thesis, lead, first):
    assert ask(thesis, lead, first, days=5).stage == Stage.ASKED


def test_stranger_cannot_choose(thesis, member, first):
    with pytest.raises(Refused):
        ask(thesis, member, first)


@pytest.mark.parametrize("days", [2, 61])
def test_time_to_answer_is_within_reason(thesis, student, first, days):
    with pytest.raises(Refused, match="3–60 days"):
        ask(thesis, student, first, days=days)


def test_somebody_without_profile_cannot_be_asked(thesis, student, outsider):
    with pytest.raises(Refused, match="no supervisor’s profile"):
        ask(thesis, student, outsider)


def test_student_cannot_supervise_herself(thesis, student, company):
    made.supervisor_profile(student, company)

    with pytest.raises(Refused, match="her own"):
        ask(thesis, student, student)


def test_nobody_is_chosen_twice(thesis, student, first):
    ask(thesis, student, first)

    with pytest.raises(Refused, match="chosen already"):
        ask(thesis, student, first)


def test_more_than_ten_are_refused(thesis, student, company):
    with pytest.raises(Refused, match="At most 10"):
        ask(thesis, student, *(parties.supervisor(company) for _ in range(11)))


def test_accepting_takes_a_seat_and_completes_the_match(thesis, student, first, second):
    request = ask(thesis, student, first, second)

    supervision.answer(request, "accept", by=first)

    thesis.refresh_from_db()
    assert (thesis.stage, thesis.supervisor) == (WorkStage.MATCHED, first)
    assert free_seats(first) == 0
    assert stages(thesis) == [("first", "accepted"), ("second", "withdrawn")]
    assert told("thesis_matched") == [
        "first@example.org",
        "lead@example.org",
        "student@example.org",
    ]


def test_only_she_who_is_asked_answers(thesis, student, first, second):
    request = ask(thesis, student, first)

    with pytest.raises(Refused):
        supervision.answer(request, "accept", by=second)


def test_declining_needs_a_reason(thesis, student, first):
    request = ask(thesis, student, first)

    with pytest.raises(Refused, match="reason"):
        supervision.answer(request, "decline", by=first, reason=" ")


def test_declining_asks_the_next_and_tells_both_sides(thesis, student, lead, first, second):
    request = ask(thesis, student, first, second)

    supervision.answer(request, "decline", by=first, reason="Virkavapaalla.")

    assert stages(thesis) == [("first", "declined"), ("second", "asked")]
    assert told("supervision_answered") == ["lead@example.org", "student@example.org"]


def test_waiting_asks_the_next_and_can_still_accept(thesis, student, first, second):
    request = ask(thesis, student, first, second)
    other = factories.user()
    held = parties.thesis(made.topic(thesis.topic.organisation, thesis.topic.home_cluster), other)
    supervision.take_on(held, first, by=other)

    supervision.answer(request, "wait", by=first)
    assert stages(thesis) == [("first", "waiting"), ("second", "asked")]
    seats.set_capacity(first.supervisor_profile, *parties.term(first), 2, first)
    supervision.answer(request, "accept", by=first)

    assert stages(thesis) == [("first", "accepted"), ("second", "withdrawn")]
    assert told("supervision_withdrawn") == ["second@example.org"]


def test_waiting_with_room_is_refused(thesis, student, first):
    request = ask(thesis, student, first)

    with pytest.raises(Refused, match="You have room"):
        supervision.answer(request, "wait", by=first)


def test_full_supervisor_waits_and_the_next_is_asked(thesis, student, company, second):
    full = parties.supervisor(company, room=0, name="full")

    asked = ask(thesis, student, full, second)

    assert asked.supervisor == second
    assert stages(thesis) == [("full", "waiting"), ("second", "asked")]
    assert told("supervision_waiting") == ["full@example.org"]


def test_accepting_without_room_is_refused(thesis, student, first):
    request = ask(thesis, student, first)
    seats.take(first)

    with pytest.raises(Refused, match="no room"):
        supervision.answer(request, "accept", by=first)

    thesis.refresh_from_db()
    assert thesis.stage == WorkStage.SEEKING


def test_room_that_appears_asks_who_waits(
    thesis, student, company, django_capture_on_commit_callbacks
):
    full = parties.supervisor(company, room=0, name="full")
    ask(thesis, student, full)
    term = parties.seats_of(full)

    with django_capture_on_commit_callbacks(execute=True):
        seats.set_capacity(full.supervisor_profile, term.year, term.half, 1, full)

    assert stages(thesis) == [("full", "asked")]
    assert told("supervision_asked") == ["full@example.org"]


def test_hourly_round_asks_who_waits_for_a_new_term(thesis, student, company):
    full = parties.supervisor(company, room=0, name="full")
    ask(thesis, student, full)
    profile = full.supervisor_profile
    profile.seats.update(capacity=2)

    assert supervision.run_hourly() == 1
    assert stages(thesis) == [("full", "asked")]


def test_without_answer_in_time_the_next_is_asked(thesis, student, first, second):
    ask(thesis, student, first, second)
    overdue(thesis)

    assert supervision.expire_unanswered() == 1
    assert supervision.expire_unanswered() == 0
    assert stages(thesis) == [("first", "expired"), ("second", "asked")]
    assert told("supervision_withdrawn") == ["first@example.org"]


def test_reminder_comes_once_three_days_before(thesis, student, first):
    request = ask(thesis, student, first)
    assert supervision.remind_asked() == 0
    before = timezone.now() - datetime.timedelta(days=7)
    soon = timezone.localdate() + datetime.timedelta(days=3)
    SupervisionRequest.objects.filter(pk=request.pk).update(asked_at=before, answer_by=soon)

    assert supervision.remind_asked() == 1
    assert supervision.remind_asked() == 0
    assert told("supervision_reminder") == ["first@example.org"]


def test_taking_the_request_back_asks_the_next(thesis, student, first, second):
    request = ask(thesis, student, first, second)

    supervision.answer(request, "withdraw", by=student)

    assert stages(thesis) == [("first", "withdrawn"), ("second", "asked")]
    assert told("supervision_answered") == []


def test_order_of_those_not_yet_asked_changes(thesis, student, company, first, second):
    third = parties.supervisor(company, name="third")
    ask(thesis, student, first, second, third)
    last = thesis.requests.get(supervisor=third)

    supervision.move_request(last, up=True, by=student)
    supervision.move_request(last, up=True, by=student)

    assert [name for name, _stage in stages(thesis)] == ["first", "third", "second"]


def test_who_is_asked_keeps_her_place(thesis, student, first, second):
    request = ask(thesis, student, first, second)

    with pytest.raises(Refused, match="not been asked"):
        supervision.move_request(request, up=False, by=student)


def test_supervisor_of_the_topic_takes_the_student_at_once(topic, student, lead, first):
    topic.supervisor = first
    topic.save()
    application = applications.apply(topic, by=student, motivation="Miksi", school="Opisto")

    applications.accept_application(application, by=lead)

    thesis = Thesis.objects.get()
    assert (thesis.stage, thesis.supervisor) == (WorkStage.MATCHED, first)
    assert free_seats(first) == 0


def test_full_supervisor_of_the_topic_waits(topic, student, lead, company):
    topic.supervisor = parties.supervisor(company, room=0, name="full")
    topic.save()
    application = applications.apply(topic, by=student, motivation="Miksi", school="Opisto")

    applications.accept_application(application, by=lead)

    thesis = Thesis.objects.get()
    assert thesis.stage == WorkStage.SEEKING
    assert stages(thesis) == [("full", "waiting")]


def test_without_commissioner_the_match_is_not_complete(home_cluster, student, first):
    topic = made.topic(None, home_cluster, origin="student", student=student)
    thesis = parties.thesis(topic, student)

    supervision.take_on(thesis, first, by=student)

    thesis.refresh_from_db()
    assert (thesis.stage, thesis.supervisor) == (WorkStage.SEEKING, first)


def test_old_supervisor_stays_until_the_new_one_accepts(topic, student, first, second):
    thesis = parties.thesis(topic, student, first, stage=WorkStage.IN_PROGRESS)
    request = ask(thesis, student, second)
    thesis.refresh_from_db()
    assert thesis.supervisor == first

    supervision.answer(request, "accept", by=second)

    thesis.refresh_from_db()
    assert (thesis.stage, thesis.supervisor) == (WorkStage.IN_PROGRESS, second)
    assert (free_seats(first), free_seats(second)) == (1, 0)
    assert told("supervision_withdrawn") == ["first@example.org"]
    assert "student@example.org" in told("thesis_supervisor_changed")


def closed(person):
    person.is_active = False
    person.save()


def test_who_proposed_the_topic_leaves_the_work_with_her_supervision(
    topic, student, lead, first, second
):
    """The topic stays theirs to edit; the student's work is the three parties' own."""
    topic.origin, topic.supervisor = Origin.SUPERVISOR, first
    topic.save()
    thesis = parties.working(topic, student, first)
    request = ask(thesis, student, second)

    supervision.answer(request, "accept", by=second)
    thesis = Thesis.objects.get(pk=thesis.pk)

    assert topic in Topic.objects.editable_by(first)
    assert not Thesis.objects.editable_by(first).exists()
    assert not is_party(thesis, first)
    assert is_party(thesis, lead)
    assert [Thesis.objects.editable_by(each).count() for each in (second, lead, student)] == [1] * 3


def test_who_proposes_a_topic_without_commissioner_follows_its_thesis(home_cluster, student, first):
    topic = made.topic(None, home_cluster, origin=Origin.SUPERVISOR, supervisor=first)
    thesis = parties.thesis(topic, student)

    assert is_party(thesis, first)
    assert Thesis.objects.editable_by(first).get() == thesis


def test_thesis_of_a_closed_account_seeks_anew(topic, student, lead, first, second, office):
    thesis = parties.thesis(topic, student, first)
    ask(thesis, student, second)
    closed(first)

    assert supervision.replace_closed_accounts() == 1
    assert supervision.replace_closed_accounts() == 0
    thesis.refresh_from_db()
    assert (thesis.stage, thesis.supervisor) == (WorkStage.SEEKING, None)
    assert told("thesis_supervisor_gone") == [
        "lead@example.org",
        "office@example.org",
        "student@example.org",
    ]


def test_thesis_under_way_is_not_lost_with_its_supervisor(topic, student, first, second):
    thesis = parties.thesis(topic, student, first, stage=WorkStage.IN_PROGRESS)
    closed(first)

    supervision.replace_closed_accounts()
    supervision.answer(ask(thesis, student, second), "accept", by=second)

    thesis.refresh_from_db()
    assert (thesis.stage, thesis.supervisor) == (WorkStage.IN_PROGRESS, second)


def test_request_to_a_closed_account_goes_on_to_the_next(thesis, student, first, second):
    ask(thesis, student, first, second)
    closed(first)

    supervision.expire_unanswered()

    assert stages(thesis) == [("first", "expired"), ("second", "asked")]


@pytest.mark.parametrize(
    ("reader", "stage", "is_seen"),
    [
        ("first", Stage.ASKED, True),
        ("first", Stage.QUEUED, False),
        ("student", Stage.QUEUED, True),
        ("lead", Stage.ASKED, True),
        ("outsider", Stage.ASKED, False),
        ("member", Stage.ASKED, False),
        ("other_office", Stage.ASKED, False),
        ("office", Stage.ASKED, True),
    ],
)
def test_who_sees_a_request(thesis, first, reader, stage, is_seen, request):
    row = SupervisionRequest.objects.create(
        thesis=thesis,
        supervisor=first,
        rank=1,
        stage=stage,
        asked_at=timezone.now(),
        answer_by=timezone.localdate(),
    )
    person = request.getfixturevalue(reader)
    person = factories.user() if person is None else person

    assert SupervisionRequest.objects.visible_to(person).contains(row) is is_seen


@pytest.fixture
def leaver():
    return parties.supervisor(factories.organisation("Opisto"), room=2, name="leaver")


@pytest.fixture
def left(topic, leaver):
    """Two theses whose supervisor has left the school."""
    school = leaver.supervisor_profile.institution
    contact = factories.user("rehtori@example.org")
    factories.affiliation(contact, school, role="contact")
    other = made.topic(topic.organisation, topic.home_cluster, contact=topic.contact)
    works = [parties.working(each, factories.user(), leaver) for each in (topic, other)]
    leaver.affiliations.filter(organisation=school).update(
        stage="ended", until=timezone.localdate()
    )
    return works


def test_students_school_and_coordinators_learn_once_that_a_supervisor_left(
    left, leaver, lead, office
):
    assert leavers.tell_of_leavers() == 2
    assert leavers.tell_of_leavers() == 0

    students = [work.application.student.email for work in left]
    parties_told = [*students, *2 * [lead.email, office.email]]
    assert sorted(told("thesis_supervisor_left")) == sorted(parties_told)
    assert told("school_supervisor_left") == ["rehtori@example.org"]
    mail = OutboxMail.objects.get(kind="school_supervisor_left")
    assert mail.values == {"name": leaver.get_full_name(), "count": 2}
    assert [Thesis.objects.get(pk=work.pk).supervisor for work in left] == [leaver] * 2


def test_who_left_again_is_told_of_again(left, leaver):
    leavers.tell_of_leavers()
    again = factories.affiliation(leaver, leaver.supervisor_profile.institution)
    back = leavers.tell_of_leavers()
    again.stage, again.until = "ended", timezone.localdate()
    again.save()

    assert (back, leavers.tell_of_leavers()) == (0, 2)


def test_asking_to_rejoin_and_taking_it_back_is_no_leave(left, leaver):
    leavers.tell_of_leavers()
    school = leaver.supervisor_profile.institution
    asked = factories.affiliation(leaver, school, stage="requested")
    affiliations.end(asked, by=leaver)

    assert leavers.tell_of_leavers() == 0


def test_who_never_belonged_to_the_school_has_not_left_it(topic, leaver):
    parties.working(topic, factories.user(), leaver)
    leaver.affiliations.all().delete()
    school = leaver.supervisor_profile.institution
    affiliations.end(factories.affiliation(leaver, school, stage="requested"), by=leaver)

    assert leavers.tell_of_leavers() == 0


def test_leave_after_the_affiliation_was_restored_is_told(left, leaver):
    """Giving the role back makes the ended affiliation current again."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    leaver.affiliations.update(until=yesterday)
    leavers.tell_of_leavers()
    leaver.affiliations.update(stage="confirmed", until=None)
    affiliations.end(leaver.affiliations.get(), by=leaver)

    assert leavers.tell_of_leavers() == 2


@pytest.mark.parametrize("meanwhile", ["accepted", "ended", "back", "told"])
def test_what_changed_before_the_lock_is_not_told(left, leaver, company, monkeypatch, meanwhile):
    """The round has read both theses; before it locks the first, somebody acts."""
    lock = leavers.locked_thesis
    school = leaver.supervisor_profile.institution
    works = Thesis.objects.filter(pk__in=[work.pk for work in left])
    acts = {
        "accepted": lambda: works.update(supervisor=parties.supervisor(company)),
        "ended": lambda: works.update(stage=WorkStage.ENDED, ending_reason="Ei jatku."),
        "back": lambda: factories.affiliation(leaver, school),
        "told": leavers.tell_of_leavers,
    }

    def lock_late(thesis):
        monkeypatch.setattr(leavers, "locked_thesis", lock)
        acts[meanwhile]()
        return lock(thesis)

    monkeypatch.setattr(leavers, "locked_thesis", lock_late)

    assert leavers.tell_of_leavers() == 0
    assert len(told("school_supervisor_left")) == (1 if meanwhile == "told" else 0)


def test_school_is_told_of_those_alone_that_still_hold(left, monkeypatch):
    lock = leavers.locked_thesis

    def lock_late(thesis):
        Thesis.objects.filter(pk=left[0].pk).update(
            stage=WorkStage.ENDED, ending_reason="Ei jatku."
        )
        return lock(thesis)

    monkeypatch.setattr(leavers, "locked_thesis", lock_late)

    assert leavers.tell_of_leavers() == 1
    assert OutboxMail.objects.get(kind="school_supervisor_left").values["count"] == 1
