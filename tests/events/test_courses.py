"""Courses: parts, prerequisites, groups, the risk register, certificates, three months later."""

import datetime
import uuid
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.surveys.models import Round
from cluster_portal.surveys.services.ready_made import load_ready_made
from events.models import Course, CourseCertificate, CourseGroupMember, RiskEntry
from events.pages.course_certificates import link_of
from events.services import course_groups, courses
from events.services.registrations import register
from tests.events import factories as made

AGO = datetime.timedelta(days=10)
RISK = {"risk": "Varavoima loppuu", "detail": "", "likelihood": 3, "impact": 5, "measure": "",
        "owner": "Kunta"}  # fmt: skip


def course(lead, company, **values):
    told = {
        "organisation": company, "title_fi": "Ennakoinnin koulutus", "summary_fi": "Osissa.",
        "visibility": "public", "group_task": "Kuvatkaa riski.", "has_register": True,
        "form_key": uuid.uuid4(), **values,
    }  # fmt: skip
    return courses.make_course(told, by=lead)


def part(of, office, cluster, *, is_over=False, is_required=True):
    event = made.event(cluster)
    courses.add_part(of, event, is_required=is_required, by=office)
    if is_over:
        over(event)
    return event


def over(event):
    ended = timezone.now() - AGO
    type(event).objects.filter(pk=event.pk).update(
        starts_at=ended - datetime.timedelta(hours=3), ends_at=ended,
        registration_closes_at=ended - AGO,
    )  # fmt: skip


@pytest.fixture
def draft(lead, company):
    return course(lead, company)


@pytest.fixture
def opened(draft, office, home_cluster):
    part(draft, office, home_cluster)
    part(draft, office, home_cluster)
    courses.move_course(draft, "submit", by=office)
    return courses.move_course(draft, "publish", by=office)


def finish(opened, *people, miss=()):
    """All parts are over; those who are named attended them, less the numbers in `miss`."""
    for number, each in enumerate(opened.parts.all()):
        for person in people:
            if number not in miss:
                made.registration(each.event, person, stage="attended")
        over(each.event)


def test_draft_is_the_own_side_and_an_empty_one_is_not_sent(draft, lead, outsider, office):
    assert not Course.objects.visible_to(outsider).exists()
    assert Course.objects.visible_to(office).exists()
    with pytest.raises(Refused):
        courses.move_course(draft, "submit", by=lead)


def test_only_coordinators_publish(draft, lead, office, home_cluster):
    part(draft, office, home_cluster)
    courses.move_course(draft, "submit", by=lead)

    with pytest.raises(Refused):
        courses.move_course(draft, "publish", by=lead)
    assert courses.move_course(draft, "publish", by=office).stage == "open"


def test_event_is_a_part_of_one_course_and_of_ones_own(draft, lead, company, office, home_cluster):
    event = part(draft, office, home_cluster)
    other = course(lead, company, title_fi="Toinen koulutus")

    with pytest.raises(Refused):
        courses.add_part(other, event, is_required=True, by=office)
    with pytest.raises(Refused):  # the contact looks after no event of the cluster
        courses.add_part(other, made.event(home_cluster), is_required=True, by=lead)


def test_one_press_registers_for_all_parts(client, opened, outsider):
    client.force_login(outsider)

    client.post(reverse("events:course_enrol", args=[opened.slug]))
    client.post(reverse("events:course_enrol", args=[opened.slug]))

    assert outsider.registrations.filter(stage="confirmed").count() == 2


def test_registration_for_all_parts_names_ones_organisation(opened, member, company):
    courses.enrol(opened, by=member)

    names = set(member.registrations.values_list("organisation_name", flat=True))
    assert names == {company.title}


def test_certificate_before_is_needed_by_every_way_in(opened, outsider, lead, company):
    before = course(lead, company, title_fi="Perusteet")
    Course.objects.filter(pk=opened.pk).update(requires=before)
    event = opened.parts.first().event

    with pytest.raises(Refused):
        courses.enrol(opened, by=outsider)
    with pytest.raises(Refused):
        register(event, "on_site", made.details(outsider), by=outsider)
    CourseCertificate.objects.create(course=before, user=outsider, name="Ulla")

    assert courses.enrol(opened, by=outsider).done == 2


def test_certificate_only_for_all_required_parts(opened, outsider, member, lead):
    finish(opened, outsider)
    for each in list(opened.parts.all())[:1]:
        made.registration(each.event, member, stage="attended")

    courses.move_course(opened, "end", by=lead)

    assert [row.user for row in CourseCertificate.objects.all()] == [outsider]
    assert OutboxMail.objects.filter(kind="course_certificate").get().recipient == outsider
    assert courses.certify(opened, by=lead) == 0


def test_guest_gets_one_too_and_opens_it_by_the_link(client, opened, lead):
    finish(opened)
    for each in opened.parts.all():
        made.registration(each.event, None, stage="attended", name="Vieras", email="v@example.com")
    courses.move_course(opened, "end", by=lead)
    row = CourseCertificate.objects.get()
    answer = client.get(urlsplit(link_of(row)).path)

    assert answer["Content-Type"] == "application/pdf"
    check = client.get(reverse("certificates:check", args=[row.code]))
    assert "Vieras" in check.content.decode()


def test_course_does_not_end_before_its_parts(opened, lead):
    with pytest.raises(Refused):
        courses.move_course(opened, "end", by=lead)
    with pytest.raises(Refused):
        courses.certify(opened, by=lead)


def test_certificate_of_another_is_not_opened(client, opened, outsider, member):
    row = CourseCertificate.objects.create(course=opened, user=member, name="Maija")
    client.force_login(outsider)

    address = reverse("events:course_certificate", args=[row.public_id])
    assert client.get(address).status_code == 404


def test_groups_are_for_participants(client, opened, outsider, member):
    courses.enrol(opened, by=member)
    with pytest.raises(Refused):
        course_groups.make_group(opened, "Ryhmä", form_key=uuid.uuid4(), by=outsider)

    first = course_groups.make_group(opened, "Ryhmä", form_key=uuid.uuid4(), by=member)
    with pytest.raises(Refused):
        course_groups.make_group(opened, "ryhmä", form_key=uuid.uuid4(), by=member)
    second = course_groups.make_group(opened, "Toinen", form_key=uuid.uuid4(), by=member)

    assert CourseGroupMember.objects.get(user=member).group == second
    with pytest.raises(Refused):
        course_groups.hand_in(
            first, {"title": "Työ", "text": "Teksti"}, None, form_key=uuid.uuid4(), by=member
        )
    output = course_groups.hand_in(
        second, {"title": "Työ", "text": "Teksti"}, None, form_key=uuid.uuid4(), by=member
    )
    client.force_login(outsider)
    assert client.get(output.get_absolute_url()).status_code == 404
    client.force_login(member)
    assert client.get(output.get_absolute_url()).status_code == 200


def test_register_is_read_and_written_inside_alone(client, opened, outsider, member):
    courses.enrol(opened, by=member)
    address = reverse("events:course_register", args=[opened.slug])
    risk = course_groups.add_risk(opened, RISK, form_key=uuid.uuid4(), by=member)

    client.force_login(outsider)
    assert client.get(address).status_code == 404
    with pytest.raises(Refused):
        course_groups.edit_risk(risk, RISK, version=0, by=outsider)
    client.force_login(member)
    assert "Varavoima loppuu" in client.get(address).content.decode()


def test_two_who_change_a_risk_do_not_overwrite_each_other(opened, member):
    courses.enrol(opened, by=member)
    risk = course_groups.add_risk(opened, RISK, form_key=uuid.uuid4(), by=member)
    course_groups.edit_risk(risk, {**RISK, "impact": 4}, version=0, by=member)

    with pytest.raises(Refused):
        course_groups.edit_risk(risk, {**RISK, "impact": 1}, version=0, by=member)


def test_risk_becomes_a_signal_by_its_form(client, opened, member):
    courses.enrol(opened, by=member)
    risk = course_groups.add_risk(opened, RISK, form_key=uuid.uuid4(), by=member)
    client.force_login(member)
    address = f"{reverse('situation:signal_propose')}?risk={risk.public_id}"

    page = client.get(address)
    assert page.context["form"]["title_fi"].value() == "Varavoima loppuu"
    client.post(address, {
        "title_fi": "Varavoima loppuu", "kind": "risk", "horizon": "year",
        "visibility": "members", "form_key": str(uuid.uuid4()),
    })  # fmt: skip

    assert RiskEntry.objects.get(pk=risk.pk).signal is not None


def test_three_months_later_those_who_attended_are_asked_once(opened, outsider, lead):
    load_ready_made()
    finish(opened, outsider)
    courses.move_course(opened, "end", by=lead)
    assert courses.follow_up() == 0
    then = timezone.now() - datetime.timedelta(days=95)
    for each in opened.parts.all():
        type(each.event).objects.filter(pk=each.event_id).update(
            starts_at=then, ends_at=then, registration_closes_at=then
        )

    assert courses.follow_up() == 1
    assert courses.follow_up() == 0

    keys = Round.objects.order_by("pk").values_list("version__template__key", flat=True)
    assert list(keys) == ["training_feedback", "training_follow_up"]
    assert OutboxMail.objects.get(kind="survey_follow_up").recipient == outsider


@pytest.mark.parametrize("who", ["anonymous", "outsider", "lead", "office"])
def test_pages_of_a_course_are_drawn_for_everybody(request, client, opened, member, who):
    courses.add_reading(opened, {"title": "Opas", "link": "https://example.org/", "why": "Ensin"},
                        form_key=uuid.uuid4(), by=request.getfixturevalue("lead"))  # fmt: skip
    courses.enrol(opened, by=member)
    course_groups.make_group(opened, "Ryhmä", form_key=uuid.uuid4(), by=member)
    if who != "anonymous":
        client.force_login(request.getfixturevalue(who))

    page = client.get(opened.get_absolute_url()).content.decode()
    found = client.get(reverse("events:courses")).content.decode()

    assert "Opas" in page
    assert opened.title_fi in found
    assert ("Ryhmä" in page) == (who in {"lead", "office"})
    assert (member.get_full_name() in page) == (who in {"lead", "office"})


def test_trainer_is_led_to_the_organisers_pages_that_open(client, opened, member, lead, office):
    courses.enrol(opened, by=member)
    pages = [reverse("events:organiser", args=[each.event.slug]) for each in opened.parts.all()]

    for reader in (lead, office, member):
        client.force_login(reader)
        page = client.get(opened.get_absolute_url()).content.decode()
        for url in pages:
            assert (f'href="{url}"' in page) == (client.get(url).status_code == 200)

    client.force_login(office)
    page = client.get(opened.get_absolute_url()).content.decode()
    assert [page.count(f'href="{url}"') for url in pages] == [1, 1]


@pytest.mark.parametrize(
    "name", ["course_edit", "part_add", "reading_add", "group_add", "risk_add"]
)
def test_forms_of_a_course_are_drawn_for_its_trainer(client, opened, lead, name):
    client.force_login(lead)

    assert client.get(reverse(f"events:{name}", args=[opened.slug])).status_code == 200
    assert client.get(reverse("events:course_make")).status_code == 200


def test_suggestions_are_drawn_for_a_member(client, member):
    client.force_login(member)

    assert client.get(reverse("events:one_to_ones")).status_code == 200
    assert client.get(reverse("home:desk")).status_code == 200


def held_card(client, user):
    client.force_login(user)
    cards = client.get("/me/").context["mine"]
    rows = next((card["rows"] for card in cards if card["key"] == "courses-held"), [])
    return [(row["title"], row["state"]) for row in rows]


def test_desk_of_the_trainer_leads_to_the_course_until_it_has_ended(
    client, draft, lead, member, office, home_cluster
):
    assert held_card(client, lead) == [("Ennakoinnin koulutus", "draft")]
    assert [held_card(client, each) for each in (member, office)] == [[], []]

    event = part(draft, office, home_cluster)
    courses.move_course(draft, "publish", by=office)
    assert held_card(client, lead) == [("Ennakoinnin koulutus", "open")]

    over(event)
    assert held_card(client, lead) == [("Ennakoinnin koulutus", "check")]

    courses.move_course(draft, "end", by=lead)
    assert held_card(client, lead) == []


def test_trainer_without_events_is_led_to_plan_one(client, draft, lead):
    client.force_login(lead)

    page = client.get(reverse("events:part_add", args=[draft.slug])).content.decode()

    assert f'href="{reverse("events:propose")}"' in page
