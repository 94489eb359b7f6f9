"""What coordinators do on the programme's pages, and what waits for organisations and members."""

import datetime
import io
import uuid
import zipfile

import pytest
from django.forms import modelform_factory
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from projects import desk
from projects.forms.content import MeasureForm
from projects.models import (
    Comment,
    GoalPart,
    InfluenceAct,
    InfluenceGoal,
    Measure,
    Programme,
    Review,
)
from projects.services import rounds
from projects.services.influence import add_act
from projects.services.ownership import answer_part, ask_for_part
from projects.services.programmes import new_version
from tests import factories
from tests.projects import factories as make


@pytest.fixture(autouse=True)
def _demo(settings):
    """Second factors are tested apart."""
    settings.DEMO = True


@pytest.fixture
def programme(home_cluster, company):
    return make.approved_programme(home_cluster, company)


@pytest.fixture
def influence(programme):
    return InfluenceGoal.objects.create(programme=programme, title_fi="V1 <b>näkyvyys</b>")


def address(programme, name):
    return reverse(f"projects:{name}", args=[programme.home_cluster.slug, programme.version])


def asked(programme, company, **values):
    return {
        "goal": programme.goals.get().pk, "organisation": company.pk, "part": "owner",
        "note": "Vastaatteko?", **values,
    }  # fmt: skip


def test_coordinator_asks_an_organisation_on_the_page(client, programme, company, office, lead):
    client.force_login(office)
    form = client.get(address(programme, "part_ask") + "?goal=1")

    answer = client.post(address(programme, "part_ask"), asked(programme, company))
    client.post(address(programme, "part_ask"), asked(programme, company))

    assert form.context["form"].initial["goal"] == programme.goals.get()
    assert answer.headers["Location"] == f"{programme.get_absolute_url()}#ownership"
    assert GoalPart.objects.get().stage == "asked"
    told = OutboxMail.objects.filter(kind="part_asked")
    assert list(told.values_list("recipient", flat=True)) == [lead.pk]


@pytest.mark.parametrize("name", ["part_ask", "act_add"])
@pytest.mark.parametrize("person", ["outsider", "member", "lead", "other_office"])
def test_others_ask_and_add_nothing(client, request, programme, name, person):
    client.force_login(request.getfixturevalue(person))

    assert client.get(address(programme, name)).status_code == 404
    assert client.post(address(programme, name), {}).status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"part": "boss"}, {"organisation": 10**9}, {"goal": "x"}, {"note": "SALAINEN"}]
)
def test_wrong_question_is_said_in_the_form(client, programme, company, office, wrong):
    client.force_login(office)

    answer = client.post(address(programme, "part_ask"), asked(programme, company, **wrong))

    assert answer.status_code == 422
    assert not GoalPart.objects.exists()


def test_organisation_is_led_to_its_answer(client, programme, company, lead, office, outsider):
    part = ask_for_part(
        GoalPart(goal=programme.goals.get(), organisation=company, part="owner"), by=office
    )

    links = {}
    for person in (lead, outsider, office):
        client.force_login(person)
        page = client.get(programme.get_absolute_url()).content.decode()
        links[person] = part.get_absolute_url() in page

    assert links == {lead: True, outsider: False, office: True}
    assert [row["url"] for row in desk.parts_to_answer(lead)] == [part.get_absolute_url()]
    assert desk.parts_to_answer(outsider) == []


def test_answered_and_replaced_parts_leave_the_desk(programme, company, lead, office):
    part = ask_for_part(
        GoalPart(goal=programme.goals.get(), organisation=company, part="owner"), by=office
    )
    programme.stage = "replaced"
    programme.save()

    assert desk.parts_to_answer(lead) == []
    GoalPart.objects.filter(pk=part.pk).update(stage="accepted", answered_on=timezone.localdate())
    programme.stage = "approved"
    programme.save()
    assert desk.parts_to_answer(lead) == []


def test_question_copied_into_the_next_version_stands_once_on_the_desk(
    programme, company, lead, office
):
    part = ask_for_part(
        GoalPart(goal=programme.goals.get(), organisation=company, part="owner"), by=office
    )
    draft = new_version(programme, by=office)

    assert [row["url"] for row in desk.parts_to_answer(lead)] == [part.get_absolute_url()]

    programme.stage = "replaced"
    programme.save()
    copy = draft.goals.get().parts.get()
    assert [row["url"] for row in desk.parts_to_answer(lead)] == [copy.get_absolute_url()]


def test_answered_question_does_not_come_again_from_the_next_version(
    programme, company, lead, office
):
    part = ask_for_part(
        GoalPart(goal=programme.goals.get(), organisation=company, part="owner"), by=office
    )
    copy = new_version(programme, by=office).goals.get().parts.get()
    answer_part(part, "decline", by=lead, reason="Ei nyt.")
    assert desk.parts_to_answer(lead) == []

    copy.note = "Entä näin?"
    ask_for_part(copy, by=office)

    assert [row["url"] for row in desk.parts_to_answer(lead)] == [copy.get_absolute_url()]


def act(influence, **values):
    return {
        "goal": influence.pk, "kind": "statement", "on": timezone.localdate().isoformat(),
        "title": "Lausunto <b>nyt</b>", **values,
    }  # fmt: skip


def test_coordinator_adds_an_act_that_points_at_a_result(
    client, programme, influence, company, office
):
    result = make.result(programme.home_cluster, organisation=company, title_fi="Opas")
    client.force_login(office)

    for _n in range(2):
        client.post(address(programme, "act_add"), act(influence, of_result=result.pk))

    assert InfluenceAct.objects.get().of_result == result
    client.logout()
    page = client.get(address(programme, "programme_continuity")).content.decode()
    assert result.get_absolute_url() in page
    assert "<b>nyt" not in page


def test_result_that_the_reader_does_not_see_is_not_named(
    client, programme, influence, company, office
):
    result = make.result(
        programme.home_cluster, organisation=company, title_fi="Salattu opas", visibility="private"
    )
    InfluenceAct.objects.create(
        goal=influence, kind="result", on=timezone.localdate(), title="Teko", of_result=result
    )

    page = client.get(address(programme, "programme_continuity")).content.decode()

    assert ("Teko" in page, "Salattu opas" in page) == (True, False)


@pytest.mark.parametrize(
    "wrong",
    [{"on": "2999-01-01"}, {"link": "javascript:alert(1)"}, {"kind": "x"}, {"title": ""}],
)
def test_wrong_act_is_said_in_the_form(client, programme, influence, office, wrong):
    client.force_login(office)

    answer = client.post(address(programme, "act_add"), act(influence, **wrong))

    assert (answer.status_code, InfluenceAct.objects.count()) == (422, 0)


def test_act_of_another_programme_or_a_replaced_one_is_refused(programme, influence, office, lead):
    values = {"goal": influence, "kind": "meeting", "on": timezone.localdate(), "title": "Kokous"}
    with pytest.raises(Refused):
        add_act(programme, values, by=lead)
    programme.stage = "replaced"
    programme.save()

    with pytest.raises(Refused):
        add_act(programme, values, by=office)


# The comment round


@pytest.fixture
def draft(programme, office):
    made = new_version(programme, by=office)
    made.comments_until = timezone.localdate() + datetime.timedelta(days=14)
    made.save()
    return made


def test_members_are_told_of_the_round_where_they_are_asked(draft, office, lead, member, outsider):
    draft.commenters.add(outsider)
    assert rounds.open_round(draft, by=office) == 1
    draft.comments_of_members = True
    draft.save()

    rounds.open_round(draft, by=office)

    told = OutboxMail.objects.filter(kind="comments_asked").values_list("recipient", flat=True)
    assert {lead.pk, member.pk, outsider.pk} <= set(told)
    assert office.pk not in told
    assert len(told) == len(set(told))


def test_round_stands_among_the_deadlines_of_those_asked(draft, member, outsider):
    before = desk.comment_rounds(member)
    draft.comments_of_members = True
    draft.save()

    (row,) = desk.comment_rounds(member)

    assert (before, desk.comment_rounds(outsider)) == ([], [])
    assert timezone.localdate(row.at) == draft.comments_until


def test_queues_count_reviews_due_and_new_comments(programme, draft, office, other_office, member):
    today = timezone.localdate()
    Review.objects.create(programme=programme, due_on=today - datetime.timedelta(days=3))
    Review.objects.create(programme=programme, due_on=today + datetime.timedelta(days=3), months=12)
    Comment.objects.create(programme=draft, author=member, text="Uusi")
    Comment.objects.create(programme=draft, author=member, text="Vanha", outcome="noted")

    counts = {
        person.email: (desk.reviews_due(person).count, desk.new_comments(person).count)
        for person in (office, other_office)
    }

    assert counts == {office.email: (1, 1), other_office.email: (0, 0)}


# Projects


@pytest.fixture
def project(home_cluster, company):
    return make.project(home_cluster, organisation=company)


def test_removed_partner_is_led_from_the_application_to_the_project(
    client, home_cluster, company, rival, other_lead
):
    project = make.project(home_cluster, organisation=company)
    addresses = [
        reverse("projects:application", args=[project.slug, key])
        for key in (project.applications.create(title="Hakemus").public_id, uuid.uuid4())
    ]
    client.force_login(other_lead)

    answers = [client.get(each, follow=True) for each in addresses]

    assert {answer.redirect_chain[0][0] for answer in answers} == {project.get_absolute_url()}
    assert all("nykyisille kumppaneille" in answer.content.decode() for answer in answers)
    project.visibility = "private"
    project.save()
    assert client.get(addresses[0]).status_code == 404


def test_editor_names_the_funder(client, home_cluster, company, lead):
    project = make.project(home_cluster, organisation=company, title_fi="Yhteinen hanke")
    funder = factories.organisation("Rahasto")
    address = reverse("projects:project_edit", args=[project.slug])
    client.force_login(lead)
    form = client.get(address).context["form"]
    values = {name: form.initial.get(name) or "" for name in form.fields}

    client.post(address, {**values, "funder": funder.pk, "terms": [], "scopes": []})

    project.refresh_from_db()
    assert project.funder == funder


@pytest.mark.parametrize(("person", "seen"), [("lead", True), ("outsider", False)])
def test_package_holds_milestones_and_the_documents_of_its_reader(
    client, request, project, lead, person, seen
):
    make.document(project, lead, "partners")
    today = timezone.localdate()
    project.milestones.create(title_fi="Saavutettu", due_on=today, reached_on=today)
    project.milestones.create(title_fi="Myöhässä", due_on=today - datetime.timedelta(days=9))
    client.force_login(request.getfixturevalue(person))

    page = client.get(reverse("projects:package", args=[project.slug])).content.decode()
    answer = client.get(reverse("projects:package_zip", args=[project.slug]))
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    papers = [name for name in packed.namelist() if name.startswith("documents/")]
    index = packed.read("index.html").decode()

    assert ("Saavutettu" in page, "ei saavutettu" in page) == (True, True)
    assert (len(papers), bool(papers) and papers[0] in index) == ((1, True) if seen else (0, False))
    assert AuditEntry.objects.filter(action="file read").count() == 0  # the lead sent it herself


@pytest.mark.parametrize("day", ["9999-12-31", "0206-01-01"])
def test_wild_day_of_a_measure_is_asked_again(day, home_cluster, company):
    measure = make.measure(make.programme(home_cluster, organisation=company))
    form_class = modelform_factory(Measure, form=MeasureForm, fields=["starts_on", "ends_on"])

    form = form_class({"starts_on": day, "ends_on": day}, instance=measure)

    assert form.errors["starts_on"] == ["Tarkista vuosi."]


def test_next_version_is_not_open_to_members_before_they_are_asked(
    home_cluster, company, office, member
):
    programme = make.approved_programme(home_cluster, company)
    Programme.objects.update(comments_of_members=True)

    draft = new_version(programme, by=office)

    assert not draft.comments_of_members
    assert not Programme.objects.visible_to(member).filter(pk=draft.pk).exists()
