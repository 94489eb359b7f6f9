"""What is said and done while the next version is a draft goes on in it once it is in force."""

import datetime

import pytest
from django.utils import timezone

from cluster_portal.core.errors import Refused
from projects.models import GoalPart, InfluenceGoal, Mandate, Programme, Transfer
from projects.services.ownership import answer_part, ask_for_part
from projects.services.programmes import approve_programme, new_version
from tests.projects import factories as make
from tests.surveys import factories as make_surveys


@pytest.fixture(autouse=True)
def _demo(settings):
    """Second factors are tested apart."""
    settings.DEMO = True


@pytest.fixture
def first(home_cluster, company):
    programme = make.approved_programme(home_cluster, company)
    Mandate.objects.create(
        programme=programme, task_fi="Tehtävä", role_fi="Tukee", authority=company
    )
    Transfer.objects.create(programme=programme, what_fi="Rekisteri")
    goal = InfluenceGoal.objects.create(programme=programme, title_fi="V1")
    goal.acts.create(kind="meeting", on=timezone.localdate(), title="Tapaaminen")
    return programme


@pytest.fixture
def asked(first, company, office):
    return part(first, company, office)


def part(programme, organisation, office, kind="owner", goal=None):
    row = GoalPart(goal=goal or programme.goals.get(), organisation=organisation, part=kind)
    return ask_for_part(row, by=office)


def approved(draft, office):
    return approve_programme(Programme.objects.get(pk=draft.pk), by=office)


@pytest.fixture
def rivals(rival, other_lead):
    """Another organisation and who answers for it."""
    return rival, other_lead


def parts(programme):
    rows = GoalPart.objects.filter(goal__programme=programme).order_by("organisation__name")
    return [(row.organisation.name, row.part, row.stage, row.person) for row in rows]


def test_answer_given_while_the_next_version_is_a_draft_goes_on(
    first, asked, company, lead, office
):
    draft = new_version(first, by=office)
    answer_part(asked, "accept", by=lead)

    approved(draft, office)

    assert parts(draft) == [(company.name, "owner", "accepted", str(lead))]
    assert draft.goals.get().owner == company


def test_part_declined_meanwhile_owns_the_goal_no_more(first, asked, company, lead, office):
    answer_part(asked, "accept", by=lead)
    draft = new_version(first, by=office)
    answer_part(asked, "decline", by=lead, reason="Ei ehditä.")

    approved(draft, office)

    assert parts(draft) == [(company.name, "owner", "declined", str(lead))]
    assert draft.goals.get().owner is None


def test_owner_who_follows_one_that_stepped_back_owns_it(
    first, asked, company, lead, office, rivals
):
    rival, other_lead = rivals
    answer_part(asked, "accept", by=lead)
    later = part(first, rival, office)
    draft = new_version(first, by=office)
    answer_part(asked, "decline", by=lead, reason="Ei ehditä.")
    answer_part(later, "accept", by=other_lead)

    approved(draft, office)

    assert {row[2] for row in parts(draft)} == {"declined", "accepted"}
    assert draft.goals.get().owner == rival


def test_organisation_asked_meanwhile_is_asked_in_the_next_version(first, company, office):
    draft = new_version(first, by=office)
    part(first, company, office, "supporter")

    approved(draft, office)

    assert parts(draft) == [(company.name, "supporter", "asked", "")]


def test_part_taken_out_of_the_draft_stays_out(first, asked, office):
    draft = new_version(first, by=office)
    GoalPart.objects.filter(goal__programme=draft).delete()

    approved(draft, office)

    assert parts(draft) == []


def test_what_was_asked_anew_in_the_draft_waits_for_its_answer(first, asked, company, lead, office):
    draft = new_version(first, by=office)
    answer_part(asked, "accept", by=lead)
    own = GoalPart.objects.get(goal__programme=draft)
    own.part = "supporter"
    ask_for_part(own, by=office)

    approved(draft, office)

    assert parts(draft) == [(company.name, "supporter", "asked", "")]


def test_second_owner_is_asked_anew_where_the_draft_has_one(
    first, asked, company, lead, office, rivals
):
    rival, other_lead = rivals
    draft = new_version(first, by=office)
    in_draft = part(draft, rival, office)
    answer_part(in_draft, "accept", by=other_lead)
    answer_part(asked, "accept", by=lead)

    approved(draft, office)

    assert {(name, stage) for name, _part, stage, _person in parts(draft)} == {
        (company.name, "asked"), (rival.name, "accepted"),
    }  # fmt: skip
    assert draft.goals.get().owner == rival


def test_replaced_version_takes_no_answer_and_leads_to_the_next(client, first, asked, lead, office):
    draft = new_version(first, by=office)
    approved(draft, office)

    with pytest.raises(Refused):
        answer_part(asked, "accept", by=lead)
    client.force_login(lead)
    page = client.get(asked.get_absolute_url())
    assert (
        page.headers["Location"] == GoalPart.objects.get(goal__programme=draft).get_absolute_url()
    )


def test_mandates_changed_and_added_meanwhile_go_on(first, company, office):
    draft = new_version(first, by=office)
    changed = first.mandates.get()
    changed.role_fi = "Johtaa"
    changed.save()
    Mandate.objects.create(programme=first, task_fi="Uusi", role_fi="Seuraa", authority=company)

    approved(draft, office)

    assert [(row.task_fi, row.role_fi) for row in draft.mandates.all()] == [
        ("Tehtävä", "Johtaa"), ("Uusi", "Seuraa"),
    ]  # fmt: skip


def test_mandate_written_later_in_the_draft_stays(first, office):
    draft = new_version(first, by=office)
    for programme, words in ((first, "Vanha"), (draft, "Uusi")):
        row = programme.mandates.get()
        row.role_fi = words
        row.save()

    approved(draft, office)

    assert draft.mandates.get().role_fi == "Uusi"


def test_mandate_taken_out_of_the_draft_stays_out(first, office):
    draft = new_version(first, by=office)
    draft.mandates.all().delete()

    approved(draft, office)

    assert not draft.mandates.exists()


def test_transfers_agreed_and_added_meanwhile_go_on(first, company, office):
    draft = new_version(first, by=office)
    agreed = first.transfers.get()
    agreed.taker, agreed.state, agreed.funding = company, "agreed", "Perusrahoitus"
    agreed.save()
    Transfer.objects.create(programme=first, what_fi="Verkosto")

    approved(draft, office)

    assert [(row.what_fi, row.taker, row.state) for row in draft.transfers.all()] == [
        ("Rekisteri", company, "agreed"), ("Verkosto", None, "open"),
    ]  # fmt: skip


def test_talks_named_meanwhile_go_on(first, home_cluster, office):
    draft = new_version(first, by=office)
    talk = make_surveys.survey_round(home_cluster)
    first.talks.add(talk)

    approved(draft, office)

    assert list(draft.talks.all()) == [talk]


def test_acts_of_influence_meanwhile_go_on(first, office):
    draft = new_version(first, by=office)
    goal = first.influence_goals.get()
    goal.acts.create(kind="statement", on=datetime.date(2026, 5, 4), title="Lausunto")
    held = goal.acts.get(kind="meeting")
    held.title = "Tapaaminen ministeriössä"
    held.save()

    approved(draft, office)

    copied = draft.influence_goals.get().acts.order_by("title")
    assert [act.title for act in copied] == ["Lausunto", "Tapaaminen ministeriössä"]
    assert goal.acts.count() == 2


def test_owner_asked_for_another_part_owns_the_goal_no_more(first, asked, lead, office):
    answered = answer_part(asked, "accept", by=lead)
    answered.part = "supporter"

    ask_for_part(answered, by=office)

    assert first.goals.get().owner is None


def test_answer_of_a_supporter_leaves_the_owner_as_it_is(
    first, asked, company, lead, office, rivals
):
    rival, other_lead = rivals
    supporter = part(first, rival, office, "supporter")
    supporter.goal.refresh_from_db()  # read before the goal has an owner
    answer_part(asked, "accept", by=lead)

    answer_part(supporter, "accept", by=other_lead)

    assert first.goals.get().owner == company


def test_same_question_is_asked_once(first, company, office, asked):
    assert part(first, company, office).pk == asked.pk
    with pytest.raises(Refused):
        part(first, company, office, "supporter")
    assert GoalPart.objects.count() == 1


def test_stranger_asks_nobody(first, company, lead):
    with pytest.raises(Refused):
        part(first, company, lead)
