"""Topics of students and supervisors, reviewing, proposals, withdrawing with a reason."""

from datetime import date

import pytest

from cluster_portal.core.errors import Refused
from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications.models import OutboxMail
from members.models import Organisation
from tests import factories
from tests.theses import factories as made
from theses.forms.ideas import IdeaForm, PartForm, SupervisorTopicForm
from theses.forms.topics import TopicForm
from theses.models import Topic
from theses.services import proposals, topics

TEXTS = {
    "title": "Kyberharjoitus kunnille",
    "description": "Kuvaus.",
    "levels": ["bachelor_uas"],
    "languages": ["fi"],
}


@pytest.fixture
def field(db):
    return Term.objects.filter(scheme="education_field").first()


@pytest.fixture
def school(db) -> Organisation:
    return factories.organisation("Esimerkki AMK", kind="university_of_applied_sciences")


@pytest.fixture
def supervisor(school):
    person = factories.user("supervisor@example.org")
    made.supervisor_profile(person, school)
    return person


@pytest.fixture
def unreviewed(home_cluster):
    home_cluster.reviews_topics = False
    home_cluster.save()
    return home_cluster


def test_student_proposes_an_idea_of_her_own(student, home_cluster, field):
    topic = proposals.propose_idea(
        {**TEXTS, "home_cluster": home_cluster}, by=student, fields=[field]
    )

    assert (topic.origin, topic.student, topic.organisation) == ("student", student, None)
    assert topic.places.count() == 1
    assert Topic.objects.editable_by(student).contains(topic)


def test_ideas_of_one_student_are_bounded(student, home_cluster, field):
    values = {**TEXTS, "home_cluster": home_cluster}
    for _number in range(proposals.MOST_IDEAS):
        proposals.propose_idea(values, by=student, fields=[field])

    with pytest.raises(Refused):
        proposals.propose_idea(values, by=student, fields=[field])


def test_supervisor_proposes_for_her_institution(supervisor, school, home_cluster, field):
    values = {**TEXTS, "home_cluster": home_cluster, "organisation": school}

    topic = proposals.propose_as_supervisor(values, by=supervisor, fields=[field], places=3)

    assert (topic.origin, topic.supervisor, topic.organisation) == (
        "supervisor", supervisor, school,
    )  # fmt: skip
    assert topic.places.count() == 3


def test_supervisor_cannot_speak_for_another_organisation(supervisor, company, home_cluster, field):
    values = {**TEXTS, "home_cluster": home_cluster, "organisation": company}

    with pytest.raises(Refused):
        proposals.propose_as_supervisor(values, by=supervisor, fields=[field], places=1)


def test_one_without_profile_is_no_supervisor(outsider, home_cluster, field):
    values = {**TEXTS, "home_cluster": home_cluster}

    with pytest.raises(Refused):
        proposals.propose_as_supervisor(values, by=outsider, fields=[field], places=1)


def test_reviewing_cluster_gets_the_topic_to_its_queue(company, home_cluster, lead, office):
    topic = made.topic(company, home_cluster, stage="draft", published_at=None)

    topics.move_topic(topic, "submit", by=lead)

    topic.refresh_from_db()
    assert topic.stage == "in_review"
    assert OutboxMail.objects.get().kind == "topic_submitted"


def test_cluster_without_review_opens_the_topic_at_once(company, unreviewed, lead, office):
    topic = made.topic(company, unreviewed, stage="draft", published_at=None)

    topics.move_topic(topic, "submit", by=lead)

    topic.refresh_from_db()
    assert topic.stage == "open"
    assert topic.published_at is not None
    assert not OutboxMail.objects.filter(kind="topic_submitted").exists()


@pytest.mark.parametrize(
    "lack",
    [{"publicity_accepted_at": None}, {"levels": []}, {"description": ""}, {"languages": []}],
)
def test_half_filled_draft_is_not_sent(company, home_cluster, lead, lack):
    topic = made.topic(company, home_cluster, stage="draft", published_at=None, **lack)

    with pytest.raises(Refused):
        topics.move_topic(topic, "submit", by=lead)


def part(school, **values):
    return {"title": "Osa 1: haastattelut", "school": school, "levels": ["master"], **values}


def test_part_is_linked_and_has_applications_of_its_own(topic, school, lead, student, unreviewed):
    made.application(topic, student)

    split = proposals.split_topic(topic, {**part(school), "places": 2}, by=lead)

    assert (split.split_from, split.school, split.levels) == (topic, school, ["master"])
    assert split.stage == "open"
    assert split.places.count() == 2
    assert split.description == topic.description
    assert not split.applications.exists()


def test_part_of_an_open_topic_is_reviewed_where_topics_are(topic, school, lead):
    assert proposals.split_topic(topic, part(school), by=lead).stage == "in_review"


def test_part_is_not_split_further(topic, school, lead, unreviewed):
    split = proposals.split_topic(topic, part(school), by=lead)

    with pytest.raises(Refused):
        proposals.split_topic(split, part(school), by=lead)


def test_stranger_cannot_split(topic, school, outsider):
    with pytest.raises(Refused):
        proposals.split_topic(topic, part(school), by=outsider)


@pytest.mark.parametrize("stage", ["in_review", "reserved", "withdrawn", "expired"])
def test_topic_that_is_not_open_is_not_split(topic, school, lead, stage):
    Topic.objects.filter(pk=topic.pk).update(stage=stage, closing_reason="Syy.")

    with pytest.raises(Refused):
        proposals.split_topic(topic, part(school), by=lead)


def test_reason_is_told_to_each_applicant_in_her_language(topic, lead):
    finnish, english = factories.user(language="fi"), factories.user(language="en")
    first, second = made.application(topic, finnish), made.application(topic, english)

    topics.withdraw_topic(topic, by=lead, why="cancelled", reason="Omin sanoin.")

    for application in (first, second):
        application.refresh_from_db()
    assert first.stage == second.stage == "declined"
    assert second.reason == "The project behind the topic has been cancelled. Omin sanoin."
    assert first.reason.endswith("Omin sanoin.")
    assert first.reason != second.reason


def test_withdrawing_without_any_reason_is_refused(topic, lead):
    with pytest.raises(Refused):
        topics.withdraw_topic(topic, by=lead, why="other", reason=" ")


def test_themes_given_in_the_form_are_those_of_the_topic(
    client, company, lead, home_cluster, field
):
    theme = Term.objects.filter(scheme="security_task").first()
    client.force_login(lead)
    data = {
        "organisation": company.pk,
        "home_cluster": home_cluster.pk,
        "title": "Teemallinen aihe",
        "terms": [theme.pk],
        "then": "draft",
    }

    client.post("/theses/propose/organisation/", data)
    made_topic = Topic.objects.get()
    again = client.get(f"{made_topic.get_absolute_url()}edit/").context["form"]
    first = list(made_topic.terms.all())
    client.post(f"{made_topic.get_absolute_url()}edit/", {**data, "terms": []})

    assert first == [theme]
    assert again["terms"].value() == [theme.pk]
    assert list(made_topic.terms.all()) == []


def test_cluster_is_never_chosen_for_who_belongs_to_several_or_none(
    student, home_cluster, other_cluster
):
    form = IdeaForm(user=student)

    assert form["home_cluster"].value() is None
    assert "Valitse klusteri" in str(form["home_cluster"])


def test_cluster_that_the_student_has_named_is_suggested(student, home_cluster, other_cluster):
    made.student_profile(student, cluster=other_cluster)

    assert IdeaForm(user=student)["home_cluster"].value() == other_cluster.pk


def test_new_idea_begins_with_what_the_profile_tells(student, home_cluster, field):
    profile = made.student_profile(
        student, level="master", languages=["sv"], available_from=date(2027, 1, 7), is_remote=True
    )
    profile.education_fields.add(field)
    idea = made.idea(student, home_cluster, levels=["doctoral"], languages=["en"])

    new, old = IdeaForm(user=student), IdeaForm(user=student, topic=idea)

    assert new["levels"].value() == ["master"]
    assert new["education_fields"].value() == [field.pk]
    assert new["languages"].value() == ["sv"]
    assert new["starts_on"].value() == date(2027, 1, 7)
    assert new["is_remote"].value() is True
    assert (old["levels"].value(), old["languages"].value()) == (["doctoral"], ["en"])


def test_new_topic_begins_with_what_the_supervisor_tells_of_herself(
    supervisor, home_cluster, field
):
    supervisor.supervisor_profile.education_fields.add(field)
    proposed = made.topic(
        None, home_cluster, origin="supervisor", supervisor=supervisor, levels=["doctoral"]
    )

    new = SupervisorTopicForm(user=supervisor)
    old = SupervisorTopicForm(user=supervisor, topic=proposed)

    assert new["levels"].value() == ["bachelor_uas", "master"]
    assert new["education_fields"].value() == [field.pk]
    assert new["languages"].value() == ["fi"]
    assert old["levels"].value() == ["doctoral"]


def test_refused_draft_tells_what_is_to_be_done_in_words_for_every_offerer(student, home_cluster):
    idea = made.idea(
        student, home_cluster, stage="draft", published_at=None, publicity_accepted_at=None
    )

    with pytest.raises(Refused, match="Hyväksy ensin lomakkeella"):
        topics.move_topic(idea, "submit", by=student)


def test_member_of_two_clusters_chooses_one(company, lead, home_cluster, other_cluster):
    factories.membership(company, other_cluster)

    form = TopicForm(user=lead)

    assert form["home_cluster"].value() is None
    assert "Valitse klusteri" in str(form["home_cluster"])


def test_choice_that_may_be_left_out_says_so_in_words(company, lead, home_cluster):
    form = TopicForm(user=lead)

    assert "---" not in str(form["region"])
    assert ">Ei valittu</option>" in str(form["region"])
    assert ">Ei valittu</option>" in str(form["challenge"])


def test_school_of_a_part_is_asked_in_words(topic, school, lead):
    form = PartForm(user=lead, topic=topic)

    assert '<option value="" selected>Valitse oppilaitos</option>' in str(form["school"])
