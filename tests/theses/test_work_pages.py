import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import origin, search
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from projects.models import Result
from tests import factories
from tests.projects import factories as made_in_projects
from tests.theses import factories as made
from tests.theses import parties
from theses.models import (
    SchoolGuide,
    SupervisionRequest,
    SupervisorProfile,
    Thesis,
    ThesisResult,
    ThreadLink,
)
from theses.models.works import Light, Stage
from theses.services import applications, supervision, works, workspace


@pytest.fixture
def mentor(company):
    return parties.supervisor(company, name="mentor", room=3)


@pytest.fixture
def thesis(topic, student, lead, mentor):
    return parties.thesis(topic, student, mentor)


@pytest.fixture
def running(topic, student, lead, mentor):
    return parties.working(topic, student, mentor)


@pytest.fixture
def seeking(topic, student, lead):
    return parties.thesis(topic, student)


def page(client, user, url):
    client.force_login(user)
    return client.get(url)


def post(client, user, url, **data):
    client.force_login(user)
    return client.post(url, data)


def a_challenge(topic):
    return made_in_projects.challenge(topic.home_cluster, title_fi="Kotihoito häiriötilanteessa")


def at(thesis, name, *more):
    return reverse(f"theses:{name}", args=[thesis.public_id, *more])


@pytest.mark.parametrize(
    ("reader", "status"),
    [
        ("student", 200),
        ("mentor", 200),
        ("lead", 200),
        ("office", 200),
        ("admin_user", 200),
        ("outsider", 404),
        ("member", 404),
        ("other_office", 404),
    ],
)
def test_workspace_is_open_to_parties_and_coordinators(client, thesis, reader, status, request):
    person = request.getfixturevalue(reader)

    assert page(client, person, thesis.workspace_url).status_code == status


def test_visitor_is_led_to_sign_in(client, thesis):
    assert client.get(thesis.workspace_url).status_code == 302


def test_parties_see_each_others_addresses(client, thesis, student):
    thesis.topic.contact = factories.user("contact@example.org")
    thesis.topic.save()

    text = page(client, student, thesis.workspace_url).content.decode()

    assert "mailto:mentor@example.org" in text
    assert "mailto:contact@example.org" in text


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.SEEKING])
def test_workspace_can_be_read_in_every_state(client, topic, student, lead, mentor, stage):
    values = {"stage": stage}
    if stage == Stage.INTERRUPTED:
        values["stage_before"] = Stage.AGREED
    if stage == Stage.ENDED:
        values["ending_reason"] = "Syy."
    if stage == Stage.FINISHED:
        day = timezone.localdate()
        values |= {"finished_on": day, "finished_year": day.year, "abstract": "A", "slug": "a"}
    thesis = parties.thesis(topic, student, mentor, **values)

    assert page(client, lead, thesis.workspace_url).status_code == 200


def test_choosing_asks_in_the_order_of_the_numbers(client, seeking, student, mentor, company):
    other = parties.supervisor(company, name="other")
    slugs = [person.supervisor_profile.slug for person in (mentor, other)]
    data = {f"order-{slugs[0]}": "2", f"order-{slugs[1]}": "1", "days": "10", "message": "Hei"}

    response = post(client, student, at(seeking, "work_supervisors"), **data)

    assert response.status_code == 302
    rows = seeking.requests.order_by("rank").values_list("supervisor__last_name", "stage")
    assert list(rows) == [("other", "asked"), ("mentor", "queued")]


@pytest.mark.parametrize(("number", "days"), [("", "10"), ("x", "10"), ("0", "10"), ("1", "99")])
def test_choosing_badly_shows_the_errors(client, seeking, student, mentor, number, days):
    slug = mentor.supervisor_profile.slug
    data = {f"order-{slug}": number, "days": days}

    response = post(client, student, at(seeking, "work_supervisors"), **data)

    assert response.status_code == 422
    assert not SupervisionRequest.objects.exists()


def test_supervisors_are_searched_by_words(client, seeking, student, mentor, company):
    other = parties.supervisor(company, name="Satunnainen")
    for person in (mentor, other):
        search.reindex(person.supervisor_profile)

    url = f"{at(seeking, 'work_supervisors')}?q=mentor"
    text = page(client, student, url).content.decode()

    assert mentor.supervisor_profile.get_absolute_url() in text
    assert other.supervisor_profile.get_absolute_url() not in text


def test_supervisor_reads_the_request_and_accepts(client, seeking, student, mentor):
    request = supervision.choose_supervisors(seeking, [mentor], by=student)

    response = page(client, mentor, request.get_absolute_url())
    text = response.content.decode()
    assert response.status_code == 200
    assert seeking.application.motivation in text
    answered = post(client, mentor, at(request, "supervision_move", "accept"))

    seeking.refresh_from_db()
    assert answered.url.startswith(seeking.workspace_url)
    assert seeking.stage == Stage.MATCHED


def test_full_supervisor_is_not_offered_to_accept(client, seeking, student, company):
    full = parties.supervisor(company, room=1)
    request = supervision.choose_supervisors(seeking, [full], by=student)
    full.supervisor_profile.seats.update(taken=1)

    text = page(client, full, request.get_absolute_url()).content.decode()

    assert at(request, "supervision_move", "wait") in text
    assert at(request, "supervision_move", "accept") not in text


@pytest.mark.parametrize("reader", ["outsider", "member", "other_office"])
def test_request_is_hidden_from_others(client, seeking, student, mentor, reader, request):
    row = supervision.choose_supervisors(seeking, [mentor], by=student)
    person = request.getfixturevalue(reader)

    assert page(client, person, row.get_absolute_url()).status_code == 404


def test_queued_supervisor_sees_nothing_yet(client, seeking, student, mentor, company):
    other = parties.supervisor(company)
    supervision.choose_supervisors(seeking, [mentor, other], by=student)
    row = seeking.requests.get(supervisor=other)

    assert page(client, other, row.get_absolute_url()).status_code == 404


def test_order_changes_by_buttons(client, seeking, student, company, mentor):
    others = [parties.supervisor(company) for _ in range(2)]
    supervision.choose_supervisors(seeking, [mentor, *others], by=student)
    last = seeking.requests.get(supervisor=others[1])

    post(client, student, at(last, "supervision_move", "up"))

    ranks = dict(seeking.requests.values_list("supervisor", "rank"))
    assert ranks[others[1].pk] < ranks[others[0].pk]


def test_unknown_action_is_not_found(client, seeking, student, mentor):
    row = supervision.choose_supervisors(seeking, [mentor], by=student)

    assert post(client, student, at(row, "supervision_move", "eat")).status_code == 404
    assert post(client, student, at(seeking, "work_move", "finish")).status_code == 404


AGREED = {"signed_on": "2026-01-15", "permits": "granted", "data": "public", "rights": "student"}


def test_agreement_is_filled_in_and_confirmed(client, thesis, student, lead, mentor):
    assert post(client, lead, at(thesis, "agreement_edit"), **AGREED).status_code == 302

    for person in (student, lead, mentor):
        post(client, person, at(thesis, "agreement_confirm"))

    thesis.refresh_from_db()
    assert thesis.stage == Stage.AGREED


@pytest.mark.parametrize(
    "wrong", [{"signed_on": "2999-01-01"}, {"signed_on": "eilen"}, {"rights": "kaikki"}]
)
def test_bad_agreement_shows_the_errors(client, thesis, lead, wrong):
    response = post(client, lead, at(thesis, "agreement_edit"), **{**AGREED, **wrong})

    assert response.status_code == 422


def test_interrupting_by_the_form(client, thesis, student):
    day = timezone.localdate() + datetime.timedelta(days=30)

    url = at(thesis, "work_interrupt")
    assert post(client, student, url, reason="", resumes_on="").status_code == 422
    post(client, student, url, reason="Loma", resumes_on=day.isoformat())

    thesis.refresh_from_db()
    assert (thesis.stage, thesis.resumes_on) == (Stage.INTERRUPTED, day)


def test_student_sets_the_light(client, running, student):
    url = at(running, "work_light")

    assert post(client, student, url, light="red", note="").status_code == 422
    assert post(client, student, url, light="red", note="Jumissa").status_code == 302

    running.refresh_from_db()
    assert running.light == Light.RED


def test_supervisor_gets_no_form_for_the_light(client, running, mentor):
    assert page(client, mentor, running.workspace_url).context["light_form"] is None
    assert post(client, mentor, at(running, "work_light"), light="green").status_code == 422


def test_milestones_by_the_forms(client, running, student):
    post(client, student, at(running, "milestone_add"), title="Kysely", due_on="2026-05-05")
    row = running.milestones.get()

    post(client, student, at(running, "milestone_tick", row.public_id))
    post(
        client,
        student,
        at(running, "milestone_edit", row.public_id),
        title="K",
        due_on="2026-06-06",
    )

    row.refresh_from_db()
    assert (row.title, row.due_on) == ("K", datetime.date(2026, 6, 6))
    assert row.done_on == timezone.localdate()
    post(client, student, at(running, "milestone_remove", row.public_id))
    assert not running.milestones.exists()


def test_milestone_of_another_thesis_is_not_found(client, running, student, company, home_cluster):
    topic = made.topic(company, home_cluster)
    other = parties.working(topic, factories.user(), parties.supervisor(company))
    row = workspace.save_milestone(
        other, {"title": "X", "due_on": timezone.localdate()}, by=other.supervisor
    )

    assert page(client, student, at(running, "milestone_edit", row.public_id)).status_code == 404


def test_schedule_by_the_form(client, running, student):
    day = timezone.localdate() + datetime.timedelta(days=60)

    post(client, student, at(running, "work_schedule"), target_on=day.isoformat())

    running.refresh_from_db()
    assert running.target_on == day


REPORT = {
    "title": "Varautuminen kotihoidossa",
    "level": "bachelor_uas",
    "abstract": "Mitä selvisi.",
    "repository_url": "https://www.theseus.fi/handle/10024/1",
    "usage": "unknown",
}


def test_student_saves_and_the_supervisor_finishes(client, running, student, mentor):
    url = at(running, "work_report")
    day = timezone.localdate().isoformat()
    post(client, student, url, **REPORT, finished_on="", shows_author="on", save="yes")

    response = post(client, mentor, url, **REPORT, finished_on=day, finish="yes")

    running.refresh_from_db()
    assert response.url == running.workspace_url
    assert (running.stage, running.shows_author) == (Stage.FINISHED, True)


def test_student_cannot_finish_by_the_button(client, running, student):
    day = timezone.localdate().isoformat()

    post(client, student, at(running, "work_report"), **REPORT, finished_on=day, finish="yes")

    running.refresh_from_db()
    assert running.stage == Stage.IN_PROGRESS


@pytest.mark.parametrize(
    "wrong",
    [
        {"repository_url": "http://theseus.fi/1"},
        {"repository_url": "javascript:alert(1)"},
        {"repository_url": "https://"},
        {"abstract": ""},
        {"level": ""},
        {"finished_on": "2999-01-01"},
        {"title": "abc"},
    ],
)
def test_bad_report_shows_the_errors(client, running, mentor, wrong):
    data = {**REPORT, "finished_on": timezone.localdate().isoformat(), "finish": "yes", **wrong}

    response = post(client, mentor, at(running, "work_report"), **data)

    assert response.status_code == 422
    assert Thesis.objects.get().stage == Stage.IN_PROGRESS


@pytest.fixture
def done(running, mentor):
    values = {**REPORT, "finished_on": timezone.localdate()}
    return works.finish_thesis(running, values, by=mentor)


def test_finished_thesis_has_a_public_page(client, done, student):
    response = client.get(done.get_absolute_url())
    text = response.content.decode()

    assert response.status_code == 200
    assert "Theseus" in text
    assert student.get_full_name() not in text


def test_author_stands_on_the_page_after_her_own_tick(client, done, student):
    post(client, student, at(done, "work_author"), shows="yes")
    client.logout()

    assert student.get_full_name() in client.get(done.get_absolute_url()).content.decode()


def test_commissioner_tells_the_use(client, done, lead, student):
    url = at(done, "work_usage")
    data = {"usage": "used", "used_for": "Ohje uusittiin."}

    assert post(client, student, url, **data).url == done.workspace_url
    post(client, lead, url, **data)

    done.refresh_from_db()
    assert (done.usage, done.used_for) == ("used", "Ohje uusittiin.")


def test_unfinished_thesis_has_no_public_page(client, running):
    Thesis.objects.filter(pk=running.pk).update(slug="kesken")

    assert client.get(reverse("theses:finished_thesis", args=["kesken"])).status_code == 404


def test_finished_thesis_of_a_members_topic_is_hidden_from_visitors(client, done):
    topic = done.topic
    topic.visibility = "members"
    topic.save()

    assert client.get(done.get_absolute_url()).status_code == 404
    assert client.get(reverse("theses:finished")).context["faceted"].count == 0


def test_list_is_searched_and_narrowed(client, done):
    url = reverse("theses:finished")

    assert client.get(url, {"q": "varautumisen"}).context["faceted"].count == 1
    assert client.get(url, {"q": "metsätalous"}).context["faceted"].count == 0
    assert client.get(url, {"level": "doctoral"}).context["faceted"].count == 0
    year = str(timezone.localdate().year)
    assert client.get(url, {"year": year, "level": "bachelor_uas"}).context["faceted"].count == 1
    assert client.get(url, {"page": "99"}).status_code == 404


def test_fragment_of_the_list(client, done):
    response = client.get(reverse("theses:finished"), headers={"HX-Request": "true"})

    assert "<html" not in response.content.decode()
    assert done.title in response.content.decode()


def count_of(client, url):
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


def test_list_asks_as_often_for_three_as_for_one(client, done, company, home_cluster):
    url = reverse("theses:finished")
    client.get(url)
    before = count_of(client, url)
    for _ in range(2):
        mentor = parties.supervisor(company)
        thesis = parties.working(made.topic(company, home_cluster), factories.user(), mentor)
        works.finish_thesis(thesis, {**REPORT, "finished_on": timezone.localdate()}, by=mentor)

    assert count_of(client, url) == before


def test_thread_ties_the_thesis_both_ways(client, done, student):
    link = ThreadLink.objects.create(topic=done.topic, challenge=a_challenge(done.topic))

    text = client.get(done.get_absolute_url()).content.decode()
    assert link.challenge.get_absolute_url() in text
    other = client.get(link.challenge.get_absolute_url()).content.decode()
    assert done.get_absolute_url() in other


def told_result(client, user, thesis):
    """The page after the first step of telling a result of the thesis."""
    client.force_login(user)
    url = f"{reverse('projects:result_propose')}?thesis={thesis.slug}"
    shown = client.get(url).context["form"].initial
    return client.post(url, {
        "organisation": thesis.topic.organisation_id, "kind": "brief", "level": "administrative",
        "title_fi": "Varavoima mitoitetaan kolmeksi vuorokaudeksi",
        "form_key": shown["form_key"], "then": "later",
    })  # fmt: skip


def test_result_begins_from_a_finished_thesis(client, done, lead):
    offered = page(client, lead, done.get_absolute_url()).content.decode()
    assert f"{reverse('projects:result_propose')}?thesis={done.slug}" in offered

    told_result(client, lead, done)

    result = Result.objects.get()
    assert result.home_cluster == done.topic.home_cluster
    assert result.link == done.repository_url
    assert set(result.terms.all()) >= set(done.topic.terms.all())
    Result.objects.update(
        stage="published", published_at=timezone.now(), year=2026, number=1, visibility="public"
    )
    client.logout()
    assert result.title in client.get(done.get_absolute_url()).content.decode()
    assert done.get_absolute_url() in client.get(result.get_absolute_url()).content.decode()


def test_result_is_told_of_a_thesis_by_its_parties_alone(client, done, member, other_lead):
    for person in (member, other_lead):
        shown = page(client, person, done.get_absolute_url()).content.decode()
        assert "?thesis=" not in shown
        told_result(client, person, done)

    assert not ThesisResult.objects.exists()


def test_no_result_begins_from_a_thesis_that_goes_on(running, lead):
    assert origin.starts_of(running, lead) == []


def test_link_is_searched_added_and_removed(client, running, student):
    challenge = a_challenge(running.topic)
    search.reindex(challenge)
    url = at(running, "thread_add")
    client.force_login(student)
    rows = client.get(url, {"q": "kotihoito"}).context["rows"]

    client.post(url, {"anchor": rows[0]["anchor"]})

    link = ThreadLink.objects.get()
    assert link.challenge == challenge
    client.post(at(running, "thread_remove"), {"link": link.pk})
    assert not ThreadLink.objects.exists()


@pytest.mark.parametrize("anchor", ["", "challenge:", "challenge:x", "user:1", "project:999"])
def test_link_to_nothing_is_not_found(client, running, student, anchor):
    assert post(client, student, at(running, "thread_add"), anchor=anchor).status_code == 404


def test_schools_guide_is_shown(client, thesis, student, company):
    made.student_profile(student, school=company)
    SchoolGuide.objects.create(school=company, text_fi="Palauta **sopimus** ensin.")

    text = page(client, student, thesis.workspace_url).content.decode()

    assert "<strong>sopimus</strong>" in text


@pytest.mark.parametrize(
    ("stage", "leads_to"),
    [("", "supervisors/"), ("in_progress", "#milestones"), ("agreed", "#moves")],
)
def test_turn_of_the_student_leads_to_where_she_acts(
    client, topic, student, company, stage, leads_to
):
    guide = parties.supervisor(company) if stage else None
    thesis = parties.thesis(topic, student, guide, stage=stage)
    client.force_login(student)

    page = client.get(thesis.workspace_url)

    assert page.context["turn_link"]["url"].endswith(leads_to)
    assert f'href="{page.context["turn_link"]["url"]}"' in page.content.decode()


def test_two_supervisors_of_one_number_are_refused(client, topic, student, company):
    people = [parties.supervisor(company, 2, name) for name in ("eka", "toka")]
    thesis = parties.thesis(topic, student)
    client.force_login(student)
    slugs = [person.supervisor_profile.slug for person in people]
    data = {**{f"order-{slug}": "1" for slug in slugs}, "days": "10", "message": ""}

    answer = client.post(f"{thesis.workspace_url}supervisors/", data)

    assert answer.status_code == 422
    assert "on jo tämä numero" in answer.content.decode()


def test_report_says_what_finishing_needs_and_the_draft_is_stored_without(
    client, topic, student, company
):
    thesis = parties.working(topic, student, parties.supervisor(company))
    client.force_login(student)
    address = f"{thesis.workspace_url}report/"

    page = client.get(address).content.decode()
    draft = client.post(address, {"title": "Pelkkä otsikko", "usage": "unknown", "save": "yes"})
    whole = client.post(address, {"title": "Pelkkä otsikko", "usage": "unknown", "ready": "yes"})

    assert page.count("tarvitaan, kun työ merkitään valmiiksi") == 3
    assert (draft.status_code, whole.status_code) == (302, 422)


def test_who_asks_a_supervisor_sees_what_speaks_against_her(client, seeking, student, company):
    """Those of the student's own level come first."""
    school = factories.organisation("Oma AMK", kind="university_of_applied_sciences")
    made.student_profile(student, school=school, school_name="")
    other = parties.supervisor(company, name="aalto")
    fitting = parties.supervisor(school, name="zorn")
    levels = SupervisorProfile.objects.filter(user=other)
    levels.update(levels=["doctoral"], institution=company)
    levels.model.objects.filter(user=fitting).update(levels=["bachelor_uas"])
    client.force_login(student)

    page = client.get(at(seeking, "work_supervisors"))

    found = {row.user: row.doubts for row in page.context["form"].candidates}
    assert found[fitting] == []
    assert len(found[other]) == 2
    assert list(found).index(fitting) < list(found).index(other)
    assert '<li data-fit="partly">' in page.content.decode()


@pytest.mark.parametrize(("openness", "doubts"), [("private", 0), ("commissioners", 1)])
def test_school_in_a_private_profile_is_told_by_no_doubt(
    client, seeking, lead, company, openness, doubts
):
    student = seeking.application.student
    school = factories.organisation("Oma AMK", kind="university_of_applied_sciences")
    made.student_profile(student, school=school, school_name="", openness=openness)
    other = parties.supervisor(company, name="aalto")
    SupervisorProfile.objects.filter(user=other).update(levels=["bachelor_uas"])
    client.force_login(lead)

    page = client.get(at(seeking, "work_supervisors"))

    found = {row.user: row.doubts for row in page.context["form"].candidates}
    assert len(found[other]) == doubts


def test_page_of_a_topic_leads_to_what_has_come_of_it(client, topic, student, mentor):
    before = client.get(topic.get_absolute_url()).context["finished"]
    thesis = parties.working(topic, student, mentor)
    Thesis.objects.filter(pk=thesis.pk).update(
        stage="finished", finished_on="2026-11-01", finished_year=2026, abstract="A", slug="tyo",
        started_on="2026-10-01",
    )  # fmt: skip

    page = client.get(topic.get_absolute_url())

    assert before == []
    assert [row["url"] for row in page.context["finished"]] == ["/theses/finished/tyo/"]
    assert 'href="/theses/finished/tyo/"' in page.content.decode()


def test_supervisor_who_is_asked_reads_the_questions_one_a_line(client, topic, student, mentor):
    topic.questions = "Mitä?\n- Miten?"
    topic.save()
    thesis = parties.thesis(topic, student)
    request = supervision.choose_supervisors(thesis, [mentor], by=student)
    client.force_login(factories.verified(mentor))

    page = client.get(request.get_absolute_url()).content.decode()

    assert "<li>Mitä?</li><li>Miten?</li>" in re.sub(r">\s+<", "><", page)


def test_supervisors_thesis_without_commissioner_says_so_and_leads_on(
    client, student, mentor, home_cluster
):
    proposed = {"origin": "supervisor", "supervisor": mentor, "contact": mentor}
    topic = made.topic(None, home_cluster, **proposed)
    application = made.application(topic, student)
    applications.accept_application(application, by=mentor)
    workspace = Thesis.objects.get().workspace_url

    of_mentor, of_student = (page(client, who, workspace) for who in (mentor, student))

    roles = {row["role"]: (row["name"], row["status"]) for row in of_mentor.context["parties"]}
    assert roles["Toimeksiantaja"] == ("Ei vielä tiedossa", "waiting")
    assert of_mentor.context["turn_link"]["url"] == f"{topic.get_absolute_url()}invite/"
    assert of_student.context["turn_link"] is None
    said = letter(OutboxMail.objects.get(kind="thesis_supervisor_found", recipient=student)).text
    assert "Toimeksiantaja puuttuu vielä" in said
    assert "Toimeksiantaja:" not in said
