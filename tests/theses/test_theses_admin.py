import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.utils import timezone

from cluster_portal.core import exports
from cluster_portal.core.audit import AuditEntry
from cluster_portal.notifications.models import OutboxMail
from tests import factories
from tests.theses import factories as made
from tests.theses import parties
from tests.theses.test_topic_import import HEADER, ROW
from theses.models import Application, Approach, SchoolGuide, Thesis, Topic

LIST = "/admin/theses/topic/"


@pytest.fixture(autouse=True)
def _without_second_factor():
    with override_settings(DEMO=True):
        yield


@pytest.fixture
def foreign(other_cluster):
    return made.topic(factories.organisation("Kanaria Oy"), other_cluster, title="Kanarialintu")


def test_coordinator_sees_her_own_topics_alone(client, office, topic, foreign):
    client.force_login(office)

    page = client.get(LIST).content.decode()

    assert topic.title in page
    assert "Kanari" not in page


def test_foreign_topic_cannot_be_opened(client, office, foreign):
    client.force_login(office)

    answer = client.get(f"{LIST}{foreign.pk}/change/")

    assert answer.status_code in {302, 403, 404}
    assert "Kanarialintu" not in answer.content.decode()


def test_foreign_topic_cannot_be_moved(client, office, foreign):
    client.force_login(office)

    client.post(f"{LIST}{foreign.pk}/move/withdraw/", {"reason": "Syy", "confirmed": "yes"})

    foreign.refresh_from_db()
    assert foreign.stage == "open"


def test_publish_action_leaves_foreign_topics_alone(client, office, company, home_cluster, foreign):
    mine = made.topic(company, home_cluster, stage="in_review")
    foreign.stage = "in_review"
    foreign.save()
    client.force_login(office)

    chosen = {"action": "publish_selected", "_selected_action": [mine.pk, foreign.pk]}
    client.post(LIST, chosen)

    assert set(Topic.objects.values_list("stage", flat=True)) == {"open", "in_review"}
    assert Topic.objects.get(pk=mine.pk).stage == "open"


def test_coordinator_withdraws_with_a_reason(client, office, topic):
    client.force_login(office)

    client.post(f"{LIST}{topic.pk}/move/withdraw/", {"reason": "", "confirmed": "yes"})
    topic.refresh_from_db()
    assert topic.stage == "open"
    client.post(f"{LIST}{topic.pk}/move/withdraw/", {"reason": "Vanhentunut.", "confirmed": "yes"})

    topic.refresh_from_db()
    assert topic.stage == "withdrawn"


def test_change_page_opens_and_saves(client, office, topic):
    client.force_login(office)

    assert client.get(f"{LIST}{topic.pk}/change/").status_code == 200


def test_add_page_opens(client, office, topic):
    client.force_login(office)

    assert client.get(f"{LIST}add/").status_code == 200


def upload():
    return SimpleUploadedFile("topics.csv", f"{HEADER}\n{ROW}".encode())


def test_import_previews_and_then_writes(client, office, company):
    client.force_login(office)

    preview = client.post(f"{LIST}import/", {"file": upload(), "preview": "1"})
    assert not Topic.objects.exists()
    token = preview.context["token"]
    client.post(f"{LIST}import/", {"token": token, "write": "1"})

    assert Topic.objects.get().external_id == "a1"


def test_import_page_of_another_cluster_refuses(client, other_office, company):
    client.force_login(other_office)

    answer = client.post(f"{LIST}import/", {"file": upload(), "write": "1"})

    assert answer.context["report"]["faults"]
    assert not Topic.objects.exists()


def test_application_is_accepted_in_the_admin(client, office, topic):
    application = made.application(topic)
    client.force_login(office)
    address = f"/admin/theses/application/{application.pk}/"

    assert client.get(f"{address}change/").status_code == 200
    client.post(f"{address}move/accept/")

    assert Application.objects.get().stage == "accepted"


def test_export_is_no_program(client, office, company, home_cluster):
    topic = made.topic(company, home_cluster, title="=cmd|'/c calc'!A0")
    client.force_login(office)

    chosen = {"action": "export_selected", "_selected_action": [topic.pk]}
    text = client.post(LIST, chosen).content.decode("utf-8-sig")

    assert "'=cmd|" in text
    act = AuditEntry.objects.get(action="exported", actor=office)
    assert act.details == {"list": "topics", "rows": 1}


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("+358 40 123 4567", "+358 40 123 4567"),
        ("-12,5", "-12,5"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),  # noqa: RUF001
        ("%1", "'%1"),
        ("-2+3+cmd", "'-2+3+cmd"),
        (None, ""),
        ("a\0b", "ab"),
    ],
)
def test_cells_are_made_safe(cell, safe):
    assert exports.safe_cell(cell) == safe


WORKS = "/admin/theses/thesis/"


@pytest.fixture
def thesis(topic, student, company):
    return parties.working(topic, student, parties.supervisor(company))


def test_thesis_opens_and_cannot_be_edited(client, office, thesis):
    client.force_login(office)

    text = client.get(f"{WORKS}{thesis.pk}/change/").content.decode()

    assert thesis.title in text
    assert 'name="title"' not in text


def test_thesis_is_moved_by_the_service_with_a_reason(client, office, thesis):
    client.force_login(office)
    address = f"{WORKS}{thesis.pk}/move/interrupt/"

    client.post(address, {"reason": ""})
    thesis.refresh_from_db()
    assert thesis.stage == "in_progress"
    client.post(address, {"reason": "Sairausloma."})

    thesis.refresh_from_db()
    assert thesis.stage == "interrupted"


def test_finishing_needs_its_own_form(client, office, thesis):
    client.force_login(office)

    assert client.post(f"{WORKS}{thesis.pk}/move/finish/").status_code == 404


def test_foreign_thesis_is_unknown(client, other_office, thesis):
    Thesis.objects.update(title="Kanarialintu")
    client.force_login(other_office)

    assert client.get(f"{WORKS}{thesis.pk}/change/").status_code in {302, 403, 404}
    assert "Kanarialintu" not in client.get(WORKS).content.decode()


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ("light__exact=green", True),
        ("light__exact=red", False),
        ("supervised=no", False),
        ("supervised=yes", True),
        ("stage__exact=in_progress", True),
    ],
)
def test_theses_are_narrowed(client, office, thesis, query, is_shown):
    client.force_login(office)

    shown = client.get(f"{WORKS}?{query}").context["cl"].result_list

    assert (thesis in shown) is is_shown


def test_theses_are_narrowed_by_the_students_school(client, office, thesis, student, company):
    made.student_profile(student, school=company)
    client.force_login(office)

    page = client.get(f"{WORKS}?school={company.pk}")

    assert thesis in page.context["cl"].result_list
    assert company.title in page.content.decode()
    assert not client.get(f"{WORKS}?school=x").context["cl"].result_list


def test_interview_is_not_a_step_of_the_admin(client, office, topic):
    application = made.application(topic)
    client.force_login(office)

    answer = client.post(f"/admin/theses/application/{application.pk}/move/invite/")

    assert answer.status_code == 404


@pytest.mark.parametrize("openness", ["private", "chosen"])
def test_profile_not_opened_to_coordinators_is_unknown(client, office, student, openness):
    profile = made.student_profile(student, openness=openness, programme="Kanarialintu")
    client.force_login(office)

    assert "Kanarialintu" not in client.get("/admin/theses/studentprofile/").content.decode()
    answer = client.get(f"/admin/theses/studentprofile/{profile.pk}/change/")
    assert answer.status_code in {302, 403, 404}


def test_opened_profile_is_read_and_not_changed(client, office, student):
    profile = made.student_profile(student, programme="Turvallisuus")
    client.force_login(office)
    address = f"/admin/theses/studentprofile/{profile.pk}/change/"

    assert "Turvallisuus" in client.get(address).content.decode()
    assert client.post(address, {"programme": "Muu"}).status_code == 403


def seats_form(profile, seats, capacity):
    return {
        "seats-TOTAL_FORMS": "1", "seats-INITIAL_FORMS": "1", "seats-MIN_NUM_FORMS": "0",
        "seats-MAX_NUM_FORMS": "1000", "seats-0-id": seats.pk, "seats-0-profile": profile.pk,
        "seats-0-capacity": capacity,
    }  # fmt: skip


@pytest.mark.parametrize(("capacity", "stored"), [(5, 5), (0, 1), (201, 1), ("x", 1)])
def test_room_is_noted_through_the_service(client, office, thesis, capacity, stored):
    profile = thesis.supervisor.supervisor_profile
    seats = parties.seats_of(thesis.supervisor)
    client.force_login(office)

    address = f"/admin/theses/supervisorprofile/{profile.pk}/change/"
    client.post(address, seats_form(profile, seats, capacity))

    assert parties.seats_of(thesis.supervisor).capacity == stored
    assert AuditEntry.objects.filter(action="capacity").exists() is (stored == 5)


def test_guide_of_a_school_in_scope_is_written(client, office, company):
    company.kind = "university"
    company.save()
    client.force_login(office)

    form = {"school": company.pk, "text_fi": "Tee **sopimus**."}
    client.post("/admin/theses/schoolguide/add/", form)

    assert SchoolGuide.objects.get().school == company


def test_guide_of_a_foreign_school_is_read_only(client, other_office, company):
    guide = SchoolGuide.objects.create(school=company, text_fi="Tee sopimus.")
    client.force_login(other_office)
    address = f"/admin/theses/schoolguide/{guide.pk}/change/"

    assert "Tee sopimus." in client.get(address).content.decode()
    client.post(address, {"school": company.pk, "text_fi": "Älä."})

    guide.refresh_from_db()
    assert guide.text_fi == "Tee sopimus."


@pytest.fixture
def said(office, topic, student, company):
    """A message and a request about a topic of the home cluster, by the name of their lists."""
    thesis = parties.thesis(topic, student, parties.supervisor(company))
    approach = Approach.objects.create(
        topic=topic,
        kind="invite_student",
        by=office,
        to=student,
        message="Hei.",
        answer_by=timezone.localdate(),
    )
    return {"approach": approach, "supervisionrequest": thesis.requests.get()}


@pytest.mark.parametrize("kind", ["approach", "supervisionrequest"])
def test_messages_and_requests_are_read(client, office, said, kind):
    client.force_login(office)
    address = f"/admin/theses/{kind}/{said[kind].pk}/change/"

    assert client.get(f"/admin/theses/{kind}/").status_code == 200
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 403


@pytest.mark.parametrize("kind", ["approach", "supervisionrequest"])
def test_messages_and_requests_of_others_are_unknown(client, other_office, said, kind):
    client.force_login(other_office)

    page = client.get(f"/admin/theses/{kind}/")

    assert list(page.context["cl"].result_list) == []


@pytest.mark.parametrize("origin", ["organisation", "supervisor", "student"])
def test_review_queue_works_for_every_origin(client, office, home_cluster, student, origin):
    values = {"student": {"student": student}, "supervisor": {"supervisor": student}}
    waiting = made.topic(
        None, home_cluster, origin=origin, stage="in_review", published_at=None,
        **values.get(origin, {"contact": student}),
    )  # fmt: skip
    client.force_login(office)

    listed = client.get(f"{LIST}?stage__exact=in_review&origin__exact={origin}")
    assert waiting in listed.context["cl"].result_list
    client.post(f"{LIST}{waiting.pk}/move/send_back/", {"reason": "Tarkenna aineistoa."})
    waiting.refresh_from_db()
    assert waiting.stage == "draft"
    assert OutboxMail.objects.filter(kind="topic_returned", recipient=student).count() == 1


def test_cluster_says_whether_it_reviews_topics(client, office, home_cluster):
    client.force_login(office)

    page = client.get(f"/admin/members/cluster/{home_cluster.pk}/change/").content.decode()

    assert 'name="reviews_topics"' in page


def test_topic_is_tied_to_the_thread_in_its_form(client, office, topic):
    client.force_login(office)

    page = client.get(f"{LIST}{topic.pk}/change/").content.decode()

    assert 'name="thread_links-__prefix__-challenge"' in page


def as_sent(form) -> dict[str, object]:
    """What a browser sends of a form that nobody has touched: nothing where no option is chosen."""
    sent = {}
    for bound in form:
        value = bound.value()
        if isinstance(bound.field, forms.ModelChoiceField) and value:
            value = value if bound.field.queryset.filter(pk=value).exists() else ""
        if value is not None and value is not False:
            sent[bound.html_name] = value
    return sent


def untouched(page) -> dict[str, object]:
    sent = as_sent(page.context["adminform"].form)
    for each in page.context["inline_admin_formsets"]:
        for form in (each.formset.management_form, *each.formset.initial_forms):
            sent |= as_sent(form)
    return {**sent, "keywords": ""}


def test_saving_a_topic_loses_nobody_who_is_out_of_the_coordinators_scope(
    client, office, home_cluster, student
):
    idea = made.idea(student, home_cluster, contact=student, schedule="")
    client.force_login(office)
    address = f"{LIST}{idea.pk}/change/"

    answer = client.post(address, {**untouched(client.get(address)), "schedule": "Keväällä"})

    idea.refresh_from_db()
    assert answer.status_code == 302
    assert (idea.schedule, idea.student, idea.contact) == ("Keväällä", student, student)


def test_coordinator_still_cannot_choose_one_out_of_scope(client, office, topic, student):
    client.force_login(office)
    address = f"{LIST}{topic.pk}/change/"

    answer = client.post(address, {**untouched(client.get(address)), "contact": student.pk})

    topic.refresh_from_db()
    assert "contact" in answer.context["adminform"].form.errors
    assert topic.contact is None


def test_example_of_the_import_can_be_imported_as_it_is(client, office, company):
    client.force_login(office)

    page = client.get(f"{LIST}import/").content.decode()
    example = client.get(f"{LIST}import/?example")
    file = SimpleUploadedFile("example.csv", example.content)
    answer = client.post(f"{LIST}import/", {"file": file, "preview": "1"})

    assert 'href="?example"' in page
    assert "06 = Tietojenkäsittely ja tietoliikenne (ICT)" in page
    report = answer.context["report"]
    assert report["faults"] == []
    assert [row["outcome"] for row in report["results"]] == ["uusi"]


def test_import_without_a_file_asks_for_one(client, office):
    client.force_login(office)

    answer = client.post(f"{LIST}import/", {"preview": "1"})

    assert answer.context["form"].errors["file"] == ["Valitse tiedosto."]
