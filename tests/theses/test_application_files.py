import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cluster_portal.core import files
from tests.theses import factories as made
from theses.models import Application, ApplicationFile
from theses.models.applications import Stage
from theses.services import application_rounds, applications

PDF = b"%PDF-1.7\ntrailer<<>>\n%%EOF\n"
ANSWER = {"motivation": "Kiinnostaa kovasti.", "school": "TAMK", "is_public": "on"}


@pytest.fixture
def file(topic, student):
    upload = files.check(SimpleUploadedFile("Öljy.pdf", PDF))
    application = made.application(topic, student)
    applications.keep_files(application, [upload])
    return application.files.get()


def apply(client, topic, *sent):
    return client.post(
        reverse("theses:topic_apply", args=[topic.slug]), {**ANSWER, "attachments": sent}
    )


def test_files_are_sent_with_the_application(client, topic, student):
    client.force_login(student)

    answer = apply(client, topic, *(SimpleUploadedFile(f"{n}.pdf", PDF) for n in ("cv", "ote")))

    assert answer.status_code == 302
    assert list(ApplicationFile.objects.values_list("name", "size")) == [
        ("cv.pdf", len(PDF)),
        ("ote.pdf", len(PDF)),
    ]
    page = client.get(answer.url).content.decode()
    assert "cv.pdf" in page
    assert "ote.pdf" in page


def test_refused_file_keeps_text_and_tick_and_names_the_kinds(client, topic, student):
    client.force_login(student)

    answer = apply(client, topic, SimpleUploadedFile("cv.exe", b"MZ"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "pdf, docx, odt, txt, png, jpg, jpeg" in page
    assert "Kiinnostaa kovasti." in page
    assert answer.context["form"]["is_public"].value() is True
    assert not Application.objects.exists()


def test_four_files_are_too_many(client, topic, student):
    client.force_login(student)

    answer = apply(client, topic, *(SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(4)))

    assert "attachments" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *(("student", 200), ("lead", 200), ("office", 200), ("admin_user", 200)),
        *(("outsider", 404), ("member", 404), ("other_office", 404)),
    ],
)
def test_who_gets_the_file(client, request, file, lead, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(file.get_absolute_url()).status_code == status


def test_visitor_is_sent_to_sign_in(client, file):
    assert client.get(file.get_absolute_url()).status_code == 302


def test_file_is_an_attachment_that_no_browser_runs(client, file, student):
    client.force_login(student)

    answer = client.get(file.get_absolute_url())

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C3%96ljy.pdf"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_missing_file_is_told_on_a_page(client, file, student):
    default_storage.delete(file.file.name)
    client.force_login(student)

    answer = client.get(file.get_absolute_url())

    assert answer.status_code == 404
    assert "Öljy.pdf" in answer.content.decode()


def test_student_removes_a_file_while_she_waits(
    client, file, student, django_capture_on_commit_callbacks
):
    client.force_login(student)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("theses:application_file_remove", args=[file.public_id]))

    assert not ApplicationFile.objects.exists()
    assert not default_storage.exists(file.file.name)


@pytest.mark.parametrize("who", ["lead", "outsider"])
def test_others_remove_nothing(client, request, file, lead, who):
    client.force_login(request.getfixturevalue(who))

    answer = client.post(reverse("theses:application_file_remove", args=[file.public_id]))

    assert answer.status_code == 404
    assert ApplicationFile.objects.exists()


def test_answered_application_keeps_its_files(client, file, student):
    Application.objects.update(stage=Stage.WITHDRAWN)
    client.force_login(student)

    answer = client.post(reverse("theses:application_file_remove", args=[file.public_id]))

    assert answer.status_code == 404
    assert ApplicationFile.objects.exists()


def test_sweep_takes_only_what_no_row_knows(file, monkeypatch):
    monkeypatch.setattr(files, "FRESH", files.timedelta(0))
    orphan = files.store(files.check(SimpleUploadedFile("a.pdf", PDF)), applications.FOLDER)

    application_rounds.sweep_files()

    assert default_storage.exists(file.file.name)
    assert not default_storage.exists(orphan)


def test_refused_form_says_at_the_field_that_files_must_be_chosen_again(client, topic, student):
    client.force_login(student)
    sent = SimpleUploadedFile("cv.txt", b"Harjoituksia.", content_type="text/plain")
    address = reverse("theses:topic_apply", args=[topic.slug])

    page = client.post(address, {**ANSWER, "motivation": "", "attachments": [sent]})
    without = client.post(address, {**ANSWER, "motivation": ""})

    assert page.context["form"].errors["attachments"] == [
        "Valitse tiedostot uudelleen: selain ei säilytä niitä."
    ]
    assert "attachments" not in without.context["form"].errors
