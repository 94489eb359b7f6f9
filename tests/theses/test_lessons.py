""" "Not for me" hides the one thing and teaches the list: the same rule whoever says it."""

import pytest

from cluster_portal.core.matching.score import learned
from cluster_portal.core.vocabulary import Term
from tests import factories
from tests.theses import factories as made
from theses import matching
from theses.models import Dismissal, StudentProfile
from theses.models.terms import term_of
from theses.services import seats

CYBER = "Kyberturvallisuus, kiristyshaittaohjelmat ja varmuuskopiot."
FOOD = "Ruokahuolto ja elintarvikkeiden varmuusvarastot."
BOTH = f"{CYBER} {FOOD}"


@pytest.fixture
def topic(company, home_cluster):
    return made.topic(company, home_cluster, title="Varautuminen kunnassa", description=BOTH)


def person(kind, interests, company):
    if kind == "student":
        return made.student_profile(factories.user(), interests=interests)
    one = made.supervisor_profile(factories.user(), company, expertise=interests)
    one.education_fields.add(Term.objects.get(scheme="education_field", code="06"))
    seats.set_capacity(one, *term_of(), 2, None)
    return one


def suggested(kind, topic, user):
    found = {"student": matching.students_for, "supervisor": matching.supervisors_for}[kind]
    return {match.object: match.score for match in found(topic, user, 20)}


def test_a_feature_turned_down_counts_less_but_never_under_a_fifth():
    had = {"kyber": 1.0, "ruoka": 1.0}

    once = learned(had, [{"kyber": 0.5}])
    often = learned(had, [{"kyber": 0.5}] * 20)

    assert once == {"kyber": pytest.approx(0.8), "ruoka": 1.0}
    assert often == {"kyber": pytest.approx(0.2), "ruoka": 1.0}


def test_a_feature_never_asked_for_counts_against():
    assert learned({}, [{"kala": 0.5}]) == {"kala": pytest.approx(-0.1)}


def test_a_supervisor_teaches_the_list_of_topics_that_lack_one(company, home_cluster, topic):
    supervisor = person("supervisor", BOTH, company)
    refused = made.topic(company, home_cluster, title="Varmuuskopiot", description=CYBER)
    alike = made.topic(company, home_cluster, title="Kiristyshaittaohjelmat", description=CYBER)

    def offered():
        matches = matching.topics_to_supervise(supervisor, supervisor.user, 20)
        return {match.object: match.score for match in matches}

    before = offered()
    Dismissal.objects.create(user=supervisor.user, topic=refused)
    after = offered()

    assert set(before) - set(after) == {refused}
    assert after[alike] < before[alike]


@pytest.mark.parametrize("kind", ["student", "supervisor"])
def test_who_turns_people_down_for_a_topic_teaches_its_list(kind, topic, lead, company):
    refused, alike = person(kind, CYBER, company), person(kind, CYBER, company)
    other = person(kind, FOOD, company)
    before = suggested(kind, topic, lead)

    Dismissal.objects.create(user=lead, topic=topic, **{kind: refused})
    after = suggested(kind, topic, lead)

    assert set(before) - set(after) == {refused}
    assert after[alike] / before[alike] < after[other] / before[other]


def test_what_one_says_of_one_topic_teaches_nobody_else_and_no_other_topic(
    topic, lead, office, company, home_cluster
):
    refused, alike = person("student", CYBER, company), person("student", CYBER, company)
    twin = made.topic(company, home_cluster, title=topic.title, description=topic.description)
    before = suggested("student", topic, office), suggested("student", twin, lead)

    Dismissal.objects.create(user=lead, topic=topic, student=refused)

    assert alike in before[0]
    assert (suggested("student", topic, office), suggested("student", twin, lead)) == before


def test_a_profile_that_was_closed_teaches_no_more(topic, lead, company):
    refused = person("student", CYBER, company)
    alike = person("student", CYBER, company)
    StudentProfile.objects.filter(pk=refused.pk).update(openness="private")
    untaught = suggested("student", topic, lead)[alike]

    Dismissal.objects.create(user=lead, topic=topic, student=refused)

    assert suggested("student", topic, lead) == {alike: untaught}
