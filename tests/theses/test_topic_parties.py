"""The pages of proposing, versions, splitting, withdrawing, and of turning to another party."""

import pytest
from django.urls import reverse

from cluster_portal.core import origin
from cluster_portal.core.vocabulary import Term
from projects.models import Project
from tests import factories, statements
from tests.projects import factories as projects_made
from tests.theses import factories as made
from theses.models import Approach, ThreadLink, Topic
from theses.pages.topic_versions import difference, versions_of
from theses.services import approaches, topics


@pytest.fixture
def school(db):
    return factories.organisation("Esimerkki AMK", kind="university_of_applied_sciences")


@pytest.fixture
def supervisor(school):
    person = factories.user("supervisor@example.org")
    made.supervisor_profile(person, school)
    return person


@pytest.fixture
def idea(student, home_cluster):
    return made.idea(student, home_cluster)


def filled(home_cluster, **values):
    field = Term.objects.filter(scheme="education_field").first()
    return {
        "is_public": "on", "home_cluster": home_cluster.pk, "title": "Kyberharjoitus kunnille",
        "description": "Kuvaus", "levels": "bachelor_uas", "education_fields": field.pk,
        "languages": "fi", "pay": "agreed", "places": "2", "visibility": "public",
        "contract": "made", "permits": "unknown", **values,
    }  # fmt: skip


def page_of(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"theses:{name}", args=args))


def post(client, user, name, *args, **values):
    client.force_login(user)
    return client.post(reverse(f"theses:{name}", args=args), values)


@pytest.mark.parametrize("who", ["outsider", "lead", "supervisor", "office"])
def test_everyone_is_led_to_a_form_of_her_own(client, request, company, who):
    answer = page_of(client, request.getfixturevalue(who), "propose")

    assert answer.context["can_offer"] is (who in {"lead", "office"})
    assert answer.context["is_supervisor"] is (who == "supervisor")
    assert reverse("theses:propose_idea") in answer.content.decode()


def test_visitor_signs_in_before_proposing(client, db):
    assert client.get(reverse("theses:propose")).status_code == 200
    assert client.get(reverse("theses:propose_idea")).status_code == 302


def test_student_stores_an_idea(client, student, home_cluster):
    answer = post(client, student, "propose_idea", **filled(home_cluster))

    topic = Topic.objects.get()
    assert answer.url == topic.get_absolute_url()
    assert (topic.origin, topic.student, topic.places.count()) == ("student", student, 1)


def test_supervisor_stores_a_topic_that_seeks_a_commissioner(client, supervisor, home_cluster):
    post(client, supervisor, "propose_supervisor", **filled(home_cluster))

    topic = Topic.objects.get()
    assert (topic.origin, topic.supervisor, topic.organisation) == ("supervisor", supervisor, None)
    assert topic.places.count() == 2


def test_supervisor_cannot_name_a_foreign_organisation(client, supervisor, home_cluster, company):
    values = filled(home_cluster, organisation=company.pk)

    answer = post(client, supervisor, "propose_supervisor", **values)

    assert answer.status_code == 422
    assert "organisation" in answer.context["form"].errors


def test_one_without_profile_is_led_back(client, outsider, home_cluster):
    assert page_of(client, outsider, "propose_supervisor").url == reverse("theses:propose")


def test_draft_needs_only_its_title(client, lead, company, home_cluster):
    values = {"title": "Luonnos aiheesta", "organisation": company.pk, "then": "draft"}

    answer = post(client, lead, "propose_organisation", home_cluster=home_cluster.pk, **values)

    topic = Topic.objects.get()
    assert answer.status_code == 302
    assert (topic.stage, topic.publicity_accepted_at, topic.pay) == ("draft", None, "agreed")


def test_draft_without_title_gets_a_field_error(client, student, home_cluster):
    answer = post(client, student, "propose_idea", home_cluster=home_cluster.pk, then="draft")

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"title"}


def test_open_topic_cannot_be_stored_half_filled(client, topic, lead):
    values = {"title": "Toinen otsikko", "then": "draft"}

    answer = post(client, lead, "topic_edit", topic.slug, **values)

    assert answer.status_code == 422


def test_draft_is_filled_in_later_and_sent(client, student, home_cluster):
    post(client, student, "propose_idea", **filled(home_cluster, then="draft", is_public=""))
    topic = Topic.objects.get()

    post(client, student, "topic_edit", topic.slug, **filled(home_cluster))
    post(client, student, "topic_move", topic.slug, "submit")

    topic.refresh_from_db()
    assert topic.stage == "in_review"


def test_topic_is_tied_to_a_project_and_shown_there(client, lead, company, home_cluster):
    project = projects_made.project(home_cluster)
    values = filled(home_cluster, organisation=company.pk, project=project.pk)

    post(client, lead, "propose_organisation", **values)

    topic = Topic.objects.get()
    assert ThreadLink.objects.get().project == project
    assert project.title in client.get(topic.get_absolute_url()).content.decode()
    Topic.objects.update(stage="open", published_at=topic.created_at)
    found = origin.results_of(Project, [project.pk], lead)[project.pk]
    assert [row["title"] for row in found] == [topic.title]


def test_hidden_project_is_not_named_on_the_page(client, topic, company, home_cluster):
    project = projects_made.project(home_cluster, visibility="private")
    ThreadLink.objects.create(topic=topic, project=project)

    assert project.title not in client.get(topic.get_absolute_url()).content.decode()


def test_drafts_are_not_on_the_thread(topic, company, home_cluster, lead):
    project = projects_made.project(home_cluster)
    ThreadLink.objects.create(topic=topic, project=project)
    Topic.objects.update(stage="draft")

    assert origin.results_of(Project, [project.pk], lead)[project.pk] == []


def edit(topic, lead, **values):
    topics.edit_topic(topic, values, by=lead)
    topic.refresh_from_db()


def test_versions_tell_what_changed_since_publishing(topic, lead):
    edit(topic, lead, description="Kuvaus on nyt toinen.", pay="yes")

    newest, first = versions_of(topic)

    assert (newest.number, newest.is_current, first.changes) == (2, True, [])
    assert [(p.kind, p.text) for p in newest.changes[0].pieces] == [
        ("removed", "Kuvaus."), ("added", "Kuvaus on nyt toinen."),
    ]  # fmt: skip
    assert len(newest.changes) == 2


def test_draft_texts_are_no_version(client, company, home_cluster, lead):
    topic = made.topic(
        company, home_cluster, stage="draft", published_at=None, description="Salainen luonnos"
    )
    edit(topic, lead, description="Valmis teksti")
    topics.move_topic(topic, "submit", by=lead)
    office = factories.coordinator(home_cluster)
    topics.publish_topic(topic, by=office)

    page = client.get(reverse("theses:topic_versions", args=[topic.slug])).content.decode()

    assert "Valmis teksti" in page
    assert "Salainen luonnos" not in page


def test_readers_see_versions_and_owners_also_acts(client, topic, lead, outsider):
    edit(topic, lead, description="Toinen kuvaus.")

    seen = page_of(client, outsider, "topic_versions", topic.slug)
    own = page_of(client, lead, "topic_versions", topic.slug)

    assert seen.context["acts"] == []
    assert [act["what"] for act in own.context["acts"]] == ["Muokattu"]
    assert "<ins>" in seen.content.decode()


def test_versions_of_a_hidden_topic_are_not_there(client, topic):
    Topic.objects.update(visibility="private")

    assert client.get(reverse("theses:topic_versions", args=[topic.slug])).status_code == 404


def test_difference_of_long_repetitive_texts_is_found_in_time():
    before, after = "a b " * 2000, "b a " * 2000

    pieces = difference(before, after)

    assert "".join(p.text for p in pieces if p.kind != "added") == before
    assert "".join(p.text for p in pieces if p.kind != "removed") == after


def test_who_is_told_is_shown_before_withdrawing(client, topic, lead):
    made.application(topic)

    page = page_of(client, lead, "topic_withdraw", topic.slug)

    assert page.context["told"] == {"applicants": 1, "offers": 0, "invitations": 0}
    topic.refresh_from_db()
    assert topic.stage == "open"


@pytest.mark.parametrize(
    ("values", "field"),
    [({"why": ""}, "why"), ({"why": "x"}, "why"), ({"why": "other"}, "reason")],
)
def test_withdrawing_needs_a_reason(client, topic, lead, values, field):
    answer = post(client, lead, "topic_withdraw", topic.slug, **values)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_topic_is_withdrawn_with_a_template(client, topic, lead):
    post(client, lead, "topic_withdraw", topic.slug, why="outdated")

    topic.refresh_from_db()
    assert topic.stage == "withdrawn"
    assert topic.closing_reason


def test_part_is_made_and_listed_on_both_pages(client, topic, lead, school, home_cluster):
    home_cluster.reviews_topics = False
    home_cluster.save()
    values = {"title": "Osa 1: kysely", "school": school.pk, "levels": "master", "places": "1"}

    answer = post(client, lead, "topic_split", topic.slug, **values)

    part = Topic.objects.get(split_from=topic)
    assert answer.status_code == 302
    assert part.title in client.get(topic.get_absolute_url()).content.decode()
    assert topic.title in client.get(part.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["topic_split", "topic_withdraw", "topic_invite", "topic_edit"])
def test_strangers_find_no_owners_pages(client, topic, outsider, name):
    assert page_of(client, outsider, name, topic.slug).status_code == 404


def test_contact_commissions_an_idea_on_its_page(client, idea, lead, company, student):
    assert (
        reverse("theses:topic_commission", args=[idea.slug])
        in page_of(client, lead, "topic", idea.slug).content.decode()
    )

    answer = post(
        client, lead, "topic_commission", idea.slug, organisation=company.pk, message="Tilaamme.",
        answer_by=client.get(reverse("theses:topic_commission", args=[idea.slug])).context[
            "form"
        ].initial["answer_by"].isoformat(),
    )  # fmt: skip

    approach = Approach.objects.get()
    assert answer.url == approach.get_absolute_url()
    assert page_of(client, student, "approach", approach.public_id).context["moves"]
    post(client, student, "approach_move", approach.public_id, "accept")
    idea.refresh_from_db()
    assert idea.organisation == company


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"message": ""}, "message"),
        ({"message": "Asiakirja on SALAINEN"}, "message"),
        ({"answer_by": "2020-01-01"}, "answer_by"),
        ({"answer_by": "x"}, "answer_by"),
        ({"organisation": "99999"}, "organisation"),
    ],
)
def test_odd_offers_get_a_field_error(client, idea, lead, company, values, field):
    given = {"organisation": company.pk, "message": "Tilaamme.", "answer_by": "2999-01-01"}

    answer = post(client, lead, "topic_commission", idea.slug, **{**given, **values})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Approach.objects.exists()


def test_messages_between_others_are_not_there(client, idea, lead, company, outsider):
    approach = approaches.send(
        idea, "commission", by=lead, organisation=company, message="Tilaamme."
    )

    assert page_of(client, outsider, "approach", approach.public_id).status_code == 404
    assert post(client, outsider, "approach_move", approach.public_id, "accept").status_code == 404


def test_unknown_act_is_not_there(client, idea, lead, company):
    approach = approaches.send(
        idea, "commission", by=lead, organisation=company, message="Tilaamme."
    )

    assert post(client, lead, "approach_move", approach.public_id, "eat").status_code == 404


def test_invited_student_is_led_to_the_form(client, topic, lead, student):
    made.student_profile(student)
    approach = approaches.send(topic, "invite_student", by=lead, to=student, message="Hae!")

    answer = post(client, student, "approach_move", approach.public_id, "accept")

    assert answer.url == f"{topic.get_absolute_url()}#apply"


@pytest.mark.parametrize(
    "query", ["student=00000000-0000-4000-8000-000000000000", "student=x", "supervisor=nobody"]
)
def test_unknown_addressee_is_not_there(client, topic, lead, query):
    client.force_login(lead)

    assert client.get(f"/theses/{topic.slug}/invite/?{query}").status_code == 404


def test_supervisor_offers_and_is_named_to_those_who_may_see_her(
    client, topic, supervisor, lead, student
):
    approach = approaches.send(topic, "supervise", by=supervisor, message="Ohjaan mielelläni.")
    approaches.answer(approach, "accept", by=lead)

    signed_in = page_of(client, student, "topic", topic.slug).content.decode()
    client.logout()
    visitor = client.get(topic.get_absolute_url()).content.decode()

    assert str(supervisor) in signed_in
    assert str(supervisor) not in visitor


def test_students_name_is_never_shown_with_her_idea(client, idea, student, lead):
    for user in (None, lead):
        if user:
            client.force_login(user)
        page = client.get(idea.get_absolute_url())

        assert page.status_code == 200
        assert student.last_name not in page.content.decode()


def test_nobody_applies_to_anothers_idea(client, idea, outsider):
    page = page_of(client, outsider, "topic", idea.slug)

    assert page.context["form"] is None
    answer = post(
        client, outsider, "topic_apply", idea.slug, motivation="M", school="S", is_public="on"
    )
    assert answer.status_code == 422


def test_owner_renews_when_the_end_is_near_only(client, topic, lead):
    def offered():
        page = page_of(client, lead, "topic", topic.slug)
        return "renew" in dict(page.context["moves"])

    assert not offered()
    Topic.objects.update(stage="expired")
    assert offered()


def test_cluster_without_review_says_publish(client, company, home_cluster, lead):
    topic = made.topic(company, home_cluster, stage="draft", published_at=None)
    home_cluster.reviews_topics = False
    home_cluster.save()

    moves = dict(page_of(client, lead, "topic", topic.slug).context["moves"])

    assert {name: str(move.label) for name, move in moves.items()} == {"submit": "Julkaise"}


def test_coordinators_reason_is_shown_to_the_owner(client, company, home_cluster, lead, office):
    topic = made.topic(company, home_cluster, stage="in_review", published_at=None)
    topics.move_topic(topic, "send_back", by=office, reason="Tarkenna tavoite.")

    page = page_of(client, lead, "topic", topic.slug)

    assert page.context["returned"] == "Tarkenna tavoite."


def test_topic_page_costs_a_visitor_few_statements(
    client, topic, supervisor, company, home_cluster
):
    project = projects_made.project(home_cluster)
    ThreadLink.objects.create(topic=topic, project=project)
    made.topic(company, home_cluster, split_from=topic)
    Topic.objects.filter(pk=topic.pk).update(supervisor=supervisor)

    assert len(statements.of_page(client, topic.get_absolute_url())) <= 10


def test_organisation_reads_that_a_thesis_is_public_before_it_commissions(
    client, idea, student, lead, company
):
    asked = approaches.send(
        idea, "invite_commissioner", by=student, organisation=company, message="Tilaisitteko?"
    )

    pages = [
        page_of(client, lead, "topic_commission", idea.slug),
        page_of(client, lead, "approach", asked.public_id),
        page_of(client, student, "approach", asked.public_id),
    ]

    notice = "Valmis opinnäyte on julkinen"
    assert [notice in page.content.decode() for page in pages] == [True, True, False]


def test_who_applies_to_a_supervisors_topic_reads_what_it_still_lacks(
    client, home_cluster, company, supervisor, student
):
    proposed = {"origin": "supervisor", "supervisor": supervisor}
    alone = made.topic(None, home_cluster, contact=supervisor, **proposed)
    commissioned = made.topic(company, home_cluster, **proposed)

    first, second = (
        page_of(client, student, "topic", topic.slug).content.decode()
        for topic in (alone, commissioned)
    )

    seeks = "Aihe etsii vielä organisaatiota"
    assert (seeks in first, seeks in second) == (True, False)
    for page in (first, second):
        assert "Aiheen tarjoaja valitsee opiskelijan" in page
        assert "Aiheella on jo ohjaaja" in page
        assert "Pyydät ohjaajia" not in page


def test_coordinator_is_not_addressed_as_who_offers_the_topic(client, office, topic, company):
    draft = made.topic(company, topic.home_cluster, stage="draft", published_at=None)

    open_page = page_of(client, office, "topic", topic.slug).content.decode()
    draft_page = page_of(client, office, "topic", draft.slug).content.decode()

    assert "Aiheen tarjoaja saa muistutuksen" in open_page
    assert "ei ole vielä lähetetty tarkastettavaksi" in draft_page
    assert "Kun lähetät sen" not in draft_page


def test_withdrawing_says_when_nobody_waits(client, lead, topic, student):
    before = page_of(client, lead, "topic_withdraw", topic.slug).content.decode()
    made.application(topic, student)
    after = page_of(client, lead, "topic_withdraw", topic.slug).content.decode()

    nobody = "Kukaan ei odota vastausta"
    assert (nobody in before, nobody in after) == (True, False)
    assert "0 hakijaa" not in before
    assert "1 hakija saa" in after
