import pytest
from django.urls import reverse

from cluster_portal.core.visibility import Visibility
from cluster_portal.notifications import exports, inbox, outbox, preferences
from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import OutboxMail
from tests import factories
from tests.notifications.conftest import deliver_all

pytestmark = pytest.mark.usefixtures("notice")


def notified(reader, about=None, key="1", **values):
    outbox.post("test_notice", to=reader, key=key, about=about, values=values)
    return OutboxMail.objects.latest("pk")


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


def shown(client):
    page = client.get(reverse("notifications:inbox"))
    return [one.newest.pk for one in page.context["bundles"]]


def test_inbox_shows_own_notices_only(signed_in, reader, outsider):
    mine = notified(reader)
    notified(outsider)

    assert shown(signed_in) == [mine.pk]


def test_inbox_leaves_out_what_account_mail_and_hidden_things_are_about(signed_in, reader, notice):
    organisation = factories.organisation("Salainen Oy")
    notified(reader, about=organisation)
    organisation.visibility = Visibility.PRIVATE
    organisation.save()
    notice(in_inbox=False)
    notified(reader, key="2")

    assert shown(signed_in) == []


def test_notice_has_its_title_in_the_language_of_the_page(signed_in, reader, postman):
    notified(reader, name="Forum")
    before = signed_in.get(reverse("notifications:inbox")).content.decode()
    deliver_all(postman)
    after = signed_in.get(reverse("notifications:inbox")).content.decode()

    assert "Test notice" in before
    assert "Notice: Forum" in after


def test_opening_by_get_leads_on_and_leaves_the_notice_unread(signed_in, reader):
    organisation = factories.organisation("Julkinen Oy")
    notice = notified(reader, about=organisation)

    response = signed_in.get(notice.get_absolute_url())

    assert response.url == organisation.get_absolute_url()
    assert inbox.unread_count(reader) == 1


def test_opening_by_htmx_marks_read_and_leads_on(signed_in, reader):
    organisation = factories.organisation("Julkinen Oy")
    notice = notified(reader, about=organisation)

    response = signed_in.post(notice.get_absolute_url(), headers={"HX-Request": "true"})

    assert response.headers["HX-Redirect"] == organisation.get_absolute_url()
    assert inbox.unread_count(reader) == 0


def test_anothers_notice_is_not_found(signed_in, reader, outsider):
    theirs = notified(outsider)

    assert signed_in.get(theirs.get_absolute_url()).status_code == 404
    signed_in.post(reverse("notifications:read", args=[theirs.public_id]))

    assert inbox.unread_count(outsider) == 1


def test_notice_of_a_hidden_thing_is_not_found(signed_in, reader):
    organisation = factories.organisation("Salainen Oy", visibility=Visibility.PRIVATE)
    notice = notified(reader, about=organisation)

    assert signed_in.get(notice.get_absolute_url()).status_code == 404


def test_marking_one_and_all_as_read(signed_in, reader):
    first = notified(reader)
    for key in "23":
        notified(reader, key=key)

    signed_in.post(reverse("notifications:read", args=[first.public_id]))
    assert inbox.unread_count(reader) == 2

    signed_in.post(reverse("notifications:read_all"))
    assert inbox.unread_count(reader) == 0


@pytest.mark.parametrize("name", ["read_all", "inbox", "preferences"])
def test_pages_are_closed_to_visitors(client, db, name):
    assert client.get(reverse(f"notifications:{name}")).status_code == 302


def test_inbox_asks_the_same_for_one_notice_and_thirty(
    signed_in, reader, django_assert_max_num_queries
):
    address = reverse("notifications:inbox")
    counts = []
    for number in range(30):
        notified(reader, about=factories.organisation(), key=str(number))
        if number in {0, 29}:
            with django_assert_max_num_queries(8) as seen:
                signed_in.get(address)
            counts.append(len(seen))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", ["0", "-1", "abc", "99999999999"])
def test_inbox_has_no_such_page(signed_in, page):
    assert signed_in.get(reverse("notifications:inbox"), {"page": page}).status_code == 404


def test_personal_data_names_choices_and_messages(reader, outsider):
    notified(reader)
    notified(outsider)
    preferences.unsubscribe(reader, KindGroup.EVENTS)

    choice, message = exports.messages(reader)

    assert choice == {"kind": "choice", "subject": "events", "channel": "off"}
    assert (message["title"], message["state"], message["sent"]) == ("Test notice", "queued", None)


def test_notices_about_one_thing_stand_together(signed_in, reader):
    organisation = factories.organisation("Julkinen Oy")
    first = notified(reader, about=organisation)
    alone = notified(reader, key="2")
    last = notified(reader, about=organisation, key="3")

    page = signed_in.get(reverse("notifications:inbox"))

    found = [(one.newest, one.earlier) for one in page.context["bundles"]]
    assert found == [(last, [first]), (alone, [])]
    assert page.context["unread"] == 3


def test_one_subject_is_shown_and_marked_as_read_alone(signed_in, reader, notice):
    notice(group=KindGroup.THESES)
    mine = notified(reader)
    outbox.post("coordinator_granted", to=reader, key="1", about=factories.cluster())
    other = OutboxMail.objects.latest("pk")
    page = reverse("notifications:inbox")

    shown = signed_in.get(page, {"group": "theses"}).context

    assert [one.newest for one in shown["bundles"]] == [mine]
    assert [(tab.count, tab.is_chosen) for tab in shown["tabs"]] == [(1, False), (1, True)]
    signed_in.post(reverse("notifications:read_all"), {"group": "theses"})
    assert list(OutboxMail.objects.unread()) == [other]
    signed_in.post(reverse("notifications:read_all"), {"group": ""})
    assert not OutboxMail.objects.unread().exists()


@pytest.mark.parametrize("group", ["", "nothing", "<b>"])
def test_what_is_no_subject_narrows_nothing(signed_in, reader, group):
    mine = notified(reader)

    page = signed_in.get(reverse("notifications:inbox"), {"group": group})

    assert [one.newest for one in page.context["bundles"]] == [mine]


def test_catalogue_names_kinds_defaults_and_what_always_comes(signed_in):
    page = signed_in.get(reverse("notifications:preferences"))

    fields = page.context["form"].fields
    assert fields["events"].help_text.startswith("Sisältää: ")
    marked = [str(label) for _value, label in fields["digest"].choices if "(" in str(label)]
    assert len(marked) == 1
    assert page.context["always"] != []
    assert "Test notice" not in page.context["always"]
