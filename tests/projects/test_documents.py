"""Documents of a project: who reads which, versions, what a bad upload or a leaver meets."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from cluster_portal.core.files import Upload
from projects.models import DocumentVersion, Partnership, ProjectDocument
from projects.services import documents as services
from tests import factories, statements
from tests.projects import factories as make

PDF = b"%PDF-1.7\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def partner_firm(other_cluster):
    made = factories.organisation("Kumppani Oy")
    factories.membership(made, other_cluster)
    return made


@pytest.fixture
def partner(partner_firm):
    person = factories.user("partner@example.org")
    factories.affiliation(person, partner_firm)
    return person


@pytest.fixture
def project(home_cluster, company, partner_firm):
    made = make.project(home_cluster, organisation=company)
    make.partnership(made, partner_firm)
    return made


def sent(content=PDF, name="suunnitelma.pdf"):
    return services.Sent(Upload(name, "pdf", content), uuid.uuid4())


@pytest.mark.parametrize(
    ("read_by", "seen"),
    [
        ("public", {"visitor", "outsider", "other_lead", "partner", "lead", "office"}),
        ("members", {"other_lead", "partner", "lead", "office"}),
        ("partners", {"partner", "lead", "office"}),
    ],
)
def test_document_and_its_file_are_read(client, request, project, lead, read_by, seen):
    made = make.document(project, lead, read_by)
    addresses = [made.get_absolute_url(), made.versions.get().get_absolute_url()]

    readers = set()
    for name in ("visitor", "outsider", "other_lead", "partner", "lead", "office"):
        client.logout()
        if name != "visitor":
            client.force_login(request.getfixturevalue(name))
        codes = {client.get(address).status_code for address in addresses}
        assert codes in ({200}, {404}, {302, 404}), name
        readers |= {name} if codes == {200} else set()

    assert readers == seen


def test_document_of_a_hidden_project_is_open_to_nobody_more(client, home_cluster, company, lead):
    hidden = make.project(home_cluster, organisation=company, visibility="private")
    made = make.document(hidden, lead, "public")

    assert client.get(made.versions.get().get_absolute_url()).status_code == 404


def test_new_version_keeps_the_old_one(client, project, lead, partner):
    made = make.document(project, lead)
    services.add_version(made, sent(b"%PDF-1.4 uusi %%EOF", "uusi.pdf"), by=lead)
    client.force_login(partner)

    old, new = made.versions.order_by("number")

    assert (old.number, new.number) == (1, 2)
    read = [b"".join(client.get(each.get_absolute_url())) for each in (old, new)]
    assert read == [b"%PDF-1.7\n%%EOF", b"%PDF-1.4 uusi %%EOF"]


def test_link_is_refused_after_leaving_the_project(client, project, lead, partner):
    address = make.document(project, lead).versions.get().get_absolute_url()
    client.force_login(partner)
    before = client.get(address).status_code
    Partnership.objects.update(stage="declined")

    assert (before, client.get(address).status_code) == (200, 404)


def test_reading_what_is_not_public_is_on_the_record(client, project, lead, partner):
    graded, public = make.document(project, lead), make.document(project, lead, "public")
    client.force_login(partner)
    for made in (graded, public):
        client.get(made.versions.get().get_absolute_url())

    reads = AuditEntry.objects.filter(action="file read")

    assert [(entry.about, entry.actor) for entry in reads] == [(graded, partner)]


def test_upload_is_made_by_a_partner_in_the_browser(client, project, partner):
    client.force_login(partner)
    address = f"/projects/{project.slug}/documents/propose/"
    key = uuid.uuid4()
    for _time in range(2):
        file = SimpleUploadedFile("muistio.pdf", PDF)
        data = {"title": "Muistio", "read_by": "members", "form_key": key, "file": file}
        response = client.post(address, data)

    assert response.status_code == 302
    made = ProjectDocument.objects.get()
    assert (made.title, made.read_by, made.author) == ("Muistio", "members", partner)
    assert made.versions.get().name == "muistio.pdf"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sivu.html", b"<script>"),
        ("muistio.pdf", b"<html>"),
        ("muistio.txt", "TL IV salassa pidettävä".encode()),
        ("muistio.txt", b"\x00\x01"),
    ],
)
def test_unfit_upload_is_refused_with_a_word(client, project, partner, name, content):
    client.force_login(partner)
    data = {"title": "Muistio", "read_by": "partners", "form_key": uuid.uuid4()}

    response = client.post(
        f"/projects/{project.slug}/documents/propose/",
        data | {"file": SimpleUploadedFile(name, content)},
    )

    assert response.status_code == 422
    assert not ProjectDocument.objects.exists()


@pytest.mark.parametrize(
    ("title", "status"),
    [("TL IV suunnitelma", 422), ("www.evil.fi suunnitelma", 422), ("x" * 1_000_000, 422)],
)
def test_unfit_title_is_refused(client, project, partner, title, status):
    client.force_login(partner)
    data = {"title": title, "read_by": "partners", "form_key": uuid.uuid4()}
    file = {"file": SimpleUploadedFile("muistio.pdf", PDF)}

    response = client.post(f"/projects/{project.slug}/documents/propose/", data | file)

    assert response.status_code == status
    assert not ProjectDocument.objects.exists()


def test_stranger_adds_nothing(client, project, other_lead):
    with pytest.raises(Refused):
        make.document(project, other_lead)
    client.force_login(other_lead)

    assert client.get(f"/projects/{project.slug}/documents/propose/").status_code == 404
    assert not ProjectDocument.objects.exists()


def test_partner_changes_own_documents_only(client, project, lead, partner):
    own, other = make.document(project, partner), make.document(project, lead)
    client.force_login(partner)

    codes = [client.get(f"{each.get_absolute_url()}version/").status_code for each in (own, other)]

    assert codes == [200, 404]
    with pytest.raises(Refused):
        services.add_version(other, sent(), by=partner)


def test_removing_takes_the_files_along(project, lead, django_capture_on_commit_callbacks):
    made = make.document(project, lead)
    stored = made.versions.get().file.name

    with django_capture_on_commit_callbacks(execute=True):
        services.remove_document(made, by=lead)

    assert not default_storage.exists(stored)
    assert not DocumentVersion.objects.exists()


def test_missing_file_is_told_of(client, project, lead):
    made = make.document(project, lead)
    default_storage.delete(made.versions.get().file.name)
    client.force_login(lead)

    response = client.get(made.versions.get().get_absolute_url(), follow=True)

    assert "Tiedosto puuttuu" in response.content.decode()


def test_names_of_senders_stay_with_those_who_work_here(client, project, lead, partner):
    made = make.document(project, lead, "public")
    names = lead.get_full_name()

    told = [names in client.get(made.get_absolute_url()).content.decode()]
    client.force_login(partner)
    told.append(names in client.get(made.get_absolute_url()).content.decode())

    assert told == [False, True]


def test_pages_cost_the_same_for_one_document_and_ten(client, project, lead, partner):
    made = make.document(project, lead)
    client.force_login(partner)
    pages = [f"/projects/{project.slug}/documents/", made.get_absolute_url()]
    few = [len(statements.of_page(client, page)) for page in pages]
    for _number in range(9):
        make.document(project, lead)
        services.add_version(made, sent(), by=lead)

    many = [len(statements.of_page(client, page)) for page in pages]

    assert many == few
    assert max(many) <= 10


def test_project_page_shows_newest_documents_as_far_as_they_are_seen(client, project, lead):
    make.document(project, lead)
    opened = make.document(project, lead)
    services.edit_document(opened, title="Avoin", read_by="public", by=lead, seen="partners")

    page = client.get(project.get_absolute_url()).content.decode()

    assert ("Avoin" in page, "Suunnitelma" in page) == (True, False)


def test_stale_form_does_not_open_what_was_closed_meanwhile(project, lead):
    document = make.document(project, lead, "public")
    services.edit_document(document, title="A", read_by="partners", by=lead, seen="public")

    with pytest.raises(Refused):
        services.edit_document(document, title="B", read_by="public", by=lead, seen="public")

    document.refresh_from_db()
    assert (document.title, document.read_by) == ("A", "partners")
