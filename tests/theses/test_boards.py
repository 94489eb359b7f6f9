"""The coordinators' boards are true, scoped, and cost the same however many rows there are."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone, translation

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications.models import OutboxMail
from members.models import Organisation
from tests import factories, statements
from tests.theses import factories as made
from tests.theses import parties
from theses import matching
from theses.desk import queues
from theses.models import Approach, StudentProfile, Topic
from theses.pages import boards
from theses.pages.boards import pairs_for
from theses.services import approaches, introductions, supervision

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Cluster, User

BOARDS = "/admin/theses/boards/"


def days_ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def titles(key: str, user: User) -> list[str]:
    rows = boards.ordered(boards.BOARDS[key].rows(user), "oldest", "")
    return [boards.row_of(boards.BOARDS[key], row, user)["title"] for row in rows]


@pytest.fixture
def seeker(student: User, home_cluster: Cluster) -> User:
    """A student who opened themselves to all commissioners."""
    made.student_profile(student, cluster=home_cluster, interests="Varautumisen aihe kiinnostaa.")
    return student


@pytest.fixture
def school(home_cluster: Cluster) -> Organisation:
    place = factories.organisation("Esimerkkiopisto", kind="university")
    factories.membership(place, home_cluster)
    return place


@pytest.fixture
def foreign(other_cluster: Cluster) -> Topic:
    return made.topic(factories.organisation("Kanaria Oy"), other_cluster, title="Kanarialintu")


def test_topics_without_student_are_open_ones_of_her_clusters(
    office: User, company: Organisation, home_cluster: Cluster, student: User, foreign: Topic
) -> None:
    old = made.topic(company, home_cluster, published_at=days_ago(40))
    new = made.topic(company, home_cluster, published_at=days_ago(3))
    made.topic(company, home_cluster, stage="reserved")
    made.topic(company, home_cluster, stage="draft", published_at=None)
    made.idea(student, home_cluster)

    assert titles("topics-without-student", office) == [old.title, new.title]


def test_topic_row_tells_age_and_applications_that_wait(office: User, topic: Topic) -> None:
    Topic.objects.filter(pk=topic.pk).update(published_at=days_ago(12))
    made.application(topic)
    made.application(topic, stage="withdrawn")
    board = boards.BOARDS["topics-without-student"]

    row = boards.row_of(board, board.rows(office).get(), office)

    assert row["days"] == 12
    assert row["facts"][-1] == "Vastausta odottavia hakemuksia: 1"


def test_topics_without_supervisor_include_taken_ones_whose_thesis_lacks_one(
    office: User, company: Organisation, home_cluster: Cluster, student: User
) -> None:
    taken = made.topic(company, home_cluster, published_at=days_ago(5))
    parties.thesis(taken, student)
    guided = made.topic(company, home_cluster, published_at=days_ago(4))
    parties.thesis(guided, factories.user(), parties.supervisor(company))
    free = made.topic(company, home_cluster, published_at=days_ago(3))
    made.topic(company, home_cluster, supervisor=parties.supervisor(company))

    assert titles("topics-without-supervisor", office) == [taken.title, free.title]


def test_ideas_without_commissioner(
    office: User, topic: Topic, student: User, home_cluster: Cluster
) -> None:
    idea = made.idea(student, home_cluster)

    assert titles("topics-without-commissioner", office) == [idea.title]


@pytest.mark.parametrize(
    ("openness", "is_shown"), [("commissioners", True), ("private", False), ("chosen", False)]
)
def test_students_are_shown_only_opened(
    office: User, student: User, home_cluster: Cluster, openness: str, is_shown: bool
) -> None:
    made.student_profile(student, openness=openness, cluster=home_cluster)

    assert bool(titles("students-without-topic", office)) is is_shown


def test_student_of_another_cluster_or_with_a_thesis_is_not_on_the_board(
    office: User, seeker: User, other_cluster: Cluster, topic: Topic
) -> None:
    made.student_profile(factories.user(), cluster=other_cluster)
    parties.thesis(topic, seeker)

    assert titles("students-without-topic", office) == []


def test_supervisors_with_room_tell_it_for_both_terms(office: User, school: Organisation) -> None:
    free = parties.supervisor(school, 2, "Vapaa")
    parties.supervisor(school, 0, "Taynna")
    board = boards.BOARDS["supervisors-with-room"]

    row = boards.row_of(board, board.rows(office).get(), office)

    assert row["title"] == str(free)
    assert [fact.rpartition(" ")[2] for fact in row["facts"][1:]] == ["2", "2"]


@pytest.mark.parametrize("key", sorted(boards.BOARDS))
def test_outsider_sees_no_board(client: Client, member: User, key: str) -> None:
    client.force_login(member)

    assert client.get(f"{BOARDS}{key}/").status_code in {302, 403}


def test_staff_without_a_cluster_are_refused(client: Client, db: None) -> None:
    person = factories.user(is_staff=True)
    factories.second_factor(person)
    client.force_login(person)

    assert client.get(BOARDS).status_code == 403


@pytest.mark.parametrize("address", ["nothing/", "topics-without-student/?page=999"])
def test_unknown_board_and_page_are_not_found(client: Client, office: User, address: str) -> None:
    client.force_login(office)

    assert client.get(f"{BOARDS}{address}").status_code == 404


@pytest.mark.parametrize("query", ["o=x", "older=x", "older=99999", "row=x", "row=999"])
def test_odd_queries_show_the_board(client: Client, office: User, topic: Topic, query: str) -> None:
    client.force_login(office)

    answer = client.get(f"{BOARDS}topics-without-student/?{query}")

    assert answer.status_code == 200
    assert topic.title in answer.content.decode()


def test_older_keeps_those_that_have_waited_longer(
    client: Client, office: User, company: Organisation, home_cluster: Cluster
) -> None:
    old = made.topic(company, home_cluster, published_at=days_ago(31))
    made.topic(company, home_cluster, published_at=days_ago(29))
    client.force_login(office)

    rows = client.get(f"{BOARDS}topics-without-student/?older=30").context["rows"]

    assert [row["pk"] for row in rows] == [old.pk]


def test_overview_counts_every_board(client: Client, office: User, topic: Topic) -> None:
    client.force_login(office)

    shown = client.get(BOARDS).context["boards"]

    assert [each["count"] for each in shown] == [1, 1, 0, 0, 0]


@pytest.mark.parametrize("key", sorted(boards.BOARDS))
def test_rows_cost_no_statements_of_their_own(
    client: Client, office: User, school: Organisation, home_cluster: Cluster, key: str
) -> None:
    client.force_login(office)
    add_one_of_each(school, home_cluster)
    few = len(statements.of_page(client, f"{BOARDS}{key}/?row=x"))
    add_one_of_each(school, home_cluster)
    add_one_of_each(school, home_cluster)

    assert len(statements.of_page(client, f"{BOARDS}{key}/?row=x")) <= few + 6


def add_one_of_each(school: Organisation, cluster: Cluster) -> None:
    made.topic(school, cluster)
    made.idea(factories.user(), cluster)
    made.student_profile(factories.user(), cluster=cluster)
    parties.supervisor(school, 2)


def test_student_is_introduced_with_one_click(
    client: Client, office: User, topic: Topic, seeker: User
) -> None:
    client.force_login(office)
    board = f"{BOARDS}topics-without-student/"
    pair = client.get(board).context["rows"][0]["pairs"][0]

    form = {"other": pair["pair"].other.pk, "message": pair["message"]}
    answer = client.post(f"{board}{topic.pk}/introduce/", form)

    assert answer.status_code == 302
    sent = Approach.objects.get()
    assert (sent.kind, sent.to, sent.by) == ("invite_student", seeker, office)
    assert AuditEntry.objects.filter(action="introduced").count() == 1
    assert OutboxMail.objects.filter(kind="approach_received", recipient=seeker).count() == 1


def test_introduced_pair_is_not_suggested_again(office: User, topic: Topic, seeker: User) -> None:
    board = boards.BOARDS["topics-without-student"]
    assert [pair.title for pair in pairs_for(board, topic, office)] == [str(seeker)]
    approach = introductions.introduce(
        topic, "invite_student", by=office, to=seeker, message="Sopisiko?"
    )
    Approach.objects.filter(pk=approach.pk).update(stage="expired")

    assert pairs_for(board, topic, office) == []


def test_second_introduction_is_a_sentence(
    client: Client, office: User, topic: Topic, seeker: User
) -> None:
    introductions.introduce(topic, "invite_student", by=office, to=seeker, message="Sopisiko?")
    Approach.objects.update(stage="expired")
    client.force_login(office)
    address = f"{BOARDS}topics-without-student/{topic.pk}/introduce/"

    form = {"other": seeker.student_profile.pk, "message": "Taas."}
    text = client.post(address, form, follow=True).content.decode()

    assert "Heidät on jo esitelty" in text
    assert Approach.objects.count() == 1


def test_topic_is_suggested_to_a_student_of_the_board(
    client: Client, office: User, topic: Topic, seeker: User, foreign: Topic
) -> None:
    client.force_login(office)
    profile = seeker.student_profile
    address = f"{BOARDS}students-without-topic/{profile.pk}/introduce/"

    answers = [
        client.post(address, {"other": pk, "message": "Katso tätä."}).status_code
        for pk in (topic.pk, foreign.pk)
    ]

    assert answers == [302, 404]
    assert Approach.objects.get().topic == topic


def test_supervisor_with_room_is_asked(
    client: Client, office: User, topic: Topic, school: Organisation
) -> None:
    person = parties.supervisor(school, 1)
    client.force_login(office)
    address = f"{BOARDS}supervisors-with-room/{person.supervisor_profile.pk}/introduce/"

    client.post(address, {"other": topic.pk, "message": "Ohjaisitko?"})

    assert (Approach.objects.get().kind, Approach.objects.get().to) == ("invite_supervisor", person)


def test_organisation_with_the_same_themes_is_asked_to_commission(
    client: Client, office: User, lead: User, company: Organisation, student: User,
    home_cluster: Cluster,
) -> None:  # fmt: skip
    theme = Term.objects.get(code="search")
    company.terms.add(theme)
    idea = made.idea(student, home_cluster)
    idea.terms.through.objects.create(topic=idea, term=theme)
    client.force_login(office)
    board = f"{BOARDS}topics-without-commissioner/"

    pair = client.get(board).context["rows"][0]["pairs"][0]
    form = {"other": pair["pair"].other.pk, "message": pair["message"]}
    client.post(f"{board}{idea.pk}/introduce/", form)

    assert Approach.objects.get().organisation == company


def test_topic_of_another_cluster_cannot_be_introduced(
    client: Client, office: User, foreign: Topic, seeker: User
) -> None:
    client.force_login(office)
    address = f"{BOARDS}topics-without-student/{foreign.pk}/introduce/"

    answer = client.post(address, {"other": seeker.student_profile.pk, "message": "Hei."})

    assert answer.status_code == 404
    assert not Approach.objects.exists()


def test_empty_message_comes_back_with_an_error(
    client: Client, office: User, topic: Topic, seeker: User
) -> None:
    client.force_login(office)
    address = f"{BOARDS}topics-without-student/{topic.pk}/introduce/"

    answer = client.post(address, {"other": seeker.student_profile.pk, "message": " "})

    assert answer.status_code == 422
    assert "Täytä tämä kohta." in answer.content.decode()
    assert not Approach.objects.exists()


@pytest.mark.parametrize("other", ["", "x", "0", "-1", "999999", "99999999999999999999"])
def test_other_that_is_nobody_sends_nothing(
    client: Client, office: User, topic: Topic, other: str
) -> None:
    client.force_login(office)
    address = f"{BOARDS}topics-without-student/{topic.pk}/introduce/"

    assert client.post(address, {"other": other, "message": "Hei."}).status_code in {404, 422}


@pytest.mark.parametrize(("language", "start"), [("fi", "Hei!"), ("sv", "Hej!"), ("en", "Hello!")])
def test_ready_message_is_in_the_language_of_its_reader(
    office: User, topic: Topic, seeker: User, language: str, start: str
) -> None:
    seeker.language = language
    seeker.save()

    message = introductions.ready_message(topic, "invite_student", by=office, to=seeker)

    assert message.startswith(start)
    assert topic.title in message


def test_queues_count_what_waits_and_lead_to_it(
    client: Client, office: User, company: Organisation, home_cluster: Cluster, student: User
) -> None:
    made.topic(company, home_cluster, published_at=days_ago(31))
    parties.thesis(made.topic(company, home_cluster), student)
    stuck = made.topic(company, home_cluster)
    guide = parties.supervisor(company)
    parties.working(stuck, factories.user(), guide, light="red", light_note="Jumissa.")
    seen: list[Any] = [
        queues.without_student(office),
        queues.without_supervisor(office),
        queues.red_lights(office),
        queues.unanswered_approaches(office),
    ]
    client.force_login(office)

    assert [state.count for state in seen] == [1, 1, 1, 0]
    assert [client.get(state.url).status_code for state in seen] == [200] * 4


def test_today_page_leads_to_boards_and_statistics(client: Client, office: User) -> None:
    client.force_login(office)

    text = client.get("/admin/").content.decode()

    assert BOARDS in text
    assert "/admin/theses/statistics/" in text


def test_coordinator_reads_of_the_person_in_the_third_person(
    client: Client, office: User, seeker: User, company: Organisation, home_cluster: Cluster
) -> None:
    region = factories.region()
    values = {"fields": ("06",), "region": region, "pay": "yes"}
    made.topic(company, home_cluster, title="Varautumisen aihe", **values)
    profile = seeker.student_profile
    profile.education_fields.set(Term.objects.filter(scheme="education_field", code="06"))
    profile.regions.set([region])
    StudentProfile.objects.filter(pk=profile.pk).update(wants_pay=True)

    def reasons(reader: User) -> list[str]:
        mine = StudentProfile.objects.get(pk=profile.pk)
        with translation.override("en"):
            return matching.topics_for(mine, reader)[0].reasons

    pairs = zip(reasons(office), reasons(seeker), strict=True)
    told = [(ours, hers) for ours, hers in pairs if ours != hers]

    assert [hers.split(":")[0] for _ours, hers in told] == [
        "Your field of education",
        "In a region you named",
        "Paid, as you wish",
    ]
    assert not any("you" in ours.lower().split() for ours, _hers in told)


def test_idea_without_themes_gets_commissioners_of_its_field_and_region(
    office: User, student: User, company: Organisation, home_cluster: Cluster, lead: User
) -> None:
    region = factories.region()
    made.topic(company, home_cluster, fields=("06",))
    idea = made.idea(student, home_cluster, fields=("06",), region=region)
    Organisation.objects.filter(pk=company.pk).update(region=region)
    board = boards.BOARDS["topics-without-commissioner"]

    with translation.override("en"):
        pair = pairs_for(board, idea, office)[0]

    assert pair.other == company
    assert [reason.split(":")[0] for reason in pair.reasons] == [
        "Has offered topics in the same field",
        "In the same region",
    ]


def test_idea_of_one_who_writes_another_thesis_seeks_nobody(
    office: User, topic: Topic, student: User, home_cluster: Cluster
) -> None:
    idea = made.idea(student, home_cluster)
    assert titles("topics-without-commissioner", office) == [idea.title]
    assert idea.title in titles("topics-without-supervisor", office)

    thesis = parties.thesis(topic, student)

    assert titles("topics-without-commissioner", office) == []
    assert titles("topics-without-supervisor", office) == [thesis.topic.title]


def test_rows_tell_which_invitations_and_requests_wait(
    office: User, topic: Topic, school: Organisation, student: User, home_cluster: Cluster
) -> None:
    first, second = (parties.supervisor(school, name=name) for name in ("first", "second"))
    introductions.introduce(topic, "invite_supervisor", by=office, to=first, message="Hei.")
    taken = parties.thesis(made.topic(topic.organisation, home_cluster), student)
    supervision.choose_supervisors(taken, [second], by=student)
    board = boards.BOARDS["topics-without-supervisor"]

    rows = [boards.row_of(board, each, office) for each in board.rows(office)]
    other = boards.BOARDS["topics-without-student"]

    said = "Vastausta odottavia kutsuja ja pyyntöjä: 1"
    assert [row["facts"][-1] for row in rows] == [said, said]
    assert said not in boards.row_of(other, other.rows(office).get(), office)["facts"]


def test_age_in_months_is_written_without_a_stray_space(
    client: Client, office: User, topic: Topic
) -> None:
    Topic.objects.filter(pk=topic.pk).update(published_at=days_ago(100))
    client.force_login(office)

    page = client.get(BOARDS).content.decode()

    assert "3\xa0kuukautta, " in page


def test_supervisor_whom_the_student_has_asked_is_not_suggested(
    office: User, topic: Topic, school: Organisation, student: User
) -> None:
    asked, offered, other = (
        parties.supervisor(school, name=name) for name in ("asked", "offered", "other")
    )
    Topic.objects.filter(pk=topic.pk).update(stage="reserved")
    thesis = parties.thesis(topic, student)
    board = boards.BOARDS["topics-without-supervisor"]
    before = {pair.title for pair in pairs_for(board, topic, office)}

    supervision.choose_supervisors(thesis, [asked], by=student)
    approaches.send(topic, "supervise", by=offered, message="Ohjaisin mielelläni.")

    assert before == {str(person) for person in (asked, offered, other)}
    assert [pair.title for pair in pairs_for(board, topic, office)] == [str(other)]


def test_who_has_applied_or_offered_is_not_introduced(
    office: User,
    topic: Topic,
    seeker: User,
    lead: User,
    company: Organisation,
    home_cluster: Cluster,
) -> None:
    theme = Term.objects.get(code="search")
    company.terms.add(theme)
    idea = made.idea(factories.user(), home_cluster)
    idea.terms.through.objects.create(topic=idea, term=theme)
    students, commissioners = (
        boards.BOARDS[key] for key in ("topics-without-student", "topics-without-commissioner")
    )
    before = [len(pairs_for(students, topic, office)), len(pairs_for(commissioners, idea, office))]

    made.application(topic, seeker, stage="withdrawn")
    approaches.send(idea, "commission", by=lead, organisation=company, message="Tilaamme.")

    assert before == [1, 1]
    assert pairs_for(students, topic, office) == pairs_for(commissioners, idea, office) == []
