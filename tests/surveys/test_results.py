"""What readers see of published results, and what a curious one cannot get out of them."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.audit import AuditEntry
from cluster_portal.surveys.models import FollowUp, PublishedTable, Response, Round
from cluster_portal.surveys.services.publishing import publish
from tests import factories, statements
from tests.surveys import factories as make

ASKED = {
    "leading": [
        {"key": "plan", "kind": "scale", "steps": 5},
        {"key": "tested", "kind": "scale", "steps": 5},
    ],
    "supply": [
        {"key": "stock", "kind": "scale", "steps": 5},
        {"key": "who", "kind": "choice", "options": ["own", "bought", "none"]},
        {"key": "dual", "kind": "choice", "options": ["yes", "no"], "is_narrow": True},
        {"key": "words", "kind": "text"},
    ],
}
SECRET = "Salainen vastaus"


def row(number):
    low = number % 2
    return {
        "plan": 2 if low else 4, "tested": 1 if low else 5, "stock": 3 if low else 4,
        "who": "own" if low else "bought", "dual": "yes", "words": SECRET,
    }  # fmt: skip


def filled(cluster, count=40, **values):
    in_round = make.survey_round(
        cluster,
        stage="closed",
        version=values.pop("version", None) or make.version(ASKED),
        **values,
    )
    for number in range(count):
        make.response(
            in_round, stage="checked", answers=row(number), region="06",
            sector="business" if number % 3 else "public",
        )  # fmt: skip
    return in_round


@pytest.fixture
def results(home_cluster, office):
    return publish(filled(home_cluster), by=office)


def page(client, name, slug="", query=""):
    return client.get(f"{reverse(f'surveys:{name}', args=[slug] if slug else [])}{query}")


SEEN = {
    "public": "visitor outsider member lead other_lead office other_office admin",
    "accounts": "outsider member lead other_lead office other_office admin",
    "members": "member lead other_lead office other_office admin",
    "cluster": "member lead other_lead office admin",
    "group": "lead office admin",
}


@pytest.mark.parametrize("visibility", SEEN)
def test_results_are_seen_by_whom_the_round_says(
    visibility, cast, client, home_cluster, company, office
):
    in_round = filled(home_cluster, visibility=visibility)
    make.response(
        in_round, organisation=company, stage="checked", answers=row(1), sector="business"
    )
    publish(in_round, by=office)
    seen = set()
    for who, user in cast.items():
        client.logout()
        if user.is_authenticated:
            client.force_login(user)
        answers = {
            page(client, name, in_round.slug).status_code for name in ("results", "results_csv")
        }
        rows = PublishedTable.objects.visible_to(user)
        shown = page(client, "report", query=f"?round={in_round.slug}")
        assert answers in ({200}, {404})
        assert rows.exists() == (answers == {200})
        assert ("pictures" in shown.context) == (answers == {200})
        if answers == {200}:
            seen.add(who)

    assert seen == set(SEEN[visibility].split())


@pytest.mark.parametrize("stage", ["draft", "open", "closed"])
def test_nothing_is_seen_before_it_is_published(stage, client, home_cluster, office, admin_user):
    in_round = make.survey_round(home_cluster, stage=stage, visibility="public")
    for user in (office, admin_user):
        client.force_login(user)

        assert page(client, "results", in_round.slug).status_code == 404
        assert page(client, "results_csv", in_round.slug).status_code == 404


def test_page_shows_pictures_with_their_tables(client, member, results):
    client.force_login(member)

    shown = page(client, "results", results.slug)

    pictures = shown.context["pictures"]
    assert [pic["heading"] for pic in pictures] == ["Kypsyysprofiili", "Leading", "Supply", "Who?"]
    assert pictures[0]["rows"] == [
        ["Leading", "3,0", "–", "–"], ["Supply", "3,5", "–", "–"]
    ]  # fmt: skip
    assert pictures[3]["rows"] == [
        ["Own", 20, "50\u00a0%"],
        ["Bought", 20, "50\u00a0%"],
        ["None", 0, "0\u00a0%"],
    ]
    html = shown.content.decode()
    assert html.count("<svg") > len(pictures)
    assert html.count('<details class="data">') == len(pictures)


def test_sectors_stand_side_by_side(client, member, results):
    client.force_login(member)

    grid = page(client, "results", results.slug).context["grids"][0]

    assert [each["name"] for each in grid["rows"]] == [
        "Yritykset",
        "Viranomaiset",
        "Kaikki vastaajat",
    ]
    assert all(
        "words" in cell or "hidden" in cell for each in grid["rows"] for cell in each["cells"]
    )


def test_change_between_rounds_is_shown(client, home_cluster, office, company, member):
    organisations = [factories.organisation() for _ in range(12)]
    first, second = (
        make.survey_round(home_cluster, stage="closed", title_fi=f"Kierros {n}", version=None)
        for n in (1, 2)
    )
    version = make.version(ASKED)
    for in_round in (first, second):
        type(in_round).objects.filter(pk=in_round.pk).update(stage="draft")
        in_round.refresh_from_db()
        in_round.version, in_round.stage = version, "closed"
        in_round.previous = first if in_round is second else None
        in_round.save()
    for in_round, raised in ((first, 0), (second, 1)):
        for number, organisation in enumerate(organisations):
            answers = {"plan": (1 if number % 2 else 3) + raised}
            make.response(in_round, organisation=organisation, stage="checked", answers=answers)
        publish(in_round, by=office)
    client.force_login(member)

    shown = page(client, "results", second.slug)

    assert shown.context["pictures"][0]["rows"] == [["Leading", "3,0", "2,0", "+1,0"]]
    assert "12" in [stat["value"] for stat in shown.context["stats"]]
    assert "level__before" in shown.content.decode()


def test_own_answers_stand_beside_and_nobody_elses(client, home_cluster, company, lead, office):
    in_round = filled(home_cluster)
    make.response(
        in_round, organisation=company, stage="checked", sector="business",
        answers={"plan": 4, "who": "own", "words": "oma"},
    )  # fmt: skip
    publish(in_round, by=office)
    client.force_login(lead)

    own = page(client, "results", in_round.slug).context["own"]

    assert [each["name"] for each in own] == [company.name]
    assert {each["question"]: each["own"] for each in own[0]["rows"]}["Plan?"] == "4/5"


@pytest.mark.parametrize("who", ["member", "other_lead", "office", "admin"])
def test_answers_of_others_stand_nowhere(who, cast, client, home_cluster, company, office):
    in_round = filled(home_cluster)
    make.response(
        in_round, organisation=company, stage="checked", answers=row(1), sector="business"
    )
    publish(in_round, by=office)
    client.force_login(cast[who])

    shown = page(client, "results", in_round.slug)

    assert shown.context["own"] == []
    assert company.name not in shown.content.decode()


CURIOUS = [
    "", "?sector=public", "?region=06", "?kind=company", "?organisation=1", "?q=esimerkki",
    "?page=2", "?question=dual", "?question=words", "?group=sector:public",
    "?group=sector:business%2Bpublic", "?group=region:06", "?group=kind:company",
    "?group=sector:third", "?sector=public&region=06", "?group=sector:public&group=region:06",
    "?question=plan&question=dual&group=organisation:1", "?format=json", "?dimension=all",
    "?group=" + "x" * 5000, "?question=%00", "?round=%00",
]  # fmt: skip


@pytest.mark.parametrize("query", CURIOUS)
def test_curious_member_gets_only_what_was_published(query, client, member, results):
    client.force_login(member)
    published = {
        count
        for table in PublishedTable.objects.values_list("table", flat=True)
        for part in table["parts"]
        for counts in [part.get("counts", []), *(each["counts"] for each in part.get("rows", []))]
        for count in counts
    }
    more = query.replace("?", "&", 1)
    for path in (
        reverse("surveys:results", args=[results.slug]) + query,
        reverse("surveys:results_csv", args=[results.slug]) + query,
        f"{reverse('surveys:report')}?round={results.slug}{more}",
        f"{reverse('surveys:report_csv')}?round={results.slug}{more}",
    ):
        answer = client.get(path)
        assert answer.status_code in (200, 400)
        words = answer.content.decode()
        assert SECRET not in words
        assert "Dual?" not in words
        if path.partition("?")[0].endswith(".csv") and answer.status_code == 200:
            told = {int(each[6]) for each in read(answer)[1:] if each[6]}
            assert told <= published


@pytest.mark.parametrize("name", ["response", "section", "section_save", "hand_over"])
def test_curious_member_opens_no_answer_of_others(name, client, other_lead, results):
    client.force_login(other_lead)
    response = Response.objects.filter(round=results).first()
    arguments = [response.public_id, *(["leading"] if name.startswith("section") else [])]

    assert client.get(reverse(f"surveys:{name}", args=arguments)).status_code in (404, 405)


def read(answer):
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_file_holds_each_figure_and_no_formula(client, home_cluster, member, office):
    asked = {"one": [{"key": "a", "kind": "choice", "text_fi": "=1+1", "options": ["x", "y"]}]}
    in_round = make.survey_round(home_cluster, stage="closed", version=make.version(asked))
    for number in range(12):
        make.response(in_round, stage="checked", answers={"a": "xy"[number % 2]})
    publish(in_round, by=office)
    client.force_login(member)

    answer = page(client, "results_csv", in_round.slug)

    assert read(answer)[1:] == [
        ["One", "'=1+1", "", "Kaikki", "", "X", "6", "50"],
        ["One", "'=1+1", "", "Kaikki", "", "Y", "6", "50"],
    ]
    assert answer["Content-Disposition"] == f'attachment; filename="{in_round.slug}-results.csv"'


def test_report_shows_the_chosen_questions_of_a_published_group(client, member, results):
    client.force_login(member)
    query = f"?round={results.slug}&question=who&group=sector:business"

    shown = page(client, "report", query=query)

    assert shown.context["group_label"] == "Yritykset"
    assert [pic["heading"] for pic in shown.context["pictures"]] == ["Who?"]
    assert sum(each[1] for each in shown.context["pictures"][0]["rows"]) == 26
    assert shown.context["share_url"].endswith(
        f"?round={results.slug}&question=who&group=sector%3Abusiness"
    )
    rows = read(page(client, "report_csv", query=query))
    assert {(each[1], each[4]) for each in rows[1:]} == {("Who?", "Yritykset")}


def test_report_without_a_round_asks_for_one(client, member, results):
    client.force_login(member)

    shown = page(client, "report")

    assert [each["label"] for each in shown.context["rounds"]] == [results.title]
    assert "pictures" not in shown.context
    assert read(page(client, "report_csv"))[1:] == []


def test_words_of_a_question_are_escaped_everywhere(client, home_cluster, member, office):
    nasty = "<b>x</b>"
    asked = {
        "one": [
            {"key": "a", "kind": "scale", "steps": 5, "text_fi": nasty, "low_fi": nasty},
            {"key": "b", "kind": "choice", "text_fi": nasty, "options": ["x", "y"]},
        ]
    }
    in_round = make.survey_round(
        home_cluster, stage="closed", version=make.version(asked), title_fi=nasty
    )
    for number in range(12):
        answers = {"a": 1 + 4 * (number % 2), "b": "xy"[number % 2]}
        make.response(in_round, stage="checked", answers=answers)
    publish(in_round, by=office)
    client.force_login(member)

    for shown in (
        page(client, "results", in_round.slug),
        page(client, "report", query=f"?round={in_round.slug}"),
    ):
        assert nasty not in shown.content.decode()


@pytest.mark.parametrize("name", ["results", "report"])
def test_pages_cost_few_statements(name, client, lead, company, home_cluster, office):
    in_round = filled(home_cluster)
    make.response(in_round, organisation=company, stage="checked", answers=row(1))
    publish(in_round, by=office)
    client.force_login(lead)
    path = reverse("surveys:results", args=[in_round.slug])
    path = path if name == "results" else f"{reverse('surveys:report')}?round={in_round.slug}"

    assert len(statements.of_page(client, path)) <= 12


# --- the coordinators ---


def admin_page(client, name, in_round, **data):
    path = reverse(f"admin:surveys_round_{name}", args=[in_round.slug])
    return client.post(path, data) if data else client.get(path)


def test_coordinator_looks_at_the_figures_and_publishes_them(client, home_cluster, office):
    in_round = filled(home_cluster)
    client.force_login(office)

    shown = admin_page(client, "results", in_round)
    assert shown.context["can_publish"]
    assert ["Leading", "Plan?", "", "Kaikki", "", "4", 20, 50] in shown.context["rows"]
    assert not PublishedTable.objects.exists()

    admin_page(client, "results", in_round, publish="yes")
    in_round.refresh_from_db()
    assert in_round.stage == "published"
    again = admin_page(client, "results", in_round)
    assert again.context["is_published"]
    assert again.context["rows"] == shown.context["rows"]


@pytest.mark.parametrize("name", ["results", "answers"])
def test_another_clusters_coordinator_finds_no_round(name, client, home_cluster, other_office):
    in_round = filled(home_cluster)
    client.force_login(other_office)

    assert admin_page(client, name, in_round).status_code == 404
    assert admin_page(client, name, in_round, reason="x", format="csv").status_code == 404
    assert not PublishedTable.objects.exists()


def test_answers_are_taken_out_with_a_reason(client, home_cluster, company, office):
    in_round = filled(home_cluster, count=0)
    make.response(
        in_round, organisation=company, stage="checked", sector="business",
        answers={"plan": 4, "who": "own", "dual": "yes", "words": "=HYPERLINK()"},
    )  # fmt: skip
    client.force_login(office)

    answer = admin_page(client, "answers", in_round, reason="Raportti hallitukselle", format="csv")

    head, only = read(answer)
    assert dict(zip(head, only, strict=True)) | {"Words?": "'=HYPERLINK()"} == dict(
        zip(head, only, strict=True)
    )
    assert only[0] == company.name
    assert not [name for name in head if "Dual" in name]
    act = AuditEntry.objects.get(action="survey answers exported")
    assert (act.actor_id, act.reason, act.details) == (
        office.pk, "Raportti hallitukselle", {"rows": 1, "narrow": False}
    )  # fmt: skip


def test_narrow_questions_are_marked_in_the_file(client, home_cluster, company, office):
    in_round = filled(home_cluster, count=1)
    client.force_login(office)

    answer = admin_page(
        client, "answers", in_round, reason="Vientivalvonta", format="csv", narrow="on"
    )

    assert [name for name in read(answer)[0] if "Dual" in name] == ["RAJATTU: Dual?"]


@pytest.mark.parametrize("reason", ["", "   ", "TL IV"])
def test_answers_are_not_taken_out_without_a_reason(reason, client, home_cluster, office):
    in_round = filled(home_cluster, count=1)
    client.force_login(office)

    answer = admin_page(client, "answers", in_round, reason=reason, format="csv")

    assert answer.status_code == 422
    assert not AuditEntry.objects.filter(action="survey answers exported").exists()


def test_few_newcomers_are_told_of_before_publishing_and_beside_the_figures(
    client, home_cluster, office, member
):
    who = [factories.organisation() for _ in range(13)]
    first = make.survey_round(home_cluster, stage="closed", version=make.version(ASKED))
    second = make.survey_round(home_cluster, stage="closed", version=first.version, previous=first)
    for in_round, count in ((first, 12), (second, 13)):
        for number, each in enumerate(who[:count]):
            make.response(in_round, organisation=each, stage="checked", answers=row(number))
    publish(first, by=office)
    client.force_login(office)
    told = "ei lasketa, koska heitä on alle 5"
    assert told in admin_page(client, "results", second).content.decode()

    publish(second, by=office)
    client.force_login(member)

    assert "mukana vain" not in page(client, "results", first.slug).content.decode()
    for name, slug, query in (
        ("results", second.slug, ""), ("results_csv", second.slug, ""),
        ("report", "", f"?round={second.slug}"), ("report_csv", "", f"?round={second.slug}"),
    ):  # fmt: skip
        assert told in page(client, name, slug, query).content.decode(), (name, query)


def follow_up(survey_round, **values):
    given = {
        "title": "Harjoitus pienille yrityksille", "responsible": "Esimerkkikunta",
        "due_on": timezone.localdate() + timedelta(days=30), **values,
    }  # fmt: skip
    return FollowUp.objects.create(round=survey_round, **given)


def test_results_tell_what_follows_the_next_first_and_what_is_over_last(client, results, member):
    past = timezone.localdate() - timedelta(days=3)
    follow_up(results, title="Tehty jo", due_on=past, state="done", outcome="Paikalla oli 14.")
    follow_up(results, title="Myöhässä", due_on=past)
    follow_up(results, title="Tulossa")
    client.force_login(member)

    shown = page(client, "results", results.slug)

    rows = shown.context["follow_ups"]
    assert [(each["row"].title, each["look"]) for each in rows] == [
        ("Myöhässä", "late"), ("Tulossa", "waiting"), ("Tehty jo", "done"),
    ]  # fmt: skip
    text = shown.content.decode().replace("\u00ad", "")
    assert "Esimerkkikunta" in text
    assert "Paikalla oli 14." in text


def test_what_follows_is_told_with_published_results_alone(home_cluster, member, results):
    told = follow_up(results)
    follow_up(filled(home_cluster, count=2))

    assert list(FollowUp.objects.visible_to(member)) == [told]
    Round.objects.filter(pk=results.pk).update(visibility="group")
    assert not FollowUp.objects.visible_to(member).exists()


def test_only_its_coordinators_are_led_to_telling_what_follows(
    client, results, member, office, other_office
):
    address = reverse("admin:surveys_round_change", args=[results.pk])
    led = set()
    for person in (member, office, other_office):
        client.force_login(person)
        if address in page(client, "results", results.slug).content.decode():
            led.add(person)

    assert led == {office}


@pytest.mark.parametrize(
    "values", [{"title": ""}, {"responsible": ""}, {"state": "dropped"}, {"state": "unknown"}]
)
def test_database_refuses_half_a_promise(results, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        follow_up(results, **values)


def test_what_follows_refuses_marked_text(results):
    row = follow_up(results)
    row.reason = "KÄYTTÖ RAJOITETTU"

    with pytest.raises(ValidationError):
        row.full_clean()


def test_results_ask_as_often_with_three_promises_as_with_one(client, results, member):
    client.force_login(member)
    asked = []
    for _number in range(3):
        follow_up(results)
        asked.append(len(statements.of_page(client, f"/surveys/{results.slug}/results/")))

    assert asked[0] == asked[1] == asked[2] <= 10


def test_coordinator_writes_what_follows_with_the_round(client, results, office):
    client.force_login(office)
    url = reverse("admin:surveys_round_change", args=[results.pk])
    form = client.get(url).context["adminform"].form
    values = {name: form.initial.get(name) or "" for name in form.fields}

    client.post(url, {
        **values, "closes_at_0": "2026-01-01", "closes_at_1": "12:00",
        "follow_ups-TOTAL_FORMS": 1, "follow_ups-INITIAL_FORMS": 0,
        "follow_ups-0-title": "Harjoitus", "follow_ups-0-responsible": "Esimerkkikunta",
        "follow_ups-0-due_on": "2027-03-01", "follow_ups-0-state": "promised",
    })  # fmt: skip

    assert results.follow_ups.get().title == "Harjoitus"
