"""Profiles of students and supervisors: who sees them, and what they hold."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cluster_portal.core.errors import Refused
from cluster_portal.core.vocabulary import Scheme, Term
from tests import factories
from tests.theses import factories as made
from theses.models import ProfileAccess, StudentProfile, SupervisorProfile
from theses.models.profile_parts import Half
from theses.models.profiles import Openness
from theses.pages.profile_pages import readers_of
from theses.services import profiles
from theses.services.profiles import Links, Room, SupervisorDraft

VALUES = {
    "level": "master_tech",
    "programme": "Tietotekniikka",
    "school_name": "Esimerkkiyliopisto",
    "interests": "Tilannekuva ja paikannus maastossa.",
    "languages": ["fi", "en"],
}


def fields(*codes):
    return list(Term.objects.filter(scheme=Scheme.EDUCATION_FIELD, code__in=codes))


@pytest.fixture
def profile(student):
    return profiles.save_student(student, VALUES, Links(fields("06"), []), by=student)


@pytest.fixture
def school(home_cluster):
    school = factories.organisation("Esimerkkiyliopisto", kind="university", slug="koulu")
    factories.membership(school, home_cluster)
    return school


@pytest.fixture
def teacher(school):
    teacher = factories.user("ohjaaja@example.org", first_name="Åsa", last_name="Mäki")
    factories.affiliation(teacher, school)
    return teacher


def draft(school, capacity=2, **values):
    values = {
        "institution": school,
        "expertise": "Tilannekuva",
        "levels": ["master"],
        "languages": ["fi"],
        **values,
    }
    return SupervisorDraft(values, Links(fields("06"), []), [Room(2027, Half.SPRING, capacity)])


def sees(reader, profile):
    return type(profile).objects.visible_to(reader).contains(profile)


@pytest.mark.parametrize(
    ("openness", "reader", "seen"),
    [
        (Openness.PRIVATE, "student", True),
        (Openness.PRIVATE, "lead", False),
        (Openness.PRIVATE, "office", False),
        (Openness.PRIVATE, "admin_user", False),
        (Openness.CHOSEN, "lead", False),
        (Openness.COMMISSIONERS, "lead", True),
        (Openness.COMMISSIONERS, "office", True),
        (Openness.COMMISSIONERS, "member", False),
        (Openness.COMMISSIONERS, "outsider", False),
        (Openness.COMMISSIONERS, "admin_user", True),
    ],
)
def test_student_is_seen_as_far_as_she_opened_herself(
    profile, openness, reader, seen, request, student
):
    profiles.open_student(profile, openness, by=student)

    assert sees(request.getfixturevalue(reader), profile) is seen


def test_chosen_organisation_sees_the_profile_until_it_is_shut_out(profile, student, company, lead):
    profiles.let_in(profile, company, by=student)
    let_in = sees(lead, profile)
    profiles.shut_out(profile, company, by=student)

    assert (let_in, sees(lead, profile)) == (True, False)


def test_letting_an_organisation_in_opens_a_private_profile_to_it_alone(profile, student, company):
    profiles.let_in(profile, company, by=student)

    profile.refresh_from_db()
    assert profile.openness == Openness.CHOSEN


def test_open_supervisor_sees_open_students(profile, student, school, teacher):
    profiles.open_student(profile, Openness.COMMISSIONERS, by=student)
    before = sees(teacher, profile)
    profiles.save_supervisor(teacher, draft(school), by=teacher)

    assert (before, sees(teacher, profile)) == (False, True)


def test_supervisor_of_a_foreign_institution_is_refused(company, teacher):
    foreign = factories.organisation("Toinen", kind="university")

    with pytest.raises(Refused):
        profiles.save_supervisor(teacher, draft(foreign), by=teacher)

    assert not SupervisorProfile.objects.exists()


def test_address_of_a_second_person_of_that_name_differs(school, teacher):
    namesake = factories.user(first_name="Åsa", last_name="Mäki")
    factories.affiliation(namesake, school)
    slugs = [
        profiles.save_supervisor(user, draft(school), by=user).slug for user in (teacher, namesake)
    ]

    assert slugs == ["asa-maki", "asa-maki-2"]


def test_form_of_a_student_keeps_what_is_wrong_and_names_it(client, student):
    client.force_login(student)

    response = client.post(reverse("theses:profile_student"), {"level": "master"})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {
        "school_name", "programme", "education_fields", "interests", "languages",
    }  # fmt: skip
    assert not StudentProfile.objects.exists()


def test_student_makes_a_private_profile(client, student):
    client.force_login(student)
    data = {**VALUES, "education_fields": [term.pk for term in fields("06")]}

    response = client.post(reverse("theses:profile_student"), data)

    profile = StudentProfile.objects.get()
    assert response.url == reverse("theses:profile")
    assert (profile.openness, profile.programme) == (Openness.PRIVATE, "Tietotekniikka")
    assert [term.code for term in profile.education_fields.all()] == ["06"]


def test_supervisor_fills_in_her_room(client, school, teacher):
    client.force_login(teacher)
    page = client.get(reverse("theses:profile_supervisor"))
    rooms = [name for name in page.context["form"].fields if name.startswith("room_")]
    data = {
        "institution": school.pk,
        "expertise": "Tilannekuva",
        "levels": ["master"],
        "languages": ["fi"],
        "education_fields": [term.pk for term in fields("06")],
        "visibility": "accounts",
        "is_open": "on",
        **dict.fromkeys(rooms, 3),
    }

    response = client.post(reverse("theses:profile_supervisor"), data)

    assert response.status_code == 302
    seats = SupervisorProfile.objects.get().seats
    assert list(seats.values_list("capacity", flat=True)) == [3, 3, 3]


def test_who_belongs_to_no_institution_is_told_how(client, student):
    client.force_login(student)

    response = client.get(reverse("theses:profile_supervisor"))

    assert response.context["form"] is None


def test_closed_student_page_is_missing_to_others(client, profile, lead):
    client.force_login(lead)

    assert client.get(profile.get_absolute_url()).status_code == 404


def test_lists_cost_the_same_for_one_row_and_ten(
    client, lead, profile, student, django_assert_max_num_queries
):
    profiles.open_student(profile, Openness.COMMISSIONERS, by=student)
    for _number in range(9):
        other = factories.user()
        another = profiles.save_student(other, VALUES, Links(fields("06"), []), by=other)
        profiles.open_student(another, Openness.COMMISSIONERS, by=other)
    client.force_login(lead)

    with django_assert_max_num_queries(9):
        response = client.get(reverse("theses:students"))

    assert len(response.context["page"].object_list) == 10


def test_supervisors_with_room_come_first(client, school, teacher):
    profiles.save_supervisor(teacher, draft(school, visibility="public"), by=teacher)
    full = factories.user(first_name="Aino", last_name="Aalto")
    factories.affiliation(full, school)
    profiles.save_supervisor(full, draft(school, capacity=0, visibility="public"), by=full)

    response = client.get(reverse("theses:supervisors"))

    assert [row["title"] for row in response.context["page"].object_list] == [
        "Åsa Mäki",
        "Aino Aalto",
    ]


def test_profile_for_members_is_hidden_from_visitors(client, school, teacher):
    hidden = profiles.save_supervisor(teacher, draft(school, visibility="members"), by=teacher)

    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert client.get(reverse("theses:supervisors")).context["page"].object_list == []


def test_lead_invites_an_open_student(client, lead, topic, profile, student):
    profiles.open_student(profile, Openness.COMMISSIONERS, by=student)
    client.force_login(lead)
    url = reverse("theses:student_invite", args=[profile.public_id])

    response = client.post(url, {"topic": topic.pk, "message": "Sopisitko tähän?"})

    approach = topic.approaches.get()
    assert response.status_code == 302
    assert (approach.to, approach.kind) == (student, "invite_student")


def test_foreign_topic_cannot_be_invited_to(client, lead, company, profile, student, other_cluster):
    profiles.open_student(profile, Openness.COMMISSIONERS, by=student)
    topic = made.topic(factories.organisation("Toinen Oy"), other_cluster)
    made.topic(company, other_cluster)
    client.force_login(lead)
    url = reverse("theses:student_invite", args=[profile.public_id])

    response = client.post(url, {"topic": topic.pk, "message": "Hei"})

    assert response.status_code == 422
    assert not topic.approaches.exists()


def test_deleting_the_profile_leaves_no_trace_in_the_lists(client, student, profile, lead):
    profiles.open_student(profile, Openness.COMMISSIONERS, by=student)
    client.force_login(student)
    client.post(reverse("theses:profile_delete", args=["student"]))

    assert not StudentProfile.objects.visible_to(lead).exists()


CAST = ["outsider", "member", "lead", "office", "other_office", "admin_user", "supervisor"]


@pytest.fixture
def supervisor(company):
    return made.supervisor_profile(factories.user("valvoja@example.org"), company).user


@pytest.mark.parametrize("openness", ["private", "chosen", "commissioners"])
@pytest.mark.parametrize("who", CAST)
def test_student_reads_who_can_read_the_profile(request, company, supervisor, who, openness):
    reader = request.getfixturevalue(who)
    profile = made.student_profile(factories.user(), openness=openness)
    ProfileAccess.objects.create(profile=profile, organisation=company)
    groups = {"lead": "Kaikkien organisaatioiden yhteyshenkilöt",
              "supervisor": "Kaikki luettelossa olevat ohjaajat"}  # fmt: skip

    readings = readers_of(profile)

    named = {name for reading in readings for name in reading.names}
    group = groups.get(who) in {reading.who for reading in readings}
    assert (str(reader) in named or group) == StudentProfile.objects.visible_to(reader).filter(
        pk=profile.pk
    ).exists()


def test_profile_page_names_the_administrator(client, admin_user):
    profile = made.student_profile(factories.user(), openness="chosen")
    client.force_login(profile.user)

    for page in (reverse("theses:profile"), profile.get_absolute_url()):
        assert str(admin_user) in client.get(page).content.decode()
