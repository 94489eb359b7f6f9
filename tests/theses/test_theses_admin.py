import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from cluster_portal.core import exports
from tests import factories
from tests.theses import factories as made
from tests.theses.test_topic_import import HEADER, ROW
from theses.models import Application, Topic

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

    client.post(f"{LIST}{foreign.pk}/move/withdraw/", {"reason": "Syy"})

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

    client.post(f"{LIST}{topic.pk}/move/withdraw/", {"reason": ""})
    topic.refresh_from_db()
    assert topic.stage == "open"
    client.post(f"{LIST}{topic.pk}/move/withdraw/", {"reason": "Vanhentunut."})

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

    assert answer.context["report"].faults
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
