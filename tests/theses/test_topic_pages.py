import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications import kinds
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from tests.theses import factories as made
from theses.models import Application, Place, Topic
from theses.services import applications, topics

ANSWER = {"motivation": "Kiinnostaa kovasti.", "school": "TAMK", "is_public": "on"}


def apply_url(topic):
    return reverse("theses:topic_apply", args=[topic.slug])


def test_visitor_is_led_to_sign_in_and_back(client, topic):
    page = client.get(topic.get_absolute_url()).content.decode()

    assert f"/accounts/login/?next=%2Ftheses%2F{topic.slug}%2F%23apply" in page


def test_applying_leads_to_the_application(client, topic, student):
    client.force_login(student)

    answer = client.post(apply_url(topic), ANSWER)

    application = Application.objects.get()
    assert answer.url == application.get_absolute_url()
    assert client.get(answer.url).status_code == 200


def test_refused_application_keeps_the_text(client, topic, student):
    topic.closes_on = timezone.localdate() - timezone.timedelta(days=1)
    topic.save()
    client.force_login(student)

    answer = client.post(apply_url(topic), ANSWER)

    assert answer.status_code == 422
    assert "Kiinnostaa kovasti." in answer.content.decode()


def test_application_to_a_withdrawn_topic_keeps_the_text(client, topic, student, lead):
    topics.withdraw_topic(topic, by=lead, reason="Syy.")
    client.force_login(student)

    answer = client.post(apply_url(topic), ANSWER)

    assert answer.status_code == 422
    assert "Kiinnostaa kovasti." in answer.content.decode()
    assert client.get(topic.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("field", ["motivation", "school", "is_public"])
def test_missing_field_is_named(client, topic, student, field):
    client.force_login(student)

    answer = client.post(apply_url(topic), {**ANSWER, field: ""})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_marked_text_is_refused(client, topic, student):
    client.force_login(student)

    answer = client.post(apply_url(topic), {**ANSWER, "motivation": "Liite on TL III."})

    assert answer.status_code == 422
    assert not Application.objects.exists()


def test_commissioner_accepts_on_the_page(client, topic, student, lead):
    application = made.application(topic, student)
    client.force_login(lead)

    client.post(f"{application.get_absolute_url()}accept/")

    application.refresh_from_db()
    assert application.stage == "accepted"


def test_declining_without_reason_is_refused_in_words(client, topic, student, lead):
    application = made.application(topic, student)
    client.force_login(lead)

    answer = client.post(f"{application.get_absolute_url()}decline/")

    application.refresh_from_db()
    assert answer.status_code == 422
    assert application.stage == "submitted"
    assert list(answer.context["decline_form"].errors) == ["template"]


def test_get_changes_nothing(client, topic, student):
    application = made.application(topic, student)
    client.force_login(student)

    assert client.get(f"{application.get_absolute_url()}withdraw/").status_code == 405


@pytest.mark.parametrize("who", ["outsider", "member", "other_office"])
def test_strangers_cannot_move_a_topic(client, request, topic, who):
    client.force_login(request.getfixturevalue(who))

    answer = client.post(
        reverse("theses:topic_move", args=[topic.slug, "withdraw"]), {"reason": "x"}
    )

    assert answer.status_code == 404


def offer(company, home_cluster, **values):
    field = Term.objects.filter(scheme="education_field").first()
    return {
        "is_public": "on", "organisation": company.pk, "home_cluster": home_cluster.pk,
        "title": "Varavoiman kunnossapito", "description": "Kuvaus", "levels": "bachelor_uas",
        "education_fields": field.pk, "languages": "fi", "pay": "agreed", "places": "1",
        "visibility": "public", "contract": "made", "permits": "not_needed", **values,
    }  # fmt: skip


def test_contact_offers_a_topic_and_coordinator_publishes_it(
    client, lead, office, company, home_cluster
):
    client.force_login(lead)

    answer = client.post(reverse("theses:propose_organisation"), offer(company, home_cluster))

    topic = Topic.objects.get()
    assert answer.url == topic.get_absolute_url()
    client.post(reverse("theses:topic_move", args=[topic.slug, "submit"]))
    client.force_login(office)
    client.post(reverse("theses:topic_move", args=[topic.slug, "publish"]))
    topic.refresh_from_db()
    assert topic.stage == "open"
    assert set(OutboxMail.objects.values_list("kind", flat=True)) == {
        "topic_submitted", "topic_published",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"is_public": ""}, "is_public"),
        ({"levels": "guru"}, "levels"),
        ({"places": "-1"}, "places"),
        ({"places": "99999999999999999999"}, "places"),
        ({"places": "1e309"}, "places"),
        ({"closes_on": "2020-01-01"}, "closes_on"),
        ({"closes_on": "eilen"}, "closes_on"),
        ({"description": "Asiakirja on SALAINEN"}, "description"),
        ({"title": "\u200b\u200b\u200b\u200b\u200b\u200b"}, "title"),
        ({"keywords": "a" * 61}, "keywords"),
        ({"visibility": "private"}, "visibility"),
        ({"organisation": "999999"}, "organisation"),
    ],
)
def test_odd_offers_get_a_field_error(client, lead, company, home_cluster, change, field):
    client.force_login(lead)

    answer = client.post(
        reverse("theses:propose_organisation"), offer(company, home_cluster, **change)
    )

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Topic.objects.exists()


def test_foreign_values_of_an_offer_are_ignored(client, lead, company, home_cluster, student):
    client.force_login(lead)

    values = {
        "stage": "open",
        "contact": student.pk,
        "published_at": "2026-01-01",
        "slug": "propose",
    }
    client.post(reverse("theses:propose_organisation"), offer(company, home_cluster, **values))

    topic = Topic.objects.get()
    assert (topic.stage, topic.contact, topic.slug) == ("draft", lead, "varavoiman-kunnossapito")


def test_outsider_learns_how_to_offer(client, outsider, home_cluster):
    client.force_login(outsider)

    answer = client.get(reverse("theses:propose_organisation"), follow=True)

    assert answer.redirect_chain == [(reverse("theses:propose"), 302)]
    assert not answer.context["can_offer"]
    assert not answer.context["is_supervisor"]


def test_second_editor_is_told_of_the_first(client, topic, lead, company, home_cluster):
    client.force_login(lead)
    values = offer(company, home_cluster, seen=topic.stamp)
    edit = reverse("theses:topic_edit", args=[topic.slug])
    client.post(edit, values)

    answer = client.post(edit, {**values, "title": "Toinen otsikko"})

    assert answer.status_code == 422
    assert Topic.objects.get().title == "Varavoiman kunnossapito"


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["Propose", "Supervisors", "finished"])
def test_reserved_address_is_not_given(title):
    assert topics.free_slug(title) == f"{title.lower()}-2"


def test_overdue_topic_expires_unless_an_application_waits(company, home_cluster, lead):
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    over = made.topic(company, home_cluster, closes_on=yesterday)
    waiting = made.topic(company, home_cluster, closes_on=yesterday)
    made.application(waiting)

    assert topics.expire_overdue() == 1

    over.refresh_from_db()
    waiting.refresh_from_db()
    assert (over.stage, waiting.stage) == ("expired", "open")
    assert OutboxMail.objects.get().kind == "topic_expired"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_mail_is_written_in_every_language(topic, student, lead, office, language):
    people = (student, lead, office)
    for person in people:
        person.language = language
        person.save()
    application = applications.apply(topic, by=student, motivation="M <b>", school="S")
    applications.decline_application(application, by=lead, reason="Syy & <b>seuraus</b>")
    entry_of = {kind.name: topic for kind in kinds.every() if kind.name.startswith("topic_")}
    for name in entry_of:
        about = application if name == "topic_withdrawn" else topic
        OutboxMail.objects.create(
            kind=name, key=f"k:{name}", recipient=lead, about=about, values={"reason": "Syy"}
        )

    letters = {mail.kind: letter(mail) for mail in OutboxMail.objects.all()}

    assert len(letters) == 3 + len(entry_of)
    for kind, written in letters.items():
        assert (topic.title in written.subject) == (kind != "topic_submitted")
        assert topic.title in written.text
        assert "<b>" not in written.html


def test_form_to_apply_begins_with_the_school_of_the_profile(client, topic, student):
    made.student_profile(student, school_name="Esimerkki AMK", programme="Turvallisuusala")
    client.force_login(student)

    form = client.get(topic.get_absolute_url()).context["form"]

    assert form["school"].value() == "Esimerkki AMK, Turvallisuusala"


def test_topic_for_several_students_tells_how_many_places_are_free(client, topic, student):
    made.application(
        topic, student, stage="accepted", place=topic.places.get(), decided_at=timezone.now()
    )
    one = client.get(topic.get_absolute_url()).context["facts"]
    Place.objects.bulk_create(Place(topic=topic, number=number) for number in (2, 3))

    three = client.get(topic.get_absolute_url()).context["facts"]

    assert {"name": "Paikat", "value": ""} in one
    assert {"name": "Paikat", "value": "3, joista vapaana 2"} in three


def test_student_who_was_not_chosen_is_led_on(client, topic, student, lead):
    application = made.application(topic, student)
    client.force_login(student)
    before = client.get(application.get_absolute_url()).content.decode()

    applications.decline_application(application, by=lead, reason="Paikka annettiin toiselle.")

    page = client.get(application.get_absolute_url()).content.decode()
    words = letter(OutboxMail.objects.get(kind="thesis_application_declined")).text
    other = reverse("theses:list")
    way = re.compile(rf'<a\s+class="button button--secondary"\s+href="{other}"\s*>')
    assert way.search(page)
    assert not way.search(before)
    assert "Etsi toinen aihe: " in words
