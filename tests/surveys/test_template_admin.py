"""A coordinator copies a questionnaire, edits it and publishes it; others find nothing."""

import re

import pytest

from cluster_portal.surveys.models import Option, Question, Section, Template
from cluster_portal.surveys.services import templates
from tests.browser_form import fields

LIST = "/admin/surveys/template/"


@pytest.fixture(autouse=True)
def _demo(settings):
    """Second factors are tested apart."""
    settings.DEMO = True


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    return client


@pytest.fixture
def ready_made(db):
    return Template.objects.get(key="preparedness")


@pytest.fixture
def draft(ready_made, office, home_cluster):
    copy = templates.copy_template(ready_made, by=office, cluster=home_cluster)
    return copy.versions.get()


def page_of(draft):
    return f"/admin/surveys/version/{draft.pk}/"


def test_list_tells_purpose_and_where_used(desk, draft):
    page = desk.get(LIST).text

    assert page.count("Varautuminen ja toimitusketjut") >= 2
    assert "Valmis pohja" in page
    assert "Luonnos" in page


def test_copy_leads_to_the_draft(desk, ready_made, home_cluster):
    there = f"{LIST}{ready_made.pk}/"
    assert f'formaction="{there}copy/"' in desk.get(f"{there}change/").text

    answer = desk.post(f"{there}copy/", {"cluster": home_cluster.pk})

    copy = Template.objects.get(home_cluster=home_cluster)
    assert answer.url == page_of(copy.versions.get())


@pytest.mark.parametrize("cluster", ["other", "0", "x", "", "9" * 5000])
def test_copy_for_another_cluster_is_not_found(desk, ready_made, other_cluster, cluster):
    value = other_cluster.pk if cluster == "other" else cluster

    assert desk.post(f"{LIST}{ready_made.pk}/copy/", {"cluster": value}).status_code == 404
    assert not Template.objects.filter(key="").exists()


def test_ready_made_one_cannot_be_changed(desk, ready_made):
    page = desk.get(f"{LIST}{ready_made.pk}/change/").text

    assert 'name="name_fi"' not in page
    assert f"{LIST}{ready_made.pk}/new-version/" not in page
    version = ready_made.newest()
    plan = desk.get(page_of(version)).text
    assert "/move/up/" not in plan
    assert f"/admin/surveys/question/add/?section={version.sections.first().pk}" not in plan


@pytest.mark.parametrize("path", ["", "publish/", "discard/"])
def test_draft_of_another_cluster_is_not_found(client, other_office, draft, path):
    client.force_login(other_office)

    answer = client.post if path else client.get

    assert answer(f"{page_of(draft)}{path}").status_code == 404


@pytest.mark.parametrize("who", ["outsider", "member", "lead"])
def test_others_do_not_come_in(request, client, draft, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(page_of(draft)).status_code in {302, 403, 404}


@pytest.mark.parametrize("model", ["section", "question"])
def test_parts_of_another_cluster_are_not_found(client, other_office, draft, model):
    client.force_login(other_office)
    section = draft.sections.first()
    pk = section.pk if model == "section" else section.questions.first().pk

    found = client.get(f"/admin/surveys/{model}/{pk}/change/")
    moved = client.post(f"/admin/surveys/{model}/{pk}/move/down/")
    parent = {"section": f"version={draft.pk}", "question": f"section={section.pk}"}[model]
    added = client.get(f"/admin/surveys/{model}/add/?{parent}")

    assert (found.status_code, moved.status_code, added.status_code) == (302, 404, 403)


def form_of(client, url, **changes):
    """What a browser would send of the page's form, with these changes."""
    return {**fields(client.get(url).text, "question_form"), **changes}


def test_question_is_added_with_its_options(desk, draft):
    section = draft.sections.first()
    url = f"/admin/surveys/question/add/?section={section.pk}"
    sent = form_of(
        desk, url, text_fi="Onko teillä varahenkilö?", kind="choice",
        **{"options-0-text_fi": "Kyllä", "options-1-text_fi": "Ei", "options-1-text_sv": "Nej"},
    )  # fmt: skip

    answer = desk.post(url, sent)

    question = Question.objects.get(key="onko-teilla-varahenkilo")
    assert answer.url == f"{page_of(draft)}#q{question.pk}"
    assert question.section == section
    assert list(question.options.values_list("key", "position")) == [("kylla", 1), ("ei", 2)]
    plan = desk.get(page_of(draft)).text
    assert "Onko teillä varahenkilö?" in plan
    assert re.search(r"<strong>sv</strong>,\s*<strong>en</strong>", plan)


def test_question_depends_on_an_answer_of_an_earlier_one(desk, draft):
    section = draft.sections.get(key="supply")
    earlier = Question.objects.get(section=section, key="single_supplier")
    url = f"/admin/surveys/question/add/?section={section.pk}"
    sent = form_of(desk, url, text_fi="Mikä toimittaja?", kind="text", shown_if=earlier.pk)

    asked = desk.post(url, sent)
    assert asked.status_code == 200
    assert 'name="shown_if_keys" value="yes"' in re.sub(r"\s+", " ", asked.text)
    assert not Question.objects.filter(key="mika-toimittaja").exists()
    desk.post(url, {**sent, "shown_if_keys": ["yes"]})

    question = Question.objects.get(key="mika-toimittaja")
    assert (question.shown_if, question.shown_if_keys) == (earlier, ["yes"])


def test_question_cannot_depend_on_one_of_elsewhere(desk, draft, ready_made):
    section = draft.sections.get(key="supply")
    foreign = Question.objects.get(
        section__version=ready_made.newest(), key="single_supplier"
    )  # fmt: skip
    url = f"/admin/surveys/question/add/?section={section.pk}"
    sent = form_of(desk, url, text_fi="Mikä?", shown_if=foreign.pk, shown_if_keys=["yes"])

    assert desk.post(url, sent).status_code == 200
    assert not Question.objects.filter(key="mika").exists()


def test_section_of_another_draft_cannot_be_posted(desk, draft, other_office, other_cluster):
    elsewhere = templates.copy_template(
        Template.objects.get(key="preparedness"), by=other_office, cluster=other_cluster
    ).versions.get()

    answer = desk.post(
        f"/admin/surveys/section/add/?version={elsewhere.pk}", {"title_fi": "Vieras", "becomes": ""}
    )

    assert answer.status_code == 403
    assert not Section.objects.filter(title_fi="Vieras").exists()


@pytest.mark.parametrize("text", ["TL IV", "KÄYTTÖ RAJOITETTU"])
def test_marked_question_is_refused(desk, draft, text):
    url = f"/admin/surveys/question/add/?section={draft.sections.first().pk}"
    sent = form_of(desk, url, text_fi=f"Mitä ({text})?")

    assert "Turvallisuusluokiteltua" in desk.post(url, sent).text
    assert not Question.objects.filter(text_fi__contains=text).exists()


def test_option_keeps_its_key_when_its_words_change(desk, draft):
    question = Question.objects.get(section__version=draft, key="backup_power")
    url = f"/admin/surveys/question/{question.pk}/change/"

    answer = desk.post(url, form_of(desk, url, **{"options-0-text_fi": "Oma laite"}))

    assert answer.status_code == 302
    option = Option.objects.get(question=question, text_fi="Oma laite")
    assert option.key == "own"


def test_publishing_leads_back_and_new_rounds_use_it(desk, draft):
    answer = desk.post(f"{page_of(draft)}publish/")

    assert answer.url == f"{LIST}{draft.template_id}/change/"
    assert draft.template.newest() == draft


def test_fault_is_told_on_the_page_before_publishing(desk, draft):
    draft.sections.first().questions.all().delete()

    page = desk.get(page_of(draft)).text

    assert "ei ole kysymyksiä" in page
    assert f"{page_of(draft)}publish/" not in page
    desk.post(f"{page_of(draft)}publish/")
    draft.refresh_from_db()
    assert not draft.is_published


def test_new_questionnaire_begins_with_a_draft(desk, home_cluster):
    sent = {"name_fi": "Oma kysely", "purpose": "other", "home_cluster": home_cluster.pk}

    answer = desk.post(f"{LIST}add/", sent)

    made = Template.objects.get(name_fi="Oma kysely")
    assert answer.url == page_of(made.versions.get())


def test_new_questionnaire_is_not_made_for_another_cluster(desk, other_cluster):
    sent = {"name_fi": "Vieras", "purpose": "other", "home_cluster": other_cluster.pk}

    assert desk.post(f"{LIST}add/", sent).status_code == 200
    assert not Template.objects.filter(name_fi="Vieras").exists()


def test_question_is_deleted_back_to_the_draft(desk, draft):
    question = draft.sections.first().questions.first()

    answer = desk.post(f"/admin/surveys/question/{question.pk}/delete/", {"post": "yes"})

    assert answer.url == page_of(draft)
    assert not Question.objects.filter(pk=question.pk).exists()


def test_questions_keep_few_statements(desk, draft, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        desk.get(page_of(draft))
