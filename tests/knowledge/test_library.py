"""The library: who reads a document, its versions, what is new for a reader."""

import datetime
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cluster_portal.core.vocabulary import Term
from cluster_portal.knowledge.models import LibraryDocument, LibraryVersion
from cluster_portal.knowledge.pages.library import new_in_mine
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.services.following import follow
from members.models import Need
from tests.events import body_factories as bodies
from tests.knowledge import situation_factories as make
from tests.members import need_factories as needs

SEEN = {
    "public": "visitor outsider member lead other_lead office other_office admin",
    "members": "member lead other_lead office other_office admin",
    "cluster": "member lead other_lead office admin",
    "private": "member lead office admin",
}


@pytest.mark.parametrize("visibility", SEEN)
def test_who_reads_a_document_and_its_files(visibility, cast, home_cluster, company):
    make.document(home_cluster, organisation=company, visibility=visibility)

    people = cast.items()
    seen = {who for who, user in people if LibraryDocument.objects.visible_to(user).exists()}
    files = {who for who, user in people if LibraryVersion.objects.visible_to(user).exists()}

    assert seen == files == set(SEEN[visibility].split())


def text_file(content=b"Ohje.", name="ohje.txt"):
    return SimpleUploadedFile(name, content, content_type="text/plain")


def form(**values):
    return {"title_fi": "Ohje varavoimasta", "kind": "guide", "visibility": "members",
            "file": text_file(), "form_key": uuid.uuid4(), **values}  # fmt: skip


def test_member_adds_a_document_and_a_version_that_followers_hear_of(
    member, lead, company, home_cluster, client
):
    client.force_login(member)
    sent = form(organisation=company.pk)
    client.post("/library/add/", sent)
    client.post("/library/add/", {**sent, "file": text_file()})
    document = LibraryDocument.objects.get()
    follow(document, by=lead)

    page = document.get_absolute_url()
    second = {"file": text_file(b"Uusi.", "ohje2.txt"), "note": "Korjattu",
              "form_key": uuid.uuid4()}  # fmt: skip
    client.post(f"{page}version/", second)

    assert list(document.versions.values_list("number", "name")) == [
        (2, "ohje2.txt"), (1, "ohje.txt")
    ]  # fmt: skip
    shown = client.get(page).content.decode()
    assert shown.index("ohje2.txt") < shown.index("ohje.txt")
    newest = client.get(document.versions.first().get_absolute_url())
    assert b"".join(newest.streaming_content) == b"Uusi."
    assert OutboxMail.objects.filter(kind="followed", recipient=lead).exists()


@pytest.mark.parametrize(
    "wrong",
    [{"visibility": "public"}, {"file": text_file(b"TL III")}, {"title_fi": ""},
     {"file": text_file(b"MZ\x90\x00", "ohje.exe")}, {"kind": "x"}],
)  # fmt: skip
def test_what_may_not_be_added_is_answered_in_the_form(wrong, member, company, client):
    client.force_login(member)

    answer = client.post("/library/add/", form(organisation=company.pk, **wrong))

    assert answer.status_code == 422
    assert not LibraryDocument.objects.exists()


def test_outsider_adds_nothing(outsider, client):
    client.force_login(outsider)

    assert client.post("/library/add/", form()).status_code == 404


def test_coordinator_opens_a_document_to_everyone(office, home_cluster, client):
    client.force_login(office)
    client.post("/library/add/", form(visibility="public"))

    document = LibraryDocument.objects.get()
    client.logout()
    assert client.get(document.get_absolute_url()).status_code == 200
    assert document.title in client.get("/library/feed.xml").content.decode()


@pytest.mark.parametrize("act", ["version", "edit", "nothing"])
def test_change_of_what_everyone_reads_is_checked_by_a_coordinator(
    act, member, office, company, home_cluster, client
):
    document = make.document(home_cluster, organisation=company, author=member, visibility="public")
    page = document.get_absolute_url()
    client.force_login(member)
    assert "koordinaattori on tarkistanut" in " ".join(
        client.get(f"{page}version/").content.decode().split()
    )

    if act == "version":
        client.post(f"{page}version/", {"file": text_file(b"Uusi."), "form_key": uuid.uuid4()})
    else:
        title = "Toinen otsikko" if act == "edit" else document.title_fi
        values = {"title_fi": title, "kind": "guide", "visibility": "public"}
        assert client.post(f"{page}edit/", values).status_code == 302

    document.refresh_from_db()
    told = [mail.recipient for mail in OutboxMail.objects.filter(kind="document_changed")]
    is_closed = act != "nothing"
    assert document.visibility == ("members" if is_closed else "public")
    assert told == ([office] if is_closed else [])
    client.logout()
    assert client.get(page).status_code == (404 if is_closed else 200)


def test_second_of_two_editors_is_told_and_may_go_on(office, home_cluster, client):
    document = make.document(home_cluster)
    client.force_login(office)
    page = f"{document.get_absolute_url()}edit/"
    values = {"title_fi": "Otsikko", "kind": "guide", "visibility": "members"}
    seen = document.stamp
    assert f'name="seen" value="{seen}"' in client.get(page).text

    first = client.post(page, {**values, "summary_fi": "Ensimmäinen.", "seen": seen})
    second = client.post(page, {**values, "summary_fi": "Toinen.", "seen": seen})

    document.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 422)
    assert document.summary_fi == "Ensimmäinen."
    assert "Ensimmäinen." in second.text
    assert client.post(page, {**values, "summary_fi": "Toinen.", "seen": document.stamp}).url


def test_coordinator_changes_what_everyone_reads_and_it_stays_open(office, home_cluster, client):
    document = make.document(home_cluster, visibility="public")
    client.force_login(office)

    client.post(f"{document.get_absolute_url()}version/",
                {"file": text_file(b"Uusi."), "form_key": uuid.uuid4()})  # fmt: skip

    document.refresh_from_db()
    assert (document.versions.count(), document.visibility) == (2, "public")
    assert not OutboxMail.objects.filter(kind="document_changed").exists()


def test_new_for_me_is_what_concerns_me_with_its_reason(member, company, home_cluster, outsider):
    term = Term.objects.get(scheme="security_task", code="search")
    need = needs.need(home_cluster, company)
    need.terms.set([term])
    assert Need.objects.open().exists()
    mine = make.document(home_cluster, terms=[term])
    make.document(home_cluster, visibility="private")

    rows = new_in_mine(member)

    assert rows[0]["url"] == mine.get_absolute_url()
    assert rows[0]["text"]
    assert new_in_mine(outsider) == []


def test_removing_takes_all_versions(office, member, home_cluster, client):
    document = make.document(home_cluster)
    client.force_login(member)
    assert client.post(f"{document.get_absolute_url()}remove/").status_code == 404
    client.force_login(office)

    client.post(f"{document.get_absolute_url()}remove/")

    assert not LibraryVersion.objects.exists()


@pytest.fixture
def body(home_cluster, member):
    made = bodies.body(home_cluster)
    bodies.seat(made, member)
    return made


def test_document_of_a_body_is_read_by_those_who_sit_in_it(home_cluster, cast, body, outsider):
    ended = timezone.localdate() - datetime.timedelta(days=1)
    bodies.seat(body, outsider, until=ended)
    make.document(home_cluster, body=body, visibility="group")

    seen = {who for who, user in cast.items() if LibraryDocument.objects.visible_to(user).exists()}

    assert seen == {"member", "office", "admin"}


def test_member_of_a_body_adds_its_document_from_its_page(
    client, member, body, company, home_cluster
):
    client.force_login(member)
    page = client.get(body.get_absolute_url()).content.decode()
    link = f"/library/add/?body={body.slug}"
    assert f'href="{link}"' in page
    begun = client.get(link).context["form"]
    assert (begun["body"].value(), begun["visibility"].value()) == (body.pk, "group")

    both = form(organisation=company.pk, body=body.pk, visibility="group")
    assert client.post("/library/add/", both).status_code == 422
    assert client.post("/library/add/", form(body=body.pk, visibility="group")).status_code == 302

    document = LibraryDocument.objects.get()
    assert (document.body, document.organisation) == (body, None)
    assert document.home_cluster == home_cluster
    assert document.title in client.get(body.get_absolute_url()).content.decode()
    assert [row["title"] for row in new_in_mine(member)] == [document.title]
    shown = client.get(document.get_absolute_url()).content.decode()
    assert body.title in shown
    assert "Vain toimielimen jäsenet" in shown


def test_document_for_a_body_needs_the_body_and_a_seat_in_it(
    client, member, lead, body, company, home_cluster
):
    other = bodies.body(home_cluster)
    client.force_login(member)

    for wrong in ({"organisation": company.pk, "visibility": "group"}, {"body": other.pk}):
        assert client.post("/library/add/", form(**wrong)).status_code == 422
    client.force_login(lead)
    assert "body" not in client.get("/library/add/").context["form"].fields
    assert not LibraryDocument.objects.exists()


def test_expert_without_an_organisation_adds_documents_of_the_body_only(client, outsider, body):
    bodies.seat(body, outsider, role="expert")
    client.force_login(outsider)

    fields = client.get("/library/add/").context["form"].fields
    client.post("/library/add/", form(body=body.pk, visibility="group"))

    assert "organisation" not in fields
    assert LibraryDocument.objects.get().body == body


def test_secretary_adds_versions_of_what_another_has_added(
    client, outsider, member, body, home_cluster
):
    bodies.seat(body, outsider, role="secretary")
    document = make.document(home_cluster, body=body, author=member, visibility="group")

    assert LibraryDocument.objects.editable_by(outsider).get() == document
    assert LibraryDocument.objects.editable_by(member).get() == document
    body.seats.update(until=timezone.localdate() - datetime.timedelta(days=1))
    assert not LibraryDocument.objects.editable_by(member).exists()
