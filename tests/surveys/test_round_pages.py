"""Rounds in the browser: the list, a round's page, coverage, interviews, the admin, the desk."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.content import parts
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.surveys import desk
from cluster_portal.surveys.models import Response, Round
from cluster_portal.surveys.pages import coverage, rounds
from cluster_portal.surveys.services.feedback import link_of
from tests import factories, statements
from tests.surveys import factories as make

pytestmark = pytest.mark.django_db

LIST = "/en/surveys/"
INTERVIEWS = "/en/surveys/interviews/"


def waits(in_round, **values):
    long_ago = timezone.now() - datetime.timedelta(days=10)
    return make.response(in_round, **{"invited_at": long_ago, **values})


def text(response):
    return " ".join(response.content.decode().replace("\u00ad", "").split())


def titles(client):
    return [row["title"] for row in client.get(LIST).context["page"].object_list]


SEEN = {  # visibility, stage, mode: who finds it on the list besides its coordinator
    ("members", "open", "open"): {"member", "lead", "other_office"},
    ("members", "draft", "open"): set(),
    ("public", "open", "open"): {"visitor", "outsider", "member", "lead", "other_office"},
    ("private", "open", "organisations"): {"lead"},  # who is asked
    ("public", "open", "anonymous"): set(),
    ("public", "published", "anonymous"): {
        "visitor", "outsider", "member", "lead", "other_office",
    },
}  # fmt: skip


@pytest.mark.parametrize("case", SEEN)
def test_list_shows_what_one_may_see(case, request, client, home_cluster, company, lead):
    visibility, stage, mode = case
    in_round = make.survey_round(home_cluster, visibility=visibility, stage=stage, mode=mode)
    if mode == "organisations":
        waits(in_round, organisation=company)

    found = set()
    for name in ("visitor", "outsider", "member", "lead", "other_office"):
        client.logout()
        if name != "visitor":
            client.force_login(request.getfixturevalue(name))
        if in_round.title in titles(client):
            found.add(name)
            assert client.get(f"{LIST}{in_round.slug}/").status_code == 200
        else:
            assert client.get(f"{LIST}{in_round.slug}/").status_code == 404

    assert found == SEEN[case]


def test_what_waits_stands_first_and_on_the_desk(client, home_cluster, company, lead, member):
    in_round = make.survey_round(home_cluster)
    waits(in_round, organisation=company)
    waits(make.survey_round(home_cluster, stage="closed"), organisation=company)
    talk = make.survey_round(home_cluster, mode="interviews", title_fi="Haastattelut")
    waits(talk, organisation=company, stage="answered")
    client.force_login(lead)

    page = client.get(LIST)

    assert [row["title"] for row in page.context["awaited"]] == [in_round.title, "Haastattelut"]
    assert [row["action"] for row in desk.awaited(lead)] == ["Answer", "Check"]
    assert desk.awaited(member) == []
    assert [one.title for one in desk.closing(lead)] == [in_round.title]


def test_interview_that_was_agreed_on_stands_with_its_day(client, home_cluster, company, lead):
    day = timezone.localdate() + datetime.timedelta(days=3)
    in_round = make.survey_round(home_cluster, mode="interviews")
    response = waits(in_round, organisation=company, stage="agreed", agreed_on=day)
    without = make.survey_round(home_cluster, mode="interviews", slug="without-day")
    waits(without, organisation=company)
    client.force_login(lead)

    rows = desk.awaited(lead)

    assert [row["url"] for row in rows] == [response.get_absolute_url()]
    assert rows[0]["text"] == f"Haastattelu pidetään {day.day}.{day.month}.{day.year}."
    assert rows[0]["text"] in text(client.get(response.get_absolute_url()))
    assert desk.closing(lead) == []


BY_INVITATION = "This questionnaire is answered by invitation."
BY_A_PART = "contact person can give a part to you."


@pytest.mark.parametrize(
    ("mode", "stage", "told"),
    [
        ("organisations", "open", {BY_INVITATION, BY_A_PART}),
        ("persons", "open", {BY_INVITATION}),
        ("interviews", "open", {BY_INVITATION}),
        ("open", "open", set()),
        ("organisations", "closed", set()),
    ],
)
def test_member_who_was_not_invited_is_told_why(mode, stage, told, client, home_cluster, member):
    in_round = make.survey_round(home_cluster, mode=mode, stage=stage, visibility="members")
    client.force_login(member)

    page = text(client.get(f"{LIST}{in_round.slug}/"))

    assert {words for words in (BY_INVITATION, BY_A_PART) if words in page} == told
    assert ("You can correct your answers" in page) is (stage == "open")
    assert ("The interviewer sees the answers" in page) is (mode == "interviews")


def test_handed_over_part_stands_on_the_desk_of_the_colleague(home_cluster, company, lead, member):
    in_round = make.survey_round(home_cluster)
    response = waits(in_round, organisation=company)
    response.handovers.create(user=member, by=lead)

    assert [row["title"] for row in desk.handed_over(member)] == [in_round.title]
    assert desk.handed_over(lead) == []


def test_member_begins_an_open_round_from_its_page(client, home_cluster, member, outsider):
    in_round = make.survey_round(home_cluster, mode="open", visibility="public")
    begin = reverse("surveys:begin", args=[in_round.slug])
    for person, can in ((member, True), (outsider, False)):
        client.force_login(person)
        page = client.get(f"/surveys/{in_round.slug}/")
        assert (begin in page.content.decode()) is can


def test_pages_ask_the_same_of_one_and_many(client, home_cluster, office, lead, company):
    def rounds_made(count):
        for _number in range(count):
            in_round = make.survey_round(home_cluster, version=version)
            waits(in_round, organisation=company)

    version = make.version()
    rounds_made(1)
    first = Round.objects.get()
    pages = (
        (lead, LIST), (lead, f"{LIST}{first.slug}/"), (office, f"{LIST}{first.slug}/coverage/"),
    )  # fmt: skip

    def costs():
        found = []
        for person, path in pages:
            client.force_login(person)
            found.append(len(statements.of_page(client, path)))
        return found

    one = costs()
    rounds_made(2)
    waits(first, organisation=factories.organisation())

    assert costs() == one
    assert max(one) <= 14


@pytest.mark.parametrize("who", ["lead", "member", "other_office", "outsider"])
def test_coverage_is_the_coordinators_alone(who, request, client, home_cluster, company, lead):
    in_round = make.survey_round(home_cluster)
    waits(in_round, organisation=company)
    client.force_login(request.getfixturevalue(who))

    assert client.get(f"{LIST}{in_round.slug}/coverage/").status_code == 404


def test_coverage_tells_states_figures_and_whom(client, home_cluster, company, lead, office):
    in_round = make.survey_round(
        home_cluster, mode="interviews",
        version=make.version({"commitment": [
            {"key": "commits", "kind": "choice", "options": ["yes", "no"]},
        ]}),
    )  # fmt: skip
    today = timezone.localdate()
    for number, (stage, answers) in enumerate(
        [("invited", {}), ("held", {}), ("answered", {"commits": "no"}),
         ("checked", {"commits": "yes"})]
    ):  # fmt: skip
        waits(in_round, organisation=factories.organisation(f"Yritys {number}"), stage=stage,
              answers=answers, held_on=today)  # fmt: skip
    client.force_login(office)

    page = client.get(f"{LIST}{in_round.slug}/coverage/?state=held")

    values = {stat["label"]: stat["value"] for stat in page.context["stats"]}
    assert values == {
        "Coverage": "50 %", "Answered": "2 / 4", "Discussed": "75 %",
        "Checked by who was asked": "1", "Days to the first talk": "7",
        "Days to the first goals": "7", "Committed": "25 %",
    }  # fmt: skip
    assert [line["name"] for line in page.context["lines"]] == ["Yritys 1"]
    assert [tab["count"] for tab in page.context["tabs"]] == [1, 1, 1, 1]


@pytest.mark.parametrize("wanted", ["nonsense", "<b>", "%00"])
def test_unknown_state_shows_all(wanted, client, home_cluster, company, office):
    in_round = make.survey_round(home_cluster)
    waits(in_round, organisation=company)
    client.force_login(office)

    page = client.get(f"{LIST}{in_round.slug}/coverage/?state={wanted}")

    assert page.status_code in {200, 400}
    if page.status_code == 200:
        assert len(page.context["lines"]) == 1


@pytest.fixture
def talk(home_cluster, company, lead, office):
    in_round = make.survey_round(home_cluster, mode="interviews", visibility="private")
    return waits(in_round, organisation=company, interviewer=office)


def test_interviewer_agrees_and_holds_with_one_press_each(client, talk, office, lead):
    client.force_login(office)
    day = timezone.localdate() + datetime.timedelta(days=3)
    assert "Esimerkki Sensoritekniikka Oy" in text(client.get(INTERVIEWS))

    client.post(f"{INTERVIEWS}{talk.public_id}/agree/", {"day": day.isoformat()})
    agreed = Response.objects.get()
    held = client.post(f"{INTERVIEWS}{talk.public_id}/hold/")

    talk.refresh_from_db()
    assert (agreed.stage, agreed.agreed_on) == ("agreed", day)
    assert (talk.stage, held.url) == ("held", talk.get_absolute_url())
    assert [mail.recipient for mail in OutboxMail.objects.filter(kind="survey_day_agreed")] == [
        lead
    ]


def test_who_is_interviewed_names_a_day_on_the_answers_page(client, talk, office, lead):
    client.force_login(lead)
    day = timezone.localdate() + datetime.timedelta(days=3)
    action = f"{INTERVIEWS}{talk.public_id}/agree/"
    assert f"{talk.public_id}/agree/" in client.get(talk.get_absolute_url()).content.decode()

    answer = client.post(action, {"day": day.isoformat()}, follow=True)

    talk.refresh_from_db()
    assert (talk.stage, talk.agreed_on) == ("agreed", day)
    assert answer.redirect_chain[-1][0] == talk.get_absolute_url()
    assert [mail.recipient for mail in OutboxMail.objects.filter(kind="survey_day_agreed")] == [
        office
    ]


@pytest.mark.parametrize("day", ["", "31.2.2027", "2020-01-01", "<b>"])
def test_odd_day_changes_nothing(day, client, talk, office):
    client.force_login(office)

    answer = client.post(f"{INTERVIEWS}{talk.public_id}/agree/", {"day": day})

    talk.refresh_from_db()
    assert (answer.status_code, talk.stage) == (302, "invited")


@pytest.mark.parametrize(("who", "status"), [("other_office", 404), ("member", 404)])
def test_talk_of_another_is_not_there(who, status, request, client, talk):
    client.force_login(request.getfixturevalue(who))

    assert client.post(f"{INTERVIEWS}{talk.public_id}/hold/").status_code == status


def test_interviewer_finds_what_is_being_checked(client, talk, office):
    talk.stage, talk.answered_at = "answered", timezone.now()
    talk.answered_on = timezone.localdate()
    talk.save()
    client.force_login(office)

    page = client.get(INTERVIEWS)

    assert [group["key"] for group in page.context["groups"]] == ["answered"]
    assert talk.get_absolute_url() in page.content.decode()
    assert reverse("surveys:interview_hold", args=[talk.public_id]) not in page.content.decode()
    assert client.get(LIST).context["has_talks"] is True


def test_organisation_cannot_say_that_the_talk_was_held(client, talk, lead):
    client.force_login(lead)

    client.post(f"{INTERVIEWS}{talk.public_id}/hold/")

    talk.refresh_from_db()
    assert talk.stage == "invited"


ADMIN = "/en/admin/surveys/round/"


def form_of(cluster, version, **values):
    closes = timezone.localtime() + datetime.timedelta(days=30)
    return {
        "title_fi": "Uusi kierros", "home_cluster": cluster.pk, "version": version.pk,
        "mode": "organisations", "role": "contact", "visibility": "members",
        "closes_at": closes.strftime("%Y-%m-%dT%H:%M"), "reminder_limit": 3, "reminder_days": 7,
        "follow_ups-TOTAL_FORMS": 0, "follow_ups-INITIAL_FORMS": 0,
        **values,
    }  # fmt: skip


def test_coordinator_makes_invites_opens_and_closes_a_round(
    client, home_cluster, company, lead, office
):
    version = make.version(template=None)
    client.force_login(office)

    client.post(f"{ADMIN}add/", form_of(home_cluster, version))
    made = Round.objects.get()
    chosen = {"who": "members", "sectors": [company.sector]}
    shown = client.post(f"{ADMIN}{made.pk}/invite/", chosen)
    assert not made.responses.exists()
    client.post(f"{ADMIN}{made.pk}/invite/", {**chosen, "confirmed": "yes"})
    client.post(f"{ADMIN}{made.pk}/move/open/")
    opened = Round.objects.get()
    page = client.get(f"{ADMIN}{made.pk}/change/")
    client.post(f"{ADMIN}{made.pk}/move/close/", {"confirmed": "yes"})

    made.refresh_from_db()
    assert made.slug == "uusi-kierros"
    assert company.name in text(shown)
    assert [row.organisation for row in made.responses.all()] == [company]
    assert (opened.stage, page.status_code, made.stage) == ("open", 200, "closed")
    assert OutboxMail.objects.filter(kind="survey_invitation", recipient=lead).count() == 1


def test_opened_round_keeps_questionnaire_and_mode_in_the_admin(client, home_cluster, office):
    in_round = make.survey_round(home_cluster)
    other = make.version(template=in_round.version.template)
    client.force_login(office)

    client.post(
        f"{ADMIN}{in_round.pk}/change/", form_of(home_cluster, other, mode="open")
    )  # fmt: skip

    before = in_round.version
    in_round.refresh_from_db()
    assert (in_round.title_fi, in_round.version, in_round.mode) == (
        "Uusi kierros", before, "organisations",
    )  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [
        {"title_fi": "Ks. TL III"}, {"intro_fi": "Salainen TL IV"},
        {"closes_at": "2020-01-01T10:00"},
        {"title_fi": "https://example.org"}, {"reminder_days": 0}, {"reminder_limit": 99},
    ],
)  # fmt: skip
def test_odd_round_is_not_made(values, client, home_cluster, office):
    client.force_login(office)

    client.post(f"{ADMIN}add/", form_of(home_cluster, make.version(), **values))

    assert not Round.objects.exists()


def test_round_of_another_cluster_is_out_of_reach_in_the_admin(
    client, home_cluster, company, other_office
):
    in_round = make.survey_round(home_cluster)
    waits(in_round, organisation=company)
    client.force_login(other_office)

    assert client.get(f"{ADMIN}{in_round.pk}/change/").status_code == 302
    for name in ("invite", "remind", "repeat"):
        assert client.post(f"{ADMIN}{in_round.pk}/{name}/").status_code == 404
    assert not Response.objects.in_scope_of(other_office).exists()


def test_interviewer_is_named_in_the_table(client, home_cluster, company, lead, office):
    second = factories.coordinator(home_cluster)
    in_round = make.survey_round(home_cluster, mode="interviews")
    talk = waits(in_round, organisation=company)
    client.force_login(office)
    table = f"/en/admin/surveys/response/?round__id__exact={in_round.pk}"

    client.post(table, {"action": f"give_to_{second.pk}", "_selected_action": [talk.pk]})

    talk.refresh_from_db()
    assert talk.interviewer == second


def test_reminder_button_and_campaign_letter(client, home_cluster, company, lead, office):
    in_round = make.survey_round(home_cluster)
    waits(in_round, organisation=company)
    client.force_login(office)
    panel = client.get(f"{ADMIN}{in_round.pk}/change/").context["panel"]

    client.post(f"{ADMIN}{in_round.pk}/remind/")
    letter = client.get(panel["letter_url"])

    assert (panel["due"], panel["waiting"]) == (1, 1)
    assert OutboxMail.objects.filter(kind="survey_reminder", recipient=lead).exists()
    assert "Your answer is still missing" in text(letter) or "Vastauksesi puuttuu" in text(letter)


def test_queues_of_the_coordinator(home_cluster, company, office, other_office):
    make.survey_round(home_cluster, stage="closed")
    in_round = make.survey_round(home_cluster, mode="interviews")
    waits(in_round, organisation=company)

    for queue in (desk.unpublished, desk.without_interviewer):
        assert (queue(office).count, queue(other_office).count) == (1, 0)


def test_room_shows_the_one_link_to_the_coordinator(client, home_cluster, office, lead):
    in_round = make.survey_round(home_cluster, mode="anonymous")
    client.force_login(office)
    page = client.get(f"/surveys/{in_round.slug}/room/")

    assert link_of(in_round) in page.content.decode()
    assert "<svg" in page.content.decode()
    client.force_login(lead)
    assert client.get(f"/surveys/{in_round.slug}/room/").status_code == 404


def test_digest_tells_open_rounds_and_results(home_cluster, member, outsider):
    in_round = make.survey_round(home_cluster, mode="open", opened_at=timezone.now())
    done = make.survey_round(home_cluster, stage="published")
    since = timezone.now() - datetime.timedelta(days=7)
    sections = {one.key: one for one in parts(lambda one: one.digest)}

    assert list(sections["surveys-open"].items(member, since)) == [in_round]
    assert list(sections["surveys-results"].items(member, since)) == [done]
    assert list(sections["surveys-open"].items(outsider, since)) == []


def test_digest_tells_whoever_answered_of_the_results(home_cluster, member, outsider, lead):
    done = make.survey_round(
        home_cluster, stage="published", mode="persons", visibility="private",
        tables_published_at=timezone.now(),
    )  # fmt: skip
    waits(done, person=outsider, stage="answered")
    waits(done, person=lead)
    since = timezone.now() - datetime.timedelta(days=7)
    section = next(one for one in parts(lambda one: one.digest) if one.key == "surveys-answered")

    assert section.for_many([member, outsider, lead], since) == {outsider.pk: [done]}
    assert section.items(outsider, timezone.now() + datetime.timedelta(days=1)) == []


def test_panel_and_rows_keep_words_as_words(client, home_cluster, office):
    in_round = make.survey_round(home_cluster, title_fi="<b>Otsikko</b>", intro_fi="<b>Miksi</b>")
    waits(in_round, organisation=factories.organisation("<b>Oy</b>"))
    client.force_login(office)

    for path in (f"/surveys/{in_round.slug}/", f"/surveys/{in_round.slug}/coverage/", "/surveys/",
                 f"/admin/surveys/round/{in_round.pk}/change/"):  # fmt: skip
        page = client.get(path).content.decode()
        assert "<b>O" not in page
        assert "<b>M" not in page


def test_answered_words(home_cluster, company):
    asked = make.survey_round(home_cluster)
    waits(asked, organisation=company, stage="checked")
    waits(asked, organisation=factories.organisation())
    hoped = make.survey_round(home_cluster, mode="open", expected=10)
    found = {row.pk: row for row in coverage.with_counts(Round.objects.all())}

    assert coverage.answered_words(found[asked.pk]) == "1 / 2 (50 %)"
    assert coverage.answered_words(found[hoped.pk]) == "0 / 10 (0 %)"
    assert rounds.state_words(asked)[0] == "open"


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ({"stage": "closed"}, True), ({"stage": "draft"}, False),
        ({"stage": "closed", "visibility": "private"}, False),
        ({"stage": "closed", "mode": "anonymous"}, False),
    ],
)  # fmt: skip
def test_round_before_is_named_to_who_may_open_it(client, home_cluster, member, values, seen):
    before = make.survey_round(home_cluster, title_fi="Edeltäjä", **values)
    in_round = make.survey_round(home_cluster, previous=before)
    client.force_login(member)

    page = text(client.get(in_round.get_absolute_url()))

    assert ("Edeltäjä" in page) is seen
    assert (before.get_absolute_url() in page) is seen


@pytest.mark.parametrize(("stage", "leads"), [("open", False), ("closed", True)])
def test_closed_round_leads_to_its_results(stage, leads, client, home_cluster, office):
    in_round = make.survey_round(home_cluster, stage=stage)
    client.force_login(office)

    page = client.get(reverse("admin:surveys_round_change", args=[in_round.pk]))

    results = reverse("admin:surveys_round_results", args=[in_round.slug])
    assert page.content.decode().count(f'href="{results}"') == (2 if leads else 1)
