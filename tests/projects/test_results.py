"""Results: telling one, review, recommendations, and the decisions that used it."""

import datetime
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import origin
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from projects.forms.results import SourcesForm
from projects.models import Recommendation, Result, ResultUse
from projects.models.recommendations import State, UseStage
from projects.services.result_telling import edit_result, tell_result
from projects.services.results import answer_use, follow_up, move_result, tell_use
from tests import factories, statements
from tests.projects import factories as make


@pytest.fixture
def result(home_cluster, company):
    return make.result(home_cluster, organisation=company)


def told_use(result, by, **values):
    values = {
        "decided_by": "Kunnanhallitus 214 §", "decided_on": timezone.localdate(),
        "form_key": uuid.uuid4(), **values,
    }  # fmt: skip
    return tell_use(result, values, by=by)


def mails(kind):
    return list(OutboxMail.objects.filter(kind=kind).order_by("pk"))


SEEN = {
    ("draft", "public"): "member lead office admin",
    ("in_review", "public"): "member lead office admin",
    ("published", "public"): "visitor outsider member lead other_lead office other_office admin",
    ("published", "members"): "member lead other_lead office other_office admin",
    ("published", "cluster"): "member lead other_lead office admin",
    ("withdrawn", "public"): "member lead office admin",
}


@pytest.mark.parametrize(("stage", "visibility"), SEEN)
def test_who_sees_a_result_and_its_parts(stage, visibility, cast, home_cluster, company):
    result = make.result(home_cluster, organisation=company, stage=stage, visibility=visibility)
    use = make.use(result, stage="confirmed", answered_at=timezone.now())
    file = make.result_file(result)

    seen = [
        {who for who, user in cast.items() if rows.visible_to(user).filter(pk=one.pk).exists()}
        for rows, one in (
            (Result.objects, result),
            (ResultUse.objects, use),
            (type(file).objects, file),
            (Recommendation.objects, result.recommendations.get()),
        )
    ]

    assert seen == [set(SEEN[stage, visibility].split())] * 4


def test_use_that_nobody_has_confirmed_is_seen_by_both_sides_alone(result, cast):
    use = make.use(result, teller=cast["other_lead"])

    seen = {who for who, user in cast.items() if ResultUse.objects.visible_to(user).contains(use)}

    assert seen == {"lead", "office", "admin", "other_lead"}


def told(client, user, **values):
    client.force_login(user)
    address = reverse("projects:result_propose")
    form = client.get(address).context["form"]
    data = {
        "kind": "brief", "level": "administrative", "title_fi": "Sähkötön kirjaus käyttöön",
        "summary_fi": "Sata ihmistä tunnissa.", "why": "Lista hävisi.",
        "organisation": user.affiliations.get().organisation_id,
        "form_key": form.initial["form_key"], **values,
    }  # fmt: skip
    return client.post(address, data), data


def test_member_tells_a_result_in_steps(client, member, office):
    response, _data = told(client, member)
    result = Result.objects.get()
    steps = {step: reverse("projects:result_tell", args=[result.slug, step])
             for step in ("brief", "sources", "check")}  # fmt: skip
    assert response.url == steps["brief"]

    brief = {"point1": "Malli käyttöön", "detail1": "Kunta, 2026.", "costs": "Sarja: 4 200 €",
             "figure_title": "Kirjattua tunnissa", "before": 62, "after": 118}  # fmt: skip
    assert client.post(steps["brief"], brief).url == steps["sources"]
    sources = {"makers": [result.organisation_id], "languages": ["fi"],
               "uploads": SimpleUploadedFile("malli.pdf", b"%PDF-1.4\n%%EOF")}  # fmt: skip
    assert client.post(steps["sources"], sources).url == steps["check"]
    sent = client.post(steps["check"], {"visibility": "members", "then": "submit"})

    result.refresh_from_db()
    assert sent.url == result.get_absolute_url()
    assert (result.stage, result.visibility, result.after) == ("in_review", "members", 118)
    assert [str(each) for each in result.recommendations.all()] == ["1 Malli käyttöön"]
    assert [file.name for file in result.files.all()] == ["malli.pdf"]
    assert [mail.recipient for mail in mails("result_submitted")] == [office]
    page = client.get(result.get_absolute_url()).content.decode()
    assert "4 200 €" in page.replace("\xa0", " ")
    assert "malli.pdf" in page


def test_form_sent_twice_makes_one_result(client, member):
    response, data = told(client, member)

    again = client.post(reverse("projects:result_propose"), data)

    assert again.url == response.url
    assert Result.objects.count() == 1


def test_what_is_missing_is_told_before_sending(lead, home_cluster, company):
    result = make.result(home_cluster, organisation=company, stage="draft", why="")
    result.recommendations.all().delete()

    assert result.missing == ["why", "content"]
    with pytest.raises(Refused):
        move_result(result, "submit", by=lead)


def test_result_of_a_project_keeps_the_tie_and_is_on_its_thread(client, member, home_cluster):
    project = make.project(home_cluster, organisation=member.affiliations.get().organisation)
    client.force_login(member)
    address = f"{reverse('projects:result_propose')}?project={project.slug}"
    form = client.get(address).context["form"]
    client.post(address, {
        "kind": "brief", "level": "political", "title_fi": "Tulos hankkeesta",
        "organisation": form.initial["organisation"], "form_key": form.initial["form_key"],
    })  # fmt: skip

    result = Result.objects.get()
    assert result.project == project
    assert [row["title"] for row in origin.sources_of(result, member)] == [project.title]
    assert origin.results_of(type(project), [project.pk], member)[project.pk] == []  # a draft
    Result.objects.update(stage="published", published_at=timezone.now(), year=2026, number=1)
    rows = origin.results_of(type(project), [project.pk], member)[project.pk]
    assert [row["title"] for row in rows] == [result.title]


def test_result_of_a_pilot_begins_on_its_page_and_is_on_its_thread(
    client, lead, other_lead, home_cluster, company
):
    town = factories.organisation("Esimerkkikunta", kind="municipality", slug="kunta")
    pilot = make.pilot(home_cluster, company, town, stage="running")
    address = f"{reverse('projects:result_propose')}?pilot={pilot.slug}"
    client.force_login(lead)
    assert address in client.get(pilot.get_absolute_url()).content.decode()
    form = client.get(address).context["form"]
    client.post(address, {
        "kind": "brief", "level": "political", "title_fi": "Tulos kokeilusta",
        "organisation": form.initial["organisation"], "form_key": form.initial["form_key"],
    })  # fmt: skip

    result = Result.objects.get()
    assert result.pilot == pilot
    assert result.home_cluster == pilot.home_cluster
    assert [row["title"] for row in origin.sources_of(result, lead)] == [pilot.title]
    assert result.title in [row["title"] for row in origin.thread_of(pilot, lead)]
    client.force_login(other_lead)
    assert address not in client.get(pilot.get_absolute_url()).content.decode()


def test_two_editors_do_not_overwrite_each_other(lead, home_cluster, company):
    result = make.result(home_cluster, organisation=company, stage="draft")
    seen = result.stamp
    edit_result(result, {"why": "Toisen teksti."}, by=lead, seen=seen)

    with pytest.raises(Refused):
        edit_result(result, {"why": "Minun tekstini."}, by=lead, seen=seen)

    assert Result.objects.get().why == "Toisen teksti."


def test_published_result_is_changed_by_coordinators_alone(lead, office, result):
    with pytest.raises(Refused):
        edit_result(result, {"why": "Uusi."}, by=lead)

    assert edit_result(result, {"why": "Uusi."}, by=office).why == "Uusi."


def test_recommendation_that_was_followed_up_stays(lead, office, result):
    point = result.recommendations.get()
    follow_up(point, {"state": State.HANDLED, "follow_up": "Talousarviossa."}, by=lead)

    with pytest.raises(Refused):
        edit_result(result, {"points": []}, by=office)

    point.refresh_from_db()
    assert (point.state, point.follow_up) == ("handled", "Talousarviossa.")


def test_numbers_of_a_year_run_on(office, home_cluster, company):
    year = timezone.localdate().year
    make.result(home_cluster, organisation=company, year=year, number=16)
    draft = make.result(
        home_cluster, organisation=company, stage="draft", year=None, number=None,
        published_at=None,
    )  # fmt: skip

    assert move_result(draft, "publish", by=office).label == f"{year}-017"


def test_use_told_by_a_member_is_confirmed_and_marks_the_recommendation(
    result, lead, office, other_lead
):
    point = result.recommendations.get()

    use = told_use(result, other_lead, recommendation=point)

    assert use.stage == UseStage.TOLD
    assert {mail.recipient for mail in mails("result_use_told")} == {lead, office}
    assert not Result.objects.used().exists()
    answer_use(use, "confirm_use", by=lead)
    point.refresh_from_db()
    assert point.state == State.USED
    assert Result.objects.used().contains(result)
    answered = mails("result_use_answered")[0]
    assert answered.recipient == other_lead
    assert result.title in letter(answered).subject


def test_own_side_needs_no_confirmation(result, lead):
    assert told_use(result, lead).stage == UseStage.CONFIRMED


def test_use_is_answered_once(result, lead, other_lead):
    use = told_use(result, other_lead)
    answer_use(use, "refuse_use", by=lead, reason="Ei tämä.")

    with pytest.raises(Refused):
        answer_use(use, "confirm_use", by=lead)


def test_same_form_tells_one_use(result, other_lead):
    key = uuid.uuid4()
    first = told_use(result, other_lead, form_key=key)

    assert told_use(result, other_lead, form_key=key) == first


def test_use_form_refuses_a_day_to_come_and_odd_addresses(client, result, other_lead):
    client.force_login(other_lead)
    address = reverse("projects:result_use", args=[result.slug])
    data = {
        "decided_by": "Kunnanhallitus", "form_key": uuid.uuid4(), "link": "javascript:alert(1)",
        "decided_on": timezone.localdate() + datetime.timedelta(days=1),
    }  # fmt: skip

    response = client.post(address, data)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"decided_on", "link"}


def test_marked_text_is_refused(client, member):
    response, _data = told(client, member, why="TL IV salainen")

    assert response.status_code == 422
    assert not Result.objects.exists()


def test_makers_hidden_from_the_reader_are_not_named(client, result, office):
    hidden = factories.organisation("Piilotettu Oy", visibility="private")
    result.makers.add(hidden)

    assert hidden.name not in client.get(result.get_absolute_url()).content.decode()


def test_list_and_page_keep_their_statements(client, other_lead, home_cluster, company):
    client.force_login(other_lead)
    asked = []
    for _number in range(3):
        result = make.result(home_cluster, organisation=company)
        make.use(result, stage="confirmed", answered_at=timezone.now())
        pages = (reverse("projects:results"), result.get_absolute_url())
        asked.append([len(statements.of_page(client, page)) for page in pages])

    assert asked[0] == asked[1] == asked[2]
    assert asked[0][0] <= 8
    assert asked[0][1] <= 14


def test_tell_result_refuses_another_organisation(member, other_lead):
    neighbour = other_lead.affiliations.get().organisation
    values = {"organisation": neighbour, "title_fi": "Tulos", "form_key": uuid.uuid4()}

    with pytest.raises(Refused):
        tell_result(values, by=member)


def test_result_is_tied_to_a_project_of_ones_own_alone(home_cluster, member, company):
    foreign = make.project(home_cluster, visibility="public", title_fi="Toisten hanke")
    own = make.project(home_cluster, organisation=company, title_fi="Oma hanke")
    result = make.result(home_cluster, organisation=company, stage="draft")

    offered = SourcesForm(user=member, result=result).fields["project"].queryset

    assert own in offered
    assert foreign not in offered


def test_second_of_two_who_follow_up_a_recommendation_is_told(lead, result):
    point = result.recommendations.get()
    seen = point.stamp
    follow_up(point, {"state": State.HANDLED, "follow_up": "Talousarviossa."}, by=lead, seen=seen)

    with pytest.raises(Refused):
        follow_up(point, {"state": State.WAITING, "follow_up": "Ei."}, by=lead, seen=seen)

    point.refresh_from_db()
    assert point.follow_up == "Talousarviossa."
    follow_up(point, {"state": State.WAITING, "follow_up": "Ei."}, by=lead, seen=point.stamp)
    assert Recommendation.objects.get().follow_up == "Ei."


def test_page_of_a_follow_up_carries_its_stamp(client, lead, result):
    point = result.recommendations.get()
    client.force_login(lead)

    page = client.get(reverse("projects:result_follow_up", args=[result.slug, point.position]))

    assert f'name="seen" value="{point.stamp}"' in page.content.decode()
