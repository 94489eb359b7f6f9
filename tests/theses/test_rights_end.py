"""Every right that comes from an affiliation ends with it, at the next request (DESIGN 8)."""

import pytest

from cluster_portal.core.visibility import audience
from members.models import Affiliation, Membership, Organisation, User
from members.models.affiliations import MOVES
from projects.models import Challenge, Project
from tests import factories
from tests.projects import factories as projects
from tests.theses import factories as made
from theses.models import Application, StudentProfile, SupervisorProfile, Thesis, Topic
from theses.models.supervision import SupervisionRequest
from theses.models.works import is_commissioner, is_supervisor


@pytest.fixture
def school(other_cluster):
    made = factories.organisation("Esimerkkiopisto", kind="university")
    factories.membership(made, other_cluster)
    return made


@pytest.fixture
def person(school):
    return factories.user("person@example.org")


def afresh(person):
    """As the next request finds them."""
    return User.objects.get(pk=person.pk)


def end(person):
    Affiliation.objects.filter(user=person).update(stage="ended")


def supervised(person, school, cluster):
    """A topic that the person proposed, one of another's, and a thesis that they supervise."""
    made.supervisor_profile(person, school)
    made.student_profile(factories.user())
    made.topic(None, cluster, origin="supervisor", supervisor=person, contact=person)
    company = factories.organisation()
    work = made.application(made.topic(company, cluster))
    thesis = Thesis.objects.create(application=work, supervisor=person, title="Työ")
    SupervisionRequest.objects.create(thesis=thesis, supervisor=person, rank=1, stage="accepted")
    return thesis


def rights_of_a_supervisor(user, thesis):
    other = factories.user()
    return [
        StudentProfile.objects.visible_to(user).exists(),
        Topic.objects.editable_by(user).exists(),
        Thesis.objects.editable_by(user).exists(),
        Application.objects.visible_to(user).exclude(student=user).exists()
        or Thesis.objects.visible_to(user).exists(),
        SupervisionRequest.objects.visible_to(user).exists(),
        is_supervisor(thesis, user),
        SupervisorProfile.objects.visible_to(other).filter(user=user).exists(),
    ]


def test_supervisor_who_left_her_school_is_none(person, school, home_cluster):
    thesis = supervised(person, school, home_cluster)
    assert rights_of_a_supervisor(afresh(person), thesis) == [True] * 7

    end(person)

    assert rights_of_a_supervisor(afresh(person), thesis) == [False] * 7
    assert SupervisorProfile.objects.editable_by(
        afresh(person)
    ).exists()  # their own words stay theirs


def test_supervisor_who_left_reaches_no_page_of_the_student_or_the_topic(
    client, person, school, home_cluster
):
    thesis = supervised(person, school, home_cluster)
    own = Topic.objects.get(origin="supervisor")
    profile = StudentProfile.objects.get()
    pages = [
        profile.get_absolute_url(), f"{own.get_absolute_url()}edit/", thesis.get_absolute_url(),
    ]  # fmt: skip
    client.force_login(person)
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]

    end(person)

    assert [client.get(page).status_code for page in pages] == [404, 404, 404]


def test_former_contact_keeps_neither_organisation_nor_topic(person, school, other_cluster):
    factories.affiliation(person, school, role="contact")
    topic = made.topic(school, other_cluster, contact=person)
    application = made.application(topic)
    thesis = Thesis.objects.create(application=application, title="Työ")
    made.student_profile(factories.user())

    def rights():
        user = afresh(person)
        return [
            Organisation.objects.editable_by(user).exists(),
            Topic.objects.editable_by(user).exists(),
            Application.objects.visible_to(user).exists(),
            Thesis.objects.editable_by(user).exists(),
            is_commissioner(Thesis.objects.get(), user),
            StudentProfile.objects.visible_to(user).exists(),
            Membership.objects.visible_to(user).exists(),
            Affiliation.objects.visible_to(user).exclude(user=user).exists(),
        ]

    factories.affiliation(factories.user(), school)
    assert thesis.pk
    assert rights() == [True] * 8
    end(person)
    assert rights() == [False] * 8


def test_topics_named_contact_loses_it_with_the_place_in_the_organisation(
    person, school, other_cluster
):
    factories.affiliation(person, school)
    made.topic(school, other_cluster, contact=person)
    assert Topic.objects.editable_by(afresh(person)).exists()

    end(person)

    assert not Topic.objects.editable_by(afresh(person)).exists()


def test_former_deputy_confirms_nobody(person, school):
    factories.affiliation(factories.user(), school, role="contact")
    factories.affiliation(person, school, role="deputy")
    asked = factories.affiliation(factories.user(), school, stage="requested")
    assert MOVES.may("confirm", asked, afresh(person))
    assert Organisation.objects.peopled_by(afresh(person)).exists()

    end(person)

    assert not MOVES.may("confirm", asked, afresh(person))
    assert not Organisation.objects.peopled_by(afresh(person)).exists()


@pytest.mark.parametrize("role", ["member", "representative", "deputy", "contact"])
def test_former_colleague_is_no_member(person, school, other_cluster, role):
    factories.affiliation(person, school, role=role)
    projects.challenge(other_cluster, organisation=school, visibility="cluster")
    assert audience(afresh(person)).is_member
    assert Challenge.objects.visible_to(afresh(person)).exists()

    end(person)

    known = audience(afresh(person))
    assert (known.member_clusters, known.organisations, known.edits) == (frozenset(),) * 3
    assert not Challenge.objects.visible_to(afresh(person)).exists()


def test_former_partner_sees_neither_project_nor_budget(person, school, home_cluster):
    factories.affiliation(person, school)
    project = projects.project(home_cluster, visibility="group")
    projects.partnership(project, school)
    assert Project.objects.visible_to(afresh(person)).contains(project)
    assert Project.objects.budget_readers(afresh(person)).contains(project)

    end(person)

    assert not Project.objects.visible_to(afresh(person)).exists()
    assert not Project.objects.budget_readers(afresh(person)).exists()
