"""Students for a topic: all who could take it on are judged, however many opened theirs later."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cluster_portal.core import finnish
from cluster_portal.core.vocabulary import Term
from tests import factories
from tests.theses import factories as made
from theses import matching, tasks
from theses.matching import people
from theses.models import StudentFeature, StudentField, StudentProfile, StudentRead, StudentTerm
from theses.services import student_index

WORDS = "Kyberturvallisuus ja varmuuskopiot kiinnostavat."


@pytest.fixture
def wanted(company, home_cluster):
    topic = made.topic(
        company, home_cluster, title="Kiristyshaittaohjelmasta toipuminen", fields=("06",),
        description="Varmuuskopioiden palauttaminen ja kyberturvallisuus.", languages=["fi"],
    )  # fmt: skip
    return type(topic).objects.get(pk=topic.pk)


def seeker(interests=WORDS, **values):
    profile = made.student_profile(factories.user(), interests=interests, **values)
    profile.education_fields.add(Term.objects.get(scheme="education_field", code="06"))
    return profile


def found(topic, user, limit=20):
    return [match.object for match in matching.students_for(topic, user, limit)]


@pytest.fixture
def crowd(db):
    """The one who fits opened her profile first; those who opened theirs later fit less."""
    best = seeker()
    others = [seeker("Metsänhoito ja kalastus.") for _number in range(4)]
    return best, others


def test_who_opened_first_is_judged_although_many_opened_later(crowd, wanted, lead, monkeypatch):
    monkeypatch.setattr(people, "READ", 2)
    best, _others = crowd
    assert best not in found(wanted, lead)

    tasks.read_changed_topics()

    assert found(wanted, lead)[0] == best
    assert len(found(wanted, lead)) == 5


def test_index_and_reading_on_the_spot_agree(crowd, wanted, lead):
    crowd[0].terms.add(Term.objects.filter(scheme="security_task").first())
    seeker("En halua tehdä kyberturvallisuutta. Varmuuskopiot kiinnostavat.")
    by_reading = [(m.object, round(m.score, 6)) for m in matching.students_for(wanted, lead, 20)]

    assert student_index.read_unread() == 6

    by_index = [(m.object, round(m.score, 6)) for m in matching.students_for(wanted, lead, 20)]
    assert by_index == by_reading


def test_constraints_hold_among_those_in_the_index(crowd, wanted, lead):
    best, _others = crowd
    student_index.read_unread()
    StudentProfile.objects.filter(pk=best.pk).update(languages=["en"])

    assert best not in found(wanted, lead)


def test_where_the_best_are_impossible_more_are_asked(wanted, lead, monkeypatch):
    monkeypatch.setattr("theses.matching.student_index.WIDTHS", (2, None))
    for _number in range(3):
        seeker(languages=["en"])
    fits = seeker("Varmuuskopiot.")
    student_index.read_unread()

    assert found(wanted, lead, 1) == [fits]


def test_closed_profile_leaves_the_index_at_once(crowd, wanted, lead):
    best, _others = crowd
    student_index.read_unread()

    StudentProfile.objects.filter(pk=best.pk).update(openness="private")

    assert best not in found(wanted, lead)
    assert not StudentFeature.objects.filter(profile=best).exists()
    assert student_index.read_unread() == 0


CHANGES = {
    "words": lambda one: StudentProfile.objects.filter(pk=one.pk).update(interests="Uusi"),
    "theme": lambda one: one.terms.add(Term.objects.filter(scheme="security_task").first()),
    "field gone": lambda one: StudentField.objects.filter(profile=one).delete(),
    "theme gone": lambda one: StudentTerm.objects.filter(profile=one).delete(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_read_has_the_student_read_again(crowd, change):
    best, _others = crowd
    best.terms.add(Term.objects.filter(scheme="vital_function").first())
    student_index.read_unread()

    CHANGES[change](best)

    assert not StudentRead.objects.filter(profile=best).exists()
    assert student_index.read_unread() == 1


def test_what_is_not_read_leaves_her_in_the_index(crowd):
    student_index.read_unread()

    StudentProfile.objects.update(wants_pay=True, is_remote=False)
    for profile in StudentProfile.objects.all():
        profile.save()

    assert student_index.read_unread() == 0


def test_another_analysis_reads_all_anew(crowd, wanted, lead, monkeypatch):
    student_index.read_unread()
    monkeypatch.setattr(finnish, "ENGINE_VERSION", 0)

    assert found(wanted, lead)[0] == crowd[0]
    assert student_index.read_unread() == 5


def test_private_profiles_are_never_in_the_index(db):
    seeker(openness="private")

    assert student_index.read_unread() == 0


def test_statements_do_not_grow_with_the_students(crowd, wanted, lead):
    student_index.read_unread()
    found(wanted, lead, 3)  # what the process keeps of the vocabulary
    with CaptureQueriesContext(connection) as few:
        found(wanted, lead, 3)
    for _number in range(5):
        seeker()
    student_index.read_unread()
    with CaptureQueriesContext(connection) as many:
        found(wanted, lead, 3)

    assert len(many) == len(few)
