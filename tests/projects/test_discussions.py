"""Discussions of those who work in a project: readers, who hears, changing, removing."""

import datetime
import uuid

import pytest
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending import delivery
from cluster_portal.notifications.sending.postman import Postman
from projects.models import Discussion, DiscussionMessage, Partnership
from projects.models.discussions import CHANGED_WITHIN
from projects.services import discussions as services
from tests import factories, statements
from tests.projects import factories as make

EVERYBODY = ("outsider", "other_lead", "member", "partner", "lead", "office")


@pytest.fixture
def partner(other_cluster):
    firm = factories.organisation("Kumppani Oy")
    factories.membership(firm, other_cluster)
    person = factories.user("partner@example.org")
    factories.affiliation(person, firm, role="contact")
    return person


@pytest.fixture
def project(home_cluster, company, partner):
    made = make.project(home_cluster, organisation=company, title_fi="Yhteinen hanke")
    make.partnership(made, partner.affiliations.get().organisation)
    return made


@pytest.fixture
def discussion(project, lead):
    return make.discussion(project, lead)


def write(discussion, by, text="Vastaus."):
    return services.write(discussion, text, form_key=uuid.uuid4(), by=by)


def deliver():
    """As if the time was over in which messages are gathered."""
    OutboxMail.objects.update(due_at=timezone.now())
    with Postman() as postman:
        while delivery.deliver_one(postman):
            pass


def test_only_those_who_work_in_the_project_read(request, client, project, discussion):
    seen = set()
    for name in EVERYBODY:
        client.force_login(request.getfixturevalue(name))
        listed = f"/projects/{project.slug}/discussion/"
        codes = {client.get(each).status_code for each in (listed, discussion.get_absolute_url())}
        assert len(codes) == 1, name
        seen |= {name} if codes == {200} else set()

    assert seen == {"member", "partner", "lead", "office"}


def test_contacts_of_partners_and_who_wrote_hear_of_a_message(
    project, discussion, lead, member, partner
):
    OutboxMail.objects.all().delete()
    write(discussion, member)
    first = set(OutboxMail.objects.values_list("recipient", flat=True))
    OutboxMail.objects.all().delete()

    write(discussion, lead)

    assert first == {lead.pk, partner.pk}
    assert set(OutboxMail.objects.values_list("recipient", flat=True)) == {member.pk, partner.pk}


def test_mail_says_who_wrote_what_and_nothing_once_it_is_removed(
    project, discussion, lead, partner, mailoutbox
):
    removed = write(discussion, lead, "Peruttu <b>viesti</b>")
    services.remove(removed, by=lead)

    deliver()

    (mail,) = [each for each in mailoutbox if each.to == [partner.email]]
    assert mail.subject == "Uutta hankkeen Yhteinen hanke keskustelussa"
    assert "Milloin kokous on?" in mail.body
    assert "Peruttu" not in mail.body


def test_messages_of_a_quarter_of_an_hour_are_one_mail(discussion, lead, partner, mailoutbox):
    write(discussion, lead, "Toinen viesti")
    write(discussion, partner, "Oma viesti")
    deliver()

    (mail,) = [each for each in mailoutbox if each.to == [partner.email]]
    assert ("Toinen viesti" in mail.body, "Oma viesti" in mail.body) == (True, False)
    (mine,) = [each for each in mailoutbox if each.to == [lead.email]]
    assert ("> Oma viesti" in mine.body, "Toinen viesti" in mine.body) == (True, False)


def test_message_waits_for_those_that_follow_it(discussion, partner, mailoutbox):
    with Postman() as postman:
        while delivery.deliver_one(postman):
            pass
    row = OutboxMail.objects.get(recipient=partner, kind="project_message")

    assert partner.email not in {address for mail in mailoutbox for address in mail.to}
    assert timezone.now() < row.due_at <= timezone.now() + datetime.timedelta(minutes=15)


def test_mail_is_not_sent_to_who_has_left(discussion, partner, mailoutbox):
    Partnership.objects.update(stage="declined")

    deliver()

    assert partner.email not in {address for mail in mailoutbox for address in mail.to}


def test_author_changes_a_message_for_a_short_time(client, discussion, lead, partner):
    message = discussion.messages.get()
    client.force_login(lead)
    address = f"/projects/messages/{message.public_id}/change/"
    client.post(address, {"text": "Milloin ja missä?"})
    message.refresh_from_db()
    text = message.text
    client.force_login(partner)
    others = client.get(address).status_code
    client.force_login(lead)
    DiscussionMessage.objects.update(sent_at=timezone.now() - CHANGED_WITHIN)

    assert (text, others, client.get(address).status_code) == ("Milloin ja missä?", 404, 404)
    with pytest.raises(Refused):
        services.change(message, "Myöhässä", by=lead)


@pytest.mark.parametrize(
    ("author", "remover", "may"),
    [
        ("partner", "partner", True),
        ("partner", "lead", True),
        ("partner", "office", True),
        ("partner", "member", False),
        ("lead", "partner", False),
    ],
)
def test_message_is_removed_by_author_or_editor(request, discussion, author, remover, may):
    message = write(discussion, request.getfixturevalue(author), "Salaisuus")
    try:
        services.remove(message, by=request.getfixturevalue(remover))
    except Refused:
        assert not may
    message.refresh_from_db()

    assert (message.text == "", message.removed_at is not None) == (may, may)


def test_removed_message_leaves_a_word_and_no_text(client, discussion, lead, partner):
    services.remove(write(discussion, partner, "Kanarialintu"), by=partner)
    client.force_login(lead)

    page = client.get(discussion.get_absolute_url()).content.decode()

    assert ("Kanarialintu" in page, "Viesti on poistettu." in page) == (False, True)
    events = DiscussionMessage._meta.apps.get_model("projects", "DiscussionMessageEvent")
    assert "text" not in {field.name for field in events._meta.fields}


def test_form_sent_twice_writes_once(client, discussion, partner):
    client.force_login(partner)
    data = {"text": "Kerran", "form_key": uuid.uuid4()}
    for _time in range(2):
        assert client.post(discussion.get_absolute_url(), data).status_code == 302

    assert discussion.messages.filter(text="Kerran").count() == 1


@pytest.mark.parametrize("text", ["", "TL IV salainen", "x" * 1_000_000])
def test_unfit_message_is_refused(client, discussion, partner, text):
    client.force_login(partner)

    response = client.post(discussion.get_absolute_url(), {"text": text, "form_key": uuid.uuid4()})

    assert response.status_code == 422
    assert discussion.messages.count() == 1


def test_markup_in_a_message_is_text(client, discussion, lead, partner):
    write(discussion, partner, "<script>alert(1)</script> [x](javascript:1)")
    client.force_login(lead)

    page = client.get(discussion.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_who_has_left_writes_no_more(discussion, partner):
    Partnership.objects.update(stage="declined")

    with pytest.raises(Refused):
        write(discussion, partner)


def test_a_day_has_room_for_so_many_messages(discussion, partner, monkeypatch):
    monkeypatch.setattr(services, "MOST_A_DAY", 2)
    write(discussion, partner)
    write(discussion, partner)

    with pytest.raises(Refused):
        write(discussion, partner)


def test_discussion_is_begun_in_the_browser(client, project, partner):
    client.force_login(partner)
    data = {"title": "Aikataulu", "text": "Milloin?", "form_key": uuid.uuid4()}
    for _time in range(2):
        client.post(f"/projects/{project.slug}/discussion/propose/", data)

    begun = Discussion.objects.get()
    assert (begun.title, begun.author, begun.messages.get().text) == (
        "Aikataulu", partner, "Milloin?",
    )  # fmt: skip


def test_message_is_found_on_its_page(client, discussion, lead, partner, monkeypatch):
    monkeypatch.setattr("projects.pages.discussions.ON_PAGE", 2)
    last = [write(discussion, lead) for _number in range(4)][-1]
    client.force_login(partner)

    assert client.get(last.get_absolute_url()).url.endswith(f"?page=3#message-{last.public_id}")


def test_pages_cost_the_same_for_one_message_and_many(client, project, discussion, lead, partner):
    client.force_login(partner)
    pages = [f"/projects/{project.slug}/discussion/", discussion.get_absolute_url()]
    few = [len(statements.of_page(client, page)) for page in pages]
    for number in range(9):
        make.discussion(project, lead)
        message = write(discussion, (lead, partner)[number % 2])
        DiscussionMessage.objects.filter(pk=message.pk).update(
            sent_at=timezone.now() + datetime.timedelta(minutes=number)
        )

    many = [len(statements.of_page(client, page)) for page in pages]

    assert many == few
    assert max(many) <= 10


def test_form_of_another_discussion_is_refused_and_nothing_is_lost(project, lead):
    first, second = make.discussion(project, lead), make.discussion(project, lead)
    key = uuid.uuid4()
    services.write(first, "Ensin.", form_key=key, by=lead)

    with pytest.raises(Refused):
        services.write(second, "Sitten.", form_key=key, by=lead)
    with pytest.raises(Refused):
        services.begin(project, "Uusi", "Teksti", form_key=key, by=lead)

    assert services.write(first, "Ensin.", form_key=key, by=lead).text == "Ensin."
