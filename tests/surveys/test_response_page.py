"""The page of a response: what its readers see and do there."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.notifications.models import OutboxMail
from cluster_portal.surveys.models import Handover, Response
from cluster_portal.surveys.services import responses
from tests import factories, statements
from tests.surveys import factories as make

ANSWERS = {"exports": "yes", "where": "Ruotsi"}


@pytest.fixture
def asked(home_cluster, company):
    return make.response(make.survey_round(home_cluster), organisation=company)


@pytest.fixture
def interview(home_cluster, company, office):
    in_round = make.survey_round(home_cluster, mode="interviews")
    made = make.response(in_round, organisation=company, interviewer=office)
    responses.save_answers(made, ANSWERS, by=office)
    return made


def move(client, response, action, **data):
    return client.post(reverse("surveys:response_move", args=[response.public_id, action]), data)


def text_of(client, response):
    return client.get(response.get_absolute_url()).content.decode()


def stage_of(response):
    response.refresh_from_db()
    return response.stage


def test_missing_answers_are_named_and_hold_the_sending_back(client, asked, lead):
    client.force_login(lead)
    responses.save_answers(asked, {"suppliers": "4"}, by=lead)

    text = text_of(client, asked)
    move(client, asked, "submit")

    assert "Exports?" in text
    assert "Lähetä vastaukset" not in text
    assert stage_of(asked) == "invited"


def test_complete_answers_are_sent_by_one_button(client, asked, lead):
    client.force_login(lead)
    responses.save_answers(asked, ANSWERS, by=lead)

    assert "Lähetä vastaukset" in text_of(client, asked)
    move(client, asked, "submit")

    assert stage_of(asked) == "checked"
    assert "Lähetä vastaukset" not in text_of(client, asked)


def test_corrected_answers_are_sent_again(client, asked, lead):
    client.force_login(lead)
    responses.save_answers(asked, ANSWERS, by=lead)
    responses.submit(asked, by=lead)
    responses.save_answers(asked, {"where": "Norja"}, by=lead)

    assert "Lähetä korjatut vastaukset" in text_of(client, asked)
    move(client, asked, "submit")

    assert "Lähetä korjatut vastaukset" not in text_of(client, asked)


def test_interview_goes_from_the_interviewer_to_the_company_and_is_confirmed(
    client, interview, office, lead
):
    client.force_login(office)
    assert "Lähetä tarkistettavaksi" in text_of(client, interview)
    move(client, interview, "submit")
    client.force_login(lead)
    responses.save_answers(interview, {"where": "Norja"}, by=lead)
    interview.refresh_from_db()

    text = text_of(client, interview)
    move(client, interview, "check", revision=interview.revision)

    assert "<del>Ruotsi</del>" in text
    assert "<ins>Norja</ins>" in text
    assert stage_of(interview) == "checked"


@pytest.mark.parametrize("revision", ["0", "", "x", "-1", "9" * 400])
def test_answers_that_were_not_read_are_not_confirmed(client, interview, office, lead, revision):
    responses.submit(interview, by=office)
    client.force_login(lead)

    answer = move(client, interview, "check", revision=revision)

    assert answer.status_code == 302
    assert stage_of(interview) == "answered"


def test_interviewer_does_not_confirm_what_they_wrote(client, interview, office):
    responses.submit(interview, by=office)
    client.force_login(office)

    assert "Vastaukset ovat oikein" not in text_of(client, interview)
    move(client, interview, "check", revision=1)

    assert stage_of(interview) == "answered"


def test_company_declines_and_changes_its_mind(client, asked, lead):
    client.force_login(lead)

    move(client, asked, "decline")
    assert stage_of(asked) == "declined"
    assert "Vastaa sittenkin" in text_of(client, asked)
    move(client, asked, "rejoin")

    assert stage_of(asked) == "invited"


def test_unknown_step_is_missing(client, asked, lead):
    client.force_login(lead)

    assert move(client, asked, "publish").status_code == 404


def test_section_is_handed_to_a_colleague_who_says_when_it_is_ready(client, asked, lead, member):
    page = reverse("surveys:hand_over", args=[asked.public_id])
    client.force_login(lead)
    responses.save_answers(asked, {"exports": "yes"}, by=lead)

    client.post(page, {"section": "exporting", "colleague": member.pk})
    client.force_login(member)
    text = text_of(client, asked)
    move(client, asked, "finish")
    move(client, asked, "finish")

    assert "Minun osani on valmis" in text
    told = list(OutboxMail.objects.order_by("pk").values_list("kind", "recipient"))
    assert told == [("survey_handed_over", member.pk), ("survey_part_done", lead.pk)]
    client.force_login(lead)
    assert "Valmis" in text_of(client, asked)


def test_colleague_with_a_section_neither_sends_nor_declines(client, asked, lead, member):
    section = asked.round.version.sections.get(key="exporting")
    Handover.objects.create(response=asked, section=section, user=member, by=lead)
    responses.save_answers(asked, ANSWERS, by=lead)
    client.force_login(member)

    move(client, asked, "submit")
    move(client, asked, "decline")

    assert stage_of(asked) == "invited"


def test_colleague_hands_over_only_their_own_section(client, asked, lead, member, company):
    third = factories.user()
    factories.affiliation(third, company)
    section = asked.round.version.sections.get(key="exporting")
    Handover.objects.create(response=asked, section=section, user=member, by=lead)
    client.force_login(member)
    page = reverse("surveys:hand_over", args=[asked.public_id])

    for key in ("basics", "", ":all"):
        assert client.post(page, {"section": key, "colleague": third.pk}).status_code == 422

    assert Handover.objects.count() == 1


@pytest.mark.parametrize("colleague", ["outsider", "lead", "0", "x", str(2**63)])
def test_answers_are_handed_only_to_colleagues(client, asked, lead, outsider, colleague):
    people = {"outsider": outsider.pk, "lead": lead.pk}
    page = reverse("surveys:hand_over", args=[asked.public_id])
    client.force_login(lead)

    answer = client.post(page, {"section": ":all", "colleague": people.get(colleague, colleague)})

    assert answer.status_code == 422
    assert not Handover.objects.exists()


def test_own_answers_of_the_last_round_stand_beside(client, asked, lead, home_cluster, company):
    earlier = make.survey_round(
        home_cluster, version=asked.round.version, stage="closed",
        opened_at=timezone.now() - datetime.timedelta(days=300),
    )  # fmt: skip
    make.response(earlier, organisation=company, stage="checked", answers={"suppliers": "4"})
    responses.save_answers(asked, {"suppliers": "9"}, by=lead)
    client.force_login(lead)

    text = text_of(client, asked)

    assert "Aiemmat kierrokset" in text
    assert "Viimeksi: 4" in " ".join(text.split())


def test_page_asks_the_database_the_same_for_any_number_of_answers(client, asked, lead):
    client.force_login(lead)
    few = statements.of_page(client, asked.get_absolute_url())
    responses.save_answers(asked, {**ANSWERS, "suppliers": "4", "risks": ["power"]}, by=lead)

    assert len(statements.of_page(client, asked.get_absolute_url())) == len(few) <= 14


def test_open_round_is_begun_once_by_its_page(client, home_cluster, company, lead):
    in_round = make.survey_round(home_cluster, mode="open")
    page = reverse("surveys:begin", args=[in_round.slug])
    client.force_login(lead)

    assert client.get(page).status_code == 200
    first, second = client.post(page), client.post(page)

    made = Response.objects.get()
    assert (made.organisation, first.url, second.url) == (
        company, made.get_absolute_url(), made.get_absolute_url(),
    )  # fmt: skip
    assert client.get(page).url == made.get_absolute_url()


def test_one_of_two_organisations_is_chosen(client, home_cluster, company, lead):
    other = factories.organisation("Toinen Oy")
    factories.membership(other, home_cluster)
    factories.affiliation(lead, other)
    page = reverse("surveys:begin", args=[make.survey_round(home_cluster, mode="open").slug])
    client.force_login(lead)

    assert client.post(page).status_code == 422
    client.post(page, {"organisation": other.pk})

    assert Response.objects.get().organisation == other


def test_member_of_two_organisations_answers_for_each(client, home_cluster, company, lead):
    other = factories.organisation("Toinen Oy")
    factories.membership(other, home_cluster)
    factories.affiliation(lead, other)
    in_round = make.survey_round(home_cluster, mode="open")
    page, room = reverse("surveys:begin", args=[in_round.slug]), in_round.get_absolute_url()
    client.force_login(lead)
    client.post(page, {"organisation": company.pk})

    assert page in client.get(room).content.decode()
    assert client.get(page).status_code == 200
    client.post(page, {"organisation": other.pk})

    assert {made.organisation for made in Response.objects.all()} == {company, other}
    assert page not in client.get(room).content.decode()
    assert client.get(page).status_code == 302


def test_answer_that_a_colleague_has_begun_is_not_begun_again(client, home_cluster, company, lead):
    other = factories.organisation("Toinen Oy")
    factories.membership(other, home_cluster)
    factories.affiliation(lead, other)
    in_round = make.survey_round(home_cluster, mode="open")
    make.response(in_round, organisation=other)
    mine = make.response(in_round, organisation=company)
    client.force_login(lead)

    page = reverse("surveys:begin", args=[in_round.slug])

    assert page not in client.get(in_round.get_absolute_url()).content.decode()
    assert client.get(page).url == mine.get_absolute_url()


def test_answer_in_a_draft_round_says_that_it_has_not_opened(client, home_cluster, company, office):
    draft = make.survey_round(home_cluster, mode="organisations", stage="draft")
    make.response(make.survey_round(home_cluster, version=draft.version), organisation=company)
    early = make.response(draft, organisation=company)
    client.force_login(office)

    page = text_of(client, early)
    room = client.get(draft.get_absolute_url()).content.decode()

    assert "Kierrosta ei ole vielä avattu." in page
    assert "Kierros on suljettu" not in page
    assert 'data-state="waiting">Luonnos' in room


@pytest.mark.parametrize("values", [{"mode": "organisations"}, {"mode": "open", "stage": "closed"}])
def test_round_that_cannot_be_begun_says_why(client, home_cluster, lead, values):
    page = reverse("surveys:begin", args=[make.survey_round(home_cluster, **values).slug])
    client.force_login(lead)

    assert "Aloita" not in client.get(page).content.decode()
    client.post(page)

    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("sections", "is_shown"), [([], False), (["exporting"], False), (["basics"], True)]
)
def test_colleague_reads_of_the_last_round_only_the_sections_they_had(
    client, asked, lead, member, sections, is_shown
):
    earlier = make.survey_round(
        asked.round.home_cluster, version=asked.round.version, stage="closed",
        opened_at=timezone.now() - datetime.timedelta(days=300),
    )  # fmt: skip
    answers = {"exports": "yes", "suppliers": "1234"}
    before = make.response(
        earlier, organisation=asked.organisation, stage="checked", answers=answers
    )
    for made, keys in ((asked, ["basics"]), (before, sections)):
        for section in made.round.version.sections.filter(key__in=keys):
            Handover.objects.create(response=made, section=section, user=member, by=lead)
    responses.save_answers(asked, {"suppliers": "9"}, by=lead)
    client.force_login(member)

    section = client.get(reverse("surveys:section", args=[asked.public_id, "basics"]))

    for page in (text_of(client, asked), section.content.decode()):
        shown = "".join(page.split())
        assert ("1\u202f234" in shown or "1234" in shown) is is_shown


def test_private_member_answers_for_themselves(client, home_cluster):
    person = factories.user()
    factories.affiliation(person, factories.organisation("Ei jäsen Oy"))
    factories.membership(person, home_cluster)
    page = reverse("surveys:begin", args=[make.survey_round(home_cluster, mode="open").slug])
    client.force_login(person)

    client.post(page)

    made = Response.objects.get()
    assert (made.person, made.organisation) == (person, None)
